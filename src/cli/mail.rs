//! `mail`: whether letters arrive, told by the mail server itself; what left and what became of it; another try for what
//! was given up.

use chrono::SecondsFormat;
use clap::{Args, Subcommand};

use super::context::{CliError, Context, caller};
use super::print;
use crate::domain::id::MailId;
use crate::domain::mail::{MailFault, MailKind};
use crate::domain::office::parse_office_code;
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::text::Email;
use crate::service::delivery::{LetterFilter, SentLetter};
use crate::wording::messages::{label, message};

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    Test { address: String },
    Log(LogArguments),
    Resend(ResendArguments),
}

#[derive(Debug, Args)]
pub struct LogArguments {
    #[arg(long)]
    office: Option<String>,
    #[arg(long)]
    state: Option<String>,
    #[arg(long)]
    kind: Option<String>,
    #[arg(long, default_value = "50", value_parser = parse_limit)]
    limit: usize,
}

#[derive(Debug, Args)]
pub struct ResendArguments {
    #[arg(long)]
    office: Option<String>,
    id: Option<String>,
}

pub async fn run(context: &Context, command: MailCommand) -> Result<(), CliError> {
    match command {
        MailCommand::Test { address } => test(context, &address).await,
        MailCommand::Log(arguments) => log(context, arguments).await,
        MailCommand::Resend(arguments) => resend(context, arguments).await,
    }
}

async fn log(context: &Context, arguments: LogArguments) -> Result<(), CliError> {
    let mut check = Check::new();
    let office = check.optional("office", arguments.office, |code| parse_office_code(&code));
    let state = check.optional("state", arguments.state, |text| text.parse());
    let kind = check.optional("kind", arguments.kind, |text| text.parse());
    let read = (|| Some((office?, LetterFilter { state: state?, kind: kind? })))();
    let (office, filter) = check.finish(read).map_err(|errors| context.wrong(errors))?;
    let (services, cut) = (context.services()?, Cut::new(arguments.limit, None));
    let letters = match &office {
        Some(office) => services.list_outbox(&caller(), office, filter, cut).await,
        None => services.list_wide_outbox(&caller(), filter, cut).await,
    };
    for letter in letters.map_err(|error| context.failure(&error))?.items {
        print::result(line(&letter))?;
    }
    Ok(())
}

fn parse_limit(text: &str) -> Result<usize, Rule> {
    let limit = text.parse().map_err(|_| Rule::WrongType("integer".to_owned()))?;
    if (1..=LIMIT_MAX).contains(&limit) { Ok(limit) } else { Err(Rule::out_of_range(1, LIMIT_MAX)) }
}

/// One letter: when it was written, its id, kind and reader, what became of it, and what the server said.
fn line(letter: &SentLetter) -> String {
    let written = letter.created_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let fault = letter.fault.map(MailFault::as_str);
    let told = fault.into_iter().chain(letter.last_reply.as_deref()).collect::<Vec<_>>().join(": ");
    // A server may answer in several lines.
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let (id, kind, reader, state) = (letter.id, letter.kind, &letter.recipient, letter.state);
    format!("{written}\t{id}\t{kind}\t{reader}\t{state}\t{told}")
}

async fn resend(context: &Context, arguments: ResendArguments) -> Result<(), CliError> {
    let mut check = Check::new();
    let office = check.optional("office", arguments.office, |code| parse_office_code(&code));
    let id = check.optional("id", arguments.id, |text| text.parse::<MailId>());
    let (office, id) = check.finish(office.zip(id)).map_err(|errors| context.wrong(errors))?;
    let services = context.services()?;
    let queued = match (&office, id) {
        (Some(office), Some(id)) => services.resend_letter(&caller(), office, id).await.map(|_| 1),
        (None, Some(id)) => services.resend_wide_letter(&caller(), id).await.map(|_| 1),
        (Some(office), None) => services.resend_failed_digests(&caller(), office).await,
        (None, None) => services.resend_failed_wide(&caller(), MailKind::RegionDigest).await,
    };
    let queued = queued.map_err(|error| context.failure(&error))?;
    print::result(message(context.language, "cli-mail-resent", &[("queued", queued.to_string())]))?;
    Ok(())
}

async fn test(context: &Context, address: &str) -> Result<(), CliError> {
    let email: Email = address.parse().map_err(|rule| context.wrong(vec![FieldError::new("address", rule)]))?;
    let services = context.services()?;
    if !services.mail.mailer.is_on() {
        return Err(CliError::failed(message(context.language, "cli-mail-off", &[])));
    }
    let route = services.mail.mailer.route();
    let tried = services.try_mail(email.clone(), context.language).await.map_err(|error| context.failure(&error))?;
    let address = ("address", email.to_string());
    match tried {
        Ok(reply) => {
            let args = [address, ("route", route), ("reply", reply)];
            print::result(message(context.language, "cli-mail-sent", &args))?;
            Ok(())
        }
        Err((fault, told)) => {
            let named = label(context.language, "mail-fault", fault.as_str());
            let args = [address, ("fault", named), ("told", told)];
            let words = message(context.language, "cli-mail-failed", &args);
            let hint = fault_hint(context, fault);
            Err(CliError::failed([words, hint].join(" ").trim_end()))
        }
    }
}

/// Which settings decide about it; nothing where the fault speaks for itself.
fn fault_hint(context: &Context, fault: MailFault) -> String {
    if fault == MailFault::Insecure { message(context.language, "cli-mail-check-tls", &[]) } else { String::new() }
}
