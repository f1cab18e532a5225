#include "models/site/outage.h"

namespace weir {
namespace {

std::optional<Reply> reply_of_code(std::string_view code) {
  for (const ReplyInfo& reply : all_replies())
    if (reply.code == code && reply.severity != Severity::accept) return reply.reply;
  return std::nullopt;
}

}  // namespace

void OutageParams::check(const OutageParams& p, const ParamsPlace& at) {
  if (p.until <= p.from) at.report("until", "must come after from");
  if (p.answer != "none" && p.answer != "refused" && !reply_of_code(p.answer))
    at.report("answer",
              "expected \"none\", \"refused\", or a reply code such as \"451 4.7.500\" "
              "(docs/reference/parameters.md lists them)");
}

Outage Outage::from_params(const OutageParams& params) {
  Outage outage{.from = SimTime{params.from}, .until = SimTime{params.until}};
  if (params.answer == "none") {
    outage.contact = Contact::silent;
  } else if (params.answer == "refused") {
    outage.contact = Contact::refused;
  } else {
    outage.reply = reply_of_code(params.answer).value_or(Reply::no_resources);
  }
  return outage;
}

}  // namespace weir
