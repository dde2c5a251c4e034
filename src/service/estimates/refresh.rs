//! Keeping the stored estimates of all offices up to date, so that who reads a ranking seldom waits for it.

use super::office::{caller, look};
use crate::domain::id::JobId;
use crate::domain::job::{JobKind, NewJob};
use crate::domain::outcome::Outcome;
use crate::domain::permission::Read;
use crate::domain::region::RegionCode;
use crate::service::desk::{Desk, Services};
use crate::service::error::ServiceError;
use crate::service::jobs::enqueue;
use crate::store::queries::estimates::find_run;
use crate::store::reports::histories::{list_counted_services, read_mark};

impl Services {
    /// Brings the estimates of every service that the office counts up to today.
    pub async fn refresh_estimates(&self, office: &RegionCode) -> Result<(), ServiceError> {
        let services = self
            .read_office(&caller(), office, |desk: &mut Desk<'_, Read>| {
                Ok(list_counted_services(desk.connection, desk.scope())?)
            })
            .await?;
        for service in services {
            let look = move |desk: &mut Desk<'_, Read>| look(desk, service, None);
            let found = self.read_office(&caller(), office, look).await?;
            self.settle(office, found).await?;
        }
        Ok(())
    }

    /// Puts a refresh into the queue for each office whose estimates are of another day or another mark.
    pub async fn queue_estimates(&self) -> Result<(), ServiceError> {
        for office in self.list_offices(&caller()).await? {
            if !self.read_office(&caller(), &office.code, is_stale).await? {
                continue;
            }
            let id = JobId::new(self.clock.now());
            let queue = move |desk: &mut Desk<'_, Read>| {
                let (kind, dedupe) = (JobKind::RefreshEstimates, Some("estimates".to_owned()));
                enqueue(desk, &NewJob { id, kind, dedupe, payload: "{}".to_owned() })
            };
            self.write_office(&caller(), &office.code, queue).await?;
        }
        Ok(())
    }
}

/// Whether anything happened since activations were last estimated. An office that never counted any has nothing to estimate.
fn is_stale(desk: &mut Desk<'_, Read>) -> Result<bool, ServiceError> {
    let mark = read_mark(desk.connection, desk.scope())?;
    let run = find_run(desk.connection, desk.scope(), Outcome::Activated)?;
    Ok(match run {
        Some(run) => run.mark != mark || run.as_of != desk.today(),
        None => !list_counted_services(desk.connection, desk.scope())?.is_empty(),
    })
}
