//! `/masuk`, `/keluar` and `/bahasa`: a session by login and password, as a cookie that scripts cannot read; the
//! language of a browser that nobody is signed in on.

use std::net::IpAddr;

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER, USER_AGENT};
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, middleware, post};
use askama::Template;
use serde::Deserialize;

use super::{Form, FormFields, Shell, page, see_other};
use crate::domain::language::Language;
use crate::domain::permission::Actor;
use crate::service::accounts::SignedInSession;
use crate::service::{Caller, ServiceError, Services};
use crate::web::authenticate::{SESSION_COOKIE, know_caller};
use crate::web::error::WebError;
use crate::web::extract::caller_of;
use crate::web::language::LANGUAGE_COOKIE;
use crate::web::problem::is_page;
use crate::web::same_site;
use crate::web::site::Site;

/// How long a browser remembers the language that was chosen on it.
const LANGUAGE_LIFE: Duration = Duration::days(365);

#[derive(Template)]
#[template(path = "account/sign_in.html", config = "src/web/pages/askama.toml")]
struct SignInPage {
    shell: Shell,
    form: Form,
}

/// Where to go after signing in.
#[derive(Debug, Deserialize)]
pub struct WayBack {
    #[serde(default)]
    kembali: String,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_sign_in).service(sign_in);
}

/// Asks for login and password; while nobody exists who could have one, leads to the set-up.
#[get("")]
async fn show_sign_in(services: Data<Services>, shell: Shell, back: Query<WayBack>) -> Result<HttpResponse, WebError> {
    if shell.reader.is_some() {
        return Ok(see_other(own_place(&back.kembali)).finish());
    }
    if !services.has_users().await? {
        return Ok(see_other("/siapkan").finish());
    }
    let form = Form::open(FormFields::of([("kembali", back.into_inner().kembali)]));
    page(StatusCode::OK, &shell.clone(), &SignInPage { shell, form })
}

/// Signs in and leads to where the reader wanted to go.
#[post("")]
async fn sign_in(
    services: Data<Services>,
    site: Data<Site>,
    shell: Shell,
    request: HttpRequest,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    match open_session(&services, &site, &request, &fields).await {
        Ok(session) => {
            let cookie = session_cookie(&session, &services, &site);
            Ok(see_other(own_place(fields.raw("kembali"))).cookie(cookie).finish())
        }
        Err(ServiceError::Unauthenticated) if is_page(&request) => {
            let problem = shell.t("sign-in-wrong");
            ask_again(StatusCode::UNAUTHORIZED, shell, fields, problem)
        }
        Err(ServiceError::TooMany { retry_after }) if is_page(&request) => {
            let problem = shell.t1("sign-in-too-many", "seconds", retry_after);
            let mut answer = ask_again(StatusCode::TOO_MANY_REQUESTS, shell, fields, problem)?;
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after));
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

/// The form with what is wrong, and with what was typed but the password.
fn ask_again(
    status: StatusCode,
    shell: Shell,
    mut fields: FormFields,
    problem: String,
) -> Result<HttpResponse, WebError> {
    fields.set("password", "");
    let form = Form { problem: Some(problem), ..Form::open(fields) };
    page(status, &shell.clone(), &SignInPage { shell, form })
}

/// Signs out: the session ends, the cookie goes.
#[post("/keluar")]
pub async fn sign_out(services: Data<Services>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    if let Some(cookie) = request.cookie(SESSION_COOKIE)
        && let Some((actor, id)) = services.find_session(cookie.value()).await?
    {
        let caller = Caller { actor: Actor::User(actor), request_id: None };
        services.revoke_session(&caller, id).await?;
    }
    let mut gone = Cookie::build(SESSION_COOKIE, "").path("/").finish();
    gone.make_removal();
    Ok(see_other("/masuk").cookie(gone).finish())
}

/// Answers in another language from now on: in this browser, and to the reader wherever he signs in.
#[post("/bahasa", wrap = "middleware::from_fn(know_caller)")]
pub async fn choose_language(
    services: Data<Services>,
    site: Data<Site>,
    request: HttpRequest,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    let language: Language = fields.raw("language").parse().map_err(|rule| WebError::invalid("language", rule))?;
    if let Some(caller) = caller_of(&request) {
        services.change_own_language(&caller, Some(language)).await?;
    }
    let cookie = Cookie::build(LANGUAGE_COOKIE, language.as_str())
        .path("/")
        .http_only(true)
        .secure(site.is_secure)
        .same_site(SameSite::Lax)
        .max_age(LANGUAGE_LIFE)
        .finish();
    Ok(see_other(own_place(fields.raw("kembali"))).cookie(cookie).finish())
}

async fn open_session(
    services: &Services,
    site: &Site,
    request: &HttpRequest,
    fields: &FormFields,
) -> Result<SignedInSession, ServiceError> {
    let device = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let address = client_address(request, site);
    services.sign_in(fields.raw("login").trim(), fields.raw("password"), address, device).await
}

/// The cookie of a session that has just been opened.
pub fn session_cookie(session: &SignedInSession, services: &Services, site: &Site) -> Cookie<'static> {
    let life = Duration::seconds((session.expires_at - services.clock.now()).num_seconds());
    Cookie::build(SESSION_COOKIE, session.cookie.clone())
        .path("/")
        .http_only(true)
        .secure(site.is_secure)
        .same_site(SameSite::Lax)
        .max_age(life)
        .finish()
}

/// A way back that stays on this site; home if it does not. Browsers read `//` and `/\` as another site.
fn own_place(place: &str) -> &str {
    let mut characters = place.chars();
    let is_own = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    if is_own && !place.chars().any(char::is_control) { place } else { "/" }
}

/// Where the request came from. A proxy's word counts only from a proxy that the settings name.
pub fn client_address(request: &HttpRequest, site: &Site) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    if !site.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok())?;
    // The last address that no trusted proxy of ours added.
    forwarded.split(',').rev().filter_map(|part| part.trim().parse().ok()).find(|ip| !site.trusted_proxies.contains(ip))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leaves_the_site() {
        for place in ["", "https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "/a\nb"] {
            assert_eq!(own_place(place), "/", "{place}");
        }
        assert_eq!(own_place("/33.03/papan?pekan=2026-11-23"), "/33.03/papan?pekan=2026-11-23");
    }
}
