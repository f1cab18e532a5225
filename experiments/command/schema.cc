#include "experiments/command/commands.h"
#include "experiments/command/output.h"
int weir::experiments::schema_command() { return kDone; }
int weir::experiments::presets_command() { return kDone; }
