//! TLS for the sink: with the certificate of `tests/support/mail_tls`, which is for `localhost` and nobody else.

use std::io;
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::Shared;
use super::dialogue::{Line, Next};

/// Whether the sink speaks TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    None,
    /// Offered, and turned to when asked for.
    StartTls,
    /// From the first byte.
    Tls,
}

/// The certificate of the authority that signed the sink's.
pub fn ca_file() -> PathBuf {
    folder().join("ca.pem")
}

pub fn speak(shared: &Shared, stream: TcpStream) -> io::Result<()> {
    if shared.protection == Protection::Tls {
        return secure(shared, stream, true);
    }
    let mut line = Line { stream };
    line.say("220 sink")?;
    match line.serve(shared, shared.protection == Protection::StartTls)? {
        Next::Tls => secure(shared, line.stream, false),
        Next::Over => Ok(()),
    }
}

fn secure(shared: &Shared, stream: TcpStream, greets: bool) -> io::Result<()> {
    let connection = ServerConnection::new(Arc::new(config())).map_err(io::Error::other)?;
    let mut line = Line { stream: StreamOwned::new(connection, stream) };
    if greets {
        line.say("220 sink")?;
    }
    line.serve(shared, false).map(drop)
}

fn config() -> ServerConfig {
    let chain = CertificateDer::pem_file_iter(folder().join("localhost.pem")).unwrap();
    let chain = chain.collect::<Result<Vec<_>, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_file(folder().join("localhost.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    builder.with_no_client_auth().with_single_cert(chain, key).unwrap()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/support/mail_tls")
}
