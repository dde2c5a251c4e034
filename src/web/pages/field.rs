//! The phone at `/lapangan/`: one page without anything of its reader, so that its worker can keep it for the days
//! without signal; the worker itself, the manifest, and the modules under addresses with their version. What the page
//! does is in `src/web/static/field/`; what it knows of the officer comes from the API.
//!
//! What tests may hold on to: `html[data-ready]` once the page shows what the phone holds, `html[data-kept]` once the
//! worker keeps it; `[data-action=plus|minus][data-outcome]` (with `data-main` in the dock), `[data-action]` of every
//! other button, `[data-count=<outcome>|main]`, `[data-queue=phone|sent|received]`, `.sync[data-sync]` (`ok`, `soon`,
//! `sending`, `offline`, `signin`, `busy`, `strange`, `forbidden`, `rejected`), `[data-entry=open|phone|sent|accepted|
//! duplicate|held|rejected]`, `[data-screen]`, `[data-event][data-date]` of the cards, `[data-answer]` of a question.

use std::fmt::Display;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderName, IF_NONE_MATCH, LOCATION};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, middleware, web};
use askama::Template;
use serde_json::{Map, Value, json};

use super::Shell;
use super::frame::without_reader;
use crate::domain::event::{EventState, Slot};
use crate::domain::language::Language;
use crate::domain::outcome::{Outcome, OutcomeGroup};
use crate::service::hash::sha256_hex;
use crate::service::{ServiceError, Services};
use crate::web::assets;
use crate::web::authenticate::know_caller;
use crate::web::error::WebError;

/// The scripts of the page, the first of which brings the others.
const MODULES: [&str; 8] = ["app.js", "nik.js", "office.js", "store.js", "tally.js", "uuid7.js", "view.js", "words.js"];

const ICONS: [(&str, &str, &str); 3] = [
    ("img/lapangan-192.png", "192x192", "any"),
    ("img/lapangan-512.png", "512x512", "any"),
    ("img/lapangan-mask.png", "512x512", "maskable"),
];

#[derive(Template)]
#[template(path = "field/app.html", config = "src/web/pages/askama.toml")]
struct FieldApp {
    shell: Shell,
    version: String,
    modules: [&'static str; 8],
    groups: Vec<Group>,
    services: Vec<(&'static str, String)>,
    words: String,
}

/// Outcomes that are folded together.
struct Group {
    code: &'static str,
    label: String,
    outcomes: Vec<(&'static str, String)>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_worker);
    let phone = web::scope("/lapangan").wrap(middleware::from_fn(know_caller));
    config.service(phone.service(show_app).service(lead_to_app).service(show_manifest).service(show_module));
}

/// The page, in the reader's language and the same for everybody who reads it.
#[get("/")]
async fn show_app(services: Data<Services>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let shell = without_reader(&request, services.clock.now());
    let version = version(&shell)?;
    let tag = format!("\"{version}-{}\"", shell.lang());
    let known = request.headers().get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    // What compresses on the way makes a tag a weak one.
    if known.is_some_and(|known| known.trim_start_matches("W/") == tag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, tag)).finish());
    }
    let body = FieldApp::new(shell, version).render().map_err(ServiceError::internal)?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag)).content_type("text/html; charset=utf-8").body(body))
}

/// Without the slash the address lies outside the worker's scope.
#[get("")]
async fn lead_to_app() -> HttpResponse {
    HttpResponse::build(StatusCode::MOVED_PERMANENTLY).insert_header((LOCATION, "/lapangan/")).finish()
}

/// The worker: its text changes with whatever it keeps, which is how a browser learns of a new version.
#[get("/sw.js")]
async fn show_worker(services: Data<Services>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let shell = without_reader(&request, services.clock.now());
    let version = version(&shell)?;
    let modules = MODULES.iter().map(|file| format!("/lapangan/aset/{version}/{file}"));
    let files: Vec<String> = modules.chain(plain_files(&shell)).collect();
    let script = assets::find("field/sw.js").ok_or(ServiceError::NotFound)?;
    let script = String::from_utf8_lossy(&script.data).into_owned();
    let body = format!("const VERSION = {};\nconst FILES = {};\n{script}", json!(version), json!(files));
    Ok(HttpResponse::Ok()
        .insert_header((HeaderName::from_static("service-worker-allowed"), "/lapangan/"))
        .content_type("text/javascript; charset=utf-8")
        .body(body))
}

