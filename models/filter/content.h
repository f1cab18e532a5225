#pragma once
/// What is in the mail of a source, as shares of its messages.

#include "models/mail.h"
#include "sim/params.h"
#include "sim/random.h"

namespace weir::filter {

struct ContentParams {
  Probability spam;
  Probability high_confidence;
  Probability malware;
  Probability locked;

  static void describe(auto field) {
    field("spam", &ContentParams::spam,
          "Share of mail that filters take for spam: of messages where a system filters, of "
          "recipients at a site without one; there it lands in the junk folder.",
          Source{"S4-30: the default action"});
    field("high_confidence", &ContentParams::high_confidence,
          "Share of those that filters are sure of.");
    field("malware", &ContentParams::malware, "Share of messages with malware in an attachment.");
    field("locked", &ContentParams::locked,
          "Share of messages, with malware or without, whose attachment is an archive behind a "
          "password.");
  }
};

/// The content of one message. `draw` is keyed by the message; always takes four numbers, so that
/// changing one share changes nothing else.
Content draw_content(const ContentParams& params, Draw& draw);

}  // namespace weir::filter
