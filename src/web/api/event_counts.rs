//! `/offices/{office}/events/{id}/counts`: what was counted at an event, and what it comes to.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{office_code, path_part};
use crate::domain::event::warnings::Warning;
use crate::domain::language::Language;
use crate::domain::outcome::{Counts, Outcome};
use crate::service::recording::EventCounts;
use crate::service::{Caller, Services};
use crate::web::error::WebError;
use crate::web::language::language_of;
use crate::wording::warnings::warning_message;

/// What was counted at an event. A count below zero is shown as 0, with a warning.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventCountsView {
    pub days: Vec<DayCountsView>,
    pub total: SumView,
}

/// One day that was counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayCountsView {
    pub date: String,
    #[serde(flatten)]
    pub sum: SumView,
    pub warnings: Vec<CountWarningView>,
}

/// What a reader should know of a count.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountWarning)]
pub struct CountWarningView {
    /// `day_above_capacity | negative_count`
    pub code: &'static str,
    pub message: String,
}

/// Counts with what they come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SumView {
    #[schema(value_type = BTreeMap<String, i64>)]
    pub counts: Counts,
    /// Everyone whom the digital ID was offered to.
    pub reached: i64,
    pub activated: i64,
    /// Activated of reached, in per cent with one decimal; null if nobody was reached.
    pub rate: Option<f64>,
}

/// Shows what was counted at an event, day by day and in total.
#[utoipa::path(tag = "results", params(("office" = String, Path, example = "33.03"), ("id" = String, Path)),
    responses((status = 200, body = EventCountsView)))]
#[get("/offices/{office}/events/{id}/counts")]
pub async fn count_event(
    services: Data<Services>,
    caller: Caller,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (office, event) = (office_code(&path.0)?, path_part(&path.1)?);
    let counts = services.count_event(&caller, &office, event).await?;
    Ok(HttpResponse::Ok().json(EventCountsView::new(language_of(&request), counts)))
}

impl EventCountsView {
    fn new(language: Language, counts: EventCounts) -> Self {
        let warnings_of = |date: NaiveDate| {
            let of_day = counts.warnings.iter().filter(|warning| warning.date == Some(date));
            let view = |warning: &Warning| CountWarningView {
                code: warning.code.as_str(),
                message: warning_message(language, warning),
            };
            of_day.map(view).collect()
        };
        let day = |(date, sum): (NaiveDate, Counts)| DayCountsView {
            date: date.to_string(),
            sum: sum.into(),
            warnings: warnings_of(date),
        };
        Self { days: counts.days.into_iter().map(day).collect(), total: counts.total.into() }
    }
}

impl From<Counts> for SumView {
    fn from(counts: Counts) -> Self {
        let rate = counts.rate().map(|rate| (rate * 1_000.0).round() / 10.0);
        Self { reached: counts.reached(), activated: counts.get(Outcome::Activated), rate, counts }
    }
}
