//! `/{office}/lokasi`: the registry of venues, and each venue with its history, opening days and contact.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use super::{Shell, page};
use crate::domain::page::{Cut, Page};
use crate::domain::text::Code;
use crate::domain::venue::Venue;
use crate::service::Services;
use crate::service::venues::VenueFilter;
use crate::web::error::WebError;

/// Venues on one page of the list.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "venues/list.html", config = "src/web/pages/askama.toml")]
struct VenueList {
    shell: Shell,
    venues: Page<Venue>,
    query: VenueQuery,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct VenueQuery {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    sesudah: String,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(list_venues);
}

#[get("/lokasi")]
async fn list_venues(
    services: Data<Services>,
    shell: Shell,
    query: Query<VenueQuery>,
) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let search = (!query.cari.trim().is_empty()).then(|| query.cari.trim().to_owned());
    let filter = VenueFilter { search, ..VenueFilter::default() };
    let after: Option<Code> = query.sesudah.parse().ok();
    let venues = services.list_venues(shell.caller()?, &shell.office()?.code, filter, Cut::new(PAGE, after)).await?;
    page(StatusCode::OK, &shell.clone(), &VenueList { shell, venues, query })
}
