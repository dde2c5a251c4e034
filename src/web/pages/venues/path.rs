//! The venue of a path.

use crate::domain::text::Code;
use crate::service::ServiceError;

/// What is no code is no venue.
pub fn venue_code(text: &str) -> Result<Code, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound)
}
