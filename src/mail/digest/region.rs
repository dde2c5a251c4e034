//! The digest of a province or the nation: the same letter with a line for each office in place of the office's own parts.

use super::rich::{Rich, clean, linked, sentence};
use super::spans;
use super::view::{Alert, Button, DigestView, Group, KeyFigure, Section};
use crate::domain::digest::{Answer, OfficeLine, RegionPayload, RegionReport, Shortlist, Span, TargetLine};
use crate::domain::language::Language;
use crate::domain::time_zone::abbreviation;
use crate::mail::error::RenderError;
use crate::mail::short;
use crate::mail::zone::find_zone;
use crate::wording::messages::label;
use crate::wording::{dates, numbers};

/// Offices with a line of their own: a province has 38 at most; of the nation the least achieved are told.
const OFFICES: usize = 40;

/// The whole letter.
pub fn view(payload: &RegionPayload, language: Language) -> Result<DigestView, RenderError> {
    let zone = find_zone(&payload.report.zone)?;
    let words = Words { language, payload };
    let report = words.report();
    let args =
        [("days", dates::period(language, report.days)), ("date", dates::date_with_pasaran(language, report.on))];
    let alert = alert(words);
    let first = alert.groups.first().and_then(|group| group.rows.first()).map(Rich::text);
    Ok(DigestView {
        language,
        subject: subject(words),
        preview: first.or_else(|| alert.calm.clone()).unwrap_or_default(),
        office: words.region(),
        kicker: words.plain(&format!("digest-kicker-{}", report.period), &args),
        headline: headline(words),
        alert,
        position: Section {
            title: words.plain("digest-position", &[("date", words.date(report.on))]),
            ..Section::default()
        },
        figures: figures(words),
        pace: Section::default(),
        bars: Vec::new(),
        chart: None,
        field: offices(words),
        ahead: Section::default(),
        foot: foot(words, abbreviation(zone)),
    })
}

/// What every part speaks with.
#[derive(Debug, Clone, Copy)]
struct Words<'a> {
    language: Language,
    payload: &'a RegionPayload,
}

