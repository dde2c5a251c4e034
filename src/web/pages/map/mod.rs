//! `/{office}/peta`: the venues where they lie, as large as what a day there yields, by the time since the last visit or
//! by kind. The same venues stand below as a list, for those who do not see or do not load the picture.

mod groups;
mod key;
mod view;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use super::narrowing::{Choices, Narrowing, load_regions};
use super::{Form, Shell, page};
use crate::service::Services;
use crate::service::rankings::RankVenues;
use crate::web::error::WebError;
use key::Colour;
use view::MapView;

#[derive(Template)]
#[template(path = "map/map.html", config = "src/web/pages/askama.toml")]
struct MapPage {
    shell: Shell,
    form: Form,
    choices: Choices,
    narrowing: Narrowing,
    colour: Colour,
    /// None if the filter cannot be read.
    found: Option<MapView>,
}

/// What the map alone asks for.
#[derive(Debug, Default, Deserialize)]
pub struct MapQuery {
    colour: Option<String>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_map);
}

#[get("/peta")]
async fn show_map(
    services: Data<Services>,
    shell: Shell,
    narrowing: Query<Narrowing>,
    query: Query<MapQuery>,
) -> Result<HttpResponse, WebError> {
    let narrowing = narrowing.into_inner();
    let colour = query.colour.as_deref().and_then(|text| text.parse().ok()).unwrap_or(Colour::Recency);
    let regions = load_regions(&services, &shell).await?;
    let mapped = match narrowing.read() {
        Ok(command) => {
            let command = RankVenues { with_last_visits: true, ..command };
            services.map_venues(shell.caller()?, &shell.office()?.code, command).await.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    let (status, form, found) = match mapped {
        Ok(map) => {
            let days = (map.days.first().to_string(), map.days.last().to_string());
            (StatusCode::OK, narrowing.form(Some(days)), Some(MapView::new(&shell, &regions, &map, colour)))
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, narrowing.refused(error, &shell)?, None),
    };
    let choices = Choices::new(&shell, &regions);
    page(status, &shell.clone(), &MapPage { shell, form, choices, narrowing, colour, found })
}
