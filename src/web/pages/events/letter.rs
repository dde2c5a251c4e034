//! The surat tugas: a small form for what the event does not say, one printed page, and the page that tells whoever scans
//! its code that the office wrote it. The letter itself is always Indonesian: it is an official paper.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, middleware, post, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::hours::hours_of;
use super::show::place_line;
use crate::domain::dates::DateRange;
use crate::domain::language::Language;
use crate::domain::letter::{CheckCode, LetterInput};
use crate::domain::office::parse_office_code;
use crate::domain::outcome::Outcome;
use crate::domain::permission::ActionKind;
use crate::pictures;
use crate::service::event_sheets::EventSheet;
use crate::service::papers::GenuineLetter;
use crate::service::{ServiceError, Services};
use crate::web::authenticate;
use crate::web::error::WebError;
use crate::web::pages::path::event_id;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::web::site::Site;
use crate::wording::dates;

/// From so many officers on the letter is set smaller, and smaller still: it has one page.
const SMALL_FROM: usize = 9;
const SMALLER_FROM: usize = 16;

#[derive(Template)]
#[template(path = "events/letter.html", config = "src/web/pages/askama.toml")]
struct LetterPage {
    shell: Shell,
    /// The same frame in the language of the paper.
    paper: Shell,
    sheet: EventSheet,
    here: String,
    size: &'static str,
    days: String,
    hours: String,
    place: String,
    equipment: String,
    basis: Vec<String>,
    issued_on: String,
    qr: Option<String>,
    /// The address and code under the picture, for those who type.
    check_address: String,
    /// True if the event was changed after the letter was written.
    is_outdated: bool,
}

#[derive(Template)]
#[template(path = "events/letter_form.html", config = "src/web/pages/askama.toml")]
struct LetterForm {
    shell: Shell,
    form: Form,
    title: String,
    here: String,
    is_new: bool,
}

#[derive(Template)]
#[template(path = "events/letter_check.html", config = "src/web/pages/askama.toml")]
struct CheckPage {
    shell: Shell,
    letter: Option<GenuineLetter>,
    days: Vec<String>,
}

/// The page for those who hold a letter; nobody need sign in for it.
pub fn configure_check(config: &mut ServiceConfig) {
    let anybody = web::scope("/periksa").wrap(middleware::from_fn(authenticate::know_caller));
    config.service(anybody.service(check_letter));
}

#[get("/kegiatan/{id}/surat-tugas")]
pub async fn show_letter(
    services: Data<Services>,
    site: Data<Site>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let sheet = load(&services, &shell, &path.1).await?;
    let here = here(&shell, &sheet);
    let Some(letter) = &sheet.letter else {
        // Without a letter there is one to write, for those who may.
        shell.require(ActionKind::Plan)?;
        return Ok(see_other(&format!("{here}/surat-tugas/isi")).finish());
    };
    let paper = Shell { language: Language::Indonesian, ..shell.clone() };
    let code = format!("{}-{}", shell.office()?.code, letter.code);
    let check_address = format!("{}/periksa/{code}", site.public_url);
    let template = LetterPage {
        size: size(sheet.officers.len()),
        days: days_in_words(&paper, &sheet),
        hours: hours_in_words(&paper, &sheet),
        place: [sheet.place().map(ToString::to_string), place_line(&paper, &sheet).filter(|_| sheet.venue.is_some())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        equipment: equipment(&sheet),
        basis: letter.text.basis.as_str().lines().map(str::to_owned).collect(),
        issued_on: day_in_words(letter.text.issued_on),
        qr: pictures::qr(&check_address),
        check_address,
        is_outdated: sheet.trail.iter().any(|entry| entry.action == "event.revised" && entry.at > letter.written_at),
        here,
        paper,
        sheet,
        shell: shell.clone(),
    };
    page(StatusCode::OK, &shell, &template)
}

#[get("/kegiatan/{id}/surat-tugas/isi")]
pub async fn open_letter_form(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let sheet = load(&services, &shell, &path.1).await?;
    let fields = if sheet.letter.is_some() { written(&sheet) } else { proposed(&shell, &sheet) };
    show_form(StatusCode::OK, &shell, &sheet, Form::open(fields))
}

#[post("/kegiatan/{id}/surat-tugas/isi")]
pub async fn write_letter(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let id = event_id(&path.1)?;
    let written = services.write_letter(shell.caller()?, &shell.office()?.code, id, read(&fields)).await;
    match written {
        Ok(_) => {
            let place = shell.place(&format!("kegiatan/{id}/surat-tugas"));
            Ok(see_other(&place).noticed("done-letter-written", &[]).finish())
        }
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            let sheet = load(&services, &shell, &path.1).await?;
            show_form(StatusCode::UNPROCESSABLE_ENTITY, &shell, &sheet, form)
        }
    }
}

