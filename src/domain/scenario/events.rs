//! Turns bookings into events: title, services, request, what became of them, and the results of their past days.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::rule::Rule;
use crate::domain::text::{Code, Name};

use super::days::{ScenarioDays, plus};
use super::district::District;
use super::fate::{Fate, fate_of};
use super::history::{LABEL, SyntheticDay, SyntheticEvent, SyntheticRequest};
use super::outcomes::{Depletion, results_of};
use super::rng::Rng;
use super::schedule::Booking;

/// The events of the bookings, which come in the order of their days, so that each venue is used up in that order.
pub fn build_events(
    district: &District,
    days: &ScenarioDays,
    bookings: &[Booking<'_>],
) -> Result<Vec<SyntheticEvent>, Rule> {
    let mut rng = Rng::named(&format!("{}/{}/events", district.code(), days.today()));
    let mut used: BTreeMap<&Code, Depletion> = BTreeMap::new();
    let mut events = Vec::with_capacity(bookings.len());
    for booking in bookings {
        let before = used.get(&booking.place.venue.code).copied().unwrap_or_default();
        let event = build_event(district, days.today(), booking, before, &mut rng)?;
        if !event.results.is_empty() {
            let depletion = used.entry(&booking.place.venue.code).or_default();
            depletion.visits += 1;
            depletion.activated +=
                event.results.iter().filter_map(|result| result.counts.get("activated")).sum::<u32>();
        }
        events.push(event);
    }
    Ok(events)
}

fn build_event(
    district: &District,
    today: NaiveDate,
    booking: &Booking<'_>,
    before: Depletion,
    rng: &mut Rng,
) -> Result<SyntheticEvent, Rule> {
    let fate = fate_of(booking, today, rng);
    let services = services(booking, rng);
    let request = request(booking, today, rng)?;
    let past = past_days(booking, fate, today);
    let results = results_of(booking, &past, &services, before, rng);
    Ok(SyntheticEvent {
        kind: booking.kind,
        title: title(booking)?,
        venue: booking.place.venue.code.clone(),
        teams: booking.teams.iter().map(|team| team.code.clone()).collect(),
        units: booking.units.clone(),
        officers: booking.officers.clone(),
        days: booking.days.clone(),
        services,
        host_programme: host_programme(district, booking, rng)?,
        request,
        state: fate.state,
        reporting: fate.reporting,
        reason: fate.reason.map(str::parse).transpose()?,
        notes: LABEL.parse()?,
        results,
    })
}

/// The days that have results: those before today of an event that was reported, and none of a briefing.
fn past_days(booking: &Booking<'_>, fate: Fate, today: NaiveDate) -> Vec<SyntheticDay> {
    if fate.reporting == "unreported" || booking.kind == "briefing" {
        return Vec::new();
    }
    booking.days.iter().filter(|day| day.date < today).cloned().collect()
}

fn title(booking: &Booking<'_>) -> Result<Name, Rule> {
    let venue = &booking.place.venue.name;
    match booking.kind {
        "counter" => format!("Loket IKD di {venue}").parse(),
        "briefing" => format!("Bimtek IKD perangkat desa di {venue}").parse(),
        _ => format!("Jemput bola {venue}").parse(),
    }
}

/// The services on offer; a briefing has none.
fn services(booking: &Booking<'_>, rng: &mut Rng) -> Vec<&'static str> {
    match (booking.kind, booking.place.traits.code) {
        ("briefing", _) => Vec::new(),
        ("counter", _) => vec!["activated", "ktp_printed"],
        (_, kind) => {
            let recording = booking.place.traits.recordings.1 > 0 && (kind == "school" || rng.chance(600));
            let printing = recording && rng.chance(300);
            let renewing = matches!(kind, "village_hall" | "neighbourhood") && rng.chance(350);
            let offered =
                [("activated", true), ("ktp_recorded", recording), ("ktp_printed", printing), ("kk_renewed", renewing)];
            offered.into_iter().filter(|(_, on)| *on).map(|(service, _)| service).collect()
        }
    }
}

fn request(booking: &Booking<'_>, today: NaiveDate, rng: &mut Rng) -> Result<Option<SyntheticRequest>, Rule> {
    if booking.kind != "outreach" || !rng.chance(350) {
        return Ok(None);
    }
    let latest = plus(today, -i64::from(rng.between(1, 6)));
    let received_on = plus(booking.first_day(), -i64::from(rng.between(7, 30))).min(latest);
    let number = rng.between(1, 480);
    Ok(Some(SyntheticRequest {
        by: booking.place.venue.contact_name.clone(),
        received_on,
        letter_number: format!("{number:03}/CONTOH/{}", received_on.format("%Y")).parse()?,
        expected: (booking.place.venue.eligible * rng.between(150, 700) / 1000).clamp(15, 400),
    }))
}

/// Some visits to villages ride on a programme of the host.
fn host_programme(district: &District, booking: &Booking<'_>, rng: &mut Rng) -> Result<Option<Name>, Rule> {
    let likely = if district.profile.slug == "tegal" { 250 } else { 60 };
    let rides = booking.kind == "outreach" && booking.place.traits.code == "village_hall" && rng.chance(likely);
    rides.then(|| "Kunjungan desa (contoh)".parse()).transpose()
}
