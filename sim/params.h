#pragma once
/// Parameters described once: key, default, unit, bounds, words and source.
///
/// A parameter struct lists its fields in a static `describe(field)`. All else is derived from that
/// list: the scenario reader, `weir explain`, the generated reference, the JSON schema and the echo
/// of the effective values in each result. Default = member initialiser, unit = member type:
///
///   struct Params {
///     Rate<Message> rate{500, 1h};
///     static void describe(auto field) {
///       field("rate", &Params::rate, "Long-run rate at which ...", Source{"S4-57"});
///     }
///   };
///
/// Optional attributes behind the words: Bounds{low, high} (inclusive) and Source{"..."}; a
/// parameter without a Source is a fact of the user's own system. Cross-field rules go into an
/// optional `static void check(const Params&, const ParamsPlace&)`.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "sim/setting.h"
#include "sim/value_type.h"

namespace weir {

template <class T>
struct Bounds {
  T low, high;
};

/// Where a default comes from: a rule id, a document, or "assumption: ..." with its ground.
struct Source {
  std::string_view text;
};

/// Everything there is to tell about one parameter, as text.
struct ParameterInfo {
  std::string key;
  std::string kind;  // what is expected, e.g. `a duration such as "20 min"`
  ValueShape shape = ValueShape::text;
  std::vector<std::string> choices;  // for words out of a closed list
  std::string fallback;              // the default as TOML
  std::string low, high;             // as TOML; empty when unbounded
  std::string words;
  std::string source;
};

/// Where a params struct is read from, for messages, and where problems go.
struct ParamsPlace {
  const Setting& table;
  std::string path;
  Problems& problems;
  /// Reports a problem with `key`, or with the table itself when it has no such key.
  void report(std::string_view key, std::string message) const;
};

/// Reports keys of `table` that are not among `known`.
void report_unknown_keys(const ParamsPlace& at, const std::vector<std::string>& known);

namespace detail {

template <class T>
void apply_bounds(T& value, const Setting& from, std::string_view key, const ParamsPlace& at,
                  const Bounds<T>& bounds) {
  if (!(value < bounds.low) && !(bounds.high < value)) return;
  if (from.drawn) {
    value = std::clamp(value, bounds.low, bounds.high);
    return;
  }
  at.report(key, "must lie between " + ValueType<T>::text(bounds.low) + " and " +
                     ValueType<T>::text(bounds.high));
}
template <class T>
void apply_bounds(T&, const Setting&, std::string_view, const ParamsPlace&, const Source&) {}

template <class T>
void describe_attribute(ParameterInfo& info, const Bounds<T>& bounds) {
  info.low = ValueType<T>::text(bounds.low);
  info.high = ValueType<T>::text(bounds.high);
}
template <class T>
void describe_attribute(ParameterInfo& info, const Source& source) {
  info.source = source.text;
}

}  // namespace detail

/// Adds the keys of P, in the order of `describe`.
template <class P>
void add_keys(std::vector<std::string>& keys) {
  P::describe([&](std::string_view key, const auto&...) { keys.emplace_back(key); });
}

/// Reads the described fields of `at.table` into a P. Bad values and, unless `other_keys` allows
/// them, unknown keys become problems; none stops the reading.
template <class P>
P read_params(const ParamsPlace& at, std::vector<std::string> other_keys = {}) {
  P params;
  const std::size_t problems_before = at.problems.size();
  P::describe([&]<class T>(std::string_view key, T P::*member, std::string_view,
                           const auto&... attributes) {
    const Setting* given = at.table.find(key);
    if (given == nullptr) return;
    if (!ValueType<T>::parse(*given, params.*member)) {
      at.report(key, "expected " + ValueType<T>::expected());
      return;
    }
    (detail::apply_bounds<T>(params.*member, *given, key, at, attributes), ...);
  });
  add_keys<P>(other_keys);
  report_unknown_keys(at, other_keys);
  if constexpr (requires { P::check(params, at); })
    if (at.problems.size() == problems_before) P::check(params, at);
  return params;
}

/// The description of every parameter of P, in the order of `describe`.
template <class P>
std::vector<ParameterInfo> describe_params() {
  std::vector<ParameterInfo> all;
  const P defaults;
  P::describe([&]<class T>(std::string_view key, T P::*member, std::string_view words,
                           const auto&... attributes) {
    ParameterInfo info;
    info.key = key;
    info.kind = ValueType<T>::expected();
    info.shape = ValueType<T>::shape;
    info.choices = ValueType<T>::choices();
    info.fallback = ValueType<T>::text(defaults.*member);
    info.words = words;
    (detail::describe_attribute<T>(info, attributes), ...);
    all.push_back(std::move(info));
  });
  return all;
}

/// The effective values of `params` as settings, for the echo in results.
template <class P>
Setting echo_params(const P& params) {
  Setting table = make_table();
  P::describe([&]<class T>(std::string_view key, T P::*member, std::string_view, const auto&...) {
    table.set(key, ValueType<T>::setting(params.*member));
  });
  return table;
}

}  // namespace weir
