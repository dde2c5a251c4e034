//! The brake on guessing what an address of its own keeps secret, such as a calendar: so many wrong ones a minute from one
//! place. Right ones are never counted, for one address may stand for a whole office, or for everybody's calendar program.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::error::ServiceError;

/// How long wrong ones are remembered from the first one on.
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// Above so many remembered places those whose minute is over are dropped.
const REMEMBERED: usize = 10_000;

/// Counts the wrong ones that this process has seen.
#[derive(Debug)]
pub struct MissGuard {
    most: u32,
    places: Mutex<HashMap<IpAddr, Misses>>,
}

#[derive(Debug, Clone, Copy)]
struct Misses {
    since: DateTime<Utc>,
    count: u32,
}

impl MissGuard {
    pub fn new(most: NonZeroU32) -> Self {
        Self { most: most.get(), places: Mutex::default() }
    }

    /// To be asked before anything is looked up, so that a guesser learns nothing more.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`] with the seconds to wait.
    pub fn check(&self, address: Option<IpAddr>, now: DateTime<Utc>) -> Result<(), ServiceError> {
        let Some(place) = address.map(place_of) else { return Ok(()) };
        let left = self.places().get(&place).filter(|misses| misses.count >= self.most).map(|misses| misses.left(now));
        match left.map(|left| u64::try_from(left.num_seconds())) {
            Some(Ok(seconds)) if seconds > 0 => Err(ServiceError::TooMany { retry_after: seconds }),
            _ => Ok(()),
        }
    }

    /// Counts a wrong one.
    pub fn count(&self, address: Option<IpAddr>, now: DateTime<Utc>) {
        let Some(place) = address.map(place_of) else { return };
        let mut places = self.places();
        if places.len() >= REMEMBERED {
            places.retain(|_, misses| misses.left(now) > TimeDelta::zero());
        }
        let misses = places.entry(place).or_insert(Misses { since: now, count: 0 });
        if misses.left(now) <= TimeDelta::zero() {
            *misses = Misses { since: now, count: 0 };
        }
        misses.count = misses.count.saturating_add(1);
    }

    /// Counts stay true whatever became of a thread that held them.
    fn places(&self) -> MutexGuard<'_, HashMap<IpAddr, Misses>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Misses {
    fn left(self, now: DateTime<Utc>) -> TimeDelta {
        self.since + WINDOW - now
    }
}

/// Whoever has one address of IPv6 has all of its 64-bit network.
fn place_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u32) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(second.into())
    }

    fn miss(guard: &MissGuard, place: &str, second: u32) {
        guard.count(Some(place.parse().unwrap()), at(second));
    }

    fn guard(most: u32) -> MissGuard {
        MissGuard::new(NonZeroU32::new(most).unwrap())
    }

    fn wait(guard: &MissGuard, place: &str, second: u32) -> Option<u64> {
        match guard.check(Some(place.parse().unwrap()), at(second)) {
            Err(ServiceError::TooMany { retry_after }) => Some(retry_after),
            other => other.map(|()| None).unwrap(),
        }
    }

    #[test]
    fn as_many_as_allowed_are_answered_and_then_one_waits_for_the_rest_of_the_minute() {
        let guard = guard(2);
        miss(&guard, "192.0.2.1", 0);
        assert_eq!(wait(&guard, "192.0.2.1", 10), None);
        miss(&guard, "192.0.2.1", 10);
        assert_eq!(wait(&guard, "192.0.2.1", 20), Some(40));
        assert_eq!(wait(&guard, "192.0.2.2", 20), None, "others are not concerned");
        assert_eq!(wait(&guard, "192.0.2.1", 60), None);
        miss(&guard, "192.0.2.1", 61);
        assert_eq!(wait(&guard, "192.0.2.1", 62), None, "a new minute counts from nothing");
    }

    #[test]
    fn another_address_of_the_same_network_is_the_same_place() {
        let guard = guard(1);
        miss(&guard, "2001:db8:1:2::1", 0);
        assert_eq!(wait(&guard, "2001:db8:1:2:ffff::9", 1), Some(59));
        assert_eq!(wait(&guard, "2001:db8:1:3::1", 1), None);
        miss(&guard, "::ffff:192.0.2.7", 0);
        assert_eq!(wait(&guard, "192.0.2.7", 1), Some(59));
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let guard = guard(1);
        for n in 0..u32::try_from(REMEMBERED).unwrap() {
            guard.count(Some(std::net::Ipv4Addr::from_bits(n).into()), at(0));
        }
        miss(&guard, "192.0.2.1", 60);
        assert_eq!(guard.places().len(), 1);
    }
}
