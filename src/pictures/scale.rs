//! Numbers as lengths, and round values for the lines of a scale.

/// A number of things as a length.
pub fn length(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// One to four round values up to the highest, zero left out: the axis shows it.
pub fn steps_within(highest: f64) -> Vec<f64> {
    let step = step(highest);
    (1..=4_u8).map(|times| step * f64::from(times)).take_while(|value| *value <= highest).collect()
}

/// The first round value that is not below the highest, and the steps to it from zero on.
pub fn steps_around(highest: f64) -> Vec<f64> {
    let step = step(highest);
    let below = |times: &u8| step * f64::from(times.saturating_sub(1)) < highest;
    (0..=4_u8).take_while(|times| *times < 2 || below(times)).map(|times| step * f64::from(times)).collect()
}

/// 1, 2 or 5 times a power of ten, so that four steps reach the highest value; never below one, for counts are whole.
fn step(highest: f64) -> f64 {
    let highest = if highest.is_finite() { highest.max(1.0) } else { 1.0 };
    let power = 10_f64.powf((highest / 4.0).log10().floor()).max(0.1);
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| (step * power).max(1.0));
    steps.into_iter().find(|step| highest / step <= 4.0).unwrap_or(highest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_few_and_round() {
        for (highest, within, around) in [
            (1.0, vec![1.0], vec![0.0, 1.0]),
            (3.0, vec![1.0, 2.0, 3.0], vec![0.0, 1.0, 2.0, 3.0]),
            (76.0, vec![20.0, 40.0, 60.0], vec![0.0, 20.0, 40.0, 60.0, 80.0]),
            (160.0, vec![50.0, 100.0, 150.0], vec![0.0, 50.0, 100.0, 150.0, 200.0]),
            (2_193.0, vec![1_000.0, 2_000.0], vec![0.0, 1_000.0, 2_000.0, 3_000.0]),
        ] {
            assert_eq!((steps_within(highest), steps_around(highest)), (within, around));
        }
        assert_eq!(steps_around(0.0), [0.0, 1.0]);
        assert_eq!(steps_around(f64::NAN), [0.0, 1.0]);
    }
}
