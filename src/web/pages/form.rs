//! Forms: what was typed, read as it came, and carried back into the page with its errors when it is refused.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::domain::language::Language;
use crate::domain::rule::{FieldError, Rule};
use crate::service::{Conflict, ServiceError};
use crate::web::error::WebError;
use crate::web::problem::{ClashView, FieldErrorView, field_errors};
use crate::wording::messages::message;

/// The fields of a form as they were typed. A field may come several times (check boxes).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormFields(Vec<(String, String)>);

impl FormFields {
    /// Fields with these values, for a form that opens with something in it.
    pub fn of(pairs: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// As [`Self::of`], with names that are made up as they go: `days[0].date`.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value of a field without the space around it; none if it is empty or was not sent.
    pub fn text(&self, name: &str) -> Option<String> {
        let value = self.raw(name).trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The value of a field just as it was typed: for passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field that comes several times, empty ones left out.
    pub fn all(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(own, _)| own == name);
        named.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
    }

    /// True if the field has this value, or one of its values is it.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(own, typed)| own == name && typed == value)
    }

    /// Sets a field to one value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(own, _)| own != name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// Sets a field to several values.
    pub fn set_all(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        self.0.retain(|(own, _)| own != name);
        self.0.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromIterator<(String, String)> for FormFields {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl FromRequest for FormFields {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = request.content_type() == "application/x-www-form-urlencoded";
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_form {
                return Err(WebError::WrongType);
            }
            let bytes = bytes.await.map_err(|_| WebError::TooLarge)?;
            serde_urlencoded::from_bytes(&bytes).map(Self).map_err(|_| WebError::Unreadable)
        })
    }
}

/// A form on its page: what stands in it, and why it was refused.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub fields: FormFields,
    pub errors: Vec<FieldErrorView>,
    /// What is wrong with the whole of it, in words.
    pub problem: Option<String>,
    pub clashes: Vec<ClashView>,
}

impl Form {
    /// A form that opens.
    pub fn open(fields: FormFields) -> Self {
        Self { fields, ..Self::default() }
    }

    /// The form with the reason for which it was refused.
    ///
    /// # Errors
    /// `error` itself if it says nothing about the form: somebody without the right, a broken database.
    pub fn refused(fields: FormFields, error: WebError, language: Language) -> Result<Self, WebError> {
        let form = Self::open(fields);
        let WebError::Service(error) = error else { return Err(error) };
        let whole = |id: &str| Some(message(language, id, &[]));
        match error {
            ServiceError::Invalid(errors) => Ok(Self { errors: field_errors(language, &errors), ..form }),
            ServiceError::Conflict(Conflict::Taken(field)) => {
                let errors = [FieldError::new(field, Rule::Taken)];
                Ok(Self { errors: field_errors(language, &errors), ..form })
            }
            ServiceError::Conflict(Conflict::Clashes(clashes)) => {
                let clashes = clashes.iter().map(ClashView::from).collect();
                Ok(Self { clashes, problem: whole("problem-clash-detail"), ..form })
            }
            ServiceError::Conflict(Conflict::InUse) => Ok(Self { problem: whole("problem-in-use-detail"), ..form }),
            ServiceError::Conflict(Conflict::PeriodLocked) => {
                Ok(Self { problem: whole("problem-period-locked-detail"), ..form })
            }
            ServiceError::Stale => Ok(Self { problem: whole("form-stale"), ..form }),
            other => Err(other.into()),
        }
    }

    pub fn value(&self, name: &str) -> &str {
        self.fields.raw(name)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.fields.is(name, value)
    }

    /// What is wrong with a field, in words.
    pub fn error(&self, name: &str) -> Option<&str> {
        let inside =
            |field: &str| field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('['));
        self.errors.iter().find(|error| inside(&error.field)).map(|error| error.message.as_str())
    }

    /// True if the page must say why the form came back.
    pub fn is_refused(&self) -> bool {
        self.problem.is_some() || !self.errors.is_empty() || !self.clashes.is_empty()
    }
}
