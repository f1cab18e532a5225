#include "experiments/ensemble/distribution.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "analysis/distribution.h"
#include "models/purpose.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

/// A number with the unit it was written in, so that it can be scaled and written back.
struct Quantity {
  enum class Kind : std::uint8_t { number, whole, duration, rate, share, bytes };
  Kind kind = Kind::number;
  double value = 0;
  Duration period{};  // of a rate
};

std::optional<Quantity> quantity_of(const Setting& setting) {
  using enum Quantity::Kind;
  if (const auto* whole_number = std::get_if<std::int64_t>(&setting.value))
    return Quantity{whole, static_cast<double>(*whole_number), {}};
  if (const auto* real = std::get_if<double>(&setting.value)) return Quantity{number, *real, {}};
  if (setting.string() == nullptr) return std::nullopt;
  const std::string& text = *setting.string();
  if (const auto d = parse_duration(text))
    return Quantity{duration, static_cast<double>(d->count()), {}};
  if (const auto r = parse_rate(text))
    return Quantity{rate, static_cast<double>(r->count), r->period};
  if (const auto s = parse_share(text)) return Quantity{share, *s, {}};
  if (const auto b = parse_bytes(text)) return Quantity{bytes, static_cast<double>(b->count), {}};
  return std::nullopt;
}

/// Whole counts round half up, like every duration that is drawn.
std::int64_t whole_part(double value) {
  return static_cast<std::int64_t>(std::clamp(std::floor(value + 0.5), -9.0e18, 9.0e18));
}

Setting setting_of(const Quantity& q, const Place& place) {
  using enum Quantity::Kind;
  Setting setting;
  setting.place = place;
  setting.drawn = true;
  switch (q.kind) {
    case number:
      setting.value = q.value;
      break;
    case whole:
      setting.value = whole_part(q.value);
      break;
    case duration:
      setting.value = to_text(Duration{whole_part(q.value)});
      break;
    case rate:
      setting.value = rate_text(std::max<std::int64_t>(1, whole_part(q.value)), q.period);
      break;
    case share:
      setting.value = to_text(Probability{std::clamp(q.value, 0.0, 1.0)});
      break;
    case bytes:
      setting.value = to_text(Bytes{whole_part(q.value)});
      break;
  }
  return setting;
}

/// What is wrong with the distribution table, or "".
std::string fault_of(const Setting& table) {
  const Setting* kind = table.find("dist");
  const std::string name = kind->string() != nullptr ? *kind->string() : "";
  const auto quantity = [&](const char* key) {
    const Setting* s = table.find(key);
    return s != nullptr ? quantity_of(*s) : std::nullopt;
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
    Quantity from = *quantity_of(*table.find("from"));
    from.value += u * (quantity_of(*table.find("to"))->value - from.value);
    return setting_of(from, table.place);
  }
  Quantity median = *quantity_of(*table.find("median"));
  const double sigma = quantity_of(*table.find("sigma"))->value;
  median.value *= std::exp(sigma * analysis::normal_quantile(u));
  return setting_of(median, table.place);
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
  return resolve_at(root, "", [&](const std::string& path) {
    if (dependence.correlation == 0 || path != dependence.follower) return uniform(path);
    const double rho = dependence.correlation;
    const double z = rho * analysis::normal_quantile(uniform(dependence.driver)) +
                     std::sqrt(1 - rho * rho) * analysis::normal_quantile(uniform(path));
    return std::clamp(analysis::normal_cdf(z), 0x1.0p-53, 1 - 0x1.0p-53);
  });
}

Setting draw_receiver(const Setting& root, const Dependence& dependence, std::uint64_t seed,
                      std::uint64_t receiver) {
  constexpr std::uint64_t kNoTraffic = ~std::uint64_t{0};
  const Chance chance(StreamKey{seed, receiver, kNoTraffic});
  return resolve(root, dependence, [&](const std::string& path) {
    return std::max(chance.draw(purpose::unknowns, path_key(path)).uniform(), 0x1.0p-53);
  });
}

Setting median_receiver(const Setting& root) {
  return resolve(root, {}, [](const std::string&) { return 0.5; });
}

}  // namespace weir::experiments
