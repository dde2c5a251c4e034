//! What the web room is told of the installation.

use std::net::IpAddr;

/// What the web room must know of the installation.
#[derive(Debug, Clone)]
pub struct Site {
    /// How the installation is reached from outside, without a slash at the end; begins the addresses given to others.
    pub public_url: String,
    /// True if the public address is https: then the cookie is sent over nothing else.
    pub is_secure: bool,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpAddr>,
    pub metrics: MetricsAccess,
}

/// Who may read `/metrics`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsAccess {
    /// Only from the machine itself.
    Loopback,
    /// With an API token.
    Token,
    Off,
}
