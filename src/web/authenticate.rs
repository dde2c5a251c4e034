//! Finds out who calls before anything else of a request is looked at: by `Authorization: Bearer jb_…`, else by the
//! session cookie. Revocation works from the next request on, so nothing is remembered between two.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, LOCATION};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError};

use super::error::WebError;
use super::extract::SignedInBy;
use super::same_site;
use crate::domain::permission::{Actor, SignedIn};
use crate::service::{Caller, ServiceError, Services};

/// The name of the session's cookie.
pub const SESSION_COOKIE: &str = "jb_session";

/// Middleware: refuses everybody who is not signed in.
pub async fn require_caller(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // An error is made a response here: only responses get their body from `problem::describe`.
    match identify(&request).await {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(error) => Ok(request.into_response(error.error_response())),
    }
}

/// Middleware of pages: leads everybody who is not signed in to the page for it, and back afterwards.
pub async fn require_reader(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match identify(&request).await {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(WebError::Service(ServiceError::Unauthenticated)) => {
            let place = sign_in_place(request.request());
            let answer = HttpResponse::SeeOther().insert_header((LOCATION, place)).finish();
            Ok(request.into_response(answer))
        }
        Err(error) => Ok(request.into_response(error.error_response())),
    }
}

/// Middleware of the pages that anybody may see: finds out who reads, and lets everybody in.
pub async fn know_caller(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match identify(&request).await {
        Ok(()) | Err(WebError::Service(ServiceError::Unauthenticated)) => {
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        Err(error) => Ok(request.into_response(error.error_response())),
    }
}

/// The page to sign in on, with the way back. What was being sent is not asked for again: only its page is.
fn sign_in_place(request: &HttpRequest) -> String {
    if !request.method().is_safe() || request.path() == "/" {
        return "/masuk".to_owned();
    }
    let back = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let query = serde_urlencoded::to_string([("kembali", back)]).unwrap_or_default();
    format!("/masuk?{query}")
}

async fn identify(request: &ServiceRequest) -> Result<(), WebError> {
    let (actor, by) = find_caller(request).await?.ok_or(ServiceError::Unauthenticated)?;
    if matches!(by, SignedInBy::Session(_)) {
        same_site::check(request.request())?;
    }
    request.extensions_mut().insert(Caller { actor: Actor::User(actor), request_id: None });
    request.extensions_mut().insert(by);
    Ok(())
}

async fn find_caller(request: &ServiceRequest) -> Result<Option<(SignedIn, SignedInBy)>, WebError> {
    let Some(services) = request.app_data::<Data<Services>>() else { return Ok(None) };
    if let Some(header) = request.headers().get(AUTHORIZATION) {
        let bearer = header.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
        let Some(secret) = bearer else { return Ok(None) };
        let found = services.find_token(secret.trim()).await?;
        return Ok(found.map(|actor| (actor, SignedInBy::Token)));
    }
    let Some(cookie) = request.cookie(SESSION_COOKIE) else { return Ok(None) };
    let found = services.find_session(cookie.value()).await?;
    Ok(found.map(|(actor, session)| (actor, SignedInBy::Session(session))))
}
