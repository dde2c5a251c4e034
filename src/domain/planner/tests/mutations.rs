//! Good plans are spoilt in every way that came to mind. Whatever breaks a rule or claims too much is refused, what
//! stays true is accepted, and wherever a change may be either, the rules said once more decide.
#![allow(clippy::unit_arg, clippy::unnecessary_wraps, reason = "one line for each way to spoil a plan")]

use proptest::prelude::*;

use super::rules::{are_known, must_accept, worth};
use super::sample::{Dice, World, instance};
use super::{claims, plan};
use crate::domain::planner::{Certificate, Claims, Crew, Duty, Instance, Visit, check};

/// Five days: enough for gaps, few enough to try every path.
const WORLD: World = World { days: 5, teams: 3, venues: 5, areas: 2, has_wishes: false };
/// Worlds in which every mutation is tried.
const WORLDS: u64 = 60;

/// What the judge must say to a mutation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Must {
    Refuse,
    Accept,
    /// Either: the rules decide.
    Obey,
}

/// Spoils a plan; none where the world has nothing to spoil in this way.
type Spoil = fn(&Instance, &mut Claims, &mut Dice) -> Option<()>;

/// Changes of the visits that break a rule, whatever the totals say.
const BROKEN_RULES: [(&str, Spoil); 13] = [
    ("a visit twice", |_, claims, dice| {
        let visit = *pick(&claims.visits, dice)?;
        add(claims, visit)
    }),
    ("a venue that is none", |instance, claims, dice| {
        change(claims, dice, |visit| visit.venue = instance.venues.len())
    }),
    ("a day that is none", |instance, claims, dice| change(claims, dice, |visit| visit.day = instance.days)),
    ("a team that is none", |instance, claims, dice| {
        let team = u16::try_from(instance.teams.len()).ok()?;
        change(claims, dice, |visit| visit.crew = Crew::one(team))
    }),
    ("a booking lost", |instance, claims, dice| {
        let fixed = *pick(&instance.fixed, dice)?;
        claims.visits.retain(|visit| *visit != fixed);
        Some(())
    }),
    ("a booking moved", |instance, claims, dice| {
        let fixed = *pick(&instance.fixed, dice)?;
        let visit = claims.visits.iter_mut().find(|visit| **visit == fixed)?;
        visit.day = (visit.day + 1) % instance.days;
        Some(())
    }),
    ("a closed day", |instance, claims, dice| {
        let any = any_visits(instance).filter(|visit| !is_open(instance, visit));
        add(claims, *pick(&any.collect::<Vec<_>>(), dice)?)
    }),
    ("out of reach", |instance, claims, dice| {
        let any = any_visits(instance).filter(|visit| !is_in_reach(instance, visit));
        add(claims, *pick(&any.collect::<Vec<_>>(), dice)?)
    }),
    ("a day off", |instance, claims, dice| {
        let is_off = |visit: &Visit| visit.crew.teams().any(|team| duty(instance, team, visit.day) == Duty::Off);
        add(claims, *pick(&any_visits(instance).filter(is_off).collect::<Vec<_>>(), dice)?)
    }),
    ("two venues in one day", |instance, claims, dice| {
        let first = *pick(&claims.visits, dice)?;
        add(claims, Visit { venue: (first.venue + 1) % instance.venues.len(), ..first })
    }),
    ("within the gap", |instance, claims, dice| {
        let first = *pick(&claims.visits, dice)?;
        let gap = instance.venues[first.venue].min_gap;
        let near =
            any_visits(instance).filter(|visit| visit.venue == first.venue && visit.day.abs_diff(first.day) < gap);
        add(claims, *pick(&near.collect::<Vec<_>>(), dice)?)
    }),
    ("more visits than allowed", |instance, claims, dice| {
        let venue = dice.below(instance.venues.len());
        let most = instance.venues[venue].max_visits;
        let more: Vec<Visit> = any_visits(instance).filter(|visit| visit.venue == venue).take(most + 1).collect();
        (more.len() > most).then(|| claims.visits.extend(more))
    }),
    ("more overtime than allowed", |instance, claims, dice| {
        let team = dice.below(instance.teams.len());
        let is_overtime =
            |visit: &Visit| visit.crew.includes(team) && duty(instance, team, visit.day) == Duty::Overtime;
        let most = instance.teams[team].overtime_max as usize;
        let more: Vec<Visit> = any_visits(instance).filter(is_overtime).take(most + 1).collect();
        (more.len() > most).then(|| claims.visits.extend(more))
    }),
];

