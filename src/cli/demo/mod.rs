//! `demo`: five districts in a database of their own, served on this machine only, with accounts whose password is known.

mod place;

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Instant;

use chrono::{NaiveDate, TimeDelta};
use clap::Args;
use serde::Serialize;

use self::place::Place;
use super::context::{CliError, Context, caller};
use super::serve;
use super::stop::StopSignals;
use crate::app;
use crate::cli::print;
use crate::domain::dates::parse_date;
use crate::domain::digest::DigestPeriod;
use crate::service::demo::{DemoAccount, PASSWORD};
use crate::service::digests::{DigestAddressees, SendDigest};
use crate::service::{ServiceError, Services};
use crate::settings::MailUrl;
use crate::wording::messages::message;

#[derive(Debug, Args)]
pub struct DemoArguments {
    #[arg(long, value_name = "ADDRESS:PORT")]
    bind: Option<SocketAddr>,
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    today: Option<NaiveDate>,
    #[arg(long)]
    keep: bool,
    #[arg(long)]
    load_only: bool,
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    url: &'a str,
    accounts: Vec<PrintedAccount<'a>>,
}

#[derive(Serialize)]
struct PrintedAccount<'a> {
    office: &'a str,
    role: &'a str,
    login: &'a str,
    password: &'a str,
}

impl<'a> PrintedAccount<'a> {
    fn of(DemoAccount { office, role, login }: &'a DemoAccount) -> Self {
        Self { office: office.as_str(), role: role.as_str(), login: login.as_str(), password: PASSWORD }
    }
}

/// Loads the demo, prints how to enter it, and serves it until it is told to stop.
pub async fn run(context: Context, arguments: DemoArguments) -> Result<(), CliError> {
    let bind = arguments.bind.unwrap_or(context.settings.http.bind);
    if !bind.ip().is_loopback() {
        return Err(CliError::usage(say(&context, "demo-loopback", &[("address", bind.to_string())])));
    }
    // Listened to from here on, so that no signal skips the removal of the folder.
    let mut stop = StopSignals::listen()?;
    let place = Place::choose(&context, arguments.data.as_deref(), arguments.keep)?;
    let listener = if arguments.load_only { None } else { Some(listen(bind)?) };
    let address = listener.as_ref().map_or(Ok(bind), TcpListener::local_addr)?;
    let url = format!("http://{address}");
    let context = set_the_stage(context, &arguments, &place, &url);
    let loaded = tokio::select! {
        loaded = load(&context, &arguments) => loaded?,
        () = stop.received() => return Err(CliError::failed(say(&context, "demo-stopped", &[]))),
    };
    let (services, accounts) = loaded;
    print(&url, &accounts, arguments.json)?;
    if let Some(folder) = place.kept() {
        print::note(say(&context, "demo-kept", &[("folder", folder.display().to_string())]));
    }
    if !arguments.load_only && !context.settings.is_set("mail.url") {
        let folder = place.letters().display().to_string();
        let address = format!("{url}/33.03/surat-keluar");
        print::note(say(&context, "demo-letters", &[("folder", folder), ("address", address)]));
    }
    match listener {
        Some(listener) => {
            serve::start_logging(&context.settings)?;
            serve::serve_until(&context.settings, services, listener, stop).await
        }
        None => Ok(()),
    }
}

fn listen(bind: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(bind).map_err(|error| CliError::failed(format!("{bind}: {error}")))
}

/// Settings and clock of the demo: its own database and address; with `--today` the clock goes on from that day.
fn set_the_stage(mut context: Context, arguments: &DemoArguments, place: &Place, url: &str) -> Context {
    place.url().clone_into(&mut context.settings.database.url);
    if !context.settings.is_set("http.public_url") {
        url.clone_into(&mut context.settings.http.public_url);
    }
    if !context.settings.is_set("mail.url") {
        context.settings.mail.url = MailUrl(format!("file:{}", place.letters().display()));
    }
    let days = arguments.today.map_or(0, |today| (today - real_today(&context)).num_days());
    context.clock = context.clock.ahead_by(TimeDelta::days(days));
    context
}

/// The five districts share one zone.
fn real_today(context: &Context) -> NaiveDate {
    context.clock.now().with_timezone(&chrono_tz::Asia::Jakarta).date_naive()
}

async fn load(context: &Context, arguments: &DemoArguments) -> Result<(Services, Vec<DemoAccount>), CliError> {
    let started = Instant::now();
    let failed = |error: ServiceError| context.failure(&error);
    let (settings, clock) = (context.settings.clone(), context.clock.clone());
    let migrate = move || app::migrate_database(&settings, &clock);
    let migrated = tokio::task::spawn_blocking(migrate).await.map_err(ServiceError::internal).map_err(failed)?;
    migrated.map_err(|error| failed(error.into()))?;
    let services = context.services()?;
    if services.list_offices(&caller()).await.map_err(failed)?.is_empty() {
        print::note(say(context, "demo-loading", &[]));
        services.load_demo(&caller(), real_today(context)).await.map_err(failed)?;
        send_letters(&services, real_today(context)).await.map_err(failed)?;
        let seconds = format!("{:.1}", started.elapsed().as_secs_f64());
        print::note(say(context, "demo-loaded", &[("seconds", seconds)]));
    } else if !arguments.keep {
        return Err(CliError::failed(say(context, "demo-not-empty", &[])));
    }
    let accounts = services.list_demo_accounts(&caller()).await.map_err(failed)?;
    Ok((services, accounts))
}

/// The letter of the day to the head of each office, so that whoever looks finds one that tells what the pages tell.
async fn send_letters(services: &Services, today: NaiveDate) -> Result<(), ServiceError> {
    for office in services.list_offices(&caller()).await? {
        let letter =
            SendDigest { on: today, period: DigestPeriod::Weekly, to: DigestAddressees::Heads, is_test: false };
        services.send_digest(&caller(), &office.code, letter).await?;
    }
    Ok(())
}

fn print(url: &str, accounts: &[DemoAccount], as_json: bool) -> Result<(), CliError> {
    let accounts: Vec<PrintedAccount<'_>> = accounts.iter().map(PrintedAccount::of).collect();
    let mut out = std::io::stdout().lock();
    if as_json {
        let text = serde_json::to_string(&Printed { url, accounts });
        writeln!(out, "{}", text.map_err(|error| CliError::failed(error.to_string()))?)?;
        return Ok(());
    }
    writeln!(out, "{url}")?;
    for PrintedAccount { office, role, login, password } in accounts {
        writeln!(out, "{office}  {role:<11}  {login:<34}  {password}")?;
    }
    Ok(())
}

fn say(context: &Context, id: &str, args: &[(&str, String)]) -> String {
    message(context.language, id, args)
}
