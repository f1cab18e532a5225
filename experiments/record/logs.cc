#include "experiments/record/logs.h"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "analysis/file/error.h"

namespace weir::experiments {

using analysis::FileError;

/// Whose record it is: the receiver's tells of its systems too.
enum class LogKind : std::uint8_t { sender, receiver };

class AttemptLog {
 public:
  AttemptLog(const std::string& path, const RunFileHead& head, LogKind kind)
      : path_(path), head_(head), kind_(kind) {
    descriptor_ = ::open(part().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw FileError(part(), "create", errno);
    buffer_ =
        "started_s,replied_s,source,serial,address,site,attempt,recipients,size,code,cause,"
        "next_attempt_s";
    buffer_ +=
        kind == LogKind::receiver ? ",event,system,organisation,pool,scl,filter,remark\n" : "\n";
  }
  ~AttemptLog() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  AttemptLog(const AttemptLog&) = delete;
  AttemptLog& operator=(const AttemptLog&) = delete;

  void write(const AttemptRecord& r) {
    const ReplyInfo& reply = info(r.reply);
    const std::uint32_t address = head_.lanes[r.lane].first;
    fmt::format_to(std::back_inserter(buffer_), "{},{},{},{},{},{},{},{},{},{},{},{}",
                   seconds(r.started), seconds(r.replied), head_.names.sources[r.source], r.serial,
                   head_.names.addresses[address], head_.names.sites[r.site], r.number,
                   r.recipients, r.size, reply.code, reply.cause,
                   r.next == kNever ? std::string() : seconds(r.next));
    if (kind_ == LogKind::receiver)
      buffer_ += reply.severity == Severity::accept ? ",received,,,,,," : ",refused,,,,,,";
    end_line();
  }

  void write(const TransportRecord& r) {
    const ReplyInfo& reply = info(r.reply);
    const WorldNames& names = head_.names;
    fmt::format_to(
        std::back_inserter(buffer_), "{},{},{},{},,,,{},,{},{},,{},{},{},{},{},{},{}",
        seconds(r.now), seconds(r.now), names.sources[r.source], r.serial, r.recipients, reply.code,
        reply.cause, ValueType<TransportEvent>::word(r.event), names.systems[r.system],
        r.organisation == TransportRecord::kNone ? std::string()
                                                 : names.organisations[r.organisation],
        r.pool == TransportRecord::kNone ? std::string() : names.pools[r.pool], scl_of(r.filters),
        r.filters.stage == filter::Stage::none ? std::string_view()
                                               : ValueType<filter::Stage>::word(r.filters.stage),
        remarks_on(r));
    end_line();
  }

  void finish() {
    flush();
    if (::fsync(descriptor_) != 0 && errno != EINVAL) throw FileError(part(), "sync", errno);
    if (::close(std::exchange(descriptor_, -1)) != 0) throw FileError(part(), "close", errno);
    if (std::rename(part().c_str(), path_.c_str()) != 0) throw FileError(path_, "rename", errno);
  }

 private:
  std::string part() const { return path_ + ".part"; }

  static std::string scl_of(const FilterRemark& filters) {
    return filters.scl == filter::Verdict::kNoScl ? std::string() : std::to_string(filters.scl);
  }

  /// What else the trace says of a step. Of an erased message it is the line of S4-34.
  static std::string remarks_on(const TransportRecord& r) {
    if (r.event == TransportEvent::deleted) return std::string(filter::kErasedLog);
    std::string remarks;
    const auto add = [&](bool given, std::string_view word) {
      if (given) remarks.append(remarks.empty() ? "" : " ").append(word);
    };
    add(r.bypassed, "filter-bypassed");
    add(r.misplaced, "misplaced");
    add(r.filters.stripped, "malware-replaced");
    add(r.filters.mark == filter::Mark::header, "header-added");
    add(r.filters.mark == filter::Mark::subject, "subject-marked");
    return remarks;
  }

  static std::string seconds(SimTime t) {
    const std::int64_t ns = t.time_since_epoch().count();
    return fmt::format("{}.{:09}", ns / 1'000'000'000, ns % 1'000'000'000);
  }

  void end_line() {
    buffer_ += '\n';
    if (buffer_.size() > 256 * 1024) flush();
  }

  void flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
      const ssize_t n = ::write(descriptor_, rest.data(), rest.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw FileError(part(), "write", errno);
      rest.remove_prefix(static_cast<std::size_t>(n));
    }
    buffer_.clear();
  }

  std::string path_;
  const RunFileHead& head_;
  LogKind kind_;
  std::string buffer_;
  int descriptor_ = -1;
};

namespace {

/// Tells the tally and the logs.
class Tee final : public Recorder {
 public:
  Tee(Tally& tally, AttemptLog* sender, AttemptLog* receiver)
      : tally_(tally), sender_(sender), receiver_(receiver) {}

  void arrived(SimTime now, std::uint32_t source, std::uint64_t recipients) override {
    tally_.arrived(now, source, recipients);
  }
  void released(const ReleaseRecord& record) override { tally_.released(record); }
  void finished(const FinishRecord& record) override { tally_.finished(record); }
  void transported(const TransportRecord& record) override {
    tally_.transported(record);
    if (receiver_ != nullptr) receiver_->write(record);
  }
  void attempted(const AttemptRecord& record) override {
    tally_.attempted(record);
    if (sender_ != nullptr) sender_->write(record);
    if (receiver_ != nullptr && info(record.reply).reaches_transport) receiver_->write(record);
  }

 private:
  Tally& tally_;
  AttemptLog* sender_;
  AttemptLog* receiver_;
};

}  // namespace

AttemptLogs::AttemptLogs(const std::string& sender_log, const std::string& receiver_trace,
                         const RunFileHead& head, Tally& tally)
    : recorder_(&tally) {
  if (!sender_log.empty())
    sender_ = std::make_unique<AttemptLog>(sender_log, head, LogKind::sender);
  if (!receiver_trace.empty())
    receiver_ = std::make_unique<AttemptLog>(receiver_trace, head, LogKind::receiver);
  if (sender_ == nullptr && receiver_ == nullptr) return;
  tee_ = std::make_unique<Tee>(tally, sender_.get(), receiver_.get());
  recorder_ = tee_.get();
}

AttemptLogs::~AttemptLogs() = default;

void AttemptLogs::finish() {
  if (sender_ != nullptr) sender_->finish();
  if (receiver_ != nullptr) receiver_->finish();
}

}  // namespace weir::experiments
