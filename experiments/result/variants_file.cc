#include "experiments/result/variants_file.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "analysis/file/result_file.h"
#include "experiments/result/provenance.h"
#include "sim/fingerprint.h"

namespace weir::experiments {
namespace {

using analysis::Axis;
using analysis::ResultFile;

struct Shape {
  const std::vector<VariantFigures>& variants;
  std::size_t receivers;
};

template <class Number, class Figure>
void write_figure(ResultFile& file, const Shape& shape, const std::vector<Axis>& axes,
                  const std::string& name, const analysis::Meaning& meaning, Figure&& figure) {
  std::vector<Number> values;
  for (const VariantFigures& variant : shape.variants)
    for (std::size_t r = 0; r < shape.receivers; ++r)
      values.push_back(static_cast<Number>(figure(variant.receivers[r])));
  file.array(name, axes, std::span<const Number>(values), meaning);
}

void write_deliveries(ResultFile& file, const Shape& shape, const VariantsFileHead& head,
                      const std::vector<Axis>& axes) {
  std::vector<std::int64_t> days(static_cast<std::size_t>(head.days));
  std::iota(days.begin(), days.end(), std::int64_t{1});
  const Axis day = file.number_axis("day", days, {"d", "day of the run, from 1", ""});
  std::vector<std::int64_t> delivered;
  for (const VariantFigures& variant : shape.variants)
    for (std::size_t r = 0; r < shape.receivers; ++r)
      for (const std::int64_t d : days)
        delivered.push_back(static_cast<std::int64_t>(variant.receivers[r].delivered_by(d)));
  file.array("delivered", {axes[0], axes[1], day}, delivered,
             {"1", "recipients of the reported source delivered by the end of the day", ""});
}

void write_delays(ResultFile& file, const Shape& shape, Axis variant_axis) {
  const std::vector<double> levels{0.5, 0.9, 0.99};
  const Axis level = file.number_axis("quantile", levels, {"1", "level of the quantile", ""});
  std::vector<double> values;
  for (const VariantFigures& variant : shape.variants)
    for (const double p : levels)
      values.push_back(
          variant.report_delay.quantile(p).value_or(std::numeric_limits<double>::quiet_NaN()));
  file.array(
      "delay", {variant_axis, level}, values,
      {"s",
       "delay since release of the reported source, over all receivers; infinite: not delivered",
       ""});
}

}  // namespace

void write_variants_file(const VariantsFileHead& head,
                         const std::vector<VariantFigures>& variants) {
  std::size_t receivers = variants.front().receivers.size();
  std::vector<std::string> names;
  Fingerprint combined;
  for (const VariantFigures& variant : variants) {
    receivers = std::min(receivers, variant.receivers.size());
    names.push_back(variant.name);
    combined.fold(SimTime{}, 0, variant.fingerprint);
  }
  const Shape shape{variants, receivers};

  ResultFile file(head.path, {.title = head.title, .history = head.command});
  const Axis variant = file.label_axis("variant", names, "variant of the scenario");
  std::vector<std::int64_t> numbers(receivers);
  std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
  const Axis receiver =
      file.number_axis("receiver", numbers, {"1", "number of the receiver drawn", ""});
  const std::vector<Axis> both{variant, receiver};
  const auto count = [&](const std::string& name, const std::string& words, auto&& figure) {
    write_figure<std::int64_t>(file, shape, both, name, {"1", words, ""}, figure);
  };
  const auto real = [&](const std::string& name, const std::string& units, const std::string& words,
                        auto&& figure) {
    write_figure<double>(file, shape, both, name, {units, words, ""}, figure);
  };
  count("windows", "throttling windows opened", [](const auto& r) { return r.windows; });
  count("listings", "listings on the block list", [](const auto& r) { return r.listings; });
  count("submitted", "recipients of the reported source submitted",
        [](const auto& r) { return r.report_submitted; });
  count("delivered_all", "recipients of all sources delivered",
        [](const auto& r) { return r.recipients.of(Outcome::delivered); });
  count("bounced_all", "recipients of all sources bounced",
        [](const auto& r) { return r.recipients.of(Outcome::bounced); });
  count("expired_all", "recipients of all sources expired",
        [](const auto& r) { return r.recipients.of(Outcome::expired); });
  count("attempts", "attempts", [](const auto& r) { return r.attempts.total; });
  count("fingerprint", "fingerprint of the run, as a signed number",
        [](const auto& r) { return static_cast<std::int64_t>(r.fingerprint); });
  real("window_hours", "h", "time in throttling windows",
       [](const auto& r) { return r.window_hours; });
  real("reputation_end", "1", "reputation at the end, mean over addresses",
       [](const auto& r) { return r.reputation_end; });
  write_deliveries(file, shape, head, both);
  write_delays(file, shape, variant);
  write_provenance(file, {head.seed, 0, 0}, combined.value(), head.scenario_as_given,
                   head.effective);
  file.attribute("", "replications", static_cast<std::int64_t>(receivers));
  file.finish();
}

}  // namespace weir::experiments
