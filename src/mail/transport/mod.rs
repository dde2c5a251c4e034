//! How a message leaves: to a mail server, into a folder, or not at all. A courier carries one message after the other over
//! one connection; how many couriers there are is how many connections there are. Nothing here retries: the outbox does.

mod delivery;
mod folder;
mod smtp;

use std::path::Path;
use std::time::Duration;

pub use self::delivery::{Delivery, MailerError};
use self::smtp::{Line, Server};
use super::message::Parcel;
use crate::domain::mail::{MailFault, MailRoute, Sender};

/// The way out of this installation.
#[derive(Debug)]
pub struct Mailer {
    way: Way,
    sender: Sender,
    connections: usize,
    patience: Duration,
}

#[derive(Debug)]
enum Way {
    Off,
    Folder(std::path::PathBuf),
    Smtp(Server),
}

/// The longest that one message may take, connecting included: a server that hangs costs one courier this much.
const PATIENCE: Duration = Duration::from_mins(1);

impl Mailer {
    /// Prepares the way; nothing is connected yet.
    ///
    /// # Errors
    /// [`MailerError`] if the certificates cannot be used.
    pub fn new(
        route: MailRoute,
        sender: Sender,
        ca_file: Option<&Path>,
        connections: usize,
    ) -> Result<Self, MailerError> {
        let way = match route {
            MailRoute::Off => Way::Off,
            MailRoute::Folder(folder) => Way::Folder(folder),
            MailRoute::Smtp(relay) => Way::Smtp(Server::new(relay, ca_file)?),
        };
        Ok(Self { way, sender, connections: connections.max(1), patience: PATIENCE })
    }

    /// A way that leads nowhere.
    pub fn off(sender: Sender) -> Self {
        Self { way: Way::Off, sender, connections: 1, patience: PATIENCE }
    }

    /// The same way with another limit for one message.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    pub fn is_on(&self) -> bool {
        !matches!(self.way, Way::Off)
    }

    pub fn sender(&self) -> &Sender {
        &self.sender
    }

    /// How many couriers may be under way at once.
    pub fn connections(&self) -> usize {
        self.connections
    }

    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// True if letters only become files on the server.
    pub fn is_folder(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// The server's name or the folder, for those who run the installation; never a password.
    pub fn route(&self) -> String {
        match &self.way {
            Way::Off => String::new(),
            Way::Folder(folder) => folder.display().to_string(),
            Way::Smtp(server) => server.name(),
        }
    }

    /// Somebody who carries messages; connects when the first one comes.
    pub fn courier(&self) -> Courier<'_> {
        Courier { mailer: self, line: None }
    }
}

/// One connection's worth of carrying.
#[derive(Debug)]
pub struct Courier<'a> {
    mailer: &'a Mailer,
    line: Option<Line>,
}

impl Courier<'_> {
    /// Carries one message, within the mailer's patience.
    pub async fn deliver(&mut self, parcel: &Parcel) -> Delivery {
        // The line is taken out while it is used: if time runs out amid a dialogue, it is dropped with whatever answer may
        // still come, which would else be taken for the answer to the next message.
        let line = self.line.take();
        match tokio::time::timeout(self.mailer.patience, self.mailer.carry(line, parcel)).await {
            Ok((delivery, line)) => {
                self.line = line;
                delivery
            }
            Err(_) => Delivery::Failed(MailFault::Timeout, format!("{} s", self.mailer.patience.as_secs())),
        }
    }

    /// Says goodbye to the server.
    pub async fn finish(self) {
        if let Some(line) = self.line {
            // A server that does not answer to a goodbye need not be waited for.
            tokio::time::timeout(Duration::from_secs(2), line.quit()).await.ok();
        }
    }
}

impl Mailer {
    async fn carry(&self, line: Option<Line>, parcel: &Parcel) -> (Delivery, Option<Line>) {
        match &self.way {
            Way::Off => (Delivery::Failed(MailFault::Unreachable, String::new()), None),
            Way::Folder(folder) => (folder::put(folder, parcel).await, None),
            Way::Smtp(server) => server.carry(line, parcel, self.patience).await,
        }
    }
}
