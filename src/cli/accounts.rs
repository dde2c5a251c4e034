//! `office`, `user` and `token`: what an installation needs before anybody can sign in.

use std::io::Read;

use clap::{Args, Subcommand};

use super::context::{CliError, Context, caller};
use super::print;
use crate::domain::office::parse_office_code;
use crate::domain::permission::TokenScope;
use crate::domain::rule::{Check, Rule};
use crate::domain::staff::{Password, UserInput};
use crate::service::accounts::{AddUser, MintToken};

#[derive(Debug, Subcommand)]
pub enum OfficeCommand {
    Add {
        code: String,
        #[arg(long)]
        name: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    Add(AddArguments),
    Password { login: String },
}

#[derive(Debug, Args)]
pub struct AddArguments {
    login: String,
    #[arg(long)]
    role: String,
    #[arg(long)]
    scope: String,
    #[arg(long)]
    name: Option<String>,
    #[arg(long)]
    email: Option<String>,
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    Create {
        #[arg(long)]
        user: String,
        #[arg(long, value_delimiter = ',')]
        scopes: Vec<String>,
        #[arg(long, default_value = "90d")]
        expires: String,
    },
}

pub async fn run_office(context: &Context, command: OfficeCommand) -> Result<(), CliError> {
    let OfficeCommand::Add { code, name } = command;
    let mut check = Check::new();
    let code = check.field("code", parse_office_code(&code));
    let name = check.optional("name", name, |text| text.parse());
    let (code, name) = check.finish(code.zip(name)).map_err(|errors| context.wrong(errors))?;
    let services = context.services()?;
    let office = services.add_office(&caller(), code, name).await.map_err(|error| context.failure(&error))?;
    print::result(format!("{} {}", office.code, office.name))?;
    Ok(())
}

pub async fn run_user(context: &Context, command: UserCommand) -> Result<(), CliError> {
    match command {
        UserCommand::Add(arguments) => add_user(context, arguments).await,
        UserCommand::Password { login } => set_password(context, &login).await,
    }
}

async fn add_user(context: &Context, arguments: AddArguments) -> Result<(), CliError> {
    let mut check = Check::new();
    let login = check.field("login", arguments.login.parse());
    let input = UserInput {
        name: arguments.name.or(Some(arguments.login)),
        role: Some(arguments.role),
        scope: Some(arguments.scope),
        email: arguments.email,
        ..UserInput::default()
    };
    let details = check.part(input.check());
    let password =
        if arguments.password_stdin { check.field("password", read_password()?).map(Some) } else { Some(None) };
    let built = login.zip(details).zip(password);
    let ((login, details), password) = check.finish(built).map_err(|errors| context.wrong(errors))?;
    let command = AddUser { login, details, password };
    let user = context.services()?.add_user(&caller(), command).await.map_err(|error| context.failure(&error))?;
    print::result(user.login)?;
    Ok(())
}

async fn set_password(context: &Context, login: &str) -> Result<(), CliError> {
    let mut check = Check::new();
    let login = check.field("login", login.parse());
    let password = check.field("password", read_password()?);
    let (login, password) = check.finish(login.zip(password)).map_err(|errors| context.wrong(errors))?;
    let services = context.services()?;
    services.reset_password(&caller(), login, password).await.map_err(|error| context.failure(&error))
}

pub async fn run_token(context: &Context, command: TokenCommand) -> Result<(), CliError> {
    let TokenCommand::Create { user, scopes, expires } = command;
    let mut check = Check::new();
    let login = check.field("user", user.parse());
    let name = check.field("name", "jemputbola token create".parse());
    let scopes: Option<Vec<TokenScope>> =
        check.field("scopes", scopes.iter().map(|scope| scope.trim().parse()).collect());
    let days = check.field("expires", parse_days(&expires));
    let built = login.zip(name).zip(scopes.zip(days));
    let ((login, name), (scopes, days)) = check.finish(built).map_err(|errors| context.wrong(errors))?;
    let command = MintToken { login: Some(login), name, scopes, days };
    let minted = context.services()?.mint_token(&caller(), command).await.map_err(|error| context.failure(&error))?;
    print::result(minted.secret)?;
    Ok(())
}

/// A life such as `90d`.
fn parse_days(text: &str) -> Result<i64, Rule> {
    text.trim().trim_end_matches('d').parse().map_err(|_| Rule::Format { example: "90d" })
}

fn read_password() -> Result<Result<Password, Rule>, CliError> {
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed)?;
    Ok(typed.trim_end_matches(['\r', '\n']).parse())
}
