//! The one table from kinds of errors to statuses. What the reader sees of an error is made in [`super::problem`],
//! in his language; the cause goes to the log.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};

use super::problem::{ClashView, Problem, ProblemKind};
use crate::domain::rule::{FieldError, Rule};
use crate::service::{Conflict, ServiceError};

/// Seconds after which a busy or broken database is worth another try.
const BUSY_RETRY_AFTER: u64 = 5;

/// An error on its way out of a handler.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The body is no JSON, no UTF-8, or cut off.
    #[error("the request cannot be read")]
    Unreadable,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body has another type than the address takes")]
    WrongType,
    /// A request that changes something did not come from our own pages.
    #[error("the request comes from another site")]
    CrossSite,
}

impl From<Vec<FieldError>> for WebError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Service(errors.into())
    }
}

impl WebError {
    pub fn invalid(field: impl Into<String>, rule: Rule) -> Self {
        ServiceError::invalid(field, rule).into()
    }

    fn problem(&self) -> Problem {
        let kind = match self {
            Self::Unreadable => ProblemKind::BadRequest,
            Self::TooLarge => ProblemKind::TooLarge,
            Self::WrongType => ProblemKind::WrongMediaType,
            Self::CrossSite => ProblemKind::Forbidden,
            Self::Service(error) => return service_problem(error),
        };
        kind.into()
    }
}

fn service_problem(error: &ServiceError) -> Problem {
    match error {
        ServiceError::Invalid(errors) => Problem { errors: errors.clone(), ..ProblemKind::Invalid.into() },
        ServiceError::File(errors) => Problem { errors: errors.to_field_errors(), ..ProblemKind::Invalid.into() },
        ServiceError::Reading(refused) => Problem {
            errors: vec![FieldError::new("denominator", refused.rule.clone())],
            readings: refused.readings.clone(),
            ..ProblemKind::Invalid.into()
        },
        ServiceError::NotFound => ProblemKind::NotFound.into(),
        ServiceError::Forbidden => ProblemKind::Forbidden.into(),
        ServiceError::Unauthenticated => ProblemKind::Unauthorized.into(),
        ServiceError::Conflict(conflict) => conflict_problem(conflict),
        ServiceError::Stale => ProblemKind::StaleVersion.into(),
        ServiceError::VersionRequired => ProblemKind::IfMatchMissing.into(),
        ServiceError::TooMany { .. } => ProblemKind::TooManyRequests.into(),
        ServiceError::Store(_) if error.is_busy() => ProblemKind::Unavailable.into(),
        ServiceError::Store(_) | ServiceError::Internal(_) | ServiceError::DryRun(_) => ProblemKind::Internal.into(),
    }
}

fn conflict_problem(conflict: &Conflict) -> Problem {
    let (kind, errors, clashes) = match conflict {
        Conflict::Clashes(clashes) => (ProblemKind::Clash, Vec::new(), clashes.iter().map(ClashView::from).collect()),
        Conflict::State { from, step } => {
            return Problem {
                args: vec![("from", (*from).to_owned()), ("step", (*step).to_owned())],
                ..ProblemKind::WrongState.into()
            };
        }
        Conflict::Taken(field) => (ProblemKind::Conflict, vec![FieldError::new(*field, Rule::Taken)], Vec::new()),
        Conflict::InUse => (ProblemKind::InUse, Vec::new(), Vec::new()),
        Conflict::NotDead => (ProblemKind::Conflict, vec![FieldError::new("state", Rule::NotDead)], Vec::new()),
        Conflict::PeriodLocked => (ProblemKind::PeriodLocked, Vec::new(), Vec::new()),
    };
    Problem { errors, clashes, ..kind.into() }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.problem().kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let problem = self.problem();
        if problem.kind == ProblemKind::Internal {
            tracing::error!(error = ?self, "a request failed");
        } else if problem.kind == ProblemKind::Unavailable {
            tracing::warn!(error = ?self, "the database did not take a request");
        }
        let mut response = HttpResponse::new(problem.kind.status());
        let retry_after = match self {
            Self::Service(ServiceError::TooMany { retry_after }) => Some(*retry_after),
            _ if problem.kind == ProblemKind::Unavailable => Some(BUSY_RETRY_AFTER),
            _ => None,
        };
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        // The body is written by `describe`, which knows the reader's language and the request id.
        response.extensions_mut().insert(problem);
        response
    }
}
