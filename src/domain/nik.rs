//! The guard that keeps citizens' numbers out: recognises what looks like a NIK (nomor induk kependudukan) in a text.
//! Called by every free text of [`super::text`]; dates, phone numbers and the 18-digit NIP of staff pass.

use unicode_normalization::UnicodeNormalization;

/// Length of a NIK: six digits of region, six of birth date (day + 40 for women), four of sequence
/// (Permendagri 95/2019; UU 23/2006 article 13).
const NIK_LENGTH: usize = 16;

/// The two-digit codes of the 38 provinces (Kepmendagri 300.2.2-2430/2025).
const PROVINCES: [std::ops::RangeInclusive<u32>; 7] = [11..=19, 21..=21, 31..=36, 51..=53, 61..=65, 71..=76, 81..=82];
const PAPUA: std::ops::RangeInclusive<u32> = 91..=96;

/// True if `text` holds a run of exactly 16 digits, written together or in groups, that could be a NIK.
pub fn looks_like_nik(text: &str) -> bool {
    let text: Vec<char> = text.nfkc().filter(|c| !is_invisible(*c)).collect();
    runs(&text, 0).chain(runs(&text, MAX_GAP)).any(|digits| is_nik(&digits))
}

/// Separators that may stand between two groups of one number: at most this many characters.
const MAX_GAP: usize = 3;

/// Whatever is no letter separates.
fn is_separator(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Marks that take no room: soft hyphen, zero-width characters, turns of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The zeros of other scripts whose ten digits follow each other: Arabic, Persian, Devanagari, Bengali, Thai, Khmer,
/// Balinese, Sundanese, Javanese. Full-width digits are plain ones by now.
const ZEROS: [u32; 9] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x17e0, 0x1b50, 0x1bb0, 0xa9d0];

fn digit(c: char) -> Option<u32> {
    let of_script = |zero: &u32| u32::from(c).checked_sub(*zero).filter(|digit| *digit < 10);
    c.to_digit(10).or_else(|| ZEROS.iter().find_map(of_script))
}

/// The maximal runs of digits with at most `gap` separators between neighbours.
fn runs(text: &[char], gap: usize) -> impl Iterator<Item = Vec<u32>> {
    let mut found: Vec<Vec<u32>> = Vec::new();
    let mut since_digit: Option<usize> = None;
    for c in text {
        if let Some(digit) = digit(*c) {
            match (since_digit, found.last_mut()) {
                (Some(between), Some(run)) if between <= gap => run.push(digit),
                _ => found.push(vec![digit]),
            }
            since_digit = Some(0);
        } else if is_separator(*c) {
            since_digit = since_digit.map(|n| n + 1);
        } else {
            since_digit = None;
        }
    }
    found.into_iter()
}

fn is_nik(digits: &[u32]) -> bool {
    let pair = |at: usize| digits.get(at).zip(digits.get(at + 1)).map_or(0, |(tens, ones)| tens * 10 + ones);
    let province = pair(0);
    let known = PROVINCES.iter().any(|range| range.contains(&province)) || PAPUA.contains(&province);
    let (day, month) = (pair(6), pair(8));
    digits.len() == NIK_LENGTH
        && known
        && ((1..=31).contains(&day) || (41..=71).contains(&day))
        && (1..=12).contains(&month)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The phone has the same guard in a script of its own, which the suite holds against the same cases.
    const CASES: &str = include_str!("../../tests/support/nik_cases.json");

    #[derive(serde::Deserialize)]
    struct Cases {
        refused: Vec<String>,
        passed: Vec<String>,
    }

    #[test]
    fn sixteen_digits_with_a_birth_date_are_refused_however_they_are_grouped() {
        let cases: Cases = serde_json::from_str(CASES).unwrap();
        for nik in cases.refused {
            assert!(looks_like_nik(&nik), "{nik}");
        }
    }

    #[test]
    fn what_staff_write_every_day_passes() {
        let cases: Cases = serde_json::from_str(CASES).unwrap();
        for text in cases.passed {
            assert!(!looks_like_nik(&text), "{text}");
        }
    }
}
