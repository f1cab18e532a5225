/// Zipf: k recipients with a chance in proportion to k^-exponent, up to a largest number.
///
/// Inverted through a table that is built once, 8 bytes for each possible number: exact, and one
/// draw a message, where rejection would take a number of draws that varies.
///
/// Source: form: Gomes et al. 2007 as cited by others ("Zipf-like; heavier for spam"); the exponent
/// is an assumption.

#include <algorithm>
#include <cmath>

#include "models/recipients/sampler.h"

namespace weir::recipients {
namespace {

constexpr Bounds<std::int64_t> kCounts{1, 65'535};

class Zipf final : public Sampler {
 public:
  struct Params {
    double exponent = 2.5;
    std::int64_t max = 500;

    static void describe(auto field) {
      field("exponent", &Params::exponent, "How fast large numbers become rare; 0 is uniform.",
            Bounds<double>{0.0, 100.0},
            Source{"assumption: three messages in four have one recipient, the mean is 1.88"});
      field("max", &Params::max, "Largest number of recipients.", kCounts,
            Source{"Exchange Online's default limit of recipients per message"});
    }
  };

  explicit Zipf(const Params& p) {
    double sum = 0.0;
    for (std::int64_t k = 1; k <= std::min(p.max, kCounts.high); ++k)
      weights_.push_back(sum += std::pow(static_cast<double>(k), -p.exponent));
  }

  std::uint32_t sample(Draw& draw) const override {
    const double at = draw.uniform() * weights_.back();
    const auto found = std::upper_bound(weights_.begin(), weights_.end() - 1, at);
    return static_cast<std::uint32_t>(found - weights_.begin()) + 1;
  }

 private:
  std::vector<double> weights_;  // cumulative
};

}  // namespace

extern const Entry zipf;
constinit const Entry zipf = entry<Zipf>("zipf", "Mostly one recipient, sometimes very many.");

}  // namespace weir::recipients
