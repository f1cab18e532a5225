#include "experiments/tune/memo.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace weir::experiments {
namespace {

constexpr std::string_view kHead = "weir tune 1 ";
constexpr std::string_view kEnd = " .";  // of a whole line

std::string line_of(const std::string& name, const Numbers& numbers) {
  std::string line = name;
  for (const double number : numbers) line += fmt::format(" {:a}", number);
  return line += kEnd;
}

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw std::runtime_error(fmt::format("{}: {}", path, what));
}

}  // namespace

Memo::Memo(std::string path, const std::string& question, bool resume) : path_(std::move(path)) {
  if (resume) load(question);
  if (!steps_.empty()) return;
  std::remove(path_.c_str());
  append(std::string(kHead) + question);
}

void Memo::load(const std::string& question) {
  std::ifstream file(path_);
  if (!file) fail(path_, "cannot be read, so there is nothing to resume: leave --resume out");
  std::string line;
  if (!std::getline(file, line) || line != std::string(kHead) + question)
    fail(path_,
         "belongs to another scenario, goal or version of weir: leave --resume out to begin anew");
  while (std::getline(file, line)) {
    if (!line.ends_with(kEnd)) break;  // torn: computed again
    std::istringstream words(line.substr(0, line.size() - kEnd.size()));
    std::string name;
    words >> name;
    Numbers& numbers = steps_[name];
    for (std::string word; words >> word;) numbers.push_back(std::strtod(word.c_str(), nullptr));
  }
  file.close();
  std::remove(path_.c_str());
  append(std::string(kHead) + question);
  for (const auto& [name, numbers] : steps_) append(line_of(name, numbers));
}

Numbers Memo::once(const std::string& name, const std::function<Numbers()>& compute) {
  if (const auto known = steps_.find(name); known != steps_.end()) {
    ++looked_up_;
    return known->second;
  }
  const Numbers numbers = compute();
  steps_[name] = numbers;
  if (!path_.empty()) append(line_of(name, numbers));
  return numbers;
}

void Memo::append(const std::string& line) {
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) fail(path_, "cannot be written: name another file with --checkpoint");
  const std::string whole = line + "\n";
  const auto written = ::write(file, whole.data(), whole.size());
  const bool safe = ::fdatasync(file) == 0;
  ::close(file);
  if (written != static_cast<ssize_t>(whole.size()) || !safe)
    fail(path_, "could not be written whole: is the disk full?");
}

void Memo::remove() {
  if (!path_.empty()) std::remove(path_.c_str());
}

}  // namespace weir::experiments
