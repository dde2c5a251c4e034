//! `mail test ADDRESS`: whether letters arrive, told by the mail server itself.

use clap::Subcommand;

use super::context::{CliError, Context};
use super::print;
use crate::domain::rule::FieldError;
use crate::domain::text::Email;
use crate::wording::messages::{label, message};

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    Test { address: String },
}

pub async fn run(context: &Context, command: MailCommand) -> Result<(), CliError> {
    let MailCommand::Test { address } = command;
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
            let fault = label(context.language, "mail-fault", fault.as_str());
            let args = [address, ("fault", fault), ("told", told)];
            Err(CliError::failed(message(context.language, "cli-mail-failed", &args)))
        }
    }
}
