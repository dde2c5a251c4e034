//! The page: the letter of a day, its readers, and the deliveries.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::choice::Choice;
use crate::domain::digest::{DigestPeriod, Rhythm};
use crate::domain::mail::MailState;
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::ActionKind;
use crate::domain::staff::User;
use crate::service::Services;
use crate::service::delivery::SentLetter;
use crate::service::digests::{DigestAddressees, SendDigest, Subscriber};
use crate::web::api::digest_body::told_of;
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::wording::dates;

/// Deliveries that the page lists; the others stand among the office's letters.
const DELIVERIES: usize = 20;

#[derive(Template)]
#[template(path = "digests/show.html", config = "src/web/pages/askama.toml")]
struct DigestPage {
    shell: Shell,
    form: Form,
    periods: Vec<(&'static str, String)>,
    readers: Vec<(String, String)>,
    /// None if there is no such letter: the form says why.
    subject: Option<String>,
    query: String,
    subscribers: Vec<Line>,
    deliveries: Vec<Delivery>,
    failed: usize,
    mail_is_on: bool,
}

/// A subscription in words.
struct Line {
    place: String,
    name: String,
    login: String,
    rhythm: String,
    next: Option<String>,
    has_email: bool,
    is_willing: bool,
}

/// A letter that left, or did not.
struct Delivery {
    name: String,
    what: String,
    state_words: String,
    when: String,
    reply: String,
}

#[get("/ringkasan")]
pub async fn show_digest(
    services: Data<Services>,
    shell: Shell,
    choice: Query<Choice>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Export)?;
    let choice = choice.into_inner().filled(&shell)?;
    show(&services, shell, choice, None).await
}

