//! Stylesheets, scripts and pictures of the pages, embedded in the binary. An address carries the hash of what it
//! names, so that a browser may keep the file for good and still sees a new one at once.

use std::fmt::Write as _;

use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse, get};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "src/web/static"]
struct Files;

/// Where static files are: `/aset/css/style.css?v=0123456789abcdef`.
const PLACE: &str = "/aset/";

/// The address of a static file, with the hash of its contents.
pub fn address(path: &str) -> String {
    let version = Files::get(path).map(|file| version_of(&file)).unwrap_or_default();
    format!("{PLACE}{path}?v={version}")
}

/// A static file by its path.
pub fn find(path: &str) -> Option<EmbeddedFile> {
    Files::get(path)
}

/// Serves a static file.
#[get("/aset/{path:.*}")]
pub async fn show_asset(request: HttpRequest, path: Path<String>) -> HttpResponse {
    let Some(file) = Files::get(&path) else { return HttpResponse::NotFound().finish() };
    let tag = format!("\"{}\"", version_of(&file));
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // Without the hash in the address a later file may lie in the same place.
    let keep =
        if request.query_string().starts_with("v=") { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.insert_header((CACHE_CONTROL, keep)).insert_header((ETAG, tag));
    if known {
        return response.finish();
    }
    response.content_type(content_type(&file)).body(file.data)
}

fn content_type(file: &EmbeddedFile) -> String {
    let kind = file.metadata.mimetype();
    let is_text = kind.starts_with("text/") || kind.ends_with("javascript") || kind.ends_with("json");
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

fn version_of(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
