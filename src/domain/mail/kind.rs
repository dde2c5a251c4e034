//! The closed lists of letters: kinds, states, reasons of failure, and what a reader may unsubscribe from.

use crate::domain::code::codes;

codes! {
    /// What a letter is about.
    pub enum MailKind {
        EventConfirmed = "event_confirmed",
        /// Other days, hours or another venue than the team was told.
        EventMoved = "event_moved",
        /// Cancelled, postponed, or an officer is no longer needed.
        EventCancelled = "event_cancelled",
        /// The day before.
        EventReminder = "event_reminder",
        /// A held event has no result.
        ResultReminder = "result_reminder",
        PasswordReset = "password_reset",
        Invitation = "invitation",
        /// Figures of a day, a week or a month.
        Digest = "digest",
        /// The same of a province or the nation, office by office.
        RegionDigest = "region_digest",
        /// Asked for by `mail test`.
        Test = "test",
    }
}

codes! {
    /// Where a letter is on its way.
    pub enum MailState {
        /// Waits for its (next) try.
        Queued = "queued",
        /// A process is sending it; free again when its lease has run out.
        Leased = "leased",
        Sent = "sent",
        /// Will not be tried again by itself.
        Dead = "dead",
    }
}

codes! {
    /// Why the last try failed.
    pub enum MailFault {
        /// No connection to the server, or it went away.
        Unreachable = "unreachable",
        /// No encryption that can be trusted: the certificate is another's, or STARTTLS is missing.
        Insecure = "insecure",
        /// The server does not take our name and password.
        SignIn = "sign_in",
        /// A reply of 4xx: not now.
        Deferred = "deferred",
        /// A reply of 5xx: never.
        Refused = "refused",
        /// The server did not answer in time.
        Timeout = "timeout",
        /// The letter was not sent before it became pointless.
        Expired = "expired",
        /// The letter cannot be written or addressed: a bug, or a row that somebody changed by hand.
        Broken = "broken",
        /// The folder cannot be written.
        Folder = "folder",
    }
}

codes! {
    /// What a reader may do without; the other letters are part of the work or were asked for.
    pub enum MailTopic {
        Digests = "digests",
        /// The day before, and held events without a result.
        Reminders = "reminders",
    }
}

impl MailKind {
    /// What stops these letters; None for those that nobody can unsubscribe from.
    pub fn topic(self) -> Option<MailTopic> {
        match self {
            Self::Digest | Self::RegionDigest => Some(MailTopic::Digests),
            Self::EventReminder | Self::ResultReminder => Some(MailTopic::Reminders),
            _ => None,
        }
    }

    /// True if the letter opens an account, so that its content must not be kept once it has left.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::PasswordReset | Self::Invitation)
    }
}
