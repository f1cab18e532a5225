#include "experiments/shaping/shaping_file.h"

#include <algorithm>
#include <array>

#include "experiments/scenario/document.h"
#include "sim/params.h"

namespace weir::experiments {
namespace {

using Names = std::vector<std::string>;

constexpr std::array kModelled = std::to_array<std::string_view>({
    "connection_limit",
    "additional_connection_limits",
    "max_deliveries_per_connection",
    "max_message_rate",
    "additional_message_rate_throttles",
    "max_connection_rate",
    "source_selection_rate",
    "additional_source_selection_rates",
    "consecutive_connection_failures_before_delay",
});

/// TLS, time-outs, authentication, memory, names: kumo-api-types/src/egress_path.rs and the pages
/// docs/reference/kumo/make_egress_path/.
constexpr std::array kIgnored = std::to_array<std::string_view>({
    "aggressive_connection_opening",
    "allow_smtp_auth_plain_without_tls",
    "allow_smtp_auth_plain_without_valid_certificate",
    "auth_timeout",
    "banner_timeout",
    "connect_timeout",
    "data_dot_timeout",
    "data_timeout",
    "dispatcher_progress_watchdog_timeout",
    "dispatcher_wakeup_strategy",
    "ehlo_domain",
    "ehlo_timeout",
    "enable_dane",
    "enable_mta_sts",
    "enable_pipelining",
    "enable_rset",
    "enable_tls",
    "idle_timeout",
    "ignore_8bit_checks",
    "ip_lookup_strategy",
    "low_memory_reduction_policy",
    "mail_from_timeout",
    "maintainer_wakeup_strategy",
    "max_mx_addresses_per_host",
    "max_mx_plan_size",
    "max_ready",
    "max_recipients_per_batch",
    "no_memory_reduction_policy",
    "openssl_cipher_list",
    "openssl_cipher_suites",
    "openssl_options",
    "opportunistic_tls_reconnect_on_failed_handshake",
    "prohibited_hosts",
    "provider_name",
    "rcpt_to_timeout",
    "readyq_pool_name",
    "reconnect_strategy",
    "refresh_interval",
    "refresh_strategy",
    "remember_broken_tls",
    "rset_timeout",
    "rustls_cipher_suites",
    "skip_hosts",
    "smtp_auth_plain_password",
    "smtp_auth_plain_username",
    "smtp_port",
    "starttls_timeout",
    "system_shutdown_timeout",
    "tls_certificate",
    "tls_handshake_timeout",
    "tls_prefer_openssl",
    "tls_private_key",
    "try_next_host_on_transport_error",
    "use_lmtp",
});

Names with_settings(Names names) {
  names.insert(names.end(), kModelled.begin(), kModelled.end());
  names.insert(names.end(), kIgnored.begin(), kIgnored.end());
  return names;
}

/// Which words may stand in which kind of table, beside the settings themselves.
const Names kDomainWords = with_settings({"automation", "sources", "replace_base", "mx_rollup"});
const Names kProviderWords =
    with_settings({"automation", "sources", "replace_base", "match", "provider_connection_limit",
                   "provider_max_message_rate"});
const Names kSourceWords = with_settings({"provider_source_selection_rate"});
const Names kMatchWords = {"MXSuffix", "DomainSuffix", "HostName"};
const Names kRuleWords = {"regex", "action", "trigger", "duration", "match_internal"};

/// Adds one table of a file to what earlier files said of the same name.
class EntryReader {
 public:
  EntryReader(const Setting& table, const std::string& path, Problems& problems)
      : at_{table, path, problems} {}

  void add_to(ShapingEntry& entry, const Names& known) {
    report_unknown_keys(at_, known);
    if (flag("replace_base", false)) entry = {};
    for (const auto& [key, value] : *at_.table.table()) {
      if (key == "replace_base" || key == "mx_rollup") continue;
      if (key == "automation") {
        add_list(entry.rules, key, value, kRuleWords);
      } else if (key == "match") {
        add_list(entry.matches, key, value, kMatchWords);
      } else if (key == "sources") {
        add_sources(entry, value);
      } else {
        entry.settings.set(key, value);
      }
    }
  }

