//! JSON bodies. What cannot be read is 400, what can be read but has a wrong shape names the field and the rule.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::rule::{FieldError, Rule};
use crate::web::error::WebError;

/// A JSON body of at most 1 MiB.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        // The limit is set on the application (`PayloadConfig`).
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_json {
                return Err(WebError::WrongType);
            }
            let bytes = bytes.await.map_err(|error| read_error(&error))?;
            read_json(&bytes).map(Body)
        })
    }
}

/// A JSON body that may be left out, whatever its type is then said to be.
#[derive(Debug)]
pub struct OptionalBody<T>(pub T);

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalBody<T> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|error| read_error(&error))?;
            match (bytes.trim_ascii().is_empty(), is_json) {
                (true, _) => Ok(Self(T::default())),
                (false, true) => read_json(&bytes).map(Self),
                (false, false) => Err(WebError::WrongType),
            }
        })
    }
}

/// A password inside a body: it is in no log and no error.
#[derive(Default, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Typed(String);

impl Typed {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

fn is_json(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn read_error(error: &actix_web::Error) -> WebError {
    if error.as_response_error().status_code() == actix_web::http::StatusCode::PAYLOAD_TOO_LARGE {
        WebError::TooLarge
    } else {
        WebError::Unreadable
    }
}

/// Reads JSON of a known shape.
///
/// # Errors
/// [`WebError::Unreadable`] for what is no JSON; the field and the rule for JSON of another shape.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WebError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        // A wrong shape ends the reading early: what follows may still be no JSON.
        let is_json = || serde_json::from_slice::<IgnoredAny>(bytes).is_ok();
        if error.inner().is_data() && is_json() {
            let FieldError { field, rule } = shape_error(&error.path().to_string(), &error.inner().to_string());
            WebError::invalid(field, rule)
        } else {
            WebError::Unreadable
        }
    })?;
    deserializer.end().map_err(|_| WebError::Unreadable)?;
    Ok(value)
}

/// Reads a part of a body that may be wrong without spoiling the rest.
pub fn read_value<T: DeserializeOwned>(value: Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| shape_error(&error.path().to_string(), &error.inner().to_string()))
}

/// Reads what serde says about a wrong shape; its words are stable, and values in them are never shown.
fn shape_error(path: &str, words: &str) -> FieldError {
    let path = if path == "." { "" } else { path };
    let quoted = words.split('`').nth(1).unwrap_or_default();
    let below = |name: &str| {
        // The path of an unknown or missing key ends at its parent or at the key, depending on the case.
        if path.is_empty() || path == name || path.ends_with(&format!(".{name}")) {
            if path.is_empty() { name.to_owned() } else { path.to_owned() }
        } else {
            format!("{path}.{name}")
        }
    };
    if words.starts_with("missing field") {
        FieldError::new(below(quoted), Rule::Required)
    } else if words.starts_with("unknown field") {
        FieldError::new(below(quoted), Rule::UnknownField)
    } else if words.starts_with("duplicate field") {
        FieldError::new(below(quoted), Rule::DuplicateField)
    } else {
        let expected = words.rsplit_once("expected ").map_or("", |(_, rest)| rest);
        let expected = expected.split(" at line ").next().unwrap_or_default();
        FieldError::new(if path.is_empty() { "body" } else { path }, Rule::WrongType(json_type(expected).to_owned()))
    }
}

/// The type that JSON knows for what serde expected; a list of codes stays as it is.
fn json_type(expected: &str) -> &str {
    let expected = expected.trim();
    match expected.trim_start_matches("a ").trim_start_matches("an ") {
        "string" | "str" | "character" | "char" => "text",
        "boolean" | "bool" => "boolean",
        "integer" | "i8" | "i16" | "i32" | "i64" | "isize" | "u8" | "u16" | "u32" | "u64" | "usize" => "integer",
        "f32" | "f64" | "floating point number" => "number",
        "sequence" => "list",
        "map" => "object",
        other if other.starts_with("struct ") => "object",
        other if other.starts_with("tuple ") => "list",
        _ => expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Day {
        #[allow(dead_code, reason = "only its shape is tested")]
        date: String,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        #[allow(dead_code, reason = "only its shape is tested")]
        days: Vec<Day>,
    }

    fn error(text: &str) -> (String, String) {
        match read_json::<Shape>(text.as_bytes()) {
            Err(WebError::Service(crate::service::ServiceError::Invalid(errors))) => {
                (errors[0].field.clone(), errors[0].rule.code().to_owned())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_shape_names_field_and_rule() {
        let pair = |field: &str, rule: &str| (field.to_owned(), rule.to_owned());
        assert_eq!(error(r#"{"days":[{"date":5}]}"#), pair("days[0].date", "wrong_type"));
        assert_eq!(error(r#"{"days":[{"dat":"x"}]}"#), pair("days[0].dat", "unknown_field"));
        assert_eq!(error(r#"{"days":[{}]}"#), pair("days[0].date", "required"));
        assert_eq!(error(r#"{"dias":[]}"#), pair("dias", "unknown_field"));
        assert_eq!(error(r"{}"), pair("days", "required"));
        assert_eq!(error(r#"{"days":[],"days":[]}"#), pair("days", "duplicate_field"));
        assert_eq!(error("[]"), pair("body", "wrong_type"));
    }

    #[test]
    fn a_wrong_type_is_told_as_json_knows_it() {
        let expected = |text: &str| match read_json::<Shape>(text.as_bytes()) {
            Err(WebError::Service(crate::service::ServiceError::Invalid(errors))) => errors[0].rule.clone(),
            other => panic!("{other:?}"),
        };
        for (text, name) in [("5", "object"), (r#"{"days":5}"#, "list"), (r#"{"days":[{"date":5}]}"#, "text")] {
            assert_eq!(expected(text), Rule::WrongType(name.to_owned()));
        }
    }

    #[test]
    fn what_is_no_json_cannot_be_read() {
        for text in ["", "{", "{}}", "nul", "{\"days\": \u{1}}"] {
            assert!(matches!(read_json::<Shape>(text.as_bytes()), Err(WebError::Unreadable)), "{text}");
        }
        assert!(matches!(read_json::<Shape>(b"{\"days\":[{\"date\":\"\xff\"}]}"), Err(WebError::Unreadable)));
    }
}
