//! The zones of Indonesia: how they are named in the tz database and on paper (WIB, WITA, WIT; Keppres 41/1987).
//! The country has no summer time, yet names are stored, never offsets.

use chrono_tz::Tz;

use super::rule::Rule;

const ZONES: [(Tz, &str); 4] = [
    (Tz::Asia__Jakarta, "WIB"),
    (Tz::Asia__Pontianak, "WIB"),
    (Tz::Asia__Makassar, "WITA"),
    (Tz::Asia__Jayapura, "WIT"),
];

/// A zone of Indonesia, by its name in the tz database.
pub fn parse_time_zone(text: &str) -> Result<Tz, Rule> {
    let known = ZONES.into_iter().map(|(zone, _)| zone).find(|zone| zone.name() == text.trim());
    known.ok_or_else(|| Rule::UnknownCode { allowed: ZONES.map(|(zone, _)| zone.name()).join(" | ") })
}

/// What people write behind an hour: WIB, WITA or WIT; the tz name for a zone outside the country.
pub fn abbreviation(zone: Tz) -> &'static str {
    ZONES.into_iter().find(|(known, _)| *known == zone).map_or_else(|| zone.name(), |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_zones_of_the_country_are_taken() {
        assert_eq!(parse_time_zone(" Asia/Makassar ").map(abbreviation), Ok("WITA"));
        assert_eq!(parse_time_zone("Asia/Jayapura").map(abbreviation), Ok("WIT"));
        assert_eq!(parse_time_zone("Asia/Pontianak").map(abbreviation), Ok("WIB"));
        for bad in ["WIB", "+07:00", "Asia/Singapore", "asia/jakarta", ""] {
            assert!(parse_time_zone(bad).is_err(), "{bad}");
        }
    }
}
