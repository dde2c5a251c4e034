//! On `/akun`: the letters that come to the reader, and the buttons that end them or let them come again.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};

use super::{FormFields, Noticed, Shell, see_other};
use crate::domain::digest::{DigestSchedule, DigestSubscription, Rhythm};
use crate::domain::mail::MailTopic;
use crate::domain::office::parse_office_code;
use crate::domain::rule::Check;
use crate::service::delivery::OwnLetters;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;

/// Letters of one topic from one office in words.
pub struct OwnLetterRow {
    pub office: String,
    pub code: String,
    pub topic: &'static str,
    pub topic_words: String,
    pub is_on: bool,
    /// When digests come, each with the page that changes it.
    pub schedules: Vec<(String, String)>,
    /// Where digests are scheduled that are not yet.
    pub schedule_at: Option<String>,
}

/// The digest of the reader's region in words.
pub struct RegionLetterRow {
    /// False once he ended it.
    pub is_on: bool,
    /// When it comes; none if it is not scheduled.
    pub when: Option<String>,
}

/// The row of somebody who reads a province or the nation; others have none.
pub async fn region_row(services: &Services, shell: &Shell) -> Result<Option<RegionLetterRow>, WebError> {
    match services.find_own_region(shell.caller()?).await {
        Ok(own) => Ok(Some(RegionLetterRow {
            is_on: own.is_willing,
            when: own.subscription.map(|subscription| rhythm(shell, subscription.schedule)),
        })),
        Err(ServiceError::NotFound | ServiceError::Forbidden) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The rows of the page.
pub fn rows(shell: &Shell, letters: &[OwnLetters]) -> Vec<OwnLetterRow> {
    letters.iter().map(|letters| row(shell, letters)).collect()
}

/// Ends letters, or lets them come again.
#[post("/surat")]
pub async fn set_letters(services: Data<Services>, shell: Shell, fields: FormFields) -> Result<HttpResponse, WebError> {
    let mut check = Check::new();
    let office = check.required("office", fields.text("office"), |text| parse_office_code(&text));
    let topic = check.required("topic", fields.text("topic"), |text| text.parse::<MailTopic>());
    let (office, topic) = check.finish(office.zip(topic))?;
    let is_on = fields.is("on", "1");
    services.set_own_letters(shell.caller()?, &office, topic, is_on).await?;
    let notice = if is_on { "done-letters-resumed" } else { "done-letters-ended" };
    let topic = shell.label("mail-topic", topic.as_str());
    Ok(see_other("/akun").noticed(notice, &[("topic", &topic)]).finish())
}

fn row(shell: &Shell, letters: &OwnLetters) -> OwnLetterRow {
    let OwnLetters { office, topic, is_on, subscriptions } = letters;
    let scheduled = |subscription: &DigestSubscription| {
        let place = format!("/{}/ringkasan/penerima/{}", office.code, subscription.id);
        (rhythm(shell, subscription.schedule), place)
    };
    let is_unscheduled = *topic == MailTopic::Digests && subscriptions.is_empty();
    OwnLetterRow {
        office: office.name.to_string(),
        code: office.code.to_string(),
        topic: topic.as_str(),
        topic_words: shell.heading("mail-topic", topic.as_str()),
        is_on: *is_on,
        schedules: subscriptions.iter().map(scheduled).collect(),
        schedule_at: (is_unscheduled && *is_on).then(|| format!("/{}/ringkasan/penerima/baru", office.code)),
    }
}

/// "setiap Senin pukul 07.00".
fn rhythm(shell: &Shell, schedule: DigestSchedule) -> String {
    let time = shell.time(&schedule.time);
    match schedule.rhythm {
        Rhythm::Daily => shell.t1("digest-rhythm-daily", "time", &time),
        Rhythm::Weekly(weekday) => {
            let day = shell.label("weekday", weekday.as_str());
            shell.t2("digest-rhythm-weekly", ("day", &day), ("time", &time))
        }
        Rhythm::Monthly(day) => {
            shell.t2("digest-rhythm-monthly", ("day", &shell.count(u32::from(day))), ("time", &time))
        }
    }
}
