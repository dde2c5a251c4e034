//! Every version of every target: what held when.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use askama::Template;

use super::figures::{goal, name, part};
use crate::service::Services;
use crate::web::error::WebError;
use crate::web::pages::{Shell, page};

#[derive(Template)]
#[template(path = "target/history.html", config = "src/web/pages/askama.toml")]
struct HistoryPage {
    shell: Shell,
    versions: Vec<VersionRow>,
}

struct VersionRow {
    name: String,
    part: String,
    goal: String,
    source: String,
    version: i64,
    recorded: String,
    /// Empty while it holds.
    withdrawn: String,
}

#[get("/target/riwayat")]
pub async fn show_history(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    let versions = services.list_target_versions(shell.caller()?, &shell.office()?.code).await?;
    let row = |version: &crate::service::targets::TargetVersion| {
        let details = &version.target.details;
        VersionRow {
            name: name(&shell, details),
            part: part(&shell, details),
            goal: goal(&shell, details),
            source: details.source.to_string(),
            version: version.target.version,
            recorded: shell.moment(&version.recorded_at),
            withdrawn: version.withdrawn_at.map(|at| shell.moment(&at)).unwrap_or_default(),
        }
    };
    let versions = versions.iter().rev().map(row).collect();
    page(StatusCode::OK, &shell.clone(), &HistoryPage { shell, versions })
}
