//! `/akun`: what a reader sees and sets of himself: language, password, the devices that are signed in, API tokens.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ReqData, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::own_letters::{self, OwnLetterRow, RegionLetterRow, set_letters};
use super::{Form, FormFields, Noticed, Shell, page, see_other};
use crate::domain::id::{SessionId, TokenId};
use crate::domain::language::Language;
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::TokenScope;
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::staff::Password;
use crate::service::accounts::{ApiToken, MintToken, Session};
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::extract::SignedInBy;

/// How long a token lives if nothing else is chosen, in days.
const TOKEN_DAYS: [i64; 4] = [30, 90, 365, 730];

#[derive(Template)]
#[template(path = "account/account.html", config = "src/web/pages/askama.toml")]
struct AccountPage {
    shell: Shell,
    login: String,
    /// Each with whether it is that of this very request.
    sessions: Vec<(Session, bool)>,
    tokens: Vec<ApiToken>,
    letters: Vec<OwnLetterRow>,
    region_letter: Option<RegionLetterRow>,
    language: Form,
    languages: Vec<(&'static str, String)>,
    password: Form,
    token: Form,
    scopes: Vec<(&'static str, String)>,
    days: Vec<(String, String)>,
    /// The secret of a token that was made a moment ago; nobody can show it again.
    secret: Option<String>,
}

/// What stands in the forms of the page, and why one of them came back.
#[derive(Debug, Default)]
struct Forms {
    password: Form,
    token: Option<Form>,
    secret: Option<String>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_account).service(change_language).service(change_password);
    config.service(set_letters).service(revoke_session).service(mint_token).service(revoke_token);
}

#[get("")]
async fn show_account(
    services: Data<Services>,
    shell: Shell,
    by: ReqData<SignedInBy>,
) -> Result<HttpResponse, WebError> {
    show(&services, shell, *by, StatusCode::OK, Forms::default()).await
}

#[post("/bahasa")]
async fn change_language(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let language: Option<Option<Language>> = check.optional("language", fields.text("language"), |text| text.parse());
    services.change_own_language(shell.caller()?, check.finish(language)?).await?;
    Ok(see_other("/akun").noticed("done-language", &[]).finish())
}

/// Changes the password; every other device is signed out.
#[post("/kata-sandi")]
async fn change_password(
    services: Data<Services>,
    shell: Shell,
    by: ReqData<SignedInBy>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let changed = match read_password(&fields) {
        Ok((current, new)) => {
            let changed = services.change_own_password(shell.caller()?, &current, new, session_of(*by)).await;
            changed.map_err(WebError::from)
        }
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(()) => Ok(see_other("/akun").noticed("done-own-password", &[]).finish()),
        Err(error) => {
            // What was typed is a secret: it is not written into a page.
            let password = Form::refused(FormFields::default(), error, shell.language)?;
            let forms = Forms { password, ..Forms::default() };
            show(&services, shell, *by, StatusCode::UNPROCESSABLE_ENTITY, forms).await
        }
    }
}

#[post("/perangkat/{id}/keluarkan")]
async fn revoke_session(services: Data<Services>, shell: Shell, id: Path<String>) -> Result<HttpResponse, WebError> {
    let id: SessionId = id.parse().map_err(|_| ServiceError::NotFound)?;
    services.revoke_session(shell.caller()?, id).await?;
    Ok(see_other("/akun").noticed("done-session-revoked", &[]).finish())
}

/// Makes a token. It is shown on the answer itself, once: a redirect would have to keep it somewhere.
#[post("/token")]
async fn mint_token(
    services: Data<Services>,
    shell: Shell,
    by: ReqData<SignedInBy>,
    fields: FormFields,
) -> Result<HttpResponse, WebError> {
    let minted = match read_token(&fields) {
        Ok(command) => services.mint_token(shell.caller()?, command).await.map_err(WebError::from),
        Err(errors) => Err(errors.into()),
    };
    let (status, forms) = match minted {
        Ok(minted) => (StatusCode::CREATED, Forms { secret: Some(minted.secret), ..Forms::default() }),
        Err(error) => {
            let token = Some(Form::refused(fields, error, shell.language)?);
            (StatusCode::UNPROCESSABLE_ENTITY, Forms { token, ..Forms::default() })
        }
    };
    show(&services, shell, *by, status, forms).await
}

#[post("/token/{id}/cabut")]
async fn revoke_token(services: Data<Services>, shell: Shell, id: Path<String>) -> Result<HttpResponse, WebError> {
    let id: TokenId = id.parse().map_err(|_| ServiceError::NotFound)?;
    services.revoke_token(shell.caller()?, id).await?;
    Ok(see_other("/akun").noticed("done-token-revoked", &[]).finish())
}

async fn show(
    services: &Services,
    shell: Shell,
    by: SignedInBy,
    status: StatusCode,
    forms: Forms,
) -> Result<HttpResponse, WebError> {
    let caller = shell.caller()?;
    let user = services.find_own_profile(caller).await?.user;
    let current = session_of(by);
    let sessions = services.list_own_sessions(caller).await?;
    let sessions = sessions.into_iter().map(|session| (current == Some(session.id), session));
    let tokens = services.list_tokens(caller, None, Cut::new(LIMIT_MAX, None)).await?.items;
    let language = user.details.language.map(|language| language.to_string()).unwrap_or_default();
    let [_, usual, ..] = TOKEN_DAYS;
    let new_token = || Form::open(FormFields::of([("days", usual.to_string())]));
    let answer = AccountPage {
        login: user.login.into_string(),
        sessions: sessions.map(|(is_current, session)| (session, is_current)).collect(),
        tokens,
        letters: own_letters::rows(&shell, &services.list_own_letters(caller).await?),
        region_letter: own_letters::region_row(services, &shell).await?,
        language: Form::open(FormFields::of([("language", language)])),
        languages: ["id", "en"].map(|code| (code, shell.label("language", code))).to_vec(),
        password: forms.password,
        token: forms.token.unwrap_or_else(new_token),
        scopes: TokenScope::ALL.iter().map(|s| (s.as_str(), shell.label("token-scope", s.as_str()))).collect(),
        days: TOKEN_DAYS.map(|days| (days.to_string(), shell.t1("token-days", "days", shell.count(days)))).to_vec(),
        secret: forms.secret,
        shell: shell.clone(),
    };
    page(status, &shell, &answer)
}

fn session_of(by: SignedInBy) -> Option<SessionId> {
    match by {
        SignedInBy::Session(id) => Some(id),
        SignedInBy::Token => None,
    }
}

fn read_password(fields: &FormFields) -> Result<(String, Password), Vec<FieldError>> {
    let mut check = Check::new();
    let current = Some(fields.raw("current")).filter(|typed| !typed.is_empty());
    let current = check.field("current", current.ok_or(Rule::Required));
    let new = check.field("new", fields.raw("new").parse());
    check.finish(current.map(str::to_owned).zip(new))
}

fn read_token(fields: &FormFields) -> Result<MintToken, Vec<FieldError>> {
    let mut check = Check::new();
    let name = check.required("name", fields.text("name"), |text| text.parse());
    let days =
        check.required("days", fields.text("days"), |text| text.parse().map_err(|_| Rule::Format { example: "90" }));
    let typed = fields.all("scopes");
    let mut scopes: Vec<TokenScope> = Vec::with_capacity(typed.len());
    for scope in &typed {
        scopes.extend(check.field("scopes", scope.parse::<TokenScope>()));
    }
    check.finish((|| Some(MintToken { login: None, name: name?, scopes, days: days? }))())
}

/// "Chrome di Android": what a browser says of itself, as far as people care.
fn device_words(shell: &Shell, agent: &str) -> String {
    let find =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    // The more particular first: every browser claims to be its forebears, too.
    let browser = find(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => shell.t2("account-device-words", ("browser", browser), ("system", system)),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => shell.t("account-device-other"),
    }
}
