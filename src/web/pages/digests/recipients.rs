//! Who receives digests and when: a form for a new reader, one for another schedule, and the end of it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::show::{periods, reader_choices};
use crate::domain::calendar::Weekday;
use crate::domain::digest::{DigestSchedule, Rhythm, SubscriptionInput};
use crate::domain::id::SubscriptionId;
use crate::domain::permission::ActionKind;
use crate::service::digests::Subscriber;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "digests/recipient.html", config = "src/web/pages/askama.toml")]
struct RecipientForm {
    shell: Shell,
    form: Form,
    /// The subscription that is changed, and whose it is; none for a new one.
    stored: Option<(SubscriptionId, String)>,
    /// Where the button that ends it leads.
    end: Option<String>,
    readers: Vec<(String, String)>,
    periods: Vec<(&'static str, String)>,
    weekdays: Vec<(&'static str, String)>,
}

#[get("/ringkasan/penerima/baru")]
pub async fn open_new(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Export)?;
    let reader = shell.reader.as_ref().map(|reader| reader.user.login.to_string()).unwrap_or_default();
    let fields = FormFields::of([
        ("recipient", reader),
        ("period", "weekly".to_owned()),
        ("time", "07:00".to_owned()),
        ("weekday", Weekday::Monday.to_string()),
        ("month_day", "1".to_owned()),
        ("quiet", "1".to_owned()),
    ]);
    show(&services, shell, StatusCode::OK, Form::open(fields), None).await
}

#[post("/ringkasan/penerima/baru")]
pub async fn add(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    match services.add_subscription(shell.caller()?, &shell.office()?.code, read(&fields)).await {
        Ok(added) => Ok(saved(&shell, &added, "done-digest-subscribed")),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
        }
    }
}

#[get("/ringkasan/penerima/{id}")]
pub async fn open(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let stored = find(&services, &shell, &path.1).await?;
    show(&services, shell, StatusCode::OK, Form::open(fields_of(&stored)), Some(stored)).await
}

#[post("/ringkasan/penerima/{id}")]
pub async fn change(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let stored = find(&services, &shell, &path.1).await?;
    let id = stored.subscription.id;
    match services.change_subscription(shell.caller()?, &shell.office()?.code, id, read(&fields)).await {
        Ok(changed) => Ok(saved(&shell, &changed, "done-digest-changed")),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            show(&services, shell, StatusCode::UNPROCESSABLE_ENTITY, form, Some(stored)).await
        }
    }
}

#[post("/ringkasan/penerima/{id}/hapus")]
pub async fn remove(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let stored = find(&services, &shell, &path.1).await?;
    services.remove_subscription(shell.caller()?, &shell.office()?.code, stored.subscription.id).await?;
    Ok(saved(&shell, &stored, "done-digest-unsubscribed"))
}

fn saved(shell: &Shell, subscriber: &Subscriber, notice: &str) -> HttpResponse {
    see_other(&shell.place("ringkasan")).noticed(notice, &[("name", subscriber.user.details.name.as_str())]).finish()
}

async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    form: Form,
    stored: Option<Subscriber>,
) -> Result<HttpResponse, WebError> {
    let readers = services.list_digest_readers(shell.caller()?, &shell.office()?.code).await?;
    let weekday = |day: &Weekday| (day.as_str(), shell.label("weekday", day.as_str()));
    let end =
        stored.as_ref().map(|stored| shell.place(&format!("ringkasan/penerima/{}/hapus", stored.subscription.id)));
    let template = RecipientForm {
        form,
        end,
        stored: stored.map(|stored| (stored.subscription.id, stored.user.details.name.to_string())),
        readers: reader_choices(&readers),
        periods: periods(&shell),
        weekdays: Weekday::ALL.iter().map(weekday).collect(),
        shell: shell.clone(),
    };
    page(status, &shell, &template)
}

async fn find(services: &Services, shell: &Shell, id: &str) -> Result<Subscriber, WebError> {
    let id: SubscriptionId = id.parse().map_err(|_| ServiceError::NotFound)?;
    Ok(services.find_subscriber(shell.caller()?, &shell.office()?.code, id).await?)
}

fn fields_of(stored: &Subscriber) -> FormFields {
    let DigestSchedule { rhythm, time, quiet } = stored.subscription.schedule;
    let weekday = if let Rhythm::Weekly(weekday) = rhythm { weekday } else { Weekday::Monday };
    let month_day = if let Rhythm::Monthly(day) = rhythm { day } else { 1 };
    FormFields::of([
        ("recipient", stored.user.login.to_string()),
        ("period", rhythm.period().to_string()),
        ("time", crate::domain::dates::print_time(time)),
        ("weekday", weekday.to_string()),
        ("month_day", month_day.to_string()),
        ("quiet", if quiet { "1".to_owned() } else { String::new() }),
    ])
}

fn read(fields: &FormFields) -> SubscriptionInput {
    SubscriptionInput {
        recipient: fields.text("recipient"),
        period: fields.text("period"),
        time: fields.text("time"),
        weekday: fields.text("weekday"),
        month_day: fields.text("month_day"),
        quiet: Some(fields.is("quiet", "1")),
    }
}
