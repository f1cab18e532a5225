/// Fixed: every message has the same size.

#include "models/size/sampler.h"

namespace weir::size {
namespace {

class Fixed final : public Sampler {
 public:
  struct Params {
    Bytes size{50'000};

    static void describe(auto field) {
      field("size", &Params::size, "Size of every message.", Bounds<Bytes>{{1}, {4'000'000'000}},
            Source{"assumption: the most frequent size of HCL's Server.Load mix"});
    }
  };

  explicit Fixed(const Params& p) : size_(p.size) {}

  Bytes sample(Draw& /*draw*/) const override { return size_; }

 private:
  Bytes size_;
};

}  // namespace

extern const Entry fixed;
constinit const Entry fixed = entry<Fixed>("fixed", "Every message has the same size.");

}  // namespace weir::size
