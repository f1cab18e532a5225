#include "sim/value_type.h"

#include <limits>

#include <gtest/gtest.h>

namespace weir {

enum class Answer { accept, defer, reject };

constexpr std::array<EnumWord<Answer>, 3> words_of(Answer) {
  return {{{Answer::accept, "accept"}, {Answer::defer, "defer"}, {Answer::reject, "reject"}}};
}

namespace {

template <class Value>
Setting setting(Value value) {
  Setting s;
  s.value = std::move(value);
  return s;
}

Setting text(const char* words) { return setting(std::string(words)); }

template <class T>
std::optional<T> parse(const Setting& s) {
  T value{};
  if (!ValueType<T>::parse(s, value)) return std::nullopt;
  return std::optional<T>(std::in_place, value);
}

/// Whether what is printed or echoed of `value` is read back as `value`.
template <class T>
bool survives_the_echo(const T& value) {
  const Setting echo = ValueType<T>::setting(value);
  const std::optional<T> read = parse<T>(echo);
  return read && *read == value && echo.text() == ValueType<T>::text(value);
}

TEST(ValueType, EchoesWhatItReads) {
  EXPECT_TRUE(survives_the_echo(true));
  EXPECT_TRUE(survives_the_echo(std::numeric_limits<std::int64_t>::min()));
  EXPECT_TRUE(survives_the_echo(1.0 / 3.0));
  EXPECT_TRUE(survives_the_echo(1e22));
  EXPECT_TRUE(survives_the_echo(5.0));
  EXPECT_TRUE(survives_the_echo(std::string("a \"word\"\\")));
  EXPECT_TRUE(survives_the_echo(Duration(90min)));
  EXPECT_TRUE(survives_the_echo(Probability{0.003}));
  EXPECT_TRUE(survives_the_echo(Bytes{25'000'000}));
  EXPECT_TRUE(survives_the_echo(Rate<Message>{5, 10s}));
  EXPECT_TRUE(survives_the_echo(Answer::defer));
  EXPECT_TRUE(survives_the_echo(std::vector<Duration>{5min, 10min}));
  EXPECT_TRUE(survives_the_echo(std::vector<Duration>{}));
}

TEST(ValueType, TakesNoBareNumberWhereAUnitIsDue) {
  const Setting number = setting(std::int64_t{24});
  EXPECT_FALSE(parse<Duration>(number));
  EXPECT_FALSE(parse<Rate<Message>>(number));
  EXPECT_FALSE(parse<Probability>(setting(0.3)));
  EXPECT_FALSE(parse<Bytes>(number));
  EXPECT_FALSE(parse<Duration>(text("24")));
}

TEST(ValueType, TakesNoOtherKindOfValue) {
  EXPECT_FALSE(parse<bool>(text("true")));
  EXPECT_FALSE(parse<std::int64_t>(setting(3.0)));
  EXPECT_FALSE(parse<std::int64_t>(text("3")));
  EXPECT_FALSE(parse<std::string>(setting(true)));
  EXPECT_FALSE(parse<double>(text("0.5")));
  EXPECT_FALSE(parse<Answer>(setting(std::int64_t{1})));
  EXPECT_FALSE(parse<std::vector<Duration>>(text("5 min")));
}

TEST(ValueType, ReadsAWholeNumberAsARealOneButNeverNaN) {
  EXPECT_EQ(parse<double>(setting(std::int64_t{3})), 3.0);
  EXPECT_FALSE(parse<double>(setting(std::numeric_limits<double>::quiet_NaN())));
}

TEST(ValueType, RefusesWhatIsNegativeOrNoShare) {
  EXPECT_FALSE(parse<Duration>(text("-1 s")));
  EXPECT_FALSE(parse<Bytes>(text("-1 B")));
  EXPECT_FALSE(parse<Rate<Message>>(text("0/h")));
  EXPECT_FALSE(parse<Probability>(text("100.1 %")));
  EXPECT_FALSE(parse<Probability>(text("-0.1 %")));
  EXPECT_EQ(parse<Probability>(text("100 %")), Probability{1.0});
}

TEST(EnumValue, IsOneOfItsWords) {
  EXPECT_EQ(parse<Answer>(text("defer")), Answer::defer);
  EXPECT_FALSE(parse<Answer>(text("Defer")));
  EXPECT_FALSE(parse<Answer>(text("")));
  EXPECT_EQ(ValueType<Answer>::expected(), R"(one of "accept" "defer" "reject")");
  EXPECT_EQ(ValueType<Answer>::choices(), (std::vector<std::string>{"accept", "defer", "reject"}));
  EXPECT_EQ(ValueType<Answer>::text(Answer::reject), "\"reject\"");
}

TEST(OptionalValue, IsAValueOrNone) {
  using Limit = std::optional<Duration>;
  EXPECT_EQ(parse<Limit>(text("20 min")).value(), Limit(20min));
  EXPECT_EQ(parse<Limit>(text("none")).value(), Limit());
  EXPECT_FALSE(parse<Limit>(text("never")));
  EXPECT_EQ(ValueType<Limit>::text(std::nullopt), "\"none\"");
  EXPECT_EQ(ValueType<Limit>::text(Duration(20min)), "\"20 min\"");
  EXPECT_TRUE(survives_the_echo(Limit(20min)));
  EXPECT_TRUE(survives_the_echo(Limit()));
}

TEST(ListValue, ReadsEveryItemOrNothing) {
  using Waits = std::vector<Duration>;
  const Setting good = setting(SettingList{text("5 min"), text("1 h")});
  EXPECT_EQ(parse<Waits>(good), (Waits{5min, 1h}));
  EXPECT_EQ(ValueType<Waits>::text({5min, 1h}), R"(["5 min", "1 h"])");
  EXPECT_FALSE(parse<Waits>(setting(SettingList{text("5 min"), setting(std::int64_t{60})})));
}

TEST(ListValue, ReplacesTheDefault) {
  std::vector<Duration> waits{1s, 2s, 3s};
  ASSERT_TRUE(ValueType<std::vector<Duration>>::parse(setting(SettingList{text("5 min")}), waits));
  EXPECT_EQ(waits, std::vector<Duration>{5min});
}

TEST(ValueType, TellsJsonItsShape) {
  EXPECT_EQ(ValueType<bool>::shape, ValueShape::boolean);
  EXPECT_EQ(ValueType<std::int64_t>::shape, ValueShape::integer);
  EXPECT_EQ(ValueType<double>::shape, ValueShape::number);
  EXPECT_EQ(ValueType<Duration>::shape, ValueShape::text);
  EXPECT_EQ(ValueType<Answer>::shape, ValueShape::word);
  EXPECT_EQ(ValueType<std::optional<Answer>>::shape, ValueShape::word);
  EXPECT_EQ(ValueType<std::vector<Answer>>::shape, ValueShape::list);
}

}  // namespace
}  // namespace weir
