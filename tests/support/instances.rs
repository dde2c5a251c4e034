//! Instance files of the planner for tests and benches: towns with markets, schools and halls around a few bases.
//! The same seed gives the same file.

use serde_json::{Value, json};

/// How large a generated instance is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub days: u64,
    pub teams: u64,
    pub venues: u64,
    pub areas: u64,
}

/// Kinds of venues: name, gain of a first visit from and to, share that a next visit brings, gap, visits, chance of an open day
/// in 100.
const KINDS: [(&str, u64, u64, u64, u64, u64, u64); 4] = [
    ("school", 3_000, 11_000, 65, 21, 3, 45),
    ("market", 2_000, 7_000, 90, 10, 6, 25),
    ("village_hall", 1_500, 6_000, 80, 14, 4, 55),
    ("company", 4_000, 15_000, 60, 28, 2, 10),
];

/// An instance `jbplan-1`.
pub fn instance(seed: u64, size: Size) -> Value {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let teams: Vec<Value> = (0..size.teams).map(|team| self::team(&mut dice, team, size)).collect();
    let venues: Vec<Value> = (0..size.venues).map(|venue| self::venue(&mut dice, venue, size)).collect();
    let floor = size.days * size.teams / size.areas / 8;
    let kecamatan: Vec<Value> =
        (0..size.areas).map(|area| json!({"id": format!("K{area}"), "min_visits": floor})).collect();
    json!({
        "format": "jbplan-1", "name": format!("generated-{seed}"), "unit": "centi-activation", "start": "2026-02-02",
        "days": size.days, "holidays": [], "kecamatan": kecamatan, "shortfall_penalty": 6_000,
        "teams": teams, "venues": venues, "fixed": [],
    })
}

fn team(dice: &mut Dice, team: u64, size: Size) -> Value {
    let duty = |day: u64, dice: &mut Dice| match day % 7 {
        5 | 6 => '2',
        _ if dice.below(30) == 0 => '0',
        _ => '1',
    };
    let days: String = (0..size.days).map(|day| duty(day, dice)).collect();
    json!({"id": format!("T{team}"), "base": [team % 3, team % 5], "capacity": 60 + dice.below(100),
           "max_travel_min": 90, "days": days, "overtime_max": size.days / 15})
}

fn venue(dice: &mut Dice, venue: u64, size: Size) -> Value {
    let (kind, low, high, next, gap, visits, chance) = KINDS[usize::try_from(dice.below(4)).unwrap()];
    let open: Vec<u64> = (0..size.days).filter(|day| day % 7 != 6 && dice.below(100) < chance).collect();
    let best = low + dice.below(high - low);
    let near: Vec<u64> = (0..size.teams).filter(|team| !(team + venue).is_multiple_of(3)).collect();
    let mut reach = Vec::new();
    for team in near {
        let mut gain = best * (50 + dice.below(50)) / 100;
        let mut gains = Vec::new();
        for _ in 0..visits {
            gains.push(gain);
            gain = gain * next / 100;
        }
        reach.push(json!({"team": team, "travel_min": 10 + dice.below(60), "gain": gains}));
    }
    json!({"id": format!("V{venue}"), "kind": kind, "kecamatan": venue % size.areas, "xy": [0.5, 1.5], "eligible": 900,
           "yield_shape": 4.0, "yield_mean": 50.0, "min_gap_days": gap, "max_visits": visits, "last_visit": null,
           "open": open, "reach": reach})
}

/// Numbers from a seed (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }
}
