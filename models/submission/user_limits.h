#pragma once
/// What the outbound spam policy of an organisation lets one user send, and what follows.
///
/// A user who exceeds a limit, or whose mail is called spam too often in a day, is restricted: he
/// may send nothing until the following day (UTC), or until an administrator releases him. Whom an
/// administrator has released is not restricted again on that day. Or nobody is restricted and
/// there is only an alert.
///
/// Source: S4-41, S4-42; facts 2.1 (outbound spam policy). Microsoft states that it does not say
/// what spam leads to a restriction; the number here is an assumption.

#include <map>

#include "models/reply.h"
#include "models/rolling_count.h"
#include "models/submission/submitted.h"
#include "sim/calendar.h"
#include "sim/params.h"

namespace weir::submission {

enum class OverLimit : std::uint8_t { until_next_day, until_release, alert };

constexpr std::array<EnumWord<OverLimit>, 3> words_of(OverLimit) {
  return {{{OverLimit::until_next_day, "until-next-day"},
           {OverLimit::until_release, "until-release"},
           {OverLimit::alert, "alert"}}};
}

struct UserParams {
  std::int64_t external_hour = 0;
  std::int64_t internal_hour = 0;
  std::int64_t day = 0;
  OverLimit action = OverLimit::until_next_day;
  std::int64_t spam_day = 1'000;
  std::optional<Duration> release_after = 24h;

  static void describe(auto field) {
    constexpr Bounds<std::int64_t> kLimit{0, 10'000};
    const Source policy{"facts 2.1: 0 to 10,000, 0 leaves it to the service"};
    field("external_hour", &UserParams::external_hour,
          "External recipients in 60 minutes; 0: no limit of the policy's own.", kLimit, policy);
    field("internal_hour", &UserParams::internal_hour,
          "Internal recipients in 60 minutes; 0: no limit of the policy's own.", kLimit, policy);
    field("day", &UserParams::day, "Recipients on a day (UTC); 0: no limit of the policy's own.",
          kLimit, policy);
    field("action", &UserParams::action, "What follows when a user exceeds one of them.",
          Source{"facts 2.1: until the following day is the default"});
    field("spam_day", &UserParams::spam_day,
          "Recipients of mail called spam on a day (UTC) that restrict a user until release.",
          Bounds<std::int64_t>{1, 1'000'000'000},
          Source{"assumption: facts 2.4; Microsoft does not state it (S4-41)"});
    field("release_after", &UserParams::release_after,
          "How long after a restriction an administrator releases the user; \"none\": never.",
          Source{"S4-42; assumption: a working day"});
  }
};

class UserLimits {
 public:
  explicit UserLimits(const UserParams& params, const Calendar& calendar = {})
      : params_(params), calendar_(calendar) {}

  /// Reply::accepted, or why the message is refused; a user is restricted by the message that would
  /// exceed a limit. REQUIRES, as all: time never goes back.
  Reply admit(const Submitted& mail);

  /// Counts what was let through by everybody.
  void accepted(const Submitted& mail);

  /// The outbound filter called mail to `recipients` of this user spam.
  void judged_spam(SimTime now, std::uint32_t user, std::uint32_t recipients);

  /// When the user may send again; in the past: he may.
  SimTime restricted_until(std::uint32_t user) const;

  std::uint64_t restrictions() const { return restrictions_; }
  std::uint64_t alerts() const { return alerts_; }

 private:
  struct User {
    RollingCount external{1h};
    RollingCount internal{1h};
    std::int64_t day = -1;   // the counters below are of this one
    std::int64_t today = 0;  // recipients
    std::int64_t spam = 0;
    SimTime restricted_until = SimTime::min();
    std::int64_t spared_on = -1;  // the day of the last release by an administrator
    bool alerted = false;         // on this day
  };

  std::int64_t day_of(SimTime t) const;
  User& user_at(std::uint32_t user, SimTime now);
  bool exceeds(User& user, const Submitted& mail) const;
  void restrict_user(User& user, SimTime now, OverLimit action);

  UserParams params_;
  Calendar calendar_;
  std::map<std::uint32_t, User> users_;
  std::uint64_t restrictions_ = 0;
  std::uint64_t alerts_ = 0;
};

}  // namespace weir::submission
