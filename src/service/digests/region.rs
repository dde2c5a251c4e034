//! The digest of a province or the nation: compiled from the offices that its reader may see, in the same number of
//! statements however many they are; looked at, tried, subscribed to by the reader himself, and sent when its hour has come.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::compile::compiled_on;
use super::readers::actor_of;
use super::send::check_day;
use super::standing::named_on;
use crate::domain::audit::Change;
use crate::domain::calendar::{Holiday, HolidayCalendar};
use crate::domain::dates::DateRange;
use crate::domain::digest::{
    DigestPeriod, DigestReader, DigestSchedule, OfficeLine, RegionPayload, RegionReport, RegionSubscription,
    SubscriptionInput, TargetLine, check_recipient,
};
use crate::domain::id::{MailId, OfficeId};
use crate::domain::language::Language;
use crate::domain::mail::{MailKind, MailTopic};
use crate::domain::permission::{Action, ActionKind, Export, ManageSelf, WidePermit};
use crate::domain::region::{RegionCode, RegionLevel};
use crate::domain::staff::{Scope, User};
use crate::mail;
use crate::service::delivery::{Draft, enqueue, unsubscribe_address, willing};
use crate::service::desk::{Caller, Services, WideDesk};
use crate::service::error::ServiceError;
use crate::service::targets::{PaceReport, read_paces};
use crate::store::AnyConnection;
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::{mail_optouts, offices, region_digests as store, regions, users};
use crate::store::reports::offices::list_standings;

/// Hours of letters of several offices: those of Jakarta, as in the list of offices.
pub const ZONE: Tz = Tz::Asia__Jakarta;

/// Subscriptions that are looked up at once.
const BATCH: i64 = 200;

/// A letter as it would be written now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionLetter {
    pub subject: String,
    pub text: String,
    /// A whole document without pictures.
    pub html: String,
}

/// The caller's own subscription, and whether letters come by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnRegion {
    pub subscription: Option<RegionSubscription>,
    /// False once he ended the letters by the address in one.
    pub is_willing: bool,
    pub has_email: bool,
}

