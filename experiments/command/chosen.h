#pragma once
/// The scenario that a command is asked about. Whatever is wrong is said on standard error.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/run/replicate.h"
#include "experiments/scenario/document.h"

namespace weir::experiments {

/// Read and checked; nullopt, after every problem was printed, when it is not sound.
std::optional<Document> sound_document(const std::string& file,
                                       const std::vector<std::string>& assignments);

/// The tables of [variant.NAME], or of the scenario itself; nullopt, after `command` said which
/// variants there are, when there is no such one.
std::optional<Setting> chosen_variant(std::string_view command, const Setting& root,
                                      const std::optional<std::string>& variant);

/// The scenario itself first, under its label, then every [variant.NAME].
std::vector<Variant> all_variants(const Setting& root);

/// A share strictly between 0 and 1, such as "5 %"; else `fault` says what was expected of
/// `option`, and 0 is returned.
double read_share(const std::string& option, const std::string& text, std::string& fault);

}  // namespace weir::experiments
