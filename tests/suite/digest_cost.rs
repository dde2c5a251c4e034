//! What digests cost: an office's takes the same statements whatever the office holds and however many read it, a region's
//! whatever number of offices it has.

use jemputbola::domain::digest::DigestPeriod;
use jemputbola::domain::id::EventId;
use jemputbola::domain::region::RegionCode;
use jemputbola::service::Caller;
use jemputbola::service::digests::{DigestAddressees, PreviewDigest, SendDigest};
use serde_json::{Value, json};

use crate::support::statements::Statements;
use crate::support::{Client, OFFICE, TestApp, TestDatabase};

/// The statements of each use case.
#[derive(Debug, PartialEq, Eq)]
struct Costs {
    schedule: Vec<String>,
    preview: Vec<String>,
    command: Vec<String>,
}

/// A service that reads over one connection.
fn start() -> TestApp {
    TestApp::start_with(TestDatabase::create(), |settings| settings.database.readers = 1)
}

fn lines(head: &str, size: usize, line: impl Fn(usize) -> String) -> String {
    (1..=size).fold(format!("{head}\n"), |text, n| format!("{text}{}\n", line(n)))
}

async fn import(client: &Client, office: &str, kind: &str, file: String) {
    let path = format!("/api/v1/offices/{office}/import/{kind}");
    let request = client.request(reqwest::Method::POST, &path).header("content-type", "text/csv").body(file);
    let reply = request.send().await.unwrap();
    let (status, text) = (reply.status(), reply.text().await.unwrap());
    assert_eq!(status, 200, "{kind}: {text}");
}

/// An office with `size` of everything that a digest tells of, and as many readers of a weekly one.
async fn fill(app: &TestApp, client: &Client, office: &str, size: usize) {
    app.services.add_office(&Caller::system("test"), office.parse().unwrap(), None).await.unwrap();
    let file = async |kind: &str, head: &str, size: usize, line: &dyn Fn(usize) -> String| {
        import(client, office, kind, lines(head, size, line)).await;
    };
    file("venues", "code,name,kind,region", size * 4, &|n| format!("V-{n},Sekolah {n},school,{office}.01")).await;
    file("teams", "code,name,operators,capacity_per_day", size, &|n| format!("T-{n},Tim {n},2,100")).await;
    // They come so late that the letter says so, and the venues fade.
    let results = "day,venue,team,event_kind,precision,activated,no_smartphone";
    let result = |n: usize| {
        let (team, day, counted) = (n.div_ceil(5), n % 5, if n % 5 > 2 { 9 } else { 60 });
        format!("2026-11-1{day},V-{team},T-{team},outreach,exact,{counted},{n}")
    };
    file("results", results, size * 5, &result).await;
    let events = "date,slots,venue,teams,kind,title,state";
    for (day, title, state, place) in
        [(18, "Tanpa hasil", "done", 1), (19, "Batal", "confirmed", 2), (25, "Nanti", "proposed", 3)]
    {
        let event =
            |n: usize| format!("2026-11-{day},morning,V-{},T-{n},outreach,{title} {n},{state}", n + size * place);
        file("events", events, size, &event).await;
    }
    let of_day = format!("/api/v1/offices/{office}/events?from=2026-11-19&to=2026-11-19");
    for event in client.get(&of_day).await.expect(200).json()["items"].as_array().unwrap() {
        let step = format!("/api/v1/offices/{office}/events/{}/not_held", event["id"].as_str().unwrap());
        client.post(&step, json!({"reason": "Hujan"})).await.expect(200);
    }
    let entry = |n: usize| {
        json!({"id": EventId::new(app.now()), "event": EventId::new(app.now()), "date": "2026-11-20",
            "at": "2026-11-20T02:00:00Z", "kind": "tally", "counts": {"activated": n}})
    };
    let entries: Vec<Value> = (1..=size).map(entry).collect();
    let batch = json!({"device": "HP-1", "sent_at": "2026-11-20T03:00:00Z", "waiting": 0, "entries": entries});
    client.post(&format!("/api/v1/offices/{office}/results/batch"), batch).await.expect(200);
    file("totals", "date,channel,figure,source", size, &|n| format!("2026-10-{n:02},outreach,{n},ANTARA")).await;
    file("denominators", "kind,value,as_of,source", size, &|n| format!("recorded,7000{n:02},2026-01-{n:02},Rilis"))
        .await;
    let targets = "scope,channel,purpose,starts,ends,source,denominator,share";
    let target = |n: usize| format!("{office},all,year,{0}-01-01,{0}-12-31,SK,recorded,30", 2025 + n);
    file("targets", targets, size, &target).await;
    let official = |n: usize| format!("2026-01-{n:02},{office},cumulative,200{n:02},Rilis");
    file("observations", "as_of,scope,kind,figure,source", size, &official).await;
    for n in 1..=size {
        let login = format!("kepala{n}.{office}");
        let head = json!({"login": login, "name": format!("Kepala {n}"), "role": "head", "scope": office,
            "email": format!("{login}@dukcapil.example")});
        client.post("/api/v1/users", head).await.expect(201);
        let weekly = json!({"recipient": login, "period": "weekly"});
        client.post(&format!("/api/v1/offices/{office}/digests"), weekly).await.expect(201);
    }
}

