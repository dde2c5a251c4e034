//! A running service for one test, and people who talk to it.

pub mod browser;
mod client;
mod database;
pub mod field;
pub mod files;
pub mod mime;
pub mod process;
mod registry;
pub mod smtp;
pub mod statements;

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::staff::UserInput;
use jemputbola::service::accounts::{AddUser, MintToken};
use jemputbola::service::{Caller, Services};
use jemputbola::settings::Settings;
use jemputbola::web::Live;

pub use client::{Client, Reply};
pub use database::{DEMO_DAY, TestDatabase, database_url, on_server, postgres_server};
pub use registry::booking;

/// The moment at which every test begins: Saturday 21 November 2026, 09.00 WIB.
pub const START: &str = "2026-11-21T02:00:00Z";

/// The office that every test has.
pub const OFFICE: &str = "33.03";

/// One service with one office (Purbalingga, 33.03) and a user of each role.
pub struct TestApp {
    pub services: Services,
    pub url: String,
    pub settings: Settings,
    now: Arc<Mutex<DateTime<Utc>>>,
    _server: Server,
    _database: TestDatabase,
}

impl TestApp {
    pub async fn start() -> Self {
        let app = Self::start_empty();
        app.services.add_office(&Caller::system("test"), OFFICE.parse().unwrap(), None).await.unwrap();
        for role in ["admin", "coordinator", "officer", "head", "viewer"] {
            app.add_user(role, role, OFFICE).await;
        }
        app
    }

    /// A service without any office or user.
    pub fn start_empty() -> Self {
        Self::start_on(TestDatabase::create())
    }

    /// A service on this database.
    pub fn start_on(database: TestDatabase) -> Self {
        Self::start_with(database, |_| ())
    }

    /// A service with other settings.
    pub fn start_with(database: TestDatabase, set: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::read(None).unwrap();
        settings.database.url = database.url();
        settings.database.readers = 4;
        settings.sign_in.tries_per_login = 5;
        set(&mut settings);
        let now = Arc::new(Mutex::new(START.parse().unwrap()));
        let (services, server) = serve(&settings, &now);
        Self { services, url: server.url.clone(), settings, now, _server: server, _database: database }
    }

    /// Another server on the same database.
    pub fn second_server(&self) -> Server {
        serve(&self.settings, &self.now).1
    }

    /// Adds a user without a password.
    pub async fn add_user(&self, login: &str, role: &str, scope: &str) {
        let input = UserInput {
            name: Some(format!("{login} uji")),
            role: Some(role.to_owned()),
            scope: Some(scope.to_owned()),
            ..UserInput::default()
        };
        let command = AddUser { login: login.parse().unwrap(), details: input.check().unwrap(), password: None };
        self.services.add_user(&Caller::system("test"), command).await.unwrap();
    }

    /// A client that talks as the user with this login.
    pub async fn as_user(&self, login: &str) -> Client {
        self.as_user_with(login, &[]).await
    }

    /// As [`Self::as_user`], with a token of these scopes.
    pub async fn as_user_with(&self, login: &str, scopes: &[&str]) -> Client {
        let command = MintToken {
            login: Some(login.parse().unwrap()),
            name: "uji".parse().unwrap(),
            scopes: scopes.iter().map(|scope| scope.parse().unwrap()).collect(),
            days: 90,
        };
        let minted = self.services.mint_token(&Caller::system("test"), command).await.unwrap();
        Client::new(&self.url, Some(minted.secret))
    }

    pub async fn as_coordinator(&self) -> Client {
        self.as_user("coordinator").await
    }

    pub async fn as_admin(&self) -> Client {
        self.as_user("admin").await
    }

    /// An admin of another office, added on the way.
    pub async fn as_admin_of(&self, office: &str) -> Client {
        let login = format!("admin-{office}");
        if self.services.find_user(&Caller::system("test"), login.parse().unwrap()).await.is_err() {
            self.add_user(&login, "admin", office).await;
        }
        self.as_user(&login).await
    }

    /// A client that nobody is signed in with.
    pub fn as_stranger(&self) -> Client {
        Client::new(&self.url, None)
    }

    /// Sets the clock.
    pub fn set_now(&self, moment: &str) {
        *self.now.lock().unwrap() = moment.parse().unwrap();
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }
}

/// A server that stops when it is dropped.
pub struct Server {
    pub url: String,
    handle: actix_web::dev::ServerHandle,
}

impl Drop for Server {
    fn drop(&mut self) {
        // The stop is begun here; worker threads end with it.
        drop(self.handle.stop(false));
    }
}

/// A server with a database handle of its own, as another process would have.
fn serve(settings: &Settings, now: &Arc<Mutex<DateTime<Utc>>>) -> (Services, Server) {
    let shared = Arc::clone(now);
    let clock = Clock::new(move || *shared.lock().unwrap());
    let services = app::build_services(settings, clock).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = app::start_server(settings, services.clone(), listener, 1, Live::default()).unwrap();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (services, Server { url, handle })
}
