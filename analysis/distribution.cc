#include "analysis/distribution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace weir::analysis {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kTiny = 1e-300;

void require(bool inside, const char* domain) {
  if (!inside) throw std::domain_error(domain);
}

// ln Gamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2], x >= 10: the Stirling series (DLMF 5.11.1).
double stirling_rest(double x) {
  constexpr std::array kTerms{1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                              1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
  const double inverse_square = 1.0 / (x * x);
  double sum = 0.0;
  for (auto term = kTerms.rbegin(); term != kTerms.rend(); ++term) {
    sum = sum * inverse_square + *term;
  }
  return sum / x;
}

// std::lgamma writes a global variable, which threads may not share.
double log_gamma(double x) {
  double product = 1.0;
  for (; x < 10.0; x += 1.0) product *= x;
  const double half_log_two_pi = 0.5 * std::log(2.0 * std::numbers::pi);
  return (x - 0.5) * std::log(x) - x + half_log_two_pi + stirling_rest(x) - std::log(product);
}

double log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

double away_from_zero(double x) { return std::abs(x) < kTiny ? kTiny : x; }

// A continued fraction b0 + a1/(b1 + a2/(b2 + ...)) by the modified method of Lentz, one step at a
// time.
class Lentz {
 public:
  explicit Lentz(double b0) : value_(away_from_zero(b0)), c_(value_) {}

  // Takes the next pair; true when it no longer changes the value.
  bool step(double a, double b) {
    d_ = 1.0 / away_from_zero(b + a * d_);
    c_ = away_from_zero(b + a / c_);
    value_ *= c_ * d_;
    return std::abs(c_ * d_ - 1.0) <= kEpsilon;
  }

  double value() const { return value_; }

 private:
  double value_;
  double c_;
  double d_ = 0.0;
};

constexpr int kMostSteps = 100'000;

// DLMF 8.17.22, which converges fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double x, double a, double b) {
  Lentz fraction(1.0);
  for (int m = 0; m < kMostSteps; ++m) {
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    const double k = m + 1.0;
    const double even = k * (b - k) * x / ((a + 2.0 * k - 1.0) * (a + 2.0 * k));
    fraction.step(odd, 1.0);
    if (fraction.step(even, 1.0)) break;
  }
  return 1.0 / fraction.value();
}

double log_beta_density(double x, double a, double b) {
  return (a - 1.0) * std::log(x) + (b - 1.0) * std::log1p(-x) - log_beta(a, b);
}

// From below for p < 1/2: a rational approximation to 4.5e-4 (Abramowitz and Stegun 26.2.23).
double rough_normal_quantile(double p) {
  const double t = std::sqrt(-2.0 * std::log(p));
  return -(t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                   (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
}

double normal_density(double z) {
  return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
}

// Upper tail of the regularised incomplete gamma function, x > a + 1 (DLMF 8.9.2).
double gamma_tail_fraction(double a, double x) {
  Lentz fraction(x + 1.0 - a);
  for (int n = 1; n < kMostSteps; ++n) {
    if (fraction.step(-n * (n - a), x + 2.0 * n + 1.0 - a)) break;
  }
  return std::exp(a * std::log(x) - x - log_gamma(a)) / fraction.value();
}

// Its lower part by the power series, x <= a + 1 (DLMF 8.7.1).
double gamma_head_series(double a, double x) {
  double term = 1.0 / a;
  double sum = term;
  for (int n = 1; n < kMostSteps && term > sum * kEpsilon; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return std::exp(a * std::log(x) - x - log_gamma(a)) * sum;
}

}  // namespace

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double p) {
  require(p > 0.0 && p < 1.0, "normal_quantile: p outside (0, 1)");
  if (p == 0.5) return 0.0;
  if (p > 0.5) return -normal_quantile(1.0 - p);
  double z = rough_normal_quantile(p);
  for (int step = 0; step < 3; ++step) {  // Halley's method triples the digits each time
    const double newton = (normal_cdf(z) - p) / normal_density(z);
    z -= newton / (1.0 + 0.5 * z * newton);
  }
  return z;
}

double incomplete_beta(double x, double a, double b) {
  require(a > 0.0 && b > 0.0, "incomplete_beta: a and b must be positive");
  require(x >= 0.0 && x <= 1.0, "incomplete_beta: x outside [0, 1]");
  if (x == 0.0 || x == 1.0) return x;
  const double front = std::exp(a * std::log(x) + b * std::log1p(-x) - log_beta(a, b));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(x, a, b) / a;
  return 1.0 - front * beta_fraction(1.0 - x, b, a) / b;
}

double beta_quantile(double p, double a, double b) {
  require(p >= 0.0 && p <= 1.0, "beta_quantile: p outside [0, 1]");
  require(a > 0.0 && b > 0.0, "beta_quantile: a and b must be positive");
  if (p == 0.0 || p == 1.0) return p;
  double low = 0.0;
  double high = 1.0;
  double x = a / (a + b);
  for (int step = 0; step < 1'200 && high - low > kEpsilon * high; ++step) {
    const double excess = incomplete_beta(x, a, b) - p;
    if (excess == 0.0) return x;
    (excess < 0.0 ? low : high) = x;
    const double newton = x - excess / std::exp(log_beta_density(x, a, b));
    if (std::abs(newton - x) <= kEpsilon * x) return newton;
    x = newton > low && newton < high ? newton : low + 0.5 * (high - low);
  }
  return x;
}

double student_t_cdf(double t, double degrees) {
  require(degrees > 0.0, "student_t_cdf: degrees must be positive");
  const double square = t * t;
  // Near the centre the first form keeps the digits of t, further out the second those of the tail.
  const double tail =
      square < 1.0 ? 0.5 * (1.0 - incomplete_beta(square / (degrees + square), 0.5, degrees / 2))
                   : 0.5 * incomplete_beta(degrees / (degrees + square), degrees / 2, 0.5);
  return t < 0.0 ? tail : 1.0 - tail;
}

double student_t_quantile(double p, double degrees) {
  require(p > 0.0 && p < 1.0, "student_t_quantile: p outside (0, 1)");
  require(degrees > 0.0, "student_t_quantile: degrees must be positive");
  if (p == 0.5) return 0.0;
  const double tails = 2.0 * std::min(p, 1.0 - p);
  double t = 0.0;
  if (tails < 0.5) {
    const double x = beta_quantile(tails, degrees / 2, 0.5);
    t = std::sqrt(degrees * (1.0 - x) / x);
  } else {  // near the centre the other end of the beta distribution keeps the digits
    const double x = beta_quantile(1.0 - tails, 0.5, degrees / 2);
    t = std::sqrt(degrees * x / (1.0 - x));
  }
  return p < 0.5 ? -t : t;
}

double chi_square_tail(double x, double degrees) {
  require(degrees > 0.0, "chi_square_tail: degrees must be positive");
  require(x >= 0.0, "chi_square_tail: x must not be negative");
  if (x == 0.0) return 1.0;
  const double a = degrees / 2.0;
  const double y = x / 2.0;
  return y > a + 1.0 ? gamma_tail_fraction(a, y) : 1.0 - gamma_head_series(a, y);
}

}  // namespace weir::analysis
