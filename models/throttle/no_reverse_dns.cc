/// No reverse DNS: a site that refuses addresses which reverse DNS does not know.
///
/// A server that goes on sending for a domain after it has left its MX records often loses its
/// matching reverse entry too; receivers that check it refuse its mail. Which addresses have one is
/// said in the scenario: [address.NAME] reverse = false.
///
/// Source: S1-14; RFC 7372 for the permanent answer, Postfix's
/// reject_unknown_reverse_client_hostname for the temporary one.

#include "models/throttle/policy.h"

namespace weir::throttle {

enum class Refusal : std::uint8_t { reject, defer };

constexpr std::array<EnumWord<Refusal>, 2> words_of(Refusal) {
  return {{{Refusal::reject, "reject"}, {Refusal::defer, "defer"}}};
}

namespace {

class NoReverseDns final : public Policy {
 public:
  struct Params {
    Refusal answer = Refusal::reject;

    static void describe(auto field) {
      field("answer", &Params::answer, "Whether the refusal is permanent or temporary.",
            Source{"S1-14 says refused; Postfix defers"});
    }
  };

  explicit NoReverseDns(const Params& p) : answer_(p.answer) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    for (const AddressInfo& info : addresses) reverse_.push_back(info.reverse);
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    if (reverse_[attempt.address]) return {};
    if (answer_ == Refusal::reject) return {.reply = Reply::no_reverse};
    return {.reply = Reply::no_reverse_deferred, .retry_at = kNever};
  }

 private:
  Refusal answer_;
  std::vector<bool> reverse_;  // of each address
};

}  // namespace

extern const Entry no_reverse_dns;
constinit const Entry no_reverse_dns =
    entry<NoReverseDns>("no-reverse-dns", "Refuses addresses that reverse DNS does not know.");

}  // namespace weir::throttle
