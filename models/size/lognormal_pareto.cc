/// Lognormal body and Pareto tail: many small messages, a few very large ones.
///
/// Below `tail_from` a size is lognormal. The share of the lognormal beyond it is spread by a
/// Pareto law, cut off at `max` without a heap of messages there, so the distribution function has
/// no step. The defaults are our fit to a measured distribution (docs/models/size.md), at most 0.8
/// percentage points off at its twelve sizes (tests/models/size/size_test.cc). Draws: one normal,
/// and one more in the tail.
///
/// Source: form: Shah and Noble 2007 as cited by others; numbers: fitted to the distribution of a
/// freebsd-devel posting of 2002 in Buchner 2009.
/// Left out: any dependence of a size on its sender.

#include <algorithm>
#include <cmath>

#include "models/size/sampler.h"

namespace weir::size {
namespace {

constexpr Bounds<Bytes> kSizes{{1}, {4'000'000'000}};

class LognormalPareto final : public Sampler {
 public:
  struct Params {
    Bytes median{4'150};
    double sigma = 0.98;
    Bytes tail_from{5'120};
    double tail_index = 0.56;
    Bytes max{4'194'304};

    static void describe(auto field) {
      constexpr Source kFit{"fitted to the distribution of sizes in Buchner 2009"};
      field("median", &Params::median, "Median of the lognormal body.", kSizes, kFit);
      field("sigma", &Params::sigma, "Standard deviation of the body's natural logarithm.",
            Bounds<double>{0.0, 10.0}, kFit);
      field("tail_from", &Params::tail_from, "Size at which the Pareto tail begins.", kSizes, kFit);
      field("tail_index", &Params::tail_index, "Exponent of the tail: smaller is heavier.",
            Bounds<double>{0.01, 100.0}, kFit);
      field("max", &Params::max, "Largest size.", kSizes,
            Source{"largest size in Buchner 2009; mail of that time"});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.max < p.tail_from)
        at.report("max", "is smaller than tail_from, " + to_text(p.tail_from) +
                             ": raise it, or lower that");
    }
  };

  explicit LognormalPareto(const Params& p)
      : p_(p),
        tail_share_(1.0 - std::pow(real(p.tail_from) / real(p.max), p.tail_index)),
        surely_tail_(std::log(real(p.tail_from) / real(p.median)) + kMargin) {}

  Bytes sample(Draw& draw) const override {
    const double z = p_.sigma * draw.normal();
    if (z > surely_tail_) return rounded(tail(draw.uniform()));
    const double body = real(p_.median) * std::exp(z);
    return rounded(body <= real(p_.tail_from) ? body : tail(draw.uniform()));
  }

 private:
  static constexpr double kMargin = 1e-9;  // far more than all rounding together

  static Bytes rounded(double bytes) { return {std::max<std::int64_t>(1, std::llround(bytes))}; }

  static double real(Bytes size) { return static_cast<double>(size.count); }

  /// The size that a share `u` of the tail does not exceed.
  double tail(double u) const {
    return real(p_.tail_from) * std::pow(1.0 - u * tail_share_, -1.0 / p_.tail_index);
  }

  Params p_;
  double tail_share_;   // of an endless tail, what lies below max
  double surely_tail_;  // above it the body's logarithm, less the median's, need not be undone
};

}  // namespace

extern const Entry lognormal_pareto;
constinit const Entry lognormal_pareto = entry<LognormalPareto>(
    "lognormal-pareto", "Many small messages, and a heavy tail of large ones.");

}  // namespace weir::size
