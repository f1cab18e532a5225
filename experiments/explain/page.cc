#include "experiments/explain/page.h"

#include <algorithm>
#include <cctype>

namespace weir::experiments {
namespace {

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

/// Where the first word ends; a short value in quotes, such as "93.3 %", is one.
std::size_t end_of_word(std::string_view text) {
  constexpr std::size_t kLongest = 30;
  const std::size_t first = std::min(text.find(' '), text.size());
  std::size_t end = first;
  while (end < text.size() &&
         std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '"') % 2 != 0)
    end = std::min(text.find(' ', end + 1), text.size());
  return end <= kLongest ? end : first;
}

}  // namespace

std::string capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::string line;
  const auto flush = [&] {
    out += std::string(indent, ' ') + line + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t end = end_of_word(text);
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && indent + line.size() + 1 + word.size() > kPageColumns) flush();
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty()) flush();
  return out;
}

std::string labelled(std::string_view label, std::string_view text, std::size_t column) {
  std::string out = wrapped(text, column);
  std::string head = "  " + std::string(label);
  if (head.size() + 2 > column) return head + "\n" + out;
  return out.replace(0, head.size(), head);
}

std::string expected_text(const ParameterInfo& info) {
  if (info.low.empty()) return info.kind;
  return info.kind + "; from " + info.low + " to " + info.high;
}

std::string source_text(const ParameterInfo& info) {
  if (info.source.empty() || info.source.starts_with("assumption")) return info.source;
  return "source: " + info.source;
}

std::string parameter_text(const ParameterInfo& info) {
  std::string out = wrapped(info.key + " = " + info.fallback, 2) + wrapped(info.words, 6);
  std::string rest = sentence("Expected: " + expected_text(info));
  if (!info.source.empty()) rest += " " + sentence(capital(source_text(info)));
  return out + wrapped(rest, 6);
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace weir::experiments
