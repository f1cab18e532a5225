#pragma once
/// Everything that can be named in a scenario, in one list: the ground of `explain`, `schema` and
/// `presets`. Each fact stands with its model; here they are only gathered.

#include <string>
#include <vector>

#include "sim/params.h"

namespace weir::experiments {

/// A model of a family, such as the retry schedule "postfix".
struct ModelInfo {
  std::string family;  // "retry"
  std::string name;
  std::string summary;
  std::vector<ParameterInfo> params;
};
std::vector<ModelInfo> all_models();

/// A table of a scenario that is no model, such as [lane].
struct TableInfo {
  std::string path;  // "source.NAME"; NAME stands for any name
  std::string words;
  std::vector<ParameterInfo> params;
  struct Slot {
    std::string key;     // "size"
    std::string family;  // whose models may stand there; they share the table when the key is empty
    bool named = false;  // true: tables [path.key.NAME]
  };
  std::vector<Slot> slots;
  std::vector<std::string> also{};  // other paths where the same table may stand
};
std::vector<TableInfo> all_tables();

/// The families, in the order of a message's life, and what each answers.
struct FamilyInfo {
  std::string name;
  std::string question;
};
std::vector<FamilyInfo> all_families();

}  // namespace weir::experiments
