//! The figures of one target on one day, put together; and what needs no target: how a published share changed, and whether
//! the parts of a target make up the whole.

use chrono::NaiveDate;

use super::amount::{Amount, Share, real};
use super::line::{Line, Past, Rates, Span};
use super::missing::{Computed, Missing};
use super::position::{Basis, Official, counts, official};
use super::projection::{DayKind, Outset};
use super::series::DaySeries;
use crate::domain::calendar::{DayCounts, HolidayCalendar};
use crate::domain::dates::DateRange;
use crate::domain::denominator::{Denominator, DenominatorKind, holding};
use crate::domain::observation::{Observation, ObservationKind, ShareBase};
use crate::domain::region::RegionLevel;
use crate::domain::target::{Goal, Purpose, Target, TargetDetails};
use crate::domain::total::Channel;

/// What a pace is computed from. Everything is as it was known on the day of the report.
#[derive(Debug, Clone, Copy)]
pub struct PaceFacts<'a> {
    pub as_of: NaiveDate,
    pub denominators: &'a [Denominator],
    pub observations: &'a [Observation],
    /// Of the target's scope and channel.
    pub series: &'a DaySeries,
    pub holidays: &'a HolidayCalendar,
}

/// Where an office stands against one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Pace {
    pub as_of: NaiveDate,
    pub target: Target,
    pub denominator: Computed<UsedDenominator>,
    /// The target in people.
    pub goal: Computed<Amount>,
    pub official: Computed<Official>,
    pub field: Field,
    /// Official less field.
    pub difference: Option<Amount>,
    /// Which of the two the figures below are of.
    pub basis: Basis,
    pub achieved: Computed<Amount>,
    pub of_denominator: Computed<Share>,
    pub of_target: Computed<Share>,
    /// Never below zero.
    pub gap: Computed<Amount>,
    /// In percentage points of the denominator; where only shares are known, all that can be said.
    pub gap_points: Option<f64>,
    /// Days of the target, both ends counted.
    pub window: DayCounts,
    /// Days left: today excluded, the last day included. Before the first day the whole window.
    pub left: DayCounts,
    /// People per day of the whole window, as if nothing had been achieved.
    pub planned: Rates,
    pub needed: Computed<Rates>,
    /// The pace of each span, or why it is not known. The last day only where the others rest on nothing better, or where its
    /// figure was told for the whole office, while the others are of what was counted.
    pub lines: Vec<(Span, Computed<Line>)>,
    /// Of a target that others are parts of.
    pub parts: Option<Parts>,
}

/// What was counted in the target's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub since: NaiveDate,
    pub amount: Amount,
}

/// The denominator that a share was turned into people with.
#[derive(Debug, Clone, PartialEq)]
pub struct UsedDenominator {
    pub kind: DenominatorKind,
    pub amount: Amount,
    pub as_of: NaiveDate,
    /// The figure itself; none where a published count and its share imply it.
    pub given: Option<Denominator>,
}

/// How the parts of a target add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    pub by_region: Option<PartSum>,
    pub by_channel: Option<PartSum>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartSum {
    pub count: usize,
    pub sum: Amount,
    /// The sum less the whole: below zero if parts are missing.
    pub difference: Amount,
}

/// Two published shares of the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareChange {
    pub from: Observation,
    pub to: Observation,
    /// Percentage points.
    pub points: f64,
    /// The people that came in between.
    pub people: Computed<Amount>,
}

/// Computes where a target stands.
pub fn pace(target: &Target, facts: &PaceFacts<'_>) -> Pace {
    let details = &target.details;
    let used = |kind| used_denominator(kind, details, facts);
    let denominator = details.denominator.ok_or(Missing::NoDenominator).and_then(used);
    let amounts = |kind| used_denominator(kind, details, facts).ok().map(|used| used.amount);
    let official = official(facts.observations, details, &amounts, facts.as_of);
    let field = field(details.window, facts);
    let told = official.as_ref().map_err(|missing| *missing).and_then(|official| official.amount);
    let basis = if official.is_ok() { Basis::Official } else { Basis::Field };
    let achieved = if official.is_ok() { told } else { counted(field, facts, details, &official) };
    let goal = goal(details.goal, denominator.as_ref().map(|used| used.amount).map_err(|missing| *missing));
    let mut pace = Pace {
        as_of: facts.as_of,
        target: target.clone(),
        goal,
        difference: told.ok().map(|told| told.minus(field.amount)),
        basis,
        achieved,
        of_denominator: Err(Missing::NoDenominator),
        of_target: Err(Missing::NoDenominator),
        gap: goal.and_then(|goal| Ok(goal.minus(achieved?).at_least_zero())),
        gap_points: None,
        window: facts.holidays.days_in(details.window),
        left: left(details.window, facts),
        planned: planned(goal, facts.holidays.days_in(details.window)),
        needed: Err(Missing::NoDenominator),
        lines: Vec::new(),
        parts: None,
        denominator,
        official,
        field,
    };
    pace.set_shares();
    pace.needed = needed(&pace);
    pace.lines = lines(&pace, facts);
    pace
}

