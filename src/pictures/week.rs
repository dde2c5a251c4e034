//! The days of a week as bars; a dashed box stands where a result is missing.

use super::labels::{Anchor, Label};
use super::scale::length;
use super::svg::Svg;

/// One day. All texts are ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct DayBar {
    pub value: f64,
    /// Above the bar; empty for days to come.
    pub mark: String,
    /// Above the box of what is missing, if anything is.
    pub missing: Option<String>,
    /// "Sen"
    pub weekday: String,
    /// "3"
    pub day: String,
    pub market_day: String,
    /// The bar of a day that is not over is soft.
    pub is_today: bool,
}

const STEP: f64 = 50.0;
const BAR: f64 = 38.0;
const HEIGHT: f64 = 188.0;
const FLOOR: f64 = 128.0;
const TOP: f64 = 48.0;
const MISSING: f64 = 24.0;

pub fn week_bars(label: &str, days: &[DayBar]) -> String {
    let width = STEP * length(days.len());
    let highest = days.iter().map(|day| day.value).fold(1.0, f64::max);
    let mut svg = Svg::labelled("", (width, HEIGHT), "img", label);
    for (place, day) in days.iter().enumerate() {
        draw_day(&mut svg, STEP * length(place) + STEP / 2.0, day, highest);
    }
    svg.line("axis", (0.0, FLOOR + 0.5), (width, FLOOR + 0.5));
    svg.finish()
}

fn draw_day(svg: &mut Svg, middle: f64, day: &DayBar, highest: f64) {
    let height = (FLOOR - TOP) * day.value.clamp(0.0, highest) / highest;
    let (left, mut top) = (middle - BAR / 2.0, FLOOR - height);
    if height > 0.0 {
        svg.rect(if day.is_today { "bar-soft" } else { "bar" }, left, top, BAR, height);
    }
    let mut text = |words: &str, y: f64, class: &'static str| {
        svg.label(&Label::new(words, (middle, y), Anchor::Middle, class));
    };
    let class = if day.is_today { "strong" } else { "" };
    text(&day.weekday, FLOOR + 18.0, class);
    text(&day.day, FLOOR + 35.0, class);
    text(&day.market_day, FLOOR + 53.0, "");
    match &day.missing {
        Some(missing) => {
            top -= MISSING;
            let words = if day.value > 0.0 { format!("{} {missing}", day.mark) } else { missing.clone() };
            text(&words, top - 6.0, "warned");
            svg.rect("bar-none", left + 0.75, top + 0.75, BAR - 1.5, MISSING - 1.5);
        }
        None => text(&day.mark, top - 6.0, "strong"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(value: f64, missing: bool) -> DayBar {
        DayBar {
            value,
            mark: format!("{value}"),
            missing: missing.then(|| "+ ?".to_owned()),
            weekday: "Sen".to_owned(),
            day: "3".to_owned(),
            market_day: "<Legi>".to_owned(),
            is_today: false,
        }
    }

    #[test]
    fn a_missing_result_has_a_box_of_its_own_and_texts_are_escaped() {
        let svg = week_bars("Sen \"3\"", &[day(40.0, true), day(0.0, true), day(80.0, false)]);
        assert_eq!((svg.matches("class=\"bar\"").count(), svg.matches("class=\"bar-none\"").count()), (2, 2));
        assert!(svg.contains("40 + ?") && svg.contains(">+ ?<") && svg.contains("&lt;Legi&gt;"), "{svg}");
        assert!(!svg.contains("<Legi>") && !svg.contains("style="));
    }

    #[test]
    fn a_week_without_any_result_still_draws() {
        assert!(week_bars("", &vec![day(0.0, false); 7]).contains("axis"));
        assert!(week_bars("", &[]).starts_with("<svg"));
    }
}
