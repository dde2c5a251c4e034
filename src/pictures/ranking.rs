//! The drawn column of a ranking: one scale above, a row of marks for each venue. A plain mean is a bar from zero; an
//! estimate is a line on the band of its interval, and the mean then only a tick, for the estimate is what counts.

use super::labels::{Anchor, Label};
use super::scale::{length, steps_around};
use super::svg::Svg;

const WIDTH: f64 = 280.0;
const ROW: f64 = 24.0;

/// The scale that all rows of one ranking share.
#[derive(Debug, Clone, PartialEq)]
pub struct YieldScale {
    steps: Vec<f64>,
}

/// What a venue yields per day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YieldMark {
    pub mean: Option<f64>,
    pub estimate: Option<Estimate>,
}

/// An expected yield and the interval around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl YieldScale {
    /// A scale on which every mark of these has its place.
    pub fn of(marks: &[YieldMark]) -> Self {
        let ends = marks.iter().flat_map(|mark| [mark.mean, mark.estimate.map(|estimate| estimate.high)]);
        Self { steps: steps_around(ends.flatten().fold(0.0, f64::max)) }
    }

    fn highest(&self) -> f64 {
        self.steps.last().copied().unwrap_or(1.0)
    }

    fn x(&self, value: f64) -> f64 {
        let share = value / self.highest();
        if share.is_finite() { WIDTH * share.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The numbers above the column; `label` says the scale in words.
    pub fn axis(&self, label: &str, number: &dyn Fn(f64) -> String) -> String {
        let mut svg = Svg::labelled("", (WIDTH, 18.0), "img", label);
        let last = self.steps.len().saturating_sub(1);
        for (place, step) in self.steps.iter().enumerate() {
            let anchor = match place {
                0 => Anchor::Start,
                place if place == last => Anchor::End,
                _ => Anchor::Middle,
            };
            let x = WIDTH * length(place) / length(last).max(1.0);
            svg.label(&Label::new(number(*step), (x, 13.0), anchor, ""));
        }
        svg.finish()
    }

    /// The marks of one row; the numbers stand in its cells.
    pub fn row(&self, mark: YieldMark) -> String {
        let mut svg = Svg::ornament("interval", (WIDTH, ROW));
        let lines = self.steps.iter().map(|step| format!("M{} 0V24", super::svg::number(self.x(*step))));
        let lines: Vec<String> = lines.collect();
        svg.element("path").class("grid").text("d", &lines.concat()).text("vector-effect", "non-scaling-stroke").end();
        match (mark.estimate, mark.mean) {
            (Some(estimate), mean) => {
                let (low, high) = (self.x(estimate.low), self.x(estimate.high));
                svg.rect("band-solid", low, 8.0, (high - low).max(0.0), 8.0);
                svg.rect("bar", self.x(estimate.value) - 2.5, 3.0, 5.0, 18.0);
                if let Some(mean) = mean {
                    svg.rect("mark", self.x(mean) - 1.0, 3.0, 2.0, 18.0);
                }
            }
            (None, Some(mean)) => svg.rect("bar", 0.0, 8.0, self.x(mean), 8.0),
            (None, None) => {}
        }
        svg.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: YieldMark = YieldMark { mean: Some(70.0), estimate: None };

    #[test]
    fn a_row_without_an_estimate_has_the_bar_of_its_mean_and_no_band() {
        let scale = YieldScale::of(&[PLAIN, YieldMark { mean: Some(35.0), estimate: None }]);
        let row = scale.row(PLAIN);
        assert!(row.contains("class=\"bar\" x=\"0\" y=\"8\" width=\"245\""), "{row}");
        assert!(!row.contains("band") && !row.contains("mark\""));
        assert!(!scale.row(YieldMark { mean: None, estimate: None }).contains("rect"));
    }

    #[test]
    fn an_estimate_is_drawn_on_its_interval_and_the_scale_holds_it() {
        let mark = YieldMark { estimate: Some(Estimate { value: 96.7, low: 71.0, high: 122.0 }), mean: Some(118.8) };
        let scale = YieldScale::of(&[mark]);
        assert_eq!(scale.steps, [0.0, 50.0, 100.0, 150.0]);
        let row = scale.row(mark);
        assert!(row.contains("class=\"band-solid\" x=\"132.5\" y=\"8\" width=\"95.2\""), "{row}");
        assert!(row.contains("class=\"bar\" x=\"178\"") && row.contains("class=\"mark\" x=\"220.8\""), "{row}");
    }

    #[test]
    fn the_axis_names_each_step_once() {
        let axis = YieldScale::of(&[PLAIN]).axis("Sumbu 0 sampai 80", &|value| format!("{value}"));
        let texts: Vec<&str> = axis.split('>').filter_map(|part| part.strip_suffix("</text")).collect();
        assert_eq!(texts, ["0", "20", "40", "60", "80"]);
        assert!(YieldScale::of(&[]).axis("kosong", &|value| format!("{value}")).contains(">1<"));
    }
}
