#pragma once
/// The distributions that intervals and tests rest on: normal, Student's t, beta, chi-square.
///
/// Same input, same bits (with one C library). An argument outside the domain stated throws
/// std::domain_error.

namespace weir::analysis {

/// P(Z <= z) for a standard normal Z, precise in both tails.
double normal_cdf(double z);

/// The z with normal_cdf(z) = p, for p in (0, 1), to about 1e-15 relative.
double normal_quantile(double p);

/// P(T <= t) for Student's T with `degrees` > 0 degrees of freedom.
double student_t_cdf(double t, double degrees);

/// The t with student_t_cdf(t, degrees) = p, for p in (0, 1).
double student_t_quantile(double p, double degrees);

/// Regularised incomplete beta function I_x(a, b), a, b > 0, x in [0, 1].
double incomplete_beta(double x, double a, double b);

/// The x with incomplete_beta(x, a, b) = p, for p in [0, 1].
double beta_quantile(double p, double a, double b);

/// P(X > x) for a chi-square X with `degrees` > 0 degrees of freedom.
double chi_square_tail(double x, double degrees);

}  // namespace weir::analysis
