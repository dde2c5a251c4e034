//! How many statements a use case costs. It needs a service with one reading connection (`database.readers`): that one and
//! the one that writes are watched.

use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent};
use jemputbola::service::{ServiceError, Services};
use jemputbola::store::AnyConnection;

/// The statements of a service, without their values.
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Writes down every statement from now on.
    pub async fn watch(services: &Services) -> Self {
        let seen = Self(Arc::default());
        let (reader, writer) = (Arc::clone(&seen.0), Arc::clone(&seen.0));
        let watched = services.database.read(move |connection| {
            note_into(connection, Arc::clone(&reader));
            Ok::<_, ServiceError>(())
        });
        watched.await.unwrap();
        let watched = services.database.write(move |connection| {
            note_into(connection, Arc::clone(&writer));
            Ok::<_, ServiceError>(())
        });
        watched.await.unwrap();
        seen
    }

    /// What was asked since the last call.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn note_into(connection: &mut AnyConnection, seen: Arc<Mutex<Vec<String>>>) {
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            seen.lock().unwrap().push(text.split(" -- binds").next().unwrap_or_default().to_owned());
        }
    });
}
