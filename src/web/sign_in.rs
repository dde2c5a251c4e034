//! `/masuk` and `/keluar`: a session by login and password, as a cookie that scripts cannot read.

use std::net::IpAddr;

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{LOCATION, USER_AGENT};
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Deserialize;

use super::authenticate::SESSION_COOKIE;
use super::error::WebError;
use super::same_site;
use super::site::Site;
use crate::service::Services;

/// The fields of the form.
#[derive(Debug, Deserialize)]
pub struct Credentials {
    pub login: String,
    pub password: String,
}

/// Signs in and leads home.
#[post("/masuk")]
pub async fn sign_in(
    services: Data<Services>,
    site: Data<Site>,
    request: HttpRequest,
    form: Form<Credentials>,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    let device = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let address = client_address(&request, &site);
    let session = services.sign_in(&form.login, &form.password, address, device).await?;
    let life = Duration::seconds((session.expires_at - services.clock.now()).num_seconds());
    let cookie = Cookie::build(SESSION_COOKIE, session.cookie)
        .path("/")
        .http_only(true)
        .secure(site.is_secure)
        .same_site(SameSite::Lax)
        .max_age(life)
        .finish();
    Ok(HttpResponse::SeeOther().cookie(cookie).insert_header((LOCATION, "/")).finish())
}

/// Signs out: the session ends, the cookie goes.
#[post("/keluar")]
pub async fn sign_out(services: Data<Services>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    if let Some(cookie) = request.cookie(SESSION_COOKIE)
        && let Some((actor, id)) = services.find_session(cookie.value()).await?
    {
        let caller = crate::service::Caller { actor: crate::domain::permission::Actor::User(actor), request_id: None };
        services.revoke_session(&caller, id).await?;
    }
    let mut gone = Cookie::build(SESSION_COOKIE, "").path("/").finish();
    gone.make_removal();
    Ok(HttpResponse::SeeOther().cookie(gone).insert_header((LOCATION, "/masuk")).finish())
}

/// Where the request came from. A proxy's word counts only from a proxy that the settings name.
fn client_address(request: &HttpRequest, site: &Site) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    if !site.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok())?;
    // The last address that no trusted proxy of ours added.
    forwarded.split(',').rev().filter_map(|part| part.trim().parse().ok()).find(|ip| !site.trusted_proxies.contains(ip))
}
