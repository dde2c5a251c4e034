//! The brake on guessing passwords: so many tries a minute from one address, and for one login.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::error::ServiceError;
use crate::domain::text::Login;

/// Tries per minute; a burst of as many is allowed at once.
#[derive(Debug, Clone, Copy)]
pub struct SignInLimits {
    pub per_address: NonZeroU32,
    pub per_login: NonZeroU32,
}

/// Counts the tries of this process. Old counts are forgotten as new ones come.
#[derive(Debug)]
pub struct SignInGuard {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    logins: DefaultKeyedRateLimiter<Login>,
}

/// Above so many remembered keys those that are free again are dropped.
const REMEMBERED: usize = 10_000;

impl SignInGuard {
    pub fn new(limits: SignInLimits) -> Self {
        Self {
            addresses: RateLimiter::keyed(Quota::per_minute(limits.per_address)),
            logins: RateLimiter::keyed(Quota::per_minute(limits.per_login)),
        }
    }

    /// Counts one try.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`] with the seconds to wait.
    pub fn count(&self, address: Option<IpAddr>, login: &Login) -> Result<(), ServiceError> {
        if self.addresses.len() + self.logins.len() > REMEMBERED {
            self.addresses.retain_recent();
            self.logins.retain_recent();
        }
        let wait = |until: governor::NotUntil<_>| {
            let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs();
            ServiceError::TooMany { retry_after: seconds + 1 }
        };
        if let Some(address) = address {
            self.addresses.check_key(&address).map_err(wait)?;
        }
        self.logins.check_key(login).map_err(wait)
    }
}
