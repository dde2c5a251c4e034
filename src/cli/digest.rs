//! `digest`: the letter that heads read, or the one of a region, of any day: printed, or put into the outbox.

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
use crate::service::digests::{
    DigestAddressees, DigestLetter, PreviewDigest, RegionLetter, SendDigest, SendRegion, SentDigest,
};
use crate::wording::messages::message;

#[derive(Debug, Args)]
pub struct DigestArguments {
    #[arg(long, required_unless_present = "region", conflicts_with = "region")]
    office: Option<String>,
    #[arg(long, requires = "to")]
    region: bool,
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
    let DigestArguments { office, region: _, on, period, to, format, dry_run } = arguments;
    let mut check = Check::new();
    let office = check.optional("office", office, |code| parse_office_code(&code));
    let on = check.field("on", parse_date(&on));
    let to = check.optional("to", to, |login| login.parse::<Login>());
    let read = (|| Some((office?, on?, to?)))();
    let (office, on, to) = check.finish(read).map_err(|errors| context.wrong(errors))?;
    let period = DigestPeriod::from(period);
    let Some(office) = office else {
        let command = SendRegion { on, period, to, is_test: false };
        return run_region(context, command, format, dry_run).await;
    };
    let to = to.map_or(DigestAddressees::Heads, DigestAddressees::Reader);
    if dry_run {
        print(context, &office, PreviewDigest { on, period, to, language: None }, format).await
    } else {
        let command = SendDigest { on, period, to, is_test: false };
        let sent = context.services()?.send_digest(&caller(), &office, command).await;
        tell(context, on, sent.map_err(|error| context.failure(&error))?)
    }
}

/// The letter of a region.
async fn run_region(
    context: &Context,
    command: SendRegion,
    format: DigestFormat,
    dry_run: bool,
) -> Result<(), CliError> {
    let (services, on) = (context.services()?, command.on);
    if !dry_run {
        let sent = services.send_region_digest(&caller(), command).await;
        return tell(context, on, sent.map_err(|error| context.failure(&error))?);
    }
    let letter = services.preview_region_digest(&caller(), command, None).await;
    let RegionLetter { subject, text, html, message, .. } = letter.map_err(|error| context.failure(&error))?;
    Ok(std::io::stdout().write_all(&Written { subject, text, html, message }.bytes(context, format)?)?)
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
    let DigestLetter { subject, text, html, message, .. } = first.clone();
    Ok(std::io::stdout().write_all(&Written { subject, text, html, message }.bytes(context, format)?)?)
}

/// A letter of either kind.
struct Written {
    subject: String,
    text: String,
    html: String,
    message: Option<Vec<u8>>,
}

impl Written {
    fn bytes(self, context: &Context, format: DigestFormat) -> Result<Vec<u8>, CliError> {
        match format {
            DigestFormat::Text => Ok(format!("{}\n\n{}\n", self.subject, self.text.trim_end()).into_bytes()),
            DigestFormat::Html => Ok(self.html.into_bytes()),
            DigestFormat::Eml => {
                let none = || CliError::failed(message(context.language, "digest-cli-no-email", &[]));
                self.message.ok_or_else(none)
            }
        }
    }
}

fn tell(context: &Context, on: NaiveDate, sent: SentDigest) -> Result<(), CliError> {
    let SentDigest { queued, known, readers, without_email } = sent;
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
