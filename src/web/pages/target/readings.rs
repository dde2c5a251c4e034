//! The reading check in words: each reading of a share, with what it would mean.

use chrono::NaiveDate;

use super::figures::denominator;
use crate::domain::observation::ShareBase;
use crate::domain::reading::{Reading, Verdict};
use crate::domain::rule::{Check, FieldError};
use crate::service::Services;
use crate::service::targets::ReadingCheck;
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Shell};
use crate::wording::pace as words;

/// The check of the page: what was typed, and how it can be read.
pub struct ReadingForm {
    pub form: Form,
    pub readings: Vec<ReadingText>,
    /// True if a share was given that nothing known can be the whole of.
    pub is_open: bool,
}

/// One reading in words.
pub struct ReadingText {
    pub base: &'static str,
    pub name: String,
    pub verdict: String,
    /// done | warn | clash: how the verdict is marked.
    pub mark: &'static str,
    pub meaning: String,
}

/// Reads what was typed into the check; nothing typed is no question.
pub async fn read_claim(
    services: &Services,
    shell: &Shell,
    share: &str,
    figure: &str,
    as_of: NaiveDate,
) -> Result<ReadingForm, WebError> {
    let fields = FormFields::of([("persen", share.to_owned()), ("jumlah", figure.to_owned())]);
    let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    if given(share).is_none() {
        return Ok(ReadingForm { form: Form::open(fields), readings: Vec::new(), is_open: false });
    }
    let read = || -> Result<ReadingCheck, Vec<FieldError>> {
        let mut check = Check::new();
        let share = check.required("persen", given(share), |text| text.parse());
        let figure = check.optional("jumlah", given(figure), |text| text.parse());
        let built = || Some(ReadingCheck { share: share?, figure: figure?, as_of: Some(as_of), scope: None });
        check.finish(built())
    };
    let claim = match read() {
        Ok(claim) => claim,
        Err(errors) => {
            let form = Form::refused(fields, errors.into(), shell.language)?;
            return Ok(ReadingForm { form, readings: Vec::new(), is_open: false });
        }
    };
    let readings = services.read_share(shell.caller()?, &shell.office()?.code, claim).await?;
    let readings: Vec<ReadingText> = readings.iter().map(|reading| in_words(shell, reading)).collect();
    Ok(ReadingForm { form: Form::open(fields), is_open: readings.is_empty(), readings })
}

/// "Dari wajib KTP. Berarti wajib KTP 1.181.818–1.258.065 orang, target 177.273–188.710, 10,3–11,0 % dari target."
pub fn in_words(shell: &Shell, reading: &Reading) -> ReadingText {
    let base = reading.base;
    let mut parts = Vec::new();
    if let Some(amount) = reading.denominator {
        let people = words::amount(shell.language, amount);
        let of = base.denominator().map_or_else(|| shell.t("target-its-denominator"), |kind| denominator(shell, kind));
        parts.push(shell.t2("reading-denominator", ("of", &of), ("people", &people)));
    }
    if let Some(target) = reading.target {
        parts.push(shell.t1("reading-target", "people", words::amount(shell.language, target)));
    }
    if let Some(people) = reading.people {
        parts.push(shell.t1("reading-people", "people", words::amount(shell.language, people)));
    }
    if let Some(share) = reading.of_denominator.filter(|_| base == ShareBase::Target) {
        parts.push(shell.t1("reading-of-denominator", "share", words::share(shell.language, share)));
    }
    if let Some(share) = reading.of_target.filter(|_| base != ShareBase::Target) {
        parts.push(shell.t1("reading-of-target", "share", words::share(shell.language, share)));
    }
    ReadingText {
        base: base.as_str(),
        name: shell.heading("share-base", base.as_str()),
        verdict: shell.label("verdict", reading.verdict.as_str()),
        mark: match reading.verdict {
            Verdict::Fits => "done",
            Verdict::Possible => "draft",
            Verdict::Contradicts => "warn",
            Verdict::Impossible => "clash",
        },
        meaning: if parts.is_empty() { String::new() } else { shell.t1("reading-means", "parts", parts.join(", ")) },
    }
}
