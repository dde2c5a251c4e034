//! Reports to write letters of: an office as it was in the news of 7 June 2024, and what may be missing from one.

use crate::domain::denominator::DenominatorKind;
use crate::domain::digest::{
    Achieved, Activity, Answer, Baseline, BookedWeek, CurrentPace, DigestOffice, DigestPayload, DigestPeriod,
    DigestReader, DigestReport, DigestTarget, EventLine, Exceptions, FadingVenue, NeededPace, Obstacle, PaceProjection,
    Shortlist, Span, Standing, ToldPace, VenueYield,
};
use crate::domain::event::EventState;
use crate::domain::id::EventId;
use crate::domain::language::Language;
use crate::domain::outcome::Outcome;
use crate::domain::pace::{DayKind, Missing};
use crate::mail::letter::Letter;

/// Every kind of letter, by name.
pub fn all() -> Vec<(&'static str, DigestPayload)> {
    vec![
        ("news", payload(news())),
        ("full", payload(full("SMK Negeri 1 Purbalingga", "Tim Serayu"))),
        ("full-daily", payload(in_period(DigestPeriod::Daily, "2024-06-07", activity_of_full()))),
        ("full-monthly", payload(in_period(DigestPeriod::Monthly, "2024-06-01..2024-06-07", activity_of_full()))),
        ("long-names", long_names()),
        ("empty", payload(empty())),
        ("silent", payload(silent())),
        ("no-target", payload(no_target())),
        ("years-later", payload(DigestReport { compiled_on: Some("2026-11-21".parse().unwrap()), ..news() })),
        ("share-only", payload(share_only())),
        ("no-denominator", payload(no_denominator())),
        ("interval", payload(interval())),
        ("range", payload(range())),
        ("reached", payload(reached())),
        ("told-day", payload(beside())),
        ("standstill", payload(still())),
    ]
}

/// The letter of a payload, as the outbox writes it: from its JSON.
pub fn write(payload: &DigestPayload, language: Language) -> Letter {
    let frozen = serde_json::to_string(payload).unwrap();
    super::write(&serde_json::from_str(&frozen).unwrap(), language).unwrap()
}

fn payload(report: DigestReport) -> DigestPayload {
    let reader = DigestReader {
        name: "Kepala Dinas Peraga".to_owned(),
        public_url: "https://jb.example".to_owned(),
        may_plan: false,
        may_govern: true,
        next: Some("2024-06-10T00:00:00Z".parse().unwrap()),
        unsubscribe: Some("https://jb.example/berhenti/abc".to_owned()),
    };
    DigestPayload { report, reader }
}

pub fn event(number: u128, venue: &str, day: &str) -> EventLine {
    EventLine {
        id: EventId(uuid::Uuid::from_u128(number)),
        title: format!("Jemput bola di {venue}"),
        state: EventState::Done,
        venue: Some(venue.to_owned()),
        region: Some("Karangjambe, Padamara".to_owned()),
        first_day: day.parse().unwrap(),
        last_day: day.parse().unwrap(),
        teams: Vec::new(),
        reason: None,
        number: 0,
    }
}

/// Purbalingga, as the newspaper told it; nothing else happened there.
pub fn news() -> DigestReport {
    let unreported = Shortlist::of(vec![event(1, "Pabrik Sampoerna", "2024-06-06")]);
    DigestReport {
        office: DigestOffice {
            code: "33.03".to_owned(),
            name: "Dinas Dukcapil Kabupaten Purbalingga".to_owned(),
            zone: "Asia/Jakarta".to_owned(),
        },
        period: DigestPeriod::Weekly,
        on: "2024-06-07".parse().unwrap(),
        compiled_on: None,
        days: "2024-06-01..2024-06-07".parse().unwrap(),
        exceptions: Exceptions { unreported, ..Exceptions::default() },
        standing: standing(),
        activity: Activity { office_totals: 1, activated_before: Some(0), ..Activity::default() },
        best: Vec::new(),
        fading: Shortlist::default(),
        ahead: week(Vec::new()),
        obstacles: Shortlist::default(),
    }
}

fn standing() -> Standing {
    let one = Span::exactly;
    let projection = |per, end, share, reached: &str| {
        let reached = reached.parse().unwrap();
        PaceProjection {
            per,
            pace: one(205.0),
            end: one(end),
            end_interval: None,
            end_share: Some(one(share)),
            reached: Some((reached, reached)),
        }
    };
    Standing {
        target: Some(DigestTarget {
            value: Some(one(233_837.0)),
            share: Some("30%".parse().unwrap()),
            denominator: Some(DenominatorKind::Recorded),
            denominator_value: Some(one(779_454.0)),
            window: "2024-01-01..2024-12-31".parse().unwrap(),
        }),
        achieved: Some(Achieved {
            figure: "29890".parse().unwrap(),
            as_of: "2024-06-07".parse().unwrap(),
            is_official: true,
            source: Some("Radar Purbalingga, 7 Juni 2024".to_owned()),
            baseline: None,
        }),
        field: Some(one(205.0)),
        share_of_denominator: Answer::Known(one(3.834_74)),
        share_of_target: Answer::Known(one(12.782_4)),
        gap: Answer::Known(one(203_947.0)),
        needed: Answer::Known(NeededPace {
            calendar_day: one(985.25),
            weekday: Some(one(1_387.39)),
            working_day: Some(one(1_446.43)),
        }),
        pace: Answer::Known(CurrentPace { value: one(205.0), days: "2024-06-05".parse().unwrap(), told: 1 }),
        projections: vec![
            projection(DayKind::Calendar, 72_325.0, 9.278_9, "2027-02-27"),
            projection(DayKind::Weekday, 60_025.0, 7.700_9, "2028-03-31"),
        ],
        told_day: None,
        gap_points: None,
    }
}

