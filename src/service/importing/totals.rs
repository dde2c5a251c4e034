//! Office-day totals from a file: named by date, channel and kind of venue. Where the file says something new of such a day,
//! all that it says takes the place of what is stored.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::audit::Change;
use crate::domain::lock::is_locked;
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::{Action, Plan};
use crate::domain::rule::Rule;
use crate::domain::total::{Channel, OfficeTotal, TotalDetails};
use crate::domain::venue::VenueKind;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::totals::TotalFile;
use crate::service::files::{ImportReport, Numbered};
use crate::store::queries::{locks, totals as store, venues};

type Key = (NaiveDate, Channel, Option<VenueKind>);

fn key(details: &TotalDetails) -> Key {
    (details.date, details.channel, details.venue_kind)
}

pub fn save(desk: &mut Desk<'_, Plan>, file: &TotalFile) -> Result<ImportReport, ServiceError> {
    // One import at a time decides what is stored already.
    venues::lock_venues(desk.connection, desk.scope())?;
    let stored = list_all(desk)?;
    let mut by_key = BTreeMap::<Key, Vec<&OfficeTotal>>::new();
    for total in &stored {
        by_key.entry(key(&total.details)).or_default().push(total);
    }
    let rows = check(desk, file, &by_key)?;
    let (mut new, mut trail) = (Vec::new(), Vec::new());
    for Numbered { value: total, .. } in &rows {
        let known = by_key.get(&key(&total.details)).map(Vec::as_slice).unwrap_or_default();
        if known.iter().any(|known| known.details == total.details) {
            continue;
        }
        let action = if known.is_empty() { "total.added" } else { "total.corrected" };
        trail.push(Change::new(action, "total", total.id).with("date", total.details.date));
        new.push(total.clone());
    }
    let changed = new.iter().filter(|total| by_key.contains_key(&key(&total.details))).count();
    let renewed: BTreeSet<Key> = new.iter().map(|total| key(&total.details)).collect();
    let is_said = |known: &OfficeTotal| rows.iter().any(|row| row.value.details == known.details);
    let gone = renewed.iter().filter_map(|key| by_key.get(key)).flatten().filter(|known| !is_said(known));
    for total in gone {
        store::withdraw_total(desk.connection, desk.scope(), total.id, desk.now)?;
    }
    let by = desk.permit.actor().user_id();
    store::insert_totals(desk.connection, desk.scope(), &new, by, desk.now)?;
    desk.record_all(trail)?;
    Ok(ImportReport::of(rows.len(), new.len() - changed, changed))
}

/// The rows as totals, if none of them breaks a rule. A locked period takes no other figure.
fn check(
    desk: &mut Desk<'_, Plan>,
    file: &TotalFile,
    stored: &BTreeMap<Key, Vec<&OfficeTotal>>,
) -> Result<Vec<Numbered<OfficeTotal>>, ServiceError> {
    let locks = locks::list_locks_in_force(desk.connection, desk.scope())?;
    let (mut rows, mut errors, today) = (Vec::new(), file.errors.clone(), desk.today());
    for Numbered { line, value } in &file.rows {
        match value.input.clone().check(today) {
            Ok(details) => {
                let known = stored.get(&key(&details)).is_some_and(|known| known.iter().any(|k| k.details == details));
                if !known && is_locked(&locks, details.date) {
                    errors.push(*line, "date", Rule::PeriodLocked { date: details.date.to_string() });
                }
                rows.push(Numbered { line: *line, value: OfficeTotal { id: value.id, details } });
            }
            Err(broken) => errors.push_row(*line, &broken),
        }
    }
    errors.refuse_repeated(&rows, "", |total| {
        let TotalDetails { figure, source, .. } = &total.details;
        (key(&total.details), figure.to_string(), source.clone())
    });
    Ok(errors.finish(rows)?)
}

/// Every total that is not withdrawn, by key; of the same key in the order in which they were entered.
pub fn list_all<A: Action>(desk: &mut Desk<'_, A>) -> Result<Vec<OfficeTotal>, ServiceError> {
    let (mut all, mut after, filter) = (Vec::new(), None, store::TotalFilter::default());
    loop {
        let cut = Cut::new(LIMIT_MAX, after);
        let page = store::list_totals(desk.connection, desk.scope(), &filter, &cut)?;
        after = page.items.last().map(OfficeTotal::key);
        all.extend(page.items);
        if !page.more {
            break;
        }
    }
    all.sort_by_key(|total| key(&total.details));
    Ok(all)
}
