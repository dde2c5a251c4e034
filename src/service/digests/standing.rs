//! Stub until targets are merged.
use crate::domain::digest::Standing;
use crate::domain::permission::Action;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use chrono::NaiveDate;
pub fn standing<A: Action>(_: &mut Desk<'_, A>, _: NaiveDate) -> Result<Standing, ServiceError> {
    Ok(Standing::of(None, None))
}
