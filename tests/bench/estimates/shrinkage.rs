//! One simulated district as a picture for `docs/RANKING.md`: what mean and estimate say of some venues beside the truth,
//! and between which places each may lie.

use std::fmt::Write;

use jemputbola::domain::ranking::{Estimate, RankInterval, VenueHistory};

const SCHOOL: u16 = 0;
const VILLAGE_HALL: u16 = 4;

/// The first venue of a kind with so many visits is shown.
const SHOWN: [(u16, usize); 12] = [
    (VILLAGE_HALL, 0),
    (VILLAGE_HALL, 1),
    (VILLAGE_HALL, 2),
    (VILLAGE_HALL, 4),
    (VILLAGE_HALL, 6),
    (VILLAGE_HALL, 8),
    (SCHOOL, 0),
    (SCHOOL, 1),
    (SCHOOL, 2),
    (SCHOOL, 3),
    (SCHOOL, 5),
    (SCHOOL, 7),
];

const BLUE: &str = "#1f5fa8";
const GREY: &str = "#8a8a8a";
const ROW: f64 = 24.0;
const TOP: f64 = 46.0;
const YIELDS: Axis = Axis { from: 170.0, to: 480.0, most: 160.0, step: 40.0 };
const PLACES: Axis = Axis { from: 520.0, to: 780.0, most: 300.0, step: 50.0 };

/// A scale from 0 to the right.
struct Axis {
    from: f64,
    to: f64,
    most: f64,
    step: f64,
}

impl Axis {
    fn at(&self, value: f64) -> f64 {
        self.from + (self.to - self.from) * value.clamp(0.0, self.most) / self.most
    }
}

/// A district with what was estimated of it, in the order of the venues.
pub struct Shown<'a> {
    pub known: &'a [VenueHistory],
    pub means: &'a [f64],
    pub estimates: &'a [Estimate],
    pub places: &'a [RankInterval],
    pub truth: &'a [f64],
}

/// The whole picture as SVG.
pub fn svg(shown: &Shown<'_>) -> String {
    let rows: Vec<usize> = SHOWN.iter().filter_map(|(kind, visits)| first(shown.known, *kind, *visits)).collect();
    let bottom = TOP + ROW * rows.len() as f64;
    let height = bottom + 26.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"800\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    text(&mut svg, 12.0, 18.0, "start", "next visit: estimate with 90 % interval (blue), plain mean (○), truth (|)");
    text(&mut svg, PLACES.from, 18.0, "start", "place: interval (blue), truth (|)");
    for axis in [&YIELDS, &PLACES] {
        for step in 0..=(axis.most / axis.step) as u32 {
            let value = f64::from(step) * axis.step;
            let x = axis.at(value);
            writeln!(svg, "<path d=\"M{x:.1} 30V{bottom}\" stroke=\"#ddd\"/>").unwrap();
            text(&mut svg, x, bottom + 18.0, "middle", &value.to_string());
        }
    }
    for (row, at) in rows.iter().enumerate() {
        draw(&mut svg, shown, *at, TOP + ROW * row as f64);
    }
    svg.push_str("</svg>\n");
    svg
}

fn first(venues: &[VenueHistory], kind: u16, visits: usize) -> Option<usize> {
    venues.iter().position(|venue| venue.kind == kind && venue.visits.len() == visits)
}

fn draw(svg: &mut String, shown: &Shown<'_>, at: usize, y: f64) {
    let (venue, estimate, truth) = (&shown.known[at], &shown.estimates[at], shown.truth[at]);
    let name = if venue.kind == SCHOOL { "school" } else { "village hall" };
    let visits = match venue.visits.len() {
        0 => "never visited".to_owned(),
        1 => "1 visit".to_owned(),
        n => format!("{n} visits"),
    };
    text(svg, YIELDS.from - 12.0, y + 4.0, "end", &format!("{name}, {visits}"));
    bar(svg, YIELDS.at(estimate.spread.low), YIELDS.at(estimate.spread.high), y);
    let (mean, found) = (YIELDS.at(shown.means[at]), YIELDS.at(estimate.forecast.mean));
    writeln!(svg, "<path d=\"M{mean:.1} {y}H{found:.1}\" stroke=\"{GREY}\" stroke-dasharray=\"2 2\"/>").unwrap();
    writeln!(svg, "<circle cx=\"{mean:.1}\" cy=\"{y}\" r=\"4\" fill=\"#fff\" stroke=\"{GREY}\" stroke-width=\"1.5\"/>")
        .unwrap();
    writeln!(svg, "<circle cx=\"{found:.1}\" cy=\"{y}\" r=\"4\" fill=\"{BLUE}\"/>").unwrap();
    tick(svg, YIELDS.at(truth), y);
    let places = shown.places[at];
    bar(svg, PLACES.at(f64::from(places.low)), PLACES.at(f64::from(places.high)), y);
    let place = 1 + shown.truth.iter().filter(|other| **other > truth).count();
    tick(svg, PLACES.at(place as f64), y);
}

fn bar(svg: &mut String, from: f64, to: f64, y: f64) {
    let (y, width) = (y - 5.0, (to - from).max(2.0));
    writeln!(
        svg,
        "<rect x=\"{from:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"10\" fill=\"{BLUE}\" fill-opacity=\"0.25\"/>"
    )
    .unwrap();
}

fn tick(svg: &mut String, x: f64, y: f64) {
    writeln!(svg, "<path d=\"M{x:.1} {}V{}\" stroke=\"#000\" stroke-width=\"2\"/>", y - 8.0, y + 8.0).unwrap();
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    writeln!(svg, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>").unwrap();
}
