//! Synthetic office-day totals of the counters: exact, approximate or a range, on days without a counter event.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::rule::Rule;

use super::days::ScenarioDays;
use super::district::District;
use super::history::{SyntheticEvent, SyntheticTotal};
use super::rng::Rng;

/// About one total in three weeks, up to yesterday.
pub fn build_totals(
    district: &District,
    days: &ScenarioDays,
    events: &[SyntheticEvent],
) -> Result<Vec<SyntheticTotal>, Rule> {
    let mut rng = Rng::named(&format!("{}/{}/totals", district.code(), days.today()));
    let counters = events.iter().filter(|event| event.kind == "counter");
    let taken: BTreeSet<NaiveDate> = counters.flat_map(|event| event.days.iter().map(|day| day.date)).collect();
    let free = days.all().take_while(|date| *date < days.today()).filter(|date| {
        days.is_usable(*date) && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !taken.contains(date)
    });
    let chosen: Vec<NaiveDate> = free.filter(|_| rng.chance(100)).collect();
    chosen.into_iter().map(|date| build_total(date, &mut rng)).collect()
}

fn build_total(date: NaiveDate, rng: &mut Rng) -> Result<SyntheticTotal, Rule> {
    let n = rng.around(40, 160);
    let tens = n / 10 * 10;
    let figure = match rng.below(100) {
        0..40 => n.to_string(),
        40..75 => format!("±{tens}"),
        _ => format!("{tens}-{}", tens + 10 * rng.between(1, 3)),
    };
    let venue_kind = rng.weighted(&[(None, 6), (Some("subdistrict_office"), 3), (Some("public_service_mall"), 1)]);
    let source = "Data sintetis: hitungan loket kantor (contoh)".parse()?;
    Ok(SyntheticTotal { date, channel: "counter", venue_kind, figure, source })
}
