//! A letter as its reader sees it, before it is put into an envelope. Every part of it is a finished text.

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line that says the point.
    pub subject: String,
    pub text: String,
    /// A whole HTML document with inline styles.
    pub html: String,
    /// Named in the HTML by `cid:`.
    pub pictures: Vec<InlinePicture>,
    /// One for each calendar entry: a message about several entries is not understood (RFC 5546 section 3.2.2).
    pub calendar: Vec<CalendarPart>,
    /// The address at which one request ends these letters (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// A PNG that is part of the letter, shown without asking another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlinePicture {
    /// Of letters, digits and hyphens.
    pub cid: String,
    pub png: Vec<u8>,
}

/// An entry that the reader's calendar takes over, changes or removes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CalendarPart {
    pub method: CalendarMethod,
    /// The text of iCalendar, whose METHOD is the same.
    pub text: String,
}

/// What the reader's calendar should do (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CalendarMethod {
    Request,
    Cancel,
}

impl CalendarMethod {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}
