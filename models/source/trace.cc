/// Trace: the arrivals of a record, replayed as they were.
///
/// What no distribution has, bursts and senders and sizes that belong together, stays as it was
/// measured. The arrivals come from a feed that experiments/ opens on `file`, 1,024 at a time, so
/// that a record of any length takes 32 kB. The record's instants count from its beginning.
/// Cost: no draws. Left out: any change of the record, such as a higher rate.

#include <array>

#include "models/source/timing.h"
#include "sim/check.h"

namespace weir::source {
namespace {

class Trace final : public Source {
 public:
  struct Params {
    std::string file;
    Duration from{0s};

    static void describe(auto field) {
      field("file", &Params::file, "The trace, as `weir import` writes it.");
      field("from", &Params::from, "When the record begins, counted from the source's begin.");
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.file.empty()) at.report("file", "a trace needs a file; `weir import` makes one");
    }
  };

  explicit Trace(const Params& p) : file_(p.file), from_(p.from) {}

  void prepare(SimTime begin, const Calendar&) override { begin_ = after(begin, from_); }

  void connect(ArrivalFeed& feed) override { feed_ = &feed; }
  std::string_view feed_file() const override { return file_; }

  Arrival next(Draw&) override {
    WEIR_CHECK(feed_ != nullptr, "a trace is replayed only after connect()");
    if (at_ == filled_ && !refill()) return {};
    Arrival arrival = block_[at_++];
    WEIR_CHECK(arrival.at >= last_, "a trace's arrivals are in order");
    last_ = arrival.at;
    arrival.at = after(begin_, arrival.at.time_since_epoch());
    return arrival;
  }

 private:
  /// A block that was not full was the last.
  bool refill() {
    if (ended_) return false;
    filled_ = feed_->read(block_);
    ended_ = filled_ < block_.size();
    at_ = 0;
    return filled_ > 0;
  }

  std::string file_;
  Duration from_;
  SimTime begin_{};
  ArrivalFeed* feed_ = nullptr;
  std::array<Arrival, 1'024> block_{};
  std::size_t filled_ = 0;
  std::size_t at_ = 0;
  bool ended_ = false;
  SimTime last_{};  // in the record's own time
};

}  // namespace

extern const Entry trace;
constinit const Entry trace =
    entry<Trace>("trace", "The arrivals of a recorded log, replayed as they were.");

}  // namespace weir::source
