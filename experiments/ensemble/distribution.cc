#include "experiments/ensemble/distribution.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "analysis/distribution.h"
#include "experiments/ensemble/receiver_draws.h"
#include "experiments/scenario/measure.h"
#include "models/purpose.h"

namespace weir::experiments {
namespace {

/// What is drawn: bounds clamp it where they would refuse a value that somebody wrote.
Setting drawn(const Measure& measure, const Place& place) {
  Setting setting = setting_of(measure, place);
  setting.drawn = true;
  return setting;
}

/// What is wrong with the distribution table, or "".
std::string fault_of(const Setting& table) {
  const Setting* kind = table.find("dist");
  const std::string name = kind->string() != nullptr ? *kind->string() : "";
  const auto quantity = [&](const char* key) {
    const Setting* s = table.find(key);
    return s != nullptr ? measure_of(*s) : std::nullopt;
  };
  if (name == "lognormal") {
    const auto median = quantity("median");
    const auto sigma = quantity("sigma");
    if (!median || median->value <= 0)
      return "a lognormal needs `median`, above zero, with its unit";
    if (!sigma || sigma->value < 0) return "a lognormal needs `sigma`, a number of at least 0";
    return "";
  }
  if (name == "uniform") {
    const auto from = quantity("from");
    const auto to = quantity("to");
    if (!from || !to || from->kind != to->kind || from->period != to->period)
      return "a uniform distribution needs `from` and `to` in the same unit";
    return from->value <= to->value ? "" : "`from` must not be above `to`";
  }
  if (name == "choice") {
    const Setting* of = table.find("of");
    return of != nullptr && of->list() != nullptr && !of->list()->empty()
               ? ""
               : "a choice needs `of`, a list of values";
  }
  return "no such distribution" + suggestion(name, {"lognormal", "uniform", "choice"});
}

/// The value of a sound distribution at `u` in (0, 1).
Setting value_at(const Setting& table, double u) {
  const std::string& name = *table.find("dist")->string();
  if (name == "choice") {
    const SettingList& of = *table.find("of")->list();
    const auto index = static_cast<std::size_t>(u * static_cast<double>(of.size()));
    Setting chosen = of[std::min(index, of.size() - 1)];
    chosen.drawn = true;
    return chosen;
  }
  if (name == "uniform") {
    Measure from = *measure_of(*table.find("from"));
    from.value += u * (measure_of(*table.find("to"))->value - from.value);
    return drawn(from, table.place);
  }
  Measure median = *measure_of(*table.find("median"));
  const double sigma = measure_of(*table.find("sigma"))->value;
  median.value *= std::exp(sigma * analysis::normal_quantile(u));
  return drawn(median, table.place);
}

template <class Visit>
void for_each_unknown(const Setting& setting, const std::string& path, const Visit& visit) {
  if (setting.table() == nullptr) return;
  if (setting.find("dist") != nullptr) {
    visit(path, setting);
    return;
  }
  for (const auto& [key, value] : *setting.table())
    for_each_unknown(value, joined(path, key), visit);
}

/// FNV-1a over the path: the same on every machine.
std::uint64_t path_key(const std::string& path) {
  std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
  for (const char c : path) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01b3;
  return hash;
}

Setting resolve_at(const Setting& setting, const std::string& path,
                   const std::function<double(const std::string&)>& uniform) {
  if (setting.table() == nullptr) return setting;
  if (setting.find("dist") != nullptr)
    return fault_of(setting).empty() ? value_at(setting, uniform(path)) : setting;
  Setting copy = make_table();
  copy.place = setting.place;
  for (const auto& [key, value] : *setting.table())
    copy.set(key, resolve_at(value, joined(path, key), uniform));
  return copy;
}

using Uniform = std::function<double(const std::string& path)>;

/// With the dependence of one unknown on another.
Uniform dependent(const Dependence& dependence, Uniform uniform) {
  return [dependence, uniform = std::move(uniform)](const std::string& path) {
    if (dependence.correlation == 0 || path != dependence.follower) return uniform(path);
    const double rho = dependence.correlation;
    const double z = rho * analysis::normal_quantile(uniform(dependence.driver)) +
                     std::sqrt(1 - rho * rho) * analysis::normal_quantile(uniform(path));
    return std::clamp(analysis::normal_cdf(z), 0x1.0p-53, 1 - 0x1.0p-53);
  };
}

/// Keyed by the path.
Uniform uniform_of(std::uint64_t seed, std::uint64_t receiver) {
  constexpr std::uint64_t kNoTraffic = ~std::uint64_t{0};
  return [chance = Chance(StreamKey{seed, receiver, kNoTraffic})](const std::string& path) {
    return std::max(chance.draw(purpose::unknowns, path_key(path)).uniform(), 0x1.0p-53);
  };
}

}  // namespace

std::vector<Unknown> find_unknowns(const Setting& root, Problems& problems) {
  std::vector<Unknown> unknowns;
  for_each_unknown(root, "", [&](const std::string& path, const Setting& table) {
    unknowns.push_back({path});
    if (std::string fault = fault_of(table); !fault.empty())
      problems.push_back({table.place, path, table.text(), std::move(fault)});
  });
  return unknowns;
}

Setting resolve(const Setting& root, const Dependence& dependence,
                const std::function<double(const std::string& path)>& uniform) {
  return resolve_at(root, "", dependent(dependence, uniform));
}

Setting draw_receiver(const Setting& root, const Dependence& dependence, std::uint64_t seed,
                      std::uint64_t receiver) {
  return resolve(root, dependence, uniform_of(seed, receiver));
}

std::vector<double> receiver_draws(const Setting& root, const Dependence& dependence,
                                   std::uint64_t seed, std::uint64_t receiver) {
  const auto uniform = dependent(dependence, uniform_of(seed, receiver));
  std::vector<double> draws;
  for_each_unknown(
      root, "", [&](const std::string& path, const Setting&) { draws.push_back(uniform(path)); });
  return draws;
}

Setting median_receiver(const Setting& root) {
  return resolve(root, {}, [](const std::string&) { return 0.5; });
}

}  // namespace weir::experiments
