/// Postfix: a concurrency window for each destination, moved by feedback, and dead destinations.
///
/// Each delivery without a failure of connection or handshake widens the window by g(N) and each
/// such failure narrows it by f(N): fractions add up until they make a whole connection. Narrowing
/// comes at the first failure of a row, widening at the end of one. Replies to a message, 4xx and
/// 5xx alike, count as deliveries. When failures without a delivery between them make
/// failed_cohort_limit whole windows, the destination is dead for dead_time: its mail goes back to
/// the deferred queue. A destination that is not dead is forgotten, window and failures, whenever
/// it has no mail in the active queue, so that failures one at a time never make it dead.
///
/// Against a server that refuses connection N + 1, the window goes up and down by one for ever. The
/// code that SCHEDULER_README measured in 2007 widened at success >= 1 and narrowed at failure < 0:
/// at N = 5 it deferred 1/2, 1/4 and 1/6 of the attempts with feedback "1", "1/sqrt(N)" and "1/N".
/// Today's adds half a step to both (`rounding`): "1/sqrt(N)" widens one delivery earlier and "1"
/// narrows by two, so that it defers 1/3, 1/3 and 1/6. tests/models/control/postfix_test.cc checks
/// all six.
///
/// Source: Postfix 3.12-20260821, src/qmgr/qmgr_queue.c, qmgr_entry.c;
/// README_FILES/SCHEDULER_README. Left out: the limits over all destinations (20,000 active
/// messages, 100 processes), and that a concurrency limit of 1 makes each recipient a destination.

#include <cmath>

#include "models/control/controller.h"
#include "models/control/feedback.h"
#include "models/control/limit.h"

namespace weir::control {

enum class Rounding : std::uint8_t { nearest, up };

constexpr std::array<EnumWord<Rounding>, 2> words_of(Rounding) {
  return {{{Rounding::nearest, "nearest"}, {Rounding::up, "up"}}};
}

namespace {

class Postfix final : public Controller {
 public:
  struct Params {
    std::int64_t initial_concurrency = 5;
    std::int64_t concurrency_limit = 20;
    Feedback positive_feedback{};
    Feedback negative_feedback{};
    Rounding rounding = Rounding::nearest;
    std::int64_t failed_cohort_limit = 1;
    Duration dead_time = 300s;
    Duration rate_delay{};
    std::int64_t messages_per_connection = 1'000;

