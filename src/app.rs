//! The composition root: builds the parts from settings, connects them, and serves.

use std::net::{IpAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::web::Data;
use actix_web::{App, HttpServer, middleware};
use tracing_actix_web::TracingLogger;

use crate::domain::clock::Clock;
use crate::jobs::runner;
use crate::mail::{Mailer, MailerError};
use crate::service::files::seeds;
use crate::service::guard::{SignInGuard, SignInLimits};
use crate::service::mail_room::MailRoom;
use crate::service::misses::MissGuard;
use crate::service::{ServiceError, Services};
use crate::settings::Settings;
use crate::store::migrate::Migrated;
use crate::store::{Address, Database, Engine, StoreError, migrate};
use crate::telemetry::Registry;
use crate::telemetry::figures::{Reading, ReadingKind};
use crate::web::api::openapi::ApiDescription;
use crate::web::site::{MetricsAccess, Site};
use crate::web::{self, Figures};

/// The real clock: the only place that asks the machine for the time.
pub fn system_clock() -> Clock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock that everything else takes as an argument")]
    Clock::new(chrono::Utc::now)
}

/// Brings the database to this program's tables and fills in the shipped facts.
///
/// # Errors
/// See [`migrate::run`].
pub fn migrate_database(settings: &Settings, clock: &Clock) -> Result<Migrated, StoreError> {
    let address = Address::parse(&settings.database.url)?;
    let now = clock.now();
    let backup = address.sqlite_path().map(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = || path.parent().map_or_else(PathBuf::new, PathBuf::from);
        let chosen = &settings.backup.folder;
        let folder = if chosen.as_os_str().is_empty() { beside() } else { chosen.clone() };
        folder.join(format!("{name}.{}", now.format("%Y%m%dT%H%M%SZ")))
    });
    migrate::run(&address, backup, |connection| seeds::seed(connection, now))
}

/// The use cases over the database of the settings. SQLite is migrated on the way; PostgreSQL asks for `migrate`.
///
/// # Errors
/// [`StoreError`] if the database cannot be opened or is not migrated; see [`Settings::read`] for the rest.
pub fn build_services(settings: &Settings, clock: Clock) -> Result<Services, ServiceError> {
    let address = Address::parse(&settings.database.url)?;
    match address.engine() {
        Engine::Sqlite => drop(migrate_database(settings, &clock)?),
        Engine::Postgres => migrate::check(&address)?,
    }
    let (per_address, per_login) = settings.sign_in.limits().map_err(ServiceError::internal)?;
    let guard = Arc::new(SignInGuard::new(SignInLimits { per_address, per_login }));
    let misses = Arc::new(MissGuard::new(per_address));
    let mail = Arc::new(build_mail_room(settings)?);
    let (recording, set_up) = (Arc::default(), Arc::default());
    let database = Database::open(&address, settings.database.readers)?;
    Ok(Services { guard, misses, recording, set_up, mail, database, clock })
}

/// Whether the way that letters leave can be used: above all the certificates of `mail.ca_file`.
///
/// # Errors
/// Why not.
pub fn check_mail(settings: &Settings) -> Result<(), MailerError> {
    let mail = &settings.mail;
    // Whatever else is wrong with the settings was said when they were read.
    let (Ok(route), Ok(sender)) = (mail.route(), mail.sender()) else { return Ok(()) };
    Mailer::new(route, sender, mail.ca_file(), 1).map(drop)
}

fn build_mail_room(settings: &Settings) -> Result<MailRoom, ServiceError> {
    let mail = &settings.mail;
    let route = mail.route().map_err(ServiceError::internal)?;
    let sender = mail.sender().map_err(ServiceError::internal)?;
    let connections = usize::try_from(mail.max_connections).map_err(ServiceError::internal)?;
    let mailer = Mailer::new(route, sender, mail.ca_file(), connections).map_err(ServiceError::internal)?;
    Ok(MailRoom::new(mailer, settings.http.public_url.trim_end_matches('/').to_owned()))
}