/// Claims that are too high, too low, or prove nothing.
const FALSE_CLAIMS: [(&str, Spoil); 22] = [
    ("an objective one higher", |_, claims, _| Some(claims.objective += 1)),
    ("an objective one lower", |_, claims, _| Some(claims.objective -= 1)),
    ("a huge objective", |_, claims, _| Some(claims.objective = i64::MAX)),
    ("the most negative objective", |_, claims, _| Some(claims.objective = i64::MIN)),
    ("a gain one higher", |_, claims, _| Some(claims.gain += 1)),
    ("a negative gain", |_, claims, _| Some(claims.gain = -1 - claims.gain)),
    ("a shortfall one lower", |_, claims, _| Some(claims.shortfall -= 1)),
    ("a huge shortfall", |_, claims, _| Some(claims.shortfall = i64::MAX)),
    ("a bound one lower", |_, claims, _| Some(claims.bound -= 1)),
    ("a bound below the objective", |_, claims, _| Some(claims.bound = claims.objective - 1)),
    ("the most negative bound", |_, claims, _| Some(claims.bound = i64::MIN)),
    ("no scale", |_, claims, _| Some(claims.certificate.scale = 0)),
    ("a negative scale", |_, claims, _| Some(claims.certificate.scale *= -1)),
    ("a price too few", |_, claims, _| claims.certificate.lambda.pop().map(|_| ())),
    ("a price too many", |_, claims, _| Some(claims.certificate.lambda.push(0))),
    ("no prices", |_, claims, _| Some(claims.certificate.lambda.clear())),
    ("an overtime price too few", |_, claims, _| claims.certificate.mu.pop().map(|_| ())),
    ("an overtime price too many", |_, claims, _| Some(claims.certificate.mu.push(0))),
    ("a bonus too few", |_, claims, _| claims.certificate.nu.pop().map(|_| ())),
    ("a negative price", |_, claims, dice| set(&mut claims.certificate.lambda, dice, -1)),
    ("a negative overtime price", |_, claims, dice| set(&mut claims.certificate.mu, dice, i64::MIN)),
    ("a bonus above the penalty", |instance, claims, dice| {
        let above = instance.shortfall_penalty * claims.certificate.scale + 1;
        set(&mut claims.certificate.nu, dice, above)
    }),
];

/// Changes that leave everything true.
const TRUE_CHANGES: [(&str, Spoil); 7] = [
    ("another order", |_, claims, _| Some(claims.visits.reverse())),
    ("a weaker bound", |_, claims, _| Some(claims.bound += 1)),
    ("the weakest bound", |_, claims, _| Some(claims.bound = i64::MAX)),
    ("another claimed value", |_, claims, _| Some(claims.certificate.claimed = -7)),
    ("finer units of all prices", |_, claims, _| {
        let Certificate { scale, lambda, mu, nu, .. } = &mut claims.certificate;
        *scale *= 3;
        lambda.iter_mut().chain(mu).chain(nu).for_each(|price| *price *= 3);
        Some(())
    }),
    ("a visit fewer, honestly", |instance, claims, dice| {
        let optional = |visit: &&Visit| !instance.fixed.contains(visit);
        let visit = *pick(&claims.visits.iter().filter(optional).copied().collect::<Vec<_>>(), dice)?;
        claims.visits.retain(|other| *other != visit);
        mend(instance, claims)
    }),
    ("a price of a day off", |instance, claims, dice| {
        let teams = instance.teams.len();
        let slots = 0..instance.days * teams;
        let off: Vec<usize> = slots.filter(|slot| duty(instance, slot % teams, slot / teams) == Duty::Off).collect();
        Some(claims.certificate.lambda[*pick(&off, dice)?] = i64::MAX)
    }),
];

