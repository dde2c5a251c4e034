//! `/me`: who is signed in, his language, password and sessions.

use actix_web::web::{Data, Path, ReqData};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::id::SessionId;
use crate::domain::language::Language;
use crate::domain::mail::MailTopic;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::domain::staff::Password;
use crate::service::accounts::{OwnProfile, Session};
use crate::service::delivery::OwnLetters;
use crate::service::{Caller, Services};
use crate::web::api::offices::OfficeBody;
use crate::web::api::{moment, path_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, SignedInBy, Typed, merge_patch};

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "login": "siti.rahayu", "name": "Siti Rahayu", "role": "officer",
    "scope": "33.03", "language": "id",
    "offices": [{"code": "33.03", "name": "Dinas Dukcapil Kabupaten Purbalingga", "time_zone": "Asia/Jakarta"}]
}))]
pub struct MeView {
    pub id: String,
    pub login: String,
    pub name: String,
    pub role: &'static str,
    pub scope: String,
    /// Null: as the browser asks.
    pub language: Option<&'static str>,
    /// The offices within the scope, by code.
    pub offices: Vec<OfficeBody>,
}

/// What a user sets of himself here.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"language": "en"}))]
pub struct MeBody {
    /// `id` or `en`; null: as the browser asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A change of one's own password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"current": "kata sandi yang lama", "new": "kata sandi yang baru"}))]
pub struct OwnPasswordBody {
    #[schema(value_type = Option<String>)]
    pub current: Option<Typed>,
    /// At least 10 characters.
    #[schema(value_type = Option<String>)]
    pub new: Option<Typed>,
}

/// A signed-in device.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "device": "Mozilla/5.0 (Linux; Android 13)", "current": true,
    "created_at": "2026-11-21T02:00:00Z", "last_seen_at": "2026-11-21T02:00:00Z", "expires_at": "2026-12-21T02:00:00Z"
}))]
pub struct SessionView {
    pub id: String,
    /// What the browser says it is.
    pub device: String,
    /// True for the session of this very request.
    pub current: bool,
    pub created_at: String,
    pub last_seen_at: String,
    pub expires_at: String,
}

/// Shows who you are.
#[utoipa::path(tag = "me", responses((status = 200, body = MeView)))]
#[get("/me")]
pub async fn show_me(services: Data<Services>, caller: Caller) -> Result<HttpResponse, WebError> {
    let profile = services.find_own_profile(&caller).await?;
    Ok(HttpResponse::Ok().json(MeView::from(profile)))
}

/// Sets your language (JSON merge patch).
#[utoipa::path(tag = "me", request_body(content = MeBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = MeView)))]
#[patch("/me")]
pub async fn change_me(
    services: Data<Services>,
    caller: Caller,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let stored = services.find_own_profile(&caller).await?.user.details.language;
    let body = merge_patch(&MeBody { language: stored.map(|language| language.to_string()) }, changes)?;
    let mut check = Check::new();
    let language = check.optional("language", body.language, |text| text.parse());
    let profile = services.change_own_language(&caller, check.finish(language)?).await?;
    Ok(HttpResponse::Ok().json(MeView::from(profile)))
}

/// Changes your own password; your other sessions end.
#[utoipa::path(tag = "me", request_body = OwnPasswordBody, responses((status = 204)))]
#[post("/me/password")]
pub async fn change_own_password(
    services: Data<Services>,
    caller: Caller,
    by: ReqData<SignedInBy>,
    Body(body): Body<OwnPasswordBody>,
) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let current = check.field("current", body.current.ok_or(Rule::Required));
    let new: Option<Password> = check.required("new", body.new, |typed| typed.reveal().parse());
    let (current, new) = check.finish(current.zip(new))?;
    services.change_own_password(&caller, current.reveal(), new, session_of(*by)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Letters of one topic from one office to you.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"office": "33.03", "topic": "digests", "on": true, "scheduled": ["weekly"]}))]
pub struct OwnLettersView {
    pub office: String,
    /// digests | reminders
    pub topic: &'static str,
    /// False once you do without.
    pub on: bool,
    /// Of digests: daily | weekly | monthly, as far as they come by themselves.
    pub scheduled: Vec<&'static str>,
}

/// Whether letters come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": false}))]
pub struct OwnLettersBody {
    pub on: Option<bool>,
}

/// Lists the letters that come to you, or that you ended, by office.
#[utoipa::path(tag = "me", responses((status = 200, body = ListView<OwnLettersView>)))]
#[get("/me/letters")]
pub async fn list_own_letters(services: Data<Services>, caller: Caller) -> Result<HttpResponse, WebError> {
    let letters = services.list_own_letters(&caller).await?;
    let view = |letters: &OwnLetters| OwnLettersView {
        office: letters.office.code.to_string(),
        topic: letters.topic.as_str(),
        on: letters.is_on,
        scheduled: letters.subscriptions.iter().map(|s| s.schedule.rhythm.period().as_str()).collect(),
    };
    Ok(HttpResponse::Ok().json(ListView { items: letters.iter().map(view).collect(), next_cursor: None }))
}

/// Ends letters of a topic from an office, or lets them come again.
#[utoipa::path(tag = "me", request_body = OwnLettersBody, params(("office" = String, Path, example = "33.03"),
    ("topic" = String, Path, example = "digests")), responses((status = 204)))]
#[patch("/me/letters/{office}/{topic}")]
pub async fn set_own_letters(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(body): Body<OwnLettersBody>,
) -> Result<HttpResponse, WebError> {
    let (office, topic) = path.into_inner();
    let (office, topic): (RegionCode, MailTopic) = (path_part(&office)?, path_part(&topic)?);
    let mut check = Check::new();
    let on = check.field("on", body.on.ok_or(Rule::Required));
    services.set_own_letters(&caller, &office, topic, check.finish(on)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists your open sessions, newest first.
#[utoipa::path(tag = "me", responses((status = 200, body = ListView<SessionView>)))]
#[get("/me/sessions")]
pub async fn list_own_sessions(
    services: Data<Services>,
    caller: Caller,
    by: ReqData<SignedInBy>,
) -> Result<HttpResponse, WebError> {
    let sessions = services.list_own_sessions(&caller).await?;
    let current = session_of(*by);
    let items: Vec<_> = sessions.into_iter().map(|session| view(session, current)).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: None }))
}

/// Ends one of your sessions.
#[utoipa::path(tag = "me", params(("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 204)))]
#[delete("/me/sessions/{id}")]
pub async fn revoke_own_session(
    services: Data<Services>,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    services.revoke_session(&caller, path_part(&id)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn session_of(by: SignedInBy) -> Option<SessionId> {
    match by {
        SignedInBy::Session(id) => Some(id),
        SignedInBy::Token => None,
    }
}

fn view(session: Session, current: Option<SessionId>) -> SessionView {
    SessionView {
        id: session.id.to_string(),
        device: session.device,
        current: current == Some(session.id),
        created_at: moment(session.created_at),
        last_seen_at: moment(session.last_seen_at),
        expires_at: moment(session.expires_at),
    }
}

impl From<OwnProfile> for MeView {
    fn from(profile: OwnProfile) -> Self {
        let OwnProfile { user, offices } = profile;
        Self {
            id: user.id.to_string(),
            login: user.login.into_string(),
            name: user.details.name.into_string(),
            role: user.details.role.as_str(),
            scope: user.details.scope.to_string(),
            language: user.details.language.map(Language::as_str),
            offices: offices.into_iter().map(OfficeBody::from).collect(),
        }
    }
}
