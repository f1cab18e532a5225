#include "experiments/import/postfix.h"

#include <gtest/gtest.h>

#include "tests/experiments/import/import_support.h"

namespace weir::experiments {
namespace {

using testing::Imported;
using testing::LogText;
using testing::TextBytes;
using Rows = std::vector<std::string>;

constexpr auto kA = "0B826A7688B";
constexpr auto kB = "0D355A7688C";
constexpr auto kC = "1BFBEA7688D";

std::chrono::sys_seconds date(int y, unsigned m, unsigned d, int seconds_of_day) {
  return std::chrono::sys_days{std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d}} +
         std::chrono::seconds{seconds_of_day};
}

std::string stamp_at(int hour, int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return "Nov 22 " + two(hour) + ":" + two(minute) + ":00";
}

PostfixOptions in_year(int year) {
  PostfixOptions options;
  options.year = year;
  return options;
}

TEST(PostfixImport, FollowsAMessageFromClientToRemoved) {
  const Imported in{LogText{}.whole(kA).text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.senders.delivered, 1U);
  EXPECT_EQ(in.trace.rows, Rows{"0 100 1 d.e a@b.c message"});
  EXPECT_EQ(in.summary.understood, in.summary.lines);
}

TEST(PostfixImport, CountsAQueueIdThatIsUsedAgainAsAnotherMessage) {
  const Imported in{LogText{}.whole(kA).whole(kA, "v@x.y").whole(kA).text};
  EXPECT_EQ(in.summary.senders.messages, 3U);
  EXPECT_EQ(in.summary.senders.delivered, 3U);
  EXPECT_EQ(in.summary.ids_reused, 0U);
  EXPECT_EQ(in.trace.rows.size(), 3U);
}

TEST(PostfixImport, SeesThatAnIdIsUsedAgainWithoutARemovedLine) {
  LogText log;
  log.taken(kA).attempt(kA, "u@d.e", "sent").at("Nov 22 20:40:00").whole(kA);
  const Imported in{log.text};
  EXPECT_EQ(in.summary.senders.messages, 2U);
  EXPECT_EQ(in.summary.senders.delivered, 2U);
  EXPECT_EQ(in.summary.ids_reused, 1U);
}

TEST(PostfixImport, CountsARetriedMessageOnce) {
  LogText log;
  log.taken(kA).attempt(kA, "u@d.e", "deferred", "(host h[1] said: 451 4.7.500 busy)");
  log.at("Nov 22 20:35:23").queued(kA).attempt(kA, "u@d.e", "sent").removed(kA);
  const Imported in{log.text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.senders.deferred_attempts, 1U);
  EXPECT_EQ(in.summary.senders.delivered, 1U);
  EXPECT_EQ(in.summary.replies.all().find("451 4.7.500")->second, 1U);
}

LogText bounce_with_notice() {
  LogText log;
  log.taken(kA).attempt(kA, "u@d.e", "bounced", "(host h[1] said: 550-5.1.1 no 550 5.1.1 user)");
  log.header(kB).queued(kB, 1, "");
  log.says("bounce", std::string{kA} + ": sender non-delivery notification: " + kB);
  return log.removed(kA).attempt(kB, "a@b.c", "sent").removed(kB);
}

TEST(PostfixImport, KeepsTheRelaysOwnNoticesApart) {
  const Imported in{bounce_with_notice().text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.senders.bounced, 1U);
  EXPECT_EQ(in.summary.senders.delivered, 0U);
  EXPECT_EQ(in.summary.notices.messages, 1U);
  EXPECT_EQ(in.summary.notices.delivered, 1U);
  EXPECT_EQ(in.trace.rows, Rows{"0 100 1 d.e a@b.c message"});
}

TEST(PostfixImport, KnowsANoticeByItsAnnouncementAlone) {
  LogText log;
  log.taken(kA).header(kB);
  log.says("bounce", std::string{kA} + ": sender non-delivery notification: " + kB);
  EXPECT_EQ(Imported{log.attempt(kB, "a@b.c", "sent").removed(kB).text}.summary.notices.messages,
            1U);
}

TEST(PostfixImport, PutsNoticesIntoTheTraceWhenAskedTo) {
  PostfixOptions options;
  options.notices = Notices::replay;
  const Imported in{bounce_with_notice().text, options};
  EXPECT_EQ(in.trace.rows, (Rows{"0 100 1 d.e a@b.c message", "0 100 1 b.c  notice"}));
}

TEST(PostfixImport, GivesOneNameToAReplyOfOneLineAndOfSeveral) {
  const Imported in{bounce_with_notice().text};
  ASSERT_EQ(in.summary.replies.all().count("550 5.1.1"), 1U);
}

TEST(PostfixImport, TakesAMessageWithNullSenderFromAClientForASenders) {
  LogText log;
  log.client(kA).header(kA).queued(kA, 1, "").attempt(kA, "u@d.e", "sent").removed(kA);
  const Imported in{log.text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.notices.messages, 0U);
  EXPECT_EQ(in.trace.rows, Rows{"0 100 1 d.e  message"});
}

TEST(PostfixImport, TakesMailOfLocalUsers) {
  LogText log;
  log.says("pickup", std::string{kA} + ": uid=0 from=<root>").header(kA).queued(kA);
  const Imported in{log.attempt(kA, "u@d.e", "sent").removed(kA).text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
}

TEST(PostfixImport, SplitsAMessageByDomain) {
  LogText log;
  log.taken(kA, 3).attempt(kA, "u@d.e", "sent").attempt(kA, "v@x.y", "bounced");
  log.attempt(kA, "w@D.E", "deferred").at("Nov 22 20:40:00").attempt(kA, "w@D.E", "sent");
  const Imported in{log.removed(kA).text};
  EXPECT_EQ(in.trace.rows, (Rows{"0 100 2 d.e a@b.c message", "0 100 1 x.y a@b.c message"}));
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.senders.recipients, 3U);
  EXPECT_EQ(in.summary.senders.delivered, 2U);
  EXPECT_EQ(in.summary.senders.bounced, 1U);
  EXPECT_EQ(in.summary.senders.deferred_attempts, 1U);
}

TEST(PostfixImport, WritesArrivalsInOrderEvenWhenTheFirstIsTriedLast) {
  LogText log;
  log.taken(kA).at("Nov 22 20:34:25").whole(kB, "second@x.y");
  log.at("Nov 22 20:34:30").attempt(kA, "first@d.e", "sent").removed(kA);
  const Imported in{log.text};
  EXPECT_EQ(in.trace.rows, (Rows{"0 100 1 d.e a@b.c message", "2 100 1 x.y a@b.c message"}));
}

TEST(PostfixImport, RoutesByTheAddressThatAliasesLedTo) {
  LogText log;
  log.taken(kA).says("smtp", std::string{kA} +
                                 ": to=<u@real.example>, orig_to=<alias@old.example>, relay=x, "
                                 "delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (ok)");
  EXPECT_EQ(Imported{log.removed(kA).text}.trace.rows, Rows{"0 100 1 real.example a@b.c message"});
}

TEST(PostfixImport, CountsWhatExpired) {
  LogText log;
  log.taken(kA, 2).attempt(kA, "u@d.e", "sent").attempt(kA, "v@d.e", "deferred", "(timed out)");
  log.says("qmgr", std::string{kA} + ": from=<a@b.c>, status=expired, returned to sender");
  const Imported in{log.removed(kA).text};
  EXPECT_EQ(in.summary.senders.delivered, 1U);
  EXPECT_EQ(in.summary.senders.expired, 1U);
  EXPECT_EQ(in.summary.senders.lost, 0U);
}

TEST(PostfixImport, CountsWhatWasRemovedWithoutAnOutcomeAsLost) {
  const Imported in{LogText{}.taken(kA, 2).attempt(kA, "u@d.e", "sent").removed(kA).text};
  EXPECT_EQ(in.summary.senders.lost, 1U);
  EXPECT_EQ(in.summary.domain_unknown, 1U);
  EXPECT_EQ(in.trace.rows, (Rows{"0 100 1 d.e a@b.c message", "0 100 1  a@b.c message"}));
}

TEST(PostfixImport, CountsWhatIsStillQueuedAtTheEnd) {
  const Imported in{LogText{}.taken(kA, 3).attempt(kA, "u@d.e", "sent").text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.senders.unfinished, 2U);
}

TEST(PostfixImport, LeavesVerificationProbesOut) {
  LogText log;
  log.header(kA).queued(kA, 1, "double-bounce@b.c").attempt(kA, "u@d.e", "undeliverable");
  const Imported in{log.removed(kA).text};
  EXPECT_EQ(in.summary.probes, 1U);
  EXPECT_EQ(in.summary.senders.messages + in.summary.notices.messages, 0U);
  EXPECT_TRUE(in.trace.rows.empty());
}

TEST(PostfixImport, DoesNotCountAMessageTwiceThatAContentFilterHandsBack) {
  LogText log;
  log.taken(kA).says("smtpd", std::string{kB} + ": client=localhost[127.0.0.1], orig_queue_id=" +
                                  kA + ", orig_client=unknown[192.0.2.1]");
  log.header(kB).queued(kB).attempt(kA, "u@d.e", "sent").removed(kA);
  const Imported in{log.attempt(kB, "u@d.e", "sent").removed(kB).text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.reinjected, 1U);
  EXPECT_EQ(in.trace.rows.size(), 1U);
}

TEST(PostfixImport, DoesNotCountMessagesThatWereRefusedOrBrokenOff) {
  LogText log;
  log.client(kA).header(kA).says("smtpd", "lost connection after DATA (5 bytes) from x[1]");
  log.client(kB).header(kB).says("cleanup", std::string{kB} +
                                                ": milter-reject: END-OF-MESSAGE "
                                                "from x[1]: 5.7.1 no");
  const Imported in{log.whole(kC).text};
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.never_queued, 2U);
  EXPECT_EQ(in.trace.rows.size(), 1U);
}

