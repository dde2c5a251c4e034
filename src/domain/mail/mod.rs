//! Letters that leave by e-mail, as far as rules go: which kinds there are, what may become of one, when it is tried again,
//! and how the way out is named in the settings. (The *surat tugas* on paper is [`super::letter`].)

mod kind;
mod retry;
mod route;
mod sender;

pub use kind::{MailFault, MailKind, MailState, MailTopic};
pub use retry::{Verdict, judge};
pub use route::{Credentials, MailRoute, Relay, RouteError, Security};
pub use sender::Sender;
