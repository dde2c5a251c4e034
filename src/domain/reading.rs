//! The reading check: a bare share can be a share of a denominator or of a target. Each reading is worked out as far as it
//! goes, so that a person can choose; a reading that needs more people than there are is impossible.

use chrono::NaiveDate;

use super::code::codes;
use super::denominator::{Denominator, DenominatorKind, REGENCY_MAX, holding};
use super::number::Percent;
use super::observation::ShareBase;
use super::pace::{Amount, Share};
use super::target::{Goal, TargetDetails};

codes! {
    /// What is to be said of a reading.
    pub enum Verdict {
        /// It agrees with a count that is known.
        Fits = "fits",
        /// Nothing speaks against it.
        Possible = "possible",
        /// It does not agree with a count that is known.
        Contradicts = "contradicts",
        /// It needs more people than there are.
        Impossible = "impossible",
    }
}

/// A share that somebody wrote, and what else is known.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    pub share: Percent,
    /// The people that the same source tells of.
    pub count: Option<Amount>,
    pub as_of: NaiveDate,
    /// The target that the share may be about.
    pub target: Option<&'a TargetDetails>,
    pub denominators: &'a [Denominator],
}

/// One way to read a share.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub base: ShareBase,
    /// Of the denominator.
    pub of_denominator: Option<Share>,
    pub of_target: Option<Share>,
    /// How many people activated.
    pub people: Option<Amount>,
    /// How many people the denominator must then hold, or holds.
    pub denominator: Option<Amount>,
    /// What the target then is.
    pub target: Option<Amount>,
    pub verdict: Verdict,
}

/// Every reading that somebody must choose between: of the target, and of its denominator or of those that are known. None
/// where neither is known: then the share is of something that its source does not state.
pub fn readings(claim: &Claim<'_>) -> Vec<Reading> {
    let own = claim.target.and_then(|target| target.denominator);
    let given = DenominatorKind::ALL.iter().copied();
    let known = given.filter(|kind| Some(*kind) == own || holding(claim.denominators, *kind, claim.as_of).is_some());
    let of_target = claim.target.map(|target| of_target(claim, target));
    of_target.into_iter().chain(known.map(|kind| of_denominator(claim, kind))).collect()
}

/// The reading that somebody chose.
pub fn reading(claim: &Claim<'_>, base: ShareBase) -> Option<Reading> {
    match (base.denominator(), base, claim.target) {
        (Some(kind), _, _) => Some(of_denominator(claim, kind)),
        (None, ShareBase::Target, Some(target)) => Some(of_target(claim, target)),
        _ => None,
    }
}

fn of_target(claim: &Claim<'_>, target: &TargetDetails) -> Reading {
    let implied = claim.count.and_then(|count| count.is_share(claim.share));
    let known = target.denominator.and_then(|kind| known(claim, kind));
    let (goal, denominator) = match target.goal {
        Goal::Value(value) => (Some(Amount::exact(value)), known),
        Goal::Share(share) => {
            let denominator = known.or_else(|| implied.and_then(|goal| whole_of(goal, share)));
            (known.map(|known| known.reached_by(share)).or(implied), denominator)
        }
    };
    let of_denominator = match target.goal {
        Goal::Share(share) => Some(Share::given(claim.share).times(share)),
        Goal::Value(_) => goal.zip(denominator).and_then(|(goal, whole)| goal.part(claim.share).share_of(whole)),
    };
    let counted = goal.map(|goal| goal.part(claim.share));
    let told = counted.filter(|_| implied.is_none() || goal != implied);
    Reading {
        base: ShareBase::Target,
        of_denominator,
        of_target: Some(Share::given(claim.share)),
        people: claim.count.or(counted),
        denominator,
        target: goal,
        verdict: verdict(claim, told, denominator, of_denominator),
    }
}

