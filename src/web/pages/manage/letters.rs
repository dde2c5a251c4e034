//! `/{office}/surat-keluar`: the letters of an office, what became of them, and another try for those that failed.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::list::PAGE;
use crate::domain::id::MailId;
use crate::domain::mail::{MailKind, MailState};
use crate::domain::page::{Cut, Page};
use crate::service::delivery::{LetterContent, LetterFilter, SentLetter, ShownLetter};
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::{Noticed, Shell, page, see_other};
use crate::web::same_site;

/// A letter is shown as its reader sees it, and can do nothing here: no script, no form, nothing from elsewhere.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

#[derive(Template)]
#[template(path = "manage/letters.html", config = "src/web/pages/askama.toml")]
struct ListPage {
    shell: Shell,
    rows: Vec<Line>,
    query: LetterQuery,
    next: String,
    /// How letters leave, in words; none while they cannot.
    route: Option<String>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "manage/letter.html", config = "src/web/pages/askama.toml")]
struct OnePage {
    shell: Shell,
    row: Line,
    content: Option<LetterContent>,
    is_secret: bool,
    here: String,
}

/// One letter in words.
struct Line {
    place: String,
    kind: String,
    to: String,
    recipient: String,
    /// The state's code as the style knows it, and its name.
    tone: &'static str,
    state: String,
    /// What happens or happened: when it is tried again, when it was sent, why it failed.
    course: String,
    told: String,
    written: String,
    expires: String,
    attempts: i64,
    language: String,
    is_resendable: bool,
}

