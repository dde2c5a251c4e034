//! Numbers of instance files. Nothing in them may be larger than 10^9 either way; a larger one is refused where it stands.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// The largest magnitude of any number in a file.
const MAX: i64 = 1_000_000_000;
const MAX_FLOAT: f64 = 1e9;

/// A whole number within ±10^9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole(pub i32);

/// A whole number from 0 to 10^9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub u32);

/// Any number within ±10^9: only for people, so it is checked and forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure;

struct WholeVisitor {
    min: i64,
    words: &'static str,
}

impl Visitor<'_> for WholeVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        let within = (self.min..=MAX).contains(&value);
        within.then_some(value).ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        let small = i64::try_from(value).ok().filter(|value| *value <= MAX);
        small.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = from.deserialize_i64(WholeVisitor { min: -MAX, words: "a whole number from -10^9 to 10^9" })?;
        i32::try_from(value).map(Self).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = from.deserialize_i64(WholeVisitor { min: 0, words: "a whole number from 0 to 10^9" })?;
        u32::try_from(value).map(Self).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(from)?;
        let expected = "a number from -10^9 to 10^9";
        if value.abs() <= MAX_FLOAT {
            Ok(Self)
        } else {
            Err(D::Error::invalid_value(Unexpected::Float(value), &expected))
        }
    }
}

impl Count {
    /// As an index or a length.
    pub fn size(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}
