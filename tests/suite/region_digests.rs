//! The digest of a province or the nation: a line for each office that its reader may see, with the figures of the office's
//! own letter; sent by the schedule once, to nobody who may not read it.

use std::sync::Arc;

use chrono::NaiveDate;
use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::digest::DigestPeriod;
use jemputbola::mail::Mailer;
use jemputbola::service::Caller;
use jemputbola::service::digests::{DigestAddressees, PreviewDigest};
use jemputbola::service::mail_room::MailRoom;
use serde_json::{Value, json};

use crate::support::process::try_run;
use crate::support::smtp::{Answer, SmtpSink};
use crate::support::{Client, TestApp, TestDatabase};

const NEWS: &str = "2024-06-07";

/// The five districts, and a reader of Central Java with an address.
async fn province() -> (TestApp, Client) {
    let app = TestApp::start_on(TestDatabase::create_demo());
    app.add_user("pusat", "admin", "").await;
    let body = json!({"login": "kabid", "name": "Kepala Bidang", "role": "head", "scope": "33",
        "email": "kabid@prov.example", "language": "id"});
    app.as_user("pusat").await.post("/api/v1/users", body).await.expect(201);
    let reader = app.as_user("kabid").await;
    (app, reader)
}

/// The letter of a day as the page frames it, without tags.
async fn letter(reader: &Client, on: &str) -> String {
    let html = reader.page(&format!("/ringkasan/surat?per={on}&jenis=weekly")).await.expect(200).text;
    let text: String = html.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
    text.replace('\u{a0}', " ")
}

/// Letters to the reader: kind and payload.
async fn queued(app: &TestApp) -> Vec<Value> {
    let page = app.as_user("pusat").await.page("/surat-keluar?tentang=region_digest").await.expect(200).text;
    let ids = page.split("href=\"/surat-keluar/").skip(1).filter_map(|rest| rest.split('"').next());
    ids.map(|id| json!(id)).collect()
}

#[actix_web::test]
async fn a_reader_of_a_province_gets_a_line_for_each_of_its_offices_and_no_other() {
    let (app, reader) = province().await;
    let text = letter(&reader, NEWS).await;
    assert!(text.contains("Jawa Tengah"), "{text}");
    assert!(text.contains("Dindukcapil Kabupaten Purbalingga: 12,78 % dari target, kurang 203.947."), "{text}");
    assert!(text.contains("Tegal: ") && !text.contains("Sumenep") && !text.contains("Madiun"), "{text}");
    assert!(text.contains("Dindukcapil Kabupaten Purbalingga: 1 kegiatan"), "the factory is unreported: {text}");

    // The nation sees all five, and each line tells what the office's own letter tells.
    let nation = letter(&app.as_user("pusat").await, NEWS).await;
    for office in ["33.03", "33.28", "35.28", "35.29", "35.77"] {
        let command = PreviewDigest {
            on: NEWS.parse::<NaiveDate>().unwrap(),
            period: DigestPeriod::Weekly,
            to: DigestAddressees::Heads,
            language: None,
        };
        let caller = Caller::system("test");
        let own = app.services.preview_digest(&caller, &office.parse().unwrap(), command).await.unwrap().remove(0);
        let name = own.payload.report.office.name.clone();
        let line = nation.split("capaian terendah dulu").nth(1).unwrap();
        let line = line.split(&format!("{name}: ")).nth(1).unwrap_or_else(|| panic!("{name} is missing in {nation}"));
        if let Some(gap) = own.payload.report.standing.gap.known().filter(|gap| gap.is_number() && gap.low > 0.0) {
            let shown = format!("kurang {}", jemputbola::wording::numbers::decimal(own.language, gap.low, 0));
            assert!(line.contains(&shown), "{office}: {shown} in {line}");
        }
    }
}

