//! Who calls. [`super::super::authenticate`] has found him before any handler runs; here he is only taken out again.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use tracing_actix_web::RequestId;

use crate::domain::id::SessionId;
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
