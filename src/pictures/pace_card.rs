//! The small pace chart of a letter: how many there are, where they must be at the end of the window, and where the pace
//! leads. Unlike the charts of pages it brings its own colours and ground, for a mail program knows no stylesheet and a
//! dark one does not invert it. Texts come in ready; one that would cover another is dropped.

use chrono::NaiveDate;

use super::labels::{Anchor, Area, Label, Sheet};
use super::svg::{Svg, number};
use crate::domain::dates::DateRange;

/// What the chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct PaceCard {
    pub window: DateRange,
    pub as_of: NaiveDate,
    pub achieved: f64,
    pub target: f64,
    /// What will have been achieved at the end, as a number or range.
    pub end: Option<(f64, f64)>,
    /// The interval around it.
    pub interval: Option<(f64, f64)>,
    /// Said in place of the picture.
    pub label: String,
    pub first_day: String,
    pub last_day: String,
    pub target_label: String,
    pub achieved_label: String,
    pub end_label: Option<String>,
    pub needed_label: Option<String>,
}

const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 12.0;
const RIGHT: f64 = 388.0;
const TOP: f64 = 44.0;
const GROUND: f64 = 186.0;

const INK: &str = "#12201f";
const SOFT: &str = "#4b5a5b";
const ACCENT: &str = "#005a70";
const BAND: &str = "#8fc0cc";
const AXIS: &str = "#758485";
const SIZE: f64 = 14.0;

impl PaceCard {
    /// The chart as SVG, 400 by 220.
    pub fn draw(&self) -> String {
        let mut svg = Svg::standalone((WIDTH, HEIGHT), &self.label);
        svg.element("rect").number("width", WIDTH).number("height", HEIGHT).text("fill", "#ffffff").end();
        stroke(&mut svg, &[(LEFT, GROUND), (RIGHT, GROUND)], AXIS, 1.0, "");
        stroke(&mut svg, &[(LEFT, self.y(self.target)), (RIGHT, self.y(self.target))], INK, 1.5, "");
        let now = (self.x(self.as_of), self.y(self.achieved));
        self.draw_future(&mut svg, now);
        svg.element("circle").number("cx", now.0).number("cy", now.1).number("r", 6.0).text("fill", ACCENT).end();
        self.write_labels(&mut svg, now);
        svg.finish()
    }

    fn draw_future(&self, svg: &mut Svg, now: (f64, f64)) {
        if now.0 >= RIGHT {
            return;
        }
        let fan = self.interval.or(self.end.filter(|(low, high)| low < high));
        if let Some((low, high)) = fan {
            let path = format!(
                "M{} {}L{} {}V{}Z",
                number(now.0),
                number(now.1),
                number(RIGHT),
                number(self.y(high)),
                number(self.y(low))
            );
            svg.element("path").text("d", &path).text("fill", BAND).text("opacity", "0.5").end();
        }
        if self.needed_label.is_some() {
            stroke(svg, &[now, (RIGHT, self.y(self.target))], INK, 1.5, "6 4");
        }
        if let Some((low, high)) = self.end {
            stroke(svg, &[now, (RIGHT, self.y(f64::midpoint(low, high)))], ACCENT, 2.0, "");
        }
    }

    /// The most important first: what is asked for, what there is, where it leads. Each tries its places in turn, away from
    /// the lines.
    fn write_labels(&self, svg: &mut Svg, now: (f64, f64)) {
        let mut sheet = Sheet::new(WIDTH, HEIGHT);
        sheet.occupy(Area { left: now.0 - 7.0, right: now.0 + 7.0, top: now.1 - 7.0, bottom: now.1 + 7.0 });
        let (end, target) = (self.end_y(now), self.y(self.target));
        for ahead in [self.end.map(|_| end), self.needed_label.as_ref().map(|_| target)].into_iter().flatten() {
            keep_clear(&mut sheet, now, (RIGHT, ahead));
        }
        let (left, right) = (now.0 - 12.0, now.0 + 12.0);
        let needed = (Self::halfway(now), f64::midpoint(now.1, target) - 6.0);
        let beside = [
            ((left, now.1 - 8.0), Anchor::End),
            ((left, now.1 + 16.0), Anchor::End),
            ((right, now.1 + 18.0), Anchor::Start),
            ((right, now.1 - 12.0), Anchor::Start),
        ];
        // Below the own line, where that leaves room above the ground; else above it.
        let below =
            [22.0, 28.0, 34.0, 40.0].into_iter().filter(|down| end + down < GROUND - 3.0).map(|down| end + down);
        let ahead = below.chain([end - 10.0, end - 20.0, end - 30.0]).map(|y| ((RIGHT, y), Anchor::End));
        let ahead: Vec<((f64, f64), Anchor)> = ahead.collect();
        Self::write_label(svg, &mut sheet, Some(&self.target_label), &[((LEFT, target - 8.0), Anchor::Start)], INK);
        Self::write_label(svg, &mut sheet, Some(&self.achieved_label), &beside, ACCENT);
        Self::write_label(svg, &mut sheet, self.end_label.as_ref(), &ahead, ACCENT);
        Self::write_label(svg, &mut sheet, self.needed_label.as_ref(), &[(needed, Anchor::End)], INK);
        Self::write_label(svg, &mut sheet, Some(&self.first_day), &[((LEFT, GROUND + 20.0), Anchor::Start)], SOFT);
        Self::write_label(svg, &mut sheet, Some(&self.last_day), &[((RIGHT, GROUND + 20.0), Anchor::End)], SOFT);
    }

