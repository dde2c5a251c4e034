//! How well the forecasts of an office would have done on its own data.

use super::histories::Histories;
use crate::domain::outcome::Outcome;
use crate::domain::permission::Read;
use crate::domain::ranking::{Backtest, backtest};
use crate::domain::region::RegionCode;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::reports::histories::HistoryFilter;

/// The outcome of a rolling-origin test on one service.
#[derive(Debug, Clone, PartialEq)]
pub struct TestedForecasts {
    pub office: RegionCode,
    pub service: Outcome,
    /// None if no month has enough visits before it.
    pub backtest: Option<Backtest>,
}

impl Services {
    /// Forecasts each of the last twelve months by what was known before it, and compares with what came.
    pub async fn backtest_forecasts(
        &self,
        caller: &Caller,
        office: &RegionCode,
        service: Outcome,
    ) -> Result<TestedForecasts, ServiceError> {
        let (office, histories) = self
            .read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
                let filter = HistoryFilter { service, to: desk.today(), kind: None };
                Ok((desk.office().code.clone(), Histories::read(desk, filter)?))
            })
            .await?;
        let work = move || backtest(&histories.of_venues);
        let backtest = tokio::task::spawn_blocking(work).await.map_err(ServiceError::internal)?;
        Ok(TestedForecasts { office, service, backtest })
    }
}
