//! The description of the API, sorted by area and put into short texts.

use serde_json::Value;

use super::example::{example_of, pretty, resolve};

/// The methods in the order in which an area shows them.
const METHODS: [&str; 5] = ["get", "post", "patch", "put", "delete"];

/// Everything under one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub name: String,
    pub operations: Vec<Operation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its place on the page.
    pub anchor: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub parameters: Vec<Parameter>,
    /// Media types with an example of each.
    pub bodies: Vec<(String, String)>,
    pub answers: Vec<Answer>,
    /// A line that asks for it.
    pub curl: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub place: String,
    pub required: bool,
    pub description: String,
    pub example: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: String,
    pub description: String,
    pub example: String,
}

/// The areas by name, each with its operations by path.
pub fn read_areas(document: &Value) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let name = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or("other").to_owned();
            let operation = read_operation(document, method, path, operation);
            match areas.iter_mut().find(|area| area.name == name) {
                Some(area) => area.operations.push(operation),
                None => areas.push(Area { name, operations: vec![operation] }),
            }
        }
    }
    areas.sort_by(|one, other| one.name.cmp(&other.name));
    areas
}

fn read_operation(document: &Value, method: &str, path: &str, operation: &Value) -> Operation {
    let parameters: Vec<Parameter> = operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|given| read_parameter(document, given))
        .collect();
    let content = operation.pointer("/requestBody/content").and_then(Value::as_object);
    let body = |(kind, media): (&String, &Value)| (kind.clone(), read_example(document, media));
    let bodies: Vec<(String, String)> = content.into_iter().flatten().map(body).collect();
    let answers = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let answer = |(status, answer): (&String, &Value)| read_answer(document, status, answer);
    let summary = text(operation, "summary");
    let more = text(operation, "description");
    Operation {
        anchor: format!("{method}{}", path.replace(['/', '{', '}', '.'], "-")),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: if summary.is_empty() { more } else { summary },
        curl: curl(method, path, &parameters, bodies.first()),
        parameters,
        bodies,
        answers: answers.map(answer).collect(),
    }
}

fn read_parameter(document: &Value, parameter: &Value) -> Parameter {
    let example = parameter.get("example").cloned().unwrap_or_else(|| example_of(document, parameter.get("schema"), 0));
    Parameter {
        name: text(parameter, "name"),
        place: text(parameter, "in"),
        required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
        description: text(parameter, "description"),
        example: example.as_str().map_or_else(|| example.to_string(), str::to_owned),
    }
}

fn read_answer(document: &Value, status: &str, answer: &Value) -> Answer {
    // Errors look alike; one shared answer stands for them.
    let answer = resolve(document, answer);
    let media = answer.get("content").and_then(Value::as_object).and_then(|content| content.iter().next());
    let example = media.map(|(_, media)| read_example(document, media)).unwrap_or_default();
    let is_error = !status.starts_with('2');
    Answer {
        status: status.to_owned(),
        description: text(answer, "description"),
        example: if is_error { String::new() } else { example },
    }
}

fn read_example(document: &Value, media: &Value) -> String {
    let example = media.get("example").cloned().unwrap_or_else(|| example_of(document, media.get("schema"), 0));
    if example.is_null() { String::new() } else { pretty(&example) }
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

/// `curl -X POST …`: the path with its examples filled in, and the first body.
fn curl(method: &str, path: &str, parameters: &[Parameter], body: Option<&(String, String)>) -> String {
    let mut address = path.to_owned();
    for parameter in parameters.iter().filter(|parameter| parameter.place == "path") {
        address = address.replace(&format!("{{{}}}", parameter.name), &parameter.example);
    }
    let verb = if method == "get" { String::new() } else { format!(" -X {}", method.to_uppercase()) };
    let sent = |(kind, example): &(String, String)| {
        let compact: String = example.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        let data = if kind.contains("json") { format!("'{compact}'") } else { "@file".to_owned() };
        format!(" -H \"Content-Type: {kind}\" --data-binary {data}")
    };
    let sent = body.map(sent).unwrap_or_default();
    format!("curl{verb} -H \"Authorization: Bearer $TOKEN\"{sent} \"$URL{address}\"")
}
