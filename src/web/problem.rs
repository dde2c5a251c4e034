//! Errors as `application/problem+json` (RFC 9457) holds them, in the reader's language. [`super::describe`] writes them.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::ACCEPT;
use serde::Serialize;
use utoipa::ToSchema;

use super::figure_views::ReadingView;
use crate::domain::clash::Clash;
use crate::domain::language::Language;
use crate::domain::reading::Reading;
use crate::domain::rule::FieldError;
use crate::wording::messages::{capitalised, label, message, message_id};
use crate::wording::rules::rule_message;

/// Kinds of problems: each has a status and a title and a detail in `config/i18n` (`problem-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    BadRequest,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    Conflict,
    Clash,
    WrongState,
    InUse,
    PeriodLocked,
    StaleVersion,
    TooLarge,
    WrongMediaType,
    Invalid,
    IfMatchMissing,
    TooManyRequests,
    Internal,
    Unavailable,
}

impl ProblemKind {
    pub const fn status(self) -> StatusCode {
        self.parts().0
    }

    /// Last part of the problem's type, and of its message ids.
    const fn name(self) -> &'static str {
        self.parts().1
    }

    const fn parts(self) -> (StatusCode, &'static str) {
        match self {
            Self::BadRequest => (StatusCode::BAD_REQUEST, "bad-request"),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
            Self::Conflict => (StatusCode::CONFLICT, "conflict"),
            Self::Clash => (StatusCode::CONFLICT, "clash"),
            Self::WrongState => (StatusCode::CONFLICT, "wrong-state"),
            Self::InUse => (StatusCode::CONFLICT, "in-use"),
            Self::PeriodLocked => (StatusCode::CONFLICT, "period-locked"),
            Self::StaleVersion => (StatusCode::PRECONDITION_FAILED, "stale-version"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::WrongMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-media-type"),
            Self::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::IfMatchMissing => (StatusCode::PRECONDITION_REQUIRED, "if-match-missing"),
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too-many-requests"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        }
    }

    /// The kind of an error that the framework answered without our help.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::Unauthorized,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::WrongMediaType,
            status if status.is_client_error() => Self::BadRequest,
            _ => Self::Internal,
        }
    }
}

/// A problem before it is put into words.
#[derive(Debug, Clone)]
pub struct Problem {
    pub kind: ProblemKind,
    pub args: Vec<(&'static str, String)>,
    pub errors: Vec<FieldError>,
    pub clashes: Vec<ClashView>,
    /// Of a share that nobody said what it is of.
    pub readings: Vec<Reading>,
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self { kind, args: Vec::new(), errors: Vec::new(), clashes: Vec::new(), readings: Vec::new() }
    }
}

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem, example = json!({
    "type": "urn:jemputbola:invalid",
    "title": "Isian belum benar",
    "status": 422,
    "detail": "Perbaiki isian yang ditandai, lalu kirim lagi.",
    "request_id": "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11",
    "errors": [{"field": "region", "code": "outside_office", "message": "Wilayah ini di luar wilayah dinas."}]
}))]
pub struct ProblemBody {
    /// `urn:jemputbola:` and the kind of problem.
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// The id under which log and audit trail know the request.
    pub request_id: String,
    pub errors: Vec<FieldErrorView>,
    /// Of a refused booking: everything that is held already.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clashes: Vec<ClashView>,
    /// Of a refused share: what it may be a share of. Send it again with `denominator` set to the `base` of one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ReadingView>,
}

/// A broken rule and the field it was broken in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorView {
    pub field: String,
    pub code: String,
    pub message: String,
}

/// What is held already, and by which event.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Clash)]
pub struct ClashView {
    #[schema(example = "team")]
    pub subject_kind: &'static str,
    /// Code of the team, unit or venue; login of the officer.
    #[schema(example = "T-01")]
    pub subject: String,
    #[schema(example = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11")]
    pub event: String,
    #[schema(example = "Jemput bola SMKN 1")]
    pub event_title: String,
    #[schema(example = "2026-11-23")]
    pub date: String,
    #[schema(example = "morning")]
    pub slot: &'static str,
}

impl From<&Clash> for ClashView {
    fn from(clash: &Clash) -> Self {
        Self {
            subject_kind: clash.subject_kind.as_str(),
            subject: clash.subject.clone(),
            event: clash.event.to_string(),
            event_title: clash.event_title.to_string(),
            date: clash.date.to_string(),
            slot: clash.slot.as_str(),
        }
    }
}

impl FieldErrorView {
    /// "Judul: wajib diisi.", for where the field is not beside it. A field that forms do not have is left unnamed.
    pub fn named(&self, language: Language) -> String {
        let last = self.field.rsplit('.').next().and_then(|part| part.split('[').next()).unwrap_or_default();
        let id = message_id("input", last);
        let outcome = message_id("outcome", last);
        let name = match (message(language, &id, &[]), message(language, &outcome, &[])) {
            (unknown, counted) if unknown == id && counted != outcome => counted,
            (name, _) => name,
        };
        if name == id { self.message.clone() } else { format!("{}: {}", capitalised(&name), self.message) }
    }
}

/// The broken rules in the reader's language.
pub fn field_errors(language: Language, errors: &[FieldError]) -> Vec<FieldErrorView> {
    let view = |error: &FieldError| {
        let code = error.rule.code().to_owned();
        FieldErrorView { field: error.field.clone(), code, message: rule_message(language, &error.rule) }
    };
    errors.iter().map(view).collect()
}

impl Problem {
    pub fn body(&self, language: Language, request_id: String) -> ProblemBody {
        let name = self.kind.name();
        let readable = |(name, value): &(&'static str, String)| (*name, readable(language, name, value));
        let args: Vec<_> = self.args.iter().map(readable).collect();
        ProblemBody {
            r#type: format!("urn:jemputbola:{name}"),
            title: message(language, &format!("problem-{name}"), &[]),
            status: self.kind.status().as_u16(),
            detail: message(language, &format!("problem-{name}-detail"), &args),
            request_id,
            errors: field_errors(language, &self.errors),
            clashes: self.clashes.clone(),
            readings: self.readings.iter().map(|reading| ReadingView::new(language, reading)).collect(),
        }
    }
}

/// States and steps in the reader's words; codes of other lists stay as they are.
fn readable(language: Language, name: &str, value: &str) -> String {
    let list = match name {
        "from" => "event-state",
        "step" => "event-step",
        _ => return value.to_owned(),
    };
    let words = label(language, list, value);
    if words == message_id(list, value) { value.to_owned() } else { words }
}

/// True for what a browser shows to a person: it asks for HTML, and not of the API.
pub fn is_page(request: &HttpRequest) -> bool {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html") && !request.path().starts_with("/api/v1")
}
