#include "bench/harness/program.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::bench {
namespace {

TEST(Program, AnswersByName) {
  const Answers found = ask({"printf", "engine: a b\\nns: 12.5\\nno answer\\n"});
  EXPECT_EQ(found.text("engine"), "a b");
  EXPECT_EQ(found.number("ns"), 12.5);
  EXPECT_THROW(found.text("mean"), std::runtime_error);
}

TEST(Program, ThatFailsIsNotAnswered) {
  EXPECT_THROW(ask({"false"}), std::runtime_error);
  EXPECT_THROW(ask({"/nonexistent/program"}), std::runtime_error);
}

TEST(Program, Succeeds) {
  EXPECT_TRUE(succeeds({"true"}));
  EXPECT_FALSE(succeeds({"false"}));
  EXPECT_FALSE(succeeds({"/nonexistent/program"}));
}

}  // namespace
}  // namespace weir::bench
