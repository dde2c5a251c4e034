//! `/{office}/pengaturan`: the office's name and zone, what stands on its papers, and locks on periods that were reported.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use crate::domain::dates::parse_date;
use crate::domain::id::LockId;
use crate::domain::lock::PeriodLock;
use crate::domain::office_settings::{OfficeSettings, OfficeSettingsInput};
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::ActionKind;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::{Name, Note};
use crate::domain::time_zone::{abbreviation, parse_time_zone};
use crate::service::recording::LockPeriod;
use crate::service::{Conflict, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "manage/settings.html", config = "src/web/pages/askama.toml")]
struct SettingsPage {
    shell: Shell,
    /// What of it the reader may set.
    purpose: String,
    office: Form,
    zones: Vec<(&'static str, String)>,
    paper: Form,
    lock: Form,
    /// Newest first; none lifted before those in force.
    locks: Vec<PeriodLock>,
    /// Why a lock could not be lifted.
    reopening: Form,
}

/// The forms that came back; the others open with what is stored.
#[derive(Default)]
struct Refused {
    office: Option<Form>,
    paper: Option<Form>,
    lock: Option<Form>,
    reopening: Option<Form>,
}

const ZONES: [&str; 4] = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"];

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_settings).service(change_office).service(change_paper);
    config.service(lock_period).service(reopen_lock);
}

#[get("/pengaturan")]
async fn show_settings(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    show(&services, shell, StatusCode::OK, Refused::default()).await
}

#[post("/pengaturan/kantor")]
async fn change_office(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let mut check = Check::new();
    let name: Option<Name> = check.required("name", fields.text("name"), |text| text.parse());
    let zone = check.required("time_zone", fields.text("time_zone"), |text| parse_time_zone(&text));
    let changed = match check.finish(name.zip(zone)) {
        Ok((name, zone)) => {
            let changed = services.change_office(shell.caller()?, &shell.office()?.code, name, zone).await;
            changed.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(_) => Ok(done(&shell, "done-office-changed")),
        Err(error) => {
            let office = Some(Form::refused(fields, error, shell.language)?);
            refuse(&services, shell, Refused { office, ..Refused::default() }).await
        }
    }
}

#[post("/pengaturan/surat")]
async fn change_paper(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    match services.change_office_settings(shell.caller()?, &shell.office()?.code, input(&fields)).await {
        Ok(_) => Ok(done(&shell, "done-paper-changed")),
        Err(error) => {
            let paper = Some(Form::refused(fields, error.into(), shell.language)?);
            refuse(&services, shell, Refused { paper, ..Refused::default() }).await
        }
    }
}

#[post("/pengaturan/kunci")]
async fn lock_period(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let locked = match read_lock(&fields) {
        Ok(command) => services.lock_period(shell.caller()?, &shell.office()?.code, command).await,
        Err(errors) => Err(errors.into()),
    };
    match locked {
        Ok(_) => Ok(done(&shell, "done-locked")),
        Err(error) => {
            let lock = Some(Form::refused(fields, error.into(), shell.language)?);
            refuse(&services, shell, Refused { lock, ..Refused::default() }).await
        }
    }
}

#[post("/pengaturan/kunci/{id}/buka")]
async fn reopen_lock(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Govern)?;
    let id: LockId = path.1.parse().map_err(|_| ServiceError::NotFound)?;
    let reason = fields.text("reason").ok_or(Rule::ReasonRequired).and_then(|text| text.parse::<Note>());
    let reopened = match reason {
        Ok(reason) => services.reopen_lock(shell.caller()?, &shell.office()?.code, id, reason).await,
        Err(rule) => Err(ServiceError::invalid("reason", rule)),
    };
    match reopened {
        Ok(_) => Ok(done(&shell, "done-reopened")),
        Err(error) => {
            let mut fields = fields;
            fields.set("lock", id.to_string());
            let reopening = if let ServiceError::Conflict(Conflict::State { .. }) = error {
                Form { problem: Some(shell.t("manage-lock-reopened-meanwhile")), ..Form::open(fields) }
            } else {
                Form::refused(fields, error.into(), shell.language)?
            };
            refuse(&services, shell, Refused { reopening: Some(reopening), ..Refused::default() }).await
        }
    }
}

