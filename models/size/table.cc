/// Table: sizes with the share of messages that are no larger, as measured.
///
/// "spread" draws sizes between two entries evenly on a logarithmic scale; the first entry, with a
/// share of 0 %, is then the smallest size. "step" gives out the listed sizes only. One draw a
/// message, and a larger number always gives a size no smaller.
///
/// Source: Buchner 2009, from a freebsd-devel posting of 2002. A mix of fixed sizes, HCL's
/// Server.Load, stands in docs/models/size.md.

#include <algorithm>
#include <array>
#include <cmath>

#include "models/size/sampler.h"

namespace weir::size {
namespace {

enum class Between { spread, step };

constexpr std::array<EnumWord<Between>, 2> words_of(Between /*any*/) {
  return {{{Between::spread, "spread"}, {Between::step, "step"}}};
}

class Table final : public Sampler {
 public:
  struct Params {
    std::vector<Bytes> sizes{{512},       {2'048},     {4'096},    {8'192},   {16'384},
                             {32'768},    {65'536},    {131'072},  {262'144}, {524'288},
                             {1'048'576}, {2'097'152}, {4'194'304}};
    std::vector<Probability> shares{{0.0},    {0.2353}, {0.4917}, {0.676},  {0.7958},
                                    {0.8536}, {0.9047}, {0.933},  {0.9574}, {0.9724},
                                    {0.9849}, {0.9996}, {1.0}};
    Between between = Between::spread;

    static void describe(auto field) {
      constexpr Source kSource{
          "Buchner 2009, from a freebsd-devel posting of 2002; the smallest "
          "size is an assumption"};
      field("sizes", &Params::sizes, "Sizes, each larger than the one before.", kSource);
      field("shares", &Params::shares,
            "For each size the share of messages that are no larger; the last is 100 %.", kSource);
      field("between", &Params::between,
            "Whether sizes spread between the entries or are the entries themselves.",
            Source{"assumption: even on a logarithmic scale"});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.sizes.size() != p.shares.size() || p.sizes.empty()) {
        at.report("shares", "has " + std::to_string(p.shares.size()) + " entries and sizes has " +
                                std::to_string(p.sizes.size()) + ": give one share for each size");
        return;
      }
      if (p.sizes.front() < Bytes{1} || p.sizes.back() > Bytes{4'000'000'000} ||
          !std::ranges::is_sorted(p.sizes, std::ranges::less_equal{}))
        at.report("sizes", "must rise from at least 1 B to at most 4 GB: sort them");
      if (!std::ranges::is_sorted(p.shares) || p.shares.back() != Probability{1.0})
        at.report("shares", "must not fall, and end at 100 %: give cumulative shares");
    }
  };

  explicit Table(Params p) : p_(std::move(p)) {}

  Bytes sample(Draw& draw) const override {
    const double u = draw.uniform();
    const auto share = std::ranges::upper_bound(p_.shares, u, {}, &Probability::value);
    const auto i = static_cast<std::size_t>(share - p_.shares.begin());
    if (p_.between == Between::step || i == 0) return p_.sizes[i];
    const double below = p_.shares[i - 1].value;
    return between(p_.sizes[i - 1], p_.sizes[i], (u - below) / (p_.shares[i].value - below));
  }

 private:
  static Bytes between(Bytes low, Bytes high, double part) {
    const auto from = static_cast<double>(low.count);
    const double ratio = static_cast<double>(high.count) / from;
    return {std::llround(from * std::pow(ratio, part))};
  }

  Params p_;
};

}  // namespace

extern const Entry table;
constinit const Entry table =
    entry<Table>("table", "Sizes by a table of cumulative shares, such as a measured one.");

}  // namespace weir::size
