#pragma once
/// The spam confidence level (SCL) of a message, out of its content and its source (S4-26).
///
/// A filter finds a level of 0 to 9: clean mail at 0 to 4, spam at 5 or 6, spam of high confidence
/// at 9; a failed SPF check and a distrusted pool raise it. Thresholds act on that level; what is
/// stamped on the message is what Microsoft's table knows: 0 or 1, 5 or 6, or 9.

#include "models/filter/params.h"
#include "models/filter/verdict.h"

namespace weir::filter {

/// What a spam filter takes a message for.
enum class Grade : std::uint8_t { clean, spam, high_confidence };

/// How much the way a message came raises its level.
int raise_of(const FilterParams& params, const InboundFacts& facts);

/// The level found, 0 to 9. `chance`: uniform in [0, 1).
int level_of(const FilterParams& params, const Content& content, int raise, double chance);

Grade grade_of(const FilterParams& params, int level);

/// The level as it is stamped on the message.
std::int8_t stamp_of(Grade grade, int level);

/// The share of messages with this content that get at least this grade: for traffic that is only
/// counted.
Probability share_graded(const FilterParams& params, const Content& content, int raise,
                         Grade grade);

}  // namespace weir::filter
