#pragma once
/// Which unknown of the receiver would be most worth knowing.
///
/// From the runs of a nested design (variance_share.h), without any further run: the groups are
/// sorted by one unknown and cut into classes of nearly equal size; how much the class means vary
/// is what that unknown explains by itself. This is the first-order Sobol' share, estimated from
/// given data (Plischke, "An effective algorithm for computing global sensitivity indices",
/// Reliability Engineering and System Safety 95, 2010), with the chance in the class means taken
/// off.

#include <cstddef>
#include <span>
#include <vector>

namespace weir::analysis {

/// One unknown, by its column, and its share in all that varies, chance in the traffic included.
struct UnknownShare {
  std::size_t unknown = 0;
  double share = 0.0;  // in [0, 1]; 0 also when estimated below 0
};

/// How many classes groups are cut into unless told otherwise. What varies within a class is not
/// seen: of a linear effect of an even unknown, 1 / classes^2.
inline constexpr std::size_t kUsualClasses = 10;

/// The unknowns by share, largest first; equal ones in their order.
///
/// `values[i * each + j]` is replication j of group i, `unknowns[i * count + u]` unknown u of it,
/// with `count` of them. Needs `each` >= 2, two classes, and two groups a class
/// (std::domain_error). What unknowns do only together belongs to none of them.
std::vector<UnknownShare> rank_unknowns(std::span<const double> values, std::size_t each,
                                        std::span<const double> unknowns, std::size_t count,
                                        std::size_t classes = kUsualClasses);

}  // namespace weir::analysis
