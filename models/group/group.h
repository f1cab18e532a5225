#pragma once
/// Groups: one recipient address that stands for many (S4-01 to S4-08).
///
/// Members are counts by domain, and other groups. A message is expanded when the organisation's
/// transport comes to it, by the membership of that instant: that is what makes a dynamic group
/// dynamic (S4-07). Towards a sender's recipient rate a group counts as one recipient; towards the
/// tenant's external recipients each member counts (facts 2.1). Card: docs/models/groups.md.

#include <span>
#include <string>
#include <vector>

#include "models/mail.h"
#include "models/reply.h"
#include "sim/params.h"

namespace weir::group {

enum class Kind : std::uint8_t { distribution, security, mail_security, dynamic, office365 };

constexpr std::array<EnumWord<Kind>, 5> words_of(Kind) {
  return {{{Kind::distribution, "distribution"},
           {Kind::security, "security"},
           {Kind::mail_security, "mail-enabled-security"},
           {Kind::dynamic, "dynamic"},
           {Kind::office365, "office365"}}};
}

struct GroupParams {
  Kind kind = Kind::distribution;
  std::string domain;
  std::vector<std::string> members;
  std::vector<std::string> groups;
  std::vector<std::string> changes;
  std::int64_t lookup_size = 20;
  Duration lookup_time{10ms};

  static void describe(auto field) {
    field(
        "kind", &GroupParams::kind,
        "What it is for: a \"security\" group takes no mail; an \"office365\" group has a mailbox "
        "of its own beside its members.",
        Source{"S4-01 to S4-08"});
    field("domain", &GroupParams::domain, "Domain of its address.");
    field("members", &GroupParams::members,
          "How many members it has in each domain, such as \"120 contoso.example\".");
    field("groups", &GroupParams::groups, "Names of groups that are members.");
    field(
        "changes", &GroupParams::changes,
        "How its membership changes, such as \"26 h: 140 contoso.example\": from then on, counted "
        "from the start of the run, it has that many members there.",
        Source{"S4-07: counts at the next message"});
    field("lookup_size", &GroupParams::lookup_size,
          "Members that one query of the directory resolves.", Bounds<std::int64_t>{1, 100'000},
          Source{"facts 2.2: 20 at a time"});
    field("lookup_time", &GroupParams::lookup_time,
          "Time of one query; a dynamic group takes one more, for its condition.",
          Bounds<Duration>{0s, 1h}, Source{"assumption: a lookup in a local directory"});
  }
};

/// Recipients in one domain.
struct Recipients {
  std::uint32_t domain = Mail::kNone;
  std::uint32_t count = 0;

  friend bool operator==(const Recipients&, const Recipients&) = default;
};

struct Change {
  SimTime at{};
  Recipients now;
};

/// A group with its names resolved to indices.
struct Group {
  Kind kind = Kind::distribution;
  std::uint32_t domain = Mail::kNone;
  std::vector<Recipients> members;
  std::vector<std::uint32_t> groups;  // of the same organisation
  std::vector<Change> changes;        // in the order of time
  std::int64_t lookup_size = 20;
  Duration lookup_time{};
};

/// Whom a message to a group goes to.
struct Expansion {
  Reply reply = Reply::accepted;     // of a refusal: the group takes no mail (S4-04)
  std::vector<Recipients> places{};  // by domain, none empty
  Duration takes{};                  // until they are known

  std::uint64_t total() const;

  /// The recipients outside `registered`, the organisation's own domains.
  std::uint64_t external(std::span<const std::uint32_t> registered) const;
};

/// What a group counts towards its sender's recipient rate, however many members it has.
inline constexpr std::uint32_t kCountsAs = 1;

/// Expands a group and the groups in it, each once however often it is met.
Expansion expand(std::span<const Group> groups, std::uint32_t index, SimTime now);

/// Resolves names; unknown ones and malformed members become problems at `at`.
Group resolve(const GroupParams& params, const ParamsPlace& at,
              std::span<const std::string> domains, std::span<const std::string> groups);

}  // namespace weir::group
