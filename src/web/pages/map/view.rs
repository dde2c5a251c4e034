//! The map in the reader's words: the picture, its key, the venue to look at first, and the list.

use chrono::NaiveDate;

use super::key::{Colour, KeyLine, key, look};
use crate::domain::outcome::Outcome;
use crate::domain::ranking::Standing;
use crate::domain::region::Region;
use crate::pictures::{Maps, Place, maps};
use crate::service::rankings::{RankedVenue, Ranking};
use crate::web::pages::Shell;
use crate::web::pages::narrowing::region_name;
use crate::wording::dates::period;

/// Marks on the map, and lines of the list, at most: a page must load on a slow line.
const MARKS: usize = 1_000;
const LINES: usize = 200;
/// Lines that are seen at once.
const FIRST: usize = 10;
/// Days since a visit that are counted; of a longer time ago one tells the date.
const COUNTED_DAYS: i64 = 60;

/// All that the page shows of the venues.
pub struct MapView {
    /// None if no venue has coordinates.
    pub picture: Option<String>,
    /// Venues that lie far from all others, such as islands: the kecamatan in words, and their own map.
    pub far: Option<(String, String)>,
    pub key: Vec<KeyLine>,
    /// "5 km", between two lines of the grid.
    pub grid: String,
    pub lead: String,
    pub measure: String,
    /// Never visited first, then the longest ago.
    pub lines: Vec<Line>,
    /// Where the page shows fewer than there are: says so.
    pub cut: Option<String>,
    pub without_place: Vec<Line>,
    pub without_place_count: String,
    pub is_empty: bool,
}

/// A venue in the list.
#[derive(Debug, Clone)]
pub struct Line {
    pub code: String,
    pub name: String,
    pub region: String,
    /// "22 hari lalu", "6 Juni 2024"
    pub last_visit: String,
    /// "96,7", or a dash.
    pub per_day: String,
}

/// A venue with what the map tells of it.
struct Spot<'a> {
    venue: &'a RankedVenue,
    standing: &'a Standing<usize>,
    region: &'a str,
    last_visit: Option<NaiveDate>,
    /// Visited within the period, and nobody has said what came of it.
    is_awaited: bool,
}

impl MapView {
    pub fn new(shell: &Shell, regions: &[Region], mapped: &Ranking, colour: Colour) -> Self {
        let mut spots: Vec<Spot<'_>> = mapped
            .venues
            .iter()
            .map(|(venue, standing)| Spot {
                venue,
                standing,
                region: region_name(regions, &venue.region),
                last_visit: mapped.last_visits.get(&venue.id).copied(),
                is_awaited: is_awaited(mapped, venue, standing, shell.today()),
            })
            .collect();
        // A stable sort: venues of the same day stay in the order of their yield.
        spots.sort_by_key(|spot| spot.last_visit);
        let (with, without): (Vec<_>, Vec<_>) = spots.iter().partition(|spot| spot.venue.position.is_some());
        let places: Vec<Place> = with.iter().take(MARKS).filter_map(|spot| spot.place(shell, colour)).collect();
        let looks: Vec<_> = places.iter().map(|place| place.look).collect();
        let drawn = maps(&shell.t("map-title"), &shell.t("map-far-title"), &places);
        let lines = |spots: &[&Spot<'_>]| spots.iter().take(LINES).map(|spot| spot.line(shell)).collect();
        Self {
            key: key(shell, colour, &looks),
            grid: drawn.as_ref().map(|drawn| kilometres(shell, drawn.near.grid_km)).unwrap_or_default(),
            far: drawn.as_ref().and_then(|drawn| far(shell, drawn)),
            picture: drawn.map(|drawn| drawn.near.svg),
            lead: lead(shell, &with),
            measure: measure(shell, mapped),
            lines: lines(&with),
            cut: (with.len() > LINES)
                .then(|| shell.tv("map-cut", &[("shown", number(shell, LINES)), ("count", number(shell, with.len()))])),
            without_place: lines(&without),
            without_place_count: number(shell, without.len()),
            is_empty: spots.is_empty(),
        }
    }
}

impl MapView {
    pub fn first_lines(&self) -> &[Line] {
        self.lines.get(..FIRST).unwrap_or(&self.lines)
    }

