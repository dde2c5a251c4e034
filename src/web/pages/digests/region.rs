//! `/ringkasan`: the digest of a province or the nation for those who read several offices: the letter of any day, a try of
//! it, and when it comes by itself.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS};
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::choice::Choice;
use super::letter::POLICY;
use super::show::periods;
use crate::domain::calendar::Weekday;
use crate::domain::digest::{DigestSchedule, RegionSubscription, Rhythm, SubscriptionInput};
use crate::domain::permission::ActionKind;
use crate::service::Services;
use crate::service::digests::{OwnRegion, PreviewDigest, SendRegion};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};

#[derive(Template)]
#[template(path = "digests/region.html", config = "src/web/pages/askama.toml")]
struct RegionPage {
    shell: Shell,
    form: Form,
    schedule: Form,
    periods: Vec<(&'static str, String)>,
    weekdays: Vec<(&'static str, String)>,
    /// None if there is no such letter: the form says why.
    subject: Option<String>,
    query: String,
    own: OwnRegion,
    /// When the next letter comes.
    next: Option<String>,
    mail_is_on: bool,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_region).service(show_region_letter).service(try_region);
    config.service(subscribe).service(leave);
}

#[get("")]
async fn show_region(services: Data<Services>, shell: Shell, choice: Query<Choice>) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Export)?;
    let choice = choice.into_inner().filled(&shell)?;
    show(&services, shell, choice, None, None).await
}

/// The letter inside its own frame.
#[get("/surat")]
async fn show_region_letter(
    services: Data<Services>,
    shell: Shell,
    choice: Query<Choice>,
) -> Result<HttpResponse, WebError> {
    let asked = choice.into_inner().filled(&shell)?.read(&shell)?;
    let letter = services.preview_region_digest(shell.caller()?, own_letter(&asked), Some(shell.language)).await?;
    let html = letter.html.replacen("<head>", "<head>\n<base target=\"_top\">", 1);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((X_FRAME_OPTIONS, "SAMEORIGIN"))
        .content_type("text/html; charset=utf-8")
        .body(html))
}

/// Sends the letter that is shown to oneself.
#[post("/kirim")]
async fn try_region(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    let text = |name: &str| fields.text(name).unwrap_or_default();
    let choice = Choice { per: text("per"), jenis: text("jenis"), untuk: String::new() }.filled(&shell)?;
    let tried = match choice.read(&shell) {
        Ok(asked) => services.send_region_digest(shell.caller()?, own_letter(&asked)).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    match tried {
        Ok(_) => {
            let reader = shell.reader.as_ref().map(|reader| reader.user.login.to_string()).unwrap_or_default();
            let place = format!("/ringkasan?{}", choice.query());
            Ok(see_other(&place).noticed("done-digest-queued", &[("readers", &reader)]).finish())
        }
        Err(error) => {
            let form = Form::refused(FormFields::default(), error, shell.language)?;
            show(&services, shell, choice, Some(form), None).await
        }
    }
}

#[post("/jadwal")]
async fn subscribe(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    match services.subscribe_to_region(shell.caller()?, read(&fields)).await {
        Ok(_) => Ok(see_other("/ringkasan").noticed("done-region-subscribed", &[]).finish()),
        Err(error) => {
            let form = Form::refused(fields, error.into(), shell.language)?;
            let choice = Choice::default().filled(&shell)?;
            show(&services, shell, choice, None, Some(form)).await
        }
    }
}

#[post("/hentikan")]
async fn leave(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    services.leave_region(shell.caller()?).await?;
    Ok(see_other("/ringkasan").noticed("done-region-left", &[]).finish())
}

async fn show(
    services: &Services,
    shell: Shell,
    choice: Choice,
    refused: Option<Form>,
    schedule: Option<Form>,
) -> Result<HttpResponse, WebError> {
    let caller = shell.caller()?;
    let own = services.find_own_region(caller).await?;
    let letter = match choice.read(&shell) {
        Ok(asked) => {
            let language = Some(shell.language);
            services.preview_region_digest(caller, own_letter(&asked), language).await.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    let fields = || FormFields::of([("per", choice.per.clone()), ("jenis", choice.jenis.clone())]);
    let (subject, form) = match letter {
        Ok(letter) => (Some(letter.subject), Form::open(fields())),
        Err(error) => (None, renamed(Form::refused(fields(), error, shell.language)?)),
    };
    let form = refused.map_or(form, |refused| Form { fields: fields(), ..renamed(refused) });
    let is_refused = form.is_refused() || schedule.as_ref().is_some_and(Form::is_refused);
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let weekday = |day: &Weekday| (day.as_str(), shell.label("weekday", day.as_str()));
    let next = own.subscription.and_then(|subscription| subscription.next_at).filter(|_| own.is_willing);
    let template = RegionPage {
        periods: periods(&shell),
        weekdays: Weekday::ALL.iter().map(weekday).collect(),
        subject,
        query: choice.query(),
        schedule: schedule.unwrap_or_else(|| Form::open(fields_of(own.subscription))),
        next: next.map(|next| shell.moment(&next)),
        own,
        mail_is_on: services.mail.mailer.is_on(),
        form,
        shell: shell.clone(),
    };
    page(status, &shell, &template)
}

/// A try of the reader's own letter.
fn own_letter(asked: &PreviewDigest) -> SendRegion {
    SendRegion { on: asked.on, period: asked.period, to: None, is_test: true }
}

/// The use case names the fields of the API; the page's have names of their own.
fn renamed(mut form: Form) -> Form {
    for error in form.errors.iter_mut().filter(|error| error.field == "on") {
        "per".clone_into(&mut error.field);
    }
    form
}

fn fields_of(stored: Option<RegionSubscription>) -> FormFields {
    let DigestSchedule { rhythm, time, quiet } = match stored {
        Some(stored) => stored.schedule,
        None => {
            return FormFields::of([
                ("period", "weekly".to_owned()),
                ("time", "07:00".to_owned()),
                ("weekday", Weekday::Monday.to_string()),
                ("month_day", "1".to_owned()),
                ("quiet", "1".to_owned()),
            ]);
        }
    };
    let weekday = if let Rhythm::Weekly(weekday) = rhythm { weekday } else { Weekday::Monday };
    let month_day = if let Rhythm::Monthly(day) = rhythm { day } else { 1 };
    FormFields::of([
        ("period", rhythm.period().to_string()),
        ("time", crate::domain::dates::print_time(time)),
        ("weekday", weekday.to_string()),
        ("month_day", month_day.to_string()),
        ("quiet", if quiet { "1".to_owned() } else { String::new() }),
    ])
}

fn read(fields: &FormFields) -> SubscriptionInput {
    SubscriptionInput {
        recipient: None,
        period: fields.text("period"),
        time: fields.text("time"),
        weekday: fields.text("weekday"),
        month_day: fields.text("month_day"),
        quiet: Some(fields.is("quiet", "1")),
    }
}