/// What an office of this size costs. The letters are looked into: each of their lists has something in it.
async fn cost(size: usize) -> Costs {
    let app = start();
    app.add_user("pusat", "admin", "").await;
    let client = app.as_user("pusat").await;
    fill(&app, &client, OFFICE, size).await;
    let (system, office) = (Caller::system("test"), OFFICE.parse::<RegionCode>().unwrap());
    let (on, period, to) = ("2026-11-21".parse().unwrap(), DigestPeriod::Weekly, DigestAddressees::Heads);
    // The office's key is made with its first letter.
    let send = SendDigest { on, period, to: to.clone(), is_test: true };
    app.services.send_digest(&system, &office, send.clone()).await.unwrap();
    let statements = Statements::watch(&app.services).await;

    let command = PreviewDigest { on, period, to, language: None };
    let letters = app.services.preview_digest(&system, &office, command).await.unwrap();
    let preview = statements.take();
    let report = &letters[0].payload.report;
    let exceptions = &report.exceptions;
    let named = [&exceptions.not_held, &exceptions.unreported, &exceptions.late, &report.ahead.events];
    assert!(named.iter().all(|list| list.total() >= size), "{report:?}");
    assert_eq!((letters.len(), report.fading.total(), exceptions.waiting), (size, size, size.try_into().unwrap()));

    let sent = app.services.send_digest(&system, &office, send).await.unwrap();
    let command = statements.take();
    assert_eq!(sent.queued, size);
    app.set_now("2026-11-23T00:00:00Z");
    let sent = app.services.send_due_digests().await.unwrap();
    assert_eq!((sent.offices, sent.letters), (1, size));
    Costs { schedule: statements.take(), preview, command }
}

#[actix_web::test]
async fn an_offices_digest_costs_the_same_statements_whatever_it_holds_and_however_many_read_it() {
    let small = cost(1).await;
    let large = cost(25).await;
    assert_eq!(shapes(&small.preview), shapes(&large.preview));
    assert_eq!(shapes(&small.command), shapes(&large.command));
    assert_eq!(shapes(&small.schedule), shapes(&large.schedule));
    let numbers = [small.preview.len(), small.command.len(), small.schedule.len()];
    println!("statements of a look, of the command, of the schedule: {numbers:?}");
    // The watch itself must be able to see.
    assert!(numbers.iter().all(|number| (20..60).contains(number)), "{numbers:?}");
}

/// The letter of a province with this many offices: a look at it, and the schedule.
async fn cost_of_region(offices: usize) -> (Vec<String>, Vec<String>) {
    let app = start();
    app.add_user("pusat", "admin", "").await;
    let client = app.as_user("pusat").await;
    for n in 1..=offices {
        fill(&app, &client, &format!("33.{n:02}"), 1).await;
    }
    let reader = json!({"login": "kabid", "name": "Kepala Bidang", "role": "head", "scope": "33",
        "email": "kabid@prov.example"});
    client.post("/api/v1/users", reader).await.expect(201);
    let reader = app.as_user("kabid").await;
    let weekly = [("period", "weekly"), ("time", "07:00"), ("weekday", "mon"), ("quiet", "1")];
    reader.submit("/ringkasan/jadwal", &weekly).await.expect(303);
    // Makes the key of such letters.
    reader.submit("/ringkasan/kirim", &[("per", "2026-11-20"), ("jenis", "weekly")]).await.expect(303);
    let statements = Statements::watch(&app.services).await;
    let letter = reader.page("/ringkasan/surat?per=2026-11-20&jenis=weekly").await.expect(200).text;
    assert!(letter.contains(&format!("{offices} kantor")), "{letter}");
    let look = statements.take();
    app.set_now("2026-11-23T00:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 1);
    (look, statements.take())
}

#[actix_web::test]
async fn a_regions_digest_costs_the_same_statements_however_many_offices_it_has() {
    let (small_look, small) = cost_of_region(1).await;
    let (large_look, large) = cost_of_region(9).await;
    assert_eq!(shapes(&small_look), shapes(&large_look));
    assert_eq!(shapes(&small), shapes(&large));
    println!("statements of a region's look and of its schedule: {:?}", [small_look.len(), small.len()]);
    assert!((10..60).contains(&small.len()), "{}", small.len());
}

/// Statements without the lists of their values, whose lengths may differ: `IN (?, ?)` and rows of an INSERT. PostgreSQL
/// numbers its values.
fn shapes(statements: &[String]) -> Vec<String> {
    let shape = |statement: &String| {
        let numbered = statement.split('$').map(|part| part.trim_start_matches(|first: char| first.is_ascii_digit()));
        let mut text = numbered.collect::<Vec<_>>().join("?");
        for (list, one) in [("?, ?", "?"), ("(?), (?)", "(?)")] {
            while text.contains(list) {
                text = text.replace(list, one);
            }
        }
        text
    };
    statements.iter().map(shape).collect()
}
