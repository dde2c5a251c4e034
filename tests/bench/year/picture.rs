//! The year as a picture for `docs/RANKING.md`: activations so far week by week, and each policy against top yield first.

use std::fmt::Write;

use super::figures::Figures;
use super::policy::{Drawn, POLICIES, Policy, TOP_YIELD};
use super::season::Season;

const SIZE: (f64, f64) = (800.0, 380.0);
const TOP: f64 = 42.0;
const BOTTOM: f64 = 330.0;
/// Where each half of the picture begins and ends.
const LEFT: (f64, f64) = (56.0, 372.0);
const RIGHT: (f64, f64) = (452.0, 690.0);
/// Per cent of top yield first, from and to.
const RATIO: (f64, f64) = (70.0, 140.0);
/// A line for each so many activations.
const STEP: f64 = 10_000.0;
/// The first weeks are chance alone.
const FIRST_RATIO: usize = 4;

/// The whole picture as SVG.
pub fn svg(seasons: &[&[Season]]) -> String {
    let (width, height) = SIZE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    text(&mut svg, 12.0, 20.0, "start", "activations so far, mean of the worlds");
    text(&mut svg, RIGHT.0 - 30.0, 20.0, "start", "so far, in % of top yield first, with the 95 % band");
    let most = totals(seasons);
    let weeks = most.len();
    for line in 0..=(most.last().copied().unwrap_or_default() / STEP) as u32 {
        let value = f64::from(line) * STEP;
        let y = height_of(value, (0.0, top_of(&most)));
        rule(&mut svg, LEFT, y);
        text(&mut svg, LEFT.0 - 6.0, y + 4.0, "end", &format!("{}", value / 1e3));
    }
    text(&mut svg, LEFT.0 - 6.0, TOP - 6.0, "end", "1,000");
    for percent in (70..=140).step_by(10) {
        let y = height_of(f64::from(percent), RATIO);
        rule(&mut svg, RIGHT, y);
        text(&mut svg, RIGHT.0 - 6.0, y + 4.0, "end", &percent.to_string());
    }
    for (from, to) in [LEFT, RIGHT] {
        for week in [0, 13, 26, 39, 52] {
            text(&mut svg, x_of(week, weeks, (from, to)), BOTTOM + 18.0, "middle", &week.to_string());
        }
        text(&mut svg, f64::midpoint(from, to), BOTTOM + 36.0, "middle", "week");
    }
    for (policy, of) in POLICIES.iter().zip(seasons) {
        draw(&mut svg, policy, of, seasons[TOP_YIELD], top_of(&most));
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, policy: &Policy, seasons: &[Season], base: &[Season], most: f64) {
    let Some(Drawn { name, colour, below }) = policy.drawn else { return };
    let weeks = seasons[0].by_week.len();
    let so_far = |week: usize| Figures::of(seasons.iter().map(|season| season.by_week[week])).mean;
    let ratio = |week: usize| {
        Figures::of(seasons.iter().zip(base).map(|(season, base)| 1e2 * season.by_week[week] / base.by_week[week]))
    };
    let at = |week: usize, half, value: f64, scale| (x_of(week + 1, weeks, half), height_of(value, scale));
    let line: Vec<(f64, f64)> = (0..weeks).map(|week| at(week, LEFT, so_far(week), (0.0, most))).collect();
    path(svg, &line, colour);
    let upper = (FIRST_RATIO..weeks).map(|week| (week, ratio(week).mean + ratio(week).half));
    let lower = (FIRST_RATIO..weeks).rev().map(|week| (week, ratio(week).mean - ratio(week).half));
    let band: Vec<(f64, f64)> = upper.chain(lower).map(|(week, value)| at(week, RIGHT, value, RATIO)).collect();
    writeln!(svg, "<polygon points=\"{}\" fill=\"{colour}\" fill-opacity=\"0.14\"/>", points(&band)).unwrap();
    let line: Vec<(f64, f64)> = (FIRST_RATIO..weeks).map(|week| at(week, RIGHT, ratio(week).mean, RATIO)).collect();
    path(svg, &line, colour);
    let (x, y) = line[line.len() - 1];
    writeln!(svg, "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>", x + 6.0, y + below).unwrap();
}

/// The mean after each week of the policy that brings most.
fn totals(seasons: &[&[Season]]) -> Vec<f64> {
    let mean = |of: &[Season], week: usize| Figures::of(of.iter().map(|season| season.by_week[week])).mean;
    let weeks = seasons[0][0].by_week.len();
    (0..weeks).map(|week| seasons.iter().map(|of| mean(of, week)).fold(0.0, f64::max)).collect()
}

fn top_of(most: &[f64]) -> f64 {
    most.last().copied().unwrap_or(1.0) * 1.03
}

fn x_of(week: usize, weeks: usize, (from, to): (f64, f64)) -> f64 {
    from + (to - from) * week as f64 / weeks as f64
}

fn height_of(value: f64, (from, to): (f64, f64)) -> f64 {
    BOTTOM - (BOTTOM - TOP) * ((value.clamp(from, to) - from) / (to - from))
}

fn points(line: &[(f64, f64)]) -> String {
    line.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

fn path(svg: &mut String, line: &[(f64, f64)], colour: &str) {
    writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>", points(line))
        .unwrap();
}

fn rule(svg: &mut String, (from, to): (f64, f64), y: f64) {
    writeln!(svg, "<path d=\"M{from} {y:.1}H{to}\" stroke=\"#ddd\"/>").unwrap();
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>").unwrap();
}
