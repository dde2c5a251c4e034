//! A venue: a place that outreach teams go to, again and again. Its kind and its opening rule shape the schedule,
//! its people and eligible people bound what a visit can yield.

use super::code::codes;
use super::id::VenueId;
use super::number::{parse_count, parse_decimal, parse_share};
use super::opening::{OpeningCells, OpeningRule};
use super::region::RegionCode;
use super::rule::{Check, FieldError, Rule};
use super::text::{Code, Name, Note, Phone};

codes! {
    /// What a venue is.
    pub enum VenueKind {
        School = "school",
        Campus = "campus",
        Pesantren = "pesantren",
        Market = "market",
        Company = "company",
        GovernmentOffice = "government_office",
        VillageHall = "village_hall",
        Neighbourhood = "neighbourhood",
        Mall = "mall",
        CrowdEvent = "crowd_event",
        Hospital = "hospital",
        HealthCentre = "health_centre",
        Worship = "worship",
        PublicServiceMall = "public_service_mall",
        SubdistrictOffice = "subdistrict_office",
        Bank = "bank",
        Community = "community",
        Institution = "institution",
        HomeVisit = "home_visit",
        Other = "other",
    }
}

/// A place in the office's registry. Archived, never deleted, once it has history.
#[derive(Debug, Clone, PartialEq)]
pub struct Venue {
    pub id: VenueId,
    pub code: Code,
    pub details: VenueDetails,
    pub version: i64,
    pub archived: bool,
}

/// What the registry knows of a venue.
#[derive(Debug, Clone, PartialEq)]
pub struct VenueDetails {
    pub name: Name,
    pub kind: VenueKind,
    /// Kecamatan, or desa/kelurahan, inside the office's own area.
    pub region: RegionCode,
    pub position: Option<Position>,
    /// People on site on an ordinary day.
    pub people: Option<i64>,
    /// People who could still activate.
    pub eligible: Option<i64>,
    /// Share of the people with a capable phone, in per cent.
    pub phone_share: Option<f64>,
    pub opening: OpeningRule,
    pub contact: Contact,
    /// Signal, power, parking: whatever the next team should know.
    pub notes: Option<Note>,
    /// The words of the source that first named the place, kept beside our own.
    pub as_reported: Option<Note>,
}

impl VenueDetails {
    /// The names of the fields in which `other` differs, as the audit trail lists them.
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let differs = [
            ("name", self.name != other.name),
            ("kind", self.kind != other.kind),
            ("region", self.region != other.region),
            ("position", self.position != other.position),
            ("people", self.people != other.people),
            ("eligible", self.eligible != other.eligible),
            ("phone_share", self.phone_share != other.phone_share),
            ("opening", self.opening != other.opening),
            ("contact", self.contact != other.contact),
            ("notes", self.notes != other.notes),
            ("as_reported", self.as_reported != other.as_reported),
        ];
        differs.into_iter().filter_map(|(name, changed)| changed.then_some(name)).collect()
    }
}

/// The venue's contact person: personal data, erasable at any time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    pub name: Option<Name>,
    pub phone: Option<Phone>,
}

/// What somebody typed about a venue, by an API body or a row of a file; [`VenueInput::check`] makes details of it.
/// Several values of one field are separated by a space.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VenueInput {
    pub name: Option<String>,
    pub kind: Option<String>,
    pub region: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub people: Option<i64>,
    pub eligible: Option<i64>,
    pub phone_share: Option<f64>,
    pub opening: OpeningCells,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub notes: Option<String>,
    pub as_reported: Option<String>,
}

