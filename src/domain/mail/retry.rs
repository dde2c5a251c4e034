//! What becomes of a letter after a try that failed. A refusal is final; everything else is tried again at growing
//! intervals until the letter has become pointless, so that a server that is away for a weekend loses nothing.

use chrono::{DateTime, TimeDelta, Utc};

use super::MailFault;
use crate::domain::id::MailId;

/// What to do with a letter that did not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    TryAgain(DateTime<Utc>),
    GiveUp(MailFault),
}

/// Minutes until the second, third, … try; the last one repeats.
const MINUTES: [i64; 5] = [1, 5, 15, 60, 240];

/// Judges the failure `fault` of try number `tries` (from 1) at `now`; the letter is of use until `expires_at`.
pub fn judge(fault: MailFault, tries: i64, letter: MailId, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Verdict {
    match fault {
        MailFault::Refused | MailFault::Broken | MailFault::Expired => Verdict::GiveUp(fault),
        _ => match now + wait(tries, letter) {
            next if next < expires_at => Verdict::TryAgain(next),
            _ => Verdict::GiveUp(fault),
        },
    }
}

/// The wait after try number `tries`, longer by up to a fifth, so that letters that failed together do not come back
/// together. The fifth is told by the random end of the letter's id: the same letter and try wait the same time.
fn wait(tries: i64, letter: MailId) -> TimeDelta {
    let place = usize::try_from(tries - 1).unwrap_or_default();
    let minutes = MINUTES.get(place).or(MINUTES.last()).copied().unwrap_or(1);
    let [.., a, b] = *letter.0.as_bytes();
    let random = i64::from(u16::from_be_bytes([a, b]).rotate_left(u32::try_from(tries).unwrap_or_default() % 16));
    let milliseconds = minutes * 60_000;
    TimeDelta::milliseconds(milliseconds + milliseconds * random / (5 * 65_536))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn letter(end: u128) -> MailId {
        MailId(uuid::Uuid::from_u128(end))
    }

    #[test]
    fn waits_grow_as_documented_and_the_last_one_repeats() {
        let waits: Vec<i64> = (1..=7).map(|tries| wait(tries, letter(0)).num_minutes()).collect();
        assert_eq!(waits, [1, 5, 15, 60, 240, 240, 240]);
    }

    #[test]
    fn a_refusal_is_final_and_a_deferral_is_not() {
        let (now, later) = (at("2026-11-21T02:00:00Z"), at("2026-11-25T02:00:00Z"));
        assert_eq!(
            judge(MailFault::Refused, 1, letter(1), now, later),
            Verdict::GiveUp(MailFault::Refused),
            "a 5xx is dead at once"
        );
        let again = judge(MailFault::Deferred, 1, letter(0), now, later);
        assert_eq!(again, Verdict::TryAgain(at("2026-11-21T02:01:00Z")));
    }

    #[test]
    fn nobody_tries_again_when_the_letter_would_come_too_late() {
        let (now, end) = (at("2026-11-21T02:00:00Z"), at("2026-11-21T03:00:00Z"));
        assert!(matches!(judge(MailFault::Timeout, 3, letter(9), now, end), Verdict::TryAgain(_)));
        assert_eq!(judge(MailFault::Timeout, 4, letter(9), now, end), Verdict::GiveUp(MailFault::Timeout));
    }

    proptest! {
        #[test]
        fn jitter_lengthens_a_wait_by_less_than_a_fifth(end in any::<u128>(), tries in 1_i64..40) {
            let (shortest, actual) = (wait(tries, letter(0)), wait(tries, letter(end)));
            prop_assert!(actual >= shortest && actual < shortest * 6 / 5 + TimeDelta::milliseconds(1));
        }
    }
}