/// What makes it an app that can be installed.
#[get("/manifest.webmanifest")]
async fn show_manifest(services: Data<Services>, request: HttpRequest) -> HttpResponse {
    let shell = without_reader(&request, services.clock.now());
    let icons: Vec<Value> = ICONS
        .iter()
        .map(|(path, sizes, purpose)| {
            json!({"src": shell.asset(path), "sizes": sizes, "type": "image/png", "purpose": purpose})
        })
        .collect();
    let manifest = json!({
        "id": "/lapangan/", "name": format!("{} · {}", shell.t("brand"), shell.t("field-title")),
        "short_name": shell.t("brand"), "lang": shell.lang(), "start_url": "/lapangan/", "scope": "/lapangan/",
        "display": "standalone", "orientation": "portrait", "background_color": "#06323d", "theme_color": "#06323d",
        "icons": icons,
    });
    HttpResponse::Ok().content_type("application/manifest+json").body(manifest.to_string())
}

/// A module. Its version stands in the folder, so that what it imports beside itself has the same.
#[get("/aset/{version}/{file}")]
async fn show_module(
    services: Data<Services>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (asked, name) = path.into_inner();
    let known = MODULES.contains(&name.as_str());
    let file = assets::find(&format!("field/{name}")).filter(|_| known).ok_or(ServiceError::NotFound)?;
    let current = version(&without_reader(&request, services.clock.now()))?;
    let keep = if asked == current { "public, max-age=31536000, immutable" } else { "no-store" };
    let kind = "text/javascript; charset=utf-8";
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, keep)).content_type(kind).body(file.data))
}

/// What the page needs beside its modules.
fn plain_files(shell: &Shell) -> Vec<String> {
    ["css/tokens.css", "css/style.css", "css/field.css", "img/icon.svg"].iter().map(|path| shell.asset(path)).collect()
}

/// Names everything that the phone keeps: the page in both languages, its modules, its stylesheets.
fn version(shell: &Shell) -> Result<String, ServiceError> {
    let mut all = plain_files(shell).concat().into_bytes();
    for language in Language::ALL {
        let shell = Shell { language: *language, address: String::new(), ..shell.clone() };
        let page = FieldApp::new(shell, String::new()).render().map_err(ServiceError::internal)?;
        all.extend(page.into_bytes());
    }
    for name in MODULES.iter().chain(&["sw.js"]) {
        all.extend(assets::find(&format!("field/{name}")).ok_or(ServiceError::NotFound)?.data.iter());
    }
    Ok(sha256_hex(&all).chars().take(16).collect())
}

impl FieldApp {
    fn new(shell: Shell, version: String) -> Self {
        let named = |outcome: Outcome| (outcome.as_str(), shell.label("outcome", outcome.as_str()));
        let group = |group: &OutcomeGroup| Group {
            code: group.as_str(),
            label: shell.label("field-group", group.as_str()),
            outcomes: Outcome::ALL.iter().filter(|one| one.group() == *group).map(|one| named(*one)).collect(),
        };
        Self {
            groups: OutcomeGroup::ALL.iter().map(group).collect(),
            services: Outcome::services().map(named).collect(),
            words: words(&shell),
            modules: MODULES,
            shell,
            version,
        }
    }
}

/// The texts that the scripts fill in, as JSON that may stand inside a page.
fn words(shell: &Shell) -> String {
    const VARIABLES: [&str; 12] =
        ["days", "device", "event", "events", "minutes", "n", "name", "office", "state", "time", "way", "what"];
    let blanks: Vec<(&str, String)> = VARIABLES.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
    let words: Map<String, Value> =
        WORDS.iter().map(|id| ((*id).to_owned(), shell.tv(&format!("field-{id}"), &blanks).into())).collect();
    let all = json!({
        "words": words,
        "outcomes": labels(shell, "outcome", Outcome::ALL),
        "main": labels(shell, "field-main", &Outcome::services().collect::<Vec<_>>()),
        "states": labels(shell, "event-state", EventState::ALL),
        "slots": labels(shell, "slot", Slot::ALL),
    });
    all.to_string().replace('<', "\\u003c")
}

