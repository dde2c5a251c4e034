//! What each visit to a venue brought: a bar for each event-day, the day below it, the mean as a dashed line. A result
//! that nobody has reported is a dashed box, a visit that did not take place a cross.

use super::labels::{Anchor, Area, Label, Sheet, TEXT_SIZE, text_width};
use super::scale::{length, steps_within};
use super::svg::Svg;

/// The visits of one venue, the oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The numbers of the picture in words.
    pub label: String,
    pub visits: Vec<Visit>,
    pub mean: Option<Mean>,
}

/// One event-day. All texts are ready to be shown; one that has no place is left out of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub result: VisitResult,
    /// Above the mark: the count, or in a word why there is none.
    pub mark: String,
    /// "18 Jan"
    pub day: String,
    /// "18/1", where there is little room.
    pub short_day: String,
    /// The day of the market week, below the date where there is room.
    pub market_day: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum VisitResult {
    Counted(f64),
    /// Held, nothing reported.
    Missing,
    NotHeld,
}

/// The plain mean of the counted days, and its key ("rata-rata 54,4").
#[derive(Debug, Clone, PartialEq)]
pub struct Mean {
    pub value: f64,
    pub text: String,
}

/// The two widths of a chart: its text keeps its size, so a narrow page gets a drawing of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Wide,
    Narrow,
}

const HEIGHT: f64 = 240.0;
const TOP: f64 = 44.0;
const FLOOR: f64 = 196.0;
const MARGIN: f64 = 8.0;
const BAR_MAX: f64 = 44.0;
const MISSING_HEIGHT: f64 = 28.0;

/// Draws the history; `number` writes the values of the grid lines.
pub fn history(history: &History, width: Width, number: &dyn Fn(f64) -> String) -> String {
    let scale = Scale::of(history, width, number);
    let mut svg = Svg::labelled("", (width.units(), HEIGHT), "img", &history.label);
    let mut sheet = Sheet::new(width.units(), HEIGHT);
    scale.draw_grid(&mut svg);
    for (place, visit) in history.visits.iter().enumerate() {
        draw_mark(&mut svg, &scale, place, visit.result);
        sheet.occupy(scale.mark_area(place, visit.result));
    }
    svg.line("axis", (scale.left, FLOOR + 0.5), (width.units() - MARGIN, FLOOR + 0.5));
    if let Some(mean) = &history.mean {
        draw_mean(&mut svg, &scale, mean);
    }
    for label in labels(history, width, &scale) {
        if sheet.place(&label) {
            svg.label(&label);
        }
    }
    svg.finish()
}

impl Width {
    fn units(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 340.0,
        }
    }
}

/// Where a day stands and how high a value reaches.
struct Scale {
    left: f64,
    right: f64,
    step: f64,
    bar: f64,
    highest: f64,
    /// Value and text of each grid line.
    grid: Vec<(f64, String)>,
}

impl Scale {
    fn of(history: &History, width: Width, number: &dyn Fn(f64) -> String) -> Self {
        let values = history.visits.iter().filter_map(|visit| visit.result.value());
        let highest = values.chain(history.mean.as_ref().map(|mean| mean.value)).fold(1.0, f64::max);
        let grid: Vec<_> = steps_within(highest).into_iter().map(|value| (value, number(value))).collect();
        let widest = grid.iter().map(|(_, text)| text_width(text, TEXT_SIZE)).fold(0.0, f64::max);
        let (left, right) = (MARGIN + widest + 6.0, width.units() - MARGIN);
        let step = (right - left) / length(history.visits.len()).max(1.0);
        Self { left, right, step, bar: (step * 0.62).min(BAR_MAX), highest, grid }
    }

    fn middle(&self, place: usize) -> f64 {
        self.left + self.step * (length(place) + 0.5)
    }

    fn height(&self, value: f64) -> f64 {
        (FLOOR - TOP) * value.clamp(0.0, self.highest) / self.highest
    }

    fn mark_area(&self, place: usize, result: VisitResult) -> Area {
        let height = match result {
            VisitResult::Counted(value) => self.height(value),
            VisitResult::Missing => MISSING_HEIGHT,
            VisitResult::NotHeld => 18.0,
        };
        let half = self.bar / 2.0;
        let middle = self.middle(place);
        Area { left: middle - half, right: middle + half, top: FLOOR - height, bottom: FLOOR }
    }

    fn draw_grid(&self, svg: &mut Svg) {
        for (value, text) in &self.grid {
            let y = FLOOR - self.height(*value);
            svg.line("grid", (self.left, y), (self.right, y));
            svg.label(&Label::new(text.as_str(), (self.left - 6.0, y + 4.0), Anchor::End, ""));
        }
    }
}

impl VisitResult {
    fn value(self) -> Option<f64> {
        match self {
            Self::Counted(value) if value.is_finite() => Some(value.max(0.0)),
            Self::Counted(_) | Self::Missing | Self::NotHeld => None,
        }
    }
}

fn draw_mark(svg: &mut Svg, scale: &Scale, place: usize, result: VisitResult) {
    let area = scale.mark_area(place, result);
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    match result {
        VisitResult::Counted(_) => svg.rect("bar", area.left, area.top, width, height),
        VisitResult::Missing => svg.rect("bar-none", area.left, area.top, width, height),
        VisitResult::NotHeld => {
            let (middle, y, arm) = (scale.middle(place), FLOOR - 12.0, (width / 2.0).min(5.0));
            svg.line("line-thin", (middle - arm, y - arm), (middle + arm, y + arm));
            svg.line("line-thin", (middle - arm, y + arm), (middle + arm, y - arm));
        }
    }
}

