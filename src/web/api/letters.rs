//! `/offices/{office}/letters` and, of users of a province or the nation, `/letters`: what was told by e-mail to whom, and
//! what became of it.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{moment, office_code, path_part};
use crate::domain::id::MailId;
use crate::domain::mail::MailState;
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::service::delivery::{LetterFilter, SentLetter, ShownLetter};
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::{ListView, Params, list_view, page_cut};

/// A letter and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"id": "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f", "kind": "event_confirmed",
    "recipient": "siti@dukcapil.example", "recipient_name": "Siti Rahayu", "language": "id", "state": "sent",
    "attempts": 1, "created_at": "2026-11-21T02:00:00Z", "expires_at": "2026-11-25T02:00:00Z",
    "sent_at": "2026-11-21T02:00:02Z", "last_reply": "250 2.0.0 OK"}))]
pub struct LetterView {
    /// Also the left half of the Message-ID.
    pub id: String,
    /// `event_confirmed` | `event_moved` | `event_cancelled` | `event_reminder` | `result_reminder` | `password_reset` | invitation |
    /// digest | `region_digest` | test
    pub kind: String,
    pub recipient: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_name: Option<String>,
    pub language: String,
    /// queued | leased (being sent) | sent | dead (given up)
    pub state: String,
    /// Tries that were begun.
    pub attempts: i64,
    /// When it is tried (again).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_at: Option<String>,
    /// When it becomes pointless and is given up.
    pub expires_at: String,
    /// Why the last try failed: unreachable | insecure | `sign_in` | deferred | refused | timeout | expired | broken | folder
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// What the mail server said last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reply: Option<String>,
    pub created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<String>,
}

/// A letter as its reader sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterContentView {
    #[serde(flatten)]
    pub letter: LetterView,
    /// Left out for letters that open an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
}

/// Which letters to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LetterParams {
    /// queued | leased | sent | dead
    pub state: Option<String>,
    /// A kind, such as `event_confirmed`.
    pub kind: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the letters of an office, newest first. For coordinators, heads and admins.
#[utoipa::path(tag = "letters", params(("office" = String, Path, example = "33.03"), LetterParams),
    responses((status = 200, body = ListView<LetterView>)))]
#[get("/offices/{office}/letters")]
pub async fn list_letters(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<LetterParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("letters-{office}");
    let (filter, cut) = read_params(&list, params)?;
    let page = services.list_outbox(&caller, &office, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |letter| letter.id, LetterView::from)))
}

/// Shows a letter with its content.
#[utoipa::path(tag = "letters", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = LetterContentView)))]
#[get("/offices/{office}/letters/{id}")]
pub async fn show_letter(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let shown = services.find_outbox_letter(&caller, &office, id).await?;
    Ok(HttpResponse::Ok().json(LetterContentView::from(shown)))
}

/// Sends a letter again that was given up, under the same Message-ID.
#[utoipa::path(tag = "letters", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = LetterView)))]
#[post("/offices/{office}/letters/{id}/resend")]
pub async fn resend_letter(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (office, id) = (office_code(&path.0)?, path_part(&path.1)?);
    let letter = services.resend_letter(&caller, &office, id).await?;
    Ok(HttpResponse::Ok().json(LetterView::from(letter)))
}

/// Lists the letters to users of a province or the nation within your reach, newest first. For admins; such letters belong
/// to no office.
#[utoipa::path(tag = "letters", params(LetterParams), responses((status = 200, body = ListView<LetterView>)))]
#[get("/letters")]
pub async fn list_wide_letters(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<LetterParams>,
) -> Result<HttpResponse, WebError> {
    let list = "letters-wide";
    let (filter, cut) = read_params(list, params)?;
    let page = services.list_wide_outbox(&caller, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(list, page, |letter| letter.id, LetterView::from)))
}

/// Shows one of them with its content.
#[utoipa::path(tag = "letters", params(("id" = String, Path)), responses((status = 200, body = LetterContentView)))]
#[get("/letters/{id}")]
pub async fn show_wide_letter(
    services: Data<Services>,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let shown = services.find_wide_letter(&caller, path_part(&id)?).await?;
    Ok(HttpResponse::Ok().json(LetterContentView::from(shown)))
}

/// Sends one of them again that was given up, under the same Message-ID.
#[utoipa::path(tag = "letters", params(("id" = String, Path)), responses((status = 200, body = LetterView)))]
#[post("/letters/{id}/resend")]
pub async fn resend_wide_letter(
    services: Data<Services>,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let letter = services.resend_wide_letter(&caller, path_part(&id)?).await?;
    Ok(HttpResponse::Ok().json(LetterView::from(letter)))
}

fn read_params(list: &str, params: LetterParams) -> Result<(LetterFilter, Cut<MailId>), Vec<FieldError>> {
    let mut check = Check::new();
    let state = check.optional("state", params.state, |text| text.parse());
    let kind = check.optional("kind", params.kind, |text| text.parse());
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    let filter = state.zip(kind).map(|(state, kind)| LetterFilter { state, kind });
    check.finish(filter.zip(cut))
}

impl From<ShownLetter> for LetterContentView {
    fn from(shown: ShownLetter) -> Self {
        let mut view = Self { letter: shown.letter.into(), subject: None, text: None, html: None };
        if let Some(content) = shown.content {
            (view.subject, view.text, view.html) = (Some(content.subject), Some(content.text), Some(content.html));
        }
        view
    }
}

impl From<SentLetter> for LetterView {
    fn from(letter: SentLetter) -> Self {
        let waits = matches!(letter.state, MailState::Queued | MailState::Leased);
        Self {
            id: letter.id.to_string(),
            kind: letter.kind.to_string(),
            recipient: letter.recipient.into_string(),
            recipient_name: letter.recipient_name,
            language: letter.language.to_string(),
            state: letter.state.to_string(),
            attempts: letter.attempts,
            next_at: waits.then(|| moment(letter.next_at)),
            expires_at: moment(letter.expires_at),
            fault: letter.fault.map(|fault| fault.to_string()),
            last_reply: letter.last_reply,
            created_at: moment(letter.created_at),
            sent_at: letter.sent_at.map(moment),
        }
    }
}
