//! The body of a venue: as it is sent, read and shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::opening::OpeningCells;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::{Code, Name, Note, Phone};
use crate::domain::venue::{Position, Venue, VenueDetails, VenueInput};

/// A venue as it is sent and shown. Opening days: without weekdays, pasaran and dates a venue is always open.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "SMKN-1", "name": "SMKN 1 Purbalingga", "kind": "school", "region": "33.03.05",
    "latitude": -7.39, "longitude": 109.36, "people": 1200, "eligible": 340, "phone_share": 92.5,
    "weekdays": ["mon", "tue", "wed", "thu"], "blackout": ["2026-12-21..2027-01-02"],
    "opens": "07:00", "closes": "13:00", "contact_name": "Ibu Narahubung", "contact_phone": "+6281234567890"
}))]
pub struct VenueBody {
    /// `[A-Z0-9-]{1,20}`, the venue's name in addresses and files; it never changes.
    pub code: Option<String>,
    pub name: Option<String>,
    /// `school`, `campus`, `pesantren`, `market`, `company`, `government_office`, `village_hall`, `neighbourhood`,
    /// `mall`, `crowd_event`, `hospital`, `health_centre`, `worship`, `public_service_mall`, `subdistrict_office`,
    /// `bank`, `community`, `institution`, `home_visit` or `other`.
    pub kind: Option<String>,
    /// Code of a kecamatan, or of a desa/kelurahan, inside the office's own area.
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// People on site on an ordinary day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
    /// People who could still activate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligible: Option<i64>,
    /// Share of the people with a capable phone, in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_share: Option<f64>,
    /// mon … sun
    #[serde(default)]
    pub weekdays: Vec<String>,
    /// legi | pahing | pon | wage | kliwon
    #[serde(default)]
    pub pasaran: Vec<String>,
    /// Single dates on which it is open.
    #[serde(default)]
    pub dates: Vec<String>,
    /// Dates, or ranges `first..last`, on which it is closed whatever else is said.
    #[serde(default)]
    pub blackout: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The words of the source that first named the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_reported: Option<String>,
    #[serde(default)]
    pub archived: bool,
}

/// A stored venue.
#[derive(Debug, Serialize, ToSchema)]
pub struct VenueView {
    pub id: String,
    #[serde(flatten)]
    pub body: VenueBody,
    pub version: i64,
}

/// Code and details, or every broken rule.
pub fn read_body(body: VenueBody) -> Result<(Code, VenueDetails), Vec<FieldError>> {
    let mut check = Check::new();
    let code = check.required("code", body.code.clone(), |text| text.parse());
    let details = check.part(VenueInput::from(body).check());
    check.finish(code.zip(details))
}

impl From<VenueBody> for VenueInput {
    fn from(body: VenueBody) -> Self {
        let cell = |values: Vec<String>| values.join(" ");
        Self {
            name: body.name,
            kind: body.kind,
            region: body.region,
            latitude: body.latitude,
            longitude: body.longitude,
            people: body.people,
            eligible: body.eligible,
            phone_share: body.phone_share,
            opening: OpeningCells {
                weekdays: cell(body.weekdays),
                pasaran: cell(body.pasaran),
                dates: cell(body.dates),
                blackout: cell(body.blackout),
                opens: body.opens.unwrap_or_default(),
                closes: body.closes.unwrap_or_default(),
            },
            contact_name: body.contact_name,
            contact_phone: body.contact_phone,
            notes: body.notes,
            as_reported: body.as_reported,
        }
    }
}

impl From<Venue> for VenueBody {
    fn from(venue: Venue) -> Self {
        let details = venue.details;
        let opening = details.opening.to_cells();
        let values = |cell: &str| cell.split_whitespace().map(str::to_owned).collect();
        let single = |cell: String| (!cell.is_empty()).then_some(cell);
        Self {
            code: Some(venue.code.into_string()),
            name: Some(details.name.into_string()),
            kind: Some(details.kind.to_string()),
            region: Some(details.region.to_string()),
            latitude: details.position.map(Position::latitude),
            longitude: details.position.map(Position::longitude),
            people: details.people,
            eligible: details.eligible,
            phone_share: details.phone_share,
            weekdays: values(&opening.weekdays),
            pasaran: values(&opening.pasaran),
            dates: values(&opening.dates),
            blackout: values(&opening.blackout),
            opens: single(opening.opens),
            closes: single(opening.closes),
            contact_name: details.contact.name.map(Name::into_string),
            contact_phone: details.contact.phone.map(Phone::into_string),
            notes: details.notes.map(Note::into_string),
            as_reported: details.as_reported.map(Note::into_string),
            archived: venue.archived,
        }
    }
}

impl From<Venue> for VenueView {
    fn from(venue: Venue) -> Self {
        Self { id: venue.id.to_string(), version: venue.version, body: venue.into() }
    }
}
