//! What letters need of the installation: the way out, how the service is reached from outside, and what was counted.

use super::figures::DeliveryFigures;
use crate::mail::Mailer;

/// The installation's mail.
#[derive(Debug)]
pub struct MailRoom {
    pub mailer: Mailer,
    /// Begins every address in a letter, without a slash at its end.
    pub site: String,
    pub figures: DeliveryFigures,
}

impl MailRoom {
    pub fn new(mailer: Mailer, site: String) -> Self {
        Self { mailer, site, figures: DeliveryFigures::default() }
    }

    /// The address of a page: `page("/33.03/papan")`.
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }
}
