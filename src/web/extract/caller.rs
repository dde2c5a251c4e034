//! Who calls. [`super::super::authenticate`] has found him before any handler runs; here he is only taken out again.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use tracing_actix_web::RequestId;

use crate::domain::id::SessionId;
use crate::domain::language::Language;
use crate::service::{Caller, ServiceError};
use crate::web::error::WebError;

/// By what a caller proved who he is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedInBy {
    Token,
    Session(SessionId),
}

impl FromRequest for Caller {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller_of(request).ok_or_else(|| ServiceError::Unauthenticated.into()))
    }
}

/// The caller, if somebody is signed in.
pub fn caller_of(request: &HttpRequest) -> Option<Caller> {
    let mut caller = request.extensions().get::<Caller>()?.clone();
    caller.request_id = request.extensions().get::<RequestId>().map(ToString::to_string);
    Some(caller)
}

/// The reader's language: his own choice, else what the client accepts, else Indonesian.
pub fn language_of(request: &HttpRequest) -> Language {
    let chosen = request.extensions().get::<Caller>().and_then(|caller| caller.actor.signed_in()?.language);
    let accepted = || request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok().map(Language::from_accept_language);
    chosen.or_else(accepted).unwrap_or(Language::Indonesian)
}
