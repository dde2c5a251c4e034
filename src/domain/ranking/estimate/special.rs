//! Functions of probability theory that the standard library lacks.

/// `ln Γ(x)` for `x > 0`, to about 14 digits (Lanczos: "A precision approximation of the gamma function", 1964; g = 7).
pub(super) fn ln_gamma(x: f64) -> f64 {
    const G: f64 = 7.0;
    const FIRST: f64 = 0.999_999_999_999_809_9;
    const REST: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let z = x - 1.0;
    let series = REST.iter().zip(1_u32..).fold(FIRST, |sum, (c, i)| sum + c / (z + f64::from(i)));
    let t = z + G + 0.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (z + 0.5) * t.ln() - t + series.ln()
}

/// `ln(Σ exp(x))` without overflow; minus infinity for no terms.
pub(super) fn ln_sum_exp(terms: &[f64]) -> f64 {
    let top = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY {
        return top;
    }
    top + terms.iter().map(|term| (term - top).exp()).sum::<f64>().ln()
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "what must come out exactly")]
mod tests {
    use super::*;

    #[test]
    fn the_gamma_function_is_the_factorial_and_its_half() {
        let mut factorial = 1.0_f64;
        for n in 1..30_u32 {
            assert!((ln_gamma(f64::from(n)) - factorial.ln()).abs() < 1e-11, "{n}");
            factorial *= f64::from(n);
        }
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-12);
        assert!((ln_gamma(0.1) - 2.252_712_651_734_206).abs() < 1e-12);
    }

    #[test]
    fn a_sum_of_huge_and_tiny_terms_does_not_overflow() {
        assert!((ln_sum_exp(&[1000.0, 1000.0]) - 1000.0 - 2.0_f64.ln()).abs() < 1e-12);
        assert_eq!(ln_sum_exp(&[]), f64::NEG_INFINITY);
        assert!((ln_sum_exp(&[f64::NEG_INFINITY, 3.0]) - 3.0).abs() < 1e-12);
    }
}
