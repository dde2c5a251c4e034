//! The day of the five-day market week as five ticks, its own filled; the name of the day stands beside them.

use super::scale::length;
use super::svg::Svg;
use crate::domain::calendar::Pasaran;

const TICK: f64 = 4.0;
const STEP: f64 = 6.0;

pub fn pasaran_ticks(day: Pasaran) -> String {
    let mut svg = Svg::ornament("", (4.0 * STEP + TICK, STEP));
    for (place, other) in Pasaran::ALL.iter().enumerate() {
        let tick = svg.element("rect");
        let tick = if *other == day { tick.class("on") } else { tick };
        tick.number("x", STEP * length(place)).number("width", TICK).number("height", STEP).end();
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_fills_its_own_tick() {
        for (place, day) in Pasaran::ALL.iter().enumerate() {
            let svg = pasaran_ticks(*day);
            assert_eq!((svg.matches("<rect").count(), svg.matches("class=\"on\"").count()), (5, 1));
            assert!(svg.contains(&format!("class=\"on\" x=\"{}\"", place * 6)), "{svg}");
        }
    }
}
