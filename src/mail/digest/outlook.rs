//! What was done, which venues were worth it, what comes next week, and what stands in the way.

use chrono::{Days, NaiveDate};

use super::exceptions::others;
use super::rich::{Rich, clean};
use super::view::{Button, Group, Section};
use super::words::Words;
use crate::domain::digest::{EventLine, FadingVenue, Obstacle, VenueYield};
use crate::domain::event::EventState;
use crate::wording::messages::capitalised;
use crate::wording::{dates, numbers};

/// How long the ranking looks back, both ends counted: the days that the venues' means are of.
const RANKING_DAYS: u64 = 365;

/// What the field did, by venue and obstacle.
pub fn field(words: Words<'_>) -> Section {
    let title = words.plain("digest-field", &[("days", dates::period(words.language, words.report().days))]);
    let groups = [best(words), fading(words), obstacles(words)].into_iter().flatten().collect();
    Section { title, sentences: vec![activity(words)], groups, page: None }
}

/// Next week's bookings.
pub fn ahead(words: Words<'_>) -> Section {
    let ahead = &words.report().ahead;
    let page = words.page(&format!("papan?pekan={}", ahead.days.first()));
    let title = words.plain("digest-ahead", &[("days", dates::period(words.language, ahead.days))]);
    let button = Some(Button { label: words.plain("digest-see-board", &[]), href: page.clone() });
    if ahead.events.is_empty() {
        let args = [("events", words.link(&words.plain("digest-ahead-events", &[]), &page))];
        let sentences = vec![words.say("digest-ahead-none", &args)];
        return Section { title, sentences, groups: Vec::new(), page: button };
    }
    let args = [
        ("events", words.link(&words.whole(ahead.events.total()), &page)),
        ("teams", words.link(&words.whole(ahead.teams), &page)),
        ("capacity", words.link(&words.count(ahead.capacity), &page)),
    ];
    let unconfirmed = (ahead.unconfirmed > 0)
        .then(|| words.say("digest-ahead-unconfirmed", &[("n", words.link(&words.whole(ahead.unconfirmed), &page))]));
    let sentences = std::iter::once(words.say("digest-ahead-sum", &args)).chain(unconfirmed).collect();
    let rows = ahead.events.rows.iter().map(|event| booked(words, event)).collect();
    let group = Group { label: String::new(), rows, others: others(words, ahead.events.others, &page) };
    Section { title, sentences, groups: vec![group], page: button }
}

fn activity(words: Words<'_>) -> Rich {
    let report = words.report();
    let activity = &report.activity;
    if report.is_silent() {
        let days = ("days", dates::period(words.language, report.days));
        return match activity.last_counted {
            Some(last) => words.say("digest-silent-since", &[days, ("last", words.date(last))]),
            None => words.say("digest-silent", &[days]),
        };
    }
    if activity.event_days == 0 {
        return words.say("digest-activity-none", &[]);
    }
    let page = words.page(&format!("kegiatan?dari={}&sampai={}", report.days.first(), report.days.last()));
    let number = |text: String| words.link(&text, &page);
    let mut args = vec![
        ("activated", number(words.count(activity.activated))),
        ("days", number(words.count(activity.event_days))),
        ("reached", number(words.count(activity.reached))),
    ];
    match activity.activated_before {
        Some(before) => {
            args.push(("before", number(words.count(before))));
            words.say(&format!("digest-activity-{}", report.period), &args)
        }
        None => words.say("digest-activity", &args),
    }
}

fn best(words: Words<'_>) -> Option<Group> {
    let report = words.report();
    let first = report.on.checked_sub_days(Days::new(RANKING_DAYS - 1)).unwrap_or(report.on);
    let ranking = words.page(&format!("peringkat?from={first}&to={}&sort=mean", report.on));
    let row = |venue: &VenueYield| {
        let args = [
            ("name", words.link(&clean(&venue.name), &words.page(&format!("lokasi/{}", venue.code)))),
            ("mean", words.link(&numbers::decimal(words.language, venue.mean, 1), &ranking)),
            ("n", words.whole(venue.event_days)),
        ];
        words.say("digest-best-row", &args)
    };
    let group =
        || Group { label: words.plain("digest-best", &[]), rows: report.best.iter().map(row).collect(), others: None };
    (!report.best.is_empty()).then(group)
}

fn fading(words: Words<'_>) -> Option<Group> {
    let fading = &words.report().fading;
    let row = |venue: &FadingVenue| {
        let page = words.page(&format!("lokasi/{}", venue.code));
        let args = [
            ("name", words.link(&clean(&venue.name), &page)),
            ("before", words.link(&numbers::decimal(words.language, venue.before, 1), &page)),
            ("now", words.link(&numbers::decimal(words.language, venue.now, 1), &page)),
        ];
        words.say("digest-fading-row", &args)
    };
    let group = || Group {
        label: words.plain("digest-fading", &[]),
        rows: fading.rows.iter().map(row).collect(),
        others: others(words, fading.others, &words.page("peringkat")),
    };
    (!fading.is_empty()).then(group)
}

fn obstacles(words: Words<'_>) -> Option<Group> {
    let report = words.report();
    let page = words.page(&format!("kegiatan?dari={}&sampai={}", report.days.first(), report.days.last()));
    let row = |obstacle: &Obstacle| {
        let name = capitalised(&words.label("outcome", obstacle.outcome.as_str()));
        words.say("digest-obstacle-row", &[("name", name), ("n", words.link(&words.count(obstacle.n), &page))])
    };
    let group = || Group {
        label: words.plain("digest-obstacles", &[]),
        rows: report.obstacles.rows.iter().map(row).collect(),
        others: others(words, report.obstacles.others, &page),
    };
    (!report.obstacles.is_empty()).then(group)
}

/// "Sen 10 Jun: SMK Negeri 1, Tim Serayu (draf)".
fn booked(words: Words<'_>, event: &EventLine) -> Rich {
    let week = words.report().ahead.days;
    let day: NaiveDate = event.first_day.max(week.first());
    let mut args = vec![
        ("day", dates::column_date(words.language, day)),
        ("place", words.link(&words.place_of(event), &words.event_page(event))),
        ("teams", clean(&event.teams.join(", "))),
    ];
    let is_open = matches!(event.state, EventState::Draft | EventState::Proposed);
    if is_open {
        args.push(("state", words.label("event-state", event.state.as_str())));
    }
    let id = match (event.teams.is_empty(), is_open) {
        (false, false) => "digest-booked-row",
        (false, true) => "digest-booked-row-open",
        (true, false) => "digest-booked-row-no-team",
        (true, true) => "digest-booked-row-no-team-open",
    };
    words.say(id, &args)
}
