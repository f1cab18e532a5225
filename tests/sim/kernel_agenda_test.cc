#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel.h"
#include "sim/random.h"
#include "tests/support/reference_agenda.h"

// The kernel beside the agenda that is right at a glance, over random operations.

namespace weir::testing {
namespace {

// The sanitizers make an operation some ten times as slow.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kOperations = 500'000;
#else
constexpr int kOperations = 10'000'000;
#endif

/// So many pending that they are in the ladder, and so few that they are in the tournament again.
constexpr std::size_t kMany = 3 * Tournament::kMost;
constexpr std::size_t kFew = Tournament::kMost / 8;

struct Note {
  std::uint32_t name = 0;
};

/// How the operations of one run are mixed, in shares of 100; the rest are steps.
struct Mix {
  std::uint64_t schedule, cancel, rearm, run;
  std::uint64_t instants;  // of the near future; few of them force ties
  std::uint64_t line = 0;  // schedule with the delay of a line
};

constexpr std::array kLineDelays{0ns, 1ns, 2ns, 2ns, 300ns, 70'000ns};

class Pair {
 public:
  Pair(const Mix& mix, std::uint64_t seed) : mix_(mix), draw_(seed, Purpose{0}, 0, 0) {
    for (const Duration delay : kLineDelays) lines_.push_back(kernel_.delay_line(delay));
  }

  void mix(const Mix& mix) { mix_ = mix; }

  void operate() {
    std::uint64_t choice = draw_.below(100);
    const auto falls_in = [&choice](std::uint64_t share) {
      const bool in = choice < share;
      choice -= in ? 0 : share;
      return in;
    };
    if (falls_in(mix_.schedule)) return schedule();
    if (falls_in(mix_.line)) return schedule_in_line();
    if (falls_in(mix_.cancel)) return cancel();
    if (falls_in(mix_.rearm)) return rearm();
    if (falls_in(mix_.run)) return run_until(kernel_.now() + Duration(draw_.below(3)));
    step();
  }

  void schedule_within(Duration span) {
    schedule_at(kernel_.now() + Duration(draw_.below(static_cast<std::uint64_t>(span.count()))));
  }

  void run_until(SimTime end) {
    kernel_.run_until(end, [&](Note note) { compare(reference_.step(end), note); });
    agree(!reference_.step(end).has_value());
    reference_.advance(end);
  }

  /// What both must show alike after every operation.
  bool agrees() const {
    return agree_ && kernel_.now() == reference_.now() &&
           kernel_.executed() == reference_.executed() &&
           kernel_.pending() == reference_.pending() && kernel_.dead() <= kernel_.pending() + 1'024;
  }

  std::uint64_t executed() const { return kernel_.executed(); }
  std::uint64_t ties() const { return ties_; }
  std::uint64_t cancels() const { return cancels_; }
  std::size_t pending() const { return kernel_.pending(); }
  std::size_t most_pending() const { return most_pending_; }
  std::uint64_t rearms() const { return rearms_; }
  bool same_next() { return kernel_.next() == reference_.next(); }

 private:
  struct Handles {
    TimerId timer;
    std::uint64_t number = ~std::uint64_t{0};
    Note note{};
  };

  SimTime soon() {
    const std::uint64_t far = draw_.below(64) == 0 ? 1'000 : 1;
    return kernel_.now() + Duration(draw_.below(mix_.instants) * far);
  }

  void schedule() { schedule_at(soon()); }

  void schedule_at(SimTime when) {
    const Note note{next_name_++};
    handles_[note.name % handles_.size()] = {kernel_.at(when, note), reference_.at(when, note),
                                             note};
    most_pending_ = std::max(most_pending_, kernel_.pending());
  }

  void schedule_in_line() {
    const std::uint64_t line = draw_.below(lines_.size());
    const Note note{next_name_++};
    handles_[note.name % handles_.size()] = {kernel_.in(lines_[line], note),
                                             reference_.at(kernel_.now() + kLineDelays[line], note),
                                             note};
    most_pending_ = std::max(most_pending_, kernel_.pending());
  }

  /// Handles stay when their event is gone, so that stale ones are tried as often as living ones.
  Handles& any() { return handles_[draw_.below(handles_.size())]; }

  void cancel() {
    const Handles& handles = any();
    const bool cancelled = kernel_.cancel(handles.timer);
    cancels_ += cancelled ? 1 : 0;
    agree(cancelled == reference_.cancel(handles.number));
  }

  void rearm() {
    Handles& handles = any();
    agree(kernel_.is_pending(handles.timer) == reference_.is_pending(handles.number));
    if (!agree_ || !kernel_.is_pending(handles.timer)) return;
    const SimTime when = soon();
    handles = {kernel_.rearm(handles.timer, when), reference_.rearm(handles.number, when),
               handles.note};
    ++rearms_;
  }

  void step() {
    const bool stepped =
        kernel_.step(kNever, [&](Note note) { compare(reference_.step(kNever), note); });
    if (!stepped) agree(reference_.pending() == 0);
  }

  void compare(const std::optional<Note>& expected, Note note) {
    agree(expected && expected->name == note.name);
    ties_ += reference_.now() == last_ ? 1U : 0U;
    last_ = reference_.now();
  }

  void agree(bool same) { agree_ = agree_ && same; }

  Mix mix_;
  Draw draw_;
  Kernel<Note> kernel_;
  ReferenceAgenda<Note> reference_;
  std::vector<DelayLineId> lines_;
  std::vector<Handles> handles_ = std::vector<Handles>(16'384);
  std::uint32_t next_name_ = 0;
  std::uint64_t ties_ = 0;
  std::uint64_t cancels_ = 0;
  std::uint64_t rearms_ = 0;
  std::size_t most_pending_ = 0;
  SimTime last_ = kNever;
  bool agree_ = true;
};

void operate(Pair& pair, int operations) {
  for (int i = 0; i < operations && pair.agrees(); ++i) pair.operate();
}

TEST(KernelBesideReference, AgreesOverTenMillionOperations) {
  constexpr Mix kMix{.schedule = 45, .cancel = 10, .rearm = 20, .run = 4, .instants = 500};
  Pair pair(kMix, 1);
  operate(pair, kOperations);
  EXPECT_TRUE(pair.agrees());
  EXPECT_GT(pair.most_pending(), kMany);
  EXPECT_TRUE(pair.same_next());
  pair.run_until(kNever - 1ns);
  EXPECT_TRUE(pair.agrees());
}

TEST(KernelBesideReference, AgreesWhenMostInstantsAreEqual) {
  constexpr Mix kGrow{.schedule = 65, .cancel = 5, .rearm = 20, .run = 0, .instants = 3};
  constexpr Mix kShrink{.schedule = 45, .cancel = 5, .rearm = 20, .run = 3, .instants = 3};
  Pair pair(kGrow, 2);
  for (int wave = 0; wave < 40 && pair.agrees(); ++wave) {
    pair.mix(kGrow);
    operate(pair, 8'000);
    pair.mix(kShrink);
    operate(pair, kOperations / 500);
  }
  EXPECT_TRUE(pair.agrees());
  EXPECT_GT(pair.ties(), pair.executed() / 2) << "ties are forced";
  EXPECT_GT(pair.most_pending(), kMany);
}

TEST(KernelBesideReference, AgreesWhenMostEventsAreCancelled) {
  constexpr Mix kMix{.schedule = 40, .cancel = 50, .rearm = 8, .run = 1, .instants = 1'000};
  Pair pair(kMix, 3);
  operate(pair, kOperations / 10);
  EXPECT_TRUE(pair.agrees());
  EXPECT_GT(pair.cancels(), pair.executed());
  EXPECT_GT(pair.most_pending(), kMany);
  EXPECT_GT(pair.rearms(), 0U);
}

TEST(KernelBesideReference, AgreesWhenManyComeAtOnceBetweenWhatIsThere) {
  constexpr Mix kWide{.schedule = 48, .cancel = 2, .rearm = 2, .run = 0, .instants = 1'000'000'000};
  Pair pair(kWide, 5);
  for (int i = 0; i < 5'000; ++i) pair.schedule_within(1s);
  for (int burst = 0; burst < 20 && pair.agrees(); ++burst) {
    operate(pair, 12'000);
    for (int i = 0; i < 1'500; ++i) pair.schedule_within(1us);
    operate(pair, 2'000);
  }
  EXPECT_TRUE(pair.agrees());
  EXPECT_TRUE(pair.same_next());
}

TEST(KernelBesideReference, AgreesWithEventsInDelayLinesAndOutside) {
  constexpr Mix kMix{
      .schedule = 15, .cancel = 10, .rearm = 10, .run = 4, .instants = 400, .line = 30};
  Pair pair(kMix, 6);
  operate(pair, kOperations / 4);
  EXPECT_TRUE(pair.agrees());
  EXPECT_GT(pair.ties(), pair.executed() / 10);
  EXPECT_GT(pair.most_pending(), kMany);
  EXPECT_TRUE(pair.same_next());
  pair.run_until(kNever - 1ns);
  EXPECT_TRUE(pair.agrees());
}

TEST(KernelBesideReference, AgreesWhenManyInDelayLinesAreCancelled) {
  constexpr Mix kMix{.schedule = 5, .cancel = 45, .rearm = 5, .run = 0, .instants = 5, .line = 40};
  Pair pair(kMix, 7);
  operate(pair, kOperations / 10);
  EXPECT_TRUE(pair.agrees());
  EXPECT_GT(pair.cancels(), pair.executed() / 2);
  EXPECT_GT(pair.most_pending(), kMany);
}

TEST(KernelBesideReference, AgreesWhileItGrowsAndShrinksOverInstantsNearAndFar) {
  constexpr Mix kGrow{.schedule = 70, .cancel = 5, .rearm = 5, .run = 1, .instants = 1'000'000'000};
  constexpr Mix kShrink{.schedule = 10, .cancel = 5, .rearm = 5, .run = 2, .instants = 1'000};
  Pair pair(kGrow, 4);
  std::size_t least = 1'000;
  for (int wave = 0; wave < 30 && pair.agrees(); ++wave) {
    pair.mix(kGrow);
    operate(pair, 16'000);
    EXPECT_TRUE(pair.same_next());
    pair.mix(kShrink);
    operate(pair, 24'000);
    EXPECT_TRUE(pair.same_next());
    least = std::min(least, pair.pending());
  }
  EXPECT_TRUE(pair.agrees());
  EXPECT_GT(pair.most_pending(), 2 * kMany);
  EXPECT_LT(least, kFew);
}

}  // namespace
}  // namespace weir::testing
