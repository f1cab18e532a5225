#pragma once
/// Follows messages through the lines of a Postfix log, from the first line to the last.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "experiments/import/arrival_queue.h"
#include "experiments/import/delay_histogram.h"
#include "experiments/import/message_table.h"
#include "experiments/import/postfix.h"
#include "experiments/import/postfix_line.h"

namespace weir::experiments {

/// Remembers hashes seen lately. Direct-mapped: of two with the same place, the later stays.
class RecentHashes {
 public:
  bool holds(std::uint64_t hash) const { return hashes_[hash % kPlaces] == hash; }
  void remember(std::uint64_t hash) { hashes_[hash % kPlaces] = hash; }

 private:
  static constexpr std::size_t kPlaces = 4096;
  std::vector<std::uint64_t> hashes_ = std::vector<std::uint64_t>(kPlaces);
};

/// Keeps the table of messages in flight, hands arrivals on, and counts into a summary.
class MessageFlow {
 public:
  /// A message of which only client= was seen for so long was never taken, even when the log does
  /// not show the end of its session. Twelve times as long as smtpd waits for a client
  /// (smtpd_timeout, 300 s).
  static constexpr Duration kPatience = std::chrono::hours{1};

  MessageFlow(const PostfixOptions& options, TraceSink& sink, PostfixSummary& summary)
      : options_(options), summary_(summary), arrivals_(sink, options.arrivals) {}

  /// What arrivals are counted from; before anything else.
  void begin(LogTime start) { start_ = start; }

  /// The time of the lines that follow; `held` says that it is later than their stamps.
  void set_time(LogTime now, bool held);

  /// A line about a client's session, not about a message.
  void note_session(const PostfixLine& line);

  /// A line about a message; `whole` is all of it. Returns the reason why it was not understood,
  /// or nothing.
  std::string_view note_message(std::string_view whole, const PostfixLine& line, Saying saying);

  /// The log has ended.
  void finish();

 private:
  /// The last message of each smtpd process, by process number.
  struct Session {
    std::uint64_t process = 0;
    std::uint64_t key = 0;
  };
  Session& session_of(const PostfixLine& line);
  enum class Broken : std::uint8_t { no, yes };
  void leave_untaken(const Session& session, Broken broken);

  /// Why a message is forgotten.
  enum class End : std::uint8_t { removed, reused, evicted, log_ended };

  static std::uint64_t key_of(const PostfixLine& line, std::string_view queue_id) {
    return stable_hash(queue_id, line.writer);
  }

  bool is_copy(std::string_view whole, std::uint64_t key, Saying saying);
  void remember(std::string_view whole, std::uint64_t key);
  std::string_view take_note(const PostfixLine& line, std::uint64_t key, Saying saying);
  LoggedMessage& enter(std::uint64_t key, Origin origin);
  void leave(const LoggedMessage& message, End end);
  void settle_arrival(const LoggedMessage& message);
  void add_outcomes(const LoggedMessage& message, End end, Outcomes& outcomes);
  void drop_abandoned();

  void note_client(const PostfixLine& line, std::uint64_t key, Saying saying);
  void note_header(std::uint64_t key);
  void note_refused(LoggedMessage& message);
  void note_expired(LoggedMessage& message);
  void note_notice(const PostfixLine& line);
  std::string_view note_queued(LoggedMessage& message, std::string_view text);
  std::string_view note_delivery(LoggedMessage& message, std::string_view text);
  void count_reply(std::string_view comment);
  void count_attempt(const DeliveryLine& delivery, const LoggedMessage& message);

  const PostfixOptions& options_;
  PostfixSummary& summary_;
  ArrivalQueue arrivals_;
  LoggedMessageTable table_;
  RecentHashes recent_;
  DelayHistogram delays_;
  std::array<Session, 1024> sessions_{};
  LogTime start_;
  LogTime now_;
  bool held_ = false;
};

}  // namespace weir::experiments
