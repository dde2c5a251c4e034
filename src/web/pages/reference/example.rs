//! An example of a schema: the one that its author gave, or one made of its parts.

use serde_json::{Map, Value, json};

/// How deep schemas are followed into each other; some contain themselves.
const DEPTH_MAX: usize = 6;

/// An example of what `schema` describes; null if nothing is known of it.
pub fn example_of(document: &Value, schema: Option<&Value>, depth: usize) -> Value {
    let Some(schema) = schema.map(|schema| resolve(document, schema)) else { return Value::Null };
    if let Some(example) = schema.get("example").or_else(|| schema.pointer("/examples/0")) {
        return example.clone();
    }
    if depth > DEPTH_MAX {
        return Value::Null;
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        return merged(parts.iter().map(|part| example_of(document, Some(part), depth + 1)));
    }
    let alternatives = ["oneOf", "anyOf"].into_iter().find_map(|name| schema.get(name).and_then(Value::as_array));
    if let Some(alternatives) = alternatives {
        let own = alternatives.iter().map(|one| example_of(document, Some(one), depth + 1));
        return own.into_iter().find(|example| !example.is_null()).unwrap_or(Value::Null);
    }
    if let Some(first) = schema.pointer("/enum/0") {
        return first.clone();
    }
    match type_of(schema) {
        "object" => {
            let own = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            own.map(|(name, part)| (name.clone(), example_of(document, Some(part), depth + 1)))
                .collect::<Map<_, _>>()
                .into()
        }
        "array" => json!([example_of(document, schema.get("items"), depth + 1)]),
        "string" => json!("…"),
        "integer" => json!(1),
        "number" => json!(1.5),
        "boolean" => json!(false),
        _ => Value::Null,
    }
}

/// The type of a schema; of several the first that is not null.
fn type_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(name)) => name,
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or_default()
        }
        _ => "",
    }
}

/// What a reference points to; the value itself if it is none.
pub fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

fn merged(parts: impl Iterator<Item = Value>) -> Value {
    let mut whole = Map::new();
    for part in parts {
        if let Value::Object(fields) = part {
            whole.extend(fields);
        }
    }
    whole.into()
}

/// JSON over several lines; a text (a CSV file) as it is.
pub fn pretty(example: &Value) -> String {
    match example {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_taken_where_it_is_given_and_made_where_it_is_not() {
        let document = json!({"components": {"schemas": {
            "Unit": {"type": "object", "properties": {
                "code": {"type": "string", "example": "MOBIL-1"},
                "self": {"$ref": "#/components/schemas/Loop"},
                "count": {"type": ["integer", "null"]}}},
            "Loop": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Loop"}}}}}});
        let schema = json!({"type": "array", "items": {"$ref": "#/components/schemas/Unit"}});
        let example = example_of(&document, Some(&schema), 0);
        assert_eq!((&example[0]["code"], &example[0]["count"]), (&json!("MOBIL-1"), &json!(1)));
        assert!(example[0]["self"]["next"].is_object(), "{example}");
        let both =
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "boolean"}}}, {"example": {"b": 2}}]});
        assert_eq!(example_of(&document, Some(&both), 0), json!({"a": false, "b": 2}));
    }
}
