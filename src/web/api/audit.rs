//! `/offices/{office}/audit` and `/audit`: who did what, and which fields changed; never a personal value.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::audit::AuditEntry;
use crate::domain::id::AuditId;
use crate::domain::page::Cut;
use crate::domain::rule::{Check, FieldError};
use crate::service::audit_trail::AuditFilter;
use crate::service::{Caller, Services};
use crate::web::api::{moment, office_code};
use crate::web::error::WebError;
use crate::web::extract::{ListView, Params, list_view, page_cut};

/// One change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "at": "2026-11-21T02:00:00Z", "actor": "siti.rahayu",
    "action": "venue.changed", "subject_kind": "venue", "subject": "SMKN-1",
    "details": {"fields": "people contact", "archived": "false"}, "request_id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d12"
}))]
pub struct AuditView {
    pub id: String,
    /// UTC.
    pub at: String,
    /// Login, or `system:` and why it acted.
    pub actor: String,
    pub action: String,
    pub subject_kind: String,
    /// Code, id or login of what was changed.
    pub subject: String,
    /// `fields` names what changed; facts such as a state or a reason stand beside it.
    pub details: BTreeMap<String, String>,
    pub request_id: Option<String>,
}

/// What the trail is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    /// Code, id or login of one thing.
    #[param(example = "SMKN-1")]
    pub subject: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the audit trail of the office, newest first.
#[utoipa::path(tag = "audit", params(("office" = String, Path, example = "33.03"), AuditParams),
    responses((status = 200, body = ListView<AuditView>), (status = 403, description = "Your role does not allow it")))]
#[get("/offices/{office}/audit")]
pub async fn list_audit(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<AuditParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let list = format!("audit-{office}");
    let (filter, cut) = read_params(params, &list)?;
    let page = services.list_audit(&caller, &office, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(&list, page, |entry| entry.id, AuditView::from)))
}

/// Lists the audit trail of the installation within your scope, newest first: offices, users, tokens, holidays.
#[utoipa::path(tag = "audit", params(AuditParams),
    responses((status = 200, body = ListView<AuditView>), (status = 403, description = "Only admins read it")))]
#[get("/audit")]
pub async fn list_wide_audit(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<AuditParams>,
) -> Result<HttpResponse, WebError> {
    let list = "audit";
    let (filter, cut) = read_params(params, list)?;
    let page = services.list_wide_audit(&caller, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(list, page, |entry| entry.id, AuditView::from)))
}

fn read_params(params: AuditParams, list: &str) -> Result<(AuditFilter, Cut<AuditId>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, list, params.limit.as_deref(), params.cursor.as_deref());
    check.finish(cut.map(|cut| (AuditFilter { subject: params.subject, ..AuditFilter::default() }, cut)))
}

impl From<AuditEntry> for AuditView {
    fn from(entry: AuditEntry) -> Self {
        Self {
            id: entry.id.to_string(),
            at: moment(entry.at),
            actor: entry.actor,
            action: entry.action,
            subject_kind: entry.subject_kind,
            subject: entry.subject,
            details: entry.details,
            request_id: entry.request_id,
        }
    }
}
