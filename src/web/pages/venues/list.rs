//! The registry as a list: searched, narrowed, paged.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::{Deserialize, Serialize};

use crate::domain::page::{Cut, Page};
use crate::domain::text::Code;
use crate::domain::venue::VenueKind;
use crate::service::Services;
use crate::service::venue_sheets::{District, ListedVenue};
use crate::service::venues::VenueFilter;
use crate::web::error::WebError;
use crate::web::pages::{Shell, page};

/// Venues on one page of the list.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "venues/list.html", config = "src/web/pages/askama.toml")]
struct VenueList {
    shell: Shell,
    venues: Page<ListedVenue>,
    query: VenueQuery,
    districts: Vec<District>,
    kinds: Vec<(&'static str, String)>,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VenueQuery {
    cari: String,
    jenis: String,
    wilayah: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    arsip: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl VenueQuery {
    /// A filter that cannot be read narrows to nothing: the address was typed by hand.
    fn filter(&self) -> VenueFilter {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        VenueFilter {
            kind: self.jenis.parse().ok(),
            region: self.wilayah.parse().ok(),
            search: given(&self.cari),
            archived: !self.arsip.is_empty(),
        }
    }

    fn is_narrow(&self) -> bool {
        [&self.cari, &self.jenis, &self.wilayah].into_iter().any(|text| !text.is_empty())
    }

    /// The address of the next page.
    fn next(&self, last: &Code) -> String {
        let next = Self { sesudah: last.to_string(), ..self.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    }
}

#[get("/lokasi")]
pub async fn list_venues(
    services: Data<Services>,
    shell: Shell,
    query: Query<VenueQuery>,
) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let cut = Cut::new(PAGE, query.sesudah.parse().ok());
    let venues = services.list_venue_sheets(caller, office, query.filter(), cut).await?;
    let districts = services.list_districts(caller, office).await?;
    let kinds = kinds(&shell);
    page(StatusCode::OK, &shell.clone(), &VenueList { shell, venues, query, districts, kinds })
}

/// The kinds of venues as the choices of a list.
pub fn kinds(shell: &Shell) -> Vec<(&'static str, String)> {
    VenueKind::ALL.iter().map(|kind| (kind.as_str(), shell.label("venue-kind", kind.as_str()))).collect()
}
