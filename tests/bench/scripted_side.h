#pragma once
/// A side that takes as long as it is told, and tells what was asked of it.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/harness/side.h"

namespace weir::bench {

struct Script {
  char name = 'a';
  std::vector<double> seconds{1.0};  // of each segment, over and over
  std::uint64_t units = 1;
  std::uint64_t fingerprint = 7;
  std::string problem{};
};

class ScriptedSide final : public Side {
 public:
  ScriptedSide(Script script, std::string* log) : script_(std::move(script)), log_(log) {}

  void warm() override { log_->push_back(static_cast<char>(script_.name - 'a' + 'A')); }
  Segment segment() override {
    log_->push_back(script_.name);
    const double seconds = script_.seconds[segments_++ % script_.seconds.size()];
    return {script_.units, seconds};
  }
  std::uint64_t fingerprint() const override { return script_.fingerprint + segments_; }
  std::string problem() const override { return script_.problem; }
  std::vector<Figure> figures() const override { return {{"segments", double(segments_), ""}}; }

 private:
  Script script_;
  std::string* log_;
  std::uint64_t segments_ = 0;
};

}  // namespace weir::bench
