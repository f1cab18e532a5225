#pragma once
/// Quantities as people write them: "24 h", "500/h", "0.3 %", "25 MB".
///
/// Reading is exact (decimals become whole nanoseconds or bytes, or are refused) and knows no
/// locale; printing gives back what reading takes.

#include <optional>
#include <string>
#include <string_view>

#include "sim/quantity.h"

namespace weir {

/// "1.5 h" = 90 min. Units ns, us, ms, s, min, h, d, w. Nothing when malformed, not whole in ns, or
/// out of range. A leading '-' is read, so that bounds can name it.
std::optional<Duration> parse_duration(std::string_view text);

/// A pair of count and period, e.g. "500/h", "0.5/s" (kept as 5/10 s), "3000/24 h".
std::optional<Rate<void>> parse_rate(std::string_view text);

/// "0.3 %" as 0.003; no bare numbers. Values outside [0, 1] are read, so that bounds can name them.
std::optional<double> parse_share(std::string_view text);

/// "25 MB"; units B, kB, MB, GB (powers of 1,000) and KiB, MiB, GiB.
std::optional<Bytes> parse_bytes(std::string_view text);

std::string to_text(Duration d);
std::string to_text(Bytes b);
std::string to_text(Probability p);
std::string to_text(double v);
std::string to_text(std::int64_t v);
std::string rate_text(std::int64_t count, Duration period);

template <class Thing>
std::string to_text(Rate<Thing> r) {
  return rate_text(r.count, r.period);
}

}  // namespace weir
