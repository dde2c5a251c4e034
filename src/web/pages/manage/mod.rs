//! `/{office}/kelola`: the registries and decisions behind the schedule, one file for each. The first page says what each
//! is for and leads to those that the reader may open.

mod absences;
mod files;
mod held;
mod holidays;
pub mod letters;
mod list;
mod people;
mod scopes;
mod settings;
mod splits;
mod teams;
mod totals;
mod trail;
mod units;
mod users;

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;

use super::{Shell, page};
use crate::domain::permission::ActionKind;
use crate::web::error::WebError;

/// The areas: path, right to open, group. What it is called and for is in the messages `manage-<path>` and
/// `manage-<path>-for`.
const AREAS: [(&str, ActionKind, Group); 13] = [
    ("perlu-keputusan", ActionKind::Read, Group::Results),
    ("total", ActionKind::Read, Group::Results),
    ("berkas", ActionKind::Export, Group::Results),
    ("ringkasan", ActionKind::Export, Group::Results),
    ("tim", ActionKind::Read, Group::Resources),
    ("alat", ActionKind::Read, Group::Resources),
    ("cuti", ActionKind::Read, Group::Resources),
    ("libur", ActionKind::Read, Group::Resources),
    ("kalender", ActionKind::Read, Group::Resources),
    ("pengguna", ActionKind::Plan, Group::Office),
    ("surat-keluar", ActionKind::Govern, Group::Office),
    ("jejak", ActionKind::ReadTrail, Group::Office),
    ("pengaturan", ActionKind::Govern, Group::Office),
];

/// What belongs together on the first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Results,
    Resources,
    Office,
}

impl Group {
    const ALL: [(Self, &str); 3] =
        [(Self::Results, "manage-results"), (Self::Resources, "manage-resources"), (Self::Office, "manage-office")];
}

#[derive(Template)]
#[template(path = "manage/index.html", config = "src/web/pages/askama.toml")]
struct IndexPage {
    shell: Shell,
    groups: Vec<(String, Vec<Area>)>,
}

/// One line of the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Area {
    place: String,
    title: String,
    purpose: String,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_index);
    config.configure(teams::configure).configure(units::configure).configure(absences::configure);
    config.configure(users::configure).configure(held::configure).configure(totals::configure);
    config.configure(holidays::configure).configure(settings::configure).configure(trail::configure);
    config.configure(files::configure).configure(letters::configure).configure(splits::configure);
}

#[get("/kelola")]
async fn show_index(shell: Shell) -> Result<HttpResponse, WebError> {
    let area = |path: &str| Area {
        place: shell.place(path),
        title: shell.t(&format!("manage-{path}")),
        purpose: match path {
            // The rest of it is the admin's.
            "pengaturan" if !shell.may_administer() => shell.t("manage-pengaturan-locks"),
            _ => shell.t(&format!("manage-{path}-for")),
        },
    };
    let of = |group: Group| {
        let own = AREAS.iter().filter(|(_, action, of)| *of == group && shell.may(*action));
        own.map(|(path, _, _)| area(path)).collect::<Vec<_>>()
    };
    let groups = Group::ALL.iter().map(|(group, id)| (shell.t(id), of(*group)));
    let groups = groups.filter(|(_, areas)| !areas.is_empty()).collect();
    page(StatusCode::OK, &shell.clone(), &IndexPage { shell, groups })
}
