//! How long a team travels to a venue, and what that leaves of its day. There is no road map: a straight line, made
//! longer by what roads in the hills usually add, at the pace of a loaded car.

use crate::domain::venue::Position;

/// Kilometres of road for one of straight line.
const DETOUR: f64 = 1.4;

/// Kilometres per hour.
const PACE: f64 = 30.0;

/// Minutes where base or venue have no position.
const UNKNOWN: u32 = 30;

/// Minutes of a team's day, from the office's door and back.
const DAY: u32 = 480;

/// Kilometres of one degree of latitude.
const DEGREE: f64 = 111.2;

/// Minutes from a team's base to a venue.
pub fn travel_minutes(base: Option<Position>, venue: Option<Position>) -> u32 {
    let (Some(base), Some(venue)) = (base, venue) else { return UNKNOWN };
    let north = (venue.latitude() - base.latitude()) * DEGREE;
    let east = (venue.longitude() - base.longitude()) * DEGREE * base.latitude().to_radians().cos();
    let minutes = (north.hypot(east) * DETOUR / PACE * 60.0).ceil();
    whole(minutes)
}

/// How many people a team that serves `capacity` on a full day can serve after travelling there and back.
pub fn capacity_after(capacity: i64, minutes: u32) -> u32 {
    let left = DAY.saturating_sub(minutes.saturating_mul(2));
    let served = u64::try_from(capacity).unwrap_or_default().saturating_mul(left.into()) / u64::from(DAY);
    u32::try_from(served).unwrap_or(u32::MAX)
}

/// Distances on this earth are small numbers.
fn whole(minutes: f64) -> u32 {
    (0..=10_000).find(|whole| f64::from(*whole) >= minutes).unwrap_or(10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unnecessary_wraps, reason = "a place may be unknown, and is told so")]
    fn at(latitude: f64, longitude: f64) -> Option<Position> {
        Some(Position::new(latitude, longitude).unwrap())
    }

    #[test]
    fn ten_kilometres_of_straight_line_take_half_an_hour() {
        let base = at(-7.39, 109.36);
        assert_eq!(travel_minutes(base, at(-7.39 + 9.9 / DEGREE, 109.36)), 28);
        assert_eq!(travel_minutes(base, base), 0);
        assert_eq!(travel_minutes(base, None), UNKNOWN);
    }

    #[test]
    fn an_hour_each_way_leaves_three_quarters_of_the_day() {
        assert_eq!(capacity_after(100, 60), 75);
        assert_eq!(capacity_after(100, 0), 100);
        assert_eq!(capacity_after(100, 240), 0);
        assert_eq!(capacity_after(100, 4_000), 0);
    }
}
