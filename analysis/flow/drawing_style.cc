#include "analysis/flow/drawing_style.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

namespace weir::analysis {
namespace {

// Light fills, dark lines: distinct for colour-blind readers by shape and by lightness of the line.
constexpr std::array<Colours, 8> kPalette{{{"#e3eefb", "#2b5d93"},
                                           {"#e6f4ea", "#2e6b43"},
                                           {"#fdf1d8", "#8a6116"},
                                           {"#f0e9fa", "#5d4592"},
                                           {"#e0f3f4", "#1f6a70"},
                                           {"#fbe9ef", "#92456a"},
                                           {"#eef0e0", "#5f6a24"},
                                           {"#eceef1", "#4a5561"}}};

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Width of a character over the font size, in DejaVu Sans, which is wider than its like.
double width_of(unsigned char c) {
  constexpr std::string_view kThin = "iljI.,:;'|! ";
  constexpr std::string_view kNarrow = "ftr()[]{}/\\-\"`";
  constexpr std::string_view kWide = "mwMW@%";
  const auto in = [c](std::string_view set) {
    return set.find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (c >= 0x80U) return 1.0;
  if (in(kThin)) return 0.34;
  if (in(kNarrow)) return 0.42;
  if (in(kWide)) return 0.98;
  return c >= 'A' && c <= 'Z' ? 0.74 : 0.63;
}

}  // namespace

std::vector<Kind> kinds_of(const Network& network) {
  std::vector<Kind> kinds;
  for (const Node& node : network.nodes) {
    const auto same = [&](const Kind& kind) { return kind.word == node.kind; };
    if (std::any_of(kinds.begin(), kinds.end(), same)) continue;
    kinds.push_back({node.kind, node.shape, kPalette[kinds.size() % kPalette.size()]});
  }
  return kinds;
}

const Kind& kind_of(const std::vector<Kind>& kinds, const std::string& word) {
  return *std::find_if(kinds.begin(), kinds.end(),
                       [&](const Kind& kind) { return kind.word == word; });
}

Colours colours_of(const Node& node, const Kind& kind) {
  if (node.tone == Tone::alert) return {"#fde7e5", kAlertLine};
  if (node.tone == Tone::faint) return {"#f7f8f9", kFaintLine};
  return kind.colours;
}

std::string_view line_of(const Arc& arc) {
  if (arc.tone == Tone::alert) return kAlertLine;
  return arc.tone == Tone::faint ? kFaintLine : kArcLine;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string shortened(std::string_view text, std::size_t most) {
  std::vector<std::size_t> begins;  // of the characters
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!continues(text[i])) begins.push_back(i);
  if (begins.size() <= most) return std::string(text);
  const std::size_t head = begins[most / 2];
  const std::size_t tail = begins[begins.size() - (most - most / 2 - 1)];
  return std::string(text.substr(0, head)) + "…" + std::string(text.substr(tail));
}

double width_of(std::string_view line, double font_size) {
  double width = 0.0;
  for (const char c : line)
    if (!continues(c)) width += width_of(static_cast<unsigned char>(c));
  return width * font_size;
}

std::string rate_text(double per_second) {
  struct Unit {
    double seconds;
    std::string_view word;
  };
  constexpr std::array<Unit, 4> kUnits{{{1, "s"}, {60, "min"}, {3'600, "h"}, {86'400, "d"}}};
  for (const Unit& unit : kUnits)
    if (per_second * unit.seconds >= 1.0 || unit.word == "d")
      return fmt::format("{:.3g}/{}", per_second * unit.seconds, unit.word);
  return {};
}

std::string limit_text(const Limit& limit) {
  if (!limit.limits()) return {};
  return "at most " + rate_text(limit.per_second) +
         (limit.setting.empty() ? "" : " by " + limit.setting);
}

}  // namespace weir::analysis