/// `/periksa/33.03-K7QX-9M2P-4TFA`: says that the office wrote the letter, without a name of anybody.
#[get("/{code}")]
async fn check_letter(services: Data<Services>, shell: Shell, path: Path<String>) -> Result<HttpResponse, WebError> {
    let letter = match read_code(&path) {
        Some((office, code)) => match services.find_genuine_letter(&office, code).await {
            Ok(letter) => Some(letter),
            Err(ServiceError::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    let days = letter.iter().flat_map(|letter| letter.days.iter().map(|day| shell.full_date(day))).collect();
    let status = if letter.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    page(status, &shell.clone(), &CheckPage { shell, letter, days })
}

fn read_code(text: &str) -> Option<(crate::domain::region::RegionCode, CheckCode)> {
    let (office, code) = text.split_once('-')?;
    Some((parse_office_code(office).ok()?, code.parse().ok()?))
}

async fn load(services: &Services, shell: &Shell, id: &str) -> Result<EventSheet, WebError> {
    Ok(services.find_event_sheet(shell.caller()?, &shell.office()?.code, event_id(id)?).await?)
}

fn here(shell: &Shell, sheet: &EventSheet) -> String {
    shell.place(&format!("kegiatan/{}", sheet.booked.event.id))
}

fn size(officers: usize) -> &'static str {
    match officers {
        n if n >= SMALLER_FROM => "smaller",
        n if n >= SMALL_FROM => "small",
        _ => "full",
    }
}

/// "27 November 2026", as papers are dated.
fn day_in_words(date: NaiveDate) -> String {
    let day = DateRange::new(date, date).map(|day| dates::period(Language::Indonesian, day));
    day.unwrap_or_else(|_| date.to_string())
}

/// "Kamis, 20 Juni 2024", "20–21 Juni 2024", or every day of a scattered event.
pub fn days_in_words(shell: &Shell, sheet: &EventSheet) -> String {
    let days: Vec<_> = sheet.booked.event.days.dates().collect();
    let follows = days.iter().zip(days.iter().skip(1)).all(|(day, next)| day.succ_opt() == Some(*next));
    match (days.first(), days.last()) {
        (Some(only), Some(last)) if only == last => shell.date(only),
        (Some(first), Some(last)) if follows => {
            let range = DateRange::new(*first, *last).map(|range| dates::period(shell.language, range));
            let weekday = |date: &NaiveDate| shell.date(date).split(',').next().unwrap_or_default().to_owned();
            let period = range.unwrap_or_default();
            shell.tv("paper-days", &[("first", weekday(first)), ("last", weekday(last)), ("period", period)])
        }
        _ => days.iter().map(|day| shell.date(day)).collect::<Vec<_>>().join("; "),
    }
}

/// The hours, once if they are the same on every day.
pub fn hours_in_words(shell: &Shell, sheet: &EventSheet) -> String {
    let days = &sheet.booked.event.days;
    let told: Vec<Option<String>> = days.iter().map(|day| hours_of(shell, day)).collect();
    match told.first() {
        Some(Some(first)) if told.iter().all(|own| own.as_ref() == Some(first)) => first.clone(),
        _ => {
            let by_day = days
                .iter()
                .zip(&told)
                .filter_map(|(day, hours)| Some(format!("{} {}", shell.short_date(&day.date()), hours.as_ref()?)));
            let by_day: Vec<String> = by_day.collect();
            if by_day.is_empty() { "–".to_owned() } else { by_day.join("; ") }
        }
    }
}

/// The vehicles and kits, and what was written beside them.
fn equipment(sheet: &EventSheet) -> String {
    let units = sheet.units.iter().map(|unit| unit.name.to_string());
    let written = sheet.letter.as_ref().and_then(|letter| letter.text.equipment.as_ref()).map(ToString::to_string);
    let all: Vec<String> = units.chain(written).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

fn read(fields: &FormFields) -> LetterInput {
    LetterInput {
        number: fields.text("number"),
        issued_on: fields.text("issued_on"),
        city: fields.text("city"),
        basis: fields.text("basis"),
        task: fields.text("task"),
        equipment: fields.text("equipment"),
        signer_name: fields.text("signer_name"),
        signer_title: fields.text("signer_title"),
        signer_rank: fields.text("signer_rank"),
        signer_nip: fields.text("signer_nip"),
    }
}

/// The fields of a letter that was written before.
fn written(sheet: &EventSheet) -> FormFields {
    let Some(letter) = &sheet.letter else { return FormFields::default() };
    let text = &letter.text;
    let given = |value: Option<String>| value.unwrap_or_default();
    FormFields::of([
        ("number", text.number.to_string()),
        ("issued_on", text.issued_on.to_string()),
        ("city", given(text.city.as_ref().map(ToString::to_string))),
        ("basis", text.basis.to_string()),
        ("task", text.task.to_string()),
        ("equipment", given(text.equipment.as_ref().map(ToString::to_string))),
        ("signer_name", text.signer_name.to_string()),
        ("signer_title", text.signer_title.to_string()),
        ("signer_rank", given(text.signer_rank.as_ref().map(ToString::to_string))),
        ("signer_nip", given(text.signer_nip.as_ref().map(|nip| nip.as_str().to_owned()))),
    ])
}

/// What the settings and the event propose for a new letter.
fn proposed(shell: &Shell, sheet: &EventSheet) -> FormFields {
    let paper = Shell { language: Language::Indonesian, ..shell.clone() };
    let (settings, today) = (&sheet.settings, shell.today());
    let given = |value: Option<String>| value.unwrap_or_default();
    let signer = &settings.signer;
    FormFields::of([
        ("number", settings.number_in(today.year(), today.month())),
        ("issued_on", today.to_string()),
        ("city", given(settings.city.as_ref().map(ToString::to_string))),
        ("basis", basis(&paper, sheet)),
        ("task", task(&paper, sheet)),
        ("signer_name", given(signer.name.as_ref().map(ToString::to_string))),
        ("signer_title", given(signer.title.as_ref().map(ToString::to_string))),
        ("signer_rank", given(signer.rank.as_ref().map(ToString::to_string))),
        ("signer_nip", given(signer.nip.as_ref().map(|nip| nip.as_str().to_owned()))),
    ])
}

/// The usual basis of the office, and the request for this event.
fn basis(paper: &Shell, sheet: &EventSheet) -> String {
    let usual = sheet.settings.legal_basis.as_ref().map_or_else(|| paper.t("paper-usual-basis"), ToString::to_string);
    let request = sheet.booked.event.request.as_ref().and_then(|request| {
        let by = request.by.as_ref()?;
        let number = request.letter_number.as_ref().map(|number| paper.t1("paper-request-number", "number", number));
        let date = request.received_on.map(|date| paper.t1("paper-request-date", "date", paper.date(&date)));
        let parts = [Some(paper.t1("paper-request", "by", by)), number, date];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    });
    [Some(usual), request].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn task(paper: &Shell, sheet: &EventSheet) -> String {
    let services: Vec<String> =
        sheet.booked.event.services.iter().map(|service: &Outcome| paper.label("outcome", service.as_str())).collect();
    if services.is_empty() {
        return paper.t1("paper-task-briefing", "title", &sheet.booked.event.title);
    }
    paper.t1("paper-task", "services", services.join(", "))
}

fn show_form(status: StatusCode, shell: &Shell, sheet: &EventSheet, form: Form) -> Result<HttpResponse, WebError> {
    let template = LetterForm {
        form,
        title: sheet.booked.event.title.to_string(),
        here: here(shell, sheet),
        is_new: sheet.letter.is_none(),
        shell: shell.clone(),
    };
    page(status, shell, &template)
}
