//! The map of an office's venues: a link for each, as large as its yield, on a grid of kilometres. We have no outlines
//! of regions, so the names of the kecamatan stand amid their venues, where they cover nothing.

mod marks;
mod names;
mod place;
mod projection;

pub use marks::map_key;
pub use place::{Look, Place, Recency, Shape};

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

/// Draws the venues, the largest first, so that a small one lies on top of it; none if there is no venue to draw.
pub fn map(label: &str, places: &[Place]) -> Option<MapPicture> {
    let projection = Projection::around(places.iter().map(|place| place.position))?;
    let drawn = drawn(&projection, places);
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

fn drawn<'a>(projection: &Projection, places: &'a [Place]) -> Vec<Drawn<'a>> {
    let heaviest = places.iter().filter_map(|place| place.weight).fold(0.0, f64::max);
    let at = |place: &'a Place| {
        let (x, y) = projection.point(place.position);
        Drawn { place, x, y, radius: radius(place.weight, heaviest, length(places.len())) }
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
        assert_eq!(map("kosong", &[]), None);
    }

    #[test]
    fn every_venue_is_a_link_with_its_words_and_its_area_is_its_yield() {
        let places = [
            place("A", (-7.30, 109.30), Some(25.0)),
            place("B", (-7.40, 109.40), Some(100.0)),
            place("C", (-7.35, 109.36), None),
        ];
        let svg = map("Peta", &places).unwrap().svg;
        assert_eq!(svg.matches("<a ").count(), 3);
        assert!(
            svg.contains("href=\"/33.03/lokasi/A?a=1&amp;b=2\"") && svg.contains("aria-label=\"Lokasi &lt;B&gt;\"")
        );
        let radii = radii(&svg);
        assert!((radii[0] - 2.0 * radii[1]).abs() < 0.11, "four times the yield, twice the radius: {radii:?}");
        assert!(svg.find("lokasi/B").unwrap() < svg.find("lokasi/A").unwrap(), "the largest lies below");
    }

    #[test]
    fn one_venue_or_many_at_one_spot_still_make_a_map() {
        let places: Vec<Place> = (0..300).map(|n| place(&format!("V{n}"), (-7.30, 109.30), Some(0.0))).collect();
        for count in [1, 300] {
            let svg = map("Peta", &places[..count]).unwrap().svg;
            assert_eq!(svg.matches("<a ").count(), count);
            assert!(!svg.contains("NaN") && !svg.contains("inf\""));
        }
    }
}
