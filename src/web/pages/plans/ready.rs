//! A proposal that is ready, every text in place.

use chrono::NaiveDate;

use super::left::{LeftLine, left_lines};
use super::words::{moved, rounded, share, teams, venue_name, whole};
use crate::domain::calendar::Pasaran;
use crate::domain::proposal::{IdleTeamDays, KeptVisit, Outcome, Why, activations};
use crate::pictures;
use crate::service::plans::PlanSheet;
use crate::web::pages::Shell;
use crate::wording::dates;

/// What the page of a proposal shows.
#[derive(Debug, Clone)]
pub struct Ready {
    pub title: String,
    pub lead: String,
    pub chart: String,
    pub figures: Vec<Figure>,
    /// Team-days that could not be used, with what was short.
    pub idle: Option<String>,
    /// Sentences about what could not be met.
    pub warnings: Vec<String>,
    pub visits: Vec<VisitLine>,
    /// Visits that can still be accepted.
    pub open: usize,
    pub left: Vec<LeftLine>,
    pub changes: Option<Changes>,
    pub how: String,
    /// The week of the first visit, on the board.
    pub board: String,
}

#[derive(Debug, Clone)]
pub struct Figure {
    pub label: String,
    pub value: String,
    pub note: String,
}

/// One visit.
#[derive(Debug, Clone)]
pub struct VisitLine {
    pub n: i64,
    pub date: String,
    pub pasaran: String,
    pub venue: String,
    pub code: String,
    /// Kecamatan and teams.
    pub under: String,
    pub expected: String,
    pub why: String,
    /// The page of its draft.
    pub event: Option<String>,
    pub can_be_accepted: bool,
    /// What its box is called aloud.
    pub aloud: String,
}

/// What differs from the proposal before, in sentences.
#[derive(Debug, Clone)]
pub struct Changes {
    pub lead: String,
    pub gone: Vec<String>,
    pub new: Vec<String>,
}

pub fn ready(shell: &Shell, sheet: &PlanSheet, outcome: &Outcome) -> Ready {
    let total = outcome.gain;
    let (visits, expected) = (shell.count(outcome.visits), whole(shell, total));
    let first = sheet.visits.first().map_or(sheet.record.request.days.first(), |kept| kept.visit.date);
    Ready {
        title: shell.t2("plan-title", ("visits", &visits), ("expected", &expected)),
        lead: lead(shell, sheet, outcome),
        chart: chart(shell, outcome),
        figures: figures(shell, outcome),
        idle: idle(shell, sheet, outcome),
        warnings: warnings(shell, sheet, outcome),
        visits: sheet.visits.iter().map(|kept| line(shell, sheet, kept)).collect(),
        open: sheet.open().count(),
        left: left_lines(shell, sheet, &outcome.left_out),
        changes: changes(shell, sheet, outcome),
        how: shell.t2("plan-how", ("passes", &passes(shell, outcome.passes)), ("moves", &passes(shell, outcome.moves))),
        board: shell.place(&format!("papan?pekan={first}&usulan={}", sheet.record.id)),
    }
}

