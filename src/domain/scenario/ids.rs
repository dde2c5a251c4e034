//! Ids of the scenario's rows: UUIDs of version 7 like all others, drawn from the scenario's own source of chance, so
//! that the same date gives the same rows to the last byte. Called by the demo; real rows take theirs from `domain::id`.

use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

use super::rng::Rng;

/// A stream of ids under a name such as `33.03/2026-11-21/events`.
#[derive(Debug, Clone)]
pub struct ScenarioIds {
    rng: Rng,
}

impl ScenarioIds {
    pub fn named(name: &str) -> Self {
        Self { rng: Rng::named(&format!("{name}/ids")) }
    }

    /// The next id, as if made at `at`.
    pub fn next_at(&mut self, at: DateTime<Utc>) -> Uuid {
        let (high, low) = (self.rng.next_u64().to_be_bytes(), self.rng.next_u64().to_be_bytes());
        let mut chance = [0_u8; 10];
        for (byte, drawn) in chance.iter_mut().zip(high.into_iter().chain(low)) {
            *byte = drawn;
        }
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &chance).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_the_same_ids_of_version_seven_in_the_order_of_time() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let draw = |name: &str| {
            let mut ids = ScenarioIds::named(name);
            [ids.next_at(at("2026-11-21T02:00:00Z")), ids.next_at(at("2026-11-21T02:00:00.001Z"))]
        };
        let [first, second] = draw("33.03/events");
        assert_eq!([first, second], draw("33.03/events"));
        assert_ne!([first, second], draw("33.28/events"));
        assert!(first < second && first.get_version_num() == 7);
    }
}