impl Pace {
    /// The pace that a sentence names: of four weeks, else of what comes nearest to them.
    pub fn headline(&self) -> Option<&Line> {
        let of = |span| self.lines.iter().find(|(own, _)| *own == span).and_then(|(_, line)| line.as_ref().ok());
        [Span::Days28, Span::Days7, Span::LastDay, Span::Window].into_iter().find_map(of)
    }

    /// The pace of a day that was told for the whole office, beside a headline that is of what was counted.
    pub fn told_day(&self) -> Option<&Line> {
        let told = self.lines.iter().find(|(span, _)| *span == Span::LastDay)?.1.as_ref().ok()?;
        self.headline().filter(|headline| headline.span != Span::LastDay).map(|_| told)
    }

    /// True on the days of the target.
    pub fn is_running(&self) -> bool {
        self.target.details.window.contains(self.as_of)
    }

    /// True if the need is above the pace of the headline, which is known.
    pub fn is_behind(&self) -> Option<bool> {
        let needed = self.needed.as_ref().ok()?.calendar?;
        let own = self.headline()?.rates.calendar?;
        Some(own.high < needed.low)
    }

    fn set_shares(&mut self) {
        let goal = self.target.details.goal;
        let published = self.official.as_ref().ok().filter(|official| official.share.is_some());
        let of = |whole: Computed<Amount>| {
            self.achieved.and_then(|achieved| whole.and_then(|w| achieved.share_of(w).ok_or(Missing::NoDenominator)))
        };
        let denominator = self.denominator.as_ref().map(|used| used.amount).map_err(|missing| *missing);
        let of_denominator =
            published.and_then(|official| official.share_of_denominator(goal)).ok_or(()).or_else(|()| of(denominator));
        let of_target =
            published.and_then(|official| official.share_of_target(goal)).ok_or(()).or_else(|()| of(self.goal));
        self.gap_points = match (goal, of_denominator) {
            (Goal::Share(goal), Ok(share)) => Some((goal.as_f64() - share.high).max(0.0)),
            _ => None,
        };
        (self.of_denominator, self.of_target) = (of_denominator, of_target);
    }
}

/// The denominator of a day; where nobody gave one, that which a published count and its share imply.
fn used_denominator(kind: DenominatorKind, target: &TargetDetails, facts: &PaceFacts<'_>) -> Computed<UsedDenominator> {
    // Denominators are counts of the whole office.
    let is_whole = target.scope.level() == RegionLevel::Regency;
    let given = holding(facts.denominators, kind, facts.as_of).filter(|_| is_whole);
    if let Some(given) = given {
        let (amount, as_of) = (Amount::exact(given.details.value), given.details.as_of);
        return Ok(UsedDenominator { kind, amount, as_of, given: Some(given.clone()) });
    }
    let implied = facts.observations.iter().filter_map(|share| {
        let (_, percent) = share.share().filter(|(base, _)| *base == ShareBase::from(kind))?;
        let same = |o: &&Observation| {
            o.details.kind == ObservationKind::Cumulative
                && (o.details.as_of, &o.details.scope) == (share.details.as_of, &share.details.scope)
        };
        let count = facts.observations.iter().find(same).and_then(|count| Amount::of(count.details.figure))?;
        let fits = share.details.scope == target.scope && share.details.as_of <= facts.as_of;
        let amount = count.is_share(percent).filter(|_| fits)?;
        Some(UsedDenominator { kind, amount, as_of: share.details.as_of, given: None })
    });
    implied.max_by_key(|used| used.as_of).ok_or(Missing::NoDenominator)
}

fn goal(goal: Goal, denominator: Computed<Amount>) -> Computed<Amount> {
    match goal {
        Goal::Value(value) => Ok(Amount::exact(value)),
        Goal::Share(share) => denominator.map(|denominator| denominator.reached_by(share)),
    }
}

fn field(window: DateRange, facts: &PaceFacts<'_>) -> Field {
    let last = window.last().min(facts.as_of);
    let amount = DateRange::new(window.first(), last).map_or(Amount::ZERO, |days| facts.series.sum(days));
    Field { since: window.first(), amount }
}

/// What was counted stands for the achievement only where no official figure is to be had. Of a year it is only what the
/// year brought, and before anything was counted it is nothing for a campaign and unknown for a year.
fn counted(
    field: Field,
    facts: &PaceFacts<'_>,
    target: &TargetDetails,
    official: &Computed<Official>,
) -> Computed<Amount> {
    let is_campaign = target.purpose == Purpose::Campaign;
    let anything = facts.series.first_day().is_some_and(|first| first <= facts.as_of);
    match official {
        Err(missing) if !anything && !is_campaign => Err(*missing),
        _ => Ok(field.amount),
    }
}