fn of_denominator(claim: &Claim<'_>, kind: DenominatorKind) -> Reading {
    let implied = claim.count.and_then(|count| count.is_share(claim.share));
    let known = known(claim, kind);
    let denominator = known.or(implied);
    let goal = claim.target.filter(|target| target.denominator == Some(kind)).map(|target| target.goal);
    let target = match goal {
        Some(Goal::Share(share)) => denominator.map(|denominator| denominator.reached_by(share)),
        Some(Goal::Value(value)) => Some(Amount::exact(value)),
        None => claim.target.and_then(|target| match target.goal {
            Goal::Value(value) => Some(Amount::exact(value)),
            Goal::Share(_) => None,
        }),
    };
    let counted = known.map(|known| known.part(claim.share));
    let people = claim.count.or(counted);
    let by_people = people.zip(target).and_then(|(people, target)| people.share_of(target));
    let of_target = match goal {
        Some(Goal::Share(share)) if claim.count.is_none() => Some(Share::given(claim.share).of_share(share)),
        _ => by_people,
    };
    let of_denominator = Some(Share::given(claim.share));
    Reading {
        base: kind.into(),
        of_denominator,
        of_target,
        people,
        denominator,
        target,
        verdict: verdict(claim, counted, denominator, of_denominator),
    }
}

/// `counted` is what a denominator that is known makes of the share.
fn verdict(
    claim: &Claim<'_>,
    counted: Option<Amount>,
    denominator: Option<Amount>,
    of_denominator: Option<Share>,
) -> Verdict {
    let too_many = |amount: Amount| amount.low > most(claim);
    let over_all = denominator.zip(claim.count).is_some_and(|(whole, count)| count.low > whole.high);
    // A target may be surpassed; the people whom it is a share of may not.
    let over_whole = of_denominator.is_some_and(|share| share.low > 100.0);
    if denominator.is_some_and(too_many) || over_all || over_whole {
        return Verdict::Impossible;
    }
    match counted.zip(claim.count) {
        None if claim.count.is_some() && denominator.is_some() => Verdict::Fits,
        None => Verdict::Possible,
        Some((counted, told)) => {
            // "About" is taken as within a tenth.
            let slack = if told.approximate { told.high / 10 } else { 0 };
            let meets =
                counted.low <= told.high.saturating_add(slack) && told.low.saturating_sub(slack) <= counted.high;
            if meets { Verdict::Fits } else { Verdict::Contradicts }
        }
    }
}

/// Nobody can be a share of more people than live there.
fn most(claim: &Claim<'_>) -> i64 {
    let residents = holding(claim.denominators, DenominatorKind::Residents, claim.as_of);
    residents.map_or(REGENCY_MAX, |residents| residents.details.value)
}

fn known(claim: &Claim<'_>, kind: DenominatorKind) -> Option<Amount> {
    holding(claim.denominators, kind, claim.as_of).map(|denominator| Amount::exact(denominator.details.value))
}

