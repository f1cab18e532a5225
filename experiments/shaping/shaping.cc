#include "experiments/shaping/shaping.h"

#include <algorithm>
#include <filesystem>

#include "experiments/shaping/shaping_file.h"
#include "models/control/kumo_text.h"

namespace weir::experiments {
namespace {

using Names = std::vector<std::string>;

/// Keys of a shaping file whose values are tables or that join others under one key here.
constexpr std::string_view kLimits = "additional_connection_limits";
constexpr std::string_view kRates = "additional_message_rates";

bool ends_like(std::string_view host, std::string_view suffix) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host.ends_with(suffix);
}

/// Whether one rule of a provider's `match` list holds for a host (or domain, for DomainSuffix).
bool rule_holds(const Setting& rule, std::string_view kind, std::string_view name) {
  const Setting* wanted = rule.find(kind);
  if (wanted == nullptr || wanted->string() == nullptr) return false;
  return kind == "HostName"
             ? ends_like(name, *wanted->string()) && name.size() <= wanted->string()->size() + 1
             : ends_like(name, *wanted->string());
}

bool matches(const ShapingEntry& provider, const ShapingParams& to) {
  const auto any = [&](std::string_view kind, std::string_view name) {
    return std::any_of(provider.matches.begin(), provider.matches.end(),
                       [&](const Setting& rule) { return rule_holds(rule, kind, name); });
  };
  if (!to.domain.empty() && any("DomainSuffix", to.domain)) return true;
  return !to.mx.empty() && std::all_of(to.mx.begin(), to.mx.end(), [&](const std::string& host) {
    return any("MXSuffix", host) || any("HostName", host);
  });
}

/// Settings put on top of each other, and what becomes of them here.
class Path {
 public:
  Path(const std::string& path, Problems& problems, Problems& remarks)
      : path_(path), problems_(problems), remarks_(remarks) {}

  void apply(const Setting& settings) {
    for (const auto& [key, value] : *settings.table()) apply(key, value);
  }

  void apply_source(const ShapingEntry& entry, const std::string& source) {
    if (const Setting* table = entry.sources.find(source)) apply(*table);
  }

  void add_rules(const SettingList& rules) {
    for (const Setting& rule : rules) add_rule(rule);
  }

  /// The keys of the kumomta controller.
  Setting finish() {
    for (auto& [key, value] : ignored_)
      remark(value, path_ + "." + key, "has no meaning here and is ignored");
    put_list(kLimits, limits_);
    put_list(kRates, rates_);
    put_list("rules", rules_);
    return std::move(result_);
  }

 private:
  using Named = std::vector<std::pair<std::string, Setting>>;

  void apply(const std::string& key, const Setting& value) {
    if (key == kLimits || key == "additional_message_rate_throttles" ||
        key == "additional_source_selection_rates") {
      apply_all(key == kLimits ? limits_ : rates_, key, value);
    } else if (key == "provider_connection_limit") {
      set(limits_, key, value);
    } else if (key == "provider_max_message_rate" || key == "source_selection_rate" ||
               key == "provider_source_selection_rate") {
      set(rates_, key, value);
    } else if (is_ignored_setting(key)) {
      set(ignored_, key, value);
    } else {
      result_.set(key, key == "connection_limit" ? count(key, value) : value);
    }
  }

  void apply_all(Named& named, const std::string& key, const Setting& value) {
    if (value.table() == nullptr) {
      problem(value, path_ + "." + key, "expected a table of named limits");
      return;
    }
    for (const auto& [name, limit] : *value.table()) set(named, joined(key, name), limit);
  }

  static void set(Named& named, const std::string& name, const Setting& value) {
    for (auto& [known, old] : named)
      if (known == name) {
        old = value;
        return;
      }
    named.emplace_back(name, value);
  }

  /// A limit that KumoMTA lets people write as "local:5" or "1,000".
  Setting count(const std::string& key, const Setting& value) {
    if (value.string() == nullptr) return value;
    Setting number = value;
    if (const auto limit = control::parse_limit(*value.string())) {
      number.value = *limit;
    } else {
      problem(value, path_ + "." + key, "expected a whole number above zero");
    }
    return number;
  }

  void put_list(std::string_view key, const Named& named) {
    SettingList items;
    for (const auto& [name, value] : named)
      items.push_back(key == kLimits ? count(name, value) : value);
    put_list(key, items);
  }

  void put_list(std::string_view key, const SettingList& items) {
    if (items.empty()) return;
    Setting list;
    list.place = items.front().place;
    list.value = items;
    result_.set(key, std::move(list));
  }

