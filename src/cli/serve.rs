//! `serve`: pages and API until the process is told to stop.

use std::net::TcpListener;

use super::context::{CliError, Context};
use crate::app;
use crate::service::Services;
use crate::settings::Settings;
use crate::telemetry::logging::{self, LogFormat};
use crate::wording::messages::message;

/// Serves until SIGINT or SIGTERM; requests that have begun are answered first.
pub async fn run(context: &Context) -> Result<(), CliError> {
    start_logging(&context.settings)?;
    let services = context.services()?;
    if !services.has_users().await.map_err(|error| context.failure(&error))? {
        eprintln!("{}", message(context.language, "cli-no-user", &[]));
    }
    let listener = TcpListener::bind(context.settings.http.bind)
        .map_err(|error| CliError::failed(format!("http.bind {}: {error}", context.settings.http.bind)))?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    serve(&context.settings, services, listener).await
}

/// Starts the log as the settings say.
pub fn start_logging(settings: &Settings) -> Result<(), CliError> {
    let format = if settings.log.format == "json" { LogFormat::Json } else { LogFormat::Text };
    logging::start(&settings.log.filter, format).map_err(CliError::usage)
}

/// Serves these use cases on `listener`.
pub async fn serve(settings: &Settings, services: Services, listener: TcpListener) -> Result<(), CliError> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(app::start_server(settings, services, listener, workers)?.await?)
}
