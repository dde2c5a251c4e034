//! What can go wrong when a letter is written.

use crate::pictures::RasterError;

/// Why a letter cannot be written: never the reader's fault.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A payload of another shape, from another version of this program.
    #[error("the payload does not fit the kind")]
    Payload(#[from] serde_json::Error),
    #[error("the template failed")]
    Template(#[from] askama::Error),
    #[error("no time zone: {0}")]
    Zone(String),
    #[error("the picture cannot be drawn")]
    Picture(#[from] RasterError),
}