fn passes(shell: &Shell, number: u64) -> String {
    shell.count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// How good it is, in plain words.
fn lead(shell: &Shell, sheet: &PlanSheet, outcome: &Outcome) -> String {
    let slack = outcome.slack();
    if slack == 0 {
        return shell.t(if sheet.record.keeps { "plan-best-kept" } else { "plan-best" });
    }
    let args = [
        ("bound", whole(shell, outcome.gain + slack)),
        ("slack", shell.count(rounded(slack).max(1))),
        ("gap", share(shell, slack, outcome.gain + slack)),
    ];
    shell.tv(if sheet.record.keeps { "plan-bound-kept" } else { "plan-bound" }, &args)
}

fn chart(shell: &Shell, outcome: &Outcome) -> String {
    let amounts = [outcome.rival, outcome.gain, outcome.gain + outcome.slack()];
    let [rival, own, bound] = amounts.map(|centi| whole(shell, centi));
    let more = rounded(outcome.gain - outcome.rival);
    let texts = pictures::ProposalTexts {
        aloud: shell.tv("plan-chart", &[("rival", rival.clone()), ("own", own.clone()), ("bound", bound.clone())]),
        rival,
        rival_note: shell.t("plan-chart-rival"),
        own: shell.t1("plan-chart-own", "own", own),
        bound: shell.t1("plan-chart-bound", "bound", bound),
        more: if more > 0 { shell.t1("plan-chart-more", "count", shell.count(more)) } else { String::new() },
    };
    let [rival, own, bound] = amounts.map(activations);
    pictures::proposal(rival, own, bound, &texts)
}

fn figures(shell: &Shell, outcome: &Outcome) -> Vec<Figure> {
    let missed = u32::try_from(outcome.missed_floors.len()).unwrap_or(u32::MAX);
    let of = |part: u32, all: u32| shell.t2("plan-of", ("part", &shell.count(part)), ("all", &shell.count(all)));
    let more = outcome.gain - outcome.rival;
    let mut figures = vec![
        Figure {
            label: shell.t("plan-expected"),
            value: whole(shell, outcome.gain),
            note: shell.t2("plan-interval", ("low", &whole(shell, outcome.low)), ("high", &whole(shell, outcome.high))),
        },
        Figure {
            label: shell.t("plan-team-days"),
            value: of(outcome.used_team_days, outcome.team_days),
            note: match outcome.booked.len() {
                0 => shell.t("plan-nothing-booked"),
                booked => shell.t1("plan-with-booked", "count", shell.count(booked)),
            },
        },
    ];
    if outcome.districts > 0 {
        figures.push(Figure {
            label: shell.t("plan-districts"),
            value: of(outcome.districts.saturating_sub(missed), outcome.districts),
            note: shell.t("plan-districts-note"),
        });
    }
    if outcome.rival > 0 {
        let percent = activations(more) / activations(outcome.rival) * 100.0;
        let sign = if more < 0 { "−" } else { "+" };
        figures.push(Figure {
            label: shell.t("plan-against"),
            value: format!("{sign}{}", shell.percent(&percent.abs())),
            note: shell.t1("plan-difference", "count", shell.count(rounded(more.abs()))),
        });
    }
    figures
}

/// Why so many team-days could not be used: a coordinator looks for the cause of empty rows on the board.
fn idle(shell: &Shell, sheet: &PlanSheet, outcome: &Outcome) -> Option<String> {
    let reason = |idle: &IdleTeamDays| {
        let name = match idle.unit {
            Some(unit) => sheet.units.get(&unit).map(|unit| unit.name.to_string())?,
            None => shell.t("plan-idle-officers"),
        };
        Some(shell.t2("plan-idle-reason", ("name", &name), ("count", &shell.count(idle.team_days))))
    };
    let days: u32 = outcome.idle.iter().map(|idle| idle.team_days).sum();
    let reasons: Vec<String> = outcome.idle.iter().filter_map(reason).collect();
    (days > 0).then(|| shell.t2("plan-idle", ("count", &shell.count(days)), ("reasons", &reasons.join(", "))))
}

fn warnings(shell: &Shell, sheet: &PlanSheet, outcome: &Outcome) -> Vec<String> {
    let floor = |floor: &crate::domain::proposal::MissedFloor| {
        let name = sheet.districts.get(&floor.district).cloned().unwrap_or_else(|| floor.district.to_string());
        let args = [
            ("district", name),
            ("wanted", shell.count(floor.wanted)),
            ("reached", shell.count(floor.reached)),
            ("attainable", shell.count(floor.attainable)),
        ];
        let hopeless = floor.attainable <= floor.reached;
        shell.tv(if hopeless { "plan-floor-hopeless" } else { "plan-floor-missed" }, &args)
    };
    let mut sentences: Vec<String> = outcome.missed_floors.iter().map(floor).collect();
    if outcome.missed_pins > 0 {
        sentences.push(shell.t1("plan-pins-missed", "count", shell.count(outcome.missed_pins)));
    }
    if sheet.record.request.extra_teams > 0 {
        sentences.push(shell.t1("plan-supposed", "count", shell.count(sheet.record.request.extra_teams)));
    }
    sentences
}

fn line(shell: &Shell, sheet: &PlanSheet, kept: &KeptVisit) -> VisitLine {
    let visit = &kept.visit;
    let name = venue_name(sheet, visit.venue);
    let who = teams(shell, sheet, &visit.teams);
    let district = sheet.district(visit.venue).map(str::to_owned);
    let date = dates::column_date(shell.language, visit.date);
    VisitLine {
        n: kept.n,
        pasaran: pasaran(shell, visit.date),
        code: sheet.venues.get(&visit.venue).map(|venue| venue.code.to_string()).unwrap_or_default(),
        under: district.into_iter().chain([who.clone()]).collect::<Vec<_>>().join(" · "),
        expected: whole(shell, visit.gain),
        why: why(shell, &visit.why),
        event: kept.event.map(|event| shell.place(&format!("kegiatan/{event}"))),
        can_be_accepted: kept.event.is_none() && kept.is_real(),
        aloud: shell.tv("plan-accept-one", &[("venue", name.clone()), ("date", date.clone()), ("teams", who)]),
        venue: name,
        date,
    }
}

fn pasaran(shell: &Shell, date: NaiveDate) -> String {
    shell.label("pasaran", Pasaran::of(date).as_str())
}

fn why(shell: &Shell, why: &[Why]) -> String {
    let words: Vec<String> = why.iter().map(|why| shell.label("plan-why", why.as_str())).collect();
    crate::wording::messages::capitalised(&words.join("; "))
}

fn changes(shell: &Shell, sheet: &PlanSheet, outcome: &Outcome) -> Option<Changes> {
    let base = sheet.base.as_ref()?;
    let before = base.record.outcome.as_ref()?;
    let difference = rounded(outcome.gain - before.gain);
    let sign = match difference {
        0 => "",
        less if less < 0 => "−",
        _ => "+",
    };
    let args = [
        ("before", whole(shell, before.gain)),
        ("difference", format!("{sign}{}", shell.count(difference.abs()))),
        ("moved", shell.count(base.gone.len())),
        ("new", shell.count(base.new.len())),
    ];
    let id = match sheet.record.keeps {
        true if difference == 0 && base.gone.is_empty() && base.new.is_empty() => "plan-changes-none",
        true => "plan-changes-kept",
        false => "plan-changes",
    };
    Some(Changes {
        lead: shell.tv(id, &args),
        gone: base.gone.iter().map(|one| moved(shell, sheet, one)).collect(),
        new: base.new.iter().map(|one| moved(shell, sheet, one)).collect(),
    })
}