/// A message that a local user handed in, so that no smtpd process speaks.
LogText& local(LogText& log, const std::string& id) {
  log.raw("Nov 22 20:34:23 relay postfix/pickup[9]: " + id + ": uid=0 from=<root>");
  log.header(id).queued(id);
  return log.attempt(id, "u@d.e", "sent").removed(id);
}

TEST(PostfixImport, LetsNothingWaitForAMessageWhoseSessionEnded) {
  LogText log;
  log.client(kA).says("smtpd", "disconnect from x[1] quit=1");
  const Imported in{local(log, kB).text};
  EXPECT_EQ(in.summary.never_queued, 1U);
  EXPECT_EQ(in.summary.peak_waiting, 1U);
}

TEST(PostfixImport, LetsNothingWaitForAMessageThatItsSmtpdGaveUp) {
  const Imported in{LogText{}.client(kA).whole(kB).text};
  EXPECT_EQ(in.summary.never_queued, 1U);
  EXPECT_EQ(in.summary.peak_waiting, 1U);
}

TEST(PostfixImport, KeepsAMessageThatWasTakenBeforeItsSessionEnded) {
  LogText log;
  log.client(kA).header(kA).says("smtpd", "disconnect from x[1] quit=1").queued(kA);
  EXPECT_EQ(Imported{log.text}.summary.senders.messages, 1U);
}

