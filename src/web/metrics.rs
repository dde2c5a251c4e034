//! The figures of HTTP, and the address where all figures are read. Telemetry keeps them; this room only counts.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, get};

use super::error::WebError;
use super::site::{MetricsAccess, Site};
use crate::domain::permission::Actor;
use crate::service::{ServiceError, Services};

/// Counts one request: method, route pattern, status, seconds.
pub type CountRequest = dyn Fn(&str, &str, u16, f64) + Send + Sync;

/// What the application gives this room: where to count a request, and how to print all figures.
#[derive(Clone)]
pub struct Figures {
    pub count_request: Arc<CountRequest>,
    /// Everything in the text format of `OpenMetrics`.
    pub print: Arc<dyn Fn() -> String + Send + Sync>,
}

impl std::fmt::Debug for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Figures")
    }
}

/// Middleware: counts every request with its route pattern, never with the address as sent.
pub fn count(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> impl Future<Output = Result<ServiceResponse<impl MessageBody>, Error>> {
    let started = std::time::Instant::now();
    async move {
        let figures = request.app_data::<Data<Figures>>().cloned();
        let response = next.call(request).await?;
        if let Some(figures) = figures {
            let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
            let method = response.request().method().as_str();
            (figures.count_request)(method, &route, response.status().as_u16(), started.elapsed().as_secs_f64());
        }
        Ok(response)
    }
}

/// Prints all figures.
#[get("/metrics")]
pub async fn show_metrics(
    figures: Data<Figures>,
    services: Data<Services>,
    site: Data<Site>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let allowed = match site.metrics {
        MetricsAccess::Off => return Err(ServiceError::NotFound.into()),
        MetricsAccess::Loopback => request.peer_addr().is_some_and(|peer| is_loopback(peer.ip())),
        MetricsAccess::Token => has_token(&services, &request).await?,
    };
    if !allowed {
        return Err(ServiceError::Unauthenticated.into());
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(HttpResponse::Ok().content_type(kind).body((figures.print)()))
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

async fn has_token(services: &Services, request: &HttpRequest) -> Result<bool, WebError> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(secret) = header.and_then(|value| value.strip_prefix("Bearer ")) else { return Ok(false) };
    let actor = services.find_token(secret).await?.map(Actor::User);
    Ok(actor.is_some_and(|actor| {
        crate::domain::permission::WidePermit::<crate::domain::permission::Administer>::grant(&actor).is_ok()
    }))
}
