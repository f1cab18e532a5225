#pragma once
/// What the tests of the log import share: logs written line by line, and a sink that remembers.

#include <algorithm>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/import/byte_source.h"
#include "experiments/import/postfix.h"

namespace weir::experiments::testing {

/// A text as a byte source.
class TextBytes : public ByteSource {
 public:
  explicit TextBytes(std::string text) : text_(std::move(text)) {}

  std::size_t read(std::span<char> room) override {
    const auto count = std::min(room.size(), text_.size() - place_);
    std::memcpy(room.data(), text_.data() + place_, count);
    place_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t place_ = 0;
};

/// Text made piece by piece while it is read; an empty piece is the end.
class GeneratedBytes final : public ByteSource {
 public:
  explicit GeneratedBytes(std::function<std::string()> next) : next_(std::move(next)) {}

  std::size_t read(std::span<char> room) override {
    if (place_ == piece_.size()) {
      piece_ = next_();
      place_ = 0;
    }
    const auto count = std::min(room.size(), piece_.size() - place_);
    std::memcpy(room.data(), piece_.data() + place_, count);
    place_ += count;
    return count;
  }

 private:
  std::function<std::string()> next_;
  std::string piece_;
  std::size_t place_ = 0;
};

/// A trace in memory, each row as "seconds bytes recipients domain sender kind".
class CollectedTrace final : public TraceSink {
 public:
  void begin(const TraceHeader& header) override { start = header.start; }
  void write(const TraceRow& row) override {
    rows.push_back(std::to_string(row.at.time_since_epoch() / std::chrono::seconds{1}) + " " +
                   std::to_string(row.size.count) + " " + std::to_string(row.recipients) + " " +
                   std::string{row.domain} + " " + std::string{row.sender} + " " +
                   (row.kind == TraceKind::message ? "message" : "notice"));
    instants.push_back(row.at);
  }

  std::chrono::sys_seconds start{};
  std::vector<std::string> rows;
  std::vector<SimTime> instants;
};

/// An import of a text and what came out of it.
struct Imported {
  PostfixSummary summary;
  CollectedTrace trace;

  explicit Imported(const std::string& log, const PostfixOptions& options = {}) {
    TextBytes bytes{log};
    summary = import_postfix(bytes, options, trace);
  }
  std::uint64_t skipped(std::string_view reason) const {
    const auto found = summary.skipped.all().find(reason);
    return found == summary.skipped.all().end() ? 0 : found->second;
  }
  bool adds_up() const { return summary.lines == summary.understood + summary.skipped_lines(); }
};

/// Writes a log as Postfix does, line by line.
class LogText {
 public:
  LogText& at(std::string_view stamp) {
    stamp_ = stamp;
    return *this;
  }
  LogText& raw(std::string_view line) {
    text += std::string{line} + "\n";
    return *this;
  }
  LogText& says(std::string_view service, std::string_view words) {
    return raw(stamp_ + " relay postfix/" + std::string{service} + "[7]: " + std::string{words});
  }
  LogText& client(const std::string& id) {
    return says("smtpd", id + ": client=unknown[192.0.2.1]");
  }
  LogText& header(const std::string& id) { return says("cleanup", id + ": message-id=<x@y>"); }
  LogText& queued(const std::string& id, int recipients = 1, const std::string& from = "a@b.c") {
    return says("qmgr", id + ": from=<" + from +
                            ">, size=100, nrcpt=" + std::to_string(recipients) + " (queue active)");
  }
  LogText& attempt(const std::string& id, const std::string& to, const std::string& status,
                   const std::string& comment = "(250 2.0.0 ok)") {
    return says("smtp", id + ": to=<" + to +
                            ">, relay=mx.d.e[192.0.2.2]:25, delay=2, delays=0/0/1/1, dsn=2.0.0, "
                            "status=" +
                            status + " " + comment);
  }
  LogText& removed(const std::string& id) { return says("qmgr", id + ": removed"); }

  /// client, header and queued at once.
  LogText& taken(const std::string& id, int recipients = 1) {
    return client(id).header(id).queued(id, recipients);
  }
  /// A whole life with one recipient, delivered at once.
  LogText& whole(const std::string& id, const std::string& to = "u@d.e") {
    return taken(id).attempt(id, to, "sent").removed(id);
  }

  std::string text;

 private:
  std::string stamp_ = "Nov 22 20:34:23";
};

}  // namespace weir::experiments::testing
