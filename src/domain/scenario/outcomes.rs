//! What a synthetic visit yields: activations that shrink with every visit, and the outcomes of those who could not.
//! Shares are assumed from what offices tell (no capable phone, no need felt, face data not yet there, outages).

use std::collections::BTreeMap;

use super::history::{SyntheticDay, SyntheticResult, SyntheticTeam};
use super::rng::Rng;
use super::schedule::Booking;
use super::staffing::MINUTES_PER_PERSON;

/// What earlier visits have taken from a venue.
#[derive(Debug, Clone, Copy, Default)]
pub struct Depletion {
    pub visits: u32,
    pub activated: u32,
}

/// What is left of the first yield at the second, third… visit, per mille.
const DECAY: [u32; 6] = [1000, 800, 680, 600, 550, 520];
/// No team activates more in a day.
const MOST_PER_TEAM_DAY: u32 = 160;
const OUTAGES: [&str; 3] = ["siak_down", "network_down", "power_down"];

const USUAL: [(&str, u32); 14] = [
    ("no_smartphone", 17),
    ("device_unsupported", 12),
    ("refused_no_need", 16),
    ("refused_trust", 5),
    ("underage", 3),
    ("not_recorded", 5),
    ("face_sync", 6),
    ("already_active", 13),
    ("no_email", 7),
    ("no_quota_signal", 6),
    ("left_queue", 5),
    ("face_mismatch", 3),
    ("data_issue", 2),
    ("other", 1),
];
const YOUNG: [(&str, u32); 9] = [
    ("underage", 34),
    ("face_sync", 16),
    ("not_recorded", 12),
    ("device_unsupported", 8),
    ("no_quota_signal", 9),
    ("no_email", 8),
    ("refused_no_need", 6),
    ("already_active", 6),
    ("face_mismatch", 3),
];

/// The results of a booking's past days, one per team and day; `before` is what the venue has already given.
pub fn results_of(
    booking: &Booking<'_>,
    past: &[SyntheticDay],
    services: &[&str],
    before: Depletion,
    rng: &mut Rng,
) -> Vec<SyntheticResult> {
    let approximate = rng.chance(40);
    let noted_hours = !rng.chance(80);
    let outage = rng.chance(30).then(|| rng.pick(&OUTAGES));
    let mut results = Vec::new();
    let mut taken = before.activated;
    for (nth, day) in past.iter().enumerate() {
        for team in &booking.teams {
            let operators = officers_of(booking, team);
            let minutes = u32::try_from((day.ends - day.starts).num_minutes()).unwrap_or_default();
            let limit = limit(booking, operators * minutes / MINUTES_PER_PERSON, taken);
            let later = if nth > 0 { 850 } else { 1000 };
            let wanted = wanted(booking, minutes, before.visits, rng) * later / 1000;
            let counts = if approximate {
                BTreeMap::from([("activated", (wanted.min(limit) + 5) / 10 * 10)])
            } else {
                counts(booking, services, wanted.min(limit), outage, before.visits, rng)
            };
            taken += counts.get("activated").copied().unwrap_or_default();
            results.push(SyntheticResult {
                date: day.date,
                team: team.code.clone(),
                operators,
                minutes: noted_hours.then_some(minutes),
                precision: if approximate { "approximate" } else { "exact" },
                counts,
            });
        }
    }
    results
}

fn officers_of(booking: &Booking<'_>, team: &SyntheticTeam) -> u32 {
    let there = booking.officers.iter().filter(|login| team.members.contains(login)).count();
    u32::try_from(there).unwrap_or_default()
}

/// What people would take up: the kind's mean, times the venue's quality, the day's luck, its length, and depletion.
fn wanted(booking: &Booking<'_>, minutes: u32, visits: u32, rng: &mut Rng) -> u32 {
    let visits = if booking.kind == "counter" { 0 } else { visits };
    let decay = usize::try_from(visits).ok().and_then(|n| DECAY.get(n)).copied().unwrap_or(500);
    let length = match minutes {
        0..150 => 700,
        150..240 => 880,
        _ => 1050,
    };
    let shared = if booking.teams.len() > 1 { 850 } else { 1000 };
    let factors = [booking.place.quality, decay, length, shared, rng.around(500, 1500)];
    factors.into_iter().fold(booking.place.traits.mean, |yield_so_far, factor| yield_so_far * factor / 1000)
}

/// What the team can serve, and what the venue still has; counters and crowds have new people every time.
fn limit(booking: &Booking<'_>, servable: u32, taken: u32) -> u32 {
    let traits = booking.place.traits;
    let flowing = booking.kind == "counter" || matches!(traits.code, "market" | "mall" | "crowd_event" | "hospital");
    let left = if flowing { u32::MAX } else { booking.place.venue.eligible.saturating_sub(taken) / 10 * 7 };
    (servable * traits.rate / 1000).min(left).min(MOST_PER_TEAM_DAY)
}

fn counts(
    booking: &Booking<'_>,
    services: &[&str],
    wanted: u32,
    outage: Option<&'static str>,
    visits: u32,
    rng: &mut Rng,
) -> BTreeMap<&'static str, u32> {
    let traits = booking.place.traits;
    let activated = if outage.is_some() { wanted / 2 } else { wanted };
    let rate = rng.around(traits.rate.saturating_sub(90), traits.rate + 90).min(940);
    let others = wanted * (1000 - rate) / rate;
    let mut counts = BTreeMap::from([("activated", activated)]);
    let reasons: &[(&'static str, u32)] = if matches!(traits.code, "school" | "pesantren") { &YOUNG } else { &USUAL };
    for _ in 0..others {
        *counts.entry(rng.weighted(reasons)).or_default() += 1;
    }
    let mut add = |outcome: &'static str, n: u32| {
        if n > 0 {
            *counts.entry(outcome).or_default() += n;
        }
    };
    if let Some(reason) = outage {
        add(reason, wanted - activated);
    }
    let foreign = rng.around(0, traits.out_of_area * 2);
    add("activated_out_of_area", part(activated, foreign, rng));
    let again = rng.around(0, 70);
    add("reactivated", part(activated, again, rng));
    let recorded = rng.between(traits.recordings.0, traits.recordings.1) * 3 / (3 + visits);
    let printed = part(recorded.max(activated / 3), 450, rng);
    let renewed = rng.between(3, 20);
    for (service, n) in [("ktp_recorded", recorded), ("ktp_printed", printed), ("kk_renewed", renewed)] {
        add(service, if services.contains(&service) { n } else { 0 });
    }
    counts
}

/// So many per mille of `n`, rounded up or down by chance.
fn part(n: u32, per_mille: u32, rng: &mut Rng) -> u32 {
    (n * per_mille + rng.below(1000)) / 1000
}