fn week(rows: Vec<EventLine>) -> BookedWeek {
    let events = Shortlist::of(rows);
    let teams = events.rows.iter().filter(|event| !event.teams.is_empty()).count();
    let capacity = if events.is_empty() { 0 } else { 360 };
    BookedWeek { days: "2024-06-10..2024-06-16".parse().unwrap(), events, teams, unconfirmed: 2, capacity }
}

/// Everything that a letter can hold, more of it than fits.
pub fn full(venue: &str, team: &str) -> DigestReport {
    let named = |number: u128, day: &str, change: &dyn Fn(&mut EventLine)| {
        let mut event = EventLine { teams: vec![team.to_owned()], ..event(number, venue, day) };
        change(&mut event);
        event
    };
    let not_held = named(2, "2024-06-04", &|event| {
        event.state = EventState::NotHeld;
        event.reason = Some("Jalan longsor.".to_owned());
    });
    let unreported = (0..7).map(|n| named(10 + n, "2024-06-05", &|_| {})).collect();
    let late = named(3, "2024-06-02", &|event| event.number = 4);
    let doubted = named(4, "2024-06-03", &|event| event.number = 2);
    let ahead = (0..6).map(|n| {
        named(20 + n, "2024-06-11", &|event| {
            event.state = if n == 0 { EventState::Proposed } else { EventState::Confirmed };
        })
    });
    let best = (1..=3).map(|n: u32| VenueYield {
        code: format!("SMKN-{n}"),
        name: venue.to_owned(),
        event_days: 4,
        mean: 97.25 - f64::from(n),
    });
    let fading = (1..=6).map(|n: u32| FadingVenue {
        code: format!("PASAR-{n}"),
        name: venue.to_owned(),
        before: 74.0 + f64::from(n),
        event_days_before: 3,
        now: 38.0,
        last: "2024-06-01".parse().unwrap(),
    });
    let obstacles = [
        (Outcome::NoSmartphone, 21),
        (Outcome::RefusedNoNeed, 14),
        (Outcome::FaceSync, 9),
        (Outcome::SiakDown, 6),
        (Outcome::NoEmail, 4),
        (Outcome::Underage, 2),
    ];
    DigestReport {
        exceptions: Exceptions {
            not_held: Shortlist::of(vec![not_held]),
            unreported: Shortlist::of(unreported),
            late: Shortlist::of(vec![late]),
            implausible: Shortlist::of(vec![doubted]),
            waiting: 5,
            doubted: 2,
        },
        activity: Activity {
            event_days: 6,
            office_totals: 1,
            activated: 312,
            reached: 405,
            activated_before: Some(280),
            last_counted: Some("2024-06-07".parse().unwrap()),
        },
        best: best.collect(),
        fading: Shortlist::of(fading.collect()),
        ahead: week(ahead.collect()),
        obstacles: Shortlist::of(obstacles.map(|(outcome, n)| Obstacle { outcome, n }).to_vec()),
        ..news()
    }
}

fn activity_of_full() -> DigestReport {
    full("SMK Negeri 1 Purbalingga", "Tim Serayu")
}

fn in_period(period: DigestPeriod, days: &str, report: DigestReport) -> DigestReport {
    let before = report.activity.activated_before.filter(|_| period != DigestPeriod::Daily);
    let activity = Activity { activated_before: before, ..report.activity };
    DigestReport { period, days: days.parse().unwrap(), activity, ..report }
}

/// Names longer than any may be: of venues, teams, the office, the reader and the source.
fn long_names() -> DigestPayload {
    let venue = "Sekolah Menengah Panjang ".repeat(12);
    let mut report = full(&venue, &"Tim-Serayu-Tanpa-Spasi".repeat(14));
    report.office.name.clone_from(&venue);
    if let Some(achieved) = &mut report.standing.achieved {
        achieved.source = Some(venue.clone());
    }
    let written = payload(report);
    DigestPayload { reader: DigestReader { name: venue, ..written.reader }, ..written }
}

/// An office of which nothing is recorded, and a reader who cannot end his letters.
fn empty() -> DigestReport {
    let standing = Standing::unknown(Missing::NoFigure);
    DigestReport {
        standing,
        exceptions: Exceptions::default(),
        activity: Activity::default(),
        ahead: BookedWeek { unconfirmed: 0, ..week(Vec::new()) },
        ..news()
    }
}

