//! axe-core, the accessibility checker, run inside a page. It is not ours and not in the repository: `.ci/run` fetches
//! it and names the file in `AXE_CORE`.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{Session, variable};

/// The variable that names `axe.min.js`.
const AXE_CORE: &str = "AXE_CORE";

static SOURCE: LazyLock<Option<String>> = LazyLock::new(|| {
    let Some(file) = variable(AXE_CORE) else {
        println!("SKIPPED: {AXE_CORE} does not name axe.min.js, so accessibility is not checked (see docs/TESTING.md)");
        return None;
    };
    Some(std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{AXE_CORE}={file}: {error}")))
});

impl Session {
    /// What is seriously or critically wrong with the open page, a line each; nothing where axe-core is missing, which
    /// is said aloud.
    pub async fn axe(&self) -> Vec<String> {
        let Some(source) = SOURCE.as_ref() else { return Vec::new() };
        self.client.execute(source, vec![]).await.unwrap();
        let found = self
            .js("const results = await axe.run(document, {resultTypes: ['violations']});
                 return results.violations.map(({id, impact, help, nodes}) =>
                   ({id, impact, help, nodes: nodes.map(n => [n.target.join(' '), n.any.map(c => c.message).join('; ')])}))")
            .await;
        let place = self.place().await;
        found.as_array().unwrap().iter().filter(|violation| is_grave(violation)).map(|v| line(&place, v)).collect()
    }
}

fn is_grave(violation: &Value) -> bool {
    [json!("serious"), json!("critical")].contains(&violation["impact"])
}

fn line(place: &str, violation: &Value) -> String {
    let text = |field: &str| violation[field].as_str().unwrap_or_default();
    format!("{place}: {} ({}): {} at {}", text("id"), text("impact"), text("help"), violation["nodes"])
}
