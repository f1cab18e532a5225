#include "experiments/import/message_table.h"

#include <algorithm>

namespace weir::experiments {

LoggedMessage* LoggedMessageTable::find(std::uint64_t key) {
  const auto found = index_.find(key);
  return found == index_.end() ? nullptr : &cells_[found->second].message;
}

LoggedMessage& LoggedMessageTable::add(std::uint64_t key) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(cells_.size()));
    cells_.emplace_back();
  }
  const auto place = free_.back();
  free_.pop_back();
  auto& cell = cells_[place];
  cell = Cell{};
  cell.message.key = key;
  cell.message.life = ++lives_;
  cell.older = newest_;
  if (newest_ != kNone) cells_[newest_].newer = place;
  newest_ = place;
  if (oldest_ == kNone) oldest_ = place;
  index_.emplace(key, place);
  peak_ = std::max(peak_, index_.size());
  return cell.message;
}

void LoggedMessageTable::erase(std::uint64_t key) {
  const auto found = index_.find(key);
  if (found == index_.end()) return;
  const auto place = found->second;
  const auto& cell = cells_[place];
  (cell.older == kNone ? oldest_ : cells_[cell.older].newer) = cell.newer;
  (cell.newer == kNone ? newest_ : cells_[cell.newer].older) = cell.older;
  free_.push_back(place);
  index_.erase(found);
}

}  // namespace weir::experiments