fn left(window: DateRange, facts: &PaceFacts<'_>) -> DayCounts {
    if facts.as_of < window.first() {
        facts.holidays.days_in(window)
    } else {
        facts.holidays.days_after(facts.as_of, window.last())
    }
}

fn planned(goal: Computed<Amount>, days: DayCounts) -> Rates {
    rates(goal.ok(), days)
}

fn rates(total: Option<Amount>, days: DayCounts) -> Rates {
    let per = |kind: DayKind| total.and_then(|total| total.per(kind.of(days)));
    Rates { calendar: per(DayKind::Calendar), weekday: per(DayKind::Weekday), working: per(DayKind::Working) }
}

fn needed(pace: &Pace) -> Computed<Rates> {
    let gap = pace.gap?;
    if gap.is_zero() {
        return Err(Missing::Reached);
    }
    if pace.left.calendar == 0 {
        return Err(Missing::WindowOver);
    }
    Ok(rates(Some(gap), pace.left))
}

fn lines(pace: &Pace, facts: &PaceFacts<'_>) -> Vec<(Span, Computed<Line>)> {
    let details = &pace.target.details;
    let official_counts =
        if details.channel == Channel::All { counts(facts.observations, details, facts.as_of) } else { Vec::new() };
    let past = Past {
        as_of: facts.as_of,
        window: details.window,
        series: facts.series,
        counts: &official_counts,
        official: pace.official.as_ref().ok(),
        holidays: facts.holidays,
    };
    let outset = outset(pace, facts);
    let line = |span| (span, past.line(span, outset.as_ref()));
    let spans = [Span::Days7, Span::Days28, Span::Window].map(line);
    let is_poor = spans.iter().take(2).all(|(_, line)| line.is_err());
    let last = (is_poor || past.told_lately().is_some()).then(|| line(Span::LastDay)).into_iter();
    last.chain(spans).collect()
}

/// A projection starts from what is achieved, on the day that this is of. After the last day of the target there is none.
fn outset(pace: &Pace, facts: &PaceFacts<'_>) -> Option<Outset> {
    if pace.left.calendar == 0 {
        return None;
    }
    let from = match (&pace.official, pace.basis) {
        (Ok(official), Basis::Official) => official.as_of,
        _ => facts.as_of,
    };
    Some(Outset {
        from,
        achieved: pace.achieved.ok()?,
        target: pace.goal,
        denominator: pace.denominator.as_ref().map(|used| used.amount).map_err(|missing| *missing),
        left: facts.holidays.days_after(from, pace.target.details.window.last()),
    })
}

/// Says of each target of one day how its parts add up.
pub fn add_parts(paces: &mut [Pace]) {
    let goals: Vec<(TargetDetails, Computed<Amount>)> =
        paces.iter().map(|pace| (pace.target.details.clone(), pace.goal)).collect();
    for pace in paces {
        let own = &pace.target.details;
        let sum = |same_scope: bool| {
            let parts: Vec<Computed<Amount>> = goals
                .iter()
                .filter(|(part, _)| part.is_part_of(own) && (part.scope == own.scope) == same_scope)
                .map(|(_, goal)| *goal)
                .collect();
            let sum =
                parts.iter().copied().try_fold(Amount::ZERO, |sum, goal| Ok::<_, Missing>(sum.plus(goal?))).ok()?;
            let difference = sum.minus(pace.goal.ok()?);
            (!parts.is_empty()).then_some(PartSum { count: parts.len(), sum, difference })
        };
        let parts = Parts { by_region: sum(false), by_channel: sum(true) };
        pace.parts = (parts.by_region.is_some() || parts.by_channel.is_some()).then_some(parts);
    }
}

/// How the latest published share of an office differs from the one before it of the same thing.
pub fn share_change(
    observations: &[Observation],
    denominators: &[Denominator],
    as_of: NaiveDate,
) -> Option<ShareChange> {
    let mut shares: Vec<&Observation> =
        observations.iter().filter(|o| o.share().is_some() && o.details.as_of <= as_of).collect();
    shares.sort_by_key(|observation| (observation.details.as_of, observation.id));
    let to = *shares.last()?;
    let (base, share) = to.share()?;
    let same = |o: &&&Observation| {
        o.details.scope == to.details.scope
            && o.details.as_of < to.details.as_of
            && o.share().is_some_and(|(other, _)| other == base)
    };
    let from = *shares.iter().rev().find(same)?;
    let (_, before) = from.share()?;
    let people = |observation: &Observation, share| {
        let kind = base.denominator().ok_or(Missing::NoDenominator)?;
        let whole = holding(denominators, kind, observation.details.as_of).ok_or(Missing::NoDenominator)?;
        Ok(Amount::exact(whole.details.value).part(share))
    };
    let difference = share.ten_thousandths() - before.ten_thousandths();
    Some(ShareChange {
        from: from.clone(),
        to: to.clone(),
        points: real(difference) / 10_000.0,
        people: people(to, share).and_then(|later| Ok(later.minus(people(from, before)?))),
    })
}

#[cfg(test)]
mod tests;