TEST(PostfixImport, WaitsNoLongerThanAnHourForASessionWhoseEndIsMissing) {
  LogText log;
  log.raw("Nov 22 20:34:23 relay postfix/smtpd[8]: 0D355A7688C: client=x[1]");
  for (int minute = 35; minute < 60; ++minute) log.at(stamp_at(20, minute)).whole(kA);
  for (int minute = 0; minute < 40; ++minute) log.at(stamp_at(21, minute)).whole(kA);
  const Imported in{log.text, in_year(2026)};
  EXPECT_EQ(in.summary.senders.messages, 65U);
  EXPECT_EQ(in.summary.never_queued, 1U);
  EXPECT_EQ(in.summary.peak_waiting, 61U);
}

TEST(PostfixImport, CountsLinesOfMessagesOlderThanTheLog) {
  LogText log;
  log.queued(kA).attempt(kA, "u@d.e", "sent").removed(kA).whole(kB);
  const Imported in{log.text};
  EXPECT_EQ(in.skipped("message began before the log"), 3U);
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_TRUE(in.adds_up());
}

TEST(PostfixImport, KeepsAMessageWhoseClientLineIsMissingOutOfTheTrace) {
  LogText log;
  log.header(kA).queued(kA).attempt(kA, "u@d.e", "sent").removed(kA);
  const Imported in{log.text};
  EXPECT_EQ(in.summary.unknown_origin, 1U);
  EXPECT_EQ(in.summary.senders.messages, 0U);
  EXPECT_TRUE(in.trace.rows.empty());
}

