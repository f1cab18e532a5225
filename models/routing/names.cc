#include "models/routing/names.h"

#include <algorithm>

namespace weir::routing {
namespace {

constexpr char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr auto kSameLetter = [](char a, char b) { return small(a) == small(b); };

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), kSameLetter);
}

bool comes_before(std::string_view a, std::string_view b) {
  if (same_name(a, b)) return b < a;
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return small(x) < small(y); });
}

bool is_below(std::string_view name, std::string_view parent) {
  if (name.size() <= parent.size() + 1) return false;
  const std::size_t dot = name.size() - parent.size() - 1;
  return name[dot] == '.' && same_name(name.substr(dot + 1), parent);
}

std::string_view wildcard_parent(std::string_view pattern) {
  return pattern.starts_with("*.") && pattern != "*.*" ? pattern.substr(2) : std::string_view();
}

bool is_catch_all(std::string_view pattern) { return pattern == "*" || pattern == "*.*"; }

bool is_well_formed(std::string_view pattern) {
  if (is_catch_all(pattern)) return true;
  const std::string_view parent = wildcard_parent(pattern);
  const std::string_view name = parent.empty() ? pattern : parent;
  return !name.empty() && name.find_first_of("* \t@") == std::string_view::npos;
}

bool covers(std::string_view pattern, std::string_view name) {
  if (is_catch_all(pattern)) return true;
  const std::string_view parent = wildcard_parent(pattern);
  return parent.empty() ? same_name(pattern, name) : is_below(name, parent);
}

bool matches_certificate(std::string_view configured, std::string_view presented) {
  if (same_name(configured, presented)) return true;
  const std::string_view wide = wildcard_parent(configured);
  const std::string_view wide_presented = wildcard_parent(presented);
  return (!wide.empty() && is_below(presented, wide)) ||
         (!wide_presented.empty() && is_below(configured, wide_presented));
}

bool names_domain(std::string_view configured, std::string_view domain) {
  const std::string_view parent = wildcard_parent(configured);
  if (parent.empty()) return same_name(configured, domain);
  return same_name(domain, parent) || is_below(domain, parent);
}

}  // namespace weir::routing
