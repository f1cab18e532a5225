#include "models/delivery/chronicle.h"

namespace weir {

void Chronicle::keep(SimTime now, Happening what, std::uint64_t name) {
  if (digests_) digests_->fold(now, static_cast<std::uint32_t>(what), name);
  if (now >= from_ && now < to_) trace_.push_back({now, what, name});
}

}  // namespace weir
