//! In which language a reader is answered.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{HttpMessage, HttpRequest};

use crate::domain::language::Language;
use crate::service::Caller;

/// The reader's language: his own choice, else what the client accepts, else Indonesian.
pub fn language_of(request: &HttpRequest) -> Language {
    let chosen = request.extensions().get::<Caller>().and_then(|caller| caller.actor.signed_in()?.language);
    let accepted = || request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok().map(Language::from_accept_language);
    chosen.or_else(accepted).unwrap_or(Language::Indonesian)
}
