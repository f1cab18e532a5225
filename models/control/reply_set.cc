#include "models/control/reply_set.h"

#include <locale>
#include <optional>
#include <regex>

namespace weir::control {
namespace {

std::optional<std::regex> compile(const std::string& pattern, std::string& why) {
  std::regex regex;
  regex.imbue(std::locale::classic());
  try {
    regex.assign(pattern, std::regex::ECMAScript);
  } catch (const std::regex_error& error) {
    why = error.what();
    return std::nullopt;
  }
  return regex;
}

}  // namespace

ReplySet refusals_matching(const std::string& pattern, const Place& place, const std::string& path,
                           Problems& problems) {
  ReplySet set;
  std::string why;
  const auto regex = compile(pattern, why);
  if (!regex) {
    Setting written;
    written.value = pattern;
    problems.push_back({place, path, written.text(),
                        "not a regular expression that is understood here (" + why +
                            "): write it as ECMAScript does, without (?i), look-behind or "
                            "possessive quantifiers"});
    return set;
  }
  for (const ReplyInfo& reply : all_replies()) {
    if (reply.severity == Severity::accept) continue;
    const std::string line = std::string(reply.code) + " " + std::string(reply.text);
    if (std::regex_search(line, *regex)) set.set(static_cast<std::size_t>(reply.reply));
  }
  return set;
}

ReplySet refusals_matching(const Setting& patterns, const std::string& path, Problems& problems) {
  if (const std::string* one = patterns.string())
    return refusals_matching(*one, patterns.place, path, problems);
  ReplySet set;
  const SettingList* list = patterns.list();
  if (list == nullptr || list->empty()) {
    problems.push_back({patterns.place, path, patterns.text(),
                        "expected a regular expression in quotes, or a list of them"});
    return set;
  }
  for (const Setting& item : *list) {
    if (item.list() != nullptr) {
      problems.push_back(
          {item.place, path, item.text(), "expected a regular expression in quotes"});
    } else {
      set |= refusals_matching(item, path, problems);
    }
  }
  return set;
}

}  // namespace weir::control