/// The line, and its key in the row above the bars, where no bar reaches.
fn draw_mean(svg: &mut Svg, scale: &Scale, mean: &Mean) {
    let y = FLOOR - scale.height(mean.value);
    svg.line("line-need", (scale.left, y), (scale.right, y));
    svg.line("line-need", (scale.left, 10.0), (scale.left + 28.0, 10.0));
    svg.label(&Label::new(mean.text.as_str(), (scale.left + 34.0, 14.0), Anchor::Start, "strong"));
}

/// The most important first: the highest value, then each visit from the last back to the first.
fn labels(history: &History, width: Width, scale: &Scale) -> Vec<Label> {
    let value = |visit: &Visit| visit.result.value().unwrap_or(-1.0);
    let marks = |(place, visit): (usize, &Visit)| {
        let class = if visit.result == VisitResult::Missing { "warned" } else { "strong" };
        let y = scale.mark_area(place, visit.result).top - 5.0;
        Label::new(visit.mark.as_str(), (scale.middle(place), y), Anchor::Middle, class)
    };
    let days = |(place, visit): (usize, &Visit)| {
        let text = if width == Width::Wide { &visit.day } else { &visit.short_day };
        Label::new(text.as_str(), (scale.middle(place), FLOOR + 20.0), Anchor::Middle, "")
    };
    let market_days = |(place, visit): (usize, &Visit)| {
        Label::new(visit.market_day.as_str(), (scale.middle(place), FLOOR + 37.0), Anchor::Middle, "")
    };
    let latest = || history.visits.iter().enumerate().rev();
    let highest = latest().max_by(|a, b| value(a.1).total_cmp(&value(b.1)));
    let mut labels: Vec<Label> = highest.into_iter().chain(latest()).map(marks).collect();
    labels.extend(latest().map(days));
    if width == Width::Wide {
        labels.extend(latest().map(market_days));
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(result: VisitResult, mark: &str) -> Visit {
        Visit {
            result,
            mark: mark.to_owned(),
            day: "18 Jan".to_owned(),
            short_day: "18/1".to_owned(),
            market_day: "Kliwon".to_owned(),
        }
    }

    fn counted(values: &[f64]) -> History {
        let visits = values.iter().map(|value| visit(VisitResult::Counted(*value), &format!("{value}"))).collect();
        History { label: "angka".to_owned(), visits, mean: None }
    }

    fn drawn(history_: &History, width: Width) -> String {
        history(history_, width, &|value| format!("{value}"))
    }

    /// The numbers of this attribute on elements of this class.
    fn numbers(svg: &str, class: &str, attribute: &str) -> Vec<f64> {
        let elements = svg.split('<').filter(|element| element.contains(&format!("class=\"{class}\"")));
        let value = |element: &str| element.split(&format!(" {attribute}=\"")).nth(1)?.split('"').next()?.parse().ok();
        elements.filter_map(value).collect()
    }

    #[test]
    fn a_bar_is_as_high_as_its_value_and_zero_has_none() {
        let svg = drawn(&counted(&[76.0, 38.0, 0.0]), Width::Wide);
        assert_eq!(numbers(&svg, "bar", "height"), [152.0, 76.0, 0.0]);
        assert!(svg.contains("aria-label=\"angka\"") && svg.contains(">76</text>") && svg.contains(">0</text>"));
    }

    #[test]
    fn a_missing_result_is_a_dashed_box_and_a_visit_not_held_a_cross() {
        let visits = vec![visit(VisitResult::Missing, "belum"), visit(VisitResult::NotHeld, "batal")];
        let svg = drawn(&History { visits, ..counted(&[]) }, Width::Narrow);
        assert_eq!((svg.matches("bar-none").count(), svg.matches("line-thin").count()), (1, 2));
        assert_eq!(svg.matches("class=\"bar\"").count(), 0);
        assert!(svg.contains("class=\"warned\"") && svg.contains(">batal<"));
    }

    #[test]
    fn the_mean_is_drawn_at_its_height_with_its_key() {
        let mean = Some(Mean { value: 38.0, text: "rata-rata 38".to_owned() });
        let svg = drawn(&History { mean, ..counted(&[76.0]) }, Width::Wide);
        assert!(svg.contains(&format!("L712 {}", FLOOR - 76.0)) && svg.contains(">rata-rata 38</text>"));
    }

    #[test]
    fn no_label_covers_another_however_many_visits_there_are() {
        for count in [1, 5, 12, 40, 200] {
            let values: Vec<f64> = (0..count).map(|place| f64::from(place * 37 % 91) + 100.0).collect();
            for width in [Width::Wide, Width::Narrow] {
                let history = counted(&values);
                let scale = Scale::of(&history, width, &|value| format!("{value}"));
                let mut sheet = Sheet::new(width.units(), HEIGHT);
                let kept: Vec<Label> =
                    labels(&history, width, &scale).into_iter().filter(|label| sheet.place(label)).collect();
                for (place, label) in kept.iter().enumerate() {
                    assert!(kept[..place].iter().all(|other| !other.area().overlaps(label.area())), "{count}");
                }
                let highest = values.iter().copied().fold(0.0, f64::max);
                assert_eq!(kept.iter().filter(|label| label.text == format!("{highest}")).count(), 1, "{count}");
                let days = kept.iter().filter(|label| label.text.starts_with("18")).count();
                assert!(days >= 1 && (count > 8 || days == values.len()), "{count}: {days} days");
            }
        }
    }

    #[test]
    fn values_that_are_no_numbers_do_not_break_the_picture() {
        let svg = drawn(&counted(&[f64::NAN, f64::INFINITY, -5.0]), Width::Wide);
        assert!(!svg.contains("NaN=") && !svg.contains("\"inf") && !svg.contains("\"-"), "{svg}");
    }
}