/// Changes that may be either.
const CHANGES: [(&str, Spoil); 14] = [
    ("another day", |instance, claims, dice| {
        let day = dice.below(instance.days);
        change(claims, dice, |visit| visit.day = day)
    }),
    ("another day, honestly", |instance, claims, dice| {
        let day = dice.below(instance.days);
        change(claims, dice, |visit| visit.day = day)?;
        mend(instance, claims)
    }),
    ("another team, honestly", |instance, claims, dice| {
        let team = u16::try_from(dice.below(instance.teams.len())).ok()?;
        change(claims, dice, |visit| visit.crew = Crew::one(team))?;
        mend(instance, claims)
    }),
    ("another venue, honestly", |instance, claims, dice| {
        let venue = dice.below(instance.venues.len());
        change(claims, dice, |visit| visit.venue = venue)?;
        mend(instance, claims)
    }),
    ("two visits change days, honestly", |instance, claims, dice| {
        let (a, b) = two(claims, dice)?;
        let days = (claims.visits[a].day, claims.visits[b].day);
        (claims.visits[b].day, claims.visits[a].day) = days;
        mend(instance, claims)
    }),
    ("two visits change teams, honestly", |instance, claims, dice| {
        let (a, b) = two(claims, dice)?;
        let crews = (claims.visits[a].crew, claims.visits[b].crew);
        (claims.visits[b].crew, claims.visits[a].crew) = crews;
        mend(instance, claims)
    }),
    ("a visit more, honestly", |instance, claims, dice| {
        add(claims, *pick(&any_visits(instance).collect::<Vec<_>>(), dice)?)?;
        mend(instance, claims)
    }),
    ("a visit fewer", |_, claims, dice| {
        let at = dice.below(claims.visits.len().max(1));
        (at < claims.visits.len()).then(|| _ = claims.visits.remove(at))
    }),
    ("no visits, honestly", |instance, claims, _| {
        claims.visits.clear();
        mend(instance, claims)
    }),
    ("a price changed", |_, claims, dice| {
        let price = i64::try_from(dice.below(400_000)).ok()?;
        set(&mut claims.certificate.lambda, dice, price)
    }),
    ("a huge price", |_, claims, dice| set(&mut claims.certificate.lambda, dice, i64::MAX)),
    ("another overtime price", |_, claims, dice| {
        let price = i64::try_from(dice.below(400_000)).ok()?;
        set(&mut claims.certificate.mu, dice, price)
    }),
    ("prices in other units", |_, claims, _| Some(claims.certificate.scale *= 2)),
    ("no price on anything", |_, claims, _| {
        let Certificate { lambda, mu, nu, .. } = &mut claims.certificate;
        lambda.iter_mut().chain(mu).chain(nu).for_each(|price| *price = 0);
        Some(())
    }),
];

fn pick<'a, T>(from: &'a [T], dice: &mut Dice) -> Option<&'a T> {
    from.get(dice.below(from.len().max(1)))
}

fn set(prices: &mut [i64], dice: &mut Dice, price: i64) -> Option<()> {
    let at = dice.below(prices.len().max(1));
    prices.get_mut(at).map(|old| *old = price)
}

fn add(claims: &mut Claims, visit: Visit) -> Option<()> {
    claims.visits.push(visit);
    Some(())
}

fn change(claims: &mut Claims, dice: &mut Dice, change: impl FnOnce(&mut Visit)) -> Option<()> {
    let at = dice.below(claims.visits.len().max(1));
    claims.visits.get_mut(at).map(change)
}

/// Two different visits.
fn two(claims: &Claims, dice: &mut Dice) -> Option<(usize, usize)> {
    let visits = claims.visits.len();
    let first = dice.below(visits.max(1));
    (visits > 1).then(|| (first, (first + 1 + dice.below(visits - 1)) % visits))
}

/// Totals as they are after a change of the visits.
fn mend(instance: &Instance, claims: &mut Claims) -> Option<()> {
    if are_known(instance, &claims.visits) {
        (claims.objective, claims.gain, claims.shortfall) = worth(instance, &claims.visits);
    }
    Some(())
}

/// Every venue on every day by every single team, possible or not.
fn any_visits(instance: &Instance) -> impl Iterator<Item = Visit> + '_ {
    let teams = || (0..instance.teams.len()).filter_map(|team| u16::try_from(team).ok()).map(Crew::one);
    let of_venue =
        move |venue: usize| (0..instance.days).flat_map(move |day| teams().map(move |crew| Visit { venue, day, crew }));
    (0..instance.venues.len()).flat_map(of_venue)
}

fn is_open(instance: &Instance, visit: &Visit) -> bool {
    instance.venues[visit.venue].open.iter().any(|day| usize::from(*day) == visit.day)
}

fn is_in_reach(instance: &Instance, visit: &Visit) -> bool {
    instance.venues[visit.venue].reach.iter().any(|reach| reach.crew == visit.crew)
}

fn duty(instance: &Instance, team: usize, day: usize) -> Duty {
    instance.teams[team].calendar[day]
}

