#pragma once
/// Runs that are made by another process, so that their resident size is their own.

#include <cstdint>
#include <string>

#include "bench/harness/side.h"

namespace weir::bench::mail {

/// What such a run tells of itself.
struct RunApart {
  std::uint64_t units;    // of work: messages, or attempts where all of them wait
  double ns;              // of a unit, processor time, without building the scenario
  double resident_bytes;  // at most
};

/// `kind`: warmup, in-flight, waiting, addresses or sites. Throws std::runtime_error when the
/// result is wrong.
RunApart run_apart(const std::string& kind, std::uint64_t n);

/// A segment is `times` such runs.
class RunsApart final : public Side {
 public:
  RunsApart(std::string kind, std::uint64_t n, int times)
      : kind_(std::move(kind)), n_(n), times_(times) {}

  Segment segment() override;
  std::uint64_t fingerprint() const override { return 0; }
  std::vector<Figure> figures() const override {
    return {{"resident size", resident_bytes_ / 1e6, "MB"}};
  }

 private:
  std::string kind_;
  std::uint64_t n_;
  int times_;
  double resident_bytes_ = 0;  // of the largest
};

}  // namespace weir::bench::mail
