//! Random schedules of taps, faults, reloads, second tabs and wrong clocks: at the end the ledger is what was tapped.
//! `PHONE_SCHEDULES=200 cargo test --test suite phone::random` for more than the twenty of an ordinary run.

use std::collections::BTreeMap;

use jemputbola::domain::event::EventState;

use super::{Ground, Phone, TODAY, skew};
use crate::support::browser::{Browsers, Fault, variable};

const OUTCOMES: [&str; 3] = ["activated", "refused_no_need", "ktp_recorded"];
const FAULTS: [Fault; 9] = [
    Fault::DropBefore,
    Fault::DropAfter,
    Fault::Reset,
    Fault::Truncate,
    Fault::Duplicate,
    Fault::Unauthorized,
    Fault::BadGateway,
    Fault::Portal,
    Fault::Redirect,
];

/// `SplitMix64`: the same seed is the same schedule.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap() % n
    }
}

/// The taps of a schedule, as the officer would count them on paper.
#[derive(Default)]
struct Paper {
    counts: BTreeMap<&'static str, i64>,
    taps: Vec<(&'static str, i64)>,
}

impl Paper {
    fn tap(&mut self, outcome: &'static str, n: i64) {
        *self.counts.entry(outcome).or_default() += n;
        self.taps.push((outcome, n));
    }

    fn of(&self, outcome: &str) -> i64 {
        self.counts.get(outcome).copied().unwrap_or_default()
    }
}

#[actix_web::test]
async fn after_any_schedule_the_ledger_equals_the_taps() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let schedules = variable("PHONE_SCHEDULES").map_or(20, |n| n.parse().unwrap());
    let ground = Ground::of(&["officer"]).await;
    // A phone takes two hundred events along, no more: with that of the ground these are as many.
    let mut events = vec![ground.event.clone()];
    for _ in 1..schedules {
        events.push(ground.app.add_event("T-1", EventState::Confirmed, &[TODAY], "activated ktp_recorded").await);
    }
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    for (seed, event) in events.iter().enumerate() {
        // Told with whatever fails.
        println!("seed {seed}");
        phone.browser.js("location.hash = '#/'").await;
        phone.open(event).await;
        let paper = run(&phone, &ground, event, &mut Chance(u64::try_from(seed).unwrap() + 1)).await;
        ground.proxy.heal();
        phone.visit().await;
        phone.send_all().await;
        for outcome in OUTCOMES {
            let office = ground.office_has(event, outcome).await.as_i64().unwrap_or_default();
            assert_eq!(office, paper.of(outcome), "seed {seed}: {outcome}");
        }
        assert!(phone.rows().await.is_empty(), "seed {seed}");
    }
}

async fn run(phone: &Phone, ground: &Ground, event: &str, chance: &mut Chance) -> Paper {
    let mut paper = Paper::default();
    for _ in 0..12 {
        match chance.below(10) {
            0..=3 => tap(phone, &mut paper, chance).await,
            4 => undo(phone, &mut paper).await,
            5..=6 => {
                let faults: Vec<Fault> = (0..=chance.below(3)).map(|_| FAULTS[chance.below(FAULTS.len())]).collect();
                ground.proxy.next("results/batch", &faults);
                phone.try_to_send().await;
            }
            7 => {
                phone.visit().await;
                phone.open(event).await;
            }
            8 => second_tab(phone, event, &mut paper).await,
            _ => skew(phone, i64::try_from(chance.below(7200)).unwrap() - 3600).await,
        }
    }
    paper
}

async fn tap(phone: &Phone, paper: &mut Paper, chance: &mut Chance) {
    let outcome = OUTCOMES[chance.below(OUTCOMES.len())];
    let times = 1 + chance.below(6);
    let down = chance.below(4) == 0 && paper.of(outcome) >= i64::try_from(times).unwrap();
    phone.tap_often(outcome, if down { "minus" } else { "plus" }, times).await;
    for _ in 0..times {
        paper.tap(outcome, if down { -1 } else { 1 });
    }
    let shown = if outcome == "activated" { "main" } else { outcome };
    phone.until_counted(shown, paper.of(outcome)).await;
}

async fn undo(phone: &Phone, paper: &mut Paper) {
    // The phone remembers the last twenty.
    let Some((outcome, n)) = paper.taps.pop() else { return };
    if paper.taps.len() > 15 {
        paper.taps.drain(..paper.taps.len() - 10);
    }
    *paper.counts.entry(outcome).or_default() -= n;
    phone.browser.js("document.querySelector('[data-action=undo]').click()").await;
    let shown = if outcome == "activated" { "main" } else { outcome };
    phone.until_counted(shown, paper.of(outcome)).await;
}

/// Counts once in another tab, which is closed again at once.
async fn second_tab(phone: &Phone, event: &str, paper: &mut Paper) {
    phone.open_second_tab().await;
    phone.open(event).await;
    phone.tap_often("activated", "plus", 1).await;
    paper.tap("activated", 1);
    phone.until_counted("main", paper.of("activated")).await;
    phone.browser.client.close_window().await.unwrap();
    phone.go_to_tab(0).await;
    phone.until_counted("main", paper.of("activated")).await;
}
