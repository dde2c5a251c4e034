//! `/regions`: provinces, kabupaten and kota, kecamatan, and the villages of the shipped districts.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::page::Cut;
use crate::domain::region::{Region, RegionCode};
use crate::domain::rule::{Check, FieldError};
use crate::service::regions::RegionFilter;
use crate::service::{Caller, Services};
use crate::web::api::path_part;
use crate::web::error::WebError;
use crate::web::extract::{ListView, Params, list_view, page_cut};

/// A region.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "33.03", "level": "regency", "parent": "33", "name": "Kabupaten Purbalingga", "time_zone": "Asia/Jakarta"
}))]
pub struct RegionView {
    pub code: String,
    /// `province`, `regency` (kabupaten or kota), `district` (kecamatan) or `village` (desa or kelurahan).
    pub level: &'static str,
    pub parent: Option<String>,
    pub name: String,
    /// Of a kabupaten or kota.
    pub time_zone: Option<&'static str>,
}

/// What a list of regions is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegionParams {
    /// Only what lies directly inside this one.
    #[param(example = "33.03")]
    pub parent: Option<String>,
    #[param(example = "district")]
    pub level: Option<String>,
    /// Items of a page, 1–500.
    #[param(value_type = Option<u16>, example = 100)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Lists the regions of the country, by code.
#[utoipa::path(tag = "regions", params(RegionParams), responses((status = 200, body = ListView<RegionView>)))]
#[get("/regions")]
pub async fn list_regions(
    services: Data<Services>,
    caller: Caller,
    Params(params): Params<RegionParams>,
) -> Result<HttpResponse, WebError> {
    let (filter, cut) = read_params(params)?;
    let page = services.list_regions(&caller, filter, cut).await?;
    Ok(HttpResponse::Ok().json(list_view(LIST, page, |region| region.code.clone(), RegionView::from)))
}

/// Shows a region.
#[utoipa::path(tag = "regions", params(("code" = String, Path, example = "33.03.05")),
    responses((status = 200, body = RegionView)))]
#[get("/regions/{code}")]
pub async fn show_region(
    services: Data<Services>,
    caller: Caller,
    code: Path<String>,
) -> Result<HttpResponse, WebError> {
    let region = services.find_region(&caller, path_part(&code)?).await?;
    Ok(HttpResponse::Ok().json(RegionView::from(region)))
}

const LIST: &str = "regions";

fn read_params(params: RegionParams) -> Result<(RegionFilter, Cut<RegionCode>), Vec<FieldError>> {
    let mut check = Check::new();
    let cut = page_cut(&mut check, LIST, params.limit.as_deref(), params.cursor.as_deref());
    let parent = check.optional("parent", params.parent, |text| text.parse());
    let level = check.optional("level", params.level, |text| text.parse());
    let filter = || Some(RegionFilter { parent: parent?, level: level? });
    check.finish(filter().zip(cut))
}

impl From<Region> for RegionView {
    fn from(region: Region) -> Self {
        Self {
            parent: region.code.parent().map(|parent| parent.to_string()),
            code: region.code.to_string(),
            level: region.level.as_str(),
            name: region.name,
            time_zone: region.time_zone.map(chrono_tz::Tz::name),
        }
    }
}
