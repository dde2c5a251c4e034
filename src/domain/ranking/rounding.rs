//! Two decimals, half away from zero, as people round on paper. A ratio of whole numbers is rounded exactly; a float
//! is read as the decimal number that it stands for, so that 1.005 becomes 1.01 although the float lies just below.

/// A float in two decimals. Not-a-number and infinities stay what they are.
pub fn two_decimals(value: f64) -> f64 {
    let nudged = value * 100.0 * (1.0 + 2.0 * f64::EPSILON);
    // Adding zero turns a negative zero into a plain one, which prints without a sign.
    nudged.round() / 100.0 + 0.0
}

/// `numerator / denominator` in two decimals; none if the denominator is zero.
pub fn ratio(numerator: i64, denominator: u32) -> Option<f64> {
    let (n, d) = (i128::from(numerator), i128::from(denominator));
    let hundredths = (n.abs() * 200 + d).checked_div(2 * d)? * n.signum();
    Some(hundredths as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_go_up_also_where_the_float_lies_just_below() {
        for (value, rounded) in
            [(1.005, "1.01"), (2.675, "2.68"), (0.125, "0.13"), (1.004_999, "1"), (33.333_333, "33.33"), (-0.001, "0")]
        {
            assert_eq!(two_decimals(value).to_string(), rounded);
        }
    }

    #[test]
    fn a_ratio_is_rounded_from_whole_numbers_and_needs_a_denominator() {
        assert_eq!(ratio(201, 200).map(|r| r.to_string()).as_deref(), Some("1.01"));
        assert_eq!(ratio(100, 3).map(|r| r.to_string()).as_deref(), Some("33.33"));
        assert_eq!(ratio(-1, 200).map(|r| r.to_string()).as_deref(), Some("-0.01"));
        assert_eq!((ratio(5, 0), ratio(0, 5).map(|r| r.to_string())), (None, Some("0".to_owned())));
    }

    proptest! {
        #[test]
        fn both_ways_of_rounding_agree(n in 0..1_000_000i64, d in 1..10_000u32) {
            let exact = ratio(n, d).unwrap();
            prop_assert_eq!(two_decimals(n as f64 / f64::from(d)).to_string(), exact.to_string());
        }
    }
}
