//! Islands and the like: few venues so far from all others that one map of all would show the others as a heap.

use crate::domain::venue::Position;

/// Kilometres in a degree: of latitude, and of longitude at the equator.
const KM_NORTH: f64 = 110.574;
const KM_EAST: f64 = 111.32;
/// Venues with no more than this between one and the next belong together.
const GAP_KM: f64 = 20.0;
/// At most one venue in so many may be far: a map shows most of them.
const FAR_SHARE: usize = 3;
/// Without the far ones the map must become at least so many times larger.
const GAIN: f64 = 2.0;

/// True for each venue of the largest group; true for all if the others lie near enough, or are too many.
pub fn near_ones(positions: &[Position]) -> Vec<bool> {
    let points = flat(positions);
    let groups = groups(&points);
    let sizes = |group: usize| groups.iter().filter(|own| **own == group).count();
    let largest = (0..points.len()).filter(|group| groups.get(*group) == Some(group)).rev().max_by_key(|g| sizes(*g));
    let near: Vec<bool> = groups.iter().map(|group| Some(*group) == largest).collect();
    let kept: Vec<_> = points.iter().zip(&near).filter(|(_, near)| **near).map(|(point, _)| *point).collect();
    let few = (points.len() - kept.len()) * FAR_SHARE <= points.len();
    if few && span(&points) >= GAIN * span(&kept) { near } else { vec![true; points.len()] }
}

/// Kilometres east and north; good enough to tell near from far.
fn flat(positions: &[Position]) -> Vec<(f64, f64)> {
    let km_east = KM_EAST * positions.first().map_or(0.0, |first| first.latitude()).to_radians().cos();
    positions.iter().map(|position| (position.longitude() * km_east, position.latitude() * KM_NORTH)).collect()
}

/// The group of each point, named by its first member: who is reached by steps that are short enough.
fn groups(points: &[(f64, f64)]) -> Vec<usize> {
    let mut groups: Vec<Option<usize>> = vec![None; points.len()];
    for start in 0..points.len() {
        let mut reached = vec![start];
        while let Some(here) = reached.pop() {
            let (Some(group), Some(from)) = (groups.get_mut(here), points.get(here)) else { continue };
            if group.is_some() {
                continue;
            }
            *group = Some(start);
            let close = |to: &(f64, f64)| (from.0 - to.0).hypot(from.1 - to.1) <= GAP_KM;
            reached.extend(points.iter().enumerate().filter(|(_, to)| close(to)).map(|(place, _)| place));
        }
    }
    groups.into_iter().map(Option::unwrap_or_default).collect()
}

/// The longer side of the box around the points.
fn span(points: &[(f64, f64)]) -> f64 {
    let side = |of: fn(&(f64, f64)) -> f64| {
        let (low, high) =
            points.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)));
        high - low
    };
    side(|point| point.0).max(side(|point| point.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(points: &[(f64, f64)]) -> Vec<Position> {
        points.iter().map(|(latitude, longitude)| Position::new(*latitude, *longitude).unwrap()).collect()
    }

    /// Ten venues, five kilometres from one to the next, and one island.
    fn coast(island: (f64, f64)) -> Vec<Position> {
        let mut points: Vec<_> = (0..10).map(|n| (-7.0, 113.6 + 0.05 * f64::from(n))).collect();
        points.insert(3, island);
        at(&points)
    }

    #[test]
    fn an_island_far_off_is_far_and_one_before_the_coast_is_not() {
        let mut expected = vec![true; 11];
        assert_eq!(near_ones(&coast((-7.1, 113.9))), expected, "within reach of the next");
        assert_eq!(near_ones(&coast((-7.3, 113.9))), expected, "apart, but the map would not gain by it");
        expected[3] = false;
        assert_eq!(near_ones(&coast((-5.56, 114.43))), expected);
    }

    #[test]
    fn halves_that_lie_apart_stay_on_one_map() {
        assert_eq!(near_ones(&at(&[(-7.0, 113.0), (-7.01, 113.0), (-3.0, 119.0), (-3.01, 119.0)])), [true; 4]);
        assert_eq!(near_ones(&[]), Vec::<bool>::new());
        assert_eq!(near_ones(&at(&[(-7.0, 113.0); 3])), [true; 3]);
    }
}
