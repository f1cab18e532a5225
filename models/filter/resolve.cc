#include "models/filter/resolve.h"

#include <algorithm>

namespace weir::filter {
namespace {

std::uint32_t index_of(const std::string& name, std::span<const std::string> known,
                       std::string_view kind, std::string_view key, const ParamsPlace& at) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
  at.report(key, "no such " + std::string(kind) + suggestion(name, {known.begin(), known.end()}));
  return kNone;
}

std::vector<std::uint32_t> indices_of(const std::vector<std::string>& names,
                                      std::span<const std::string> known, std::string_view kind,
                                      std::string_view key, const ParamsPlace& at) {
  std::vector<std::uint32_t> all;
  for (const std::string& name : names) all.push_back(index_of(name, known, kind, key, at));
  return all;
}

std::uint32_t index_of(const std::optional<std::string>& name, std::span<const std::string> known,
                       std::string_view kind, std::string_view key, const ParamsPlace& at) {
  return name ? index_of(*name, known, kind, key, at) : kNone;
}

}  // namespace

FilterConfig resolve(FilterParams params, const ParamsPlace& at, const KnownNames& known) {
  FilterConfig config;
  config.allow = indices_of(params.allow, known.addresses, "address", "allow", at);
  config.block = indices_of(params.block, known.addresses, "address", "block", at);
  config.redirect_to = index_of(params.redirect_to, known.domains, "domain", "redirect_to", at);
  config.admin_notice = index_of(params.admin_notice, known.domains, "domain", "admin_notice", at);
  config.params = std::move(params);
  return config;
}

Rule resolve(RuleParams params, const ParamsPlace& at, const KnownNames& known) {
  const auto domains = [&](const std::vector<std::string>& names, std::string_view key) {
    return indices_of(names, known.domains, "domain", key, at);
  };
  Rule rule;
  rule.from = domains(params.from, "from");
  rule.to = domains(params.to, "to");
  rule.except_from = domains(params.except_from, "except_from");
  rule.except_to = domains(params.except_to, "except_to");
  rule.addresses = indices_of(params.addresses, known.addresses, "address", "addresses", at);
  rule.redirect_to = index_of(params.redirect_to, known.domains, "domain", "redirect_to", at);
  rule.connector = index_of(params.connector, known.connectors, "connector", "connector", at);
  rule.params = std::move(params);
  return rule;
}

}  // namespace weir::filter
