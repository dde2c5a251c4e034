//! A real browser for a test: Debian's chromium, driven through chromedriver, and a network that can be made bad.
//! docs/TESTING.md says how to write such a test.

#![allow(dead_code, unused_imports, reason = "the means are here for every page that is still to come")]

mod axe;
mod driver;
mod exchange;
mod proxy;
mod session;
mod tour;

pub use driver::Browsers;
pub use proxy::{Fault, Link, Proxy};
pub use session::{Session, Shape};

/// The password that [`super::TestApp::with_password`] gives.
pub const PASSWORD: &str = "kata sandi panjang";

/// Reads an environment variable of the suite; nothing said is nothing.
pub fn variable(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "the test suite has no settings file")]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl super::TestApp {
    /// Gives this user the password of the tests, so that he can sign in by the form.
    pub async fn with_password(&self, login: &str) {
        let system = jemputbola::service::Caller::system("test");
        self.services.reset_password(&system, login.parse().unwrap(), PASSWORD.parse().unwrap()).await.unwrap();
    }
}
