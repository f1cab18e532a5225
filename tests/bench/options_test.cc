#include "bench/harness/options.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace weir::bench {
namespace {

std::string refusal(const std::vector<const char*>& arguments) {
  try {
    read_options(arguments);
    return "";
  } catch (const UsageError& e) {
    return e.what();
  }
}

TEST(BenchOptions, AreReadInAnyOrder) {
  const std::vector<const char*> given{"--peers", "--json", "out.json",   "--only", "hold",
                                       "--full",  "--list", "--segments", "11"};
  const Options options = read_options(given);
  EXPECT_EQ(options.json, "out.json");
  EXPECT_EQ(options.only, "hold");
  EXPECT_EQ(options.segments, 11);
  EXPECT_TRUE(options.peers && options.full && options.list);
  EXPECT_FALSE(options.tiny || options.help);
}

TEST(BenchOptions, RefusalsNamePlaceReasonAndRemedy) {
  EXPECT_EQ(refusal({"--fulll"}), "no option '--fulll'; --help lists them");
  EXPECT_EQ(refusal({"hold"}), "no option 'hold'; --help lists them");
  EXPECT_EQ(refusal({"--json"}), "--json needs the name of a file behind it");
  EXPECT_EQ(refusal({"--json", "--full"}), "--json needs the name of a file behind it");
  EXPECT_EQ(refusal({"--only", ""}), "--only needs a regular expression behind it");
  EXPECT_EQ(refusal({"--segments", "0"}), "--segments 0: expected a whole number from 1 to 1000");
  EXPECT_EQ(refusal({"--segments", "9x"}), "--segments 9x: expected a whole number from 1 to 1000");
  EXPECT_EQ(refusal({"--full", "--tiny"}),
            "--full and --tiny exclude each other: leave one of them out");
  EXPECT_NE(refusal({"--only", "hold("}).find("--only hold(: not a regular expression"),
            std::string::npos);
}

TEST(BenchOptions, HelpNamesEachOption) {
  for (const char* option :
       {"--only", "--full", "--peers", "--json", "--segments", "--tiny", "--list"})
    EXPECT_NE(help_text().find(option), std::string::npos) << option;
}

}  // namespace
}  // namespace weir::bench
