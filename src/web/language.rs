//! In which language a reader is answered.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{HttpMessage, HttpRequest};

use crate::domain::language::Language;
use crate::service::Caller;

/// The cookie that remembers the language chosen in a browser.
pub const LANGUAGE_COOKIE: &str = "jb_language";

/// The reader's language: his own choice, else this browser's, else what the client accepts, else Indonesian.
pub fn language_of(request: &HttpRequest) -> Language {
    let chosen = request.extensions().get::<Caller>().and_then(|caller| caller.actor.signed_in()?.language);
    let of_browser = || request.cookie(LANGUAGE_COOKIE)?.value().parse().ok();
    let accepted = || request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok().map(Language::from_accept_language);
    chosen.or_else(of_browser).or_else(accepted).unwrap_or(Language::Indonesian)
}