/// The people of whom a target is a share: the share is exact, it was decreed.
fn whole_of(target: Amount, share: Percent) -> Option<Amount> {
    let units = i128::from(share.ten_thousandths());
    let whole = |count: i64| i64::try_from(i128::from(count) * 1_000_000 / units).unwrap_or(i64::MAX);
    (units > 0).then(|| Amount { low: whole(target.low), high: whole(target.high), ..target })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::denominator::DenominatorInput;
    use crate::domain::id::DenominatorId;
    use crate::domain::target::TargetInput;

    fn day() -> NaiveDate {
        "2023-12-28".parse().unwrap()
    }

    fn target(share: &str, of: &str, value: &str) -> TargetDetails {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let input = TargetInput {
            denominator: some(of),
            share: some(share),
            value: some(value),
            starts: some("2023-01-01"),
            ends: some("2023-12-31"),
            source: some("Berita"),
            ..TargetInput::default()
        };
        input.check(&"33.28".parse().unwrap()).unwrap()
    }

    fn denominator(kind: &str, value: &str) -> Denominator {
        let some = |text: &str| Some(text.to_owned());
        let input =
            DenominatorInput { kind: some(kind), value: some(value), as_of: some("2023-06-30"), source: some("DKB") };
        Denominator { id: DenominatorId(uuid::Uuid::nil()), details: input.check(day()).unwrap() }
    }

    fn claim<'a>(share: &str, count: Option<&str>, target: &'a TargetDetails, known: &'a [Denominator]) -> Claim<'a> {
        let count = count.map(|count| Amount::of(count.parse().unwrap()).unwrap());
        Claim { share: share.parse().unwrap(), count, as_of: day(), target: Some(target), denominators: known }
    }

    #[test]
    fn tegal_read_literally_needs_more_people_than_any_kabupaten_has() {
        let target = target("15", "obliged", "");
        let found = readings(&claim("1,6%", Some("±19.500"), &target, &[]));
        let [literal, obliged] = &found[..] else { panic!("{found:?}") };
        assert_eq!((literal.base, literal.verdict), (ShareBase::Target, Verdict::Impossible));
        assert!(
            (8_000_000..8_200_000)
                .contains(&i64::midpoint(literal.denominator.unwrap().low, literal.denominator.unwrap().high))
        );
        assert_eq!((obliged.base, obliged.verdict), (ShareBase::Obliged, Verdict::Fits));
        let (whole, goal) = (obliged.denominator.unwrap(), obliged.target.unwrap());
        assert_eq!((whole.low, whole.high, goal.low, goal.high), (1_181_818, 1_258_065, 177_273, 188_710));
        let share = obliged.of_target.unwrap();
        assert!((share.low - 10.33).abs() < 0.01 && (share.high - 11.0).abs() < 0.01);
    }

    #[test]
    fn madiun_has_two_readings_and_a_person_chooses() {
        let target = target("25", "holders", "");
        let found = readings(&claim("10", None, &target, &[]));
        let shown: Vec<_> =
            found.iter().map(|r| (r.base, r.of_denominator.unwrap().low, r.of_target.unwrap().low)).collect();
        assert_eq!(shown, [(ShareBase::Target, 2.5, 10.0), (ShareBase::Holders, 10.0, 40.0)]);
        assert!(found.iter().all(|reading| reading.verdict == Verdict::Possible));
    }

    #[test]
    fn a_share_agrees_or_not_with_a_denominator_that_is_known() {
        let target = target("30", "recorded", "");
        let known = [denominator("recorded", "779.454")];
        let found = readings(&claim("3,83%", Some("29.890"), &target, &known));
        let verdicts: Vec<_> = found.iter().map(|reading| (reading.base, reading.verdict)).collect();
        assert_eq!(verdicts, [(ShareBase::Target, Verdict::Contradicts), (ShareBase::Recorded, Verdict::Fits)]);
        let found = readings(&claim("12,78%", Some("29.890"), &target, &known));
        assert_eq!(found[0].verdict, Verdict::Fits);
        let found = readings(&claim("3,83%", Some("800.000"), &target, &known));
        assert_eq!(found[1].verdict, Verdict::Impossible);
    }

    #[test]
    fn more_than_everybody_is_impossible_and_more_than_the_target_is_not() {
        let target = target("30", "recorded", "");
        let verdicts = |share: &str, known: &[Denominator]| -> Vec<Verdict> {
            readings(&claim(share, None, &target, known)).iter().map(|reading| reading.verdict).collect()
        };
        let known = [denominator("recorded", "779.454")];
        assert_eq!(verdicts("100%", &known), [Verdict::Possible, Verdict::Possible]);
        assert_eq!(verdicts("150%", &known), [Verdict::Possible, Verdict::Impossible]);
        assert_eq!(verdicts("400%", &known), [Verdict::Impossible, Verdict::Impossible]);
        assert_eq!(verdicts("150%", &[]), [Verdict::Possible, Verdict::Impossible], "whatever their number is");
    }

    #[test]
    fn a_number_has_a_share_too_and_nothing_is_asked_where_nothing_is_known() {
        let target = target("", "", "15000");
        let found = readings(&claim("40%", None, &target, &[]));
        assert_eq!(found.len(), 1);
        let people = found[0].people.unwrap();
        assert!(people.low <= 6_000 && 6_000 <= people.high);
        let bare = Claim { target: None, ..claim("40%", None, &target, &[]) };
        assert!(readings(&bare).is_empty());
    }
}
