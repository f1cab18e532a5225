#include "experiments/import/postfix_line.h"

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

TEST(PostfixLine, SplitsHostServiceProcessAndQueueId) {
  PostfixLine line;
  EXPECT_EQ(split_postfix_line("relay postfix/smtpd[146]: 0B826A7688B: client=x[1]", line),
            LineKind::postfix);
  EXPECT_EQ(line.service, "smtpd");
  EXPECT_EQ(line.pid, "146");
  EXPECT_EQ(line.queue_id, "0B826A7688B");
  EXPECT_EQ(line.text, "client=x[1]");
}

TEST(PostfixLine, TakesTheLastPartOfTheNameAsTheService) {
  PostfixLine first, second;
  split_postfix_line("relay postfix/submission/smtpd[1]: 0B826A7688B: x", first);
  split_postfix_line("relay postfix/qmgr[2]: 0B826A7688B: x", second);
  EXPECT_EQ(first.service, "smtpd");
  EXPECT_EQ(first.writer, second.writer) << "the same instance, so the same queue ids";
}

TEST(PostfixLine, KeepsInstancesAndHostsApart) {
  PostfixLine one, other_host, other_instance;
  split_postfix_line("relay postfix/qmgr[2]: 0B826A7688B: x", one);
  split_postfix_line("relay2 postfix/qmgr[2]: 0B826A7688B: x", other_host);
  split_postfix_line("relay postfix-out/qmgr[2]: 0B826A7688B: x", other_instance);
  EXPECT_NE(one.writer, other_host.writer);
  EXPECT_NE(one.writer, other_instance.writer);
}

TEST(PostfixLine, TellsWhatItDoesNotKnow) {
  PostfixLine line;
  EXPECT_EQ(split_postfix_line("relay postfix/frob[1]: x", line), LineKind::unknown_service);
  EXPECT_EQ(split_postfix_line("relay sshd[1]: Accepted", line), LineKind::other_program);
  EXPECT_EQ(split_postfix_line("relay last message repeated 2 times", line), LineKind::no_program);
  for (const auto* cut :
       {"rel", "relay postfix/sm", "relay postfix/smtpd[1]:", "relay postfix/smtpd[1]: ",
        "relay postfix/smtpd[1]: 0B826A", "relay postfix/smtpd[1]: 0B826A7688B:"})
    EXPECT_EQ(split_postfix_line(cut, line), LineKind::cut) << cut;
}

TEST(PostfixLine, KnowsShortAndLongQueueIds) {
  EXPECT_TRUE(is_queue_id("0B826A7688B"));
  EXPECT_TRUE(is_queue_id("4Zq1jV4CXyz3Rb"));
  EXPECT_FALSE(is_queue_id("NOQUEUE"));
  EXPECT_FALSE(is_queue_id("warning"));
  EXPECT_FALSE(is_queue_id("statistics"));
  EXPECT_FALSE(is_queue_id("0B826"));
}

TEST(PostfixLine, ReadsADeliveryWithAllItsFields) {
  const auto line = parse_delivery(
      "to=<\"odd, one\"@d.e>, orig_to=<root>, relay=mx.d.e[192.0.2.1]:25, conn_use=2, delay=1.5, "
      "delays=0/0/1/0.5, dsn=5.1.1, status=bounced (host mx.d.e[192.0.2.1] said: 550 5.1.1 no, "
      "status=sent (in reply to RCPT TO command))");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->recipient, "\"odd, one\"@d.e");
  EXPECT_EQ(line->relay, "mx.d.e[192.0.2.1]:25");
  EXPECT_EQ(line->delay_s, 1.5);
  EXPECT_EQ(line->status, Status::bounced);
  EXPECT_EQ(find_reply(line->comment), "550 5.1.1");
}

TEST(PostfixLine, RefusesADeliveryOrQueueLineThatIsCut) {
  const std::string_view delivery = "to=<u@d.e>, relay=none, delay=1, status=sent (ok)";
  for (std::size_t length = 4; length < delivery.find("sent") + 5; ++length)
    EXPECT_FALSE(parse_delivery(delivery.substr(0, length))) << length;
  const std::string_view queued = "from=<a@b.c>, size=1, nrcpt=12 (queue active)";
  for (std::size_t length = 4; length <= queued.find(" (queue"); ++length)
    EXPECT_FALSE(parse_queued(queued.substr(0, length))) << length;
  EXPECT_TRUE(parse_queued(queued));
}

TEST(PostfixLine, RefusesNumbersThatCannotBe) {
  EXPECT_FALSE(parse_queued("from=<a@b.c>, size=-1, nrcpt=1 (queue active)"));
  EXPECT_FALSE(parse_queued("from=<a@b.c>, size=1, nrcpt=4000000000 (queue active)"));
  EXPECT_FALSE(parse_queued("from=<a@b.c>, size=99999999999999999999, nrcpt=1 (queue active)"));
  EXPECT_FALSE(parse_delivery("to=<a@b>, relay=x, delay=nan, status=sent (x)")->delay_s);
}

TEST(PostfixLine, FindsTheReplyOfARemoteHost) {
  EXPECT_EQ(find_reply(" (250 2.6.0 Queued mail)"), "250 2.6.0");
  EXPECT_EQ(find_reply(" (host x[1] said: 451 4.7.500 Server busy)"), "451 4.7.500");
  EXPECT_EQ(find_reply(" (host x[1] refused to talk to me: 421 too many)"), "421");
  EXPECT_EQ(find_reply(" (host x[1] said: 550-5.1.1 first 550 5.1.1 last)"), "550-5.1.1");
  EXPECT_EQ(find_reply(" (connect to x[1]:25: Connection refused)"), "");
  EXPECT_EQ(find_reply(" (250 2.6.0.1 odd)"), "250");
}

TEST(PostfixLine, TellsSayingsApart) {
  EXPECT_EQ(classify("smtpd", "client=unknown[192.0.2.1]"), Saying::client);
  EXPECT_EQ(classify("pickup", "uid=0 from=<root>"), Saying::pickup);
  EXPECT_EQ(classify("qmgr", "from=<a@b>, status=expired, returned to sender"), Saying::expired);
  EXPECT_EQ(classify("qmgr", "from=<a@b>, status=force-expired, returned to sender"),
            Saying::expired);
  EXPECT_EQ(classify("bounce", "sender non-delivery notification: 0B826A7688B"), Saying::notice);
  EXPECT_EQ(classify("bounce", "sender non-delivery notification: 0B8"), Saying::cut);
  EXPECT_EQ(classify("cleanup", "milter-reject: END-OF-MESSAGE from x[1]: 5.7.1 no"),
            Saying::refused);
  EXPECT_EQ(classify("smtpd", "milter-reject: RCPT from x[1]: 5.7.1 no"), Saying::remark);
  EXPECT_EQ(classify("qmgr", "remov"), Saying::cut);
  EXPECT_EQ(classify("smtpd", "something new"), Saying::unknown);
}

}  // namespace
}  // namespace weir::experiments
