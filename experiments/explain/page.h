#pragma once
/// Text for a terminal: wrapped at 96 columns, parameters in the form all pages share.

#include <string>
#include <string_view>

#include "sim/params.h"

namespace weir::experiments {

inline constexpr std::size_t kPageColumns = 96;

/// `text` broken between words but not inside quotes, each line indented; ends with a line break.
std::string wrapped(std::string_view text, std::size_t indent);

/// `text` beginning with a capital letter.
std::string capital(std::string text);

/// "  label     text", the text wrapped behind the label.
std::string labelled(std::string_view label, std::string_view text, std::size_t column);

/// "key = default", what it is, what may be written and where the default comes from.
std::string parameter_text(const ParameterInfo& info);

/// What may be written for it: `a share from 0 % to 100 %, such as "0.3 %"; from "1 %" to "50 %"`.
std::string expected_text(const ParameterInfo& info);

/// "source: S4-57", "assumption: ..."; empty when it has none.
std::string source_text(const ParameterInfo& info);

/// "one, two, three".
std::string listed(const std::vector<std::string>& names);

}  // namespace weir::experiments
