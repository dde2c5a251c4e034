//! The marks of a map: circles by recency, or shapes by kind, always of the area that the yield asks for.

use super::place::{Drawn, Look, Recency, Shape};
use crate::pictures::svg::{Svg, moved_to, number};

/// Radii of the highest yield on a map of few venues, and of no yield at all.
const LARGEST: f64 = 22.0;
const SMALLEST: f64 = 5.5;

/// The radius of a circle whose area stands for the yield. Many venues share the room of few.
pub fn radius(weight: Option<f64>, heaviest: f64, places: f64) -> f64 {
    let largest = LARGEST * (80.0 / places.max(1.0)).sqrt().clamp(0.5, 1.0);
    let share = weight.map_or(0.0, |weight| weight.max(0.0) / heaviest);
    if share.is_finite() { (largest * share.sqrt()).max(SMALLEST) } else { SMALLEST }
}

/// One venue: a link that holds its mark, drawn around a zero of its own, so that the stylesheet can enlarge it there.
pub fn draw_mark(svg: &mut Svg, mark: &Drawn<'_>) {
    let link = svg.element("a").text("href", &mark.place.href).text("aria-label", &mark.place.label);
    let link = link.text("data-code", &mark.place.code).text("data-name", &mark.place.name);
    link.text("transform", &moved_to(mark.x, mark.y)).open();
    draw(svg, mark.place.look, mark.place.weight.is_some(), (0.0, 0.0), mark.radius);
    svg.close("a");
}

/// A mark for the key beside a map; `yields` is false for venues without a result.
pub fn map_key(look: Look, yields: bool) -> String {
    let mut svg = Svg::ornament("", (18.0, 18.0));
    draw(&mut svg, look, yields, (9.0, 9.0), 6.5);
    svg.finish()
}

fn draw(svg: &mut Svg, look: Look, yields: bool, (x, y): (f64, f64), radius: f64) {
    let class = class(look, yields);
    match look {
        Look::Recency(_) | Look::Shape(Shape::Circle) => {
            let circle = svg.element("circle").class(class);
            let circle = if (x, y) == (0.0, 0.0) { circle } else { circle.number("cx", x).number("cy", y) };
            circle.number("r", radius).end();
        }
        Look::Shape(shape) => {
            let corners = corners(shape).iter();
            let corners = corners.map(|(dx, dy)| format!("{} {}", number(x + dx * radius), number(y + dy * radius)));
            let path = format!("M{}Z", corners.collect::<Vec<_>>().join("L"));
            svg.element("path").class(class).text("d", &path).end();
        }
    }
}

fn class(look: Look, yields: bool) -> &'static str {
    match (look, yields) {
        (Look::Recency(Recency::Fresh), _) => "fresh",
        (Look::Recency(Recency::Aging), _) => "aging",
        (Look::Recency(Recency::Never), _) => "never",
        (Look::Shape(Shape::Circle), true) => "circle",
        (Look::Shape(Shape::Circle), false) => "circle hollow",
        (Look::Shape(Shape::Square), true) => "square",
        (Look::Shape(Shape::Square), false) => "square hollow",
        (Look::Shape(Shape::Diamond), true) => "diamond",
        (Look::Shape(Shape::Diamond), false) => "diamond hollow",
        (Look::Shape(Shape::Triangle), true) => "triangle",
        (Look::Shape(Shape::Triangle), false) => "triangle hollow",
        (Look::Shape(Shape::Hexagon), true) => "hexagon",
        (Look::Shape(Shape::Hexagon), false) => "hexagon hollow",
        (Look::Shape(Shape::Cross), true) => "cross",
        (Look::Shape(Shape::Cross), false) => "cross hollow",
    }
}

/// The corners of a shape of area pi, its centre of mass at zero: that of a circle of radius one.
fn corners(shape: Shape) -> &'static [(f64, f64)] {
    match shape {
        Shape::Circle => &[],
        Shape::Square => &[(-0.886, -0.886), (0.886, -0.886), (0.886, 0.886), (-0.886, 0.886)],
        Shape::Diamond => &[(0.0, -1.253), (1.253, 0.0), (0.0, 1.253), (-1.253, 0.0)],
        Shape::Triangle => &[(0.0, -1.555), (1.347, 0.778), (-1.347, 0.778)],
        Shape::Hexagon => &[(-1.1, 0.0), (-0.55, -0.952), (0.55, -0.952), (1.1, 0.0), (0.55, 0.952), (-0.55, 0.952)],
        Shape::Cross => &[
            (-0.396, -1.189),
            (0.396, -1.189),
            (0.396, -0.396),
            (1.189, -0.396),
            (1.189, 0.396),
            (0.396, 0.396),
            (0.396, 1.189),
            (-0.396, 1.189),
            (-0.396, 0.396),
            (-1.189, 0.396),
            (-1.189, -0.396),
            (-0.396, -0.396),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_has_the_area_of_the_circle_that_it_stands_for() {
        for shape in [Shape::Square, Shape::Diamond, Shape::Triangle, Shape::Hexagon, Shape::Cross] {
            let corners = corners(shape);
            let next = corners.iter().cycle().skip(1);
            let area: f64 = corners.iter().zip(next).map(|((x, y), (u, v))| (x * v - u * y) / 2.0).sum();
            assert!((area.abs() - std::f64::consts::PI).abs() < 0.02, "{shape:?}: {area}");
        }
    }

    #[test]
    fn a_yield_of_zero_and_none_are_still_seen_and_a_crowded_map_has_smaller_marks() {
        assert_eq!((radius(Some(0.0), 0.0, 1.0), radius(None, 80.0, 1.0)), (SMALLEST, SMALLEST));
        assert_eq!((radius(Some(80.0), 80.0, 1.0), radius(Some(80.0), 80.0, 5_000.0)), (LARGEST, LARGEST / 2.0));
    }

    #[test]
    fn a_venue_without_a_result_is_hollow_whatever_its_shape() {
        assert!(map_key(Look::Shape(Shape::Square), false).contains("square hollow"));
        assert!(map_key(Look::Recency(Recency::Never), false).contains("class=\"never\""));
    }
}
