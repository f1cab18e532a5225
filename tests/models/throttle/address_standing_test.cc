#include "models/throttle/address_standing.h"

#include <gtest/gtest.h>

namespace weir::throttle {
namespace {

constexpr SimTime at(Duration d) { return SimTime{d}; }
constexpr StandingRule kRule;

TEST(AddressStanding, BeginsAsNewAndIsKnownByAcceptedMail) {
  AddressStanding standing;
  EXPECT_EQ(standing.state(), AddressState::fresh);
  standing.mail_accepted();
  EXPECT_EQ(standing.state(), AddressState::known);
  standing.mail_accepted();
  EXPECT_EQ(standing.state(), AddressState::known);
}

TEST(AddressStanding, AfterAWindowItIsKnownOnlyByAHistoryThatWasKept) {
  for (const AfterWindow after : {AfterWindow::kept, AfterWindow::deleted}) {
    AddressStanding standing;
    standing.mail_accepted();
    standing.open_window(at(0h), kRule);
    standing.end_window(after);
    EXPECT_EQ(standing.state(),
              after == AfterWindow::kept ? AddressState::known : AddressState::fresh);
  }
}

TEST(AddressStanding, ANewAddressThrottledForItsGroupIsNewAfterwards) {
  AddressStanding standing;
  standing.open_window(at(0h), kRule);
  standing.end_window(AfterWindow::kept);
  EXPECT_EQ(standing.state(), AddressState::fresh);
}

TEST(AddressStanding, ReportsTheTimeSpentInWindows) {
  AddressStanding standing;
  standing.open_window(at(10h), kRule);
  EXPECT_EQ(standing.at(at(15h)).throttled, 5h);
  EXPECT_EQ(standing.at(at(99h)).throttled, 24h) << "also when nobody told it of the end";
  standing.end_window(AfterWindow::kept);
  standing.open_window(at(50h), kRule);
  EXPECT_EQ(standing.at(at(51h)).throttled, 25h);
  EXPECT_EQ(standing.at(at(51h)).windows, 2U);
}

TEST(AddressStanding, TheThirdWindowWithinSevenDaysLists) {
  AddressStanding standing;
  for (const Duration opening : {0h, 48h}) {
    standing.open_window(at(opening), kRule);
    standing.end_window(AfterWindow::kept);
  }
  standing.open_window(at(168h - 1ns), kRule);
  EXPECT_EQ(standing.state(), AddressState::listed);
  EXPECT_EQ(standing.until(), at(168h - 1ns + 48h));
  EXPECT_EQ(standing.at(at(169h)).listings, 1U);
  EXPECT_EQ(standing.at(at(169h)).windows, 3U);
}

TEST(AddressStanding, TheThirdWindowAfterSevenDaysDoesNot) {
  AddressStanding standing;
  for (const Duration opening : {0h, 48h}) {
    standing.open_window(at(opening), kRule);
    standing.end_window(AfterWindow::kept);
  }
  standing.open_window(at(168h), kRule);
  EXPECT_EQ(standing.state(), AddressState::throttled);
}

TEST(AddressStanding, ManyWindowsFarApartNeverList) {
  AddressStanding standing;
  for (int week = 0; week < 20; ++week) {
    standing.open_window(at(week * 84h), kRule);
    ASSERT_EQ(standing.state(), AddressState::throttled) << week;
    standing.end_window(AfterWindow::kept);
  }
}

TEST(AddressStanding, DelistingForgetsTheWindows) {
  AddressStanding standing;
  const StandingRule two{.listing_windows = 2};
  standing.open_window(at(0h), two);
  standing.end_window(AfterWindow::kept);
  standing.open_window(at(24h), two);
  ASSERT_EQ(standing.state(), AddressState::listed);
  standing.delist();
  EXPECT_EQ(standing.state(), AddressState::fresh);
  standing.open_window(at(72h), two);
  EXPECT_EQ(standing.state(), AddressState::throttled);
}

TEST(AddressStanding, WhoNeverAsksIsListedForEver) {
  AddressStanding standing;
  standing.list(at(1h), {.listing = Duration::max()});
  EXPECT_EQ(standing.until(), kNever);
}

TEST(AddressStandingDeathTest, RefusesATransitionThatItsDiagramLacks) {
  EXPECT_DEATH(AddressStanding().delist(), "listing");
  EXPECT_DEATH(AddressStanding().end_window(AfterWindow::kept), "window");
  AddressStanding throttled;
  throttled.open_window(at(0h), kRule);
  EXPECT_DEATH(AddressStanding(throttled).list(at(1h), kRule), "standing");
  EXPECT_DEATH(AddressStanding(throttled).open_window(at(1h), kRule), "standing");
  EXPECT_DEATH(AddressStanding(throttled).delist(), "listing");
  AddressStanding listed;
  listed.list(at(0h), kRule);
  EXPECT_DEATH(AddressStanding(listed).open_window(at(1h), kRule), "standing");
  EXPECT_DEATH(AddressStanding(listed).end_window(AfterWindow::deleted), "window");
}

}  // namespace
}  // namespace weir::throttle
