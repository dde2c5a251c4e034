//! A number in a body: as JSON writes it, or as a file would.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NumberBody {
    Whole(i64),
    Decimal(f64),
    Text(String),
}

impl NumberBody {
    /// The text that the domain reads; of a decimal the shortest that reads back as it.
    pub fn into_text(self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}
