// S4-16, S4-53, S4-55 and vector V8: what the sender's log shows and the receiver's trace does not.

#include <algorithm>

#include "tests/rules/throttling_scenario.h"

namespace weir::testing {
namespace {

std::size_t with(const std::vector<std::string>& lines, const std::string& code) {
  return static_cast<std::size_t>(std::count_if(
      lines.begin(), lines.end(),
      [&](const std::string& line) { return line.find("," + code + ",") != std::string::npos; }));
}

const Assignments kListedFromTheFirstWindow{"site.receiver.throttle.ip.listing_windows=1",
                                            "site.receiver.throttle.ip.request_after=none"};

TEST(RuleS4_16, WhatTheBlockListRefusesIsNotInTheTrace) {
  const TwoRecords records = two_records(kNewAddress, kListedFromTheFirstWindow);
  EXPECT_EQ(with(records.sender_log, "550 5.7.606"), 4500U);
  EXPECT_EQ(with(records.receiver_trace, "550 5.7.606"), 0U);
  EXPECT_EQ(records.receiver_trace.size(), 500U);
}

TEST(RuleS4_53, WhatAThrottleRefusesIsNotInTheTrace) {
  const TwoRecords records = two_records(kNewAddress, {"horizon=23 h"});
  EXPECT_GT(with(records.sender_log, "451 4.7.500"), 20U);
  EXPECT_EQ(with(records.receiver_trace, "451 4.7.500"), 0U);
  EXPECT_EQ(records.receiver_trace.size(), 500U) << "those that were accepted";
}

TEST(RuleS4_53, TheTraceIsTheLogWithoutThem) {
  TwoRecords records = two_records(kNewAddress, {"horizon=23 h"});
  std::erase_if(records.sender_log, [](const std::string& line) {
    return line.find(",451 4.7.500,") != std::string::npos;
  });
  // A line of the trace goes on where the log's ends: with what the receiver's systems did.
  for (std::string& line : records.sender_log) line += ",received,,,,,,";
  EXPECT_EQ(records.sender_log, records.receiver_trace);
}

TEST(RuleS4_53, WhatReachesTheTransportIsInBoth) {
  const TwoRecords records = two_records(
      kNewAddress, {kLittleMail, "source.mail.unknown=30 %", "site.receiver.transient=20 %"});
  for (const char* code : {"550 5.1.10", "452 4.3.1", "250 2.6.0"}) {
    EXPECT_GT(with(records.receiver_trace, code), 0U) << code;
    EXPECT_EQ(with(records.receiver_trace, code), with(records.sender_log, code)) << code;
  }
}

TEST(RuleS4_55, AThrottledMessageWaitsAtTheSenderWithoutANotice) {
  const ScenarioRun run(kNewAddress, {"horizon=23 h"});
  EXPECT_EQ(run.notices().messages, 0U);
  EXPECT_EQ(run.totals().in_flight, 4500U);
  for (const AttemptRecord& a : run.record().attempts)
    if (a.reply == Reply::throttled_denied) {
      EXPECT_NE(a.next, kNever);
    }
}

TEST(VectorV8, ThrottledAndBlockedMessagesAreInTheLogAlone) {
  const TwoRecords records =
      two_records(kNewAddress, {"source.mail.arrivals.messages=30000",
                                "site.receiver.throttle.ip.listing_windows=2", "horizon=3 d"});
  for (const char* code : {"451 4.7.500", "550 5.7.606"}) {
    EXPECT_GT(with(records.sender_log, code), 0U) << code;
    EXPECT_EQ(with(records.receiver_trace, code), 0U) << code;
  }
}

}  // namespace
}  // namespace weir::testing
