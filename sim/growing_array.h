#pragma once
/// An array that grows at its end without ever being there twice: a std::vector that doubles holds
/// its old and its new memory while it copies, half as much again as it has at most.

#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

namespace weir {

/// Elements can be moved about as bytes; their addresses change when the array grows.
template <class Element>
class GrowingArray {
  static_assert(std::is_trivially_copyable_v<Element> && std::is_trivially_destructible_v<Element>);

 public:
  GrowingArray() = default;
  GrowingArray(GrowingArray&& other) noexcept
      : elements_(std::exchange(other.elements_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  GrowingArray& operator=(GrowingArray&& other) noexcept {
    std::swap(elements_, other.elements_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  GrowingArray(const GrowingArray&) = delete;
  GrowingArray& operator=(const GrowingArray&) = delete;
  ~GrowingArray() { std::free(elements_); }  // NOLINT(cppcoreguidelines-no-malloc)

  std::size_t size() const { return size_; }
  Element& operator[](std::size_t i) { return elements_[i]; }
  const Element& operator[](std::size_t i) const { return elements_[i]; }

  /// Throws std::bad_alloc, and then nothing has changed.
  void push_back(const Element& element) {
    if (size_ == capacity_) grow();
    elements_[size_++] = element;
  }

 private:
  /// realloc moves the pages of a large block instead of copying what is in them.
  void grow() {
    const std::size_t capacity = capacity_ == 0 ? 16 : 2 * capacity_;
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc)
    void* elements = std::realloc(elements_, capacity * sizeof(Element));
    if (elements == nullptr) throw std::bad_alloc();
    elements_ = static_cast<Element*>(elements);
    capacity_ = capacity;
  }

  Element* elements_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace weir
