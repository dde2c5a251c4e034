//! The demonstration: five offices with their published facts and a synthetic year, loaded into an empty database. The
//! same date gives the same rows. The command line calls it; nothing else does.

mod bookings;
mod district;
mod goals;
mod readers;
mod registry;
mod results;
mod times;

use chrono::NaiveDate;

use self::district::DemoDistrict;
use super::desk::{Caller, Services, WideDesk};
use super::error::{Conflict, ServiceError};
use crate::domain::audit::Change;
use crate::domain::permission::{Administer, Permit, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::staff::{Password, Role, Scope};
use crate::domain::text::Login;
use crate::service::accounts;
use crate::service::files::{facts, seeds};
use crate::store::queries::{
    absences, claims, denominators, digest_subscriptions, events, observations, offices, results as ledger, targets,
    teams, totals, units, users, venues,
};

/// The password of every demonstration account. It is public: the demo serves this machine only.
pub const PASSWORD: &str = "peraga-jemput-bola";

/// An account that [`PASSWORD`] opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    pub office: RegionCode,
    pub role: Role,
    pub login: Login,
}

impl Services {
    /// Loads the five districts as of `today`, all or nothing.
    ///
    /// # Errors
    /// [`Conflict::InUse`] if the database already has an office: it is never added to.
    pub async fn load_demo(&self, caller: &Caller, today: NaiveDate) -> Result<(), ServiceError> {
        let now = self.clock.now();
        let prepared = tokio::task::spawn_blocking(move || {
            let (facts, regions) = (facts::published_facts()?, seeds::shipped_regions()?);
            let holidays = seeds::shipped_holidays(now)?;
            facts
                .iter()
                .map(|facts| district::prepare(facts, &regions, &holidays, today))
                .collect::<Result<Vec<_>, _>>()
        });
        let districts: Vec<DemoDistrict> = prepared.await.map_err(ServiceError::internal)??;
        let password: Password = PASSWORD.parse().map_err(ServiceError::internal)?;
        let hash = accounts::hash_password(password).await?;
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            if offices::any_office(desk.connection)? {
                return Err(ServiceError::Conflict(Conflict::InUse));
            }
            districts.iter().try_for_each(|district| insert_district(desk, district, &hash))?;
            desk.record(&Scope::NATION, Change::new("demo.loaded", "installation", "demo").with("today", today))
        })
        .await
    }

    /// The accounts that [`PASSWORD`] opens, by office and in the order in which the demo made them.
    pub async fn list_demo_accounts(&self, caller: &Caller) -> Result<Vec<DemoAccount>, ServiceError> {
        let found = self
            .read_wide(caller, |desk: &mut WideDesk<'_, Read>| {
                let offices = offices::list_offices(desk.connection, &desk.permit.reach())?;
                let mut found = Vec::new();
                for office in offices {
                    for (login, role, hash) in users::list_credentials_of(desk.connection, &office.code)? {
                        found.push((DemoAccount { office: office.code.clone(), role, login }, hash));
                    }
                }
                Ok(found)
            })
            .await?;
        // All accounts of one load share one hash, which is tried once.
        let (mut accounts, mut tried) = (Vec::new(), std::collections::BTreeMap::new());
        for (account, hash) in found.into_iter().filter(|(account, _)| registry::is_demo_login(&account.login)) {
            let opens = match tried.get(&hash) {
                Some(opens) => *opens,
                None => accounts::verify_password(hash.clone(), PASSWORD.to_owned()).await?,
            };
            tried.insert(hash, opens);
            accounts.extend(opens.then_some(account));
        }
        Ok(accounts)
    }
}

fn insert_district(
    desk: &mut WideDesk<'_, Administer>,
    district: &DemoDistrict,
    hash: &str,
) -> Result<(), ServiceError> {
    let (connection, made_at) = (&mut *desk.connection, district.made_at);
    offices::insert_office(connection, &district.office, made_at)?;
    let scope = Permit::<Plan>::grant(desk.permit.actor(), district.office.clone())?.scope();
    let registry = &district.registry;
    users::insert_users(connection, &registry.users, Some(hash), made_at)?;
    units::insert_units(connection, scope, &registry.units, made_at)?;
    teams::insert_teams(connection, scope, &registry.teams, made_at)?;
    absences::insert_absences(connection, scope, &registry.absences, made_at)?;
    venues::insert_venues(connection, scope, &registry.venues, made_at)?;
    totals::insert_totals(connection, scope, &district.totals, None, made_at)?;
    let goals = &district.goals;
    targets::insert_targets(connection, scope, &goals.targets, None, made_at)?;
    denominators::insert_denominators(connection, scope, &goals.denominators, None, made_at)?;
    observations::insert_observations(connection, scope, &goals.observations, None, made_at)?;
    for subscription in &district.subscriptions {
        digest_subscriptions::insert_subscription(connection, scope, subscription, made_at)?;
    }
    let booked = &district.bookings;
    events::insert_reported_events(connection, scope, &booked.events, &booked.efforts, &booked.approximate, None)?;
    if claims::insert_claims(connection, scope, &booked.claims)? != booked.claims.len() {
        return Err(ServiceError::internal("two events of the demo claim the same"));
    }
    ledger::insert_entries(connection, scope, &district.results.entries)?;
    ledger::add_to_day_counts(connection, scope, &district.results.day_counts)?;
    Ok(())
}
