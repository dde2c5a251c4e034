//! The command line: one file per command. Results go to standard output, progress and messages to standard error;
//! exit 0 done, 1 failed, 2 wrong usage. A command acts as the system, and the audit trail says so.

mod accounts;
mod backup;
mod context;
mod demo;
mod digest;
mod disk;
mod files;
mod grid;
mod help;
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
mod usage;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use context::{CliError, Context};

use crate::domain::language::Language;

/// The arguments; what they are for is said in `config/i18n/*/help.ftl`.
#[derive(Debug, Parser)]
#[command(name = "jemputbola", version, propagate_version = true)]
struct Arguments {
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
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
    Demo(demo::DemoArguments),
    Serve,
    Migrate,
    #[command(subcommand)]
    Office(accounts::OfficeCommand),
    #[command(subcommand)]
    User(accounts::UserCommand),
    #[command(subcommand)]
    Token(accounts::TokenCommand),
    Import(files::ImportArguments),
    Export(files::ExportArguments),
    Rank(rank::RankArguments),
    #[command(subcommand)]
    Plan(plan::PlanCommand),
    #[command(subcommand)]
    Mail(mail::MailCommand),
    Digest(digest::DigestArguments),
    Backup(backup::BackupArguments),
    Restore(backup::RestoreArguments),
}

/// Does what the arguments of this process say.
pub fn run() -> ExitCode {
    let language = help::asked_language(std::env::args_os());
    let arguments = match read_arguments(language) {
        Ok(arguments) => arguments,
        Err(error) => return without_command(&error, language),
    };
    let runtime = actix_web::rt::System::new();
    match runtime.block_on(execute(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print::note(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn read_arguments(language: Language) -> Result<Arguments, clap::Error> {
    let command = help::explained(Arguments::command(), language);
    Arguments::from_arg_matches(&command.try_get_matches()?)
}

/// Shows help or version where they were asked for or no command was named, and refuses otherwise.
fn without_command(error: &clap::Error, language: Language) -> ExitCode {
    let shown =
        [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
    if shown.contains(&error.kind()) {
        error.print().ok();
    } else {
        print::note(usage::refusal(error, language));
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(u8::MAX))
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

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Id => Self::Indonesian,
            Lang::En => Self::English,
        }
    }
}
