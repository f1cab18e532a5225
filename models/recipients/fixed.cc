/// Fixed: every message has the same number of recipients.

#include "models/recipients/sampler.h"

namespace weir::recipients {
namespace {

class Fixed final : public Sampler {
 public:
  struct Params {
    std::int64_t count = 1;

    static void describe(auto field) {
      field("count", &Params::count, "Recipients of every message.",
            Bounds<std::int64_t>{1, 65'535});
    }
  };

  explicit Fixed(const Params& p) : count_(static_cast<std::uint32_t>(p.count)) {}

  std::uint32_t sample(Draw& /*draw*/) const override { return count_; }

 private:
  std::uint32_t count_;
};

}  // namespace

extern const Entry fixed;
constinit const Entry fixed =
    entry<Fixed>("fixed", "Every message has the same number of recipients.");

}  // namespace weir::recipients
