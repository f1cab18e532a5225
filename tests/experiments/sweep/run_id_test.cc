// A run's id changes with what decides its result, and with nothing else.

#include "experiments/sweep/run_id.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "experiments/scenario/document.h"
#include "experiments/sweep/sha256.h"

namespace weir::experiments {
namespace {

const std::string kPlainScenario = R"(
title = "one"
horizon = "2 d"
[source.mail]
arrivals = { model = "poisson", rate = "20/h" }
[address.new]
[site.s.throttle.ip]
model = "history-window"
probation = { dist = "lognormal", median = "300/d", sigma = 0.5 }
)";

std::string content(const std::string& text) {
  FileDigests files;
  const Document document = parse_document(text, "s.toml");
  EXPECT_TRUE(document.problems.empty());
  return content_digest(document.root, files);
}

std::string with(const std::string& old, const std::string& fresh) {
  std::string text = kPlainScenario;
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return content(text.replace(at, old.size(), fresh));
}

TEST(Sha256, GivesTheKnownAnswers) {  // FIPS 180-4 examples; lengths about a block by sha256sum
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(55, 'a')),
            "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  EXPECT_EQ(sha256(std::string(64, 'a')),
            "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(RunId, IsTheSameHoweverTheScenarioIsWritten) {
  const std::string same = content(kPlainScenario);
  EXPECT_EQ(with("title = \"one\"", "title = \"another\""), same) << "a name decides nothing";
  EXPECT_EQ(with("horizon = \"2 d\"", "horizon = \"48 h\""), same);
  EXPECT_EQ(with("horizon", "# a remark\nhorizon"), same);
  EXPECT_EQ(with("[address.new]", "[lane]\nconnection_limit = 20\n[address.new]"), same)
      << "a default that is written out";
}

TEST(RunId, ChangesWithTheScenario) {
  const std::string one = content(kPlainScenario);
  EXPECT_NE(with("2 d", "3 d"), one);
  EXPECT_NE(with("[address.new]", "[lane]\nconnection_limit = 1\n[address.new]"), one);
  EXPECT_NE(with("sigma = 0.5", "sigma = 0.6"), one) << "the median is the same";
  EXPECT_NE(with("{ dist = \"lognormal\", median = \"300/d\", sigma = 0.5 }", "\"300/d\""), one);
}

TEST(RunId, ChangesWithSeedReceiverTrafficAndSources) {
  const std::string content = sha256("a scenario");
  const std::string one = run_id(content, {1, 2, 3}, "sources");
  EXPECT_EQ(one.size(), 32U);
  EXPECT_EQ(run_id(content, {1, 2, 3}, "sources"), one);
  EXPECT_NE(run_id(content, {2, 1, 3}, "sources"), one);
  EXPECT_NE(run_id(content, {1, 3, 2}, "sources"), one);
  EXPECT_NE(run_id(content, {1, 2, 4}, "sources"), one);
  EXPECT_NE(run_id(content, {1, 2, 3}, "other sources"), one);
  EXPECT_NE(run_id(sha256("another"), {1, 2, 3}, "sources"), one);
}

TEST(RunId, TheProgramKnowsItsSources) {
  EXPECT_EQ(source_digest().size(), 64U);
  EXPECT_EQ(source_digest().find_first_not_of("0123456789abcdef"), std::string_view::npos);
}

TEST(RunId, ChangesWithWhatStandsInAFileAndNotWithItsPlace) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("weir-run-id-" + std::to_string(::getpid()));
  const std::string begin = R"(
horizon = "2 d"
[source.mail]
arrivals = { model = "campaign", messages = 30 }
plan = "p"
[address.new]
[site.s]
[plan.p]
model = "table"
)";
  const auto digest_in = [&](const char* place, const std::string& rows) {
    fs::create_directories(folder / place);
    const std::string name = std::string("days-") + place + ".csv";
    std::ofstream(folder / place / name) << rows;
    std::ofstream(folder / place / "s.toml") << begin << "file = \"" << name << "\"\n";
    const Document document = load_document((folder / place / "s.toml").string());
    FileDigests files;
    return content_digest(document.root, files);
  };
  const std::string one = digest_in("a", "day,messages\n1,10\n2,20\n");
  EXPECT_EQ(digest_in("b", "day,messages\n1,10\n2,20\n"), one);
  EXPECT_NE(digest_in("c", "day,messages\n1,11\n2,20\n"), one);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace weir::experiments
