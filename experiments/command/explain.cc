#include "experiments/command/commands.h"
#include "experiments/command/output.h"
int weir::experiments::explain_command(const ExplainOptions&) { return kDone; }
