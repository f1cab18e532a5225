#pragma once
/// Ownership of what HDF5 calls an identifier.

#include <cstdint>
#include <utility>

namespace weir::analysis {

/// An open HDF5 object: closed when the handle goes. hdf5.h stays out of headers, so identifiers
/// are std::int64_t here (storage.cc checks that hid_t is).
class Handle {
 public:
  using Close = int (*)(std::int64_t);

  Handle() = default;
  Handle(std::int64_t id, Close closer) : id_(id), close_(closer) {}
  Handle(Handle&& other) noexcept
      : id_(std::exchange(other.id_, kNone)), close_(std::exchange(other.close_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() { close(); }

  std::int64_t id() const { return id_; }

  /// Closes now. Negative when HDF5 could not, 0 when it could or nothing was open.
  int close() {
    const Close closer = std::exchange(close_, nullptr);
    return closer == nullptr ? 0 : closer(std::exchange(id_, kNone));
  }

 private:
  static constexpr std::int64_t kNone = -1;

  std::int64_t id_ = kNone;
  Close close_ = nullptr;
};

}  // namespace weir::analysis
