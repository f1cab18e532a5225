#pragma once
/// Which combinations of levels take part: an expression over factors, with types.
///
///   where = 'days * volume <= 90000 and window < "24 h" and not (mode = "closed")'
///
/// Numbers, durations, rates, shares, sizes, words, true and false are types of their own: they are
/// never compared with each other. A duration by a number is a duration, a rate by a duration a
/// number, a share of anything the same thing. Operators, the loosest first: or; and; not; = != <
/// <= > >=; + -; * /.

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sim/setting.h"

namespace weir::experiments {

/// What is wrong with an expression, and at which column.
class WhereError : public std::runtime_error {
 public:
  WhereError(std::size_t column, const std::string& what);
};

/// The value of a factor by its name; null when there is none of that name.
using FactorValue = std::function<const Setting*(std::string_view name)>;

/// Whether the expression holds. Both sides of `and` and `or` are looked at, so that what is wrong
/// shows at the first point already. Throws WhereError.
bool holds(const std::string& expression, const FactorValue& value_of);

}  // namespace weir::experiments
