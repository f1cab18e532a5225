#pragma once
/// Records in their order, worked off from the front; made of a bucket by a distribution sort.
///
/// The sort: each record is put into one of about as many bins as there are records, by the leading
/// bits of its instant, and what is left to do is insertion among one or two neighbours. Both parts
/// keep the order of equals, and hardly a branch depends on what is compared.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "sim/bucket.h"
#include "sim/timer.h"

namespace weir {

class SortedRun {
 public:
  bool empty() const { return next_ == size_; }
  std::size_t size() const { return size_ - next_; }

  /// The i-th from the front. REQUIRES: i < size().
  const AgendaRecord& operator[](std::size_t i) const { return records_[next_ + i]; }

  void drop_front() { ++next_; }

  /// REQUIRES: `bucket` has `count` records, none before `begin` nor from begin + 2^width_lg on.
  void assign(const Bucket& bucket, std::size_t count, std::uint64_t begin, unsigned width_lg) {
    next_ = size_ = 0;
    reserve(count);
    if (width_lg == 0) {  // they are of one instant
      bucket.for_each([this](const AgendaRecord& record) { records_[size_++] = record; });
      return;
    }
    distribute(bucket, count, begin, width_lg);
    size_ = count;
    insert_all();
  }

  /// Behind all that are not later. O(size()), and little when it is late.
  void insert(const AgendaRecord& record) {
    if (next_ >= kWorkedOff) drop_worked_off();
    reserve(size_ + 1);
    std::size_t at = size_++;
    for (; at > next_ && records_[at - 1].when > record.when; --at) records_[at] = records_[at - 1];
    records_[at] = record;
  }

  /// Visits those at `when` or later in their order, and drops them.
  template <class Visit>
  void drop_from(SimTime when, const Visit& visit) {
    const std::size_t beyond = first_from(when);
    for (std::size_t i = beyond; i < size_; ++i) visit(records_[i]);
    size_ = beyond;
  }

  template <class Keeps>
  void keep_if(const Keeps& keeps) {
    drop_worked_off();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i)
      if (keeps(records_[i])) records_[kept++] = records_[i];
    size_ = kept;
  }

 private:
  static constexpr std::size_t kWorkedOff = 512;  // records before their memory is used again
  static constexpr unsigned kMostBinsLg = 10;

  void reserve(std::size_t count) {
    if (count > records_.size()) records_.resize(std::bit_ceil(count));
  }

  void distribute(const Bucket& bucket, std::size_t count, std::uint64_t begin, unsigned width_lg) {
    const unsigned bins_lg =
        std::min({width_lg, static_cast<unsigned>(std::bit_width(count)), kMostBinsLg});
    const unsigned shift = width_lg - bins_lg;
    const std::size_t bins = std::size_t{1} << bins_lg;
    const auto bin_of = [begin, shift](const AgendaRecord& record) {
      return (ticks(record.when) - begin) >> shift;
    };
    std::fill_n(ends_.begin(), bins + 1, 0U);
    bucket.for_each([&](const AgendaRecord& record) { ++ends_[bin_of(record) + 1]; });
    for (std::size_t bin = 1; bin < bins; ++bin) ends_[bin] += ends_[bin - 1];
    bucket.for_each(
        [&](const AgendaRecord& record) { records_[ends_[bin_of(record)]++] = record; });
  }

  void insert_all() {
    for (std::size_t i = 1; i < size_; ++i) {
      if (records_[i - 1].when <= records_[i].when) continue;
      const AgendaRecord record = records_[i];
      std::size_t at = i;
      for (; at > 0 && records_[at - 1].when > record.when; --at) records_[at] = records_[at - 1];
      records_[at] = record;
    }
  }

  void drop_worked_off() {
    std::copy(records_.begin() + static_cast<std::ptrdiff_t>(next_),
              records_.begin() + static_cast<std::ptrdiff_t>(size_), records_.begin());
    size_ -= next_;
    next_ = 0;
  }

  std::size_t first_from(SimTime when) const {
    const auto end = records_.begin() + static_cast<std::ptrdiff_t>(size_);
    const auto at = std::lower_bound(
        records_.begin() + static_cast<std::ptrdiff_t>(next_), end, when,
        [](const AgendaRecord& record, SimTime limit) { return record.when < limit; });
    return static_cast<std::size_t>(at - records_.begin());
  }

  std::vector<AgendaRecord> records_ = std::vector<AgendaRecord>(256);
  std::size_t next_ = 0;
  std::size_t size_ = 0;  // with those worked off

  // While a bucket is distributed: where each bin begins, and after its last record where it ends.
  std::array<std::uint32_t, (1U << kMostBinsLg) + 1> ends_{};
};

}  // namespace weir
