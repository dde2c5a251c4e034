//! `ETag` and `If-Match`: a version as a strong entity tag, so that nobody overwrites what he has not seen.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, HeaderValue, IF_MATCH};
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use crate::service::ServiceError;
use crate::web::error::WebError;

/// The version that the caller names, if any.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub Option<i64>);

impl FromRequest for IfMatch {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(header) = request.headers().get(IF_MATCH) else { return ready(Ok(Self(None))) };
        let tag = header.to_str().unwrap_or_default().trim();
        let version = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').parse();
        // A tag that we never gave matches nothing.
        ready(version.map(|version| Self(Some(version))).map_err(|_| ServiceError::Stale.into()))
    }
}

/// The answer with the version as its entity tag.
pub fn with_etag(mut response: HttpResponse, version: i64) -> HttpResponse {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