    pub fn other_lines(&self) -> &[Line] {
        self.lines.get(FIRST..).unwrap_or_default()
    }
}

impl Spot<'_> {
    fn place(&self, shell: &Shell, colour: Colour) -> Option<Place> {
        let Line { code, name, region, last_visit, .. } = self.line(shell);
        let mut label = format!("{name}, {region}, {}", shell.label("venue-kind", self.venue.kind.as_str()));
        if let Some(mean) = self.standing.per_day {
            let args = [("mean", shell.decimal(&mean, 1)), ("days", shell.count(self.standing.event_days))];
            label = format!("{label}, {}", shell.tv("map-yield", &args));
        }
        Some(Place {
            position: self.venue.position?,
            weight: self.standing.per_day,
            look: look(colour, self.venue.kind, self.last_visit, shell.today()),
            label: format!("{label}, {}", shell.t1("map-last-visit", "when", last_visit)),
            href: format!("{}/{code}", shell.place("lokasi")),
            name,
            region,
            code,
        })
    }

    fn line(&self, shell: &Shell) -> Line {
        Line {
            code: self.venue.code.to_string(),
            name: self.venue.name.to_string(),
            region: self.region.to_owned(),
            last_visit: if self.is_awaited {
                shell.t1("map-unreported", "when", since(shell, self.last_visit))
            } else {
                since(shell, self.last_visit)
            },
            per_day: self.standing.per_day.map_or_else(|| "–".to_owned(), |mean| shell.decimal(&mean, 1)),
        }
    }
}

fn far(shell: &Shell, drawn: &Maps) -> Option<(String, String)> {
    let picture = drawn.far.as_ref()?;
    let args = [("regions", drawn.far_regions.join(", ")), ("km", kilometres(shell, picture.grid_km))];
    Some((shell.tv("map-far", &args), picture.svg.clone()))
}

fn is_awaited(mapped: &Ranking, venue: &RankedVenue, standing: &Standing<usize>, today: NaiveDate) -> bool {
    let last = mapped.last_visits.get(&venue.id).filter(|last| **last < today && mapped.days.contains(**last));
    mapped.service == Outcome::Activated && last.is_some() && standing.per_day.is_none()
}

fn since(shell: &Shell, last_visit: Option<NaiveDate>) -> String {
    match last_visit.map(|date| (shell.today() - date).num_days()) {
        None => shell.t("map-never-visited"),
        Some(0) => shell.t("map-today"),
        Some(1) => shell.t("map-yesterday"),
        Some(days) if days <= COUNTED_DAYS => shell.t1("map-days-ago", "days", shell.count(days)),
        Some(_) => last_visit.map(|date| shell.long_date(date)).unwrap_or_default(),
    }
}

fn lead(shell: &Shell, placed: &[&Spot<'_>]) -> String {
    let never = placed.iter().filter(|spot| spot.last_visit.is_none()).count();
    let args = [("never", number(shell, never)), ("count", number(shell, placed.len()))];
    match (placed.len(), never) {
        (0, _) => shell.t("map-lead-none"),
        (_, 0) => shell.tv("map-lead-all", &args),
        _ => shell.tv("map-lead", &args),
    }
}

fn measure(shell: &Shell, mapped: &Ranking) -> String {
    let service = shell.heading("outcome", mapped.service.as_str());
    let days = period(shell.language, mapped.days);
    shell.tv("map-measure", &[("service", service), ("period", days)])
}

fn kilometres(shell: &Shell, km: f64) -> String {
    format!("{}\u{a0}km", shell.decimal(&km, u8::from(km < 1.0)))
}

fn number(shell: &Shell, number: usize) -> String {
    shell.count(i64::try_from(number).unwrap_or(i64::MAX))
}