impl<'a> Words<'a> {
    fn report(self) -> &'a RegionReport {
        &self.payload.report
    }

    fn say(self, id: &str, args: &[(&str, String)]) -> Rich {
        Rich::cut(&sentence(self.language, id, args))
    }

    fn plain(self, id: &str, args: &[(&str, String)]) -> String {
        self.say(id, args).text()
    }

    fn region(self) -> String {
        let nation = || self.plain("digest-region-nation", &[]);
        self.report().region.as_deref().map_or_else(nation, clean)
    }

    /// The list of offices.
    fn home(self) -> String {
        format!("{}/", self.payload.reader.public_url)
    }

    fn page(self, office: &OfficeLine, path: &str) -> String {
        format!("{}{}/{path}", self.home(), office.code)
    }

    fn at_home(self, text: &str) -> String {
        linked(text, &self.home())
    }

    fn count(self, number: i64) -> String {
        numbers::count(self.language, number)
    }

    fn whole(self, number: usize) -> String {
        self.count(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn people(self, span: Span) -> String {
        spans::people(self.language, span)
    }

    fn date(self, date: chrono::NaiveDate) -> String {
        dates::long_date(self.language, date)
    }
}

/// "Jawa Tengah: kurang 203.947 aktivasi; 3 kegiatan belum dilaporkan".
fn subject(words: Words<'_>) -> String {
    let report = words.report();
    let gap = match report.gap() {
        Some((gap, _)) if gap.high > 0.0 => words.plain("digest-subject-gap", &[("gap", words.people(gap))]),
        Some(_) => words.plain("digest-subject-reached", &[]),
        None => words.plain("digest-region-subject-none", &[]),
    };
    let unreported = report.unreported();
    let unreported =
        (unreported > 0).then(|| words.plain("digest-subject-unreported-many", &[("n", words.count(unreported))]));
    let point = [Some(gap), unreported].into_iter().flatten().collect::<Vec<_>>().join("; ");
    words.plain("digest-region-subject", &[("region", short::for_subject(&words.region())), ("point", point)])
}

fn headline(words: Words<'_>) -> Rich {
    match words.report().gap() {
        Some((gap, offices)) if gap.high > 0.0 => {
            let args = [("gap", words.at_home(&words.people(gap))), ("offices", words.whole(offices))];
            words.say("digest-region-headline", &args)
        }
        Some(_) => words.say("digest-headline-reached", &[]),
        None => words.say("digest-region-headline-none", &[]),
    }
}

/// Offices that did not report, and offices of which nothing was heard in these days.
fn alert(words: Words<'_>) -> Alert {
    let groups: Vec<Group> = [unreported(words), silent(words)].into_iter().flatten().collect();
    let calm = groups.is_empty().then(|| words.plain("digest-region-calm", &[]));
    let button = Button { label: words.plain("digest-region-open", &[]), href: words.home() };
    Alert { title: words.plain("digest-alert", &[]), groups, calm, button: Some(button) }
}

fn unreported(words: Words<'_>) -> Option<Group> {
    let mut missing: Vec<&OfficeLine> = words.report().offices.iter().filter(|office| office.unreported > 0).collect();
    missing.sort_by_key(|office| (std::cmp::Reverse(office.unreported), &office.code));
    let row = |office: &OfficeLine| {
        let page = words.page(office, &format!("kegiatan?laporan=belum&sampai={}", words.report().on));
        let args = [("office", clean(&office.name)), ("n", linked(&words.count(office.unreported), &page))];
        words.say("digest-region-unreported-row", &args)
    };
    group(words, "digest-unreported", missing, row)
}

fn silent(words: Words<'_>) -> Option<Group> {
    let report = words.report();
    let is_silent = |office: &&OfficeLine| office.last_counted.is_none_or(|last| last < report.days.first());
    let mut silent: Vec<&OfficeLine> = report.offices.iter().filter(is_silent).collect();
    silent.sort_by_key(|office| (office.last_counted, &office.code));
    let row = |office: &OfficeLine| {
        let name = ("office", linked(&clean(&office.name), &words.page(office, "kegiatan")));
        match office.last_counted {
            Some(last) => words.say("digest-region-silent-row", &[name, ("last", words.date(last))]),
            None => words.say("digest-region-never-row", &[name]),
        }
    };
    group(words, "digest-region-silent", silent, row)
}

fn group(words: Words<'_>, label: &str, offices: Vec<&OfficeLine>, row: impl Fn(&OfficeLine) -> Rich) -> Option<Group> {
    let list = Shortlist::of(offices);
    let group = || Group {
        label: words.plain(label, &[]),
        rows: list.rows.iter().map(|office| row(office)).collect(),
        others: others(words, list.others),
    };
    (!list.is_empty()).then(group)
}

fn others(words: Words<'_>, number: usize) -> Option<Rich> {
    (number > 0).then(|| Rich::cut(&words.at_home(&words.plain("digest-others", &[("n", words.whole(number))]))))
}

/// The sums over all offices.
fn figures(words: Words<'_>) -> Vec<KeyFigure> {
    let report = words.report();
    let figure = |label: String, value: String, note: String| KeyFigure {
        label,
        value: Rich::cut(&words.at_home(&value)),
        note,
    };
    let (gap, note) = match report.gap() {
        Some((gap, offices)) => {
            (words.people(gap), words.plain("digest-region-gap-of", &[("offices", words.whole(offices))]))
        }
        None => (words.plain("digest-not-computable", &[]), words.plain("digest-region-no-target", &[])),
    };
    let days = dates::period(words.language, report.days);
    vec![
        figure(words.plain("digest-gap", &[]), gap, note),
        figure(words.plain("digest-region-activated", &[]), words.count(report.activated()), days),
        figure(words.plain("digest-region-offices", &[]), words.whole(report.offices.len()), words.region()),
        figure(
            words.plain("digest-unreported", &[]),
            words.count(report.unreported()),
            words.plain("digest-region-events", &[("n", words.count(report.unreported()))]),
        ),
    ]
}

/// A line for each office.
fn offices(words: Words<'_>) -> Section {
    let report = words.report();
    let rows: Vec<Rich> = report.offices.iter().take(OFFICES).map(|office| line(words, office)).collect();
    let others = others(words, report.offices.len().saturating_sub(OFFICES));
    let groups = if rows.is_empty() { Vec::new() } else { vec![Group { label: String::new(), rows, others }] };
    let none = || words.say("digest-region-no-office", &[]);
    let sentences = if report.offices.is_empty() { vec![none()] } else { Vec::new() };
    Section { title: words.plain("digest-region-list", &[]), sentences, groups, page: None }
}

/// "Dinas Purbalingga: 12,78 % dari target, kurang 203.947. 205 aktivasi."
fn line(words: Words<'_>, office: &OfficeLine) -> Rich {
    let report = words.report();
    let target_page = words.page(office, &format!("target?tanggal={}", report.on));
    let days = format!("kegiatan?dari={}&sampai={}", report.days.first(), report.days.last());
    let number = |text: String| linked(&text, &target_page);
    let mut args = vec![
        ("office", clean(&office.name)),
        ("n", linked(&words.count(office.activated), &words.page(office, &days))),
    ];
    let id = match office.target {
        None => "digest-region-row-no-target",
        Some(TargetLine { of_target: Answer::Known(share), gap: Answer::Known(gap), is_over, .. }) => {
            args.push(("share", number(spans::percent(words.language, share))));
            args.push(("gap", number(words.people(gap))));
            match (gap.high > 0.0, is_over) {
                (false, _) => "digest-region-row-reached",
                (true, true) => "digest-region-row-over",
                (true, false) => "digest-region-row",
            }
        }
        Some(TargetLine { of_target: Answer::Unknown(why), .. } | TargetLine { gap: Answer::Unknown(why), .. }) => {
            args.push(("why", number(label(words.language, "digest-missing", why.as_str()))));
            "digest-region-row-unknown"
        }
    };
    let mut row = sentence(words.language, id, &args);
    if office.unreported > 0 {
        let page = words.page(office, &format!("kegiatan?laporan=belum&sampai={}", report.on));
        let n = [("n", linked(&words.count(office.unreported), &page))];
        row = format!("{row} {}", sentence(words.language, "digest-region-row-unreported", &n));
    }
    Rich::cut(&row)
}

fn foot(words: Words<'_>, zone: &str) -> Vec<Rich> {
    let (report, reader) = (words.report(), &words.payload.reader);
    let later = report
        .compiled_on
        .map(|day| words.say("digest-compiled-later", &[("date", words.date(day)), ("on", words.date(report.on))]));
    let zone_line = words.say("digest-zone", &[("zone", zone.to_owned())]);
    let moment = |next| find_zone(&report.zone).ok().map(|zone| dates::moment(words.language, next, zone));
    let next = reader.next.and_then(moment).map(|next| words.say("digest-next", &[("next", next)]));
    let settings = linked(&words.plain("digest-settings", &[]), &format!("{}ringkasan", words.home()));
    let reader = words.say("digest-reader", &[("reader", clean(&reader.name)), ("settings", settings)]);
    [later, Some(zone_line), next, Some(reader)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
