//! `/offices/{office}/field`: everything that an officer's phone takes along, in one answer that is cheap to ask again.

use std::collections::BTreeMap;

use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::event_body::DayBody;
use super::{moment, office_code};
use crate::domain::event::EventDay;
use crate::domain::outcome::Counts;
use crate::domain::staff::User;
use crate::domain::text::{Code, Name, Note, Phone};
use crate::domain::venue::{Position, Venue};
use crate::service::field::{FieldEvent, FieldPack};
use crate::service::hash::sha256_hex;
use crate::service::{Caller, Services};
use crate::web::api::offices::OfficeBody;
use crate::web::error::WebError;

/// The office's clock, also of an answer without a body.
const SERVER_TIME: &str = "x-server-time";

/// What a phone takes along: the caller's events, as officer or as member of a team, from a week ago to a week ahead.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldPackView {
    pub user: FieldUserView,
    pub office: OfficeBody,
    /// First day of the events, the office's today, and the last day.
    #[schema(example = "2026-11-14")]
    pub from: String,
    #[schema(example = "2026-11-21")]
    pub today: String,
    #[schema(example = "2026-11-27")]
    pub to: String,
    /// By first day; drafts are left out.
    pub events: Vec<FieldEventView>,
}

/// Somebody of the staff, as colleagues may know him.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldUser)]
pub struct FieldUserView {
    pub login: String,
    pub name: String,
    pub phone: Option<String>,
}

/// An event as its officers need it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldEvent)]
pub struct FieldEventView {
    pub id: String,
    pub kind: &'static str,
    pub title: String,
    pub state: &'static str,
    /// Why it was cancelled, postponed or not held.
    pub state_reason: Option<String>,
    pub reporting: &'static str,
    pub unplanned: bool,
    pub venue: Option<FieldVenueView>,
    /// Words for the place where there is no venue.
    pub place: Option<String>,
    pub teams: Vec<NamedView>,
    pub units: Vec<NamedView>,
    pub crew: Vec<FieldUserView>,
    pub days: Vec<FieldDayView>,
    pub services: Vec<String>,
    pub host_programme: Option<String>,
    pub notes: Option<String>,
}

/// Where it is, and whom to call there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldVenue)]
pub struct FieldVenueView {
    pub code: String,
    pub name: String,
    pub kind: &'static str,
    /// Desa and kecamatan, the smaller first.
    pub regions: Vec<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub notes: Option<String>,
}

/// A team, vehicle or kit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Named)]
pub struct NamedView {
    pub code: String,
    pub name: String,
}

/// A day of the event, with what the office counted on it so far, whoever sent it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldDay)]
pub struct FieldDayView {
    #[serde(flatten)]
    pub day: DayBody,
    #[schema(value_type = BTreeMap<String, i64>)]
    pub counts: Counts,
}

/// Shows what your phone takes along. With `If-None-Match` an unchanged answer is 304; `X-Server-Time` tells the
/// office's clock in both.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03")),
    responses((status = 200, body = FieldPackView), (status = 304, description = "As you have it")))]
#[get("/offices/{office}/field")]
pub async fn show_field_pack(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let pack = services.pack_for_field(&caller, &office_code(&office)?).await?;
    let now = moment(pack.now);
    let body = serde_json::to_string(&FieldPackView::from(pack)).map_err(crate::service::ServiceError::internal)?;
    let tag = format!("\"{}\"", sha256_hex(body.as_bytes()));
    let known = is_known(&request, &tag);
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((SERVER_TIME, now)).insert_header((CACHE_CONTROL, "private, no-cache"));
    answer.insert_header((ETAG, tag));
    Ok(if known { answer.finish() } else { answer.content_type("application/json").body(body) })
}

/// True if the phone says that it has this version. A proxy that compresses may have made the tag a weak one.
fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let named = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
}

impl From<FieldPack> for FieldPackView {
    fn from(pack: FieldPack) -> Self {
        Self {
            user: pack.user.into(),
            office: pack.office.into(),
            from: pack.from.to_string(),
            today: pack.today.to_string(),
            to: pack.to.to_string(),
            events: pack.events.into_iter().map(FieldEventView::from).collect(),
        }
    }
}

impl From<FieldEvent> for FieldEventView {
    fn from(shown: FieldEvent) -> Self {
        let FieldEvent { event, venue, regions, teams, units, crew, counts } = shown;
        let day = |day: &EventDay| day_view(day, &counts);
        Self {
            id: event.id.to_string(),
            kind: event.kind.as_str(),
            state: event.state.as_str(),
            state_reason: event.state_reason.map(Note::into_string),
            reporting: event.reporting.as_str(),
            unplanned: event.unplanned,
            venue: venue.map(|venue| venue_view(venue, regions)),
            place: event.place.map(Name::into_string),
            teams: teams.into_iter().map(|(code, name)| named(code, name)).collect(),
            units: units.into_iter().map(|unit| named(unit.code, unit.name)).collect(),
            crew: crew.into_iter().map(FieldUserView::from).collect(),
            days: event.days.iter().map(day).collect(),
            services: event.services.iter().map(ToString::to_string).collect(),
            host_programme: event.host_programme.map(Name::into_string),
            notes: event.notes.map(Note::into_string),
            title: event.title.into_string(),
        }
    }
}

fn day_view(day: &EventDay, counts: &BTreeMap<NaiveDate, Counts>) -> FieldDayView {
    FieldDayView { day: DayBody::from(day), counts: counts.get(&day.date()).cloned().unwrap_or_default() }
}

fn venue_view(venue: Venue, regions: Vec<String>) -> FieldVenueView {
    let details = venue.details;
    FieldVenueView {
        code: venue.code.into_string(),
        name: details.name.into_string(),
        kind: details.kind.as_str(),
        regions,
        latitude: details.position.map(Position::latitude),
        longitude: details.position.map(Position::longitude),
        contact_name: details.contact.name.map(Name::into_string),
        contact_phone: details.contact.phone.map(Phone::into_string),
        notes: details.notes.map(Note::into_string),
    }
}

fn named(code: Code, name: Name) -> NamedView {
    NamedView { code: code.into_string(), name: name.into_string() }
}

impl From<User> for FieldUserView {
    fn from(user: User) -> Self {
        Self {
            login: user.login.into_string(),
            name: user.details.name.into_string(),
            phone: user.details.phone.map(Phone::into_string),
        }
    }
}
