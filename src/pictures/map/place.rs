//! A venue as the map takes it, and as it lies in the drawing.

use crate::domain::venue::Position;

/// A venue on the map. Texts are ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub position: Position,
    /// What a day there yields; a venue without is as small as the smallest.
    pub weight: Option<f64>,
    pub look: Look,
    pub name: String,
    /// The kecamatan.
    pub region: String,
    /// All that the reader should know, read aloud in place of the mark.
    pub label: String,
    pub href: String,
    /// What a script finds the venue by.
    pub code: String,
}

/// What tells marks apart: never the colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Recency(Recency),
    Shape(Shape),
}

/// How long ago the last visit was, by fill and outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recency {
    Fresh,
    Aging,
    Never,
}

/// Shapes of the same area, each with a colour of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Circle,
    Square,
    Diamond,
    Triangle,
    Hexagon,
    Cross,
}

/// A venue with its place in the drawing.
#[derive(Debug)]
pub struct Drawn<'a> {
    pub place: &'a Place,
    pub x: f64,
    pub y: f64,
    pub radius: f64,
}
