#include <algorithm>
#include <charconv>

#include "models/group/group.h"
#include "sim/units.h"

namespace weir::group {
namespace {

using Names = std::span<const std::string>;

std::uint32_t index_of(std::string_view name, Names known, std::string_view kind,
                       std::string_view key, const ParamsPlace& at) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
  at.report(key, "no such " + std::string(kind) + suggestion(name, {known.begin(), known.end()}));
  return Mail::kNone;
}

/// "120 contoso.example".
Recipients recipients_of(std::string_view text, Names domains, std::string_view key,
                         const ParamsPlace& at) {
  Recipients recipients;
  const char* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, recipients.count);
  if (number.ec != std::errc{} || number.ptr == end || *number.ptr != ' ') {
    at.report(key, "expected a count and a domain, such as \"120 contoso.example\"");
    return recipients;
  }
  const std::string_view domain(number.ptr + 1, static_cast<std::size_t>(end - number.ptr - 1));
  recipients.domain = index_of(domain, domains, "domain", key, at);
  return recipients;
}

/// "26 h: 140 contoso.example".
Change change_of(std::string_view text, Names domains, const ParamsPlace& at) {
  const std::size_t colon = text.find(": ");
  const auto when =
      colon == std::string_view::npos ? std::nullopt : parse_duration(text.substr(0, colon));
  if (!when || *when < Duration::zero()) {
    at.report("changes", "expected an instant and members: \"26 h: 140 contoso.example\"");
    return {};
  }
  return {SimTime{*when}, recipients_of(text.substr(colon + 2), domains, "changes", at)};
}

}  // namespace

Group resolve(const GroupParams& params, const ParamsPlace& at, Names domains, Names groups) {
  Group group;
  group.kind = params.kind;
  group.lookup_size = params.lookup_size;
  group.lookup_time = params.lookup_time;
  group.domain = index_of(params.domain, domains, "domain", "domain", at);
  for (const std::string& text : params.members)
    group.members.push_back(recipients_of(text, domains, "members", at));
  for (const std::string& name : params.groups)
    group.groups.push_back(index_of(name, groups, "group", "groups", at));
  for (const std::string& text : params.changes)
    group.changes.push_back(change_of(text, domains, at));
  std::stable_sort(group.changes.begin(), group.changes.end(),
                   [](const Change& a, const Change& b) { return a.at < b.at; });
  return group;
}

}  // namespace weir::group
