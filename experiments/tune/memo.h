#pragma once
/// What a long computation has found so far, so that it can go on where it was killed.
///
/// A tuning is a chain of steps, each a function of those before. Its memo keeps the numbers of
/// each step under the step's name, a durable line each; going on means to run through the chain
/// again and to look up what is known. The file belongs to one question: its first line says which.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace weir::experiments {

using Numbers = std::vector<double>;

class Memo {
 public:
  /// Keeps nothing beyond the process.
  Memo() = default;

  /// `question` is a digest of all that decides the numbers. With `resume` the file's lines are
  /// taken over, a torn last one dropped; without, it begins anew. Throws std::runtime_error when
  /// the file cannot be written, or belongs to another question.
  Memo(std::string path, const std::string& question, bool resume);

  /// The numbers of step `name`: as known, or computed now and kept.
  Numbers once(const std::string& name, const std::function<Numbers()>& compute);

  std::uint64_t known() const { return looked_up_; }  // steps that were not computed again

  /// Takes the file away: the answer has been given.
  void remove();

 private:
  void load(const std::string& question);
  void append(const std::string& line);

  std::string path_;
  std::map<std::string, Numbers> steps_;
  std::uint64_t looked_up_ = 0;
};

}  // namespace weir::experiments
