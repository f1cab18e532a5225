#include "models/submission/user_limits.h"

namespace weir::submission {
namespace {

constexpr std::int64_t kSecondsADay = 86'400;

/// Whether `count` more exceed a limit, of which 0 is none.
bool beyond(std::int64_t limit, std::int64_t counted, std::int64_t count) {
  return limit > 0 && count > 0 && counted + count > limit;
}

}  // namespace

/// Days are those of UTC, whatever the scenario's local time.
std::int64_t UserLimits::day_of(SimTime t) const {
  return (calendar_.start() + t.time_since_epoch() / 1s) / kSecondsADay;
}

UserLimits::User& UserLimits::user_at(std::uint32_t user, SimTime now) {
  User& u = users_[user];
  const std::int64_t day = day_of(now);
  if (day == u.day) return u;
  u.day = day;
  u.today = u.spam = 0;
  u.alerted = false;
  return u;
}

Reply UserLimits::admit(const Submitted& mail) {
  User& user = user_at(mail.user, mail.now);
  if (mail.now < user.restricted_until) return Reply::restricted_user;
  if (!exceeds(user, mail)) return Reply::accepted;
  if (params_.action == OverLimit::alert) {
    if (!user.alerted) ++alerts_;
    user.alerted = true;
    return Reply::accepted;
  }
  restrict_user(user, mail.now, params_.action);
  return mail.now < user.restricted_until ? Reply::restricted_user : Reply::accepted;
}

bool UserLimits::exceeds(User& user, const Submitted& mail) const {
  user.external.roll_to(mail.now);
  user.internal.roll_to(mail.now);
  return beyond(params_.external_hour, user.external.sum(), mail.external) ||
         beyond(params_.internal_hour, user.internal.sum(), mail.internal) ||
         beyond(params_.day, user.today, std::int64_t{mail.external} + mail.internal);
}

void UserLimits::accepted(const Submitted& mail) {
  User& user = user_at(mail.user, mail.now);
  user.external.add(mail.now, mail.external);
  user.internal.add(mail.now, mail.internal);
  user.today += std::int64_t{mail.external} + mail.internal;
}

void UserLimits::judged_spam(SimTime now, std::uint32_t user, std::uint32_t recipients) {
  User& u = user_at(user, now);
  u.spam += recipients;
  if (u.spam >= params_.spam_day && now >= u.restricted_until)
    restrict_user(u, now, OverLimit::until_release);
}

void UserLimits::restrict_user(User& user, SimTime now, OverLimit action) {
  if (user.spared_on == user.day) return;
  ++restrictions_;
  if (action == OverLimit::until_next_day) {
    const std::int64_t seconds = (user.day + 1) * kSecondsADay - calendar_.start();
    user.restricted_until = SimTime{std::chrono::seconds(seconds)};
    return;
  }
  user.restricted_until = kNever;
  if (!params_.release_after || *params_.release_after > kNever - now) return;
  user.restricted_until = now + *params_.release_after;
  user.spared_on = day_of(user.restricted_until);
}

SimTime UserLimits::restricted_until(std::uint32_t user) const {
  const auto found = users_.find(user);
  return found == users_.end() ? SimTime::min() : found->second.restricted_until;
}

}  // namespace weir::submission
