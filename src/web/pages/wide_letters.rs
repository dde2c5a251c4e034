//! `/surat-keluar`: the letters to users of a whole province or the nation, for the admins over them. They look as an office's
//! letters do.

use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};

use super::Shell;
use super::manage::letters::{LetterQuery, letter_alone, letter_id, letter_page, list_page, resent};
use crate::domain::permission::ActionKind;
use crate::service::Services;
use crate::web::error::WebError;
use crate::web::same_site;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_letters).service(show_letter).service(show_html).service(resend);
}

#[get("")]
async fn show_letters(
    services: Data<Services>,
    shell: Shell,
    query: Query<LetterQuery>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Administer)?;
    let letters = services.list_wide_outbox(shell.caller()?, query.filter(), query.cut()).await?;
    list_page(&services, &shell, query.into_inner(), &letters)
}

#[get("/{id}")]
async fn show_letter(services: Data<Services>, shell: Shell, id: Path<String>) -> Result<HttpResponse, WebError> {
    letter_page(&shell, services.find_wide_letter(shell.caller()?, letter_id(&id)?).await?)
}

#[get("/{id}/html")]
async fn show_html(services: Data<Services>, shell: Shell, id: Path<String>) -> Result<HttpResponse, WebError> {
    letter_alone(services.find_wide_letter(shell.caller()?, letter_id(&id)?).await?)
}

#[post("/{id}/ulang")]
async fn resend(
    services: Data<Services>,
    shell: Shell,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    same_site::check(&request)?;
    let id = letter_id(&id)?;
    services.resend_wide_letter(shell.caller()?, id).await?;
    Ok(resent(&shell, id))
}
