#pragma once
/// Lists that entries are only ever appended to and drained from, made of chunks of one pool: a
/// bucket that empties leaves its memory to those that fill, and nothing is allocated once the pool
/// has grown to what is ever in use at once.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace weir {

/// Seven cache lines with their link: an odd number, so that the first lines of chunks that lie one
/// after the other fall into different sets of a cache.
template <class Entry>
struct Chunk {
  static constexpr std::size_t kEntries = (7 * 64 - sizeof(void*)) / sizeof(Entry);

  Chunk* next;
  Entry entries[kEntries];  // NOLINT(modernize-avoid-c-arrays): left unset until written
};

template <class Entry>
class Chunks {
 public:
  Chunk<Entry>* take() {
    if (free_ == nullptr) grow();
    Chunk<Entry>* chunk = free_;
    free_ = chunk->next;
    return chunk;
  }

  void give_back(Chunk<Entry>* chunk) {
    chunk->next = free_;
    free_ = chunk;
  }

 private:
  static constexpr std::size_t kSlab = 256;  // chunks

  void grow() {
    slabs_.push_back(std::make_unique_for_overwrite<Chunk<Entry>[]>(kSlab));
    for (std::size_t i = kSlab; i-- > 0;) give_back(&slabs_.back()[i]);
  }

  std::vector<std::unique_ptr<Chunk<Entry>[]>> slabs_;
  Chunk<Entry>* free_ = nullptr;  // in the slabs, which stay where they are when this is moved
};

template <class Entry>
class Bucket {
 public:
  std::size_t size() const { return size_; }

  /// Room for one more at the end, to be written.
  Entry& append(Chunks<Entry>& chunks) {
    if (in_last_ == Chunk<Entry>::kEntries || size_ == 0) add_chunk(chunks);
    ++size_;
    return last_->entries[in_last_++];
  }

  /// Visits all in the order in which they were appended.
  template <class Visit>
  void for_each(const Visit& visit) const {
    std::size_t left = size_;
    for (const Chunk<Entry>* chunk = first_; left > 0; chunk = chunk->next)
      for (std::size_t i = 0; i < Chunk<Entry>::kEntries && left > 0; ++i, --left)
        visit(chunk->entries[i]);
  }

  /// The first few of them: those of one chunk.
  template <class Visit>
  void for_first_chunk(const Visit& visit) const {
    const std::size_t count = size_ < Chunk<Entry>::kEntries ? size_ : Chunk<Entry>::kEntries;
    for (std::size_t i = 0; i < count; ++i) visit(first_->entries[i]);
  }

  /// The same, and gives each chunk back once it is read: `visit` may append to other buckets.
  template <class Visit>
  void drain(Chunks<Entry>& chunks, const Visit& visit) {
    while (size_ > 0) {
      Chunk<Entry>* chunk = first_;
      const std::size_t count = size_ < Chunk<Entry>::kEntries ? size_ : Chunk<Entry>::kEntries;
      for (std::size_t i = 0; i < count; ++i) visit(chunk->entries[i]);
      size_ -= static_cast<std::uint32_t>(count);
      if (size_ > 0) first_ = chunk->next;
      chunks.give_back(chunk);
    }
  }

 private:
  void add_chunk(Chunks<Entry>& chunks) {
    Chunk<Entry>* chunk = chunks.take();
    if (size_ == 0) {
      first_ = chunk;
    } else {
      last_->next = chunk;
    }
    last_ = chunk;
    in_last_ = 0;
  }

  Chunk<Entry>* first_ = nullptr;
  Chunk<Entry>* last_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t in_last_ = 0;
};

}  // namespace weir
