//! The form of a venue: added, changed, archived and brought back; its contact person erased.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::list::kinds;
use crate::domain::calendar::{Pasaran, Weekday};
use crate::domain::dates::print_time;
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError};
use crate::domain::text::Code;
use crate::domain::venue::{Venue, VenueDetails, VenueInput};
use crate::service::Services;
use crate::service::venue_sheets::District;
use crate::service::venues::{AddVenue, ChangeVenue};
use crate::web::error::WebError;
use crate::web::pages::path::thing_code;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "venues/edit.html", config = "src/web/pages/askama.toml")]
struct VenueForm {
    shell: Shell,
    form: Form,
    /// The venue that is changed; none for a new one.
    venue: Option<Code>,
    kinds: Vec<(&'static str, String)>,
    districts: Vec<District>,
    weekdays: Vec<(&'static str, String)>,
    pasaran: Vec<(&'static str, String)>,
}

#[get("/lokasi/baru")]
pub async fn open_new_venue(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    show(&services, shell, StatusCode::OK, Form::default(), None).await
}

#[post("/lokasi/baru")]
pub async fn add_venue(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    let added = match read_new(&fields) {
        Ok(command) => {
            let added = services.add_venue(shell.caller()?, &shell.office()?.code, command).await;
            added.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(venue) => {
            let place = shell.place(&format!("lokasi/{}", venue.code));
            Ok(see_other(&place).noticed("done-venue-added", &[("venue", venue.details.name.as_str())]).finish())
        }
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
    }
}

#[get("/lokasi/{code}/ubah")]
pub async fn open_venue(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let code = thing_code(&path.1)?;
    let venue = services.find_venue(shell.caller()?, &shell.office()?.code, code.clone()).await?;
    show(&services, shell, StatusCode::OK, Form::open(fields_of(&venue)), Some(code)).await
}

#[post("/lokasi/{code}/ubah")]
pub async fn change_venue(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let code = thing_code(&path.1)?;
    match change(&services, &shell, code.clone(), &fields).await {
        Ok(venue) => {
            let place = shell.place(&format!("lokasi/{code}"));
            Ok(see_other(&place).noticed("done-venue-changed", &[("venue", venue.details.name.as_str())]).finish())
        }
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(code)).await
        }
    }
}

#[post("/lokasi/{code}/arsipkan")]
pub async fn archive_venue(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let code = thing_code(&path.1)?;
    services.archive_venue(shell.caller()?, &shell.office()?.code, code, None).await?;
    Ok(see_other(&shell.place("lokasi")).noticed("done-venue-archived", &[("code", &path.1)]).finish())
}

#[post("/lokasi/{code}/pulihkan")]
pub async fn restore_venue(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let code = thing_code(&path.1)?;
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let venue = services.find_venue(caller, office, code.clone()).await?;
    let command = ChangeVenue { code, details: venue.details, archived: false, known: Some(venue.version) };
    services.change_venue(caller, office, command).await?;
    Ok(see_other(&shell.place(&format!("lokasi/{}", path.1))).noticed("done-venue-restored", &[]).finish())
}

#[post("/lokasi/{code}/hapus-narahubung")]
pub async fn erase_contact(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let code = thing_code(&path.1)?;
    services.erase_venue_contact(shell.caller()?, &shell.office()?.code, code, None).await?;
    Ok(see_other(&shell.place(&format!("lokasi/{}", path.1))).noticed("done-contact-erased", &[]).finish())
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    venue: Option<Code>,
) -> Result<HttpResponse, WebError> {
    let districts = services.list_districts(shell.caller()?, &shell.office()?.code).await?;
    let weekdays = Weekday::ALL.iter().map(|day| (day.as_str(), shell.label("weekday", day.as_str()))).collect();
    let pasaran = Pasaran::ALL.iter().map(|day| (day.as_str(), shell.label("pasaran", day.as_str()))).collect();
    let kinds = kinds(&shell);
    page(status, &shell.clone(), &VenueForm { shell, form, venue, kinds, districts, weekdays, pasaran })
}

async fn change(services: &Services, shell: &Shell, code: Code, fields: &FormFields) -> Result<Venue, WebError> {
    let details = read_details(fields, Check::new())?;
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let stored = services.find_venue(caller, office, code.clone()).await?;
    let known = fields.raw("version").parse().ok();
    let command = ChangeVenue { code, details, archived: stored.archived, known };
    Ok(services.change_venue(caller, office, command).await?)
}

fn read_new(fields: &FormFields) -> Result<AddVenue, Vec<FieldError>> {
    let mut check = Check::new();
    let code = check.required("code", fields.text("code"), |text| text.to_uppercase().parse());
    let details = read_details(fields, check)?;
    // Without a code there was an error, and so no details.
    code.map(|code| AddVenue { code, details }).ok_or_else(Vec::new)
}

fn read_details(fields: &FormFields, mut check: Check) -> Result<VenueDetails, Vec<FieldError>> {
    let text = |name: &str| match name {
        "weekdays" | "pasaran" => Some(fields.all(name).join(" ")),
        _ => fields.text(name),
    };
    let input = VenueInput::of_texts(text, &mut check);
    let details = match input.check() {
        Ok(details) => Some(details),
        Err(errors) => {
            check.extend(errors);
            None
        }
    };
    check.finish(details)
}

/// A stored venue as its form shows it.
fn fields_of(venue: &Venue) -> FormFields {
    let details = &venue.details;
    let (cells, parts) = (details.opening.to_cells(), details.opening.parts());
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let count = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let text = |value: Option<String>| value.unwrap_or_default();
    let single = [
        ("version", venue.version.to_string()),
        ("name", details.name.to_string()),
        ("kind", details.kind.to_string()),
        ("region", details.region.to_string()),
        ("latitude", number(details.position.map(crate::domain::venue::Position::latitude))),
        ("longitude", number(details.position.map(crate::domain::venue::Position::longitude))),
        ("people", count(details.people)),
        ("eligible", count(details.eligible)),
        ("phone_share", number(details.phone_share)),
        ("dates", cells.dates),
        ("blackout", cells.blackout),
        ("opens", parts.opens.map(print_time).unwrap_or_default()),
        ("closes", parts.closes.map(print_time).unwrap_or_default()),
        ("contact_name", text(details.contact.name.as_ref().map(ToString::to_string))),
        ("contact_phone", text(details.contact.phone.as_ref().map(ToString::to_string))),
        ("notes", text(details.notes.as_ref().map(ToString::to_string))),
        ("as_reported", text(details.as_reported.as_ref().map(ToString::to_string))),
    ];
    let weekdays = parts.weekdays.iter().map(|day| ("weekdays", day.to_string()));
    let pasaran = parts.pasaran.iter().map(|day| ("pasaran", day.to_string()));
    FormFields::of(single.into_iter().chain(weekdays).chain(pasaran))
}
