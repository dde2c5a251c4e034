//! What every use case stands on: the database, the clock, and the step from "who asks for which office" to a
//! transaction with a permit in hand.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::error::ServiceError;
use super::figures::RecordingFigures;
use super::guard::SignInGuard;
use super::mail_room::MailRoom;
use super::misses::MissGuard;
use super::set_up_code::SetUpCode;
use crate::domain::audit::Change;
use crate::domain::clock::Clock;
use crate::domain::office::Office;
use crate::domain::permission::{Action, Actor, OfficeScope, Permit, WidePermit};
use crate::domain::region::RegionCode;
use crate::domain::staff::Scope;
use crate::store::queries::{audit, health, offices};
use crate::store::{AnyConnection, Database};

/// The parts that use cases need; cheap to clone.
#[derive(Clone, Debug)]
pub struct Services {
    pub guard: Arc<SignInGuard>,
    /// Of calendar addresses.
    pub misses: Arc<MissGuard>,
    pub recording: Arc<RecordingFigures>,
    pub set_up: Arc<SetUpCode>,
    pub mail: Arc<MailRoom>,
    pub database: Database,
    pub clock: Clock,
}

/// Who asks, and under which request id the trail should remember it.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
    pub request_id: Option<String>,
}

impl Caller {
    /// A job or the command line.
    pub fn system(why: &'static str) -> Self {
        Self { actor: Actor::System(why), request_id: None }
    }
}

/// One use case at work in one office: its connection, its permit, its moment.
#[derive(Debug)]
pub struct Desk<'a, A: Action> {
    pub connection: &'a mut AnyConnection,
    pub permit: Permit<A>,
    pub now: DateTime<Utc>,
    /// How the installation is reached, and whom its letters come from.
    pub mail: &'a MailRoom,
    request_id: Option<&'a str>,
}

impl<A: Action> Desk<'_, A> {
    pub fn scope(&self) -> OfficeScope {
        self.permit.scope()
    }

    pub fn office(&self) -> &Office {
        self.permit.office()
    }

    pub fn today(&self) -> NaiveDate {
        self.office().today(self.now)
    }

    /// Puts a change into the office's audit trail, in the same transaction.
    pub fn record(&mut self, change: Change) -> Result<(), ServiceError> {
        self.record_all(vec![change])
    }

    /// As [`Desk::record`], for many changes in few statements.
    pub fn record_all(&mut self, changes: Vec<Change>) -> Result<(), ServiceError> {
        let by = |change: Change| change.by(self.permit.actor(), self.request_id, self.now);
        let records: Vec<_> = changes.into_iter().map(by).collect();
        Ok(audit::insert_audits(self.connection, self.permit.scope(), &records, self.now)?)
    }
}

/// A use case at work on what no single office owns.
#[derive(Debug)]
pub struct WideDesk<'a, A: Action> {
    pub connection: &'a mut AnyConnection,
    pub permit: WidePermit<A>,
    pub now: DateTime<Utc>,
    /// How the installation is reached, and whom its letters come from.
    pub mail: &'a MailRoom,
    request_id: Option<&'a str>,
}

impl<A: Action> WideDesk<'_, A> {
    /// Puts a change of what lies in `scope` into the audit trail of the installation. An office's own trail shows what
    /// is about that office alone.
    pub fn record(&mut self, scope: &Scope, change: Change) -> Result<(), ServiceError> {
        self.record_all(vec![(scope.clone(), change)])
    }

    /// As [`WideDesk::record`], for many changes in few statements.
    pub fn record_all(&mut self, changes: Vec<(Scope, Change)>) -> Result<(), ServiceError> {
        let by = |(scope, change): (Scope, Change)| (scope, change.by(self.permit.actor(), self.request_id, self.now));
        let records: Vec<_> = changes.into_iter().map(by).collect();
        Ok(audit::insert_wide_audits(self.connection, &records, self.now)?)
    }
}

impl Services {
    /// Whether the database takes writes now.
    ///
    /// # Errors
    /// [`ServiceError::Store`] if it does not.
    pub async fn check_ready(&self) -> Result<(), ServiceError> {
        let now = self.clock.now();
        self.database.write(move |connection| Ok(health::test_write(connection, now)?)).await
    }

    /// Takes the copies of what was just erased out of the database's file. The erasure itself stands also if that fails.
    pub async fn leave_no_copy(&self) {
        if let Err(error) = self.database.rewrite().await {
            tracing::warn!(error = ?error, "the database's file may still hold copies of what was erased");
        }
    }

    /// Reads in one office under a permit for `A`.
    pub async fn read_office<A: Action, T: Send + 'static>(
        &self,
        caller: &Caller,
        office: &RegionCode,
        query: impl FnOnce(&mut Desk<'_, A>) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let (caller, office, now) = (caller.clone(), office.clone(), self.clock.now());
        let mail = Arc::clone(&self.mail);
        self.database
            .read(move |connection| {
                let permit = grant(connection, &caller, &office)?;
                query(&mut Desk { connection, permit, now, mail: &mail, request_id: caller.request_id.as_deref() })
            })
            .await
    }

    /// Decides in one office under a permit for `A`, in one transaction. The decision may run more than once
    /// (see [`Database::write`]).
    pub async fn write_office<A: Action, T: Send + 'static>(
        &self,
        caller: &Caller,
        office: &RegionCode,
        decision: impl Fn(&mut Desk<'_, A>) -> Result<T, ServiceError> + Send + Sync + 'static,
    ) -> Result<T, ServiceError> {
        let (caller, office, now) = (caller.clone(), office.clone(), self.clock.now());
        let mail = Arc::clone(&self.mail);
        self.database
            .write(move |connection| {
                let permit = grant(connection, &caller, &office)?;
                decision(&mut Desk { connection, permit, now, mail: &mail, request_id: caller.request_id.as_deref() })
            })
            .await
    }

    /// Reads what no single office owns.
    pub async fn read_wide<A: Action, T: Send + 'static>(
        &self,
        caller: &Caller,
        query: impl FnOnce(&mut WideDesk<'_, A>) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let (caller, now, mail) = (caller.clone(), self.clock.now(), Arc::clone(&self.mail));
        self.database
            .read(move |connection| {
                let permit = WidePermit::grant(&caller.actor)?;
                query(&mut WideDesk { connection, permit, now, mail: &mail, request_id: caller.request_id.as_deref() })
            })
            .await
    }

    /// Decides on what no single office owns, in one transaction.
    pub async fn write_wide<A: Action, T: Send + 'static>(
        &self,
        caller: &Caller,
        decision: impl Fn(&mut WideDesk<'_, A>) -> Result<T, ServiceError> + Send + Sync + 'static,
    ) -> Result<T, ServiceError> {
        let (caller, now, mail) = (caller.clone(), self.clock.now(), Arc::clone(&self.mail));
        self.database
            .write(move |connection| {
                let permit = WidePermit::grant(&caller.actor)?;
                decision(&mut WideDesk {
                    connection,
                    permit,
                    now,
                    mail: &mail,
                    request_id: caller.request_id.as_deref(),
                })
            })
            .await
    }
}

fn grant<A: Action>(
    connection: &mut AnyConnection,
    caller: &Caller,
    office: &RegionCode,
) -> Result<Permit<A>, ServiceError> {
    let office = offices::find_office(connection, office)?.ok_or(ServiceError::NotFound)?;
    Ok(Permit::grant(&caller.actor, office)?)
}
