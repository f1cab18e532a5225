#include "experiments/sweep/where.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/core.h>

#include "experiments/scenario/measure.h"

namespace weir::experiments {
namespace {

enum class Type : std::uint8_t { truth, number, duration, rate, share, bytes, word };

constexpr std::string_view name_of(Type type) {
  switch (type) {
    case Type::truth:
      return "true or false";
    case Type::number:
      return "a number";
    case Type::duration:
      return "a duration";
    case Type::rate:
      return "a rate";
    case Type::share:
      return "a share";
    case Type::bytes:
      return "a size";
    case Type::word:
      return "a word";
  }
  return "";
}

/// A value of the expression: durations in ns, rates by ns.
struct Value {
  Type type = Type::truth;
  double number = 0;  // truth: 0 or 1
  std::string word;
};

/// But for the last bits: "500/h" and "12000/d" are the same rate.
bool same(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b));
}

Value truth(bool holds) { return {Type::truth, holds ? 1.0 : 0.0, {}}; }

Value value_of_measure(const Measure& m) {
  switch (m.kind) {
    case Measure::Kind::duration:
      return {Type::duration, m.value, {}};
    case Measure::Kind::rate:
      return {Type::rate, m.value / static_cast<double>(m.period.count()), {}};
    case Measure::Kind::share:
      return {Type::share, m.value, {}};
    case Measure::Kind::bytes:
      return {Type::bytes, m.value, {}};
    case Measure::Kind::number:
    case Measure::Kind::whole:
      break;
  }
  return {Type::number, m.value, {}};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads and evaluates in one pass, from the loosest operator to the tightest.
class Evaluation {
 public:
  Evaluation(std::string_view text, const FactorValue& value_of)
      : text_(text), value_of_(value_of) {}

  bool result() {
    const Value value = either();
    skip_blanks();
    if (at_ < text_.size()) fail(at_, "expected an operator, such as `and` or `<=`");
    require(value, Type::truth, 0);
    return value.number != 0;
  }

 private:
  [[noreturn]] static void fail(std::size_t at, const std::string& what) {
    throw WhereError(at + 1, what);
  }

  static void require(const Value& value, Type type, std::size_t at) {
    if (value.type != type)
      fail(at, fmt::format("expected {}, and this is {}", name_of(type), name_of(value.type)));
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'))
      ++at_;
  }

  bool take(std::string_view token) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    const std::size_t end = at_ + token.size();
    const bool is_word = is_letter(token.front());
    if (is_word && end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end])))
      return false;
    at_ = end;
    return true;
  }

  Value either() {
    Value left = both();
    for (std::size_t at = at_; take("or"); at = at_) {
      require(left, Type::truth, at);
      const Value right = both();
      require(right, Type::truth, at);
      left = truth(left.number != 0 || right.number != 0);
    }
    return left;
  }

  Value both() {
    Value left = negation();
    for (std::size_t at = at_; take("and"); at = at_) {
      require(left, Type::truth, at);
      const Value right = negation();
      require(right, Type::truth, at);
      left = truth(left.number != 0 && right.number != 0);
    }
    return left;
  }

  Value negation() {
    skip_blanks();
    const std::size_t at = at_;
    if (!take("not")) return comparison();
    const Value value = negation();
    require(value, Type::truth, at);
    return truth(value.number == 0);
  }

  Value comparison() {
    Value left = sum();
    skip_blanks();
    const std::size_t at = at_;
    for (const std::string_view sign : {"<=", ">=", "!=", "==", "<", ">", "="})
      if (take(sign)) return truth(compare(left, sum(), sign, at));
    return left;
  }

  static bool compare(const Value& left, const Value& right, std::string_view sign,
                      std::size_t at) {
    if (left.type != right.type)
      fail(at, fmt::format("{} is compared with {}: write both in the same unit, a duration as "
                           "\"24 h\" with its quotes",
                           name_of(left.type), name_of(right.type)));
    const bool equal = same(left.number, right.number) && left.word == right.word;
    if (sign == "=" || sign == "==") return equal;
    if (sign == "!=") return !equal;
    if (left.type == Type::word || left.type == Type::truth)
      fail(at, fmt::format("{} has no order: compare by = or !=", name_of(left.type)));
    const bool below = left.number < right.number && !equal;
    if (sign == "<") return below;
    if (sign == "<=") return below || equal;
    return sign == ">" ? !below && !equal : !below;
  }

  Value sum() {
    Value left = product();
    while (true) {
      skip_blanks();
      const std::size_t at = at_;
      const bool plus = take("+");
      if (!plus && !take("-")) return left;
      const Value right = product();
      if (left.type != right.type || left.type == Type::word || left.type == Type::truth)
        fail(at, fmt::format("{} and {} have no sum", name_of(left.type), name_of(right.type)));
      left.number += plus ? right.number : -right.number;
    }
  }

  Value product() {
    Value left = single();
    while (true) {
      skip_blanks();
      const std::size_t at = at_;
      if (take("*")) {
        left = times(left, single(), at);
      } else if (take("/")) {
        left = by(left, single(), at);
      } else {
        return left;
      }
    }
  }

  static bool is_quantity(const Value& v) { return v.type != Type::word && v.type != Type::truth; }

  static Value times(const Value& a, const Value& b, std::size_t at) {
    const double product = a.number * b.number;
    for (const Type plain : {Type::share, Type::number}) {  // a tenth of 90,000 is a number
      if (a.type == plain && is_quantity(b)) return {b.type, product, {}};
      if (b.type == plain && is_quantity(a)) return {a.type, product, {}};
    }
    const bool volume = (a.type == Type::rate && b.type == Type::duration) ||
                        (a.type == Type::duration && b.type == Type::rate);
    if (volume) return {Type::number, product, {}};
    fail(at, fmt::format("{} and {} have no product", name_of(a.type), name_of(b.type)));
  }

  static Value by(const Value& a, const Value& b, std::size_t at) {
    if (b.number == 0 && is_quantity(b)) fail(at, "a division by zero");
    const double quotient = a.number / b.number;
    if (b.type == Type::number && is_quantity(a)) return {a.type, quotient, {}};
    if (a.type == b.type && is_quantity(a)) return {Type::number, quotient, {}};
    if (a.type == Type::number && b.type == Type::rate) return {Type::duration, quotient, {}};
    if (a.type == Type::number && b.type == Type::duration) return {Type::rate, quotient, {}};
    fail(at, fmt::format("{} cannot be divided by {}", name_of(a.type), name_of(b.type)));
  }

  Value single() {
    skip_blanks();
    const std::size_t at = at_;
    if (take("(")) {
      Value inner = either();
      if (!take(")")) fail(at_, "expected )");
      return inner;
    }
    if (take("-")) {
      Value value = single();
      if (!is_quantity(value)) fail(at, "only a number has a sign");
      value.number = -value.number;
      return value;
    }
    if (take("true")) return truth(true);
    if (take("false")) return truth(false);
    if (at < text_.size() && text_[at] == '"') return quoted();
    if (at < text_.size() && is_digit(text_[at])) return number();
    if (at < text_.size() && is_letter(text_[at])) return factor();
    fail(at, "expected a factor's name, a number, or a value in quotes");
  }

  Value quoted() {
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) fail(at_, "this quote does not end");
    Setting written;
    written.value = std::string(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return value_of_setting(written);
  }

  Value number() {
    double value = 0;
    const auto [end, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc{}) fail(at_, "expected a number");
    const std::size_t at = static_cast<std::size_t>(end - text_.data());
    if (at < text_.size() && is_letter(text_[at]))
      fail(at_, "a value with a unit stands in quotes, such as \"24 h\"");
    at_ = at;
    return {Type::number, value, {}};
  }

  Value factor() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.'))
      ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    const Setting* value = value_of_(name);
    if (value == nullptr)
      fail(begin, fmt::format("'{}' is no factor; a word stands in quotes", name));
    return value_of_setting(*value);
  }

  Value value_of_setting(const Setting& setting) const {
    if (const auto measure = measure_of(setting)) return value_of_measure(*measure);
    if (const bool* flag = std::get_if<bool>(&setting.value)) return truth(*flag);
    if (setting.string() != nullptr) return {Type::word, 0, *setting.string()};
    fail(at_, "a factor whose levels are lists or tables has no value: use its variants' names");
  }

  std::string_view text_;
  const FactorValue& value_of_;
  std::size_t at_ = 0;
};

}  // namespace

WhereError::WhereError(std::size_t column, const std::string& what)
    : std::runtime_error(fmt::format("at its column {}: {}", column, what)) {}

bool holds(const std::string& expression, const FactorValue& value_of) {
  return Evaluation(expression, value_of).result();
}

}  // namespace weir::experiments