/// Sends the letter that is shown: to its reader, or as a try to oneself.
#[post("/ringkasan/kirim")]
pub async fn send_digest(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    let text = |name: &str| fields.text(name).unwrap_or_default();
    let is_test = fields.is("coba", "1");
    let mut choice = Choice { per: text("per"), jenis: text("jenis"), untuk: text("untuk") }.filled(&shell)?;
    let sent = match choice.read(&shell) {
        Ok(asked) => {
            let own = || shell.reader.as_ref().map(|reader| DigestAddressees::Reader(reader.user.login.clone()));
            let to = if is_test { own().unwrap_or(asked.to) } else { asked.to };
            let command = SendDigest { on: asked.on, period: asked.period, to, is_test };
            services.send_digest(shell.caller()?, &shell.office()?.code, command).await.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match sent {
        Ok(sent) => {
            let notice = if sent.queued > 0 { "done-digest-queued" } else { "done-digest-known" };
            let names: Vec<&str> = sent.readers.iter().map(crate::domain::text::Login::as_str).collect();
            let place = format!("{}?{}", shell.place("ringkasan"), choice.query());
            Ok(see_other(&place).noticed(notice, &[("readers", &names.join(", "))]).finish())
        }
        Err(error) => {
            let form = Form::refused(FormFields::default(), error, shell.language)?;
            if is_test {
                choice.untuk = String::new();
            }
            let choice = choice.filled(&shell)?;
            show(&services, shell, choice, Some(form)).await
        }
    }
}

/// Tries those letters again that were given up.
#[post("/ringkasan/ulang")]
pub async fn resend_failed(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    let queued = services.resend_failed_digests(shell.caller()?, &shell.office()?.code).await?;
    let count = shell.count(queued);
    Ok(see_other(&shell.place("ringkasan")).noticed("done-digest-resent", &[("count", &count)]).finish())
}

async fn show(
    services: &Services,
    shell: Shell,
    choice: Choice,
    refused: Option<Form>,
) -> Result<HttpResponse, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let letter = match choice.read(&shell) {
        Ok(command) => services.preview_digest(caller, office, command).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    let fields = || {
        FormFields::of([("per", choice.per.clone()), ("jenis", choice.jenis.clone()), ("untuk", choice.untuk.clone())])
    };
    let (subject, form) = match letter {
        Ok(letters) => (letters.into_iter().next().map(|letter| letter.subject), Form::open(fields())),
        Err(error) => (None, renamed(Form::refused(fields(), error, shell.language)?)),
    };
    let form = refused.map_or(form, |refused| Form { fields: fields(), ..renamed(refused) });
    let status = if form.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let readers = services.list_digest_readers(caller, office).await?;
    let subscribers = services.list_subscribers(caller, office, Cut::new(LIMIT_MAX, None)).await?.items;
    let deliveries = if shell.may_govern() {
        services.list_digest_deliveries(caller, office, None, Cut::new(DELIVERIES, None)).await?.items
    } else {
        Vec::new()
    };
    let template = DigestPage {
        periods: periods(&shell),
        readers: reader_choices(&readers),
        subject,
        query: choice.query(),
        subscribers: subscribers.iter().map(|subscriber| line(&shell, subscriber)).collect(),
        failed: deliveries.iter().filter(|letter| letter.state == MailState::Dead).count(),
        deliveries: deliveries.into_iter().map(|letter| delivery(&shell, letter)).collect(),
        mail_is_on: services.mail.mailer.is_on(),
        form,
        shell: shell.clone(),
    };
    page(status, &shell, &template)
}

/// The use case names the fields of the API; the page's have names of their own.
fn renamed(mut form: Form) -> Form {
    for error in &mut form.errors {
        let name = match error.field.as_str() {
            "on" => "per",
            "period" => "jenis",
            "to" => "untuk",
            other => other,
        };
        error.field = name.to_owned();
    }
    form
}

/// The periods by name, for a choice.
pub fn periods(shell: &Shell) -> Vec<(&'static str, String)> {
    DigestPeriod::ALL.iter().map(|p| (p.as_str(), shell.label("digest-period", p.as_str()))).collect()
}

/// Readers to choose from, by login: their names, with the login only where two have the same name.
pub fn reader_choices(readers: &[User]) -> Vec<(String, String)> {
    let label = |user: &User| {
        let name = &user.details.name;
        let is_shared = readers.iter().filter(|other| other.details.name == *name).count() > 1;
        if is_shared { format!("{name} ({})", user.login) } else { name.to_string() }
    };
    readers.iter().map(|user| (user.login.to_string(), label(user))).collect()
}

fn line(shell: &Shell, subscriber: &Subscriber) -> Line {
    let Subscriber { subscription, user, is_willing } = subscriber;
    let time = format!("{} {}", shell.time(&subscription.schedule.time), shell.zone_name());
    let rhythm = match subscription.schedule.rhythm {
        Rhythm::Daily => shell.t1("digest-rhythm-daily", "time", &time),
        Rhythm::Weekly(weekday) => {
            let day = shell.label("weekday", weekday.as_str());
            shell.t2("digest-rhythm-weekly", ("day", &day), ("time", &time))
        }
        Rhythm::Monthly(day) => {
            shell.t2("digest-rhythm-monthly", ("day", &shell.count(u32::from(day))), ("time", &time))
        }
    };
    let quiet =
        if subscription.schedule.quiet { format!(", {}", shell.t("digest-quiet-short")) } else { String::new() };
    Line {
        place: shell.place(&format!("ringkasan/penerima/{}", subscription.id)),
        name: user.details.name.to_string(),
        login: user.login.to_string(),
        rhythm: format!("{rhythm}{quiet}"),
        next: subscription.next_at.filter(|_| *is_willing).map(|next| shell.moment(&next)),
        has_email: user.details.email.is_some(),
        is_willing: *is_willing,
    }
}

fn delivery(shell: &Shell, letter: SentLetter) -> Delivery {
    let what = told_of(&letter).map_or_else(String::new, |told| {
        let period = shell.label("digest-period", told.period.as_str());
        format!("{period}, {}", dates::short_date(shell.language, told.on))
    });
    Delivery {
        name: letter.recipient_name.unwrap_or_else(|| letter.recipient.to_string()),
        what,
        state_words: shell.label("digest-delivery", letter.state.as_str()),
        when: shell.moment(&letter.sent_at.unwrap_or(letter.created_at)),
        reply: letter.last_reply.unwrap_or_default(),
    }
}
