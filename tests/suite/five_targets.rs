//! The five districts' targets, to the digits of their reports: over the API and on the page.

use serde_json::{Value, json};

use crate::support::{Client, TestApp, TestDatabase};

fn demo() -> TestApp {
    TestApp::start_on(TestDatabase::create_demo())
}

/// The head of one district; he may enter figures.
async fn head(app: &TestApp, district: &str) -> Client {
    app.as_user(&format!("head@{district}.example")).await
}

async fn pace(client: &Client, office: &str, as_of: &str) -> Value {
    client.get(&format!("/api/v1/offices/{office}/pace?as_of={as_of}")).await.expect(200).json()
}

fn line<'a>(target: &'a Value, span: &str) -> &'a Value {
    target["paces"].as_array().unwrap().iter().find(|line| line["span"] == span).unwrap()
}

/// The page of a day, its text in one line with ordinary spaces.
async fn page(client: &Client, app: &TestApp, office: &str, as_of: &str) -> String {
    let text = client.at(&app.url).page(&format!("/{office}/target?tanggal={as_of}")).await.expect(200).text;
    text.replace('\u{a0}', " ")
}

fn assert_shown(page: &str, texts: &[&str]) {
    for text in texts {
        assert!(page.contains(text), "{text} is not shown in: {page}");
    }
}

#[actix_web::test]
async fn purbalingga_is_told_to_the_digit() {
    let app = demo();
    let head = head(&app, "purbalingga").await;
    let report = pace(&head, "33.03", "2024-06-07").await;
    let target = &report["targets"][0];
    assert_eq!((&target["achieved"]["low"], &target["goal"]["low"]), (&json!(29_890), &json!(233_837)));
    assert_eq!((&target["gap"]["low"], &target["gap"]["text"]), (&json!(203_947), &json!("203.947")));
    assert_eq!(target["share_of_denominator"]["low"], 3.83);
    assert_eq!(target["share_of_target"]["low"], 12.78);
    let days = &target["days_left"];
    assert_eq!((&days["calendar"], &days["weekday"], &days["working"]), (&json!(207), &json!(147), &json!(141)));
    let needed = &target["needed"];
    let text = |kind: &str| needed[kind]["text"].as_str().unwrap().to_owned();
    assert_eq!([text("per_calendar_day"), text("per_weekday"), text("per_working_day")], ["985", "1.387", "1.446"]);
    assert_eq!((&target["field"]["low"], &target["difference"]["low"]), (&json!(205), &json!(29_685)));
    assert_eq!((&target["headline"], &line(target, "days_28")["missing"]), (&json!("last_day"), &json!("one_day")));
    let last = line(target, "last_day");
    assert_eq!((&last["days_of_data"], &last["from"]), (&json!(1), &json!("2024-06-05")));
    let shown: Vec<_> = last["projections"].as_array().unwrap().iter().collect();
    for (projection, per, share, date) in
        [(shown[0], "calendar", 9.28, "2027-02-27"), (shown[1], "weekday", 7.7, "2028-03-31")]
    {
        assert_eq!((&projection["per"], &projection["share_of_denominator"]["low"]), (&json!(per), &json!(share)));
        assert_eq!((&projection["completion"]["latest"], &projection["interval"]), (&json!(date), &Value::Null));
    }
    let page = page(&head, &app, "33.03", "2024-06-07").await;
    assert_shown(
        &page,
        &[
            "Kurang 203.947 aktivasi sampai 31 Desember 2024",
            "29.890",
            "3,83 %",
            "12,78 %",
            "985",
            "1.387",
            "1.446",
            "9,28 %",
            "27 Februari 2027",
            "7,70 %",
            "31 Maret 2028",
            "1 hari data",
            "779.454",
        ],
    );
    assert!(!page.contains("class=\"band\""), "no fan from one day");
}

#[actix_web::test]
async fn a_report_of_the_day_before_the_figures_has_none_of_them() {
    let app = demo();
    let head = head(&app, "purbalingga").await;
    let report = pace(&head, "33.03", "2024-06-04").await;
    let target = &report["targets"][0];
    assert_eq!(
        (&target["achieved"]["missing"], &target["goal"]["missing"]),
        (&json!("no_figure"), &json!("no_denominator"))
    );
    let shown = page(&head, &app, "33.03", "2024-06-04").await;
    assert_shown(&shown, &["tidak dapat dihitung", "penyebut tidak ada"]);
    head.get("/api/v1/offices/33.03/pace?as_of=2026-11-22").await.expect(422);
}

#[actix_web::test]
async fn tegals_literal_reading_is_impossible_and_the_other_gives_its_ranges() {
    let app = demo();
    let head = head(&app, "tegal").await;
    let target = &pace(&head, "33.28", "2023-12-28").await["targets"][0];
    let used = &target["denominator"];
    assert_eq!(
        (&used["implied"], &used["people"]["low"], &used["people"]["high"]),
        (&json!(true), &json!(1_181_818), &json!(1_258_065))
    );
    assert_eq!((&target["goal"]["low"], &target["goal"]["high"]), (&json!(177_273), &json!(188_710)));
    assert_eq!(target["share_of_target"]["text"], "10,3–11,0\u{a0}%");
    let address = "/api/v1/offices/33.28/pace/readings?share=1.6&figure=%C2%B119500&as_of=2023-12-28";
    let readings = head.get(address).await.expect(200).json();
    let verdict =
        |place: usize| (readings["items"][place]["base"].clone(), readings["items"][place]["verdict"].clone());
    assert_eq!(verdict(0), (json!("target"), json!("impossible")));
    assert_eq!(verdict(1), (json!("obliged"), json!("fits")));
    let literal = readings["items"][0]["denominator"]["low"].as_i64().unwrap();
    assert!((7_800_000..8_400_000).contains(&literal), "{literal}");
    let shown = page(&head, &app, "33.28", "2023-12-28&persen=1,6&jumlah=%C2%B119.500").await;
    assert_shown(&shown, &["Tidak mungkin", "Cocok", "1.181.818–1.258.065", "177.273–188.710", "10,3–11,0 %"]);
}