fn done(shell: &Shell, notice: &str) -> HttpResponse {
    see_other(&shell.place("pengaturan")).noticed(notice, &[]).finish()
}

async fn refuse(services: &Services, shell: Shell, refused: Refused) -> Result<HttpResponse, WebError> {
    show(services, shell, StatusCode::UNPROCESSABLE_ENTITY, refused).await
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    refused: Refused,
) -> Result<HttpResponse, WebError> {
    let (caller, office) = (shell.caller()?, shell.office()?);
    let settings = services.find_office_settings(caller, &office.code).await?;
    let mut locks = services.list_locks(caller, &office.code, Cut::new(LIMIT_MAX, None)).await?.items;
    locks.sort_by_key(|lock| (lock.reopened.is_some(), std::cmp::Reverse(lock.first)));
    let own = || {
        let fields = [("name", office.name.to_string()), ("time_zone", office.time_zone.name().to_owned())];
        Form::open(FormFields::of(fields))
    };
    let zone = |name: &'static str| {
        let short = parse_time_zone(name).map(abbreviation).unwrap_or_default();
        (name, format!("{short}, {}", name.trim_start_matches("Asia/")))
    };
    let purpose = if shell.may_administer() { "manage-pengaturan-for" } else { "manage-pengaturan-locks" };
    let answer = SettingsPage {
        purpose: shell.t(purpose),
        office: refused.office.unwrap_or_else(own),
        zones: ZONES.map(zone).to_vec(),
        paper: refused.paper.unwrap_or_else(|| Form::open(fields_of(&settings))),
        lock: refused.lock.unwrap_or_default(),
        locks,
        reopening: refused.reopening.unwrap_or_default(),
        shell: shell.clone(),
    };
    page(status, &shell, &answer)
}

fn read_lock(fields: &FormFields) -> Result<LockPeriod, Vec<FieldError>> {
    let mut check = Check::new();
    let first = check.required("from", fields.text("from"), |text| parse_date(&text));
    let last = check.required("to", fields.text("to"), |text| parse_date(&text));
    let note = check.optional("note", fields.text("note"), |text| text.parse());
    check.finish((|| Some(LockPeriod { first: first?, last: last?, note: note? }))())
}

fn input(fields: &FormFields) -> OfficeSettingsInput {
    let text = |name: &str| fields.text(name);
    OfficeSettingsInput {
        government: text("government"),
        agency: text("agency"),
        address: text("address"),
        phone: text("phone"),
        website: text("website"),
        city: text("city"),
        legal_basis: text("legal_basis"),
        number_pattern: text("number_pattern"),
        signer_name: text("signer_name"),
        signer_title: text("signer_title"),
        signer_rank: text("signer_rank"),
        signer_nip: text("signer_nip"),
    }
}

/// Stored settings as their form shows them.
fn fields_of(settings: &OfficeSettings) -> FormFields {
    let name = |name: &Option<Name>| name.as_ref().map(ToString::to_string).unwrap_or_default();
    let OfficeSettings { letterhead, city, legal_basis, number_pattern, signer } = settings;
    FormFields::of([
        ("government", name(&letterhead.government)),
        ("agency", name(&letterhead.agency)),
        ("address", name(&letterhead.address)),
        ("phone", name(&letterhead.phone)),
        ("website", name(&letterhead.website)),
        ("city", name(city)),
        ("legal_basis", legal_basis.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("number_pattern", name(number_pattern)),
        ("signer_name", name(&signer.name)),
        ("signer_title", name(&signer.title)),
        ("signer_rank", name(&signer.rank)),
        ("signer_nip", signer.nip.as_ref().map(|nip| nip.as_str().to_owned()).unwrap_or_default()),
    ])
}
