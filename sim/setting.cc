#include "sim/setting.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "sim/check.h"

namespace weir {
namespace {

std::string control_text(char c) {
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(c);
  return {'\\', 'u', '0', '0', kHex[code / 16], kHex[code % 16]};
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += control_text(c);
    } else {
      out += c;
    }
  }
  return out + '"';
}

bool is_bare(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

std::string key_text(std::string_view key) {
  return is_bare(key) ? std::string(key) : in_quotes(key);
}

std::string number_text(double v) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, v).ptr;
  std::string text(buffer, end);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

struct OneLine {
  std::string operator()(bool v) const { return v ? "true" : "false"; }
  std::string operator()(std::int64_t v) const { return std::to_string(v); }
  std::string operator()(double v) const { return number_text(v); }
  std::string operator()(const std::string& v) const { return in_quotes(v); }
  std::string operator()(const SettingList& list) const {
    std::string out = "[";
    for (const Setting& item : list) out += (out.size() > 1 ? ", " : "") + item.text();
    return out + "]";
  }
  std::string operator()(const SettingTable& table) const {
    std::string out = "{";
    for (const auto& [key, item] : table)
      out += (out.size() > 1 ? ", " : " ") + key_text(key) + " = " + item.text();
    return out + " }";
  }
};

bool is_inline(const Setting& s) { return s.table() == nullptr || s.find("dist") != nullptr; }

void write_table(const SettingTable& table, const std::string& path, std::string& out) {
  for (const auto& [key, item] : table)
    if (is_inline(item)) out += key_text(key) + " = " + item.text() + "\n";
  for (const auto& [key, item] : table) {
    if (is_inline(item)) continue;
    const std::string inner = joined(path, key_text(key));
    out += "\n[" + inner + "]\n";
    write_table(*item.table(), inner, out);
  }
}

/// Levenshtein distance, two rows.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string Place::text() const {
  if (line == 0) return file;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

const Setting* Setting::find(std::string_view key) const {
  const SettingTable* entries = table();
  if (entries == nullptr) return nullptr;
  for (const auto& [name, entry] : *entries)
    if (name == key) return &entry;
  return nullptr;
}

Setting* Setting::find(std::string_view key) {
  return const_cast<Setting*>(std::as_const(*this).find(key));
}

const Setting* Setting::at_path(std::string_view dotted) const {
  const Setting* here = this;
  while (here != nullptr && !dotted.empty()) {
    const std::size_t dot = dotted.find('.');
    here = here->find(dotted.substr(0, dot));
    dotted = dot == std::string_view::npos ? std::string_view{} : dotted.substr(dot + 1);
  }
  return here;
}

void Setting::set(std::string_view key, Setting entry) {
  WEIR_CHECK(table() != nullptr, "only a table has keys");
  if (Setting* old = find(key)) {
    *old = std::move(entry);
  } else {
    table()->emplace_back(std::string(key), std::move(entry));
  }
}

std::string Setting::text() const { return std::visit(OneLine{}, value); }

Setting make_table() {
  Setting setting;
  setting.value = SettingTable{};
  return setting;
}

std::string joined(std::string_view path, std::string_view key) {
  std::string whole(path);
  if (!path.empty() && !key.empty()) whole.push_back('.');
  return whole.append(key);
}

std::string to_toml(const Setting& root) {
  WEIR_CHECK(root.table() != nullptr, "a document is a table");
  std::string out;
  write_table(*root.table(), "", out);
  return out;
}

std::string Problem::text() const {
  std::string out = place.text();
  if (!out.empty()) out += ": ";
  out += path;
  if (!value.empty()) out += " = " + value;
  return out + ": " + message;
}

std::string closest(std::string_view word, const std::vector<std::string>& known) {
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t d = distance(word, candidate);
    if (d < best_distance) {
      best_distance = d;
      best = &candidate;
    }
  }
  return best == nullptr ? "" : *best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  if (const std::string meant = closest(word, known); !meant.empty())
    return " (did you mean '" + meant + "'?)";
  if (known.empty()) return "";
  std::string out = " (there is: ";
  for (const std::string& name : known) out += (&name == &known.front() ? "" : ", ") + name;
  return out + ")";
}

}  // namespace weir
