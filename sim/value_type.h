#pragma once
/// How each type of parameter is written in a scenario: one specialisation a type.
///
/// ValueType<T> has: parse(setting, out) (false when it is no T), expected() (words for messages),
/// text(value) (as TOML), setting(value), shape and choices() (for the JSON schema).
/// An enum becomes a parameter type by `constexpr std::array words_of(E)`, found by its namespace:
/// an array of EnumWord<E>.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/quantity.h"
#include "sim/setting.h"
#include "sim/units.h"

namespace weir {

/// What JSON can check of a value.
enum class ValueShape { boolean, integer, number, text, word, list };

template <class E>
struct EnumWord {
  E value;
  std::string_view word;
};

template <class T>
struct ValueType;

namespace detail {

/// A value that is written as a string with a unit in it.
template <class T>
struct UnitText {
  static constexpr ValueShape shape = ValueShape::text;
  static std::vector<std::string> choices() { return {}; }
  static std::string text(const T& v) { return "\"" + to_text(v) + "\""; }
  static Setting setting(const T& v) {
    Setting s;
    s.value = to_text(v);
    return s;
  }
};

/// A value that TOML has itself.
template <class T, ValueShape kShape>
struct Native {
  static constexpr ValueShape shape = kShape;
  static std::vector<std::string> choices() { return {}; }
  static Setting setting(const T& v) {
    Setting s;
    s.value = v;
    return s;
  }
  static std::string text(const T& v) { return setting(v).text(); }
  static bool parse(const Setting& s, T& out) {
    const T* v = std::get_if<T>(&s.value);
    if (v != nullptr) out = *v;
    return v != nullptr;
  }
};

template <class Parsed, class T>
bool assign(const std::optional<Parsed>& parsed, T& out) {
  if (parsed) out = T{*parsed};
  return parsed.has_value();
}

}  // namespace detail

template <>
struct ValueType<bool> : detail::Native<bool, ValueShape::boolean> {
  static std::string expected() { return "true or false"; }
};

template <>
struct ValueType<std::int64_t> : detail::Native<std::int64_t, ValueShape::integer> {
  static std::string expected() { return "a whole number"; }
};

template <>
struct ValueType<std::string> : detail::Native<std::string, ValueShape::text> {
  static std::string expected() { return "a text in quotes"; }
};

template <>
struct ValueType<double> : detail::Native<double, ValueShape::number> {
  static std::string expected() { return "a number"; }
  static bool parse(const Setting& s, double& out) {
    if (const auto* whole = std::get_if<std::int64_t>(&s.value)) {
      out = static_cast<double>(*whole);
      return true;
    }
    return Native::parse(s, out) && out == out;  // NaN is no number
  }
};

template <>
struct ValueType<Duration> : detail::UnitText<Duration> {
  static std::string expected() { return "a duration with its unit, such as \"20 min\""; }
  static bool parse(const Setting& s, Duration& out) {
    return s.string() != nullptr && detail::assign(parse_duration(*s.string()), out) &&
           out >= Duration::zero();
  }
};

template <>
struct ValueType<Probability> : detail::UnitText<Probability> {
  static std::string expected() { return "a share from 0 % to 100 %, such as \"0.3 %\""; }
  static bool parse(const Setting& s, Probability& out) {
    return s.string() != nullptr && detail::assign(parse_share(*s.string()), out) &&
           out.value >= 0.0 && out.value <= 1.0;
  }
};

template <>
struct ValueType<Bytes> : detail::UnitText<Bytes> {
  static std::string expected() { return "a size with its unit, such as \"25 MB\""; }
  static bool parse(const Setting& s, Bytes& out) {
    return s.string() != nullptr && detail::assign(parse_bytes(*s.string()), out) && out.count >= 0;
  }
};

template <class Thing>
struct ValueType<Rate<Thing>> : detail::UnitText<Rate<Thing>> {
  static std::string expected() { return "a rate above zero, such as \"500/h\""; }
  static bool parse(const Setting& s, Rate<Thing>& out) {
    if (s.string() == nullptr) return false;
    const auto rate = parse_rate(*s.string());
    if (!rate || rate->count <= 0) return false;
    out = {rate->count, rate->period};
    return true;
  }
};

/// A value or the word "none".
template <class T>
struct ValueType<std::optional<T>> {
  static constexpr ValueShape shape = ValueType<T>::shape;
  static std::vector<std::string> choices() { return ValueType<T>::choices(); }
  static std::string expected() { return ValueType<T>::expected().append(", or \"none\""); }
  static std::string text(const std::optional<T>& v) {
    return v ? ValueType<T>::text(*v) : "\"none\"";
  }
  static Setting setting(const std::optional<T>& v) {
    return v ? ValueType<T>::setting(*v) : ValueType<std::string>::setting("none");
  }
  static bool parse(const Setting& s, std::optional<T>& out) {
    out.reset();
    if (s.string() != nullptr && *s.string() == "none") return true;
    T value{};
    if (!ValueType<T>::parse(s, value)) return false;
    out = value;
    return true;
  }
};

template <class T>
struct ValueType<std::vector<T>> {
  static constexpr ValueShape shape = ValueShape::list;
  static std::vector<std::string> choices() { return {}; }
  static std::string expected() { return "a list; each item: " + ValueType<T>::expected(); }
  static std::string text(const std::vector<T>& v) { return setting(v).text(); }
  static Setting setting(const std::vector<T>& v) {
    SettingList items;
    for (const T& item : v) items.push_back(ValueType<T>::setting(item));
    Setting s;
    s.value = std::move(items);
    return s;
  }
  static bool parse(const Setting& s, std::vector<T>& out) {
    if (s.list() == nullptr) return false;
    out.clear();
    for (const Setting& item : *s.list())
      if (!ValueType<T>::parse(item, out.emplace_back())) return false;
    return true;
  }
};

/// One word out of a closed list.
template <class E>
  requires std::is_enum_v<E>
struct ValueType<E> {
  static constexpr ValueShape shape = ValueShape::word;
  static std::vector<std::string> choices() {
    std::vector<std::string> all;
    for (const auto& [value, word] : words_of(E{})) all.emplace_back(word);
    return all;
  }
  static std::string expected() {
    std::string text = "one of";
    for (const std::string& word : choices()) text += " \"" + word + "\"";
    return text;
  }
  static std::string_view word(E e) {
    for (const auto& [value, word] : words_of(E{}))
      if (value == e) return word;
    return "?";
  }
  static std::string text(E e) { return "\"" + std::string(word(e)) + "\""; }
  static Setting setting(E e) { return ValueType<std::string>::setting(std::string(word(e))); }
  static bool parse(const Setting& s, E& out) {
    if (s.string() == nullptr) return false;
    for (const auto& [value, word] : words_of(E{}))
      if (word == *s.string()) {
        out = value;
        return true;
      }
    return false;
  }
};

}  // namespace weir
