//! A bar that fills: a part of a whole, beside the numbers that say the same.

use super::svg::Svg;

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 8.0;
const MARK: f64 = 2.0;

/// `part` of `whole` as a filled bar, full from there on and empty without a whole; `mark` is another part of the same
/// whole, drawn as a thin line: what was needed, or expected.
pub fn meter(part: f64, whole: f64, mark: Option<f64>) -> String {
    let mut svg = Svg::ornament("meter", (WIDTH, HEIGHT));
    svg.rect("bar-rest", 0.0, 0.0, WIDTH, HEIGHT);
    svg.rect("bar", 0.0, 0.0, WIDTH * share(part, whole), HEIGHT);
    if let Some(mark) = mark {
        svg.rect("mark", (WIDTH - MARK) * share(mark, whole), 0.0, MARK, HEIGHT);
    }
    svg.finish()
}

fn share(part: f64, whole: f64) -> f64 {
    let share = part / whole;
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(part: f64, whole: f64) -> String {
        let svg = meter(part, whole, None);
        let start = svg.find("class=\"bar\"").unwrap();
        svg[start..].split("width=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    #[test]
    fn the_bar_is_never_longer_than_the_whole_nor_shorter_than_nothing() {
        assert_eq!(bar(272.0, 900.0), "60.4");
        let texts = [bar(10.0, 5.0), bar(-1.0, 5.0), bar(1.0, 0.0), bar(f64::NAN, 1.0)];
        assert_eq!(texts, ["200", "0", "0", "0"]);
    }

    #[test]
    fn a_mark_stays_inside() {
        assert!(meter(1.0, 4.0, Some(9.0)).contains("class=\"mark\" x=\"198\""));
        assert!(!meter(1.0, 4.0, None).contains("mark"));
    }
}
