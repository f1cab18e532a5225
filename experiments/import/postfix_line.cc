#include "experiments/import/postfix_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace weir::experiments {
namespace {

constexpr auto kNone = std::string_view::npos;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The programs of Postfix that write to the log, sorted by name.
constexpr std::array<std::string_view, 49> kServices = {
    "anvil",
    "bounce",
    "cleanup",
    "defer",
    "discard",
    "dnsblog",
    "error",
    "flush",
    "lmtp",
    "local",
    "master",
    "nqmgr",
    "oqmgr",
    "pickup",
    "pipe",
    "postalias",
    "postcat",
    "postconf",
    "postdrop",
    "postfix",
    "postfix-script",
    "postfix-tls-script",
    "postkick",
    "postlock",
    "postlog",
    "postlogd",
    "postmap",
    "postmulti",
    "postqueue",
    "postscreen",
    "postsuper",
    "proxymap",
    "proxywrite",
    "qmgr",
    "qmqpd",
    "relay",
    "retry",
    "scache",
    "sendmail",
    "showq",
    "smtp",
    "smtpd",
    "spawn",
    "tlsmgr",
    "tlsproxy",
    "trace",
    "trivial-rewrite",
    "verify",
    "virtual",
};
static_assert(std::is_sorted(kServices.begin(), kServices.end()));

bool is_known_service(std::string_view name) {
  return std::binary_search(kServices.begin(), kServices.end(), name);
}

/// Beginnings of lines about a message that change nothing that we count.
constexpr std::array<std::string_view, 39> kRemarks = {
    "warning:",
    "error:",
    "fatal:",
    "panic:",
    "host ",
    "conversation with ",
    "lost connection with ",
    "connect to ",
    "enabling ",
    "disabling ",
    "replace:",
    "prepend:",
    "warn:",
    "info:",
    "hold:",
    "filter:",
    "redirect:",
    "reject:",
    "milter-",
    "discard:",
    "bcc:",
    "strip:",
    "dunno:",
    "Cannot start TLS",
    "TLS ",
    "Untrusted TLS",
    "Trusted TLS",
    "Anonymous TLS",
    "Verified TLS",
    "Server certificate",
    "breaking line",
    "skipped, ",
    "requeued",
    "placed on hold",
    "released from hold",
    "passing ",
    "resent-message-id=",
    "certificate verification",
    "message repeated",
};

/// Beginnings that carry what we count: a text that is shorter than one of them was cut.
constexpr std::array<std::string_view, 7> kLeads = {
    "client=",
    "message-id=",
    "from=<",
    "to=<",
    "removed",
    "uid=",
    "sender non-delivery notification: ",
};

bool is_remark(std::string_view text) {
  return std::any_of(kRemarks.begin(), kRemarks.end(),
                     [text](std::string_view lead) { return text.starts_with(lead); });
}

bool is_cut_lead(std::string_view text) {
  return std::any_of(kLeads.begin(), kLeads.end(),
                     [text](std::string_view lead) { return lead.starts_with(text); });
}

Saying classify_cleanup(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kRefusals = {
      "reject: ", "milter-reject: ", "discard: ", "milter-discard: "};
  for (const auto lead : kRefusals)
    if (text.starts_with(lead)) return Saying::refused;
  return Saying::remark;
}

/// Takes the text up to `end` off the front, and `end` with it; nothing when `end` is absent.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const auto place = text.find(end);
  if (place == kNone) return std::nullopt;
  const auto piece = text.substr(0, place);
  text.remove_prefix(place + 1);
  return piece;
}

/// "postfix/submission/smtpd[123]" into instance, service and process.
bool split_tag(std::string_view tag, std::string_view& instance, PostfixLine& out) {
  const auto bracket = tag.find('[');
  if (bracket != kNone && tag.ends_with(']'))
    out.pid = tag.substr(bracket + 1, tag.size() - bracket - 2);
  const auto name = tag.substr(0, bracket);
  const auto first = name.find('/');
  out.service = name;
  if (first == kNone) return false;
  instance = name.substr(0, first);
  out.service = name.substr(name.rfind('/') + 1);
  return true;
}

/// A program may be configured to call itself anything; only these are certain.
bool is_postfix_name(std::string_view instance) { return instance.starts_with("postfix"); }

