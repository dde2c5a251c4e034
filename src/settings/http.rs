//! `[http]`: where the service listens, and how the world names it.

use std::net::{IpAddr, SocketAddr};

use serde::Deserialize;

use super::error::{SettingRule, SettingsError, refuse};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    pub bind: SocketAddr,
    pub public_url: String,
    pub trusted_proxies: Vec<IpAddr>,
}

impl HttpSettings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let rest = self.public_url.strip_prefix("https://").or_else(|| self.public_url.strip_prefix("http://"));
        match rest {
            Some(host) if !host.is_empty() && !host.contains(['/', ' ']) => Ok(()),
            _ => refuse("http.public_url", SettingRule::PlainUrl),
        }
    }

    /// True if people reach the service by https.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
