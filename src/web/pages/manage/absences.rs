//! `/{office}/cuti`: days on which somebody cannot be booked. One over bookings is entered all the same, and its page
//! lists them, so that somebody else is found.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::list::PAGE;
use super::people::{People, load_people};
use crate::domain::id::AbsenceId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::ActionKind;
use crate::domain::team::AbsenceInput;
use crate::service::absences::{ChangeAbsence, ListAbsences, NamedAbsence};
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::wording::dates;

#[derive(Template)]
#[template(path = "manage/absences.html", config = "src/web/pages/askama.toml")]
struct AbsenceList {
    shell: Shell,
    absences: Page<NamedAbsence>,
    people: People,
    query: AbsenceQuery,
}

#[derive(Template)]
#[template(path = "manage/absence.html", config = "src/web/pages/askama.toml")]
struct AbsencePage {
    shell: Shell,
    named: NamedAbsence,
    people: People,
    /// In how many places somebody else must be found.
    booked: String,
}

#[derive(Template)]
#[template(path = "manage/absence_edit.html", config = "src/web/pages/askama.toml")]
struct AbsenceForm {
    shell: Shell,
    form: Form,
    people: People,
    /// The absence that is changed; none for a new one.
    absence: Option<AbsenceId>,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct AbsenceQuery {
    petugas: String,
    /// Past ones too.
    lewat: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl AbsenceQuery {
    fn list(&self, shell: &Shell) -> ListAbsences {
        let from = self.lewat.is_empty().then(|| shell.today());
        ListAbsences { login: self.petugas.parse().ok(), from, to: None }
    }

    fn next(&self, absences: &Page<NamedAbsence>) -> String {
        let Some(last) = absences.items.last().filter(|_| absences.more) else { return String::new() };
        let next = Self { sesudah: last.absence.id.to_string(), ..self.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    }
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(list_absences).service(open_new_absence).service(add_absence);
    config.service(show_absence).service(open_absence).service(change_absence).service(delete_absence);
}

#[get("/cuti")]
async fn list_absences(
    services: Data<Services>,
    shell: Shell,
    query: Query<AbsenceQuery>,
) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let cut = Cut::new(PAGE, query.sesudah.parse().ok());
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let people = load_people(&services, &shell).await?;
    // Somebody who is not of this office has no absences in it.
    let mut list = query.list(&shell);
    list.login = list.login.filter(|login| people.has(login));
    let absences = services.list_absences(caller, office, list, cut).await?;
    page(StatusCode::OK, &shell.clone(), &AbsenceList { shell, absences, people, query })
}

#[get("/cuti/baru")]
async fn open_new_absence(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    show_form(&services, shell, StatusCode::OK, Form::default(), None).await
}

#[post("/cuti/baru")]
async fn add_absence(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let added = match read(&fields).check() {
        Ok(sheet) => services.add_absence(shell.caller()?, &shell.office()?.code, sheet).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(named) => Ok(saved(&shell, &named, "done-absence-added")),
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show_form(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
    }
}

/// An absence with the bookings that it overlaps.
#[get("/cuti/{id}")]
async fn show_absence(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let named = find(&services, &shell, &path.1).await?;
    let people = load_people(&services, &shell).await?;
    let count = shell.count(named.bookings.len());
    let booked = shell.t2("manage-absence-booked", ("name", people.name(&named.login)), ("count", &count));
    page(StatusCode::OK, &shell.clone(), &AbsencePage { shell, named, people, booked })
}

#[get("/cuti/{id}/ubah")]
async fn open_absence(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let NamedAbsence { absence, login, .. } = find(&services, &shell, &path.1).await?;
    let fields = FormFields::of([
        ("version", absence.version.to_string()),
        ("login", login.into_string()),
        ("from", absence.days.first().to_string()),
        ("to", absence.days.last().to_string()),
        ("reason", absence.reason.map(crate::domain::text::Note::into_string).unwrap_or_default()),
    ]);
    show_form(&services, shell, StatusCode::OK, Form::open(fields), Some(absence.id)).await
}

#[post("/cuti/{id}/ubah")]
async fn change_absence(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let id = path_id(&path.1)?;
    let changed = match read(&fields).check() {
        Ok(sheet) => {
            let command = ChangeAbsence { id, sheet, known: fields.raw("version").parse().ok() };
            let changed = services.change_absence(shell.caller()?, &shell.office()?.code, command).await;
            changed.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(named) => Ok(saved(&shell, &named, "done-absence-changed")),
        Err(error) => {
            let form = Form::refused(fields, error, shell.language)?;
            show_form(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(id)).await
        }
    }
}

#[post("/cuti/{id}/hapus")]
async fn delete_absence(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    services.delete_absence(shell.caller()?, &shell.office()?.code, path_id(&path.1)?, None).await?;
    Ok(see_other(&shell.place("cuti")).noticed("done-absence-deleted", &[]).finish())
}

/// The way to an absence that was stored: its page shows what it overlaps.
fn saved(shell: &Shell, named: &NamedAbsence, notice: &str) -> HttpResponse {
    let days = dates::period(shell.language, named.absence.days);
    let args = [("login", named.login.as_str()), ("days", &days)];
    see_other(&shell.place(&format!("cuti/{}", named.absence.id))).noticed(notice, &args).finish()
}

async fn show_form(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    absence: Option<AbsenceId>,
) -> Result<HttpResponse, WebError> {
    let people = load_people(services, &shell).await?;
    page(status, &shell.clone(), &AbsenceForm { shell, form, people, absence })
}

async fn find(services: &Services, shell: &Shell, id: &str) -> Result<NamedAbsence, WebError> {
    Ok(services.find_absence(shell.caller()?, &shell.office()?.code, path_id(id)?).await?)
}

fn path_id(text: &str) -> Result<AbsenceId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

fn read(fields: &FormFields) -> AbsenceInput {
    AbsenceInput {
        login: fields.text("login"),
        from: fields.text("from"),
        to: fields.text("to"),
        reason: fields.text("reason"),
    }
}
