//! The published facts of the five districts, as the program ships with them. The demo loads them as they are; what they
//! mean and where they come from is in `config/scenarios/five_districts/SOURCES.md`.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::domain::dates::{DateRange, parse_date};
use crate::domain::denominator::{DenominatorDetails, DenominatorInput};
use crate::domain::event::{EventKind, EventState, Slot};
use crate::domain::observation::{ObservationDetails, ObservationInput};
use crate::domain::office::{parse_office_code, parse_time_zone};
use crate::domain::region::RegionCode;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::target::{Purpose, TargetDetails, TargetInput};
use crate::domain::text::{Code, Name, Note};
use crate::domain::total::TotalDetails;
use crate::domain::venue::{VenueDetails, VenueInput};
use crate::store::StoreError;

/// What was published about one district.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictFacts {
    pub code: RegionCode,
    pub name: Name,
    pub time_zone: Tz,
    pub venues: Vec<(Code, VenueDetails)>,
    pub events: Vec<PublishedEvent>,
    pub totals: Vec<TotalDetails>,
    pub targets: Vec<TargetDetails>,
    pub denominators: Vec<DenominatorDetails>,
    pub observations: Vec<ObservationDetails>,
}

impl DistrictFacts {
    /// The windows of published campaigns, which nothing synthetic may enter.
    pub fn campaigns(&self) -> impl Iterator<Item = DateRange> {
        self.targets.iter().filter(|target| target.purpose == Purpose::Campaign).map(|target| target.window)
    }
}

/// An event that a report tells of; who went there it does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedEvent {
    pub venue: Code,
    pub date: NaiveDate,
    pub slots: Vec<Slot>,
    pub kind: EventKind,
    pub title: Name,
    pub state: EventState,
    pub notes: Option<Note>,
}

/// The text of one shipped file.
macro_rules! shipped {
    ($path:literal) => {
        include_str!(concat!("../../../config/scenarios/five_districts/", $path))
    };
}

const OFFICES: &str = shipped!("offices.csv");

/// The files of one district; a file that a district does not have is empty.
struct Folder {
    code: &'static str,
    venues: &'static str,
    events: &'static str,
    totals: &'static str,
    targets: &'static str,
    denominators: &'static str,
    observations: &'static str,
}

const NOTHING: Folder =
    Folder { code: "", venues: "", events: "", totals: "", targets: "", denominators: "", observations: "" };

const FOLDERS: [Folder; 5] = [
    Folder {
        code: "33.03",
        venues: shipped!("33.03_purbalingga/venues.csv"),
        events: shipped!("33.03_purbalingga/events.csv"),
        totals: shipped!("33.03_purbalingga/totals.csv"),
        targets: shipped!("33.03_purbalingga/targets.csv"),
        denominators: shipped!("33.03_purbalingga/denominators.csv"),
        observations: shipped!("33.03_purbalingga/observations.csv"),
    },
    Folder {
        code: "33.28",
        targets: shipped!("33.28_tegal/targets.csv"),
        observations: shipped!("33.28_tegal/observations.csv"),
        ..NOTHING
    },
    Folder {
        code: "35.28",
        targets: shipped!("35.28_pamekasan/targets.csv"),
        observations: shipped!("35.28_pamekasan/observations.csv"),
        ..NOTHING
    },
    Folder {
        code: "35.29",
        venues: shipped!("35.29_sumenep/venues.csv"),
        totals: shipped!("35.29_sumenep/totals.csv"),
        observations: shipped!("35.29_sumenep/observations.csv"),
        ..NOTHING
    },
    Folder {
        code: "35.77",
        venues: shipped!("35.77_madiun/venues.csv"),
        targets: shipped!("35.77_madiun/targets.csv"),
        ..NOTHING
    },
];

/// The facts of the five districts, by code.
///
/// # Errors
/// [`StoreError::Broken`] if a shipped file cannot be read, which a test rules out.
pub fn published_facts() -> Result<Vec<DistrictFacts>, StoreError> {
    rows(OFFICES)?.iter().map(district).collect()
}

type Row = BTreeMap<String, String>;

fn district(office: &Row) -> Result<DistrictFacts, StoreError> {
    let code = cell(office, "code", parse_office_code)?;
    let folder = FOLDERS.iter().find(|folder| folder.code == code.as_str()).unwrap_or(&NOTHING);
    Ok(DistrictFacts {
        name: cell(office, "name", str::parse)?,
        time_zone: cell(office, "time_zone", parse_time_zone)?,
        venues: rows(folder.venues)?.iter().map(venue).collect::<Result<_, _>>()?,
        events: rows(folder.events)?.iter().map(event).collect::<Result<_, _>>()?,
        totals: rows(folder.totals)?.iter().map(total).collect::<Result<_, _>>()?,
        targets: rows(folder.targets)?.iter().map(|row| target(row, &code)).collect::<Result<_, _>>()?,
        denominators: rows(folder.denominators)?.iter().map(denominator).collect::<Result<_, _>>()?,
        observations: rows(folder.observations)?.iter().map(|row| observation(row, &code)).collect::<Result<_, _>>()?,
        code,
    })
}

fn venue(row: &Row) -> Result<(Code, VenueDetails), StoreError> {
    let given = |column: &str| text(row, column).map(str::to_owned);
    let input = VenueInput {
        name: given("name"),
        kind: given("kind"),
        region: given("region"),
        notes: given("notes"),
        as_reported: given("as_reported"),
        ..VenueInput::default()
    };
    Ok((cell(row, "code", str::parse)?, checked(input.check())?))
}

