#include "models/control/kumo_text.h"

#include <gtest/gtest.h>

namespace weir::control {
namespace {

TEST(KumoText, ReadsThrottlesInAllItsWordsForAPeriod) {
  EXPECT_EQ(parse_throttle("100/s"), (Throttle{100, 1s, {}}));
  EXPECT_EQ(parse_throttle("100/min"), (Throttle{100, 1min, {}}));
  EXPECT_EQ(parse_throttle("1/minute"), (Throttle{1, 1min, {}}));
  EXPECT_EQ(parse_throttle("5/hr"), (Throttle{5, 1h, {}}));
  EXPECT_EQ(parse_throttle("500/d"), (Throttle{500, 24h, {}}));
  EXPECT_EQ(parse_throttle("local:1_0,000/h"), (Throttle{10'000, 1h, {}}));
}

TEST(KumoText, LetsTheWholeCountPassAtOnceUnlessABurstSaysLess) {
  EXPECT_EQ(parse_throttle("100/s")->burst(), 100);
  EXPECT_EQ(parse_throttle("500/d,max_burst=1")->burst(), 2);
  EXPECT_EQ(parse_throttle("5/h,max_burst=50")->burst(), 5);
  EXPECT_EQ(parse_throttle("5/h,max_burst=0")->burst(), 1);
}

TEST(KumoText, PrintsThrottlesAsItReadsThem) {
  for (const char* text : {"100/s", "1/min", "10000/h", "500/d,max_burst=1"})
    EXPECT_EQ(to_text(*parse_throttle(text)), text);
}

TEST(KumoText, RefusesWhatIsNoThrottle) {
  for (const char* text : {"", "100", "100/our", "0/s", "three/h", "-1/h", "5/h,burst=1", "5/ms",
                           "5/h,max_burst=", "99999999999999999999/h"})
    EXPECT_FALSE(parse_throttle(text)) << text;
}

TEST(KumoText, ReadsLimits) {
  EXPECT_EQ(parse_limit("local:5"), 5);
  EXPECT_EQ(parse_limit("1,000"), 1000);
  EXPECT_FALSE(parse_limit("0"));
  EXPECT_FALSE(parse_limit("five"));
}

TEST(KumoText, ReadsSpansAsPeopleSayThem) {
  EXPECT_EQ(parse_span("90m"), Duration{90min});
  EXPECT_EQ(parse_span("1 hours"), Duration{1h});
  EXPECT_EQ(parse_span("15 minutes"), Duration{15min});
  EXPECT_EQ(parse_span("1h 30m"), Duration{90min});
  EXPECT_EQ(parse_span("3 days"), Duration{72h});
  for (const char* text : {"", "90", "m", "1 fortnight", "h 1", "99999999999 weeks"})
    EXPECT_FALSE(parse_span(text)) << text;
}

}  // namespace
}  // namespace weir::control