#[actix_web::test]
async fn a_bare_ten_per_cent_of_madiun_asks_which_and_shows_both_readings() {
    let app = demo();
    let head = head(&app, "madiun").await;
    let observations = "/api/v1/offices/35.77/observations";
    let bare = json!({"as_of": "2023-09-30", "kind": "share", "figure": "10%", "source": "ANTARA"});
    let asked = head.post(observations, bare.clone()).await.expect(422);
    assert_eq!(asked.errors(), ["denominator: reading_required"]);
    let readings = asked.json()["readings"].clone();
    let shown = |place: usize| {
        let reading = &readings[place];
        (reading["base"].clone(), reading["of_denominator"]["low"].clone(), reading["of_target"]["low"].clone())
    };
    assert_eq!(shown(0), (json!("target"), json!(2.5), json!(10.0)));
    assert_eq!(shown(1), (json!("holders"), json!(10.0), json!(40.0)));

    // The form asks the same, and keeps what was typed.
    let pages = head.at(&app.url);
    let typed = [("as_of", "2023-09-30"), ("kind", "share"), ("figure", "10%"), ("source", "ANTARA")];
    let form = pages.submit("/35.77/target/angka/baru", &typed).await.expect(422);
    assert_shown(
        &form.text.replace('\u{a0}', " "),
        &["10% itu dari apa?", "Dari target", "40,00 % dari target", "value=\"ANTARA\""],
    );

    let mut chosen = bare;
    chosen["denominator"] = json!("holders");
    head.post(observations, chosen).await.expect(201);
    let target = &pace(&head, "35.77", "2023-09-30").await["targets"][0];
    assert_eq!(
        (&target["share_of_denominator"]["low"], &target["share_of_target"]["low"]),
        (&json!(10.0), &json!(40.0))
    );
    assert_eq!((&target["gap_points"], &target["gap"]["missing"]), (&json!(15.0), &json!("no_denominator")));
    let shown = page(&head, &app, "35.77", "2023-09-30").await;
    assert_shown(&shown, &["10,00 %", "40,00 %", "Kurang 15,00 poin persen"]);
}

#[actix_web::test]
async fn pamekasans_range_stays_one_and_the_raised_target_needs_a_lower_pace() {
    let app = demo();
    let head = head(&app, "pamekasan").await;
    let first = &pace(&head, "35.28", "2023-12-31").await["targets"][0];
    assert_eq!(
        (&first["share_of_target"]["text"], &first["window"]["calendar"]),
        (&json!("40,0–46,7\u{a0}%"), &json!(61))
    );
    assert_eq!(first["planned"]["per_calendar_day"]["text"], "246");
    assert_eq!(line(first, "window")["rates"]["per_calendar_day"]["text"], "98,4–115");
    let second = &pace(&head, "35.28", "2024-02-27").await["targets"][0];
    assert_eq!(
        (&second["days_left"]["calendar"], &second["needed"]["per_calendar_day"]["text"]),
        (&json!(308), &json!("64,9"))
    );
    let shown = page(&head, &app, "35.28", "2023-12-31").await;
    assert_shown(&shown, &["6.000–7.000", "40,0–46,7 %", "246", "98,4–115"]);
    assert_shown(&page(&head, &app, "35.28", "2024-02-27").await, &["64,9"]);
}

#[actix_web::test]
async fn sumenep_changes_by_points_and_nobody_knows_by_how_many_people() {
    let app = demo();
    let head = head(&app, "sumenep").await;
    let report = pace(&head, "35.29", "2024-05-31").await;
    assert_eq!(report["targets"], json!([]));
    let change = &report["share_change"];
    assert_eq!((&change["points"], &change["people"]["missing"]), (&json!(0.3), &json!("no_denominator")));
    let shown = page(&head, &app, "35.29", "2024-05-31").await;
    assert_shown(&shown, &["+0,30 poin persen", "tidak dapat dihitung (penyebut tidak ada)", "Belum ada target"]);
}

#[actix_web::test]
async fn an_official_figure_of_a_kecamatan_is_entered_by_the_form_and_one_of_elsewhere_is_refused_there() {
    let app = demo();
    let head = head(&app, "purbalingga").await;
    let pages = head.at(&app.url);
    let form = pages.page("/33.03/target/angka/baru").await.expect(200).text;
    assert_shown(&form, &["name=\"scope\"", "value=\"33.03.15\"", "Padamara", "Seluruh wilayah dinas"]);
    let typed = |scope: &'static str| {
        [("as_of", "2024-06-07"), ("scope", scope), ("kind", "cumulative"), ("figure", "2.150"), ("source", "Camat")]
    };
    let refused = pages.submit("/33.03/target/angka/baru", &typed("33.28.01")).await.expect(422).text;
    assert_shown(&refused, &["id=\"e-scope\"", "value=\"2.150\"", "value=\"Camat\""]);
    pages.submit("/33.03/target/angka/baru", &typed("33.03.15")).await.expect(303);
    let stored = head.get("/api/v1/offices/33.03/observations?limit=500").await.expect(200).json();
    let scopes: Vec<_> = stored["items"].as_array().unwrap().iter().map(|item| item["scope"].clone()).collect();
    assert_eq!(scopes.iter().filter(|scope| **scope == json!("33.03.15")).count(), 1, "{stored}");
}
