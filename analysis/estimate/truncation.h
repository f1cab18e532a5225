#pragma once
/// Where the transient of a run ends: MSER (White 1997) over batches (MSER-5: Spratt 1998).
///
/// Chosen is the cut that makes the standard error of what remains smallest, among cuts in the
/// first half. Only for runs whose load is constant: a plan that starts cold and ends has no steady
/// state, and cutting its beginning would cut what is asked for. MSER is a rule of thumb and can
/// fail on ordinary queues (Wang and Glynn, TOMACS 27(1), 2016): show the cut, do not only use it.

#include <cstddef>
#include <optional>
#include <span>

namespace weir::analysis {

/// The batch length of MSER-5.
inline constexpr std::size_t kMserBatch = 5;

/// How many samples at the front belong to the transient, a multiple of `batch`.
///
/// Nothing means "run longer": the best cut is the last one allowed, at half of the batches, or
/// there are fewer than ten batches. Batches start with the first sample; an incomplete one at the
/// end is not looked at. Linear in the samples. `batch` > 0 (std::domain_error).
std::optional<std::size_t> transient_length(std::span<const double> series,
                                            std::size_t batch = kMserBatch);

}  // namespace weir::analysis
