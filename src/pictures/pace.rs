//! The way to a target: official figures as dots, what is needed as a dashed line to the target, the pace as a line, and a fan
//! around it where it has an interval. From a single day there is no fan. Texts come in ready.

use chrono::NaiveDate;

use super::history::Width;
use super::labels::{Anchor, Area, Label, Sheet, TEXT_SIZE, text_width};
use super::scale::steps_within;
use super::svg::{Svg, number};
use crate::domain::dates::DateRange;

/// What the chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct PaceChart {
    /// The numbers of the picture in words.
    pub label: String,
    /// From the left edge to the right one.
    pub days: DateRange,
    /// First days of months, and their names.
    pub ticks: Vec<(NaiveDate, String)>,
    /// Official figures, the oldest first. A range is drawn as its two ends.
    pub points: Vec<PacePoint>,
    pub target: Option<TargetLine>,
    /// From what is achieved to the target.
    pub need: Option<Course>,
    /// Where the pace leads.
    pub carried: Option<Course>,
    /// The ends of the interval on the last day.
    pub fan: Option<(f64, f64)>,
}

/// An official figure.
#[derive(Debug, Clone, PartialEq)]
pub struct PacePoint {
    pub date: NaiveDate,
    pub low: f64,
    pub high: f64,
    /// "7 Juni 2024: 29.890"; none of a point that needs no words.
    pub text: String,
    /// "29.890", where there is little room.
    pub short: String,
}

/// The target over its days.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetLine {
    pub days: DateRange,
    pub value: f64,
    pub text: String,
}

/// A straight way from one day and count to another; its end may be a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    pub from: (NaiveDate, f64),
    pub to: (NaiveDate, f64),
    /// Beside its end: the main line, and what is said below it.
    pub text: String,
    pub below: Vec<String>,
    /// All of it in one line, where there is little room.
    pub short: String,
}

const TOP: f64 = 34.0;
const MARGIN: f64 = 8.0;
const LINE: f64 = 18.0;

impl PaceChart {
    /// The picture in one of its two widths; `number` writes the counts of the scale.
    pub fn draw(&self, width: Width, number: &dyn Fn(f64) -> String) -> String {
        let scale = Scale::of(self, width);
        let mut svg = Svg::labelled("", (scale.size.0, scale.size.1), "img", &self.label);
        let mut sheet = Sheet::new(scale.size.0, scale.size.1);
        // What the picture is about takes its place before the scale does.
        let labels = self.place_labels(&mut sheet, &scale, width);
        scale.draw_grid(&mut svg, &mut sheet, number);
        self.draw_ticks(&mut svg, &mut sheet, &scale);
        self.draw_fan(&mut svg, &scale);
        self.draw_courses(&mut svg, &scale);
        self.draw_points(&mut svg, &scale);
        for label in &labels {
            svg.label(label);
        }
        svg.finish()
    }

    fn place_labels(&self, sheet: &mut Sheet, scale: &Scale, width: Width) -> Vec<Label> {
        for point in &self.points {
            let (x, y) = scale.at((point.date, point.middle()));
            sheet.occupy(Area { left: x - 6.0, top: y - 6.0, right: x + 6.0, bottom: y + 6.0 });
        }
        let mut placed: Vec<Label> = Vec::new();
        for label in self.labels(scale, width) {
            if !placed.iter().any(|other| other.text == label.text) && sheet.place(&label) {
                placed.push(label);
            }
        }
        placed
    }

    fn draw_ticks(&self, svg: &mut Svg, sheet: &mut Sheet, scale: &Scale) {
        for (date, name) in &self.ticks {
            let x = scale.x(*date);
            svg.line("axis", (x, scale.ground), (x, scale.ground + 6.0));
            let label = Label::new(name.as_str(), (x + 3.0, scale.ground + 20.0), Anchor::Start, "");
            if sheet.place(&label) {
                svg.label(&label);
            }
        }
    }

    fn draw_fan(&self, svg: &mut Svg, scale: &Scale) {
        let Some((carried, (low, high))) = self.carried.as_ref().zip(self.fan) else { return };
        let (x, y) = scale.at(carried.from);
        let right = scale.x(carried.to.0);
        let path = format!(
            "M{} {}L{} {}V{}Z",
            number(x),
            number(y),
            number(right),
            number(scale.y(high)),
            number(scale.y(low))
        );
        svg.element("path").class("band").text("d", &path).end();
    }

