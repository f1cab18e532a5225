#include "analysis/flow/drawing.h"

#include <gtest/gtest.h>

#include "analysis/flow/drawing_style.h"

namespace weir::analysis {
namespace {

/// How often `part` occurs in `text`.
std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

/// A source, a lane with a limit and a site, called `name`.
Network sample(const std::string& name = "eo") {
  Network n{.title = "A & B", .description = "From one source to one site."};
  n.add(Node{.name = "news", .kind = "source", .shape = Shape::rounded, .role = Role::source});
  n.add(Node{.name = "lane", .kind = "lane", .limit = {10.0, "lane.connection_limit"}});
  n.add(Node{.name = name, .kind = "site", .shape = Shape::cylinder, .role = Role::sink});
  n.add(Arc{.from = 0, .to = 1, .label = "50 %"});
  n.add(Arc{.from = 1, .to = 2, .stroke = Stroke::dashed, .tone = Tone::alert});
  n.add(Arc{.from = 1, .to = 1, .label = "retries"});
  return n;
}

TEST(Svg, TellsThoseWhoCannotSeeItWhatItShows) {
  const std::string svg = to_svg(sample());
  EXPECT_EQ(count(svg, "role=\"img\""), 1U);
  EXPECT_EQ(count(svg, "<title>A &amp; B</title>"), 1U);
  EXPECT_EQ(count(svg, "<desc>From one source to one site.</desc>"), 1U);
  EXPECT_EQ(count(svg, "<title>lane (lane): at most 10/s by lane.connection_limit</title>"), 1U);
}

TEST(Svg, EscapesWhateverANameHolds) {
  const std::string svg = to_svg(sample("<b x='1'>&\"\x01"));
  EXPECT_EQ(count(svg, "&lt;b x='1'&gt;&amp;&quot;</text>"), 1U);
  EXPECT_EQ(count(svg, "<b x"), 0U);
  EXPECT_EQ(count(svg, "\x01"), 0U);
}

TEST(Svg, ShowsTheMiddleOfALongNameOnlyInTheTooltip) {
  const std::string name(60, 'x');
  const std::string svg = to_svg(sample(name));
  EXPECT_EQ(count(svg, "<title>" + name + " (site)</title>"), 1U);
  EXPECT_EQ(count(svg, ">" + name + "</text>"), 0U);
}

TEST(Svg, ListsEachKindOnceAndOnlyWhatIsInUse) {
  Network n = sample();
  n.add(Node{.name = "other", .kind = "lane"});
  const std::string svg =
      to_svg(n, {.alert = "narrow", .faint = "idle", .dashed = "", .dotted = "bounces"});
  EXPECT_EQ(count(svg, ">source</text>"), 1U);
  EXPECT_EQ(count(svg, ">narrow</text>"), 1U);
  EXPECT_EQ(count(svg, ">idle</text>") + count(svg, ">bounces</text>"), 0U);
}

TEST(Svg, IsTheSameEveryTime) { EXPECT_EQ(to_svg(sample()), to_svg(sample())); }

TEST(Svg, OfAnEmptyNetworkIsAPictureToo) { EXPECT_EQ(count(to_svg({}), "</svg>"), 1U); }

TEST(Dot, NamesNodesByNumberAndQuotesTexts) {
  EXPECT_EQ(to_dot(sample("a\"b\\c")),
            R"(digraph "A & B" {
  graph [rankdir=LR, label="A & B", labelloc=t, fontname="sans-serif"];
  node [fontname="sans-serif", fontsize=11];
  edge [fontname="sans-serif", fontsize=9];
  n0 [label="news", tooltip="source", shape=box, style="filled,rounded",)"
            R"( fillcolor="#e3eefb", color="#2b5d93"];
  n1 [label="lane", tooltip="lane, at most 10/s by lane.connection_limit", shape=box,)"
            R"( style=filled, fillcolor="#e6f4ea", color="#2e6b43"];
  n2 [label="a\"b\\c", tooltip="site", shape=cylinder, style=filled,)"
            R"( fillcolor="#fdf1d8", color="#8a6116"];
  n0 -> n1 [color="#5f6b78", style=solid, label="50 %"];
  n1 -> n2 [color="#b3261e", style=dashed, penwidth=2];
  n1 -> n1 [color="#5f6b78", style=solid, label="retries"];
}
)");
}

TEST(DrawingStyle, ShortensByCharactersNotByBytes) {
  EXPECT_EQ(shortened("äöüäöü", 6), "äöüäöü");
  EXPECT_EQ(shortened("äöüäöü", 5), "äö…öü");
  EXPECT_EQ(width_of("ä", 10.0), 10.0);
}

TEST(DrawingStyle, WritesARateInTheUnitThatSuitsIt) {
  EXPECT_EQ(rate_text(2.5), "2.5/s");
  EXPECT_EQ(rate_text(0.5), "30/min");
  EXPECT_EQ(rate_text(9'000.0 / 86'400.0), "6.25/min");
  EXPECT_EQ(rate_text(60.0 / 86'400.0), "2.5/h");
  EXPECT_EQ(rate_text(0.5 / 86'400.0), "0.5/d");
}

}  // namespace
}  // namespace weir::analysis