  bool flag(std::string_view key, bool fallback) {
    const Setting* given = at_.table.find(key);
    if (given != nullptr && !ValueType<bool>::parse(*given, fallback))
      at_.report(key, "expected " + ValueType<bool>::expected());
    return fallback;
  }

 private:
  void add_list(SettingList& list, const std::string& key, const Setting& value,
                const Names& known) {
    const SettingList* items = value.list();
    if (items == nullptr) {
      at_.report(key, "expected a list of tables, such as [[" + at_.path + "." + key + "]]");
      return;
    }
    for (const Setting& item : *items)
      if (item.table() != nullptr) {
        report_unknown_keys({item, at_.path + "." + key, at_.problems}, known);
        list.push_back(item);
      } else {
        at_.report(key, "each item is a table");
      }
  }

  void add_sources(ShapingEntry& entry, const Setting& value) {
    if (value.table() == nullptr) {
      at_.report("sources", "expected tables, one for each egress source");
      return;
    }
    for (const auto& [name, table] : *value.table()) {
      const std::string path = at_.path + ".sources." + name;
      if (table.table() == nullptr) {
        at_.problems.push_back({table.place, path, table.text(), "expected a table"});
        continue;
      }
      report_unknown_keys({table, path, at_.problems}, kSourceWords);
      Setting merged =
          entry.sources.find(name) != nullptr ? *entry.sources.find(name) : make_table();
      for (const auto& [key, setting] : *table.table()) merged.set(key, setting);
      entry.sources.set(name, std::move(merged));
    }
  }

  ParamsPlace at_;
};

void expect_table(const Setting& value, const std::string& path, Problems& problems) {
  problems.push_back({value.place, path, value.text(),
                      "expected a table; a domain with dots in it is quoted: [\"example.com\"]"});
}

}  // namespace

bool is_ignored_setting(std::string_view name) {
  return std::find(kIgnored.begin(), kIgnored.end(), name) != kIgnored.end();
}

void ShapingFiles::read(const std::string& path, const Setting& named, Problems& problems) {
  Problems found;
  const auto root = load_toml(path, "shaping", "name KumoMTA's shaping files", found);
  for (Problem& problem : found) {
    if (problem.place.line == 0) {
      problem.place = named.place;
      problem.message = path + " " + problem.message;
    }
    problems.push_back(std::move(problem));
  }
  if (!root) return;
  for (const auto& [name, value] : *root->table()) {
    if (value.table() == nullptr) {
      expect_table(value, name, problems);
    } else if (name == "default") {
      EntryReader(value, name, problems).add_to(default_, kDomainWords);
    } else if (name == "provider") {
      for (const auto& [provider, table] : *value.table()) {
        const std::string inner = "provider." + provider;
        if (table.table() == nullptr) {
          expect_table(table, inner, problems);
        } else {
          EntryReader(table, inner, problems)
              .add_to(entry_of(providers_, provider), kProviderWords);
        }
      }
    } else {
      EntryReader reader(value, name, problems);
      Entries& entries = reader.flag("mx_rollup", true) ? sites_ : domains_;
      reader.add_to(entry_of(entries, name), kDomainWords);
    }
  }
}

ShapingEntry& ShapingFiles::entry_of(Entries& entries, const std::string& name) {
  for (auto& [known, entry] : entries)
    if (known == name) return entry;
  return entries.emplace_back(name, ShapingEntry{}).second;
}

const ShapingEntry& ShapingFiles::find(const Entries& entries, std::string_view name) {
  static const ShapingEntry kNothing;
  for (const auto& [known, entry] : entries)
    if (known == name) return entry;
  return kNothing;
}

}  // namespace weir::experiments
