//! The form that all short letters share: a heading, a few sentences, facts, one button. Text and HTML come from the same
//! notice, so that neither says less.

use askama::Template;

use super::error::RenderError;
use super::letter::{CalendarPart, Letter};
use crate::domain::language::Language;
use crate::wording::messages::message;

/// A short letter, ready but for its form.
#[derive(Debug, Clone)]
pub struct Notice {
    pub language: Language,
    /// Who writes, in the head of the letter.
    pub office: String,
    pub subject: String,
    pub heading: String,
    pub lead: Vec<String>,
    pub facts: Vec<Fact>,
    pub button: Option<Button>,
    /// Below the button.
    pub closing: Vec<String>,
    /// Why the reader gets this letter.
    pub footer: String,
    pub calendar: Vec<CalendarPart>,
    pub unsubscribe: Option<String>,
}

/// A label and what belongs to it, line by line.
#[derive(Debug, Clone)]
pub struct Fact {
    pub label: String,
    pub lines: Vec<String>,
}

/// The one thing to do.
#[derive(Debug, Clone)]
pub struct Button {
    pub label: String,
    pub address: String,
}

#[derive(Template)]
#[template(path = "notice.html", config = "src/mail/askama.toml")]
struct HtmlNotice<'a> {
    n: &'a Notice,
    stop: String,
}

#[derive(Template)]
#[template(path = "notice.txt", config = "src/mail/askama.toml")]
struct TextNotice<'a> {
    n: &'a Notice,
    stop: String,
}

impl Notice {
    pub fn into_letter(self) -> Result<Letter, RenderError> {
        let stop = || message(self.language, "mail-unsubscribe", &[]);
        let html = HtmlNotice { n: &self, stop: stop() }.render()?;
        let text = TextNotice { n: &self, stop: stop() }.render()?;
        Ok(Letter {
            subject: self.subject,
            text,
            html,
            pictures: Vec::new(),
            calendar: self.calendar,
            unsubscribe: self.unsubscribe,
        })
    }
}

impl Fact {
    /// None if there is nothing to say.
    pub fn new(label: String, lines: Vec<String>) -> Option<Self> {
        if lines.is_empty() { None } else { Some(Self { label, lines }) }
    }
}