/// A target by number: nobody has said of how many people it is.
fn no_denominator() -> DigestReport {
    let mut standing = standing();
    standing.share_of_denominator = Answer::Unknown(Missing::NoDenominator);
    if let Some(target) = &mut standing.target {
        *target = DigestTarget { share: None, denominator: None, denominator_value: None, ..target.clone() };
    }
    for projection in &mut standing.projections {
        projection.end_share = None;
    }
    DigestReport { standing, ..news() }
}

/// Weeks of figures: the projection has its interval.
fn interval() -> DigestReport {
    let days = "2024-05-11..2024-06-07".parse().unwrap();
    let mut standing = standing();
    standing.pace = Answer::Known(CurrentPace { value: Span::exactly(205.0), days, told: 24 });
    for projection in &mut standing.projections {
        let end = projection.end.low;
        projection.end_interval = Some(Span { low: end - 5_200.0, high: end + 5_200.0, approximate: false });
    }
    DigestReport { standing, ..news() }
}

fn silent() -> DigestReport {
    DigestReport {
        exceptions: Exceptions::default(),
        activity: Activity { last_counted: Some("2024-05-17".parse().unwrap()), ..Activity::default() },
        ..news()
    }
}

fn no_target() -> DigestReport {
    let standing =
        Standing { achieved: standing().achieved, pace: standing().pace, ..Standing::unknown(Missing::NoFigure) };
    DigestReport { standing, period: DigestPeriod::Daily, days: "2024-06-07".parse().unwrap(), ..news() }
}

/// Sumenep: a share, and nobody knows of how many.
fn share_only() -> DigestReport {
    let achieved = Achieved { figure: "2,17%".parse().unwrap(), ..standing().achieved.unwrap() };
    let standing = Standing { achieved: Some(achieved), ..Standing::unknown(Missing::ShareOnly) };
    DigestReport { standing, ..news() }
}

/// Pamekasan: a range stays one in every figure.
fn range() -> DigestReport {
    let span = |low, high| Span { low, high, approximate: false };
    let standing = Standing {
        target: Some(DigestTarget {
            value: Some(Span::exactly(15_000.0)),
            share: None,
            denominator: None,
            denominator_value: None,
            window: "2023-11-01..2023-12-31".parse().unwrap(),
        }),
        achieved: Some(Achieved { figure: "6000-7000".parse().unwrap(), ..standing().achieved.unwrap() }),
        field: None,
        share_of_denominator: Answer::Unknown(Missing::NoDenominator),
        share_of_target: Answer::Known(span(40.0, 46.666_667)),
        gap: Answer::Known(span(8_000.0, 9_000.0)),
        needed: Answer::Unknown(Missing::WindowOver),
        pace: Answer::Known(CurrentPace {
            value: span(98.36, 114.75),
            days: "2023-11-01..2023-12-31".parse().unwrap(),
            told: 61,
        }),
        projections: Vec::new(),
        told_day: None,
        gap_points: None,
    };
    DigestReport { standing, period: DigestPeriod::Monthly, ..news() }
}

/// Events were counted for four weeks, and of one day somebody told what the whole office did.
fn beside() -> DigestReport {
    let days = "2024-05-11..2024-06-07".parse().unwrap();
    let counted = CurrentPace { value: Span::exactly(75.0), days, told: 28 };
    let (told, one) = (standing().projections, Span::exactly);
    let late = "2031-11-18".parse().unwrap();
    let slow = PaceProjection {
        pace: one(75.0),
        end: one(45_415.0),
        end_share: Some(one(5.83)),
        reached: Some((late, late)),
        ..told[0].clone()
    };
    let told_day = Some(ToldPace { date: "2024-06-05".parse().unwrap(), count: one(205.0), projections: told });
    let standing = Standing { pace: Answer::Known(counted), projections: vec![slow], told_day, ..standing() };
    DigestReport { standing, ..news() }
}

/// A campaign with an official figure, none from before its first day, and nothing since.
fn still() -> DigestReport {
    let days = "2024-05-11..2024-06-07".parse().unwrap();
    let idle = CurrentPace { value: Span::exactly(0.0), days, told: 28 };
    let baseline = Some(Baseline::Unknown("2024-02-27".parse().unwrap()));
    let own = standing();
    let (nothing, reached_now) = (Span::exactly(0.0), Span::exactly(29_890.0));
    let idle_end = |projection: &PaceProjection| PaceProjection {
        pace: nothing,
        end: reached_now,
        reached: None,
        ..projection.clone()
    };
    let standing = Standing {
        achieved: own.achieved.clone().map(|achieved| Achieved { baseline, ..achieved }),
        projections: own.projections.iter().map(idle_end).collect(),
        pace: Answer::Known(idle),
        ..own
    };
    DigestReport { standing, ..news() }
}

fn reached() -> DigestReport {
    let standing = Standing {
        share_of_target: Answer::Known(Span::exactly(101.2)),
        gap: Answer::Known(Span::exactly(0.0)),
        needed: Answer::Unknown(Missing::Reached),
        projections: Vec::new(),
        ..standing()
    };
    DigestReport { standing, exceptions: Exceptions::default(), ..news() }
}
