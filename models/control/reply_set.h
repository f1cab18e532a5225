#pragma once
/// Which replies a pattern in a sender's configuration is about.
///
/// A simulated site answers nothing but the replies of models/reply.h: each pattern is matched
/// against that table once, when the scenario is read, and a run only tests a bit.

#include <bitset>
#include <string>

#include "models/reply.h"
#include "sim/params.h"

namespace weir::control {

using ReplySet = std::bitset<kReplies>;

/// The refusals whose line, "451 4.7.500 Server busy. ...", `pattern` matches somewhere. Patterns
/// are those of std::regex (ECMAScript); one that it cannot take becomes a problem at `place`.
ReplySet refusals_matching(const std::string& pattern, const Place& place, const std::string& path,
                           Problems& problems);

/// The same for one pattern or a list of them; anything else is a problem.
ReplySet refusals_matching(const Setting& patterns, const std::string& path, Problems& problems);

}  // namespace weir::control
