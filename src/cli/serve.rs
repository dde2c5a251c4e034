//! `serve`: pages and API until the process is told to stop.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use super::context::{CliError, Context};
use super::print;
use super::stop::StopSignals;
use crate::app;
use crate::service::Services;
use crate::settings::Settings;
use crate::telemetry::logging::{self, LogFormat};
use crate::web::Live;
use crate::wording::messages::message;

/// Serves until SIGINT or SIGTERM; requests that have begun are answered first.
pub async fn run(context: &Context) -> Result<(), CliError> {
    start_logging(&context.settings)?;
    let services = context.services()?;
    let listener = TcpListener::bind(context.settings.http.bind)
        .map_err(|error| CliError::failed(format!("http.bind {}: {error}", context.settings.http.bind)))?;
    let stop = StopSignals::listen()?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    offer_set_up(context, &services, &listener).await?;
    serve_until(&context.settings, services, listener, stop).await
}

/// While nobody can sign in: prints the code with which the first office and its admin are made in a browser.
async fn offer_set_up(context: &Context, services: &Services, listener: &TcpListener) -> Result<(), CliError> {
    let failure = |error| context.failure(&error);
    if services.has_users().await.map_err(failure)? {
        return Ok(());
    }
    let code = services.issue_set_up_code().map_err(failure)?;
    // Unless the settings name an address for people, the one that is listened at.
    let http = &context.settings.http;
    let is_named = context.settings.is_set("http.public_url");
    let address =
        if is_named { http.public_url.clone() } else { format!("http://{}", reachable(listener.local_addr()?)) };
    let args = [("address", address), ("code", code)];
    print::note(message(context.language, "cli-set-up", &args));
    Ok(())
}

/// Where a browser on this machine finds what listens at `bound`: nobody can open 0.0.0.0.
fn reachable(mut bound: SocketAddr) -> SocketAddr {
    if bound.ip().is_unspecified() {
        bound.set_ip(if bound.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    bound
}

/// Starts the log as the settings say.
pub fn start_logging(settings: &Settings) -> Result<(), CliError> {
    let format = if settings.log.format == "json" { LogFormat::Json } else { LogFormat::Text };
    logging::start(&settings.log.filter, format).map_err(CliError::usage)
}

/// Serves these use cases on `listener` until a signal asks to stop; requests that have begun are answered first.
pub async fn serve_until(
    settings: &Settings,
    services: Services,
    listener: TcpListener,
    mut stop: StopSignals,
) -> Result<(), CliError> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = app::start_jobs(&services);
    let live = Live::default();
    let server = app::start_server(settings, services, listener, workers, live.clone())?;
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        stop.received().await;
        live.close();
        handle.stop(true).await;
    });
    let served = server.await;
    jobs.stop().await;
    Ok(served?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_that_is_printed_can_be_opened() {
        let told = |bound: &str| reachable(bound.parse().unwrap()).to_string();
        assert_eq!(told("0.0.0.0:8090"), "127.0.0.1:8090");
        assert_eq!(told("[::]:8090"), "[::1]:8090");
        assert_eq!(told("10.0.0.7:80"), "10.0.0.7:80");
    }
}
