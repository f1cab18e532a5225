// Every model that a scenario can name is part of some golden result.

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "models/control/controller.h"
#include "models/plan/curve.h"
#include "models/recipients/sampler.h"
#include "models/retry/schedule.h"
#include "models/selection/selection.h"
#include "models/size/sampler.h"
#include "models/source/source.h"
#include "models/throttle/policy.h"

namespace weir {
namespace {

std::string golden_texts() {
  std::ostringstream text;
  for (const char* name : {"limits", "plans", "receivers", "replay"})
    text << std::ifstream(std::string("tests/golden/") + name + ".toml").rdbuf();
  return text.str();
}

/// A model that stands for a scenario's silence needs no mention.
template <class Entry>
void expect_named(std::span<const Entry* const> catalogue, std::string_view fallback) {
  const std::string texts = golden_texts();
  ASSERT_FALSE(texts.empty());
  for (const Entry* entry : catalogue)
    EXPECT_TRUE(entry->name == fallback ||
                texts.find('"' + std::string(entry->name) + '"') != std::string::npos)
        << entry->name << " is in no scenario of tests/golden/: add it to one and run --update";
}

TEST(Golden, NamesEveryModel) {
  expect_named(source::catalogue(), "");
  expect_named(size::catalogue(), "lognormal-pareto");
  expect_named(recipients::catalogue(), "fixed");
  expect_named(selection::catalogue(), "");
  expect_named(plan::catalogue(), "");
  expect_named(retry::catalogue(), "");
  expect_named(throttle::catalogue(), "");
  expect_named(control::catalogue(), "pause");
}

}  // namespace
}  // namespace weir