#[actix_web::test]
async fn the_letter_leaves_when_its_hour_has_come_once_and_can_be_ended() {
    let (app, reader) = province().await;
    let weekly = [("period", "weekly"), ("time", "07:00"), ("weekday", "mon"), ("month_day", "1"), ("quiet", "1")];
    reader.submit("/ringkasan/jadwal", &weekly).await.expect(303);
    let page = reader.page("/ringkasan").await.expect(200).text;
    assert!(page.contains("Surat berikutnya Senin, 23 November 2026, 07.00"), "{page}");
    assert!(reader.page("/akun").await.expect(200).text.contains("setiap Senin pukul 07.00"));
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
    app.set_now("2026-11-23T00:00:00Z");
    let now = app.now();
    let other = app::build_services(&app.settings, Clock::new(move || now)).unwrap();
    let (here, there) = tokio::join!(app.services.send_due_regions(), other.send_due_regions());
    assert_eq!(here.unwrap() + there.unwrap(), 1, "two processes queue it once");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
    let all = queued(&app).await;
    assert_eq!(all.len(), 1);
    let one = app.as_user("pusat").await.page(&format!("/surat-keluar/{}", all[0].as_str().unwrap())).await;
    assert!(one.expect(200).text.contains("Ringkasan mingguan"));

    // An earlier try is no reason not to send; the address in the letter ends it, saving a schedule takes that back.
    reader.submit("/ringkasan/kirim", &[("per", "2026-11-20"), ("jenis", "weekly")]).await.expect(303);
    reader.submit("/ringkasan/kirim", &[("per", "2026-11-20"), ("jenis", "weekly")]).await.expect(303);
    assert_eq!(queued(&app).await.len(), 3);
    let html = app.as_user("pusat").await;
    let html = html.page(&format!("/surat-keluar/{}/html", all[0].as_str().unwrap())).await.expect(200).text;
    let stop = html.split("/berhenti/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    app.as_stranger().submit(&format!("/berhenti/{stop}"), &[("List-Unsubscribe", "One-Click")]).await.expect(200);
    assert!(reader.page("/ringkasan").await.expect(200).text.contains("Anda menghentikannya lewat surat"));
    assert!(reader.page("/akun").await.expect(200).text.contains("Dihentikan"));
    app.set_now("2026-11-30T00:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
    reader.submit("/ringkasan/jadwal", &weekly).await.expect(303);
    app.set_now("2026-12-07T00:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 1);
    reader.submit("/ringkasan/hentikan", &[]).await.expect(303);
    app.set_now("2026-12-14T00:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
}

#[actix_web::test]
async fn whoever_may_not_read_it_gets_none_and_wrong_wishes_are_named() {
    let (app, reader) = province().await;
    app.add_user("lapangan", "officer", "33").await;
    app.add_user("tanpa.surel", "viewer", "33").await;
    app.as_user("lapangan").await.page("/ringkasan").await.expect(403);
    app.as_user("head@purbalingga.example").await.page("/ringkasan").await.expect(404);
    let without = app.as_user("tanpa.surel").await;
    assert!(without.page("/ringkasan").await.expect(200).text.contains("belum punya alamat e-mail"));
    without.submit("/ringkasan/jadwal", &[("period", "weekly")]).await.expect(422);
    without.submit("/ringkasan/kirim", &[("per", NEWS)]).await.expect(422);

    let wrong = [("period", "weekly"), ("time", "25.00"), ("weekday", "senin"), ("month_day", "32")];
    let page = reader.submit("/ringkasan/jadwal", &wrong).await.expect(422).text;
    assert!(page.contains("aria-invalid") && page.contains("25.00"), "what was typed is kept: {page}");
    assert!(reader.page("/ringkasan?per=2026-12-24").await.expect(422).text.contains("aria-invalid"));
    reader.page("/ringkasan/surat?per=2026-12-24").await.expect(422);
    for on in ["1900-01-01", "2199-12-31", "0001-01-01", "besok"] {
        reader.page(&format!("/ringkasan?per={on}&jenis=monthly")).await.expect(422);
    }
    // Whoever loses his rights gets nothing more.
    reader.submit("/ringkasan/jadwal", &[("period", "daily"), ("time", "16:00")]).await.expect(303);
    app.as_user("pusat").await.patch("/api/v1/users/kabid", json!({"role": "officer"})).await.expect(200);
    app.set_now("2026-11-24T10:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
}

#[actix_web::test]
async fn over_the_api_the_letter_is_looked_at_sent_and_subscribed_to_by_its_reader_alone() {
    let (_app, reader) = province().await;
    let own = reader.get("/api/v1/me/digest").await.expect(200).json();
    assert_eq!(own, json!({"schedule": null, "zone": "Asia/Jakarta", "ended": false, "has_email": true}));
    let address = format!("/api/v1/me/digest/preview?on={NEWS}");
    let shown = reader.get(&address).await.expect(200).json();
    assert_eq!((&shown["language"], &shown["report"]["region"]), (&json!("id"), &json!("Jawa Tengah")));
    assert!(shown["text"].as_str().unwrap().contains("12,78\u{a0}% dari target, kurang 203.947"), "{shown}");
    assert!(shown["html"].as_str().unwrap().starts_with("<!doctype html>"));
    let offices: Vec<&str> =
        shown["report"]["offices"].as_array().unwrap().iter().map(|office| office["code"].as_str().unwrap()).collect();
    assert_eq!(offices, ["33.03", "33.28"]);
    let english = reader.get(&format!("{address}&language=en&period=monthly")).await.expect(200).json();
    assert!(english["text"].as_str().unwrap().contains("203,947"), "{english}");

    // The same letter goes to nobody twice; a test may be repeated.
    let send = async |test: bool| {
        let body = json!({"on": NEWS, "test": test});
        let sent = reader.post("/api/v1/me/digest/send", body).await.expect(200).json();
        assert_eq!((&sent["recipients"], &sent["without_email"]), (&json!(["kabid"]), &json!([])));
        (sent["queued"].as_i64().unwrap(), sent["known"].as_i64().unwrap())
    };
    let sent = [send(false).await, send(false).await, send(true).await, send(true).await];
    assert_eq!(sent, [(1, 0), (0, 1), (1, 0), (1, 0)]);

    let monthly = json!({"period": "monthly", "month_day": 31, "time": "16.30"});
    let set = reader.send(reader.request(reqwest::Method::PUT, "/api/v1/me/digest").json(&monthly)).await;
    let schedule = set.expect(200).json()["schedule"].clone();
    let expected = json!({"period": "monthly", "month_day": 31, "time": "16:30", "quiet": true,
        "next_at": "2026-11-30T09:30:00.000000Z"});
    assert_eq!(schedule, expected);
    assert_eq!(reader.get("/api/v1/me/digest").await.json()["schedule"], expected);
    reader.delete("/api/v1/me/digest").await.expect(204);
    reader.delete("/api/v1/me/digest").await.expect(204);
    assert_eq!(reader.get("/api/v1/me/digest").await.json()["schedule"], Value::Null);
}

#[actix_web::test]
async fn over_the_api_wrong_wishes_are_named_and_others_find_nothing() {
    let (app, reader) = province().await;
    let wrong = json!({"period": "hourly", "time": "25.00", "weekday": "senin", "month_day": 32});
    let put = |client: &Client, body: &Value| {
        let request = client.request(reqwest::Method::PUT, "/api/v1/me/digest").json(body);
        let client = client.clone();
        async move { client.send(request).await }
    };
    let expected = ["period: unknown_code", "time: format", "weekday: unknown_code", "month_day: out_of_range"];
    assert_eq!(put(&reader, &wrong).await.expect(422).errors(), expected);
    assert_eq!(reader.get("/api/v1/me/digest/preview?on=2026-12-24").await.expect(422).errors(), ["on: future"]);
    let errors = reader.get("/api/v1/me/digest/preview?on=besok&period=x&language=jv").await.expect(422).errors();
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert_eq!(reader.post("/api/v1/me/digest/send", json!({})).await.expect(422).errors(), ["on: required"]);
    for on in ["1900-01-01", "2199-12-31", "0001-01-01"] {
        reader.get(&format!("/api/v1/me/digest/preview?on={on}&period=monthly")).await.expect(422);
    }

    let weekly = json!({"period": "weekly"});
    app.add_user("lapangan", "officer", "33").await;
    app.add_user("tanpa.surel", "viewer", "33").await;
    for (login, status) in [("lapangan", 403), ("head@purbalingga.example", 404)] {
        let client = app.as_user(login).await;
        client.get("/api/v1/me/digest").await.expect(status);
        client.get("/api/v1/me/digest/preview").await.expect(status);
        client.post("/api/v1/me/digest/send", json!({"on": NEWS})).await.expect(status);
        put(&client, &weekly).await.expect(status);
        client.delete("/api/v1/me/digest").await.expect(status);
    }
    let without = app.as_user("tanpa.surel").await;
    assert_eq!(without.get("/api/v1/me/digest").await.expect(200).json()["has_email"], false);
    assert_eq!(put(&without, &weekly).await.expect(422).errors(), ["recipient: no_email"]);
    assert_eq!(
        without.post("/api/v1/me/digest/send", json!({"on": NEWS})).await.expect(422).errors(),
        ["to: no_email"]
    );
    let reading = app.as_user_with("kabid", &["read"]).await;
    reading.get("/api/v1/me/digest/preview").await.expect(200);
    put(&reading, &weekly).await.expect(403);
    reading.post("/api/v1/me/digest/send", json!({"on": NEWS})).await.expect(403);
    // What left is for admins over the reader.
    for path in ["/api/v1/digests/deliveries", "/api/v1/letters"] {
        reader.get(path).await.expect(403);
    }
    reader.post("/api/v1/digests/deliveries/resend", json!({})).await.expect(403);
}

/// Sends what waits to this sink.
async fn deliver(app: &TestApp, sink: &SmtpSink) {
    let now = app.now();
    let mut services = app::build_services(&app.settings, Clock::new(move || now)).unwrap();
    let sender = "Jemput Bola <jb@dukcapil.example>".parse().unwrap();
    let mailer = Mailer::new(sink.url().parse().unwrap(), sender, None, 2).unwrap();
    services.mail = Arc::new(MailRoom::new(mailer, "http://jb.example".to_owned()));
    services.deliver_due().await.unwrap();
}

#[actix_web::test]
async fn what_failed_is_seen_with_the_servers_words_and_sent_again_by_the_admins_over_its_reader() {
    let (app, reader) = province().await;
    reader.post("/api/v1/me/digest/send", json!({"on": NEWS})).await.expect(200);
    let nation = app.as_user("pusat").await;
    // The invitation of the new reader waits, too.
    let all = nation.get("/api/v1/letters").await.expect(200).json();
    let kinds: Vec<&str> = all["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["region_digest", "invitation"]);
    deliver(&app, &SmtpSink::answering(|_, _| Answer::Refuse)).await;

    let other = json!({"login": "jatim", "name": "Admin Jatim", "role": "admin", "scope": "35"});
    nation.post("/api/v1/users", other).await.expect(201);
    let beside = app.as_user("jatim").await;
    assert_eq!(beside.get("/api/v1/digests/deliveries").await.expect(200).json()["items"], json!([]));
    assert_eq!(beside.get("/api/v1/letters").await.expect(200).json()["items"], json!([]));
    assert_eq!(beside.post("/api/v1/digests/deliveries/resend", json!({})).await.expect(200).json()["queued"], 0);

    let list = nation.get("/api/v1/digests/deliveries?state=dead").await.expect(200).json();
    let item = &list["items"][0];
    assert_eq!((&item["on"], &item["period"], &item["fault"]), (&json!(NEWS), &json!("weekly"), &json!("refused")));
    assert!(item["reply"].as_str().unwrap().starts_with("550"), "{item}");
    let id = item["id"].as_str().unwrap();
    let letter = format!("/api/v1/letters/{id}");
    let shown = nation.get(&letter).await.expect(200).json();
    assert!(shown["text"].as_str().unwrap().contains("203.947"), "{shown}");
    beside.get(&letter).await.expect(404);
    beside.post(&format!("{letter}/resend"), json!({})).await.expect(404);

    // An invitation opens an account: it is neither shown nor sent again.
    let invitation = nation.get("/api/v1/letters?kind=invitation").await.expect(200).json()["items"][0].clone();
    let invitation = format!("/api/v1/letters/{}", invitation["id"].as_str().unwrap());
    assert!(nation.get(&invitation).await.expect(200).json().get("text").is_none());
    nation.post(&format!("{invitation}/resend"), json!({})).await.expect(409);

    assert_eq!(nation.post("/api/v1/digests/deliveries/resend", json!({})).await.expect(200).json()["queued"], 1);
    nation.post(&format!("{letter}/resend"), json!({})).await.expect(409);
    let sink = SmtpSink::start();
    deliver(&app, &sink).await;
    let received = sink.only_to("kabid@prov.example");
    assert!(received.id.contains(id), "under the same Message-ID: {}", received.id);
    assert_eq!(nation.get(&letter).await.expect(200).json()["state"], "sent");
    let errors = nation.get("/api/v1/letters?state=lost&kind=spam&cursor=x").await.expect(422).errors();
    assert_eq!(errors.len(), 3, "{errors:?}");
}

#[actix_web::test]
async fn the_command_writes_the_regions_letter_lists_what_left_and_sends_failures_again() {
    let (app, _) = province().await;
    let run = |arguments: &[&str]| {
        let done = try_run(&app.settings.database.url, arguments, "");
        (done.code, done.stdout, done.stderr)
    };
    let (code, text, errors) = run(&["digest", "--region", "--to", "kabid", "--on", NEWS, "--dry-run"]);
    assert_eq!(code, 0, "{errors}");
    assert!(text.starts_with("Jawa Tengah: ") && text.contains("kurang 203.947"), "{text}");
    let (_, message, _) = run(&["digest", "--region", "--to", "kabid", "--on", NEWS, "--format", "eml", "--dry-run"]);
    assert!(message.contains("To: ") && message.contains("kabid@prov.example"), "{message}");
    let send = ["digest", "--region", "--to", "kabid", "--on", NEWS];
    assert!(run(&send).1.contains("1 surat masuk antrean, 0 sudah pernah dikirim"));
    assert!(run(&send).1.contains("0 surat masuk antrean, 1 sudah pernah dikirim"));
    for wrong in [&["digest", "--on", NEWS][..], &["digest", "--region", "--on", NEWS]] {
        assert_eq!(run(wrong).0, 2, "{wrong:?}");
    }
    for nobody in ["head@purbalingga.example", "siapa", "officer1@purbalingga.example"] {
        let (code, _, errors) = run(&["digest", "--region", "--to", nobody, "--on", NEWS]);
        assert!(code == 1 && errors.starts_with("to: "), "{nobody}: {errors}");
    }

    // The command goes by the clock of the machine.
    app.set_now(&(app::system_clock().now() + chrono::TimeDelta::minutes(1)).to_rfc3339());
    deliver(&app, &SmtpSink::answering(|_, _| Answer::Refuse)).await;
    let (code, log, errors) = run(&["mail", "log", "--kind", "region_digest"]);
    assert_eq!(code, 0, "{errors}");
    let columns: Vec<&str> = log.trim_end().split('\t').collect();
    assert_eq!(columns[2..5], ["region_digest", "kabid@prov.example", "dead"], "{log}");
    assert!(columns[5].starts_with("refused: 550"), "{log}");
    assert_eq!(run(&["mail", "log", "--state", "hilang"]).0, 2);
    assert_eq!(run(&["mail", "log", "--limit", "501"]).0, 2);
    assert_eq!(run(&["mail", "log", "--office", "99.99"]).0, 1);
    assert!(run(&["mail", "resend"]).1.contains("1 surat masuk antrean lagi"));
    assert!(run(&["mail", "log", "--state", "queued"]).1.contains(columns[1]));
    let (code, _, errors) = run(&["mail", "resend", columns[1]]);
    assert!(code == 1 && !errors.is_empty(), "it is not dead any more: {errors}");
    assert_eq!(run(&["mail", "resend", "--office", "33.03"]).0, 0);
}