impl Services {
    /// Writes the digest of the caller's region without sending it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for readers of one office; `on` for a day that has not come.
    pub async fn preview_region_digest(
        &self,
        caller: &Caller,
        period: DigestPeriod,
        on: NaiveDate,
        language: Option<Language>,
    ) -> Result<RegionLetter, ServiceError> {
        let (payload, user) = self
            .read_wide(caller, move |desk: &mut WideDesk<'_, Export>| {
                check_day(today(desk.now), on)?;
                let user = own(desk)?;
                let report = compile_region(desk.connection, &desk.permit, period, on, desk.now)?;
                Ok((payload(report, &user, &desk.mail.site), user))
            })
            .await?;
        let language = language.or(user.details.language).unwrap_or_default();
        let frozen = serde_json::to_value(payload).map_err(ServiceError::internal)?;
        let write = move || mail::render(MailKind::RegionDigest, &frozen, language);
        let letter = tokio::task::spawn_blocking(write).await.map_err(ServiceError::internal)?;
        let mail::Letter { subject, text, html, .. } = letter.map_err(ServiceError::internal)?;
        Ok(RegionLetter { subject, text, html })
    }

    /// Sends the digest of the caller's region to himself, as a try that may be repeated.
    ///
    /// # Errors
    /// As [`Services::preview_region_digest`]; the broken rule on `to` for a caller without an address.
    pub async fn try_region_digest(
        &self,
        caller: &Caller,
        period: DigestPeriod,
        on: NaiveDate,
    ) -> Result<(), ServiceError> {
        let try_id = MailId::new(self.clock.now());
        self.write_wide(caller, move |desk: &mut WideDesk<'_, ManageSelf>| {
            check_day(today(desk.now), on)?;
            let user = own(desk)?;
            check_recipient(&user).map_err(|rule| ServiceError::invalid("to", rule))?;
            let permit = WidePermit::<Export>::grant(desk.permit.actor())?;
            let report = compile_region(desk.connection, &permit, period, on, desk.now)?;
            let about = format!("test:{try_id}");
            let draft = draft(desk.connection, &user, about, payload(report, &user, &desk.mail.site))?;
            enqueue(desk.connection, OfficeId::NATION, vec![draft], desk.now)?;
            let change = Change::new("digest.sent", "digest", on).with("period", period).with("letters", 1);
            desk.record(&user.details.scope, change)
        })
        .await
    }

    /// What the caller has subscribed to.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for readers of one office.
    pub async fn find_own_region(&self, caller: &Caller) -> Result<OwnRegion, ServiceError> {
        self.read_wide(caller, |desk: &mut WideDesk<'_, Export>| {
            let user = own(desk)?;
            let subscription = store::find_region_subscription(desk.connection, user.id)?;
            let is_willing = is_willing(desk.connection, &user)?;
            Ok(OwnRegion { subscription, is_willing, has_email: user.details.email.is_some() })
        })
        .await
    }

    /// Lets the digest of his region come to the caller, or come at other times. It takes back an earlier wish for none.
    ///
    /// # Errors
    /// Every broken field of `input`, whose recipient is the caller; a caller without an address on `recipient`.
    pub async fn subscribe_to_region(
        &self,
        caller: &Caller,
        input: SubscriptionInput,
    ) -> Result<RegionSubscription, ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, ManageSelf>| {
            let user = own(desk)?;
            let input = SubscriptionInput { recipient: Some(user.login.to_string()), ..input.clone() };
            let schedule = input.check()?.schedule;
            check_recipient(&user).map_err(|rule| ServiceError::invalid("recipient", rule))?;
            let next_at = schedule.next_after(desk.now, ZONE, &calendar(desk.connection, &user, desk.now)?);
            let subscription = RegionSubscription { reader: user.id, schedule, next_at };
            store::replace_region_subscription(desk.connection, &subscription, desk.now)?;
            mail_optouts::delete_optout(desk.connection, OfficeId::NATION, user.id, MailTopic::Digests)?;
            let change = Change::new("digest.subscribed", "digest", "region").with("login", &user.login);
            let change = change.with("period", schedule.rhythm.period()).with("time", schedule.time);
            desk.record(&user.details.scope, change)?;
            Ok(subscription)
        })
        .await
    }

    /// Ends the caller's subscription. Doing so twice is as good as once.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for readers of one office.
    pub async fn leave_region(&self, caller: &Caller) -> Result<(), ServiceError> {
        self.write_wide(caller, |desk: &mut WideDesk<'_, ManageSelf>| {
            let user = own(desk)?;
            let Some(stored) = store::find_region_subscription(desk.connection, user.id)? else { return Ok(()) };
            store::delete_region_subscription(desk.connection, user.id)?;
            let change = Change::new("digest.unsubscribed", "digest", "region");
            desk.record(&user.details.scope, change.with("period", stored.schedule.rhythm.period()))
        })
        .await
    }

    /// Queues the digests of regions whose time has come; answers how many letters that were. One that cannot be written
    /// does not hold up the others.
    ///
    /// # Errors
    /// The last failure, after all had their turn; it is tried again.
    pub async fn send_due_regions(&self) -> Result<usize, ServiceError> {
        let now = self.clock.now();
        let list = move |c: &mut _| Ok::<_, ServiceError>(store::list_due_regions(c, now, BATCH)?);
        let (mut letters, mut outcome) = (0, Ok(()));
        for due in self.database.read(list).await? {
            match self.send_region(due, now).await {
                Ok(queued) => letters += usize::from(queued),
                Err(error) => {
                    tracing::warn!(reader = %due.reader, error = ?error, "the digest of a region");
                    outcome = Err(error);
                }
            }
        }
        outcome.map(|()| letters)
    }

    async fn send_region(&self, due: RegionSubscription, now: DateTime<Utc>) -> Result<bool, ServiceError> {
        let site = self.mail.site.clone();
        let (next_at, letter) = self.database.read(move |c| find_due(c, due, &site, now)).await?;
        self.database
            .write(move |c| {
                if !store::move_region_on(c, due.reader, due.next_at, next_at)? {
                    return Ok(false);
                }
                let Some((user, about, payload)) = letter.clone() else { return Ok(false) };
                let draft = draft(c, &user, about, payload)?;
                Ok::<_, ServiceError>(enqueue(c, OfficeId::NATION, vec![draft], now)? == 1)
            })
            .await
    }
}

type DueLetter = (User, String, RegionPayload);

/// When the next letter comes, and the one that is due: none for a reader who is gone, has lost his rights or his address,
/// or ended the letters; and for a moment that a holiday has moved.
fn find_due(
    connection: &mut AnyConnection,
    due: RegionSubscription,
    site: &str,
    now: DateTime<Utc>,
) -> Result<(Option<DateTime<Utc>>, Option<DueLetter>), ServiceError> {
    let schedule = due.schedule;
    let Some(user) = users::list_users_by_id(connection, &[due.reader])?.pop() else { return Ok((None, None)) };
    let calendar = calendar(connection, &user, now)?;
    let next_at = schedule.next_after(now, ZONE, &calendar);
    let moment = schedule.last_until(now, ZONE, &calendar).filter(|last| Some(*last) >= due.next_at);
    let permit = WidePermit::<Export>::grant(&actor_of(&user)).ok();
    let is_reader = !user.archived && check_region_reader(&user).is_ok() && check_recipient(&user).is_ok();
    let (Some(moment), Some(permit), true) = (moment, permit, is_reader && is_willing(connection, &user)?) else {
        return Ok((next_at, None));
    };
    let (period, on) = (schedule.rhythm.period(), schedule.tells_of(moment, ZONE));
    let report = compile_region(connection, &permit, period, on, now)?;
    let mut payload = payload(report, &user, site);
    payload.reader.next = next_at;
    Ok((next_at, Some((user, format!("{period}:{on}"), payload))))
}

