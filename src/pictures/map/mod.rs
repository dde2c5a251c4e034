//! The map of an office's venues: a link for each, as large as its yield, on a grid of kilometres. We have no outlines
//! of regions, so the names of the kecamatan stand amid their venues, where they cover nothing.

mod apart;
mod marks;
mod names;
mod place;
mod projection;

pub use marks::map_key;
pub use place::{Look, Place, Recency, Shape};

use std::collections::BTreeSet;

use super::scale::length;
use super::svg::Svg;
use marks::{draw_mark, radius};
use names::{Page, name_page};
use place::Drawn;
use projection::Projection;

/// A drawn map, and how far its grid lines lie apart.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPicture {
    pub svg: String,
    pub grid_km: f64,
}

/// The maps of an office: of most of its venues, and of those that lie far from them all, such as islands.
#[derive(Debug, Clone, PartialEq)]
pub struct Maps {
    pub near: MapPicture,
    pub far: Option<MapPicture>,
    /// The kecamatan of the far ones, by name.
    pub far_regions: Vec<String>,
}

/// Draws the venues on one map, or on two of which each is worth looking at; none if there is no venue to draw. The same
/// area is the same yield on both.
pub fn maps(label: &str, far_label: &str, places: &[Place]) -> Option<Maps> {
    let positions: Vec<_> = places.iter().map(|place| place.position).collect();
    let is_near = apart::near_ones(&positions);
    let on = |near: bool| -> Vec<&Place> {
        places.iter().zip(&is_near).filter(|(_, is_near)| **is_near == near).map(|(place, _)| place).collect()
    };
    let (near, far) = (on(true), on(false));
    let heaviest = places.iter().filter_map(|place| place.weight).fold(0.0, f64::max);
    let crowd = length(near.len());
    let far_regions: BTreeSet<&str> = far.iter().map(|place| place.region.as_str()).collect();
    Some(Maps {
        near: map(label, &near, heaviest, crowd)?,
        far: map(far_label, &far, heaviest, crowd),
        far_regions: far_regions.into_iter().map(str::to_owned).collect(),
    })
}

/// Draws the venues, the largest first, so that a small one lies on top of it.
fn map(label: &str, places: &[&Place], heaviest: f64, crowd: f64) -> Option<MapPicture> {
    let projection = Projection::around(places.iter().map(|place| place.position))?;
    let drawn = drawn(&projection, places, heaviest, crowd);
    let mut svg = Svg::labelled("map", projection.size(), "group", label);
    svg.element("path").class("grid").text("d", &projection.grid()).end();
    for mark in &drawn {
        draw_mark(&mut svg, mark);
    }
    for page in [Page::Wide, Page::Narrow] {
        name_page(&mut svg, projection.size(), &drawn, page);
    }
    Some(MapPicture { svg: svg.finish(), grid_km: projection.grid_km() })
}

fn drawn<'a>(projection: &Projection, places: &[&'a Place], heaviest: f64, crowd: f64) -> Vec<Drawn<'a>> {
    let at = |place: &&'a Place| {
        let (x, y) = projection.point(place.position);
        Drawn { place, x, y, radius: radius(place.weight, heaviest, crowd) }
    };
    let mut drawn: Vec<_> = places.iter().map(at).collect();
    drawn.sort_by(|a, b| b.radius.total_cmp(&a.radius).then_with(|| a.place.code.cmp(&b.place.code)));
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::venue::Position;

    fn place(code: &str, (latitude, longitude): (f64, f64), weight: Option<f64>) -> Place {
        Place {
            position: Position::new(latitude, longitude).unwrap(),
            weight,
            look: Look::Recency(Recency::Fresh),
            name: format!("Lokasi {code}"),
            region: "Bobotsari".to_owned(),
            label: format!("Lokasi <{code}>"),
            href: format!("/33.03/lokasi/{code}?a=1&b=2"),
            code: code.to_owned(),
        }
    }

    fn radii(svg: &str) -> Vec<f64> {
        svg.split(" r=\"").skip(1).map(|part| part.split('"').next().unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn without_a_place_there_is_no_map() {
        assert_eq!(maps("kosong", "", &[]), None);
    }

    #[test]
    fn every_venue_is_a_link_with_its_words_and_its_area_is_its_yield() {
        let places = [
            place("A", (-7.30, 109.30), Some(25.0)),
            place("B", (-7.40, 109.40), Some(100.0)),
            place("C", (-7.35, 109.36), None),
        ];
        let svg = maps("Peta", "", &places).unwrap().near.svg;
        assert_eq!(svg.matches("<a ").count(), 3);
        assert!(
            svg.contains("href=\"/33.03/lokasi/A?a=1&amp;b=2\"") && svg.contains("aria-label=\"Lokasi &lt;B&gt;\"")
        );
        let radii = radii(&svg);
        assert!((radii[0] - 2.0 * radii[1]).abs() < 0.11, "four times the yield, twice the radius: {radii:?}");
        assert!(svg.find("lokasi/B").unwrap() < svg.find("lokasi/A").unwrap(), "the largest lies below");
    }

    #[test]
    fn islands_have_a_map_of_their_own_on_the_same_scale_of_yields() {
        let coast = (0..9).map(|n| place(&format!("C{n}"), (-7.0, 113.7 + 0.05 * f64::from(n)), Some(100.0)));
        let mut places: Vec<Place> = coast.collect();
        places.push(Place { region: "Masalembu".to_owned(), ..place("JAUH", (-5.56, 114.43), Some(25.0)) });
        let maps = maps("Peta", "Jauh", &places).unwrap();
        let far = maps.far.unwrap().svg;
        assert_eq!((maps.near.svg.matches("<a ").count(), far.matches("<a ").count()), (9, 1));
        assert_eq!(maps.far_regions, ["Masalembu"]);
        assert!((radii(&maps.near.svg)[0] - 2.0 * radii(&far)[0]).abs() < 0.11, "four times the yield");
        assert!(far.contains("aria-label=\"Jauh\""));
    }

    #[test]
    fn one_venue_or_many_at_one_spot_still_make_a_map() {
        let places: Vec<Place> = (0..300).map(|n| place(&format!("V{n}"), (-7.30, 109.30), Some(0.0))).collect();
        for count in [1, 300] {
            let svg = maps("Peta", "", &places[..count]).unwrap().near.svg;
            assert_eq!(svg.matches("<a ").count(), count);
            assert!(!svg.contains("NaN") && !svg.contains("inf\""));
        }
    }
}