    fn draw_courses(&self, svg: &mut Svg, scale: &Scale) {
        if let Some(target) = &self.target {
            let y = scale.y(target.value);
            svg.line("line-limit", (scale.x(target.days.first()), y), (scale.x(target.days.last()), y));
        }
        for pair in self.points.windows(2) {
            if let [a, b] = pair {
                svg.line("line-guess", scale.at((a.date, a.middle())), scale.at((b.date, b.middle())));
            }
        }
        let courses = [(&self.need, "line-need"), (&self.carried, "line-thin")];
        for (course, class) in courses.into_iter().filter_map(|(course, class)| Some((course.as_ref()?, class))) {
            svg.line(class, scale.at(course.from), scale.at(course.to));
        }
    }

    fn draw_points(&self, svg: &mut Svg, scale: &Scale) {
        for point in &self.points {
            let (x, y) = scale.at((point.date, point.middle()));
            if point.high > point.low {
                svg.line("line", (x, scale.y(point.low)), (x, scale.y(point.high)));
            }
            svg.element("circle").class("dot").number("cx", x).number("cy", y).number("r", 6.0).end();
        }
    }

    /// The most important first: the target, where the pace leads, what is needed, the figures from the last to the first.
    fn labels(&self, scale: &Scale, width: Width) -> Vec<Label> {
        let is_wide = width == Width::Wide;
        let mut labels = Vec::new();
        if let Some(target) = &self.target {
            let x = if is_wide { scale.x(target.days.first()) } else { scale.right };
            let anchor = if is_wide { Anchor::Start } else { Anchor::End };
            labels.push(Label::new(target.text.as_str(), (x, scale.y(target.value) - 8.0), anchor, "strong"));
        }
        let courses = [(&self.carried, "own"), (&self.need, "strong")];
        for (course, class) in courses.into_iter().filter_map(|(course, class)| Some((course.as_ref()?, class))) {
            let (x, y) = scale.at(course.to);
            if is_wide {
                labels.push(Label::new(course.text.as_str(), (x + 12.0, y + 4.0), Anchor::Start, class));
                let below = (1..).zip(&course.below);
                labels.extend(below.map(|(place, text)| {
                    Label::new(text.as_str(), (x + 12.0, y + 4.0 + LINE * f64::from(place)), Anchor::Start, "")
                }));
            } else {
                // Above the line's end, or half way along it where that place is taken.
                let middle = f64::midpoint(scale.at(course.from).1, y);
                labels.push(Label::new(course.short.as_str(), (scale.right, y - 10.0), Anchor::End, class));
                labels.push(Label::new(course.short.as_str(), (scale.right, middle), Anchor::End, class));
            }
        }
        labels.extend(self.points.iter().rev().map(|point| {
            let (x, y) = scale.at((point.date, point.high));
            let text = if is_wide { &point.text } else { &point.short };
            let fits = x - text_width(text, TEXT_SIZE) > scale.left;
            let (x, anchor) = if fits { (x - 8.0, Anchor::End) } else { (x + 8.0, Anchor::Start) };
            Label::new(text.as_str(), (x, y - 10.0), anchor, "own")
        }));
        labels
    }

    fn highest(&self) -> f64 {
        let points = self.points.iter().map(|point| point.high);
        let ends = [&self.need, &self.carried].into_iter().flatten().map(|course| course.to.1);
        let lines = self.target.iter().map(|target| target.value).chain(self.fan.map(|(_, high)| high));
        points.chain(ends).chain(lines).filter(|value| value.is_finite()).fold(1.0, f64::max)
    }
}

