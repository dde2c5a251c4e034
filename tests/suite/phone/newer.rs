//! The same service one version later: everything is passed on, and the phone's page and worker say another version.

use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

/// A server that stops when it is dropped.
pub struct Newer {
    pub url: String,
    handle: actix_web::dev::ServerHandle,
}

impl Drop for Newer {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

/// The version that it says.
pub const NEWER: &str = "ffffffffffffffff";

impl Newer {
    pub fn of(server: &str) -> Self {
        let server = Data::new(server.to_owned());
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = move || App::new().app_data(server.clone()).default_service(web::to(pass_on));
        let running = HttpServer::new(app).workers(1).listen(listener).unwrap().run();
        let handle = running.handle();
        actix_web::rt::spawn(running);
        Self { url, handle }
    }
}

async fn pass_on(server: Data<String>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let address = format!("{}{}", server.as_str(), request.uri());
    let mut asked = client.request(request.method().as_str().parse().unwrap(), address).body(body.to_vec());
    for name in ["cookie", "content-type", "accept-language", "sec-fetch-site", "origin", "host"] {
        if let Some(value) = request.headers().get(name) {
            asked = asked.header(name, value.to_str().unwrap());
        }
    }
    let answer = asked.send().await.unwrap();
    let mut passed = HttpResponse::build(answer.status().as_u16().try_into().unwrap());
    for (name, value) in answer.headers() {
        if !["content-length", "transfer-encoding", "etag", "connection"].contains(&name.as_str()) {
            passed.append_header((name.as_str(), value.to_str().unwrap()));
        }
    }
    let is_page = matches!(request.path(), "/lapangan/" | "/sw.js");
    let body = answer.bytes().await.unwrap();
    if is_page { passed.body(renamed(std::str::from_utf8(&body).unwrap())) } else { passed.body(body) }
}

/// The text with the newer version in place of its own.
fn renamed(text: &str) -> String {
    let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest.get(..16).unwrap().to_owned());
    let version = after("const VERSION = \"").or_else(|| after("data-version=\"")).unwrap();
    text.replace(&version, NEWER)
}
