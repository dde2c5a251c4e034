//! Where the office stands on the digest's day: the pace that the page of targets shows, as far as a letter tells it.

use chrono::NaiveDate;

use crate::domain::digest::Standing;
use crate::domain::observation::ObservationKind;
use crate::domain::permission::Action;
use crate::domain::rule::FieldError;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::targets::report_pace;

/// The standing of the desk's office as of `on`.
pub fn standing<A: Action>(desk: &mut Desk<'_, A>, on: NaiveDate) -> Result<Standing, ServiceError> {
    // It names the day as the page of targets does.
    let report = report_pace(desk, on).map_err(named_on)?;
    let mut of_office = report.observations.iter().filter(|observation| {
        observation.details.kind != ObservationKind::Day && observation.details.scope == report.office.code
    });
    Ok(Standing::of(report.main(), of_office.next_back()))
}

/// A letter's day is its `on`.
pub fn named_on(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Invalid(errors) => {
            ServiceError::Invalid(errors.into_iter().map(|error| FieldError::new("on", error.rule)).collect())
        }
        other => other,
    }
}
