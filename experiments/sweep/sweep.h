#pragma once
/// A sweep: an experiment and the folder in which its runs are kept.
///
///   FOLDER/sweep.toml        the scenario with its experiment, complete: extends, --set, seed
///   FOLDER/journal/*.journal one line a finished run (journal.h)
///
/// All that a process must know to take part stands there: who resumes, merges or works reads the
/// folder and nothing else.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "experiments/sweep/design.h"
#include "experiments/sweep/run_id.h"

namespace weir::experiments {

class Sweep {
 public:
  /// REQUIRES: the design is that of the root, without problems.
  Sweep(Setting root, Design design);

  const Setting& root() const { return root_; }
  const Design& design() const { return design_; }

  /// Of run `number`, in [0, design().runs()).
  std::size_t point_of(std::uint64_t number) const {
    return static_cast<std::size_t>(number / design_.replications);
  }
  std::uint64_t replication_of(std::uint64_t number) const { return number % design_.replications; }
  std::uint64_t receiver_of(std::uint64_t number) const {
    return replication_of(number) / design_.traffics;
  }
  std::uint64_t traffic_of(std::uint64_t number) const {
    return replication_of(number) % design_.traffics;
  }

  /// The scenario of the run's point, its key and its id. Each costs the building of a scenario
  /// when the point is another than the last time.
  const Setting& scenario_of(std::uint64_t number);
  RunKey key_of(std::uint64_t number);
  std::string id_of(std::uint64_t number);

 private:
  struct Point {
    std::size_t index = ~std::size_t{0};
    Setting scenario;
    std::string content;  // its digest, when somebody asked
  };

  const std::string& content_of(std::uint64_t number);

  Setting root_;
  Design design_;
  FileDigests files_;
  Point last_;
};

/// The experiment in the scenario `root`, each of its points sound. `seed` wins over the
/// experiment's own. What is wrong goes to `problems`.
Sweep make_sweep(const Setting& root, std::optional<std::uint64_t> seed, Problems& problems);

/// Writes FOLDER/sweep.toml, and the folders it needs; the names of files are made relative to the
/// folder. False when another sweep stood there, which is replaced. Throws std::runtime_error.
bool save_sweep(const Sweep& sweep, const std::filesystem::path& folder);

/// A digest of FOLDER/sweep.toml, by which a child sees that it is still the one it was begun for.
std::string sweep_digest(const std::filesystem::path& folder);

/// Reads it back. Throws std::runtime_error, which says what there is instead.
Sweep load_sweep(const std::filesystem::path& folder);

}  // namespace weir::experiments
