//! What there is to book in an office: two teams with an officer and a car each, a kit of nobody, three venues.

use serde_json::{Value, json};

use super::{Client, TestApp};

impl TestApp {
    /// A service whose office has something to book, and its coordinator.
    pub async fn with_registry() -> (Self, Client) {
        let app = Self::start().await;
        app.add_user("officer2", "officer", super::OFFICE).await;
        let coordinator = app.as_coordinator().await;
        for (code, kind) in [("CAR-1", "vehicle"), ("CAR-2", "vehicle"), ("KIT-1", "kit")] {
            coordinator.post("/units", json!({"code": code, "kind": kind, "name": code})).await.expect(201);
        }
        for (n, officer) in [(1, "officer"), (2, "officer2")] {
            let team = json!({"code": format!("T-{n}"), "name": format!("Tim {n}"), "operators": 2, "capacity_per_day": 100,
                "units": [format!("CAR-{n}")], "members": [officer]});
            coordinator.post("/teams", team).await.expect(201);
        }
        for n in 1..=3 {
            let venue = json!({"code": format!("V-{n}"), "name": format!("Tempat {n}"), "kind": "school",
                "region": "33.03.05"});
            coordinator.post("/venues", venue).await.expect(201);
        }
        (app, coordinator)
    }
}

/// The smallest booking: one team at one venue for one morning.
pub fn booking(venue: &str, team: &str, date: &str) -> Value {
    json!({"kind": "outreach", "title": format!("Jemput bola {venue}"), "venue": venue, "teams": [team],
        "days": [{"date": date, "slots": ["morning"]}]})
}