TEST(PostfixImport, CountsUnknownServicesByName) {
  LogText log;
  log.says("frob", "hello").says("frob", "again").says("other", "x").whole(kA);
  const Imported in{log.text};
  EXPECT_EQ(in.skipped("unknown service frob"), 2U);
  EXPECT_EQ(in.skipped("unknown service other"), 1U);
  EXPECT_TRUE(in.adds_up());
}

TEST(PostfixImport, BoundsTheNumberOfNamesItCounts) {
  LogText log;
  for (int i = 0; i < 1000; ++i) log.says("frob" + std::to_string(i), "hello");
  const Imported in{log.text};
  EXPECT_LE(in.summary.skipped.all().size(), 65U);
  EXPECT_EQ(in.summary.skipped_lines(), 1000U);
  EXPECT_EQ(in.skipped("others"), 936U);
}

TEST(PostfixImport, BelievesDeliveriesOfAnAgentItDoesNotKnow) {
  LogText log;
  log.taken(kA).says("maildrop", std::string{kA} +
                                     ": to=<u@d.e>, relay=x, delay=1, dsn=2.0.0, "
                                     "status=sent (ok)");
  EXPECT_EQ(Imported{log.removed(kA).text}.summary.senders.delivered, 1U);
}

TEST(PostfixImport, CountsTornLinesWithTheirReason) {
  LogText log;
  log.raw("").raw("garbage").raw("Nov 22 20:34:23 relay postfix/smt").taken(kA);
  log.says("smtp", std::string{kA} + ": to=<u@d.e>, relay=x, del");
  log.says("smtp", std::string{kA} + ": to=<u@d.e>, relay=x, delay=1, status=odd (x)");
  const Imported in{log.raw("Nov 22 20:34:23 relay sshd[1]: hello").text};
  EXPECT_EQ(in.skipped("empty"), 1U);
  EXPECT_EQ(in.skipped("no readable time stamp"), 1U);
  EXPECT_EQ(in.skipped("cut"), 2U);
  EXPECT_EQ(in.skipped("unknown status"), 1U);
  EXPECT_EQ(in.skipped("another program"), 1U);
  EXPECT_TRUE(in.adds_up());
}

TEST(PostfixImport, SurvivesNulBytesHugeLinesAndCarriageReturns) {
  std::string log = std::string(500, '\0') + LogText{}.client(kA).text;
  log.append(10'000'000, 'x').append("\n").append("a\0b\n", 4).append("\0\n", 2);
  const auto rest = LogText{}.header(kA).queued(kA).attempt(kA, "u@d.e", "sent");
  for (const char c : rest.text) log += c == '\n' ? std::string{"\r\n"} : std::string{c};
  const Imported in{log};
  EXPECT_EQ(in.summary.senders.delivered, 1U);
  EXPECT_EQ(in.skipped("longer than 64 KiB"), 1U);
  EXPECT_EQ(in.skipped("NUL bytes"), 2U);
  EXPECT_TRUE(in.adds_up());
}

TEST(PostfixImport, CountsALineThatWasLoggedTwiceOnce) {
  LogText log;
  log.taken(kA).attempt(kA, "u@d.e", "deferred").attempt(kA, "u@d.e", "deferred");
  log.client(kA);
  const Imported in{log.removed(kA).removed(kA).text};
  EXPECT_EQ(in.skipped("logged twice"), 3U);
  EXPECT_EQ(in.summary.senders.messages, 1U);
  EXPECT_EQ(in.summary.senders.deferred_attempts, 1U);
}

