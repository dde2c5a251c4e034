//! The names on a map, written after the marks and never over them: first the kecamatan amid their venues, then the
//! venues that yield most, as far as there is room.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::place::Drawn;
use crate::pictures::labels::{Anchor, Area, Label, Sheet, TEXT_SIZE};
use crate::pictures::scale::length;
use crate::pictures::svg::{Svg, moved_to};

/// The same drawing on a wide page and shrunk on a phone, where text and marks must be drawn larger to be seen as large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Wide,
    Narrow,
}

/// Venues that are named at most.
const NAMED: usize = 10;

impl Page {
    fn class(self) -> &'static str {
        match self {
            Self::Wide => "only-wide",
            Self::Narrow => "only-narrow",
        }
    }

    /// The text size of the stylesheet for `.map`, in units of the drawing.
    fn text(self) -> f64 {
        match self {
            Self::Wide => TEXT_SIZE,
            Self::Narrow => 30.0,
        }
    }

    /// How much the stylesheet enlarges the marks.
    fn mark(self) -> f64 {
        match self {
            Self::Wide => 1.0,
            Self::Narrow => 1.8,
        }
    }
}

/// Writes the names of one page. They repeat what the links say, so they are not read aloud.
pub fn name_page(svg: &mut Svg, size: (f64, f64), drawn: &[Drawn<'_>], page: Page) {
    let mut sheet = Sheet::new(size.0, size.1);
    for mark in drawn {
        sheet.occupy(around(mark, page));
    }
    svg.element("g").class(page.class()).text("aria-hidden", "true").open();
    for (middle, places) in regions(drawn, page) {
        write_first_free(svg, &mut sheet, middle, places);
    }
    if page == Page::Wide {
        for mark in drawn.iter().filter(|mark| mark.place.weight.is_some()).take(NAMED) {
            write_first_free(svg, &mut sheet, (mark.x, mark.y), beside(mark));
        }
    }
    svg.close("g");
}

fn around(mark: &Drawn<'_>, page: Page) -> Area {
    let radius = mark.radius * page.mark();
    Area { left: mark.x - radius, right: mark.x + radius, top: mark.y - radius, bottom: mark.y + radius }
}

/// Writes a name where it first has room, measured from what it names: so it stays beside that when the page zooms.
fn write_first_free(svg: &mut Svg, sheet: &mut Sheet, (x, y): (f64, f64), places: Vec<Label>) {
    if let Some(label) = places.into_iter().find(|label| sheet.place(label)) {
        svg.element("g").text("transform", &moved_to(x, y)).open();
        svg.label(&Label { x: label.x - x, y: label.y - y, ..label });
        svg.close("g");
    }
}

/// Where the name of each kecamatan may stand, the nearest to the middle of its venues first and never nearer to another
/// kecamatan; that of most venues leads.
fn regions(drawn: &[Drawn<'_>], page: Page) -> Vec<((f64, f64), Vec<Label>)> {
    let mut middles: BTreeMap<&str, (f64, f64, usize)> = BTreeMap::new();
    for mark in drawn {
        let (x, y, count) = middles.entry(mark.place.region.as_str()).or_default();
        (*x, *y, *count) = (*x + mark.x, *y + mark.y, *count + 1);
    }
    let mut middles: Vec<_> = middles.into_iter().collect();
    middles.sort_by_key(|(_, (_, _, count))| Reverse(*count));
    let text = page.text();
    let all: Vec<(f64, f64)> =
        middles.iter().map(|(_, (x, y, count))| (x / length(*count), y / length(*count))).collect();
    let around = |(name, (x, y, count)): (&str, (f64, f64, usize))| {
        let middle = (x / length(count), y / length(count));
        let label = |(dx, dy): &(f64, f64)| {
            let at = (middle.0 + dx * text, middle.1 + (dy + 0.3) * text);
            // Set a little apart by the stylesheet: its box is that much wider.
            Label { size: text * 1.06, ..Label::new(name, at, Anchor::Middle, "region") }
        };
        let stands_here = |offset: &&(f64, f64)| {
            let at = (middle.0 + offset.0 * text, middle.1 + offset.1 * text);
            let own = distance(at, middle);
            own <= FAR && all.iter().all(|other| own <= distance(at, *other))
        };
        (middle, OFFSETS.iter().filter(stands_here).map(label).collect())
    };
    middles.into_iter().map(around).collect()
}

fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

/// So far from its middle, in units of the drawing, a name still says what it names; beyond it none is better.
const FAR: f64 = 100.0;

/// Steps away from the middle of a region, in text sizes: above and below before the sides, near before far.
const OFFSETS: [(f64, f64); 21] = [
    (0.0, 0.0),
    (0.0, -1.2),
    (0.0, 1.2),
    (0.0, -2.2),
    (0.0, 2.2),
    (-2.5, -1.2),
    (2.5, -1.2),
    (-2.5, 1.2),
    (2.5, 1.2),
    (-4.5, 0.0),
    (4.5, 0.0),
    (0.0, -3.4),
    (0.0, 3.4),
    (-3.5, -2.4),
    (3.5, -2.4),
    (-3.5, 2.4),
    (3.5, 2.4),
    (-6.5, 0.0),
    (6.5, 0.0),
    (0.0, -4.8),
    (0.0, 4.8),
];

fn beside(mark: &Drawn<'_>) -> Vec<Label> {
    let gap = mark.radius + 5.0;
    let label = |at, anchor| Label::new(mark.place.name.as_str(), at, anchor, "venue");
    vec![
        label((mark.x + gap, mark.y + 4.5), Anchor::Start),
        label((mark.x - gap, mark.y + 4.5), Anchor::End),
        label((mark.x, mark.y - gap), Anchor::Middle),
        label((mark.x, mark.y + gap + 8.0), Anchor::Middle),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::venue::Position;
    use crate::pictures::map::place::{Look, Place, Recency};

    fn place(number: usize) -> Place {
        Place {
            position: Position::new(-7.0, 110.0).unwrap(),
            weight: Some(1.0),
            look: Look::Recency(Recency::Fresh),
            name: format!("Balai Desa {number}"),
            region: format!("Kec. {}", number % 5),
            label: String::new(),
            href: String::new(),
            code: number.to_string(),
        }
    }

    /// The numbers of an attribute, in order.
    fn all(svg: &str, attribute: &str) -> Vec<f64> {
        let start = format!(" {attribute}=\"");
        svg.split(&start).skip(1).map(|part| part.split('"').next().unwrap().parse().unwrap()).collect()
    }

    fn zeros(svg: &str) -> Vec<(f64, f64)> {
        let pair = |part: &str| {
            let (x, y) = part.split(')').next().unwrap().split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        };
        svg.split("translate(").skip(1).map(pair).collect()
    }

    #[test]
    fn no_name_covers_a_mark_or_another_name_on_either_page() {
        let places: Vec<Place> = (0..30).map(place).collect();
        let at = |(number, place)| {
            let turn = length(number) * std::f64::consts::TAU / 5.0;
            let far = 100.0 + 4.0 * length(number);
            Drawn {
                place,
                x: 400.0 + far * turn.cos(),
                y: 360.0 + far * turn.sin(),
                radius: 6.0 + length(number % 7) * 2.0,
            }
        };
        let drawn: Vec<Drawn<'_>> = places.iter().enumerate().map(at).collect();
        for page in [Page::Wide, Page::Narrow] {
            let mut svg = Svg::ornament("", (800.0, 720.0));
            name_page(&mut svg, (800.0, 720.0), &drawn, page);
            let svg = svg.finish();
            let texts: Vec<&str> = svg.split('>').filter_map(|part| part.strip_suffix("</text")).collect();
            assert!(texts.len() >= 3, "{page:?}: {texts:?}");
            let at = zeros(&svg).into_iter().zip(all(&svg, "x").into_iter().zip(all(&svg, "y")));
            let boxes: Vec<Area> = texts
                .iter()
                .zip(at.map(|((x, y), (dx, dy))| (x + dx, y + dy)))
                .filter(|(text, _)| text.starts_with("Kec"))
                .map(|(text, at)| Label { size: page.text(), ..Label::new(*text, at, Anchor::Middle, "") }.area())
                .collect();
            for (place, area) in boxes.iter().enumerate() {
                assert!(boxes[..place].iter().all(|other| !other.overlaps(*area)), "{page:?}: {svg}");
                assert!(drawn.iter().all(|mark| !around(mark, page).overlaps(*area)), "{page:?}: {svg}");
            }
        }
    }

    #[test]
    fn a_name_stands_nearer_to_its_own_kecamatan_than_to_any_other_or_nowhere() {
        let places: Vec<Place> = (0..10).map(place).collect();
        // Five kecamatan in a row, closer to each other than a name on a phone is wide.
        let at = |(number, place)| Drawn { place, x: 100.0 + 70.0 * length(number % 5), y: 300.0, radius: 6.0 };
        let drawn: Vec<Drawn<'_>> = places.iter().enumerate().map(at).collect();
        for page in [Page::Wide, Page::Narrow] {
            let found = regions(&drawn, page);
            assert_eq!(found.len(), 5);
            for (middle, labels) in &found {
                assert!(!labels.is_empty(), "{page:?}");
                for label in labels {
                    let stands = (label.x, label.y - 0.3 * page.text());
                    let own = distance(stands, *middle);
                    assert!(own <= FAR && found.iter().all(|(other, _)| own <= distance(stands, *other) + 1e-9));
                }
            }
        }
    }
}