/// Starts to serve on `listener` with so many worker threads. The server runs when it is awaited; who stops it closes
/// `live` first, as streams without an end would be waited for. Signals are left to the caller.
///
/// # Errors
/// If the listener cannot be used.
pub fn start_server(
    settings: &Settings,
    services: Services,
    listener: TcpListener,
    workers: usize,
    live: web::Live,
) -> std::io::Result<Server> {
    let site = Data::new(site(settings));
    let figures = Data::new(figures(&services));
    let services = Data::new(services);
    let description = Data::new(ApiDescription::new(web::describe_api));
    let live = Data::new(live);
    let server = HttpServer::new(move || {
        App::new()
            .configure(web::configure)
            .app_data(site.clone())
            .app_data(figures.clone())
            .app_data(services.clone())
            .app_data(description.clone())
            .app_data(live.clone())
            .wrap(middleware::from_fn(web::describe::describe))
            .wrap(middleware::from_fn(web::headers::harden))
            .wrap(middleware::Compress::default())
            .wrap(middleware::from_fn(web::metrics::count))
            .wrap(TracingLogger::default())
    });
    Ok(server.workers(workers).listen(listener)?.disable_signals().shutdown_timeout(10).run())
}

/// Starts the background work of this process: jobs and periodic duties. It ends by [`runner::Running::stop`].
pub fn start_jobs(services: &Services) -> runner::Running {
    runner::start(services)
}

fn site(settings: &Settings) -> Site {
    let metrics = match settings.metrics.access.as_str() {
        "token" => MetricsAccess::Token,
        "off" => MetricsAccess::Off,
        _ => MetricsAccess::Loopback,
    };
    let trusted_proxies: Vec<IpAddr> = settings.http.trusted_proxies.clone();
    let public_url = settings.http.public_url.trim_end_matches('/').to_owned();
    Site { public_url, is_secure: settings.http.is_secure(), trusted_proxies, metrics }
}

fn figures(services: &Services) -> Figures {
    let registry = Registry::new(readings(services));
    let printer = registry.clone();
    Figures {
        count_request: Arc::new(move |method, route, status, seconds| {
            registry.count_request(method, route, status, seconds);
        }),
        print: Arc::new(move || printer.print()),
    }
}

fn readings(services: &Services) -> Vec<Reading> {
    type Read = fn(&Services) -> i64;
    let gauges: [(&'static str, &'static str, Read); 5] = [
        ("letters_waiting", "Letters that wait in the outbox", |s| s.mail.figures.read().waiting),
        ("letters_dead", "Letters that were given up and are still kept", |s| s.mail.figures.read().dead),
        ("writer_queue", "Writes that wait or are in a transaction", |s| s.database.figures().writes_waiting),
        ("pool_connections", "Open connections of the pool", |s| s.database.figures().connections.into()),
        ("pool_idle_connections", "Connections that wait for work", |s| s.database.figures().idle_connections.into()),
    ];
    let counters: [(&'static str, &'static str, Read); 7] = [
        ("letters_sent", "Letters that the mail server took", |s| s.mail.figures.read().sent),
        ("letters_deferred", "Tries that failed and are repeated", |s| s.mail.figures.read().deferred),
        ("letters_given_up", "Letters that were given up", |s| s.mail.figures.read().given_up),
        ("entries_accepted", "Entries that count", |s| s.recording.read().accepted),
        ("entries_duplicate", "Entries that were sent again", |s| s.recording.read().duplicate),
        ("entries_held", "Entries that wait for a coordinator", |s| s.recording.read().held),
        ("entries_rejected", "Entries that were sent back", |s| s.recording.read().rejected),
    ];
    let reading = |kind: ReadingKind, (name, help, read): (&'static str, &'static str, Read)| {
        let services = services.clone();
        Reading { name, help, kind, read: Box::new(move || read(&services)) }
    };
    let gauges = gauges.into_iter().map(|gauge| reading(ReadingKind::Gauge, gauge));
    let counters = counters.into_iter().map(|counter| reading(ReadingKind::Counter, counter));
    gauges.chain(counters).collect()
}
