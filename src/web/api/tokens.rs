//! `/tokens`: API tokens of the caller, or, for an admin, of anybody within his scope.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::id::TokenId;
use crate::domain::page::Cut;
use crate::domain::permission::TokenScope;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::Login;
use crate::service::accounts::{ApiToken, MintToken, parse_days};
use crate::service::{Caller, Services};
use crate::web::api::{created, moment, path_part};
use crate::web::error::WebError;
use crate::web::extract::{Body, ListView, Params, list_view, page_cut};

/// A new token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "ekspor bulanan", "scopes": ["read"], "days": 90}))]
pub struct TokenBody {
    /// What it is for.
    pub name: Option<String>,
    /// `read`, `write` and `results`; none: all that the role allows.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Its life in days, 1–730; default 90.
    pub days: Option<i64>,
    /// The same, as the command line writes it: `90d`.
    pub expires: Option<String>,
    /// Whose it is; left out: your own. Only an admin gives tokens to others.
    pub login: Option<String>,
}

/// A token without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "login": "siti.rahayu", "name": "ekspor bulanan", "scopes": ["read"],
    "created_at": "2026-11-21T02:00:00Z", "expires_at": "2027-02-19T02:00:00Z"
}))]
pub struct TokenView {
    pub id: String,
    pub login: String,
    pub name: String,
    pub scopes: Vec<&'static str>,
    pub created_at: String,
    pub expires_at: String,
}

/// A new token with its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct MintedTokenView {
    #[serde(flatten)]
    pub view: TokenView,
    /// `jb_…`: shown only now, stored nowhere.
    pub token: String,
}

/// Whose tokens to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TokenParams {
    /// Left out: your own. Only an admin sees those of others.
    #[param(example = "siti.rahayu")]
    pub login: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists valid tokens, newest first.
#[utoipa::path(tag = "tokens", params(TokenParams), responses((status = 200, body = ListView<TokenView>)))]
#[get("/tokens")]
pub async fn list_tokens(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<TokenParams>,
) -> Result<HttpResponse, WebError> {
    let (login, cut) = read_params(params)?;
    let page = services.list_tokens(&caller, login, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(LIST, page, |token| token.id, TokenView::from)))
}

/// Makes a token. Its secret is shown in this answer and never again.
#[utoipa::path(tag = "tokens", request_body = TokenBody, responses((status = 201, body = MintedTokenView)))]
#[post("/tokens")]
pub async fn mint_token(
    services: Data<Services>,
    caller: Caller,
    Body(body): Body<TokenBody>,
) -> Result<HttpResponse, WebError> {
    let minted = services.mint_token(&caller, read_body(body)?).await?;
    let place = format!("/api/v1/tokens/{}", minted.token.id);
    Ok(created(&place, MintedTokenView { view: minted.token.into(), token: minted.secret }))
}

/// Shows a valid token, without its secret: your own, or as an admin one of anybody within your scope.
#[utoipa::path(tag = "tokens", params(("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 200, body = TokenView)))]
#[get("/tokens/{id}")]
pub async fn show_token(services: Data<Services>, caller: Caller, id: Path<String>) -> Result<HttpResponse, WebError> {
    let token = services.show_token(&caller, path_part(&id)?).await?;
    Ok(HttpResponse::Ok().json(TokenView::from(token)))
}

/// Ends a token, from the next request on.
#[utoipa::path(tag = "tokens", params(("id" = String, Path, example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")),
    responses((status = 204)))]
#[delete("/tokens/{id}")]
pub async fn revoke_token(
    services: Data<Services>,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    services.revoke_token(&caller, path_part(&id)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

const LIST: &str = "tokens";

/// Days that a token lives unless told otherwise.
const DAYS_DEFAULT: i64 = 90;

fn read_params(params: TokenParams) -> Result<(Option<Login>, Cut<TokenId>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, LIST, params.limit.as_deref(), params.cursor.as_deref());
    let login = check.optional("login", params.login, |text| text.parse());
    check.finish(login.zip(cut))
}

fn read_body(body: TokenBody) -> Result<MintToken, Vec<FieldError>> {
    let mut check = Check::new();
    let name = check.required("name", body.name, |text| text.parse());
    let mut scopes = Vec::new();
    for (place, scope) in body.scopes.iter().enumerate() {
        scopes.extend(check.field(format!("scopes[{place}]"), scope.parse::<TokenScope>()));
    }
    scopes.sort_unstable();
    scopes.dedup();
    let days = match (body.days, body.expires) {
        (Some(_), Some(_)) => check.field("expires", Err(Rule::DuplicateField)),
        (days, None) => check.field("days", parse_days(days.unwrap_or(DAYS_DEFAULT))),
        (None, Some(text)) => check.field("expires", parse_expires(&text)),
    };
    let login = check.optional("login", body.login, |text| text.parse());
    check.finish((|| Some(MintToken { login: login?, name: name?, scopes, days: days? }))())
}

fn parse_expires(text: &str) -> Result<i64, Rule> {
    let days = text.trim().strip_suffix('d').and_then(|days| days.parse().ok());
    parse_days(days.ok_or(Rule::Format { example: "90d" })?)
}

impl From<ApiToken> for TokenView {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id.to_string(),
            login: token.login.into_string(),
            name: token.name.into_string(),
            scopes: token.scopes.iter().map(|scope| scope.as_str()).collect(),
            created_at: moment(token.created_at),
            expires_at: moment(token.expires_at),
        }
    }
}