  void add_rule(const Setting& rule) {
    Setting kept = make_table();
    kept.place = rule.place;
    for (const auto& [key, value] : *rule.table()) {
      if (key == "match_internal") {
        remark(value, path_ + ".rules", "replies that KumoMTA makes itself are not simulated");
      } else if (key != "action") {
        kept.set(key, value);
      }
    }
    if (const Setting* action = rule.find("action")) {
      const auto actions = with_meaning(*action);
      if (!actions) return;
      kept.set("action", *actions);
    }
    rules_.push_back(std::move(kept));
  }

  /// The actions but for those that set what is ignored; nothing when none is left.
  std::optional<Setting> with_meaning(const Setting& action) {
    if (action.list() == nullptr) return has_meaning(action) ? std::optional(action) : std::nullopt;
    SettingList kept;
    for (const Setting& item : *action.list())
      if (has_meaning(item)) kept.push_back(item);
    if (kept.empty() && !action.list()->empty()) return std::nullopt;
    Setting actions = action;
    actions.value = std::move(kept);
    return actions;
  }

  bool has_meaning(const Setting& action) {
    for (const std::string_view kind : {"SetConfig", "SetDomainConfig"}) {
      const Setting* set = action.find(kind);
      const Setting* name = set != nullptr ? set->find("name") : nullptr;
      if (name == nullptr || name->string() == nullptr || !is_ignored_setting(*name->string()))
        continue;
      remark(*name, path_ + ".rules", "sets what has no meaning here and is ignored");
      return false;
    }
    return true;
  }

  void problem(const Setting& what, const std::string& path, std::string message) {
    problems_.push_back({what.place, path, what.text(), std::move(message)});
  }
  void remark(const Setting& what, const std::string& path, std::string message) {
    remarks_.push_back({what.place, path, what.text(), std::move(message)});
  }

  const std::string& path_;
  Problems& problems_;
  Problems& remarks_;
  Setting result_ = make_table();
  Named limits_;  // of connections, but for the first
  Named rates_;   // of messages, but for the first
  Named ignored_;
  SettingList rules_;
};

/// The providers that apply, in the order of the files.
std::vector<const ShapingEntry*> providers_for(const ShapingFiles& files, const ShapingParams& to,
                                               const ParamsPlace& at) {
  std::vector<const ShapingEntry*> found;
  Names known;
  for (const auto& [name, entry] : files.providers()) {
    known.push_back(name);
    if (name == to.provider || matches(entry, to)) found.push_back(&entry);
  }
  if (!to.provider.empty() && std::find(known.begin(), known.end(), to.provider) == known.end())
    at.report("provider",
              "the shaping files have no such provider" + suggestion(to.provider, known));
  return found;
}

void apply_in_order(Path& path, const ShapingFiles& files, const ShapingParams& to,
                    const std::vector<const ShapingEntry*>& providers) {
  const ShapingEntry& site = files.site(to.domain);
  const ShapingEntry& domain = files.domain(to.domain);
  path.apply(files.of_default().settings);
  for (const ShapingEntry* provider : providers) path.apply(provider->settings);
  for (const ShapingEntry* provider : providers) path.apply_source(*provider, to.source);
  path.apply(site.settings);
  path.apply(domain.settings);
  path.apply_source(site, to.source);
  path.apply_source(domain, to.source);

  path.add_rules(files.of_default().rules);
  for (const ShapingEntry* provider : providers) path.add_rules(provider->rules);
  path.add_rules(site.rules);
  path.add_rules(domain.rules);
}

Names own_keys() {
  Names keys;
  add_keys<ShapingParams>(keys);
  return keys;
}

}  // namespace

Setting resolve_shaping(const Setting& control, const std::string& path, Problems& problems,
                        Problems& remarks) {
  Names others;
  for (const auto& [key, value] : *control.table()) others.push_back(key);
  const ParamsPlace at{control, path, problems};
  const auto to = read_params<ShapingParams>(at, others);

  ShapingFiles files;
  const Setting& named = *control.find("shaping");
  const auto folder = std::filesystem::path(named.place.file).parent_path();
  for (const std::string& file : to.shaping) files.read((folder / file).string(), named, problems);

  Path resolved(path, problems, remarks);
  apply_in_order(resolved, files, to, providers_for(files, to, at));
  Setting result = resolved.finish();
  result.place = control.place;
  const Names consumed = own_keys();
  for (const auto& [key, value] : *control.table())
    if (std::find(consumed.begin(), consumed.end(), key) == consumed.end()) result.set(key, value);
  return result;
}

}  // namespace weir::experiments
