//! What may become of a message, and why there may be no way out at all.

use crate::domain::mail::MailFault;

/// Why there is no way out.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    #[error("mail.ca_file cannot be read: {0}")]
    CaFile(#[source] std::io::Error),
    #[error("mail.ca_file holds no certificate in PEM form")]
    Certificates,
    #[error("mail.url: TLS cannot be set up: {0}")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The server took it over; what it said.
    Sent(String),
    /// It did not, or did not say so; why, and what was said.
    Failed(MailFault, String),
}
