#pragma once
/// How one address stands with a receiver: new, known, throttled or listed.
///
///   new -> known          mail was accepted
///   new, known -> throttled   a window opened
///   new, known -> listed      one window too many within the span, or condemned by reputation
///   throttled -> known, new   the window ended; the history is kept or deleted
///   listed -> new             delisted; the history is deleted
///
/// A window runs to its end whatever happens: nothing else leaves `throttled` (S4-59).

#include <array>
#include <cstdint>

#include "models/throttle/policy.h"

namespace weir::throttle {

/// What becomes of a history when the window over it ends.
enum class AfterWindow : std::uint8_t { kept, deleted };

constexpr std::array<EnumWord<AfterWindow>, 2> words_of(AfterWindow) {
  return {{{AfterWindow::kept, "kept"}, {AfterWindow::deleted, "deleted"}}};
}

struct StandingRule {
  Duration window{24h};
  std::int64_t listing_windows = 3;  // 1 to AddressStanding::kMostWindows
  Duration listing_span{168h};
  Duration listing{48h};  // until delisted; max() when never
};

class AddressStanding {
 public:
  static constexpr std::int64_t kMostWindows = 5;

  AddressState state() const { return state_; }

  /// When the present window or listing ends.
  SimTime until() const { return until_; }

  void mail_accepted() {
    has_history_ = true;
    if (state_ == AddressState::fresh) enter(AddressState::known);
  }

  /// Opens a window, or lists the address if that is one too many. REQUIRES: new or known.
  void open_window(SimTime now, const StandingRule& rule);

  /// REQUIRES: new or known.
  void list(SimTime now, const StandingRule& rule);

  /// Back to known, or to new when nothing is remembered. REQUIRES: throttled.
  void end_window(AfterWindow after);

  /// REQUIRES: listed.
  void delist();

  /// What is reported; the reputation is left out.
  Standing at(SimTime now) const;

 private:
  void enter(AddressState next);
  bool one_too_many(SimTime now, const StandingRule& rule);

  std::array<SimTime, kMostWindows> opened_{};  // the last openings since the last delisting
  std::int64_t openings_ = 0;
  SimTime window_start_{};
  SimTime until_ = kNever;
  Duration throttled_{};
  std::uint32_t windows_ = 0;
  std::uint32_t listings_ = 0;
  AddressState state_ = AddressState::fresh;
  bool has_history_ = false;  // mail was accepted since the history was last deleted
};

}  // namespace weir::throttle