fn labels<T: Display>(shell: &Shell, list: &str, codes: &[T]) -> Map<String, Value> {
    codes.iter().map(|code| (code.to_string(), shell.label(list, &code.to_string()).into())).collect()
}

/// The messages that only the scripts say, without their `field-`.
const WORDS: &[&str] = &[
    "schedule",
    "new",
    "earlier",
    "earlier-missing",
    "install",
    "export",
    "start",
    "facts",
    "note",
    "finish",
    "choose",
    "stranger",
    "dock",
    "sync-ok",
    "sync-new",
    "sync-ok-text",
    "sync-soon",
    "sync-soon-text",
    "sync-sending",
    "sync-offline",
    "sync-offline-text",
    "sync-signin",
    "sync-signin-text",
    "sync-signin-none",
    "sync-busy",
    "sync-busy-text",
    "sync-strange",
    "sync-strange-text",
    "sync-rejected",
    "sync-rejected-text",
    "sync-forbidden",
    "sync-forbidden-text",
    "last-sync",
    "held",
    "held-safe",
    "device",
    "today",
    "tomorrow",
    "no-events",
    "first-visit",
    "counted",
    "office-count",
    "office-none",
    "not-today",
    "released",
    "unreported",
    "guest-text",
    "last",
    "last-none",
    "log",
    "state-open",
    "state-phone",
    "state-sent",
    "state-accepted",
    "state-duplicate",
    "state-held",
    "state-rejected",
    "kind-start",
    "kind-finish",
    "kind-event-new",
    "kind-nihil",
    "kind-note",
    "hold-event-unknown",
    "hold-event-cancelled",
    "hold-not-on-team",
    "hold-future",
    "hold-outside-days",
    "hold-period-locked",
    "hold-implausible",
    "reject-malformed",
    "reject-unknown-outcome",
    "reject-out-of-range",
    "reject-nik-like",
    "reject-another-office",
    "reject-id-conflict",
    "discard",
    "discard-ask",
    "nik",
    "required",
    "no-service",
    "finish-ask",
    "finish-nothing",
    "finish-yes",
    "finish-nihil",
    "finish-later",
    "cancel",
    "sign-out-ask",
    "sign-out-yes",
    "sign-out-offline",
    "others",
    "update",
    "update-yes",
    "skew",
    "skew-fast",
    "skew-slow",
    "full",
    "broken",
    "blocked",
    "outdated",
    "reload",
    "language-offline",
    "fact-hours",
    "fact-place",
    "fact-contact",
    "fact-team",
    "fact-crew",
    "fact-units",
    "fact-host",
    "fact-notes",
    "map",
    "wa",
    "wa-text",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids in `say('…')` of all scripts, as far as they are written out.
    fn said() -> Vec<String> {
        let mut said = Vec::new();
        for name in MODULES {
            let file = assets::find(&format!("field/{name}")).unwrap();
            let text = String::from_utf8(file.data.to_vec()).unwrap();
            said.extend(
                text.split("say('").skip(1).filter_map(|rest| rest.split_once('\'')).map(|(id, _)| id.to_owned()),
            );
        }
        said
    }

    #[test]
    fn every_text_that_the_scripts_say_is_in_the_page() {
        let said = said();
        assert!(said.len() > 40, "{said:?}");
        let missing: Vec<_> = said.iter().filter(|id| !WORDS.contains(&id.as_str())).collect();
        assert_eq!(missing, [""; 0]);
    }

    #[test]
    fn every_word_of_the_page_is_a_message_in_both_languages() {
        for language in Language::ALL {
            for id in WORDS {
                let id = format!("field-{id}");
                assert_ne!(crate::wording::messages::message(*language, &id, &[]), id);
            }
        }
    }
}
