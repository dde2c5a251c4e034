//! Degrees to points: within one kabupaten the earth is flat enough for kilometres east and south of a corner.

use crate::domain::venue::Position;
use crate::pictures::svg::number;

/// Kilometres in a degree: of latitude, and of longitude at the equator.
const KM_NORTH: f64 = 110.574;
const KM_EAST: f64 = 111.32;
const WIDTH: f64 = 800.0;
const HEIGHTS: (f64, f64) = (420.0, 760.0);
const MARGIN: f64 = 44.0;
/// A single venue is shown with this much around it.
const SMALLEST_KM: f64 = 4.0;
/// Grid lines lie at least this far apart.
const GRID: f64 = 90.0;

/// A flat piece of the earth on a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// The middle, in degrees.
    middle: (f64, f64),
    km_east: f64,
    /// Units of the drawing for a kilometre.
    scale: f64,
    height: f64,
}

impl Projection {
    /// The drawing on which all these positions have room; none without a position.
    pub fn around(positions: impl Iterator<Item = Position>) -> Option<Self> {
        let degrees = positions.map(|position| (position.latitude(), position.longitude()));
        let bounds = degrees.fold(None, |bounds: Option<[f64; 4]>, (latitude, longitude)| {
            let [south, north, west, east] = bounds.unwrap_or([latitude, latitude, longitude, longitude]);
            Some([south.min(latitude), north.max(latitude), west.min(longitude), east.max(longitude)])
        });
        let [south, north, west, east] = bounds?;
        let middle = (f64::midpoint(south, north), f64::midpoint(west, east));
        let km_east = KM_EAST * middle.0.to_radians().cos();
        let wide = ((east - west) * km_east).max(SMALLEST_KM);
        let high = ((north - south) * KM_NORTH).max(SMALLEST_KM / 2.0);
        let inner = |length: f64| length - 2.0 * MARGIN;
        let scale = (inner(WIDTH) / wide).min(inner(HEIGHTS.1) / high);
        let height = (high * scale + 2.0 * MARGIN).clamp(HEIGHTS.0, HEIGHTS.1);
        Some(Self { middle, km_east, scale, height })
    }

    pub fn size(&self) -> (f64, f64) {
        (WIDTH, self.height)
    }

    pub fn point(&self, position: Position) -> (f64, f64) {
        let east = (position.longitude() - self.middle.1) * self.km_east;
        let south = (self.middle.0 - position.latitude()) * KM_NORTH;
        (WIDTH / 2.0 + east * self.scale, self.height / 2.0 + south * self.scale)
    }

    /// How far the lines of the grid lie apart.
    pub fn grid_km(&self) -> f64 {
        let steps = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
        steps.into_iter().find(|km| km * self.scale >= GRID).unwrap_or(2000.0)
    }

    /// The path of the grid, from the middle outwards.
    pub fn grid(&self) -> String {
        let step = self.grid_km() * self.scale;
        let lines = |length: f64| {
            let first = (length / 2.0).rem_euclid(step);
            (0..=20_u8).map(move |line| first + f64::from(line) * step).take_while(move |at| *at < length)
        };
        let down = lines(WIDTH).map(|x| format!("M{} 0V{}", number(x), number(self.height)));
        let across = lines(self.height).map(|y| format!("M0 {}H{}", number(y), number(WIDTH)));
        down.chain(across).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::new(latitude, longitude).unwrap()
    }

    #[test]
    fn kilometres_are_the_same_in_both_directions_and_north_is_up() {
        let (a, b) = (at(-7.2, 109.2), at(-7.5, 109.6));
        let projection = Projection::around([a, b].into_iter()).unwrap();
        let ((ax, ay), (bx, by)) = (projection.point(a), projection.point(b));
        assert!(ax < bx && ay < by);
        // 0.4 degrees of longitude at 7.35 S are 44.16 km, 0.3 of latitude 33.17 km.
        assert!(((bx - ax) / (by - ay) - 44.16 / 33.17).abs() < 1e-3);
        let (width, height) = projection.size();
        assert!(
            ax >= MARGIN - 1e-9 && bx <= width - MARGIN + 1e-9 && ay >= MARGIN - 1e-9 && by <= height - MARGIN + 1e-9
        );
    }

    #[test]
    fn islands_far_apart_and_a_single_venue_have_room() {
        let far = Projection::around([at(-7.0, 113.8), at(-5.5, 114.4), at(-6.9, 116.2)].into_iter()).unwrap();
        assert!(far.size().1 <= HEIGHTS.1 && far.grid_km() >= 20.0);
        let single = Projection::around(std::iter::once(at(-7.0, 113.8))).unwrap();
        assert_eq!(single.point(at(-7.0, 113.8)), (400.0, single.size().1 / 2.0));
        assert!(single.grid().len() < 2_000 && single.grid_km() <= 1.0);
        assert_eq!(Projection::around(std::iter::empty()), None);
    }
}