/// Compiles the digest of everything that `permit` reaches.
fn compile_region(
    connection: &mut AnyConnection,
    permit: &WidePermit<Export>,
    period: DigestPeriod,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<RegionReport, ServiceError> {
    let reach = permit.reach();
    let all = offices::list_offices(connection, &reach)?;
    let days_off = national_holidays(connection, on, on)?;
    let days = period.days(on, &HolidayCalendar::new(days_off, &anywhere(&reach)?));
    let days: DateRange = days.map_err(|rule| ServiceError::invalid("on", rule))?;
    let ids: Vec<OfficeId> = all.iter().map(|office| office.id).collect();
    let standings = list_standings(connection, &ids, on, days)?;
    let paces = read_paces(connection, &all, on).map_err(named_on)?;
    let region = match reach.as_region() {
        Some(code) => regions::find_region(connection, code)?.map(|region| region.name),
        None => None,
    };
    let line = |office: crate::domain::office::Office| {
        let standing = standings.get(&office.id).copied().unwrap_or_default();
        OfficeLine {
            code: office.code.to_string(),
            name: office.name.to_string(),
            target: paces.get(&office.id).and_then(PaceReport::main).map(TargetLine::of),
            activated: standing.activated,
            unreported: standing.unreported,
            last_counted: standing.last_activity,
        }
    };
    let report = RegionReport {
        region,
        zone: ZONE.name().to_owned(),
        period,
        on,
        days,
        compiled_on: compiled_on(today(now), on),
        offices: all.into_iter().map(line).collect(),
    };
    Ok(report.in_order())
}

fn payload(report: RegionReport, user: &User, site: &str) -> RegionPayload {
    let actor = actor_of(user);
    let reader = DigestReader {
        name: user.details.name.to_string(),
        public_url: site.to_owned(),
        may_plan: actor.may(ActionKind::Plan),
        may_govern: actor.may(ActionKind::Govern),
        next: None,
        unsubscribe: None,
    };
    RegionPayload { report, reader }
}

/// A letter to `user`, with the address that ends such letters.
fn draft<'a>(
    connection: &mut AnyConnection,
    user: &'a User,
    about: String,
    mut payload: RegionPayload,
) -> Result<Draft<'a, RegionPayload>, ServiceError> {
    let site = payload.reader.public_url.clone();
    let address = unsubscribe_address(connection, &site, OfficeId::NATION, user.id, MailTopic::Digests)?;
    payload.reader.unsubscribe = Some(address);
    Ok(Draft { kind: MailKind::RegionDigest, reader: user, about, payload, not_before: None, expires_at: None })
}

/// The caller, if he reads more than one office and digests at all.
fn own<A: Action>(desk: &mut WideDesk<'_, A>) -> Result<User, ServiceError> {
    if !desk.permit.actor().may(ActionKind::Export) {
        return Err(ServiceError::Forbidden);
    }
    let login = desk.permit.actor().signed_in().map(|user| user.login.clone()).ok_or(ServiceError::Forbidden)?;
    let user = users::find_user(desk.connection, &login)?.ok_or(ServiceError::NotFound)?;
    check_region_reader(&user)?;
    Ok(user)
}

fn check_region_reader(user: &User) -> Result<(), ServiceError> {
    let is_wide = user.details.scope.as_region().is_none_or(|region| region.level() == RegionLevel::Province);
    if is_wide { Ok(()) } else { Err(ServiceError::NotFound) }
}

fn is_willing(connection: &mut AnyConnection, user: &User) -> Result<bool, ServiceError> {
    Ok(willing(connection, OfficeId::NATION, MailTopic::Digests, &[user.id])?.contains(&user.id))
}

/// The date on the clocks of [`ZONE`].
fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&ZONE).date_naive()
}

/// The holidays that may move a letter.
fn calendar(connection: &mut AnyConnection, user: &User, now: DateTime<Utc>) -> Result<HolidayCalendar, ServiceError> {
    let today = today(now);
    let first = today.checked_sub_days(DigestSchedule::LOOKS_BACK).unwrap_or(today);
    let last = today.checked_add_days(DigestSchedule::LOOKS_AHEAD).unwrap_or(today);
    let holidays = national_holidays(connection, first, last)?;
    Ok(HolidayCalendar::new(holidays, &anywhere(&user.details.scope)?))
}

/// Holidays of the whole nation from a month before `first` on. One office's own day off stops no letter of a region.
fn national_holidays(
    connection: &mut AnyConnection,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Holiday>, ServiceError> {
    let first = first.checked_sub_signed(TimeDelta::days(31)).unwrap_or(first);
    let mut holidays = list_holidays(connection, first, last, Validity::Now)?;
    holidays.retain(|holiday| holiday.region.is_none());
    Ok(holidays)
}

/// Some region of a scope, to ask for its holidays.
fn anywhere(scope: &Scope) -> Result<RegionCode, ServiceError> {
    scope.as_region().cloned().map_or_else(|| "31".parse().map_err(ServiceError::internal), Ok)
}
