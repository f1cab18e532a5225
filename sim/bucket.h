#pragma once
/// Lists that records are only ever appended to and drained from, made of chunks of one pool: a
/// bucket that empties leaves its memory to those that fill, and nothing is allocated once the pool
/// has grown to what is ever in use at once.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "sim/prefetch.h"
#include "sim/timer.h"

namespace weir {

/// Seven cache lines with their link: an odd number, so that the first lines of chunks that lie one
/// after the other fall into different sets of a cache.
struct Chunk {
  static constexpr std::size_t kRecords = (7 * 64 - sizeof(void*)) / sizeof(AgendaRecord);

  AgendaRecord records[kRecords];  // NOLINT(modernize-avoid-c-arrays): left unset until written
  Chunk* next;

  /// Has all of it on its way.
  void fetch() const {
    for (std::size_t i = 0; i < kRecords; i += 64 / sizeof(AgendaRecord)) prefetch(&records[i]);
  }
};

class Chunks {
 public:
  Chunk* take() {
    if (free_ == nullptr) grow();
    return std::exchange(free_, free_->next);
  }

  void give_back(Chunk* chunk) {
    chunk->next = free_;
    free_ = chunk;
  }

 private:
  static constexpr std::size_t kSlab = 256;  // chunks

  void grow() {
    slabs_.push_back(std::make_unique_for_overwrite<Chunk[]>(kSlab));
    for (std::size_t i = kSlab; i-- > 0;) give_back(&slabs_.back()[i]);
  }

  std::vector<std::unique_ptr<Chunk[]>> slabs_;
  Chunk* free_ = nullptr;  // in the slabs, which stay where they are when this is moved
};

class Bucket {
 public:
  bool empty() const { return first_ == nullptr; }

  /// Whether one more needs another chunk; so it is at first.
  bool is_full() const { return next_ == end_; }

  /// REQUIRES: is_full().
  void extend(Chunks& chunks) {
    Chunk* chunk = chunks.take();
    (first_ == nullptr ? first_ : last_->next) = chunk;
    last_ = chunk;
    next_ = chunk->records;
    end_ = next_ + Chunk::kRecords;
  }

  /// REQUIRES: !is_full().
  void append(const AgendaRecord& record) { *next_++ = record; }

  /// Their number, or some number above `most` if they are more. O(most).
  std::size_t count_to(std::size_t most) const {
    std::size_t count = 0;
    for (const Chunk* chunk = first_; chunk != nullptr && count <= most; chunk = after(chunk))
      count += static_cast<std::size_t>(end_of(chunk) - chunk->records);
    return count;
  }

  /// Visits all in the order in which they were appended.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Chunk* chunk = first_; chunk != nullptr; chunk = after(chunk)) {
      const AgendaRecord* const end = end_of(chunk);
      for (const AgendaRecord* r = chunk->records; r != end; ++r) visit(*r);
    }
  }

  /// The same, and gives each chunk back once it is read: `visit` may append to other buckets.
  template <class Visit>
  void drain(Chunks& chunks, const Visit& visit) {
    while (first_ != nullptr) {
      if (first_ != last_) first_->next->fetch();
      const AgendaRecord* const end = end_of(first_);
      for (const AgendaRecord* r = first_->records; r != end; ++r) visit(*r);
      drop_chunk(chunks);
    }
  }

  /// Gives all chunks back.
  void discard(Chunks& chunks) {
    while (first_ != nullptr) drop_chunk(chunks);
  }

 private:
  void drop_chunk(Chunks& chunks) {
    Chunk* const chunk = first_;
    first_ = after(chunk);
    chunks.give_back(chunk);
  }

  template <class SomeChunk>
  SomeChunk* after(SomeChunk* chunk) const {
    return chunk == last_ ? nullptr : chunk->next;
  }
  const AgendaRecord* end_of(const Chunk* chunk) const {
    return chunk == last_ ? next_ : chunk->records + Chunk::kRecords;
  }

  AgendaRecord* next_ = nullptr;  // to be written
  AgendaRecord* end_ = nullptr;   // of the last chunk
  Chunk* first_ = nullptr;
  Chunk* last_ = nullptr;
};

}  // namespace weir
