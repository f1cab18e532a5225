#include "tests/laws/generated_graph.h"

#include <cmath>
#include <optional>
#include <random>

#include <fmt/core.h>

namespace weir::testing {
namespace {

enum class Kind : std::uint8_t { connections, rate, throttle, servers };
constexpr std::uint64_t kKinds = 4;

/// Of every second four graphs none has a place that is narrow by design.
std::optional<Kind> narrow_kind(std::uint64_t number) {
  if (number % (2 * kKinds) >= kKinds) return std::nullopt;
  return static_cast<Kind>(number % kKinds);
}

class Generator {
 public:
  Generator(std::uint64_t number, double speed, double messages)
      : draw_(number * 7'919 + 17), speed_(speed), narrow_(narrow_kind(number)) {
    sources_ = 1 + below(3);
    sites_ = 1 + below(3);
    systems_ = narrow_ == Kind::servers ? 1 + below(2) : below(3);
    for (std::uint64_t i = 0; i < sources_; ++i)
      total_ += weight_.emplace_back(0.02 * (1.0 + 4.0 * real()));
    horizon_ = messages / (total_ * speed);
  }

  std::string text() {
    text_ = fmt::format("horizon = \"{:.0f} s\"\n", horizon_);
    for (std::uint64_t i = 0; i < systems_; ++i) add_system(i);
    for (std::uint64_t i = 0; i < sites_; ++i) add_site(fmt::format("end{}", i));
    for (std::uint64_t i = 0; i < sources_; ++i) add_source(i);
    if (one_in(3)) text_ += "[notices]\nto = \"end0\"\n";
    return text_;
  }

