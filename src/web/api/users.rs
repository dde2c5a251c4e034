//! `/users`: the staff within the caller's scope.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::staff::{Nip, Password, User, UserDetails, UserInput};
use crate::domain::text::{Email, Login, Name, Phone};
use crate::service::accounts::{AddUser, ChangeUser};
use crate::service::{Caller, Services};
use crate::web::api::{created, path_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, IfMatch, ListView, Params, Typed, list_view, merge_patch, page_cut, with_etag};

/// A user as he is sent and shown.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "login": "siti.rahayu", "name": "Siti Rahayu", "role": "officer", "scope": "33.03", "phone": "+6281234567890",
    "rank": "Penata Muda / III-a", "nip": "198001012005011001", "language": "id"
}))]
pub struct UserBody {
    /// 1–100 of `a-z 0-9 . _ @ + -`; it need not be an e-mail address and never changes.
    pub login: Option<String>,
    pub name: Option<String>,
    /// `admin`, `coordinator`, `officer`, `head` or `viewer`.
    pub role: Option<String>,
    /// Code of the province, kabupaten or kota within which the rights hold; empty: the nation.
    pub scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Pangkat/golongan, as a surat tugas prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// 18 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    /// `id` or `en`; left out: as the browser asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Only when a user is added; at least 10 characters. Without one he cannot sign in yet.
    #[serde(skip_serializing)]
    #[schema(write_only, value_type = Option<String>)]
    pub password: Option<Typed>,
    #[serde(default)]
    pub archived: bool,
}

/// A stored user.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    pub id: String,
    #[serde(flatten)]
    pub body: UserBody,
    pub version: i64,
}

/// A new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"password": "sepuluh huruf atau lebih"}))]
pub struct PasswordBody {
    #[schema(value_type = Option<String>)]
    pub password: Option<Typed>,
}

/// Where a list of users starts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserParams {
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the active users within your scope, by login.
#[utoipa::path(tag = "users", params(UserParams), responses((status = 200, body = ListView<UserView>)))]
#[get("/users")]
pub async fn list_users(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<UserParams>,
) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, LIST, params.limit.as_deref(), params.cursor.as_deref());
    let page = services.list_users(&caller, check.finish(cut)?).await?;
    Ok(HttpResponse::Ok().json(list_view(LIST, page, |user| user.login.clone(), UserView::from)))
}

/// Adds a user, never with a wider scope than your own (admin).
#[utoipa::path(tag = "users", request_body = UserBody, responses((status = 201, body = UserView)))]
#[post("/users")]
pub async fn add_user(
    services: Data<Services>,
    caller: Caller,
    Body(body): Body<UserBody>,
) -> Result<HttpResponse, WebError> {
    let (login, details, password) = read_body(body)?;
    let user = services.add_user(&caller, AddUser { login, details, password }).await?;
    let (place, version) = (format!("/api/v1/users/{}", user.login), user.version);
    Ok(with_etag(created(&place, UserView::from(user)), version))
}

/// Shows a user.
#[utoipa::path(tag = "users", params(("login" = String, Path, example = "siti.rahayu")),
    responses((status = 200, body = UserView)))]
#[get("/users/{login}")]
pub async fn show_user(
    services: Data<Services>,
    caller: Caller,
    login: Path<String>,
) -> Result<HttpResponse, WebError> {
    let user = services.find_user(&caller, path_part(&login)?).await?;
    let version = user.version;
    Ok(with_etag(HttpResponse::Ok().json(UserView::from(user)), version))
}

/// Changes a user (admin; JSON merge patch); `archived` keeps him from signing in.
#[utoipa::path(tag = "users",
    params(("login" = String, Path, example = "siti.rahayu"),
        ("If-Match" = Option<String>, Header, description = "The version that you saw")),
    request_body(content = UserBody, content_type = "application/merge-patch+json"),
    responses((status = 200, body = UserView)))]
