//! The bench's figures as a picture for `docs/RANKING.md`: for each world what choosing twenty venues misses, and how often
//! the intervals hold.

use std::fmt::Write;

/// One world's figures, in per cent.
pub struct Line {
    pub name: &'static str,
    pub plain_regret: f64,
    pub regret: f64,
    pub visited: f64,
    pub never_visited: f64,
}

const ROW: f64 = 34.0;
const TOP: f64 = 46.0;
const LEFT: f64 = 170.0;
/// Width of a per cent of regret; 35 of them are drawn.
const REGRET: f64 = 8.0;
/// Where the scale of coverage begins (70 %), and the width of a per cent.
const COVERAGE: (f64, f64) = (520.0, 8.0);

/// The whole picture as SVG.
pub fn svg(lines: &[Line]) -> String {
    let height = TOP + ROW * lines.len() as f64 + 30.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"800\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    text(&mut svg, LEFT, 18.0, "start", "missed by the first twenty, %: plain mean (grey), estimate (blue)");
    text(&mut svg, COVERAGE.0, 18.0, "start", "90 % intervals hold, %: visited ●, never visited ○");
    for step in [0.0, 10.0, 20.0, 30.0] {
        rule(&mut svg, LEFT + step * REGRET, height, &format!("{step}"));
    }
    for step in [70.0, 80.0, 90.0, 100.0] {
        rule(&mut svg, coverage(step), height, &format!("{step}"));
    }
    for (line, at) in lines.iter().zip(0_u32..) {
        row(&mut svg, line, TOP + ROW * f64::from(at));
    }
    svg.push_str("</svg>\n");
    svg
}

fn row(svg: &mut String, line: &Line, y: f64) {
    text(svg, LEFT - 10.0, y + 18.0, "end", line.name);
    for (value, offset, colour) in [(line.plain_regret, 4.0, "#b5b5b5"), (line.regret, 15.0, "#1f5fa8")] {
        let width = value * REGRET;
        let y = y + offset;
        writeln!(svg, "<rect x=\"{LEFT}\" y=\"{y}\" width=\"{width:.1}\" height=\"9\" fill=\"{colour}\"/>").unwrap();
    }
    let y = y + 14.0;
    for (value, fill) in [(line.never_visited, "#fff"), (line.visited, "#1f5fa8")] {
        let x = coverage(value);
        writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y}\" r=\"4.5\" fill=\"{fill}\" stroke=\"#1f5fa8\" stroke-width=\"1.5\"/>"
        )
        .unwrap();
    }
}

fn coverage(percent: f64) -> f64 {
    COVERAGE.0 + (percent.max(70.0) - 70.0) * COVERAGE.1
}

fn rule(svg: &mut String, x: f64, height: f64, label: &str) {
    let bottom = height - 24.0;
    writeln!(svg, "<path d=\"M{x} 28V{bottom}\" stroke=\"#ddd\"/>").unwrap();
    text(svg, x, height - 8.0, "middle", label);
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    writeln!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>").unwrap();
}
