//! The whole URL map.

use actix_web::web::{Data, PayloadConfig};
use actix_web::{HttpResponse, get, middleware, web};
use utoipa_actix_web::scope::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use super::api::{openapi, rankings, venues};
use super::{authenticate, metrics, sign_in};
use crate::service::Services;

/// Largest body of an ordinary request.
const BODY_MAX: usize = 1024 * 1024;

/// Every address of the service.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.app_data(PayloadConfig::new(BODY_MAX));
    config.service(show_health).service(show_readiness);
    config.map(|plain| plain.service(metrics::show_metrics).service(sign_in::sign_in).service(sign_in::sign_out));
    config.service(scope("/api/v1").service(openapi::show_openapi).configure(api_v1));
}

fn api_v1(config: &mut ServiceConfig<'_>) {
    let signed_in = scope("")
        .wrap(middleware::from_fn(authenticate::require_caller))
        .service(venues::list_venues)
        .service(venues::add_venue)
        .service(venues::show_venue)
        .service(venues::change_venue)
        .service(venues::archive_venue)
        .service(rankings::rank_venues)
        .default_service(web::to(unknown));
    config.service(signed_in);
}

/// An address that does not exist, told only to those who are signed in.
async fn unknown() -> HttpResponse {
    HttpResponse::NotFound().finish()
}

/// Says that the process lives.
#[utoipa::path(tag = "about", responses((status = 200, description = "The process lives")))]
#[get("/healthz")]
async fn show_health() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Says whether the database takes writes.
#[utoipa::path(tag = "about",
    responses((status = 200, description = "It can write"), (status = 503, description = "It cannot write now")))]
#[get("/readyz")]
async fn show_readiness(services: Data<Services>) -> HttpResponse {
    match services.check_ready().await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(error) => {
            tracing::warn!(error = ?error, "not ready");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}
