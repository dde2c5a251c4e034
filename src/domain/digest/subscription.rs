//! Who receives digests of an office, and when. One person has at most one subscription of each period.

use chrono::{DateTime, NaiveTime, Utc};

use super::period::DigestPeriod;
use super::schedule::{DigestSchedule, Rhythm};
use crate::domain::calendar::Weekday;
use crate::domain::dates::parse_time;
use crate::domain::id::{SubscriptionId, UserId};
use crate::domain::rule::{Check, FieldError, Rule};
use crate::domain::staff::{Role, User};
use crate::domain::text::Login;

/// A standing wish for digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestSubscription {
    pub id: SubscriptionId,
    pub recipient: UserId,
    pub schedule: DigestSchedule,
    /// When the next letter leaves.
    pub next_at: Option<DateTime<Utc>>,
}

/// What was asked for, once it is known to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionTerms {
    pub recipient: Login,
    pub schedule: DigestSchedule,
}

/// What somebody typed about a subscription.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubscriptionInput {
    pub recipient: Option<String>,
    pub period: Option<String>,
    /// Default: 07.00.
    pub time: Option<String>,
    /// Of a weekly letter; default: Monday.
    pub weekday: Option<String>,
    /// Of a monthly letter; default: the first.
    pub month_day: Option<String>,
    /// Default: true.
    pub quiet: Option<bool>,
}

/// The hour at which heads begin their day.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(7, 0, 0) {
    Some(morning) => morning,
    None => NaiveTime::MIN,
};

impl SubscriptionInput {
    /// The terms, or every broken rule by field.
    ///
    /// # Errors
    /// The broken rules, under the names of the fields of this type.
    pub fn check(self) -> Result<SubscriptionTerms, Vec<FieldError>> {
        let mut check = Check::new();
        let recipient = check.required("recipient", self.recipient, |text| text.parse());
        let period = check.required("period", self.period, |text| text.parse());
        let time = check.optional("time", self.time, |text| parse_time(&text));
        let weekday = check.optional("weekday", self.weekday, |text| text.parse());
        let month_day = check.optional("month_day", self.month_day, |text| parse_month_day(&text));
        let quiet = self.quiet.unwrap_or(true);
        let built = (|| {
            let rhythm = match period? {
                DigestPeriod::Daily => Rhythm::Daily,
                DigestPeriod::Weekly => Rhythm::Weekly(weekday?.unwrap_or(Weekday::Monday)),
                DigestPeriod::Monthly => Rhythm::Monthly(month_day?.unwrap_or(1)),
            };
            let schedule = DigestSchedule { rhythm, time: time?.unwrap_or(MORNING), quiet };
            Some(SubscriptionTerms { recipient: recipient?, schedule })
        })();
        check.finish(built)
    }
}

/// Whether digests can be sent to a user at all.
///
/// # Errors
/// [`Rule::NoEmail`] without an address; [`Rule::ReadsNoDigests`] for field officers, who have no right to them.
pub fn check_recipient(user: &User) -> Result<(), Rule> {
    match (user.details.role, &user.details.email) {
        (Role::Officer, _) => Err(Rule::ReadsNoDigests),
        (_, None) => Err(Rule::NoEmail),
        (_, Some(_)) => Ok(()),
    }
}

fn parse_month_day(text: &str) -> Result<u8, Rule> {
    let day = text.trim().parse().ok().filter(|day| (1..=31).contains(day));
    day.ok_or_else(|| Rule::out_of_range(1, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(period: &str) -> SubscriptionInput {
        let text = |text: &str| Some(text.to_owned());
        SubscriptionInput { recipient: text("head@purbalingga.example"), period: text(period), ..Default::default() }
    }

    #[test]
    fn a_period_is_enough_and_heads_begin_at_seven() {
        let rhythm = |period: &str| input(period).check().unwrap().schedule.rhythm;
        assert_eq!(rhythm("daily"), Rhythm::Daily);
        assert_eq!(rhythm("weekly"), Rhythm::Weekly(Weekday::Monday));
        assert_eq!(rhythm("monthly"), Rhythm::Monthly(1));
        let schedule = input("weekly").check().unwrap().schedule;
        assert_eq!((schedule.time.to_string().as_str(), schedule.quiet), ("07:00:00", true));
    }

    #[test]
    fn every_broken_field_is_named() {
        let text = |text: &str| Some(text.to_owned());
        let input = SubscriptionInput {
            recipient: None,
            period: text("hourly"),
            time: text("25.00"),
            weekday: text("senin"),
            month_day: text("32"),
            quiet: None,
        };
        let errors = input.check().unwrap_err();
        let named: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.rule.code())).collect();
        let expected = [
            ("recipient", "required"),
            ("period", "unknown_code"),
            ("time", "format"),
            ("weekday", "unknown_code"),
            ("month_day", "out_of_range"),
        ];
        assert_eq!(named, expected);
    }
}