fn event(row: &Row) -> Result<PublishedEvent, StoreError> {
    Ok(PublishedEvent {
        venue: cell(row, "venue", str::parse)?,
        date: cell(row, "date", parse_date)?,
        slots: cell(row, "slots", |slots| slots.split_whitespace().map(Slot::from_str).collect())?,
        kind: cell(row, "kind", str::parse)?,
        title: cell(row, "title", str::parse)?,
        state: cell(row, "state", str::parse)?,
        notes: optional(row, "notes", str::parse)?,
    })
}

fn total(row: &Row) -> Result<TotalDetails, StoreError> {
    Ok(TotalDetails {
        date: cell(row, "date", parse_date)?,
        channel: cell(row, "channel", str::parse)?,
        venue_kind: optional(row, "venue_kind", str::parse)?,
        figure: cell(row, "figure", str::parse)?,
        source: cell(row, "source", str::parse)?,
    })
}

fn target(row: &Row, office: &RegionCode) -> Result<TargetDetails, StoreError> {
    let given = |column: &str| text(row, column).map(str::to_owned);
    let input = TargetInput {
        scope: given("scope"),
        channel: given("channel"),
        purpose: given("purpose"),
        denominator: given("denominator"),
        share: given("share"),
        value: given("value"),
        starts: given("starts"),
        ends: given("ends"),
        source: given("source"),
    };
    checked(input.check(office))
}

fn denominator(row: &Row) -> Result<DenominatorDetails, StoreError> {
    let given = |column: &str| text(row, column).map(str::to_owned);
    let input =
        DenominatorInput { kind: given("kind"), value: given("value"), as_of: given("as_of"), source: given("source") };
    checked(input.check(NaiveDate::MAX))
}

fn observation(row: &Row, office: &RegionCode) -> Result<ObservationDetails, StoreError> {
    let given = |column: &str| text(row, column).map(str::to_owned);
    let input = ObservationInput {
        as_of: given("as_of"),
        scope: given("scope"),
        kind: given("kind"),
        figure: given("figure"),
        denominator: given("denominator"),
        source: given("source"),
    };
    checked(input.check(office, NaiveDate::MAX))
}

fn checked<T>(checked: Result<T, Vec<FieldError>>) -> Result<T, StoreError> {
    checked.map_err(|errors| StoreError::broken(format!("{errors:?}")))
}

fn rows(file: &str) -> Result<Vec<Row>, StoreError> {
    csv::Reader::from_reader(file.as_bytes()).deserialize().collect::<Result<_, _>>().map_err(StoreError::broken)
}

fn text<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

fn cell<T>(row: &Row, column: &str, parse: impl FnOnce(&str) -> Result<T, Rule>) -> Result<T, StoreError> {
    let value = text(row, column).ok_or(Rule::Required).and_then(parse);
    value.map_err(|rule| StoreError::broken(format!("{column}: {rule} in {row:?}")))
}

fn optional<T>(row: &Row, column: &str, parse: impl FnOnce(&str) -> Result<T, Rule>) -> Result<Option<T>, StoreError> {
    if text(row, column).is_none() { Ok(None) } else { cell(row, column, parse).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figure::Figure;
    use crate::domain::number::{Percent, parse_count};

    fn facts(code: &str) -> DistrictFacts {
        published_facts().unwrap().into_iter().find(|facts| facts.code.as_str() == code).unwrap()
    }

    #[test]
    fn every_shipped_fact_can_be_read_and_no_district_is_forgotten() {
        let all = published_facts().unwrap();
        let codes: Vec<&str> = all.iter().map(|facts| facts.code.as_str()).collect();
        assert_eq!(codes, FOLDERS.map(|folder| folder.code));
        assert_eq!(all.iter().map(|facts| facts.venues.len()).collect::<Vec<_>>(), [1, 0, 0, 1, 1]);
    }

    #[test]
    fn figures_stay_as_they_were_published() {
        let sumenep = facts("35.29").totals;
        assert_eq!(sumenep[0].figure, Figure::Approximate(500));
        let purbalingga = facts("33.03");
        assert_eq!((purbalingga.totals[0].figure, purbalingga.totals[0].venue_kind), (Figure::Exact(205), None));
        assert_eq!(purbalingga.venues[0].1.as_reported.as_ref().unwrap().as_str().split(',').count(), 2);
        assert_eq!(facts("35.28").campaigns().map(DateRange::days).collect::<Vec<_>>(), [61, 309]);
    }

    #[test]
    fn every_figure_of_every_shipped_file_can_be_read() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/scenarios/five_districts");
        let mut read = BTreeMap::<&str, u32>::new();
        for code in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
            for file in std::fs::read_dir(code).unwrap().map(|entry| entry.unwrap().path()) {
                for row in rows(&std::fs::read_to_string(file).unwrap()).unwrap() {
                    let mut count = |column, found: bool| *read.entry(column).or_default() += u32::from(found);
                    count("share", optional(&row, "share", Percent::from_str).unwrap().is_some());
                    count("value", optional(&row, "value", parse_count).unwrap().is_some());
                    count("figure", optional(&row, "figure", Figure::from_str).unwrap().is_some());
                }
            }
        }
        assert_eq!(read, BTreeMap::from([("figure", 8), ("share", 3), ("value", 3)]));
    }
}
