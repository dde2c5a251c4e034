//! `/offices/{office}/pace`: where the office stands against its targets on a day, and the readings of a bare share.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::office_code;
use super::pace_view::PaceView;
use crate::domain::dates::parse_date;
use crate::domain::rule::{Check, FieldError};
use crate::service::targets::ReadingCheck;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::extract::Params;
use crate::web::figure_views::ReadingView;
use crate::web::language::language_of;

/// Of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaceParams {
    /// Default: today. A report of an earlier day rests on what was known then.
    #[param(example = "2024-06-07")]
    pub as_of: Option<String>,
}

/// A share to be read.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadingParams {
    /// In per cent.
    #[param(example = "1,6%")]
    pub share: Option<String>,
    /// The people that the same source tells of; else an official figure of that day.
    #[param(example = "±19500")]
    pub figure: Option<String>,
    /// Default: today.
    #[param(example = "2023-12-28")]
    pub as_of: Option<String>,
    /// Default: the office's region.
    pub scope: Option<String>,
}

/// The readings of a share.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingsView {
    pub items: Vec<ReadingView>,
}

/// Says where the office stands against its targets on a day.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), PaceParams),
    responses((status = 200, body = PaceView)))]
#[get("/offices/{office}/pace")]
pub async fn show_pace(
    request: HttpRequest,
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<PaceParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let mut check = Check::new();
    let as_of = check.optional("as_of", params.as_of, |text| parse_date(&text));
    let as_of = check.finish(as_of)?;
    let report = services.pace(&caller, &office, as_of).await?;
    Ok(HttpResponse::Ok().json(PaceView::new(language_of(&request), report)))
}

/// Reads a bare share in every way that makes sense, and says which are impossible.
#[utoipa::path(tag = "targets", params(("office" = String, Path, example = "33.03"), ReadingParams),
    responses((status = 200, body = ReadingsView)))]
#[get("/offices/{office}/pace/readings")]
pub async fn read_share(
    request: HttpRequest,
    services: Data<Services>,
    caller: Caller,
    office: Path<String>,
    Params(params): Params<ReadingParams>,
) -> Result<HttpResponse, WebError> {
    let office = office_code(&office)?;
    let readings = services.read_share(&caller, &office, read_params(params)?).await?;
    let language = language_of(&request);
    let items = readings.iter().map(|reading| ReadingView::new(language, reading)).collect();
    Ok(HttpResponse::Ok().json(ReadingsView { items }))
}

fn read_params(params: ReadingParams) -> Result<ReadingCheck, Vec<FieldError>> {
    let mut check = Check::new();
    let share = check.required("share", params.share, |text| text.parse());
    let figure = check.optional("figure", params.figure, |text| text.parse());
    let as_of = check.optional("as_of", params.as_of, |text| parse_date(&text));
    let scope = check.optional("scope", params.scope, |text| text.parse());
    let built = || Some(ReadingCheck { share: share?, figure: figure?, as_of: as_of?, scope: scope? });
    check.finish(built())
}
