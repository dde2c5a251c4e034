//! How much has been achieved: by the office's official figures, and by what was counted here. A target of a year is measured
//! from the first activation ever, a campaign from its first day.

use chrono::NaiveDate;

use super::amount::{Amount, Share};
use super::missing::{Computed, Missing};
use crate::domain::code::codes;
use crate::domain::denominator::DenominatorKind;
use crate::domain::number::Percent;
use crate::domain::observation::{Observation, ObservationKind, ShareBase};
use crate::domain::target::{Goal, Purpose, TargetDetails};
use crate::domain::total::Channel;

codes! {
    /// Whose figure a number is.
    pub enum Basis {
        /// Published by the office or somebody above it.
        Official = "official",
        /// Counted at events and told for single days.
        Field = "field",
    }
}

/// What is achieved by the latest official figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Official {
    pub as_of: NaiveDate,
    pub observation: Observation,
    /// People; missing where a share is all that is known.
    pub amount: Computed<Amount>,
    /// The share as it was published, and what it is of.
    pub share: Option<(ShareBase, Percent)>,
    /// Of a campaign: the figure before its first day, which is taken away.
    pub baseline: Option<NaiveDate>,
    /// Of a campaign: it counts from the first day on.
    pub is_since_start: bool,
}

/// Official cumulative counts of a scope up to a day, the oldest first.
pub fn counts(observations: &[Observation], scope: &TargetDetails, as_of: NaiveDate) -> Vec<(NaiveDate, Amount)> {
    let fits = |o: &&Observation| {
        o.details.scope == scope.scope && o.details.as_of <= as_of && o.details.kind == ObservationKind::Cumulative
    };
    let mut found: Vec<&Observation> = observations.iter().filter(fits).collect();
    found.sort_by_key(|observation| (observation.details.as_of, observation.id));
    let mut counts: Vec<(NaiveDate, Amount)> = Vec::new();
    for observation in found {
        let Some(amount) = Amount::of(observation.details.figure) else { continue };
        // Of two of one day the one recorded last holds.
        counts.retain(|(date, _)| *date != observation.details.as_of);
        counts.push((observation.details.as_of, amount));
    }
    counts
}

/// The latest official figure of a target. `denominator` turns a share into people.
pub fn official(
    observations: &[Observation],
    target: &TargetDetails,
    denominator: &dyn Fn(DenominatorKind) -> Option<Amount>,
    as_of: NaiveDate,
) -> Computed<Official> {
    if target.channel != Channel::All {
        return Err(Missing::NoChannelFigure);
    }
    let latest = latest(observations, target, as_of).ok_or(Missing::NoFigure)?;
    let share = latest.share();
    let told = share.map_or_else(
        || Amount::of(latest.details.figure).ok_or(Missing::ShareOnly),
        |(base, share)| people(target, base, share, denominator),
    );
    let is_campaign = target.purpose == Purpose::Campaign;
    let mut before = counts(observations, target, as_of).into_iter().filter(|(date, _)| *date < target.window.first());
    let before = before.next_back().filter(|_| is_campaign && share.is_none());
    Ok(Official {
        as_of: latest.details.as_of,
        observation: latest.clone(),
        amount: told.map(|told| before.map_or(told, |(_, baseline)| told.minus(baseline).at_least_zero())),
        share,
        baseline: before.map(|(date, _)| date),
        is_since_start: is_campaign,
    })
}

/// The latest count or share; a count is preferred to a share of the same day. What a campaign achieves lies in its days.
fn latest<'a>(observations: &'a [Observation], target: &TargetDetails, as_of: NaiveDate) -> Option<&'a Observation> {
    let since = (target.purpose == Purpose::Campaign).then(|| target.window.first());
    let until = as_of.min(target.window.last());
    let fits = |o: &&Observation| {
        let in_time = o.details.as_of <= until && since.is_none_or(|since| o.details.as_of >= since);
        let of_share = o.share().is_some_and(|(base, _)| {
            base == ShareBase::Target || base.denominator().is_some_and(|kind| target.denominator == Some(kind))
        });
        o.details.scope == target.scope && in_time && (o.details.kind == ObservationKind::Cumulative || of_share)
    };
    let order = |o: &&Observation| (o.details.as_of, o.details.kind == ObservationKind::Cumulative, o.id);
    observations.iter().filter(fits).max_by_key(order)
}

/// The people that a share stands for.
fn people(
    target: &TargetDetails,
    base: ShareBase,
    share: Percent,
    denominator: &dyn Fn(DenominatorKind) -> Option<Amount>,
) -> Computed<Amount> {
    let whole = match (base, target.goal) {
        (ShareBase::Target, Goal::Value(value)) => Some(Amount::exact(value)),
        (ShareBase::Target, Goal::Share(goal)) => {
            target.denominator.and_then(denominator).map(|denominator| denominator.reached_by(goal))
        }
        (base, _) => base.denominator().and_then(denominator),
    };
    whole.map(|whole| whole.part(share)).ok_or(Missing::ShareOnly)
}

impl Official {
    /// True of a campaign's count from before whose first day no figure is known, so that nothing is taken away from it.
    pub fn counts_whole(&self) -> bool {
        self.is_since_start && self.baseline.is_none() && self.share.is_none()
    }

    /// The share of the denominator that the figure itself says, where it counts nobody.
    pub fn share_of_denominator(&self, goal: Goal) -> Option<Share> {
        match (self.share?, goal) {
            ((ShareBase::Target, share), Goal::Share(goal)) => Some(Share::given(share).times(goal)),
            ((ShareBase::Target | ShareBase::NotStated, _), _) => None,
            ((_, share), _) => Some(Share::given(share)),
        }
    }

    /// The share of the target that the figure itself says.
    pub fn share_of_target(&self, goal: Goal) -> Option<Share> {
        match (self.share?, goal) {
            ((ShareBase::Target, share), _) => Some(Share::given(share)),
            ((ShareBase::NotStated, _), _) | (_, Goal::Value(_)) => None,
            ((_, share), Goal::Share(goal)) => Some(Share::given(share).of_share(goal)),
        }
    }
}
