#pragma once
/// Domain names and the patterns that connectors are scoped by. ASCII case does not matter.

#include <string_view>

namespace weir::routing {

/// The word that stands in a connector's domains for all accepted domains of its organisation.
inline constexpr std::string_view kAcceptedDomains = "accepted";

bool same_name(std::string_view a, std::string_view b);

/// "a" before "B": by letters and digits, capitals after small letters only where all else is
/// equal (S4-83).
bool comes_before(std::string_view a, std::string_view b);

/// Whether `name` lies below `parent`: jpn.contoso.com below contoso.com, never a name itself.
bool is_below(std::string_view name, std::string_view parent);

/// What "*.x" is a wildcard of: "x". Empty for a plain name and for "*".
std::string_view wildcard_parent(std::string_view pattern);

/// Whether the pattern is "*" or "*.*", which IIS SMTP does not take (S1-08).
bool is_catch_all(std::string_view pattern);

/// Whether the pattern is a name, "*.name", "*" or "*.*": no star stands anywhere else.
bool is_well_formed(std::string_view pattern);

/// Whether mail for `name` is in the scope of the pattern. "*.x" covers what lies below x, not x.
bool covers(std::string_view pattern, std::string_view name);

/// Whether a certificate that presents `presented` is one that `configured` asks for: the same
/// name, or one of the two is a wildcard over the other.
bool matches_certificate(std::string_view configured, std::string_view presented);

/// Whether the name configured on a connector is itself a registered domain; a wildcard stands for
/// its parent and all below (S2-10).
bool names_domain(std::string_view configured, std::string_view domain);

}  // namespace weir::routing