/// A text that is the beginning of a queue id and nothing else.
bool is_cut_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); });
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// What stands between `key` and `end`, searched from `from` on.
std::optional<std::string_view> field(std::string_view text, std::string_view key, char end) {
  const auto place = text.find(key);
  if (place == kNone) return std::nullopt;
  text.remove_prefix(place + key.size());
  return take_until(text, end);
}

Status status_named(std::string_view word) {
  if (word == "sent") return Status::sent;
  if (word == "deferred") return Status::deferred;
  if (word == "bounced") return Status::bounced;
  if (word == "expired" || word == "force-expired") return Status::expired;
  if (word == "deliverable" || word == "undeliverable") return Status::probe;
  return Status::unknown;
}

/// Length of an enhanced code "4.7.500" at the front, or 0.
std::size_t enhanced_length(std::string_view text) {
  std::size_t length = 0;
  for (int part = 0; part < 3; ++part) {
    const auto begin = length;
    while (length < text.size() && is_digit(text[length]) && length - begin < 3) ++length;
    if (length == begin) return 0;
    if (part == 2) break;
    if (length >= text.size() || text[length] != '.') return 0;
    ++length;
  }
  const bool ends = length == text.size() || !(is_digit(text[length]) || text[length] == '.');
  return ends && text[1] == '.' ? length : 0;
}

/// "451 4.7.500" at the front of `text`; "550-5.1.1" is the first line of several.
std::string_view reply_at(std::string_view text) {
  const bool code = text.size() >= 4 && text[0] >= '2' && text[0] <= '5' && is_digit(text[1]) &&
                    is_digit(text[2]) && (text[3] == ' ' || text[3] == '-');
  if (!code) return {};
  const auto enhanced = enhanced_length(text.substr(4));
  return text.substr(0, enhanced == 0 ? 3 : 4 + enhanced);
}

}  // namespace

bool is_queue_id(std::string_view word) {
  if (word.size() < 6 || word.size() > 32) return false;
  const auto hexadecimal = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); };
  if (std::all_of(word.begin(), word.end(), hexadecimal)) return true;
  static constexpr std::string_view kLetters = "BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
  return word.size() >= 11 && std::all_of(word.begin(), word.end(), [](char c) {
           return is_digit(c) || kLetters.find(c) != kNone;
         });
}

std::uint64_t stable_hash(std::string_view text, std::uint64_t seed) {
  constexpr std::uint64_t kOdd =
      0x9e37'79b9'7f4a'7c15U;  // 2^64 / golden ratio: Knuth, TAOCP 3, 6.4
  auto hash = seed ^ (text.size() * kOdd);
  while (!text.empty()) {
    std::uint64_t word = 0;
    const auto taken = std::min(text.size(), sizeof word);
    std::memcpy(&word, text.data(), taken);
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 32U;
    text.remove_prefix(taken);
  }
  hash *= kOdd;
  return hash ^ (hash >> 29U);
}

Saying classify(std::string_view service, std::string_view text) {
  if (text.starts_with("to=<")) return Saying::delivery;
  if (text == "removed") return Saying::removed;
  if (text.starts_with("from=<"))
    return text.find(", status=") == kNone ? Saying::queued : Saying::expired;
  if (text.starts_with("client=")) return Saying::client;
  if (text.starts_with("message-id=")) return Saying::message_id;
  if (text.starts_with("uid=")) return Saying::pickup;
  if (text.starts_with("host ") && !find_reply(text).empty()) return Saying::host_said;
  if (text.find("notification: ") != kNone && service == "bounce")
    return announced_id(text).empty() ? Saying::cut : Saying::notice;
  if (is_cut_lead(text)) return Saying::cut;
  if (!is_remark(text)) return Saying::unknown;
  return service == "cleanup" ? classify_cleanup(text) : Saying::remark;
}

