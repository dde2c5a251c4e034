//! The reading check at work: which target and denominators a bare share may be about, its readings, and the refusal of one
//! that nobody chose or nobody can have meant.

use chrono::NaiveDate;

use super::facts::OfficeFacts;
use crate::domain::denominator::Denominator;
use crate::domain::figure::Figure;
use crate::domain::number::Percent;
use crate::domain::observation::{Observation, ObservationDetails, ObservationKind, ShareBase};
use crate::domain::office::Office;
use crate::domain::pace::Amount;
use crate::domain::permission::{Action, Read};
use crate::domain::reading::{Claim, Reading, Verdict, reading, readings};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::target::{Target, TargetDetails};
use crate::domain::total::Channel;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{RefusedShare, ServiceError};

/// A share that somebody wants to check: with the people and the target that its source tells of, if it does.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingCheck {
    pub share: Percent,
    pub figure: Option<Figure>,
    /// None takes the office's today.
    pub as_of: Option<NaiveDate>,
    /// None takes the office itself.
    pub scope: Option<RegionCode>,
}

/// What an office knows that a share may be about.
#[derive(Debug, Clone, Default)]
pub struct ShareContext {
    targets: Vec<Target>,
    denominators: Vec<Denominator>,
    observations: Vec<Observation>,
}

impl Services {
    /// Every reading of a share.
    pub async fn read_share(
        &self,
        caller: &Caller,
        office: &RegionCode,
        check: ReadingCheck,
    ) -> Result<Vec<Reading>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let as_of = check.as_of.unwrap_or_else(|| desk.today());
            let scope = check.scope.clone().unwrap_or_else(|| desk.office().code.clone());
            let context = share_context(desk)?;
            let target = context.target(&scope, as_of);
            let count = check.figure.and_then(Amount::of).or_else(|| context.count(&scope, as_of));
            let share = check.share;
            Ok(readings(&Claim { share, count, as_of, target, denominators: &context.denominators }))
        })
        .await
    }
}

/// What the office of a desk knows today.
pub fn share_context<A: Action>(desk: &mut Desk<'_, A>) -> Result<ShareContext, ServiceError> {
    let (office, today): (Office, NaiveDate) = (desk.office().clone(), desk.today());
    let facts = OfficeFacts::read(desk.connection, std::slice::from_ref(&office))?;
    let facts = facts.get(&office.id).cloned().unwrap_or_default();
    Ok(ShareContext {
        targets: facts.targets(today),
        denominators: facts.denominators(today),
        observations: facts.observations(today),
    })
}

/// Settles what a share is a share of: as it was said, or not stated where nothing is known that it could be of.
///
/// # Errors
/// [`ServiceError::Reading`] with every reading if somebody must choose, or chose one that is impossible.
pub fn check_share<A: Action>(
    desk: &mut Desk<'_, A>,
    details: ObservationDetails,
) -> Result<ObservationDetails, ServiceError> {
    if details.kind != ObservationKind::Share {
        return Ok(details);
    }
    let context = share_context(desk)?;
    judge_share(&context, &[], details).map_err(|refused| ServiceError::Reading(Box::new(refused)))
}

/// As `check_share`, with what is known already and what comes along in the same file.
pub fn judge_share(
    context: &ShareContext,
    with: &[ObservationDetails],
    details: ObservationDetails,
) -> Result<ObservationDetails, RefusedShare> {
    let Figure::Share(share) = details.figure else { return Ok(details) };
    let same = |o: &&ObservationDetails| {
        o.kind == ObservationKind::Cumulative && (o.as_of, &o.scope) == (details.as_of, &details.scope)
    };
    let along = with.iter().find(same).and_then(|counted| Amount::of(counted.figure));
    let claim = Claim {
        share,
        count: along.or_else(|| context.count(&details.scope, details.as_of)),
        as_of: details.as_of,
        target: context.target(&details.scope, details.as_of),
        denominators: &context.denominators,
    };
    let refuse = |rule| Err(RefusedShare { rule, readings: readings(&claim) });
    match details.base {
        None if readings(&claim).is_empty() => Ok(ObservationDetails { base: Some(ShareBase::NotStated), ..details }),
        None => refuse(Rule::ReadingRequired),
        Some(ShareBase::NotStated) => Ok(details),
        Some(base) => match reading(&claim, base) {
            None => refuse(Rule::NotFound),
            Some(chosen) if chosen.verdict == Verdict::Impossible => refuse(Rule::ImpossibleReading),
            Some(_) => Ok(details),
        },
    }
}

impl ShareContext {
    /// The target that a share of a day may be about: of the year before a campaign.
    fn target(&self, scope: &RegionCode, as_of: NaiveDate) -> Option<&TargetDetails> {
        let own = self.targets.iter().map(|target| &target.details);
        let fits = own.filter(|t| t.scope == *scope && t.channel == Channel::All && t.window.contains(as_of));
        fits.min_by_key(|target| target.purpose)
    }

    /// The people that an official figure of the same day counts.
    fn count(&self, scope: &RegionCode, as_of: NaiveDate) -> Option<Amount> {
        let fits = |o: &&Observation| {
            let details = &o.details;
            details.kind == ObservationKind::Cumulative && details.scope == *scope && details.as_of == as_of
        };
        self.observations.iter().rev().find(fits).and_then(|observation| Amount::of(observation.details.figure))
    }
}