    fn write_label(
        svg: &mut Svg,
        sheet: &mut Sheet,
        text: Option<&String>,
        places: &[((f64, f64), Anchor)],
        colour: &str,
    ) {
        let Some(text) = text else { return };
        for (place, anchor) in places {
            let label = Label { size: SIZE, ..Label::new(text.clone(), *place, *anchor, "") };
            if sheet.place(&label) {
                write(svg, &label, colour, colour != SOFT);
                return;
            }
        }
    }

    fn end_y(&self, now: (f64, f64)) -> f64 {
        self.end.map_or(now.1, |(low, high)| self.y(f64::midpoint(low, high)))
    }

    fn halfway(now: (f64, f64)) -> f64 {
        f64::midpoint(now.0, RIGHT) - 8.0
    }

    fn x(&self, date: NaiveDate) -> f64 {
        let length = days(self.window.days() - 1).max(1.0);
        let passed = days((date - self.window.first()).num_days());
        LEFT + (RIGHT - LEFT) * (passed / length).clamp(0.0, 1.0)
    }

    fn y(&self, count: f64) -> f64 {
        let ends = [self.target, self.achieved, self.end.map_or(0.0, |(_, high)| high)];
        let highest = ends.into_iter().fold(1.0, f64::max);
        GROUND - (GROUND - TOP) * (count / highest).clamp(0.0, 1.0)
    }
}

/// Keeps labels off a line, box by box.
fn keep_clear(sheet: &mut Sheet, from: (f64, f64), to: (f64, f64)) {
    for step in 2..=40_u8 {
        let part = f64::from(step) / 40.0;
        let (x, y) = (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1));
        sheet.occupy(Area { left: x - 2.0, right: x + 2.0, top: y - 2.0, bottom: y + 2.0 });
    }
}

fn stroke(svg: &mut Svg, points: &[(f64, f64)], colour: &str, width: f64, dashes: &str) {
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{} {}", number(*x), number(*y))).collect();
    let line = svg.element("path").text("d", &format!("M{}", path.join("L")));
    let line = line.text("fill", "none").text("stroke", colour).number("stroke-width", width);
    if dashes.is_empty() { line.end() } else { line.text("stroke-dasharray", dashes).end() }
}

fn write(svg: &mut Svg, label: &Label, colour: &str, bold: bool) {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let text = svg.element("text").number("x", label.x).number("y", label.y).text("text-anchor", anchor);
    let text = text.text("font-family", "DejaVu Sans, sans-serif").number("font-size", 13.0).text("fill", colour);
    let text = if bold { text.text("font-weight", "bold") } else { text };
    text.holding(&label.text);
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "days of a window are few")]
fn days(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> PaceCard {
        PaceCard {
            window: "2024-01-01..2024-12-31".parse().unwrap(),
            as_of: "2024-06-07".parse().unwrap(),
            achieved: 29_890.0,
            target: 233_837.0,
            end: Some((72_325.0, 72_325.0)),
            interval: None,
            label: "29.890 pada 7 Juni".to_owned(),
            first_day: "Januari 2024".to_owned(),
            last_day: "31 Desember".to_owned(),
            target_label: "Target 233.837".to_owned(),
            achieved_label: "7 Juni: 29.890".to_owned(),
            end_label: Some("205 per hari: 72.325".to_owned()),
            needed_label: Some("perlu 985 per hari".to_owned()),
        }
    }

    fn texts(svg: &str) -> Vec<&str> {
        svg.split('>').filter_map(|part| part.strip_suffix("</text")).collect()
    }

    #[test]
    fn every_label_of_an_ordinary_year_has_its_place() {
        let svg = card().draw();
        assert_eq!(texts(&svg).len(), 6, "{svg}");
        assert!(svg.contains("stroke-dasharray") && !svg.contains("opacity"), "no fan from one day: {svg}");
        // A third of the year's height is reached where a third of the target is.
        assert!(svg.contains("cy=\"167.8\""), "{svg}");
    }

    #[test]
    fn an_interval_is_a_fan_and_a_reached_target_asks_for_nothing_more() {
        let svg = PaceCard { interval: Some((60_000.0, 90_000.0)), ..card() }.draw();
        assert!(svg.contains("opacity=\"0.5\""));
        let reached = PaceCard { achieved: 240_000.0, end: None, end_label: None, needed_label: None, ..card() }.draw();
        assert!(!reached.contains("stroke-dasharray"));
    }

    #[test]
    fn the_last_day_and_a_day_outside_the_window_stay_inside_the_picture() {
        for as_of in ["2024-12-31", "2025-03-01", "2023-12-01"] {
            let svg = PaceCard { as_of: as_of.parse().unwrap(), end: None, ..card() }.draw();
            assert!(!svg.contains("NaN") && svg.contains("circle"), "{as_of}");
        }
    }
}
