//! One district of the demo, made ready to be written: facts and synthetic year as rows of the domain.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::bookings::{Bookings, book};
use super::goals::{Goals, goals};
use super::readers::subscriptions;
use super::registry::{Registry, broken, register};
use super::results::{Results, count};
use super::times::start_of;
use crate::domain::calendar::Holiday;
use crate::domain::digest::DigestSubscription;
use crate::domain::id::{OfficeId, TotalId};
use crate::domain::office::Office;
use crate::domain::region::Region;
use crate::domain::scenario::{District, PROFILES, ScenarioDays, ScenarioIds, SyntheticHistory, synthesize};
use crate::domain::text::Name;
use crate::domain::total::{OfficeTotal, TotalDetails};
use crate::service::error::ServiceError;
use crate::service::files::facts::DistrictFacts;

/// Everything of one office.
#[derive(Debug)]
pub struct DemoDistrict {
    pub office: Office,
    /// When the rows say that they were made: the first moment of the demo's day.
    pub made_at: DateTime<Utc>,
    pub registry: Registry,
    pub bookings: Bookings,
    pub results: Results,
    pub totals: Vec<OfficeTotal>,
    pub goals: Goals,
    /// Who receives digests.
    pub subscriptions: Vec<DigestSubscription>,
}

/// Makes the district's rows as of `today`.
///
/// # Errors
/// [`ServiceError::Internal`] if shipped facts and generator do not fit together, which a test rules out.
pub fn prepare(
    facts: &DistrictFacts,
    regions: &[Region],
    holidays: &[Holiday],
    today: NaiveDate,
) -> Result<DemoDistrict, ServiceError> {
    let profile = PROFILES.iter().find(|profile| profile.code == facts.code.as_str());
    let profile = profile.ok_or_else(|| ServiceError::internal("a district without a profile"))?;
    let named = regions.iter().filter(|region| facts.code.contains(&region.code));
    let named = named.map(|region| Ok((region.code.clone(), region.name.parse::<Name>().map_err(broken)?)));
    let named = named.collect::<Result<Vec<_>, ServiceError>>()?;
    let district = District::new(profile, &named).map_err(broken)?;
    let days = ScenarioDays::new(today, days_off(facts, holidays), campaigns(facts));
    let history = synthesize(&district, &days).map_err(broken)?;
    // Rows that are older than the year itself are made on its first day.
    let (made_at, registered_at) = (start_of(facts.time_zone, today), start_of(facts.time_zone, days.first()));
    let mut ids = ScenarioIds::named(&format!("{}/{today}", facts.code));
    let office = Office {
        id: OfficeId(ids.next_at(registered_at)),
        code: facts.code.clone(),
        name: facts.name.clone(),
        time_zone: facts.time_zone,
    };
    let registry = register(&office, facts, &history, registered_at, &mut ids)?;
    let bookings = book(&office, facts, &history, &registry, today, &mut ids)?;
    let results = count(&office, &history, &registry, &bookings, &mut ids)?;
    let totals = totals(facts, &history, &mut ids)?;
    let goals = goals(facts, made_at, &mut ids);
    let subscriptions = subscriptions(&office, &registry.users, holidays, made_at, &mut ids)?;
    Ok(DemoDistrict { office, made_at, registry, bookings, results, totals, goals, subscriptions })
}

fn days_off(facts: &DistrictFacts, holidays: &[Holiday]) -> BTreeSet<NaiveDate> {
    holidays.iter().filter(|holiday| holiday.applies_to(&facts.code)).map(|holiday| holiday.date).collect()
}

fn campaigns(facts: &DistrictFacts) -> Vec<std::ops::RangeInclusive<NaiveDate>> {
    facts.campaigns().map(|window| window.first()..=window.last()).collect()
}

fn totals(
    facts: &DistrictFacts,
    history: &SyntheticHistory,
    ids: &mut ScenarioIds,
) -> Result<Vec<OfficeTotal>, ServiceError> {
    let synthetic = history.totals.iter().map(|total| {
        Ok(TotalDetails {
            date: total.date,
            channel: total.channel.parse()?,
            venue_kind: total.venue_kind.map(str::parse).transpose()?,
            figure: total.figure.parse()?,
            source: total.source.as_str().parse()?,
        })
    });
    let all = facts.totals.iter().cloned().map(Ok).chain(synthetic);
    let all = all.map(|details| {
        let details: TotalDetails = details.map_err(broken)?;
        Ok(OfficeTotal { id: TotalId(ids.next_at(start_of(facts.time_zone, details.date))), details })
    });
    all.collect()
}
