//! What paths name. What cannot be a name names nothing.

use crate::domain::id::EventId;
use crate::domain::text::Code;
use crate::service::ServiceError;

/// The event of a path.
pub fn event_id(text: &str) -> Result<EventId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}

/// The venue, team or unit of a path.
pub fn thing_code(text: &str) -> Result<Code, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}
