//! What the ranking and the map are narrowed to. It stands in the address, under the names of the API, so that a view can
//! be kept and sent; a value that cannot be read is shown with its error and narrows nothing.

use serde::{Deserialize, Serialize};

use super::{Form, FormFields, Shell};
use crate::domain::outcome::Outcome;
use crate::domain::page::Cut;
use crate::domain::ranking::{Per, RankBy};
use crate::domain::region::{Region, RegionCode};
use crate::domain::rule::{Check, FieldError};
use crate::domain::venue::VenueKind;
use crate::service::rankings::RankVenues;
use crate::service::regions::RegionFilter;
use crate::service::{ServiceError, Services};
use crate::web::api::rankings::{RankingParams, read_command};
use crate::web::error::WebError;

/// The fields as they were sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Narrowing {
    service: Option<String>,
    kind: Option<String>,
    region: Option<String>,
    from: Option<String>,
    to: Option<String>,
    per: Option<String>,
    sort: Option<String>,
}

/// What the fields of the form offer: pairs of value and text.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub services: Vec<(&'static str, String)>,
    pub kinds: Vec<(&'static str, String)>,
    /// The office's kecamatan.
    pub regions: Vec<(String, String)>,
    pub per: Vec<(&'static str, String)>,
    pub sort: Vec<(&'static str, String)>,
}

impl Narrowing {
    /// What is asked for, or every field that cannot be read. An empty field was left open.
    pub fn read(&self) -> Result<RankVenues, Vec<FieldError>> {
        let filled = |field: &Option<String>| field.clone().filter(|text| !text.trim().is_empty());
        let params = RankingParams {
            service: filled(&self.service),
            from: filled(&self.from),
            to: filled(&self.to),
            kind: filled(&self.kind),
            region: filled(&self.region),
            per: filled(&self.per),
            sort: filled(&self.sort).or_else(|| Some(self.own_sort().as_str().to_owned())),
            ..RankingParams::default()
        };
        let mut check = Check::new();
        let command = read_command(&mut check, &params);
        check.finish(command)
    }

    /// The form of a page that shows this; `from` and `to` are the days of the period that was found.
    pub fn form(&self, found: Option<(String, String)>) -> Form {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let (from, to) = found.unwrap_or_else(|| (text(&self.from), text(&self.to)));
        Form::open(FormFields::of([
            ("service", self.service.clone().unwrap_or_else(|| Outcome::Activated.as_str().to_owned())),
            ("kind", text(&self.kind)),
            ("region", text(&self.region)),
            ("from", from),
            ("to", to),
            ("per", self.per.clone().unwrap_or_else(|| Per::Day.as_str().to_owned())),
            ("sort", self.sort.clone().unwrap_or_else(|| self.own_sort().as_str().to_owned())),
        ]))
    }

    /// Pages are in the order of the estimate, unless somebody asks for another divisor: an estimate is one of a day.
    fn own_sort(&self) -> RankBy {
        let per = self.per.as_deref().map(str::trim).unwrap_or_default();
        if per.is_empty() || per == Per::Day.as_str() { RankBy::Estimate } else { RankBy::Mean }
    }

    /// The form with what was refused.
    ///
    /// # Errors
    /// `error` itself if it says nothing about these fields.
    pub fn refused(&self, error: WebError, shell: &Shell) -> Result<Form, WebError> {
        Form::refused(self.form(None).fields, error, shell.language)
    }

    /// True if venues were narrowed to some.
    pub fn is_narrow(&self) -> bool {
        [&self.kind, &self.region].into_iter().any(|field| field.as_ref().is_some_and(|text| !text.trim().is_empty()))
    }

    /// The query of an address with these fields and some more.
    pub fn query(&self, more: &[(&str, &str)]) -> String {
        let own = serde_urlencoded::to_string(self).unwrap_or_default();
        let more = serde_urlencoded::to_string(more).unwrap_or_default();
        let parts: Vec<String> = [own, more].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("&")
    }
}

impl Choices {
    /// The choices in the reader's words.
    pub fn new(shell: &Shell, regions: &[Region]) -> Self {
        let region = |region: &Region| (region.code.to_string(), region.name.clone());
        Self {
            services: Outcome::services()
                .map(|code| (code.as_str(), shell.heading("outcome", code.as_str())))
                .collect(),
            kinds: VenueKind::ALL
                .iter()
                .map(|kind| (kind.as_str(), shell.heading("venue-kind", kind.as_str())))
                .collect(),
            regions: regions.iter().map(region).collect(),
            per: Per::ALL.iter().map(|per| (per.as_str(), shell.heading("per", per.as_str()))).collect(),
            sort: RankBy::ALL.iter().rev().map(|by| (by.as_str(), shell.heading("rank-by", by.as_str()))).collect(),
        }
    }
}

/// The kecamatan of the page's office.
pub async fn load_regions(services: &Services, shell: &Shell) -> Result<Vec<Region>, ServiceError> {
    let filter = RegionFilter { parent: Some(shell.office()?.code.clone()), level: None };
    Ok(services.list_regions(shell.caller()?, filter, Cut::new(crate::domain::page::LIMIT_MAX, None)).await?.items)
}

/// The name of the kecamatan that a venue's region is, or lies in.
pub fn region_name<'a>(regions: &'a [Region], code: &RegionCode) -> &'a str {
    regions.iter().find(|region| region.code.contains(code)).map_or("", |region| &region.name)
}
