//! `/healthz` and `/readyz`: what a load balancer asks.

use std::time::{Duration, Instant};

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use tokio::sync::Mutex;

use crate::service::Services;

/// How long an answer stands: anybody may ask, and each test is a write.
const STANDS: Duration = Duration::from_secs(1);

/// How long the database may take for the test before it counts as not ready.
const PATIENCE: Duration = Duration::from_secs(3);

/// When the database last took a write, and the way to find out: those who ask meanwhile wait for the same answer.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<Instant>>);

impl Readiness {
    async fn is_ready(&self, services: &Services) -> bool {
        let mut last = self.0.lock().await;
        if last.is_some_and(|last| last.elapsed() < STANDS) {
            return true;
        }
        *last = None;
        match tokio::time::timeout(PATIENCE, services.check_ready()).await {
            Ok(Ok(())) => *last = Some(Instant::now()),
            Ok(Err(error)) => tracing::warn!(error = ?error, "not ready"),
            Err(_) => tracing::warn!("not ready: the database does not answer"),
        }
        last.is_some()
    }
}

/// Says that the process lives.
#[utoipa::path(tag = "about", responses((status = 200, description = "The process lives")))]
#[get("/healthz")]
pub async fn show_health() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Says whether the database takes writes.
#[utoipa::path(tag = "about",
    responses((status = 200, description = "It can write"), (status = 503, description = "It cannot write now")))]
#[get("/readyz")]
pub async fn show_readiness(services: Data<Services>, readiness: Data<Readiness>) -> HttpResponse {
    if readiness.is_ready(&services).await {
        HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n")
    } else {
        HttpResponse::ServiceUnavailable().finish()
    }
}