TEST(PostfixImport, CountsRefusalsOfEachHostWithinAnAttempt) {
  LogText log;
  const std::string said = std::string{kA} + ": host x[1] said: 451 4.3.1 no (in reply to DATA)";
  log.taken(kA, 2).says("smtp", said).says("smtp", said);
  EXPECT_EQ(Imported{log.text}.summary.host_refusals, 2U);
}

TEST(PostfixImport, ReadsLongQueueIds) {
  const Imported in{LogText{}.whole("4Zq1jV4CXyz3Rb").whole("4Zq1jW0Q2Bz3Rc").text};
  EXPECT_EQ(in.summary.senders.delivered, 2U);
}

TEST(PostfixImport, TakesTheYearFromTheOptionAndCountsItUp) {
  LogText log;
  log.at("Dec 31 23:59:50").whole(kA).at("Jan  1 00:00:10").whole(kB);
  const Imported in{log.text, in_year(2023)};
  EXPECT_EQ(in.trace.start, date(2023, 12, 31, 86'390));
  EXPECT_EQ(in.trace.instants.back(), SimTime{} + std::chrono::seconds{20});
  EXPECT_EQ(in.summary.year_source, YearSource::option);
}

TEST(PostfixImport, TakesTheYearFromPostfixsOwnMessageIds) {
  LogText log;
  log.says("cleanup", std::string{kC} + ": message-id=<20010101000000.fake@x>").client(kA);
  log.says("cleanup", std::string{kA} + ": message-id=<20191122203423." + kA + "@relay.d.e>");
  const Imported in{log.text};
  EXPECT_EQ(in.trace.start, date(2019, 11, 22, 74'063));
  EXPECT_EQ(in.summary.year_source, YearSource::message_ids);
}

/// A text with the date of a file.
class DatedText final : public TextBytes {
 public:
  DatedText(std::string text, std::chrono::sys_seconds written)
      : TextBytes(std::move(text)), written_(written) {}
  std::optional<std::chrono::sys_seconds> written() const override { return written_; }

 private:
  std::chrono::sys_seconds written_;
};

TEST(PostfixImport, TakesTheLastYearInWhichTheLogIsOlderThanItsFile) {
  testing::CollectedTrace trace;
  DatedText after{LogText{}.whole(kA).text, date(2024, 11, 23, 0)};
  import_postfix(after, {}, trace);
  EXPECT_EQ(trace.start, date(2024, 11, 22, 74'063));
  DatedText before{LogText{}.whole(kA).text, date(2024, 11, 21, 0)};
  EXPECT_EQ(import_postfix(before, {}, trace).year_source, YearSource::file_date);
  EXPECT_EQ(trace.start, date(2023, 11, 22, 74'063));
}

TEST(PostfixImport, SaysThatItDoesNotKnowTheYear) {
  const Imported in{LogText{}.whole(kA).text};
  EXPECT_EQ(in.summary.year_source, YearSource::assumed);
  EXPECT_EQ(in.trace.start, date(2000, 11, 22, 74'063));
}

TEST(PostfixImport, ReadsTheStampsOfNewerSyslogsInUtc) {
  LogText log;
  log.at("2026-11-22T20:34:20.250000+01:00").whole(kA);
  log.at("2026-11-22T14:34:21.500000-05:00").whole(kB);
  const Imported in{log.text};
  EXPECT_EQ(in.trace.start, date(2026, 11, 22, 70'460));
  EXPECT_EQ(in.trace.instants[0], SimTime{} + std::chrono::milliseconds{250});
  EXPECT_EQ(in.trace.instants[1], SimTime{} + std::chrono::milliseconds{1500});
  EXPECT_FALSE(in.summary.whole_seconds);
  EXPECT_EQ(in.summary.year_source, YearSource::stamps);
}

TEST(PostfixImport, HoldsArrivalsWhenTimeStepsBack) {
  LogText log;
  log.at("Oct 25 02:59:50").whole(kA).at("Oct 25 02:00:10").whole(kB);
  const Imported in{log.at("Oct 25 03:00:00").whole(kC).text, in_year(2026)};
  ASSERT_EQ(in.trace.instants.size(), 3U);
  EXPECT_EQ(in.trace.instants[1], in.trace.instants[0]);
  EXPECT_EQ(in.trace.instants[2], SimTime{} + std::chrono::seconds{10});
  EXPECT_EQ(in.summary.held_arrivals, 1U);
  EXPECT_EQ(in.summary.clock.steps_back, 1U);
}

TEST(PostfixImport, ForgetsTheOldestMessageOverTheLimitAndSaysSo) {
  PostfixOptions options;
  options.in_flight = 2;
  const Imported in{LogText{}.taken(kA).taken(kB).taken(kC).removed(kA).text, options};
  EXPECT_EQ(in.summary.evicted, 1U);
  EXPECT_EQ(in.summary.peak_in_flight, 2U);
  EXPECT_EQ(in.summary.senders.messages, 3U);
  EXPECT_EQ(in.summary.senders.lost, 1U);
  EXPECT_EQ(in.skipped("message began before the log"), 1U);
}

TEST(PostfixImport, WritesTheOldestArrivalOverTheLimitWithoutItsDomain) {
  PostfixOptions options;
  options.arrivals.arrivals = 1;
  const Imported in{LogText{}.taken(kA).whole(kB).attempt(kA, "u@d.e", "sent").text, options};
  EXPECT_EQ(in.trace.rows, (Rows{"0 100 1  a@b.c message", "0 100 1 d.e a@b.c message"}));
  EXPECT_EQ(in.summary.domain_unknown, 1U);
}

TEST(PostfixImport, BoundsTheRecipientsItRemembers) {
  PostfixOptions options;
  options.arrivals.recipients = 10;
  LogText log;
  log.taken(kA, 100);
  for (int i = 0; i < 100; ++i) log.attempt(kA, "u" + std::to_string(i) + "@d.e", "sent");
  const Imported in{log.text, options};
  EXPECT_EQ(in.trace.rows, (Rows{"0 100 11 d.e a@b.c message", "0 100 89  a@b.c message"}));
  EXPECT_EQ(in.summary.senders.delivered, 100U);
}

TEST(PostfixImport, ForgetsRecipientsOfWhatIsWritten) {
  PostfixOptions options;
  options.arrivals.recipients = 10;
  LogText log;
  for (int i = 0; i < 20; ++i)
    log.taken(kA, 2).attempt(kA, "u@d.e", "sent").attempt(kA, "v@d.e", "sent").removed(kA);
  EXPECT_EQ(Imported(log.text, options).summary.domain_unknown, 0U);
}

TEST(PostfixImport, StopsWhenAskedToAndKeepsWhatThereIs) {
  LogText log;
  for (int i = 0; i < 30'000; ++i) log.at("Nov 22 20:34:23").whole(kA, std::to_string(i) + "@d.e");
  PostfixOptions options;
  options.keep_going = [](std::uint64_t) { return false; };
  const Imported in{log.text, options};
  EXPECT_TRUE(in.summary.interrupted);
  EXPECT_EQ(in.summary.lines, 65'536U);
}

TEST(PostfixImport, BeginsATraceEvenForNothing) {
  const Imported in{""};
  EXPECT_EQ(in.summary.lines, 0U);
  EXPECT_TRUE(in.trace.rows.empty());
  EXPECT_FALSE(in.summary.first);
}

TEST(PostfixSummary, TellsEverythingInFortyLines) {
  LogText log = bounce_with_notice();
  for (int i = 0; i < 100; ++i) log.says("frob" + std::to_string(i), "x");
  for (int i = 500; i < 560; ++i)
    log.taken(kA).attempt(kA, "u@d.e", "bounced", "(host h[1] said: " + std::to_string(i) + " x)");
  Imported in{log.at("Nov 22 20:30:00").whole(kC).text};
  for (auto* count :
       {&in.summary.probes, &in.summary.reinjected, &in.summary.never_queued,
        &in.summary.refused_at_entry, &in.summary.evicted, &in.summary.size_unknown,
        &in.summary.clock.distrusted, &in.summary.senders.expired, &in.summary.senders.unfinished})
    *count = 7;
  in.summary.input_problem = "the gzip data ends early";
  const auto text = render_summary(in.summary);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 40) << text;
  EXPECT_NE(text.find("time stamps are whole seconds"), std::string::npos) << text;
}

}  // namespace
}  // namespace weir::experiments
