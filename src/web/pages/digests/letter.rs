//! The letter itself, inside its own frame: a document that is not ours in looks, so it has a content policy of its own
//! and can do nothing but be read and lead on.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS};
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};

use super::choice::Choice;
use crate::service::digests::DigestLetter;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::Shell;

/// A letter has its styles inside, and one picture of ours.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'self'; \
    form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-top-navigation-by-user-activation";

#[get("/ringkasan/surat")]
pub async fn show_letter(
    services: Data<Services>,
    shell: Shell,
    choice: Query<Choice>,
) -> Result<HttpResponse, WebError> {
    let choice = choice.into_inner().filled(&shell)?;
    let letter = find(&services, &shell, &choice).await?;
    // Links leave the frame, and the picture comes by its own address.
    let picture = format!("{}?{}", shell.place("ringkasan/laju.png"), choice.query()).replace('&', "&amp;");
    let html = letter.html.replacen("<head>", "<head>\n<base target=\"_top\">", 1);
    let html = letter.picture.iter().fold(html, |html, (cid, _)| html.replace(&format!("cid:{cid}"), &picture));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((X_FRAME_OPTIONS, "SAMEORIGIN"))
        .content_type("text/html; charset=utf-8")
        .body(html))
}

#[get("/ringkasan/laju.png")]
pub async fn show_picture(
    services: Data<Services>,
    shell: Shell,
    choice: Query<Choice>,
) -> Result<HttpResponse, WebError> {
    let choice = choice.into_inner().filled(&shell)?;
    let (_, png) = find(&services, &shell, &choice).await?.picture.ok_or(ServiceError::NotFound)?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-cache")).content_type("image/png").body(png))
}

async fn find(services: &Services, shell: &Shell, choice: &Choice) -> Result<DigestLetter, WebError> {
    let command = choice.read(shell)?;
    let letters = services.preview_digest(shell.caller()?, &shell.office()?.code, command).await?;
    Ok(letters.into_iter().next().ok_or(ServiceError::NotFound)?)
}
