//! `digest`: the letter that heads read, of any day: printed, or put into the outbox.

use std::io::Write;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::context::{CliError, Context, caller};
use super::print;
use crate::domain::dates::parse_date;
use crate::domain::digest::DigestPeriod;
use crate::domain::office::parse_office_code;
use crate::domain::region::RegionCode;
use crate::domain::rule::Check;
use crate::domain::text::Login;
use crate::service::digests::{DigestAddressees, DigestLetter, PreviewDigest, SendDigest, SentDigest};
use crate::wording::messages::message;

#[derive(Debug, Args)]
pub struct DigestArguments {
    #[arg(long)]
    office: String,
    #[arg(long, value_name = "DATE")]
    on: String,
    #[arg(long, value_enum, default_value = "weekly")]
    period: PeriodArgument,
    #[arg(long, value_name = "LOGIN")]
    to: Option<String>,
    #[arg(long, value_enum, default_value = "text")]
    format: DigestFormat,
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PeriodArgument {
    Daily,
    Weekly,
    Monthly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DigestFormat {
    Text,
    Html,
    Eml,
}

pub async fn run(context: &Context, arguments: DigestArguments) -> Result<(), CliError> {
    let DigestArguments { office, on, period, to, format, dry_run } = arguments;
    let mut check = Check::new();
    let office = check.field("office", parse_office_code(&office));
    let on = check.field("on", parse_date(&on));
    let to = check.optional("to", to, |login| login.parse::<Login>());
    let read = (|| Some((office?, on?, to?)))();
    let (office, on, to) = check.finish(read).map_err(|errors| context.wrong(errors))?;
    let to = to.map_or(DigestAddressees::Heads, DigestAddressees::Reader);
    if dry_run {
        print(context, &office, PreviewDigest { on, period: period.into(), to, language: None }, format).await
    } else {
        send(context, &office, SendDigest { on, period: period.into(), to, is_test: false }).await
    }
}

async fn print(
    context: &Context,
    office: &RegionCode,
    command: PreviewDigest,
    format: DigestFormat,
) -> Result<(), CliError> {
    let on = command.on;
    let letters = context.services()?.preview_digest(&caller(), office, command).await;
    let letters = letters.map_err(|error| context.failure(&error))?;
    let Some((first, others)) = letters.split_first() else { return Err(no_reader(context, on)) };
    if !others.is_empty() {
        // Documents cannot stand one behind the other; heads of one office read the same.
        let names: Vec<&str> = others.iter().map(|letter| letter.payload.reader.name.as_str()).collect();
        print::note(message(context.language, "digest-cli-others", &[("names", names.join(", "))]));
    }
    Ok(std::io::stdout().write_all(&bytes(context, first, format)?)?)
}

fn bytes(context: &Context, letter: &DigestLetter, format: DigestFormat) -> Result<Vec<u8>, CliError> {
    match format {
        DigestFormat::Text => Ok(format!("{}\n\n{}\n", letter.subject, letter.text.trim_end()).into_bytes()),
        DigestFormat::Html => Ok(letter.html.clone().into_bytes()),
        DigestFormat::Eml => {
            let none = || CliError::failed(message(context.language, "digest-cli-no-email", &[]));
            letter.message.clone().ok_or_else(none)
        }
    }
}

async fn send(context: &Context, office: &RegionCode, command: SendDigest) -> Result<(), CliError> {
    let on = command.on;
    let sent = context.services()?.send_digest(&caller(), office, command).await;
    let SentDigest { queued, known, readers, without_email } = sent.map_err(|error| context.failure(&error))?;
    let list = |logins: &[Login]| logins.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !without_email.is_empty() {
        print::note(message(context.language, "digest-cli-without-email", &[("logins", list(&without_email))]));
    }
    if readers.is_empty() {
        return Err(no_reader(context, on));
    }
    let args = [("queued", queued.to_string()), ("known", known.to_string()), ("logins", list(&readers))];
    print::result(message(context.language, "digest-cli-sent", &args))?;
    Ok(())
}

fn no_reader(context: &Context, on: NaiveDate) -> CliError {
    CliError::failed(message(context.language, "digest-cli-no-reader", &[("date", on.to_string())]))
}

impl From<PeriodArgument> for DigestPeriod {
    fn from(period: PeriodArgument) -> Self {
        match period {
            PeriodArgument::Daily => Self::Daily,
            PeriodArgument::Weekly => Self::Weekly,
            PeriodArgument::Monthly => Self::Monthly,
        }
    }
}
