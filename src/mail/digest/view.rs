//! A digest as its two templates show it: finished texts and links in the order of the letter.

use super::rich::Rich;
use crate::domain::language::Language;

/// The whole letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestView {
    pub language: Language,
    pub subject: String,
    /// Shown by mail programs beside the subject.
    pub preview: String,
    pub office: String,
    /// Which letter this is.
    pub kicker: String,
    pub headline: Rich,
    pub alert: Alert,
    pub position: Section,
    pub figures: Vec<KeyFigure>,
    pub pace: Section,
    pub bars: Vec<Bar>,
    pub chart: Option<ChartView>,
    pub field: Section,
    pub ahead: Section,
    pub foot: Vec<Rich>,
}

/// What must be done something about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub title: String,
    pub groups: Vec<Group>,
    /// Said in place of groups.
    pub calm: Option<String>,
    pub button: Option<Button>,
}

/// Rows under one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub label: String,
    pub rows: Vec<Rich>,
    /// "dan 3 lainnya".
    pub others: Option<Rich>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    pub href: String,
}

/// A heading, sentences, lists, and the page where more stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    pub title: String,
    pub sentences: Vec<Rich>,
    pub groups: Vec<Group>,
    pub page: Option<Button>,
}

/// A large figure with its label above and its denominator or date below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFigure {
    pub label: String,
    pub value: Rich,
    pub note: String,
}

/// A pace as a bar of table cells, readable without pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub value: Rich,
    /// In per cent of the widest, 1–100.
    pub width: u8,
    /// What the office does, in contrast to what is needed.
    pub is_own: bool,
}

/// The picture of the pace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartView {
    pub cid: &'static str,
    pub alt: String,
    pub href: String,
}

impl Bar {
    /// What is left of the line.
    pub fn rest(&self) -> u8 {
        100_u8.saturating_sub(self.width)
    }

    pub fn fill(&self) -> &'static str {
        if self.is_own { "#005a70" } else { "#4b5a5b" }
    }

    pub fn class(&self) -> &'static str {
        if self.is_own { "own" } else { "need" }
    }
}
