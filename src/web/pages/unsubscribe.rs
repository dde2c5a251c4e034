//! `/berhenti/{token}`: ends letters of a topic without signing in. The page asks once, since mail scanners open every link;
//! the mail program's own button posts here directly (RFC 8058), from another origin and without cookies, so the guard against
//! cross-site requests does not stand here: the signed token is all the right that is needed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::{FormFields, Shell, page};
use crate::service::Services;
use crate::service::delivery::Subscription;
use crate::web::error::WebError;

#[derive(Template)]
#[template(path = "account/unsubscribe.html", config = "src/web/pages/askama.toml")]
struct UnsubscribePage {
    shell: Shell,
    subscription: Subscription,
    /// True after a decision.
    is_done: bool,
    here: String,
}

impl UnsubscribePage {
    fn office(&self) -> String {
        let installation = || self.shell.t("mail-installation");
        self.subscription.office.as_ref().map_or_else(installation, ToString::to_string)
    }

    fn topic(&self) -> String {
        self.shell.label("mail-topic", self.subscription.topic.as_str())
    }
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(decide);
}

#[get("/{token}")]
async fn show(services: Data<Services>, shell: Shell, token: Path<String>) -> Result<HttpResponse, WebError> {
    let subscription = services.find_subscription(&token).await?;
    answer(shell, subscription, false, &token)
}

#[post("/{token}")]
async fn decide(
    services: Data<Services>,
    shell: Shell,
    token: Path<String>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let is_on = fields.raw("lagi") == "ya";
    let subscription = services.set_subscription(&token, is_on).await?;
    answer(shell, subscription, true, &token)
}

fn answer(shell: Shell, subscription: Subscription, is_done: bool, token: &str) -> Result<HttpResponse, WebError> {
    // The reader may not be signed in here; his own language is known all the same.
    let shell = Shell { language: subscription.language, ..shell };
    let here = format!("/berhenti/{token}");
    page(StatusCode::OK, &shell.clone(), &UnsubscribePage { shell, subscription, is_done, here })
}
