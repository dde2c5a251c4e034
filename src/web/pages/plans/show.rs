//! One proposal: how far its computation is, or what it proposes.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use askama::Template;

use super::ready::{Ready, ready};
use super::words::{plan_id, plan_place, share, whole};
use crate::domain::id::PlanId;
use crate::pictures;
use crate::service::Services;
use crate::service::plans::{PlanSheet, PlanState};
use crate::web::error::WebError;
use crate::web::pages::{Form, Shell, page};

#[derive(Template)]
#[template(path = "plans/show.html", config = "src/web/pages/askama.toml")]
struct ReadyPage {
    shell: Shell,
    form: Form,
    sheet: PlanSheet,
    place: String,
    kicker: String,
    ready: Ready,
}

#[derive(Template)]
#[template(path = "plans/waiting.html", config = "src/web/pages/askama.toml")]
struct WaitingPage {
    shell: Shell,
    sheet: PlanSheet,
    place: String,
    /// Goes on by itself.
    is_running: bool,
    meter: String,
    /// "Sejauh ini 2.100 aktivasi; paling banyak masih bisa 3 % lebih baik."
    so_far: String,
}

#[get("/rencana/{id}")]
pub async fn show_plan(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let id = plan_id(&path.1)?;
    show(&services, shell, StatusCode::OK, id, Form::default()).await
}

/// The page of a proposal, with what was refused of it.
pub async fn show(
    services: &Services,
    shell: Shell,
    status: StatusCode,
    id: PlanId,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let sheet = services.find_plan(shell.caller()?, &shell.office()?.code, id).await?;
    let place = plan_place(&shell, id);
    if let Some(outcome) = sheet.outcome() {
        let (period, made) = (shell.period(&sheet.record.request.days), shell.moment(&sheet.record.created_at));
        let kicker = shell.t2("plan-kicker-made", ("period", &period), ("made", &made));
        let ready = ready(&shell, &sheet, outcome);
        return page(status, &shell.clone(), &ReadyPage { shell, form, sheet, place, kicker, ready });
    }
    let is_running = matches!(sheet.state, PlanState::Queued | PlanState::Computing);
    let spent = sheet.progress.map_or(0.0, |progress| progress.spent);
    let meter = pictures::meter(spent, 1.0, None);
    let so_far = so_far(&shell, &sheet);
    page(status, &shell.clone(), &WaitingPage { shell, sheet, place, is_running, meter, so_far })
}

fn so_far(shell: &Shell, sheet: &PlanSheet) -> String {
    let found = sheet.progress.and_then(|progress| progress.incumbent.zip(progress.bound));
    let Some((incumbent, bound)) = found.filter(|(incumbent, _)| *incumbent > 0) else { return String::new() };
    let gap = share(shell, (bound - incumbent).max(0), bound);
    shell.t2("plan-so-far", ("incumbent", &whole(shell, incumbent)), ("gap", &gap))
}
