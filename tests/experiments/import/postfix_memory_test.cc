#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "experiments/import/postfix.h"
#include "tests/experiments/import/import_support.h"

namespace weir::experiments {
namespace {

using testing::GeneratedBytes;
using testing::LogText;

// The sanitizers look at every byte: a tenth is enough for them.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t kLarge = 20'000'000;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr std::uint64_t kLarge = 20'000'000;
#else
constexpr std::uint64_t kLarge = 200'000'000;
#endif
#else
constexpr std::uint64_t kLarge = 200'000'000;
#endif

/// Counts rows and keeps none.
class CountedTrace final : public TraceSink {
 public:
  void begin(const TraceHeader&) override {}
  void write(const TraceRow&) override { ++rows; }
  std::uint64_t rows = 0;
};

std::string stamp(std::uint64_t second) {
  char text[32];
  std::snprintf(text, sizeof text, "Nov %2d %02d:%02d:%02d", static_cast<int>(1 + second / 86'400),
                static_cast<int>(second / 3600 % 24), static_cast<int>(second / 60 % 60),
                static_cast<int>(second % 60));
  return text;
}

std::string id_of(std::uint64_t message) {
  char text[16];
  std::snprintf(text, sizeof text, "%05X%06X", static_cast<unsigned>(message % 0xfffff),
                static_cast<unsigned>(message % 0xffff));
  return text;
}

/// A log of about `bytes` in which every message stays `kDelay` messages long in the queue, and one
/// in a hundred client lines leads to nothing.
struct LongLog {
  static constexpr std::uint64_t kDelay = 500;
  std::uint64_t bytes;
  std::uint64_t message = 0;
  std::uint64_t made = 0;

  std::string next() {
    if (made >= bytes) return {};
    LogText log;
    log.at(stamp(++message / 50));
    if (message % 100 == 0)
      log.client(id_of(message));
    else
      log.taken(id_of(message));
    if (message > kDelay && (message - kDelay) % 100 != 0) {
      const auto old = id_of(message - kDelay);
      log.attempt(old, std::to_string(message) + "@d.e", "sent").removed(old);
    }
    made += log.text.size();
    return log.text;
  }
};

PostfixSummary import_long(std::uint64_t bytes) {
  LongLog log{.bytes = bytes};
  GeneratedBytes source{[&log] { return log.next(); }};
  CountedTrace trace;
  return import_postfix(source, {}, trace);
}

TEST(PostfixMemory, DependsOnWhatIsInFlightAndNotOnTheLengthOfTheLog) {
  const auto small = import_long(2'000'000);
  const auto large = import_long(kLarge);
  EXPECT_GT(large.senders.messages, kLarge / 2'200'000 * small.senders.messages);
  EXPECT_EQ(large.understood, large.lines);
  EXPECT_LE(small.peak_in_flight, LongLog::kDelay * 102 / 100 + 2 * small.never_queued);
  EXPECT_EQ(large.peak_in_flight, small.peak_in_flight);
  EXPECT_EQ(large.peak_waiting, small.peak_waiting);
}

}  // namespace
}  // namespace weir::experiments
