#pragma once
/// Everything that can come due in the world: the table of contents of a run.
///
/// The agenda holds these; the world has one overload `on(X)` for each, so that a forgotten one
/// does not compile. What happened, in the sense of the fingerprint, is a Happening: it does not
/// depend on how the agenda goes about its work.

#include <array>
#include <string_view>
#include <variant>

#include "sim/quantity.h"

namespace weir {

struct ArrivalDue {  // the next arrival of a source exists
  static constexpr std::string_view kName = "arrival-due";
  std::uint32_t source;
};
struct ReleaseDue {  // a plan may let held mail of a source go
  static constexpr std::string_view kName = "release-due";
  std::uint32_t source;
};
struct LaneReady {  // a lane's controller allows it to go on
  static constexpr std::string_view kName = "lane-ready";
  std::uint32_t lane;
};
struct ConnectionOpens {  // the message's connection reaches the site
  static constexpr std::string_view kName = "connection-opens";
  Id<Message> message;
};
struct ConnectionFails {  // the message's host did not answer, or refused to
  static constexpr std::string_view kName = "connection-fails";
  Id<Message> message;
};
struct ReplyArrives {  // the sender has the reply to the message
  static constexpr std::string_view kName = "reply-arrives";
  Id<Message> message;
};
struct RetryDue {  // the wait after a deferral is over
  static constexpr std::string_view kName = "retry-due";
  Id<Message> message;
};
struct ComplaintDue {  // a recipient complains about a message that is long delivered
  static constexpr std::string_view kName = "complaint-due";
  std::uint32_t key_low;  // its stable name
  std::uint32_t key_high;
  std::uint32_t party;  // who is held to account for it, and where
};
struct PartArrives {  // a part of a divided message is there
  static constexpr std::string_view kName = "part-arrives";
  Id<Message> message;
};
struct ServiceEnds {  // a server of the message's system is through with it
  static constexpr std::string_view kName = "service-ends";
  Id<Message> message;
};
struct TenantsDue {  // another hour of the mail of other tenants begins
  static constexpr std::string_view kName = "tenants-due";
  std::uint32_t tenants;
};
struct SiteWakes {  // a site's policies want to be woken
  static constexpr std::string_view kName = "site-wakes";
  std::uint32_t site;
};

using Event =
    std::variant<ArrivalDue, ReleaseDue, LaneReady, ConnectionOpens, ConnectionFails, ReplyArrives,
                 RetryDue, ComplaintDue, PartArrives, ServiceEnds, TenantsDue, SiteWakes>;

/// Calls `visit` with what has come due. As std::visit, which from twelve kinds on calls by a table
/// of functions, so that nothing can be inlined.
template <class Visit>
void visit_event(const Event& event, const Visit& visit) {
  const auto visit_if = [&]<std::size_t kKind>(std::integral_constant<std::size_t, kKind>) {
    const auto* due = std::get_if<kKind>(&event);
    if (due != nullptr) visit(*due);
    return due != nullptr;
  };
  [&]<std::size_t... kKinds>(std::index_sequence<kKinds...>) {
    (visit_if(std::integral_constant<std::size_t, kKinds>{}) || ...);
  }(std::make_index_sequence<std::variant_size_v<Event>>{});
}

template <class... Kinds>
constexpr std::array<std::string_view, sizeof...(Kinds)> names_of(const std::variant<Kinds...>*) {
  return {Kinds::kName...};
}

/// What people call them, in the order of Event's alternatives.
inline constexpr auto kEventNames = names_of(static_cast<const Event*>(nullptr));

/// The kinds of domain events that a fingerprint folds. A value keeps its number for good.
enum class Happening : std::uint8_t {
  arrival = 1,
  release = 2,
  attempt = 3,
  reply = 4,
  retry = 5,
  complaint = 6,
  site_wake = 7,
  delivery = 8,
  bounce = 9,
  expiry = 10,
  notice = 11,
  taken_over = 12,  // by a system
  decided = 13,     // by it, what becomes of the message
};

}  // namespace weir
