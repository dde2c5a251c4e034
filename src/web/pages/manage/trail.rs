//! `/{office}/jejak`: the audit trail in sentences, newest first, narrowed by what it is about, who did it and when.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::list::PAGE;
use crate::domain::audit::AuditEntry;
use crate::domain::dates::parse_date;
use crate::domain::page::{Cut, Page};
use crate::service::Services;
use crate::service::audit_trail::AuditFilter;
use crate::web::error::WebError;
use crate::web::pages::{Shell, page};
use crate::wording::trail::{trail_actor, trail_sentence, trail_subject};

#[derive(Template)]
#[template(path = "manage/trail.html", config = "src/web/pages/askama.toml")]
struct TrailPage {
    shell: Shell,
    rows: Vec<Line>,
    query: TrailQuery,
    next: String,
}

/// One record in words.
struct Line {
    at: String,
    actor: String,
    sentence: String,
    kind: String,
    subject: String,
    /// The page of what it is about, where there is one.
    place: Option<String>,
}

/// What the trail is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct TrailQuery {
    tentang: String,
    pengguna: String,
    dari: String,
    sampai: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl TrailQuery {
    /// A filter that cannot be read narrows to nothing: the address was typed by hand.
    fn filter(&self, shell: &Shell) -> AuditFilter {
        let given = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        let midnight = |date: NaiveDate| shell.start_of(date);
        let until = parse_date(&self.sampai).ok().and_then(|date| date.checked_add_days(Days::new(1)));
        AuditFilter {
            subject: given(&self.tentang),
            actor: given(&self.pengguna),
            from: parse_date(&self.dari).ok().and_then(midnight),
            before: until.and_then(midnight),
        }
    }

    fn is_narrow(&self) -> bool {
        [&self.tentang, &self.pengguna, &self.dari, &self.sampai].into_iter().any(|text| !text.is_empty())
    }

    fn next(&self, entries: &Page<AuditEntry>) -> String {
        let Some(last) = entries.items.last().filter(|_| entries.more) else { return String::new() };
        let next = Self { sesudah: last.id.to_string(), ..self.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    }
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_trail);
}

#[get("/jejak")]
async fn show_trail(
    services: Data<Services>,
    shell: Shell,
    query: Query<TrailQuery>,
) -> Result<HttpResponse, WebError> {
    let query = query.into_inner();
    let cut = Cut::new(PAGE, query.sesudah.parse().ok());
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let entries = services.list_audit(caller, office, query.filter(&shell), cut).await?;
    let next = query.next(&entries);
    let rows = entries.items.iter().map(|entry| line(&shell, entry)).collect();
    page(StatusCode::OK, &shell.clone(), &TrailPage { shell, rows, query, next })
}

fn line(shell: &Shell, entry: &AuditEntry) -> Line {
    let page = match entry.subject_kind.as_str() {
        "event" => Some("kegiatan"),
        "venue" => Some("lokasi"),
        "team" => Some("tim"),
        "held" => Some("perlu-keputusan"),
        _ => None,
    };
    // What was deleted has no page any more, and an id says nothing to people.
    let is_gone = entry.action.ends_with(".deleted");
    let is_named = matches!(entry.subject_kind.as_str(), "venue" | "team" | "unit" | "user" | "office");
    Line {
        at: shell.moment(&entry.at),
        actor: trail_actor(shell.language, &entry.actor),
        sentence: trail_sentence(shell.language, entry),
        kind: trail_subject(shell.language, &entry.subject_kind),
        subject: if is_named { entry.subject.clone() } else { String::new() },
        place: page.filter(|_| !is_gone).map(|page| shell.place(&format!("{page}/{}", entry.subject))),
    }
}