#[patch("/users/{login}")]
pub async fn change_user(
    services: Data<Services>,
    caller: Caller,
    login: Path<String>,
    if_match: IfMatch,
    Body(changes): Body<Value>,
) -> Result<HttpResponse, WebError> {
    let login: Login = path_part(&login)?;
    let stored = services.find_user(&caller, login.clone()).await?;
    let known = if_match.0.unwrap_or(stored.version);
    let body = merge_patch(&UserBody::from(stored), changes)?;
    if body.password.is_some() {
        // It has an address of its own: `POST …/password`.
        return Err(WebError::invalid("password", Rule::UnknownField));
    }
    let archived = body.archived;
    let (new_login, details, _) = read_body(body)?;
    if new_login != login {
        return Err(WebError::invalid("login", Rule::Fixed));
    }
    let user = services.change_user(&caller, ChangeUser { login, details, archived, known }).await?;
    let version = user.version;
    Ok(with_etag(HttpResponse::Ok().json(UserView::from(user)), version))
}

/// Archives a user (admin): he cannot sign in any more and leaves his teams.
#[utoipa::path(tag = "users", params(("login" = String, Path, example = "siti.rahayu")), responses((status = 204)))]
#[delete("/users/{login}")]
pub async fn archive_user(
    services: Data<Services>,
    caller: Caller,
    login: Path<String>,
    if_match: IfMatch,
) -> Result<HttpResponse, WebError> {
    services.archive_user(&caller, path_part(&login)?, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sets a user's password and ends his sessions: an admin anybody's, a coordinator an officer's.
#[utoipa::path(tag = "users", params(("login" = String, Path, example = "siti.rahayu")), request_body = PasswordBody,
    responses((status = 204)))]
#[post("/users/{login}/password")]
pub async fn reset_password(
    services: Data<Services>,
    caller: Caller,
    login: Path<String>,
    Body(body): Body<PasswordBody>,
) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let password = check.required("password", body.password, |typed| typed.reveal().parse());
    services.reset_password(&caller, path_part(&login)?, check.finish(password)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Erases the person behind a user and archives him (admin). Ledger and trail keep a nameless user; it cannot be undone.
#[utoipa::path(tag = "users", params(("login" = String, Path, example = "siti.rahayu")),
    responses((status = 200, body = UserView, description = "The nameless user under his new login")))]
#[post("/users/{login}/anonymise")]
pub async fn anonymise_user(
    services: Data<Services>,
    caller: Caller,
    login: Path<String>,
) -> Result<HttpResponse, WebError> {
    let user = services.anonymise_user(&caller, path_part(&login)?).await?;
    let version = user.version;
    Ok(with_etag(HttpResponse::Ok().json(UserView::from(user)), version))
}

const LIST: &str = "users";

fn read_body(body: UserBody) -> Result<(Login, UserDetails, Option<Password>), Vec<FieldError>> {
    let mut check = Check::new();
    let login = check.required("login", body.login, |text| text.parse());
    let password = check.optional("password", body.password, |typed| typed.reveal().parse());
    let input = UserInput {
        name: body.name,
        role: body.role,
        scope: body.scope,
        email: body.email,
        phone: body.phone,
        rank: body.rank,
        nip: body.nip,
        language: body.language,
    };
    let details = check.part(input.check());
    check.finish((|| Some((login?, details?, password?)))())
}

impl From<User> for UserBody {
    fn from(user: User) -> Self {
        let details = user.details;
        Self {
            login: Some(user.login.into_string()),
            name: Some(details.name.into_string()),
            role: Some(details.role.to_string()),
            scope: Some(details.scope.to_string()),
            email: details.email.map(Email::into_string),
            phone: details.phone.map(Phone::into_string),
            rank: details.rank.map(Name::into_string),
            nip: details.nip.as_ref().map(Nip::as_str).map(str::to_owned),
            language: details.language.map(|language| language.to_string()),
            password: None,
            archived: user.archived,
        }
    }
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        Self { id: user.id.to_string(), version: user.version, body: user.into() }
    }
}