    static void describe(auto field) {
      constexpr Source kSource{"Postfix 3.12, mail_params.h and qmgr_queue.c (facts 4.1)"};
      field("initial_concurrency", &Params::initial_concurrency,
            "Window at the start and after a dead destination revives "
            "(initial_destination_concurrency).",
            kConnections, kSource);
      field("concurrency_limit", &Params::concurrency_limit,
            "Widest window (default_destination_concurrency_limit).", kConnections, kSource);
      field("positive_feedback", &Params::positive_feedback,
            "Step of the window N after a delivery without a failure of connection or handshake.",
            kSource);
      field("negative_feedback", &Params::negative_feedback,
            "Step of the window N after such a failure.", kSource);
      field("rounding", &Params::rounding,
            "The window widens after 1/feedback deliveries, to the nearest whole number (as "
            "Postfix does) or rounded up (Postfix 2.5 of 2007, on which its published "
            "measurements were made).",
            kSource);
      field("failed_cohort_limit", &Params::failed_cohort_limit,
            "A destination is dead after the failures of so many whole windows in a row; 0: "
            "never.",
            Bounds<std::int64_t>{0, 1'000}, kSource);
      field("dead_time", &Params::dead_time,
            "How long nothing is sent to a dead destination (minimal_backoff_time).", kPauses,
            kSource);
      field("rate_delay", &Params::rate_delay,
            "Pause after each delivery, which then go one at a time "
            "(default_destination_rate_delay).",
            kPauses, kSource);
      field("messages_per_connection", &Params::messages_per_connection,
            "Messages sent over one connection before it is closed.", kMessagesPerConnection,
            Source{"assumption: smtp_connection_reuse_time_limit 300 s at 0.3 s a message (facts "
                   "4.1)"});
    }
  };

  explicit Postfix(const Params& p)
      : p_(p),
        initial_(std::min(p.initial_concurrency, p.concurrency_limit)),
        half_(p.rounding == Rounding::nearest ? 0.5 : 0.0),
        window_(initial_) {}

  std::unique_ptr<Controller> clone() const override { return std::make_unique<Postfix>(*this); }

  std::int64_t connection_limit(SimTime now) const override {
    if (p_.rate_delay > Duration::zero()) return 1;
    return revives(now) ? revived_window(busy_) : window_;
  }
  std::int64_t messages_per_connection(SimTime) const override {
    return p_.messages_per_connection;
  }
  SimTime held_until() const override { return std::max(dead_until_, delayed_until_); }
  Waiting waiting(SimTime now) const override {
    return now < dead_until_ ? Waiting::deferred : Waiting::kept;
  }

  void succeeded(SimTime now, std::int64_t busy) override { delivered(now, busy); }

  void refused(const Refusal& refusal) override {
    if (refusal.stage == Stage::connection) {
      failed(refusal.now, refusal.busy);
    } else {
      delivered(refusal.now, refusal.busy);
    }
  }

  void unreachable(SimTime now, std::int64_t busy) override { failed(now, busy); }

  void emptied(SimTime now) override {
    catch_up(now);
    if (!is_dead()) revive(0);
  }

  std::vector<Ceiling> ceilings() const override {
    // Deliveries go one at a time then, with a delay after each.
    if (p_.rate_delay > Duration::zero())
      return {{.parameter = "rate_delay", .count = 1.0},
              {.parameter = "rate_delay",
               .of = Ceiling::Of::messages,
               .count = 1.0,
               .span = p_.rate_delay,
               .ahead = 1.0}};
    return {{.parameter = "concurrency_limit", .count = static_cast<double>(p_.concurrency_limit)}};
  }

 private:
  bool is_dead() const { return dead_until_ > SimTime::min(); }
  bool revives(SimTime now) const { return is_dead() && now >= dead_until_; }

  /// "Back from the almost grave": what is still under way, or the initial window.
  std::int64_t revived_window(std::int64_t busy) const { return busy > 0 ? busy : initial_; }

  void revive(std::int64_t busy) {
    window_ = revived_window(busy);
    success_ = failure_ = cohorts_ = 0.0;
    dead_until_ = SimTime::min();
  }

  /// Does what the timer of a dead destination would have done, with what was busy then.
  void catch_up(SimTime now) {
    if (revives(now)) revive(busy_);
  }

  void delivered(SimTime now, std::int64_t busy) {
    catch_up(now);
    busy_ = busy - 1;
    delay(now);
    cohorts_ = 0.0;
    if (is_dead()) {
      revive(busy);
    } else if (window_ < p_.concurrency_limit && window_ < busy + initial_) {
      widen();
    }
  }

  void widen() {
    const double step = p_.positive_feedback.at(window_);
    success_ += step;
    while (success_ + step * half_ >= 1.0) {
      ++window_;
      success_ -= 1.0;
      failure_ = 0.0;
    }
    window_ = std::min(window_, p_.concurrency_limit);
  }

  void failed(SimTime now, std::int64_t busy) {
    catch_up(now);
    busy_ = busy - 1;
    delay(now);
    if (is_dead()) return;
    cohorts_ += 1.0 / static_cast<double>(window_);
    const auto limit = static_cast<double>(p_.failed_cohort_limit);
    if (limit > 0.0 && cohorts_ >= limit) {
      dead_until_ = later(now, p_.dead_time);
    } else {
      narrow();
    }
  }

  void narrow() {
    const double step = p_.negative_feedback.at(window_);
    failure_ -= step;
    while (failure_ - step * half_ < 0.0) {
      --window_;
      success_ = 0.0;
      failure_ += 1.0;
    }
    window_ = std::max<std::int64_t>(window_, 1);
  }

  void delay(SimTime now) {
    if (p_.rate_delay > Duration::zero()) delayed_until_ = later(now, p_.rate_delay);
  }

  Params p_;
  std::int64_t initial_;
  double half_;  // of a step, by which widening and narrowing come early
  std::int64_t window_;
  double success_ = 0.0;
  double failure_ = 0.0;
  double cohorts_ = 0.0;   // windows whose every delivery failed, since the last that did not
  std::int64_t busy_ = 0;  // deliveries under way after the last report; all there is when dead
  SimTime dead_until_ = SimTime::min();
  SimTime delayed_until_ = SimTime::min();
};

}  // namespace

extern const Entry postfix;
constinit const Entry postfix = entry<Postfix>(
    "postfix", "A window of connections moved by feedback; dead destinations are left alone.");

}  // namespace weir::control
