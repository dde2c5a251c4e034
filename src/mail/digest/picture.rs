//! The letter's picture, drawn once for all who read the same figures in the same language: letters of one office follow one
//! another, so a few pictures are remembered. Drawing has no other effect, so this changes nothing but the time.

use std::sync::{LazyLock, Mutex, PoisonError};

use super::pace::CHART;
use crate::mail::error::RenderError;
use crate::mail::letter::InlinePicture;
use crate::pictures::{PaceCard, png};

/// Dots of the picture for each unit of the drawing: sharp on a phone.
const SCALE: f32 = 2.0;

/// As many offices as are written at the same time, with room.
const REMEMBERED: usize = 16;

/// Drawings (SVG), each with its picture (PNG).
type Drawings = Vec<(String, Vec<u8>)>;

/// The last drawings and their pictures, the latest at the end.
static DRAWN: LazyLock<Mutex<Drawings>> = LazyLock::new(Mutex::default);

/// Draws a card, or remembers it.
pub fn draw(card: &PaceCard) -> Result<InlinePicture, RenderError> {
    let drawing = card.draw();
    let remembered = {
        let drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.iter().find(|(known, _)| *known == drawing).map(|(_, png)| png.clone())
    };
    let png = match remembered {
        Some(png) => png,
        None => remember(drawing)?,
    };
    Ok(InlinePicture { cid: CHART.to_owned(), png })
}

fn remember(drawing: String) -> Result<Vec<u8>, RenderError> {
    let drawn = png(&drawing, SCALE)?;
    let mut all = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= REMEMBERED {
        all.remove(0);
    }
    all.push((drawing, drawn.clone()));
    Ok(drawn)
}
