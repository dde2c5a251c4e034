//! The bodies of digests: subscriptions, letters, what became of them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::moment;
use crate::domain::dates::print_time;
use crate::domain::digest::{DigestPeriod, DigestSchedule, Rhythm, SubscriptionInput};
use crate::domain::mail::MailFault;
use crate::service::delivery::SentLetter;
use crate::service::digests::{DigestLetter, SentDigest, Subscriber};

/// A subscription as it is sent.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "recipient": "head@purbalingga.example", "period": "weekly", "time": "07:00", "weekday": "mon", "quiet": true
}))]
pub struct DigestBody {
    /// Login of the reader: anybody but field officers, with an e-mail address. Cannot be changed.
    pub recipient: Option<String>,
    /// daily | weekly | monthly
    pub period: Option<String>,
    /// On the office's clocks; default 07:00. Before noon a letter tells of the days before it, else of its day, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Of a weekly letter: mon … sun; default mon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<String>,
    /// Of a monthly letter: 1–31, in a shorter month its last day; default 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month_day: Option<i64>,
    /// Nothing on Saturdays, Sundays, holidays and joint leave; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet: Option<bool>,
}

/// A stored subscription.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11", "recipient": "head@purbalingga.example", "name": "Kepala Dinas Peraga",
    "period": "weekly", "time": "07:00", "weekday": "mon", "quiet": true, "next_at": "2026-11-23T00:00:00.000000Z",
    "ended": false
}))]
pub struct DigestView {
    pub id: String,
    pub recipient: String,
    pub name: String,
    pub period: &'static str,
    pub time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month_day: Option<u8>,
    pub quiet: bool,
    /// When the next letter leaves.
    pub next_at: Option<String>,
    /// True if the reader has ended digests by the address in a letter; then none leaves.
    pub ended: bool,
}

/// A digest as it would be written now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "language": "id", "subject": "Kurang 203.947 aktivasi; hasil Pabrik Sampoerna 6 Juni belum dilaporkan",
    "text": "…", "html": "…", "report": {"period": "weekly", "on": "2024-06-07"}
}))]
pub struct DigestPreviewView {
    pub language: &'static str,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Every figure and list of the letter.
    #[schema(value_type = Object)]
    pub report: Value,
}

/// A digest to be sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2024-06-07", "period": "weekly", "to": "head@purbalingga.example", "test": true}))]
pub struct SendDigestBody {
    /// The last day that it tells of.
    pub on: Option<String>,
    /// daily | weekly | monthly; default weekly.
    pub period: Option<String>,
    /// Login of the reader; default: the office's heads.
    pub to: Option<String>,
    /// Leaves even if the same letter was sent before; default false.
    pub test: Option<bool>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"queued": 1, "known": 0, "recipients": ["head@purbalingga.example"], "without_email": []}))]
pub struct SentDigestView {
    /// Letters that were put into the outbox.
    pub queued: usize,
    /// Readers who had the same letter before.
    pub known: usize,
    pub recipients: Vec<String>,
    /// Heads without an address.
    pub without_email: Vec<String>,
}

/// A digest on its way, or what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d12", "name": "Kepala Dinas Peraga", "on": "2024-06-07", "period": "weekly",
    "state": "sent", "attempts": 1, "reply": "250 2.0.0 Ok", "created_at": "2026-11-23T00:00:00.000000Z",
    "sent_at": "2026-11-23T00:00:02.000000Z"
}))]
pub struct DeliveryView {
    pub id: String,
    pub name: Option<String>,
    pub on: Option<String>,
    pub period: Option<String>,
    /// queued | leased | sent | dead
    pub state: &'static str,
    pub attempts: i64,
    /// Why the last try failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<&'static str>,
    /// What the mail server said last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    pub created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<String>,
}

/// How many letters are tried again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"queued": 2}))]
pub struct ResentView {
    pub queued: usize,
}

impl From<DigestBody> for SubscriptionInput {
    fn from(body: DigestBody) -> Self {
        let DigestBody { recipient, period, time, weekday, month_day, quiet } = body;
        Self { recipient, period, time, weekday, month_day: month_day.map(|day| day.to_string()), quiet }
    }
}

impl From<&Subscriber> for DigestBody {
    fn from(subscriber: &Subscriber) -> Self {
        let DigestSchedule { rhythm, time, quiet } = subscriber.subscription.schedule;
        let (weekday, month_day) = rhythm_parts(rhythm);
        Self {
            recipient: Some(subscriber.user.login.to_string()),
            period: Some(rhythm.period().to_string()),
            time: Some(print_time(time)),
            weekday: weekday.map(str::to_owned),
            month_day: month_day.map(i64::from),
            quiet: Some(quiet),
        }
    }
}

impl From<Subscriber> for DigestView {
    fn from(subscriber: Subscriber) -> Self {
        let Subscriber { subscription, user, is_willing } = subscriber;
        let DigestSchedule { rhythm, time, quiet } = subscription.schedule;
        let (weekday, month_day) = rhythm_parts(rhythm);
        Self {
            id: subscription.id.to_string(),
            recipient: user.login.to_string(),
            name: user.details.name.to_string(),
            period: rhythm.period().as_str(),
            time: print_time(time),
            weekday,
            month_day,
            quiet,
            next_at: subscription.next_at.filter(|_| is_willing).map(moment),
            ended: !is_willing,
        }
    }
}

impl From<DigestLetter> for DigestPreviewView {
    fn from(letter: DigestLetter) -> Self {
        let report = serde_json::to_value(&letter.payload.report).unwrap_or_default();
        let DigestLetter { language, subject, text, html, .. } = letter;
        Self { language: language.as_str(), subject, text, html, report }
    }
}

impl From<SentDigest> for SentDigestView {
    fn from(sent: SentDigest) -> Self {
        let texts = |logins: Vec<crate::domain::text::Login>| logins.iter().map(ToString::to_string).collect();
        Self {
            queued: sent.queued,
            known: sent.known,
            recipients: texts(sent.readers),
            without_email: texts(sent.without_email),
        }
    }
}

impl From<SentLetter> for DeliveryView {
    fn from(letter: SentLetter) -> Self {
        let told = told_of(&letter);
        Self {
            id: letter.id.to_string(),
            name: letter.recipient_name,
            on: told.as_ref().map(|told| told.on.to_string()),
            period: told.map(|told| told.period.to_string()),
            state: letter.state.as_str(),
            attempts: letter.attempts,
            fault: letter.fault.map(MailFault::as_str),
            reply: letter.last_reply,
            created_at: moment(letter.created_at),
            sent_at: letter.sent_at.map(moment),
        }
    }
}

/// What a sent digest is about, of an office or a region.
#[derive(Debug, Deserialize)]
pub struct ToldDays {
    pub on: NaiveDate,
    pub period: DigestPeriod,
}

/// The days of a sent digest; none of one that another version of this program wrote.
pub fn told_of(letter: &SentLetter) -> Option<ToldDays> {
    ToldDays::deserialize(letter.payload.get("report")?).ok()
}

/// The weekday and the day of the month of a rhythm that has them.
pub fn rhythm_parts(rhythm: Rhythm) -> (Option<&'static str>, Option<u8>) {
    match rhythm {
        Rhythm::Daily => (None, None),
        Rhythm::Weekly(weekday) => (Some(weekday.as_str()), None),
        Rhythm::Monthly(day) => (None, Some(day)),
    }
}