LineKind split_postfix_line(std::string_view rest, PostfixLine& out) {
  const auto host = take_until(rest, ' ');
  if (!host) return LineKind::cut;
  const auto colon = rest.find(": ");
  const auto space = rest.find(' ');
  if (colon == kNone) return space == kNone ? LineKind::cut : LineKind::no_program;
  if (space < colon) return LineKind::no_program;
  const auto tag = rest.substr(0, colon);
  std::string_view instance;
  if (!split_tag(tag, instance, out))
    return is_postfix_name(tag) ? LineKind::unknown_service : LineKind::other_program;
  const bool known = is_known_service(out.service);
  if (!known && !is_postfix_name(instance)) return LineKind::other_program;
  out.writer = stable_hash(instance, stable_hash(*host));
  out.text = rest.substr(colon + 2);
  const auto end = out.text.find(':');
  if (end != kNone && is_queue_id(out.text.substr(0, end))) {
    out.queue_id = out.text.substr(0, end);
    out.text.remove_prefix(std::min(end + 2, out.text.size()));
  }
  const bool cut = out.text.empty() || (out.queue_id.empty() && is_cut_id(out.text));
  if (cut) return LineKind::cut;
  return known ? LineKind::postfix : LineKind::unknown_service;
}

std::optional<QueuedLine> parse_queued(std::string_view text) {
  const auto end = text.find(">, size=");
  if (!text.starts_with("from=<") || end == kNone) return std::nullopt;
  const auto size = field(text.substr(end), ">, size=", ',');
  const auto recipients = field(text.substr(end), ", nrcpt=", ' ');
  if (!size || !recipients) return std::nullopt;
  const auto bytes = parse_number<std::int64_t>(*size);
  const auto count = parse_number<std::uint32_t>(*recipients);
  constexpr std::uint32_t kMostRecipients = 10'000'000;  // more is a damaged number
  if (!bytes || !count || *bytes < 0 || *count > kMostRecipients) return std::nullopt;
  return QueuedLine{.sender = text.substr(6, end - 6), .size = *bytes, .recipients = *count};
}

std::optional<DeliveryLine> parse_delivery(std::string_view text) {
  auto end = text.find(">, orig_to=");
  const auto relay_place = text.find(">, relay=");
  end = std::min(end, relay_place);
  if (!text.starts_with("to=<") || end == kNone) return std::nullopt;
  DeliveryLine line;
  line.recipient = text.substr(4, end - 4);
  text.remove_prefix(end);
  const auto status = text.find(", status=");
  if (status == kNone) return std::nullopt;
  const auto fields = text.substr(0, status + 1);
  line.relay = field(fields, ", relay=", ',').value_or(std::string_view{});
  const auto delay = field(fields, ", delay=", ',');
  if (delay) line.delay_s = parse_number<double>(*delay);
  constexpr double kMostDelay = 1e9;  // 30 years: no delay, but a damaged number
  if (line.delay_s && !(*line.delay_s >= 0 && *line.delay_s <= kMostDelay)) line.delay_s.reset();
  auto rest = text.substr(status + 9);
  const auto word = rest.substr(0, rest.find_first_of(" ,"));
  if (word.size() == rest.size()) return std::nullopt;
  line.status = status_named(word);
  line.comment = rest.substr(word.size());
  return line;
}

std::string_view find_reply(std::string_view comment) {
  static constexpr std::array<std::string_view, 2> kBefore = {" said: ",
                                                              " refused to talk to me: "};
  for (const auto lead : kBefore) {
    const auto place = comment.find(lead);
    if (place != kNone) return reply_at(comment.substr(place + lead.size()));
  }
  const auto open = comment.find('(');
  return open == kNone ? std::string_view{} : reply_at(comment.substr(open + 1));
}

std::string_view announced_id(std::string_view text) {
  const auto place = text.rfind("notification: ");
  if (place == kNone) return {};
  const auto id = text.substr(place + 14);
  return is_queue_id(id) ? id : std::string_view{};
}

std::string_view original_id(std::string_view text) {
  static constexpr std::string_view kKey = "orig_queue_id=";
  const auto place = text.find(kKey);
  if (place == kNone) return {};
  const auto id = text.substr(place + kKey.size());
  return id.substr(0, id.find(','));
}

std::string_view domain_of(std::string_view recipient) {
  constexpr std::size_t kLongestDomain = 255;  // RFC 5321 4.5.3.1.2
  const auto at = recipient.rfind('@');
  if (at == kNone) return {};
  const auto domain = recipient.substr(at + 1);
  return domain.size() > kLongestDomain ? std::string_view{} : domain;
}

}  // namespace weir::experiments
