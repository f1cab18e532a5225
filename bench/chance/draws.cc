/// B14: a number of 64 bits, an exponential and a normal draw (Boost's ziggurat), one after the
/// other and in blocks of 1,024, beside xoshiro256++ doing the same. Whether a mean is that of the
/// distribution is checked; sequences are the matter of tests.

#include <array>
#include <cmath>
#include <random>
#include <type_traits>

#include <boost/random/exponential_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <fmt/format.h>

#include "bench/chance/catalogue.h"
#include "bench/chance/generators.h"
#include "bench/chance/xoshiro.h"
#include "bench/harness/compare.h"

namespace weir::bench::chance {
namespace {

constexpr std::uint64_t kBlock = 1'024;

/// Half of the bits are summed, so that ten million fit.
struct Number {
  static constexpr double kMean = 0x1.0p31;
  static constexpr double kDeviation = 0x1.0p32 * 0.2887;
  std::uint64_t operator()(auto& generator) { return generator() >> 32; }
};

template <class Distribution>
struct Real {
  static constexpr double kDeviation = 1;
  double operator()(auto& generator) {
    if constexpr (requires { generator.draw(distribution); }) {
      return generator.draw(distribution);
    } else {
      return distribution(generator);
    }
  }
  Distribution distribution;
};
struct Exponential : Real<boost::random::exponential_distribution<double>> {
  static constexpr double kMean = 1;
};
struct Normal : Real<boost::random::normal_distribution<double>> {
  static constexpr double kMean = 0;
};

template <class Generator, class Kind>
class Draws final : public Side {
 public:
  explicit Draws(const Load& load)
      : generator_(made()),
        block_(load.n),
        units_(load.units(1'000'000) / kBlock * kBlock + kBlock) {}

  Segment segment() override {
    block_ == 1 ? one_by_one() : by_block();
    drawn_ += units_;
    return {units_};
  }
  std::uint64_t fingerprint() const override { return drawn_; }

  /// Five standard errors.
  std::string problem() const override {
    const double count = static_cast<double>(drawn_);
    const double mean = static_cast<double>(sum_) / count;
    if (std::abs(mean - Kind::kMean) < 5 * Kind::kDeviation / std::sqrt(count)) return {};
    return fmt::format("the mean is {:.6g}, not {:.6g}", mean, Kind::kMean);
  }

 private:
  using Drawn = std::invoke_result_t<Kind&, Generator&>;

  static Generator made() {
    if constexpr (std::is_default_constructible_v<Generator>) {
      return Generator();
    } else {
      return Generator(1);
    }
  }

  void one_by_one() {
    for (std::uint64_t i = 0; i < units_; ++i) sum_ += kind_(generator_);
  }

  void by_block() {
    std::array<Drawn, kBlock> block;
    for (std::uint64_t i = 0; i < units_; i += kBlock) {
      for (Drawn& drawn : block) drawn = kind_(generator_);
      for (const Drawn drawn : block) sum_ += drawn;
    }
  }

  Generator generator_;
  Kind kind_;
  std::uint64_t block_;
  std::uint64_t units_;
  std::uint64_t drawn_ = 0;
  Drawn sum_{};
};

template <class Generator, class Kind>
Measurement measure(const Load& load) {
  return compare({.measured = side<Draws<Generator, Kind>>(load),
                  .reference = side<Draws<Xoshiro256, Kind>>(load),
                  .checked_by = Witness::itself},
                 load);
}

template <class Generator>
void add_rows(std::vector<Row>& all, std::string_view name) {
  const auto add = [&](std::string_view kind, Measurement (*measured)(const Load&)) {
    for (const std::uint64_t block : {std::uint64_t{1}, kBlock})
      all.push_back({.work = fmt::format("B14 {}, {}", kind, name),
                     .n = block,
                     .tiny_n = kBlock,
                     .measure = measured});
  };
  add("64 bits", measure<Generator, Number>);
  add("exponential", measure<Generator, Exponential>);
  add("normal", measure<Generator, Normal>);
}

std::vector<Row> rows() {
  std::vector<Row> all;
  add_rows<DrawAnew>(all, "weir, a Draw for each");
  add_rows<DrawOn>(all, "weir, one Draw for all");
  add_rows<Philox2x64>(all, "Philox2x64-10");
  add_rows<Xoshiro256>(all, "xoshiro256++");
  add_rows<Sfc64>(all, "sfc64");
  add_rows<std::mt19937_64>(all, "mt19937_64");
  return all;
}

}  // namespace

extern const Workload draws;
constinit const Workload draws{rows};

}  // namespace weir::bench::chance
