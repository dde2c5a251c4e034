//! JSON merge patch (RFC 7396): what a PATCH does to the body that a GET shows.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::body::read_json;
use crate::domain::rule::Rule;
use crate::service::ServiceError;
use crate::web::error::WebError;

/// `current` with the changes of `patch`, read back as a body: checked like one that was sent whole.
pub fn merge_patch<T: Serialize + DeserializeOwned>(current: &T, patch: Value) -> Result<T, WebError> {
    if !patch.is_object() {
        return Err(WebError::invalid("body", Rule::WrongType("object".to_owned())));
    }
    let mut merged = serde_json::to_value(current).map_err(ServiceError::internal)?;
    merge(&mut merged, patch);
    let text = serde_json::to_vec(&merged).map_err(ServiceError::internal)?;
    read_json(&text)
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(changes) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(fields) = target {
        for (name, change) in changes {
            if change.is_null() {
                fields.remove(&name);
            } else {
                merge(fields.entry(name).or_insert(Value::Null), change);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_examples_of_the_rfc_hold() {
        let cases = [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!({"a":[{"b":"c"}]}), json!({"a":[1]}), json!({"a":[1]})),
            (json!({"e":null}), json!({"a":1}), json!({"e":null,"a":1})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ];
        for (mut target, patch, expected) in cases {
            merge(&mut target, patch);
            assert_eq!(target, expected);
        }
    }
}
