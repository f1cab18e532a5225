/// M/M/1 as a user of SimGrid would write it: an actor that sends customers, one that serves them.
///
///   simgrid_mm1 CUSTOMERS SEED
///
/// Prints the mean time in system, and the processor time that a customer took. Draws as the other
/// programs in C++ here do: xoshiro256++ and Boost's ziggurat.

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <queue>

#include <boost/random/exponential_distribution.hpp>
#include <simgrid/s4u.hpp>
#include <simgrid/version.h>

#include "bench/chance/xoshiro.h"

namespace {

constexpr double kArrivals = 0.9;  // a second
constexpr double kServices = 1.0;  // a second

class Queue {
 public:
  Queue(std::uint64_t customers, std::uint64_t seed) : customers_(customers), random_(seed) {}

  void send() {
    boost::random::exponential_distribution<double> gap(kArrivals);
    for (std::uint64_t i = 0; i < customers_; ++i) {
      simgrid::s4u::this_actor::sleep_for(gap(random_));
      arrived_.push(simgrid::s4u::Engine::get_clock());
      waiting_->release();
    }
  }

  void serve() {
    boost::random::exponential_distribution<double> service(kServices);
    for (std::uint64_t i = 0; i < customers_; ++i) {
      waiting_->acquire();
      const double arrived = arrived_.front();
      arrived_.pop();
      simgrid::s4u::this_actor::sleep_for(service(random_));
      stays_ += simgrid::s4u::Engine::get_clock() - arrived;
    }
  }

  double mean() const { return stays_ / static_cast<double>(customers_); }

 private:
  std::uint64_t customers_;
  weir::bench::Xoshiro256 random_;
  simgrid::s4u::SemaphorePtr waiting_ = simgrid::s4u::Semaphore::create(0);
  std::queue<double> arrived_;
  double stays_ = 0;  // seconds
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

int main(int count, char** arguments) {
  simgrid::s4u::Engine engine(&count, arguments);
  if (count != 3) {
    std::fprintf(stderr, "usage: simgrid_mm1 CUSTOMERS SEED\n");
    return 1;
  }
  const std::uint64_t customers = std::strtoull(arguments[1], nullptr, 10);
  Queue queue(customers, std::strtoull(arguments[2], nullptr, 10));
  simgrid::s4u::NetZone* zone = simgrid::s4u::create_full_zone("zone");
  simgrid::s4u::Host* host = zone->create_host("host", 1e9);
  zone->seal();
  simgrid::s4u::Actor::create("arrivals", host, [&] { queue.send(); });
  simgrid::s4u::Actor::create("server", host, [&] { queue.serve(); });
  const double began = cpu_seconds();
  engine.run();
  const double ns = 1e9 * (cpu_seconds() - began) / static_cast<double>(customers);
  std::printf("engine: SimGrid %d.%d\nns: %.1f\nmean: %.9g\n", SIMGRID_VERSION_MAJOR,
              SIMGRID_VERSION_MINOR, ns, queue.mean());
  return 0;
}
