//! `/offices/{office}/devices`: the phones of the field, and what they still keep.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::{moment, office_code};
use crate::service::recording::Device;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::ListView;

/// A phone as its last batch described it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Device, example = json!({
    "device": "HP-4K7Q2M", "login": "siti.rahayu", "name": "Siti Rahayu", "waiting": 3,
    "sent_at": "2026-11-21T03:00:00.000000Z", "received_at": "2026-11-21T03:00:01.000000Z"
}))]
pub struct DeviceView {
    /// The phone's own name for itself.
    pub device: String,
    pub login: String,
    pub name: String,
    /// Entries that were left on it.
    pub waiting: i64,
    /// By the phone's clock.
    pub sent_at: Option<String>,
    pub received_at: String,
}

/// Lists the phones heard of in the last 30 days: those that keep most first, then the latest heard.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03")),
    responses((status = 200, body = ListView<DeviceView>)))]
#[get("/offices/{office}/devices")]
pub async fn list_devices(
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
) -> Result<HttpResponse, WebError> {
    let devices = services.list_devices(&caller, &office_code(&office)?).await?;
    let items: Vec<_> = devices.into_iter().map(DeviceView::from).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: None }))
}

impl From<Device> for DeviceView {
    fn from(device: Device) -> Self {
        let Device { login, name, report } = device;
        Self {
            device: report.device.into_string(),
            login: login.into_string(),
            name: name.into_string(),
            waiting: report.waiting,
            sent_at: report.sent_at.map(moment),
            received_at: moment(report.received_at),
        }
    }
}