impl VenueInput {
    /// The input out of texts by the names of their fields, as a row of a file or a form has them. Numbers that cannot be
    /// read are noted; several values of one field are separated by a space.
    pub fn of_texts(text: impl Fn(&str) -> Option<String>, check: &mut Check) -> Self {
        let cell = |name: &str| text(name).unwrap_or_default();
        let mut number = |name: &'static str, parse: fn(&str) -> Result<f64, Rule>| {
            check.optional(name, text(name), |value| parse(&value)).flatten()
        };
        let latitude = number("latitude", parse_decimal);
        let longitude = number("longitude", parse_decimal);
        let phone_share = number("phone_share", parse_share);
        let mut count = |name: &'static str| check.optional(name, text(name), |value| parse_count(&value)).flatten();
        let (people, eligible) = (count("people"), count("eligible"));
        Self {
            name: text("name"),
            kind: text("kind"),
            region: text("region"),
            latitude,
            longitude,
            people,
            eligible,
            phone_share,
            opening: OpeningCells {
                weekdays: cell("weekdays"),
                pasaran: cell("pasaran"),
                dates: cell("dates"),
                blackout: cell("blackout"),
                opens: cell("opens"),
                closes: cell("closes"),
            },
            contact_name: text("contact_name"),
            contact_phone: text("contact_phone"),
            notes: text("notes"),
            as_reported: text("as_reported"),
        }
    }

    /// The details, or every broken rule by field. Whether the region exists and lies inside the office is asked later.
    pub fn check(self) -> Result<VenueDetails, Vec<FieldError>> {
        let mut check = Check::new();
        let name = check.required("name", self.name, |text| text.parse());
        let kind = check.required("kind", self.kind, |text| text.parse());
        let region = check.required("region", self.region, |text| text.parse());
        let position = Position::check(&mut check, self.latitude, self.longitude);
        let people = check.optional("people", self.people, parse_people);
        let eligible = check.optional("eligible", self.eligible, parse_people);
        let phone_share = check.optional("phone_share", self.phone_share, parse_phone_share);
        let opening = match OpeningRule::from_cells(&self.opening) {
            Ok(rule) => Some(rule),
            Err(errors) => {
                check.extend(errors);
                None
            }
        };
        let contact_name = check.optional("contact_name", self.contact_name, |text| text.parse());
        let contact_phone = check.optional("contact_phone", self.contact_phone, |text| text.parse());
        let notes = check.optional("notes", self.notes, |text| text.parse());
        let as_reported = check.optional("as_reported", self.as_reported, |text| text.parse());
        let built = (|| {
            Some(VenueDetails {
                name: name?,
                kind: kind?,
                region: region?,
                position: position?,
                people: people?,
                eligible: eligible?,
                phone_share: phone_share?,
                opening: opening?,
                contact: Contact { name: contact_name?, phone: contact_phone? },
                notes: notes?,
                as_reported: as_reported?,
            })
        })();
        check.finish(built)
    }
}

/// A point in degrees (WGS 84), within Indonesia's bounding box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    latitude: f64,
    longitude: f64,
}

impl Position {
    const LATITUDE: (f64, f64) = (-11.5, 6.5);
    const LONGITUDE: (f64, f64) = (94.5, 141.5);

    pub fn parse_latitude(degrees: f64) -> Result<f64, Rule> {
        in_range(degrees, Self::LATITUDE).map(rounded)
    }

    pub fn parse_longitude(degrees: f64) -> Result<f64, Rule> {
        in_range(degrees, Self::LONGITUDE).map(rounded)
    }

    /// A position from both degrees, each checked against Indonesia's bounding box.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, Rule> {
        Ok(Self { latitude: Self::parse_latitude(latitude)?, longitude: Self::parse_longitude(longitude)? })
    }

    /// The position of two fields that stand together or not at all.
    pub fn check(check: &mut Check, latitude: Option<f64>, longitude: Option<f64>) -> Option<Option<Self>> {
        let given = (latitude.is_some(), longitude.is_some());
        let latitude = check.optional("latitude", latitude, Self::parse_latitude);
        let longitude = check.optional("longitude", longitude, Self::parse_longitude);
        match given {
            (true, false) => check.fail("longitude", Rule::Required),
            (false, true) => check.fail("latitude", Rule::Required),
            _ => {}
        }
        Some(latitude?.zip(longitude?).map(|(latitude, longitude)| Self { latitude, longitude }))
    }

    pub fn latitude(self) -> f64 {
        self.latitude
    }

    pub fn longitude(self) -> f64 {
        self.longitude
    }
}

/// Most people that a single place is believed to hold.
const PEOPLE_MAX: i64 = 1_000_000;

pub fn parse_people(count: i64) -> Result<i64, Rule> {
    if (0..=PEOPLE_MAX).contains(&count) { Ok(count) } else { Err(Rule::out_of_range(0, PEOPLE_MAX)) }
}

pub fn parse_phone_share(percent: f64) -> Result<f64, Rule> {
    in_range(percent, (0.0, 100.0)).map(rounded)
}

/// Seven decimals: about a centimetre on the ground, and few enough that a file holds the number as it is stored.
fn rounded(value: f64) -> f64 {
    (value * 1e7).round() / 1e7
}

fn in_range(value: f64, (min, max): (f64, f64)) -> Result<f64, Rule> {
    if (min..=max).contains(&value) { Ok(value) } else { Err(Rule::out_of_range(min, max)) }
}
