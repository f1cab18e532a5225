#include "experiments/command/catalogue_index.h"
#include "experiments/command/commands.h"
#include "experiments/command/output.h"
#include "experiments/explain/page.h"

namespace weir::experiments {

int presets_command() {
  std::string out;
  for (const FamilyInfo& family : all_families()) {
    out += (out.empty() ? "" : "\n") + family.name + ": " + family.question + "\n";
    for (const ModelInfo& model : all_models())
      if (model.family == family.name) out += labelled(model.name, model.summary, 28);
  }
  out +=
      "\nweir explain NAME shows a model's parameters. Whole receivers to build on with\n"
      "extends = \"PATH\": experiments/scenarios/receivers/consumer.toml (Outlook, Gmail, Yahoo),\n"
      "installed as share/weir/scenarios/receivers/consumer.toml.\n";
  return write_out(out) ? kDone : kFailed;
}

}  // namespace weir::experiments