 private:
  // The standard library's engine is the same everywhere; its distributions are not.
  std::uint64_t below(std::uint64_t n) { return draw_() % n; }
  double real() { return static_cast<double>(draw_() >> 11) * 0x1.0p-53; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  /// A capacity in messages a second, from what all sources send together up to 64 times it; the
  /// first of the kind that is to be narrow has the least.
  double room(Kind kind) {
    const double wide = total_ * std::exp2(6.0 * real());
    if (kind != narrow_) return wide;
    narrow_.reset();
    return total_ / 8.0;
  }

  void add_pool(const std::string& name) {
    const std::uint64_t addresses = 1 + below(2);
    std::string list;
    for (std::uint64_t i = 0; i < addresses; ++i) {
      text_ += fmt::format("[address.{}-{}]\n", name, i);
      list += fmt::format("{}\"{}-{}\"", i == 0 ? "" : ", ", name, i);
    }
    const std::uint64_t limit = 1 + below(12);
    const std::uint64_t per_connection = 1 + below(20);
    // So that connections x messages a connection over the cycle is the room there is.
    const double cycle = static_cast<double>(limit * per_connection) / room(Kind::connections);
    const double opening = 0.3 * real() * cycle;
    text_ += fmt::format(
        "[pool.{}]\naddresses = [{}]\n[pool.{}.lane]\nconnection_limit = {}\n"
        "messages_per_connection = {}\nconnect_time = \"{:.0f} us\"\n"
        "transaction_time = \"{:.0f} us\"\ntransfer_time = \"1 ms\"\npause = \"0 s\"\n"
        "retry = {{ model = \"fixed-list\", waits = [\"{:.0f} s\"], lifetime = \"2000 d\" }}\n",
        name, list, name, limit, per_connection, 1e6 * opening,
        1e6 * (cycle - opening) / static_cast<double>(per_connection), horizon_ / 30.0);
    if (narrow_ == Kind::rate || one_in(3))
      text_ += fmt::format("message_rate = \"{:.6f}/s\"\n", room(Kind::rate));
  }

  void add_site(const std::string& name, const std::string& more = {}) {
    text_ += fmt::format("[site.{}]\n{}envelope_time = \"1 ms\"\nacceptance_time = \"1 ms\"\n",
                         name, more);
    if (one_in(4)) text_ += fmt::format("transient = \"{} %\"\n", 1 + below(20));
    if (narrow_ == Kind::throttle || one_in(2)) add_throttle(name);
  }

  void add_throttle(const std::string& site) {
    text_ += fmt::format("[site.{}.throttle.own]\n", site);
    switch (below(4)) {
      case 0:
        text_ += fmt::format("model = \"token-bucket\"\nburst = 5\nlimit = \"{:.6f}/s\"\n",
                             room(Kind::throttle));
        break;
      case 1:
        text_ += fmt::format("model = \"fixed-window\"\nlimit = \"{:.0f}/{:.0f} s\"\n",
                             std::ceil(room(Kind::throttle) * horizon_ / 40.0),
                             std::ceil(horizon_ / 40.0));
        break;
      case 2:
        text_ += fmt::format("model = \"sliding-window\"\nlimit = \"{:.0f}/{:.0f} s\"\n",
                             std::ceil(room(Kind::throttle) * horizon_ / 40.0),
                             std::ceil(horizon_ / 40.0));
        break;
      default:
        text_ += fmt::format("model = \"concurrency-cap\"\nconnections = {}\n", 1 + below(8));
    }
  }

  /// A system behind a site of its own, which sends on to one or two of the ends, or to the system
  /// after it.
  void add_system(std::uint64_t i) {
    const std::uint64_t servers = 1 + below(6);
    add_pool(fmt::format("p{}", i));
    add_site(fmt::format("in{}", i), fmt::format("system = \"y{}\"\n", i));
    text_ +=
        fmt::format("[system.y{}]\npool = \"p{}\"\nservers = {}\nservice_time = \"{:.0f} us\"\n", i,
                    i, servers, 1e6 * static_cast<double>(servers) / room(Kind::servers));
    std::string hosts = fmt::format("\"end{}\"", below(sites_));
    if (i + 1 < systems_ && one_in(2))
      hosts = fmt::format("\"in{}\"", i + 1);
    else if (sites_ > 1 && one_in(2))
      hosts = "\"end0\", \"end1\"";
    text_ += fmt::format(
        "[system.y{}.route.out]\ndomains = [\"*\"]\nsmart_hosts = [{}]\n"
        "[domain.\"d{}.example\"]\nmx = [\"10 in{}\"]\n",
        i, hosts, i, i);
    systems_text_.push_back(fmt::format("site = \"in{}\"\nto = [\"d{}.example\"]\n", i, i));
  }

  void add_source(std::uint64_t i) {
    add_pool(fmt::format("q{}", i));
    const bool first_system = i == 0 && systems_ > 0;
    const std::uint64_t target = first_system ? sites_ : below(sites_ + systems_);
    text_ += fmt::format("[source.s{}]\npool = \"q{}\"\n", i, i);
    text_ += target < sites_ ? fmt::format("site = \"end{}\"\n", target)
                             : systems_text_[target - sites_];
    if (one_in(4)) text_ += "unknown = \"5 %\"\n";
    text_ += fmt::format(
        "arrivals = {{ model = \"poisson\", rate = \"{:.6f}/s\" }}\n"
        "size = {{ model = \"fixed\", size = \"20 kB\" }}\n"
        "recipients = {{ model = \"fixed\", count = 1 }}\n",
        weight_[i] * speed_);
  }

  std::mt19937_64 draw_;
  double speed_;
  std::optional<Kind> narrow_;  // until there is one
  std::uint64_t sources_ = 0;
  std::uint64_t sites_ = 0;
  std::uint64_t systems_ = 0;
  double total_ = 0.0;
  double horizon_ = 0.0;
  std::vector<double> weight_;
  std::vector<std::string> systems_text_;
  std::string text_;
};

}  // namespace

std::string generated_graph(std::uint64_t number, double speed, double messages) {
  return Generator(number, speed, messages).text();
}

}  // namespace weir::testing
