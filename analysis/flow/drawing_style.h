#pragma once
/// What the drawings of a network have in common: colours, texts and how wide they are.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/flow/network.h"

namespace weir::analysis {

struct Colours {
  std::string_view fill;
  std::string_view line;
};

inline constexpr std::string_view kAlertLine = "#b3261e";
inline constexpr std::string_view kFaintLine = "#b8bec6";
inline constexpr std::string_view kArcLine = "#5f6b78";
inline constexpr std::string_view kText = "#1d252d";
inline constexpr std::string_view kSmallText = "#4a5561";
inline constexpr std::string_view kFaintText = "#868e98";

/// The kinds of nodes in order of appearance.
struct Kind {
  std::string word;
  Shape shape = Shape::box;
  Colours colours;
};
std::vector<Kind> kinds_of(const Network& network);

/// Of the kind with this word; REQUIRES: it is among `kinds`.
const Kind& kind_of(const std::vector<Kind>& kinds, const std::string& word);

Colours colours_of(const Node& node, const Kind& kind);
std::string_view line_of(const Arc& arc);

/// The text on several lines.
std::vector<std::string> lines_of(std::string_view text);

/// `text` with its middle left out when it has more than `most` characters.
std::string shortened(std::string_view text, std::size_t most);

/// How wide a line comes out in the usual sans-serif fonts, the widest of them.
double width_of(std::string_view line, double font_size);

/// "2.5/s", "40/min" or "90/h": the largest unit in which the number is at least 1, else a day.
std::string rate_text(double per_second);

/// What a part carries at most and why; empty when it has no limit.
std::string limit_text(const Limit& limit);

}  // namespace weir::analysis