impl PacePoint {
    fn middle(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

/// Where a day stands and how high a count reaches.
struct Scale {
    size: (f64, f64),
    left: f64,
    right: f64,
    ground: f64,
    days: DateRange,
    highest: f64,
}

impl Scale {
    fn of(chart: &PaceChart, width: Width) -> Self {
        let wide = width == Width::Wide;
        let size = if wide { (1_168.0, 380.0) } else { (340.0, 330.0) };
        let texts = [&chart.need, &chart.carried].into_iter().flatten();
        let beside = texts.flat_map(|course| std::iter::once(&course.text).chain(&course.below));
        let room = beside.map(|text| text_width(text, TEXT_SIZE)).fold(0.0, f64::max) + 24.0;
        let right = if wide { size.0 - room.min(size.0 / 3.0) } else { size.0 - MARGIN };
        Self { size, left: MARGIN, right, ground: size.1 - 34.0, days: chart.days, highest: chart.highest() * 1.04 }
    }

    fn x(&self, date: NaiveDate) -> f64 {
        let length = real((self.days.last() - self.days.first()).num_days()).max(1.0);
        let passed = real((date - self.days.first()).num_days()).clamp(0.0, length);
        self.left + (self.right - self.left) * passed / length
    }

    fn y(&self, count: f64) -> f64 {
        self.ground - (self.ground - TOP) * count.clamp(0.0, self.highest) / self.highest
    }

    fn at(&self, (date, count): (NaiveDate, f64)) -> (f64, f64) {
        (self.x(date), self.y(count))
    }

    fn draw_grid(&self, svg: &mut Svg, sheet: &mut Sheet, number: &dyn Fn(f64) -> String) {
        svg.line("axis", (self.left, self.ground), (self.right, self.ground));
        for value in steps_within(self.highest) {
            let y = self.y(value);
            svg.line("grid", (self.left, y), (self.right, y));
            let label = Label::new(number(value), (self.left, y - 5.0), Anchor::Start, "");
            if sheet.place(&label) {
                svg.label(&label);
            }
        }
    }
}

fn real(days: i64) -> f64 {
    i32::try_from(days).map_or(f64::from(i32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn purbalingga() -> PaceChart {
        let days = "2024-01-01..2024-12-31".parse().unwrap();
        let course = |value: f64, text: &str| Course {
            from: (day("2024-06-07"), 29_890.0),
            to: (day("2024-12-31"), value),
            text: text.to_owned(),
            below: vec!["9,28 % dari perekaman".to_owned()],
            short: text.to_owned(),
        };
        PaceChart {
            label: "Laju menuju target".to_owned(),
            days,
            ticks: vec![(day("2024-01-01"), "Jan 2024".to_owned()), (day("2024-07-01"), "Jul".to_owned())],
            points: vec![PacePoint {
                date: day("2024-06-07"),
                low: 29_890.0,
                high: 29_890.0,
                text: "7 Juni 2024: 29.890".to_owned(),
                short: "29.890".to_owned(),
            }],
            target: Some(TargetLine { days, value: 233_837.0, text: "Target: 233.837".to_owned() }),
            need: Some(course(233_837.0, "Perlu 985 per hari")),
            carried: Some(course(72_325.0, "Pada 205 per hari: 72.325")),
            fan: None,
        }
    }

    fn drawn(chart: &PaceChart, width: Width) -> String {
        chart.draw(width, &|value| format!("{value:.0}"))
    }

    #[test]
    fn a_pace_of_one_day_has_no_fan_and_a_fan_is_drawn_where_there_is_an_interval() {
        assert!(!drawn(&purbalingga(), Width::Wide).contains("band"));
        let fanned = PaceChart { fan: Some((60_900.0, 83_900.0)), ..purbalingga() };
        assert!(drawn(&fanned, Width::Wide).contains("class=\"band\""));
    }

    #[test]
    fn both_widths_say_the_target_the_need_and_where_the_pace_leads() {
        for width in [Width::Wide, Width::Narrow] {
            let picture = drawn(&purbalingga(), width);
            for text in ["Target: 233.837", "Perlu 985 per hari", "Pada 205 per hari: 72.325"] {
                assert!(picture.contains(text), "{text} in {picture}");
            }
        }
        assert!(drawn(&purbalingga(), Width::Wide).contains("7 Juni 2024: 29.890"));
    }

    #[test]
    fn a_range_is_drawn_as_one_and_nothing_leaves_the_drawing() {
        let mut chart = purbalingga();
        chart.points.push(PacePoint { date: day("2025-06-07"), low: -5.0, high: f64::NAN, ..chart.points[0].clone() });
        chart.points[0].low = 20_000.0;
        let picture = drawn(&chart, Width::Narrow);
        assert!(picture.contains("class=\"line\"") && !picture.contains("NaN"));
    }
}