/// An option of a select field.
struct Choice {
    code: &'static str,
    name: String,
    is_chosen: bool,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterQuery {
    keadaan: String,
    tentang: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl LetterQuery {
    /// A filter that cannot be read narrows to nothing: the address was typed by hand.
    pub fn filter(&self) -> LetterFilter {
        LetterFilter { state: self.keadaan.parse().ok(), kind: self.tentang.parse().ok() }
    }

    pub fn cut(&self) -> Cut<MailId> {
        Cut::new(PAGE, self.sesudah.parse().ok())
    }

    fn is_narrow(&self) -> bool {
        !self.keadaan.is_empty() || !self.tentang.is_empty()
    }
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_letters).service(show_letter).service(show_html).service(resend);
}

#[get("/surat-keluar")]
async fn show_letters(
    services: Data<Services>,
    shell: Shell,
    query: Query<LetterQuery>,
) -> Result<HttpResponse, WebError> {
    let letters = services.list_outbox(shell.caller()?, &shell.office()?.code, query.filter(), query.cut()).await?;
    list_page(&services, &shell, query.into_inner(), &letters)
}

#[get("/surat-keluar/{id}")]
async fn show_letter(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let shown = services.find_outbox_letter(shell.caller()?, &shell.office()?.code, letter_id(&path.1)?).await?;
    letter_page(&shell, shown)
}

/// The letter alone, as a mail program shows it.
#[get("/surat-keluar/{id}/html")]
async fn show_html(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let shown = services.find_outbox_letter(shell.caller()?, &shell.office()?.code, letter_id(&path.1)?).await?;
    letter_alone(shown)
}

#[post("/surat-keluar/{id}/ulang")]
async fn resend(
    services: Data<Services>,
    shell: Shell,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    let id = letter_id(&path.1)?;
    services.resend_letter(shell.caller()?, &shell.office()?.code, id).await?;
    Ok(resent(&shell, id))
}

/// A page of a list of letters.
pub fn list_page(
    services: &Services,
    shell: &Shell,
    query: LetterQuery,
    letters: &Page<SentLetter>,
) -> Result<HttpResponse, WebError> {
    let filter = query.filter();
    let next = letters.items.last().filter(|_| letters.more).map(|last| {
        let next = LetterQuery { sesudah: last.id.to_string(), ..query.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    });
    let state = |state: &MailState| Choice {
        code: state.as_str(),
        name: shell.label("mail-state", state.as_str()),
        is_chosen: filter.state == Some(*state),
    };
    let kind = |kind: &MailKind| Choice {
        code: kind.as_str(),
        name: shell.label("mail-kind", kind.as_str()),
        is_chosen: filter.kind == Some(*kind),
    };
    let template = ListPage {
        rows: letters.items.iter().map(|letter| line(shell, letter)).collect(),
        route: route(services, shell),
        states: MailState::ALL.iter().map(state).collect(),
        kinds: MailKind::ALL.iter().map(kind).collect(),
        next: next.unwrap_or_default(),
        query,
        shell: shell.clone(),
    };
    page(StatusCode::OK, shell, &template)
}

/// The way out in words. Where a folder lies on the server is nobody's business who reads a page.
fn route(services: &Services, shell: &Shell) -> Option<String> {
    let mailer = &services.mail.mailer;
    if mailer.is_folder() {
        return Some(shell.t("letters-folder"));
    }
    mailer.is_on().then(|| shell.t1("letters-route", "route", mailer.route()))
}

/// The page of one letter.
pub fn letter_page(shell: &Shell, shown: ShownLetter) -> Result<HttpResponse, WebError> {
    let template = OnePage {
        row: line(shell, &shown.letter),
        is_secret: shown.letter.kind.is_secret(),
        here: shell.place(&format!("surat-keluar/{}", shown.letter.id)),
        content: shown.content,
        shell: shell.clone(),
    };
    page(StatusCode::OK, shell, &template)
}

/// The letter as a document of its own.
pub fn letter_alone(shown: ShownLetter) -> Result<HttpResponse, WebError> {
    let content = shown.content.ok_or(ServiceError::NotFound)?;
    let mut response = HttpResponse::Ok().content_type("text/html; charset=utf-8").body(content.html_alone());
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(LETTER_POLICY));
    Ok(response)
}

/// Back to the letter that was queued again.
pub fn resent(shell: &Shell, id: MailId) -> HttpResponse {
    see_other(&shell.place(&format!("surat-keluar/{id}"))).noticed("done-letter-resent", &[]).finish()
}

pub fn letter_id(text: &str) -> Result<MailId, WebError> {
    Ok(text.parse().map_err(|_| ServiceError::NotFound)?)
}

fn line(shell: &Shell, letter: &SentLetter) -> Line {
    let fault = letter.fault.map(|fault| shell.label("mail-fault", fault.as_str()));
    let next = || shell.t1("letters-next", "moment", shell.moment(&letter.next_at));
    let (tone, course) = match letter.state {
        MailState::Queued if letter.attempts == 0 => ("proposed", String::new()),
        MailState::Queued => ("proposed", format!("{} {}", fault.unwrap_or_default(), next())),
        MailState::Leased => ("ongoing", String::new()),
        MailState::Sent => {
            let sent = letter.sent_at.map(|at| shell.t1("letters-sent-at", "moment", shell.moment(&at)));
            ("done", sent.unwrap_or_default())
        }
        MailState::Dead => ("cancelled", fault.unwrap_or_default()),
    };
    Line {
        place: shell.place(&format!("surat-keluar/{}", letter.id)),
        kind: shell.heading("mail-kind", letter.kind.as_str()),
        to: letter.recipient_name.clone().unwrap_or_else(|| letter.recipient.to_string()),
        recipient: letter.recipient.to_string(),
        tone,
        state: shell.heading("mail-state", letter.state.as_str()),
        course,
        told: letter.last_reply.clone().unwrap_or_default(),
        written: shell.moment(&letter.created_at),
        expires: shell.moment(&letter.expires_at),
        attempts: letter.attempts,
        language: shell.heading("language", letter.language.as_str()),
        is_resendable: letter.state == MailState::Dead && !letter.kind.is_secret(),
    }
}
