//! The zone that a payload names.

use std::str::FromStr;

use chrono_tz::Tz;

use super::error::RenderError;

/// The zone with a name such as Asia/Jakarta.
pub fn find_zone(name: &str) -> Result<Tz, RenderError> {
    Tz::from_str(name).map_err(|_| RenderError::Zone(name.to_owned()))
}
