//! The dialogue with a mail server, over lettre's connection. Its pool is not used: a dialogue that was cut short by a time
//! limit would go back into it, and the late answer would be taken for that of the next message.

use std::error::Error as _;
use std::path::Path;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;

use super::delivery::{Delivery, MailerError};
use crate::domain::mail::{MailFault, Relay, Security};
use crate::mail::message::Parcel;

/// A server and what is needed to speak to it.
pub struct Server {
    relay: Relay,
    tls: TlsParameters,
    hello: ClientId,
}

/// An open connection between two messages.
pub struct Line(AsyncSmtpConnection);

/// What went wrong, and where.
struct Broken {
    fault: MailFault,
    told: String,
}

impl Server {
    pub fn new(relay: Relay, ca_file: Option<&Path>) -> Result<Self, MailerError> {
        let mut tls = TlsParameters::builder(relay.host.clone());
        for certificate in ca_file.map_or_else(|| Ok(Vec::new()), read_certificates)? {
            tls = tls.add_root_certificate(certificate);
        }
        let tls = tls.build().map_err(MailerError::Tls)?;
        Ok(Self { relay, tls, hello: ClientId::default() })
    }

    pub fn name(&self) -> String {
        format!("{}:{}", self.relay.host, self.relay.port)
    }

    /// Carries one message over `line`, or over a new one; gives the line back if it can be used again.
    pub async fn carry(&self, line: Option<Line>, parcel: &Parcel, patience: Duration) -> (Delivery, Option<Line>) {
        let mut line = match line {
            Some(line) => line,
            None => match self.connect(patience).await {
                Ok(line) => line,
                Err(Broken { fault, told }) => return (Delivery::Failed(fault, told), None),
            },
        };
        match line.0.send(&parcel.envelope, &parcel.bytes).await {
            Ok(reply) => {
                let told = reply.message().collect::<Vec<_>>().join(" ");
                (Delivery::Sent(format!("{} {told}", reply.code())), Some(line))
            }
            // lettre ends the connection after any other answer.
            Err(error) => (failed(&error), None),
        }
    }

    async fn connect(&self, patience: Duration) -> Result<Line, Broken> {
        let Relay { host, port, security, credentials } = &self.relay;
        let implicit = (*security == Security::Tls).then(|| self.tls.clone());
        let place = (host.as_str(), *port);
        let mut open = AsyncSmtpConnection::connect_tokio1(place, Some(patience), &self.hello, implicit, None)
            .await
            .map_err(|error| Broken::of(&error, MailFault::Unreachable))?;
        if *security == Security::StartTls {
            open.starttls(self.tls.clone(), &self.hello).await.map_err(|e| Broken::of(&e, MailFault::Insecure))?;
        }
        if let Some(credentials) = credentials {
            let known = Credentials::new(credentials.user.clone(), credentials.password.clone());
            let ways = [Mechanism::Plain, Mechanism::Login];
            open.auth(&ways, &known).await.map_err(|error| Broken::of(&error, MailFault::SignIn))?;
        }
        Ok(Line(open))
    }
}

impl Line {
    pub async fn quit(mut self) {
        self.0.quit().await.ok();
    }
}

impl Broken {
    /// A failure before any message was begun is never the message's fault, whatever the server said.
    fn of(error: &SmtpError, fault: MailFault) -> Self {
        let told = tell(error);
        let fault = if error.is_tls() || told.contains("certificate") { MailFault::Insecure } else { fault };
        Self { fault, told }
    }
}

/// What the server said to a message, or that it said nothing.
fn failed(error: &SmtpError) -> Delivery {
    let fault = if error.is_permanent() {
        MailFault::Refused
    } else if error.is_transient() {
        MailFault::Deferred
    } else if error.is_client() {
        MailFault::Broken
    } else {
        MailFault::Unreachable
    };
    Delivery::Failed(fault, tell(error))
}

/// The reply as it came, or the cause in the words of the library; long enough for people, not for a flood.
fn tell(error: &SmtpError) -> String {
    let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    let told = error.status().map_or_else(|| cause.clone(), |code| format!("{code} {cause}"));
    told.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect()
}

fn read_certificates(path: &Path) -> Result<Vec<Certificate>, MailerError> {
    const END: &str = "-----END CERTIFICATE-----";
    let text = std::fs::read_to_string(path).map_err(MailerError::CaFile)?;
    let parts = text.split_inclusive(END).filter(|part| part.contains(END));
    let all: Vec<Certificate> = parts
        .map(|part| Certificate::from_pem(part.as_bytes()))
        .collect::<Result<_, _>>()
        .map_err(|_| MailerError::Certificates)?;
    if all.is_empty() { Err(MailerError::Certificates) } else { Ok(all) }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("relay", &self.relay).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line")
    }
}
