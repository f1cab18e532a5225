#pragma once
/// The messages that a log shows in flight, by queue id, in a bounded table.

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace weir::experiments {

/// How a message got into the queue.
enum class Origin : std::uint8_t {
  sender,      ///< smtpd, qmqpd or pickup took it.
  reinjected,  ///< smtpd took it back from a content filter.
  inside,      ///< Postfix made it itself, or its beginning is not in the log.
};

/// What is known of one message in flight.
struct LoggedMessage {
  std::uint64_t key = 0;
  std::uint64_t life = 0;     ///< Counts messages: an id used again is another life.
  std::uint64_t arrival = 0;  ///< Serial in the ArrivalQueue; 0: none.
  Origin origin = Origin::inside;
  bool header_seen = false;  ///< cleanup wrote about it.
  bool queued = false;       ///< qmgr or a delivery agent wrote about it.
  bool null_sender = false;
  bool announced = false;  ///< bounce said that it is a notice.
  bool probe = false;
  std::uint32_t recipients = 0;
  std::uint32_t sent = 0;
  std::uint32_t bounced = 0;
  std::uint32_t expired = 0;
  std::uint32_t deferred = 0;

  bool taken() const { return header_seen || queued; }
  std::uint32_t ended() const { return sent + bounced + expired; }
};

/// Messages by key; knows the oldest. Walking it is always in order of entry.
class LoggedMessageTable {
 public:
  /// Nothing when the key is not in the table. Valid until the next add().
  LoggedMessage* find(std::uint64_t key);

  /// `key` must not be in the table.
  LoggedMessage& add(std::uint64_t key);

  void erase(std::uint64_t key);

  /// The one that was added first. The table must not be empty.
  LoggedMessage& oldest() { return cells_[oldest_].message; }

  std::size_t size() const { return index_.size(); }
  std::size_t peak() const { return peak_; }

 private:
  static constexpr std::uint32_t kNone = 0xffff'ffff;
  struct Cell {
    LoggedMessage message;
    std::uint32_t older = kNone;
    std::uint32_t newer = kNone;
  };

  std::unordered_map<std::uint64_t, std::uint32_t> index_;  // looked up only, never walked
  std::vector<Cell> cells_;
  std::vector<std::uint32_t> free_;
  std::uint64_t lives_ = 0;
  std::uint32_t oldest_ = kNone;
  std::uint32_t newest_ = kNone;
  std::size_t peak_ = 0;
};

}  // namespace weir::experiments
