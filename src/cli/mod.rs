//! The command line: one file per command. Results go to standard output, progress and messages to standard error;
//! exit 0 done, 1 failed, 2 wrong usage. A command acts as the system, and the audit trail says so.

mod accounts;
mod backup;
mod context;
mod demo;
mod digest;
mod files;
mod grid;
mod mail;
mod migrate;
mod plan;
mod plan_check;
mod plan_files;
mod plan_propose;
mod plan_solve;
mod print;
mod rank;
mod rank_backtest;
mod serve;
mod stop;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use context::{CliError, Context};

/// Plans outreach events of civil-registry offices, records activations, ranks venues.
#[derive(Debug, Parser)]
#[command(name = "jemputbola", version, about, propagate_version = true)]
struct Arguments {
    /// A settings file (TOML) over the defaults.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the database is: `sqlite://PATH` or `postgres://…`
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Language of messages.
    #[arg(long, global = true, value_enum, default_value = "id")]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    Id,
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Load the five districts into a database of their own and serve them on this machine.
    Demo(demo::DemoArguments),
    /// Serve pages and API.
    Serve,
    /// Bring the database to the tables of this program; an SQLite file is copied first.
    Migrate,
    /// Offices of the installation.
    #[command(subcommand)]
    Office(accounts::OfficeCommand),
    /// Users of the installation.
    #[command(subcommand)]
    User(accounts::UserCommand),
    /// API tokens.
    #[command(subcommand)]
    Token(accounts::TokenCommand),
    /// Take a file in, all of it or nothing.
    Import(files::ImportArguments),
    /// Write a file that an import reads back.
    Export(files::ExportArguments),
    /// Rank the venues of an office by yield.
    Rank(rank::RankArguments),
    /// Plan visits: propose a schedule for an office, solve and judge instance files.
    #[command(subcommand)]
    Plan(plan::PlanCommand),
    /// Letters by e-mail.
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// Write the digest of a day as the schedule does: print it, or put it into the outbox.
    Digest(digest::DigestArguments),
    /// Copy an SQLite database to a new file while it is in use.
    Backup(backup::BackupArguments),
    /// Put a backup in the place of an SQLite database that nobody uses; the old one is kept.
    Restore(backup::RestoreArguments),
}

/// Does what the arguments of this process say.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = actix_web::rt::System::new();
    match runtime.block_on(execute(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print::note(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

async fn execute(arguments: Arguments) -> Result<(), CliError> {
    let context = Context::read(arguments.config.as_deref(), arguments.database, arguments.lang.into())?;
    match arguments.command {
        Command::Demo(arguments) => demo::run(context, arguments).await,
        Command::Serve => serve::run(&context).await,
        Command::Migrate => migrate::run(&context),
        Command::Office(command) => accounts::run_office(&context, command).await,
        Command::User(command) => accounts::run_user(&context, command).await,
        Command::Token(command) => accounts::run_token(&context, command).await,
        Command::Import(arguments) => files::run_import(&context, arguments).await,
        Command::Export(arguments) => files::run_export(&context, arguments).await,
        Command::Rank(arguments) => rank::run(&context, arguments).await,
        Command::Plan(command) => plan::run(&context, command).await,
        Command::Mail(command) => mail::run(&context, command).await,
        Command::Digest(arguments) => digest::run(&context, arguments).await,
        Command::Backup(arguments) => backup::run_backup(&context, &arguments),
        Command::Restore(arguments) => backup::run_restore(&context, &arguments).await,
    }
}

impl From<Lang> for crate::domain::language::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Id => Self::Indonesian,
            Lang::En => Self::English,
        }
    }
}