/// Spoils the plan of every world in one way; how often the result was refused and accepted.
fn spoil_all(name: &str, spoil: Spoil, must: Must) -> (usize, usize) {
    let (mut refused, mut accepted) = (0, 0);
    for seed in 0..WORLDS {
        let instance = instance(seed, World { has_wishes: seed % 2 == 1, ..WORLD });
        let good = claims(&plan(&instance, 40));
        assert!(must_accept(&instance, &good), "seed {seed}: the plan is good");
        let mut spoilt = good.clone();
        if spoil(&instance, &mut spoilt, &mut Dice::new(seed)).is_none() || spoilt == good {
            continue;
        }
        let verdict = check(&instance, &spoilt);
        assert_eq!(verdict.is_valid(), must_accept(&instance, &spoilt), "seed {seed}, {name}: {:?}", verdict.faults);
        assert!(must == Must::Obey || verdict.is_valid() == (must == Must::Accept), "seed {seed}, {name}");
        *(if verdict.is_valid() { &mut accepted } else { &mut refused }) += 1;
    }
    (refused, accepted)
}

#[test]
fn whatever_breaks_a_rule_is_refused_even_if_its_totals_are_right() {
    for (name, spoil) in BROKEN_RULES {
        let honest = |instance: &Instance, seed: u64| {
            let mut spoilt = claims(&plan(instance, 40));
            spoil(instance, &mut spoilt, &mut Dice::new(seed))?;
            mend(instance, &mut spoilt)?;
            Some(check(instance, &spoilt))
        };
        for seed in 0..WORLDS {
            let verdict = honest(&instance(seed, WORLD), seed);
            assert!(verdict.is_none_or(|verdict| !verdict.is_valid()), "seed {seed}, {name}");
        }
        let (refused, _) = spoil_all(name, spoil, Must::Refuse);
        assert!(refused > 5, "{name}: occurs {refused} times");
    }
}

#[test]
fn whatever_claims_what_it_does_not_prove_is_refused() {
    for (name, spoil) in FALSE_CLAIMS {
        let (refused, _) = spoil_all(name, spoil, Must::Refuse);
        assert!(refused > 20, "{name}: occurs {refused} times");
    }
}

#[test]
fn whatever_stays_true_is_accepted() {
    for (name, spoil) in TRUE_CHANGES {
        let (_, accepted) = spoil_all(name, spoil, Must::Accept);
        assert!(accepted > 20, "{name}: occurs {accepted} times");
    }
}

#[test]
fn whatever_may_be_either_is_judged_as_the_rules_say() {
    let (refused, accepted) = CHANGES
        .into_iter()
        .map(|(name, spoil)| spoil_all(name, spoil, Must::Obey))
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(refused > 200 && accepted > 50, "both occur: {refused} refused, {accepted} accepted");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Neither planned nor spoilt: any visits, any prices, and a bound around what they prove.
    #[test]
    fn any_plan_with_any_prices_is_judged_as_the_rules_say(
        seed in 0_u64..1_000_000,
        has_wishes: bool,
        count in 0_usize..5,
        dearest in 1_usize..300_000,
        off_by in -2_i64..3,
    ) {
        let instance = instance(seed, World { has_wishes, ..World::TINY });
        let mut dice = Dice::new(seed);
        let possible: Vec<Visit> =
            any_visits(&instance).filter(|visit| is_open(&instance, visit) && is_in_reach(&instance, visit)).collect();
        let mut visits = instance.fixed.clone();
        visits.extend((0..count).filter_map(|_| pick(&possible, &mut dice).copied()));
        let mut prices = |count: usize| (0..count).map(|_| dice.below(dearest) as i64).collect::<Vec<i64>>();
        let (lambda, mu) = (prices(instance.days * instance.teams.len()), prices(instance.teams.len()));
        let nu = prices(instance.floors.len()).into_iter().map(|price| price.min(instance.shortfall_penalty * 16));
        let certificate = Certificate { scale: 16, claimed: 0, lambda, mu, nu: nu.collect() };
        let (objective, gain, shortfall) = worth(&instance, &visits);
        let mut any = Claims { visits, objective, gain, shortfall, bound: 0, certificate };
        any.bound = check(&instance, &any).bound.unwrap() + off_by;
        let verdict = check(&instance, &any);
        prop_assert_eq!(verdict.is_valid(), must_accept(&instance, &any), "{:?}", verdict.faults);
        prop_assert!(off_by >= 0 || !verdict.is_valid(), "a bound that the prices do not prove");
    }
}
