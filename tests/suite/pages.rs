//! What stands around every page: signing in and the way back, the first minutes, languages, headers, errors, notices.

use crate::support::TestApp;

const PASSWORD: &str = "kata sandi panjang";

#[actix_web::test]
async fn whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_back() {
    let app = TestApp::start().await;
    let reply = app.as_stranger().page("/33.03/lokasi?jenis=market").await.expect(303);
    assert_eq!(reply.header("location"), "/masuk?kembali=%2F33.03%2Flokasi%3Fjenis%3Dmarket");
    let form = app.as_stranger().page(reply.header("location")).await.expect(200);
    assert!(form.text.contains(r#"name="kembali" value="/33.03/lokasi?jenis=market""#), "{}", form.text);
    let login = "coordinator".parse().unwrap();
    let system = jemputbola::service::Caller::system("test");
    app.services.reset_password(&system, login, PASSWORD.parse().unwrap()).await.unwrap();
    let fields = [("login", "coordinator"), ("password", PASSWORD), ("kembali", "/33.03/lokasi?jenis=market")];
    let signed_in = app.as_stranger().submit("/masuk", &fields).await.expect(303);
    assert_eq!(signed_in.header("location"), "/33.03/lokasi?jenis=market");
    let elsewhere = [("login", "coordinator"), ("password", PASSWORD), ("kembali", "//example.org/")];
    assert_eq!(app.as_stranger().submit("/masuk", &elsewhere).await.expect(303).header("location"), "/");
}

#[actix_web::test]
async fn a_wrong_password_is_told_on_the_page_and_is_not_shown_again() {
    let app = TestApp::start().await;
    let fields = [("login", "coordinator"), ("password", "salah sekali")];
    let page = app.as_stranger().submit("/masuk", &fields).await.expect(401);
    assert!(page.text.contains("tidak cocok") && page.text.contains(r#"value="coordinator""#), "{}", page.text);
    assert!(!page.text.contains("salah sekali"));
}

#[actix_web::test]
async fn while_there_is_no_user_the_printed_code_makes_office_and_admin_and_nothing_else_does() {
    let app = TestApp::start_empty();
    let stranger = app.as_stranger();
    assert_eq!(stranger.page("/masuk").await.expect(303).header("location"), "/siapkan");
    let code = app.services.issue_set_up_code().unwrap();
    let fields = |code: &'static str, login: &'static str| {
        [("set_up_code", code), ("office", "33.03"), ("name", "Admin Satu"), ("login", login), ("password", PASSWORD)]
    };
    let wrong = stranger.submit("/siapkan", &fields("AAAA-BBBB-CCCC", "admin1")).await.expect(422);
    assert!(wrong.text.contains("bukan kode yang ditampilkan"), "{}", wrong.text);
    assert!(wrong.text.contains("id=\"e-set_up_code\"") && !wrong.text.contains(PASSWORD), "{}", wrong.text);
    let mut elsewhere = fields("", "admin1").to_vec();
    elsewhere[0].1 = Box::leak(code.clone().into_boxed_str());
    elsewhere[1].1 = "99.99";
    let elsewhere = stranger.submit("/siapkan", &elsewhere).await.expect(422).text;
    assert!(elsewhere.contains("id=\"e-office\"") && !elsewhere.contains("id=\"e-set_up_code\""), "{elsewhere}");
    let mut broken = fields("", "").to_vec();
    broken[0].1 = Box::leak(code.clone().to_lowercase().into_boxed_str());
    assert!(stranger.submit("/siapkan", &broken).await.expect(422).text.contains("f-login"));
    broken[3].1 = "admin1";
    assert_eq!(stranger.submit("/siapkan", &broken).await.expect(303).header("location"), "/masuk");
    stranger.page("/siapkan").await.expect(404);
    broken[3].1 = "admin2";
    stranger.submit("/siapkan", &broken).await.expect(404);
    stranger.submit("/masuk", &[("login", "admin1"), ("password", PASSWORD)]).await.expect(303);
}

#[actix_web::test]
async fn pages_speak_the_language_of_the_reader_who_can_change_it() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    assert!(coordinator.page("/33.03/lokasi").await.expect(200).text.contains("<html lang=\"id\">"));
    let fields = [("language", "en"), ("kembali", "/33.03/lokasi")];
    assert_eq!(coordinator.submit("/bahasa", &fields).await.expect(303).header("location"), "/33.03/lokasi");
    let page = coordinator.page("/33.03/lokasi").await.expect(200);
    assert!(page.text.contains("<html lang=\"en\">") && page.text.contains("Venues"), "{}", page.text);
    assert!(
        app.as_stranger().submit("/bahasa", &fields).await.expect(303).header("set-cookie").contains("jb_language=en")
    );
    coordinator.submit("/bahasa", &[("language", "fr")]).await.expect(422);
}

#[actix_web::test]
async fn every_page_forbids_what_is_not_its_own_and_keeps_no_inline_script_or_style() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for path in ["/33.03/", "/33.03/lokasi", "/33.03/lokasi/baru", "/33.03/tidak-ada"] {
        let page = coordinator.page(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert!(!page.text.contains(" style=") && !page.text.contains("<script>"), "{path}");
        assert!(page.text.contains("class=\"skip\"") && page.text.contains("<main"), "{path}");
    }
}

#[actix_web::test]
async fn an_error_is_a_page_for_people_and_a_problem_for_programs() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let page = coordinator.page("/33.03/lokasi/TIDAK-ADA").await.expect(404);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text.contains("Tidak ditemukan") && page.text.contains(page.header("x-request-id")), "{}", page.text);
    coordinator.page("/33.28/lokasi").await.expect(404);
    let problem = app.as_coordinator().await.get("/venues/TIDAK-ADA").await.expect(404);
    assert_eq!(problem.header("content-type"), "application/problem+json");
}

#[actix_web::test]
async fn static_files_are_kept_for_good_under_an_address_that_names_their_contents() {
    let app = TestApp::start().await;
    let page = app.as_stranger().page("/masuk").await.expect(200);
    let at = page.text.find("/aset/css/style.css?v=").unwrap();
    let address: String = page.text[at..].chars().take_while(|c| *c != '"').collect();
    let sheet = app.as_stranger().page(&address).await.expect(200);
    assert!(
        sheet.header("cache-control").contains("immutable") && sheet.header("content-type").starts_with("text/css")
    );
    let unnamed = app.as_stranger().page("/aset/css/style.css").await.expect(200);
    assert_eq!(unnamed.header("cache-control"), "no-cache");
    for outside in ["/aset/../Cargo.toml", "/aset/%2e%2e/%2e%2e/Cargo.toml", "/aset/"] {
        app.as_stranger().page(outside).await.expect(404);
    }
}

#[actix_web::test]
async fn a_form_from_another_site_changes_nothing() {
    let app = TestApp::start().await;
    let stranger = app.as_stranger();
    let request = stranger.request(reqwest::Method::POST, "/masuk").header("sec-fetch-site", "cross-site");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    stranger.send(request.body("login=coordinator&password=x")).await.expect(403);
}

#[actix_web::test]
async fn a_reader_of_many_offices_sees_how_each_stands_and_one_of_a_single_office_goes_there() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    assert_eq!(coordinator.page("/").await.expect(303).header("location"), "/33.03/");
    app.add_user("petugas", "officer", "33.03").await;
    assert_eq!(app.as_user("petugas").await.page("/").await.expect(303).header("location"), "/lapangan/");
    app.add_user("gubernur", "viewer", "33").await;
    let page = app.as_user("gubernur").await.page("/").await.expect(200);
    assert!(page.text.contains("href=\"/33.03/\"") && page.text.contains("Belum dilaporkan"), "{}", page.text);
    assert!(!page.text.contains("action=\"/kantor\""), "a viewer adds no office");
    app.add_user("pusat", "admin", "").await;
    let admin = app.as_user("pusat").await;
    admin.submit("/kantor", &[("code", "33.28")]).await.expect(303);
    assert!(admin.submit("/kantor", &[("code", "33.28")]).await.expect(422).text.contains("f-code"));
    assert!(admin.page("/").await.expect(200).text.contains("href=\"/33.28/\""));
}

#[actix_web::test]
async fn the_account_and_a_page_that_is_missing_keep_the_menu_of_a_readers_only_office() {
    let app = TestApp::start().await;
    let menu = "<ul class=\"menu\">";
    let coordinator = app.as_coordinator().await;
    for (place, status) in [("/akun", 200), ("/33.03/tidak-ada", 404), ("/33.28/papan", 404), ("/33.03/lokasi/X", 404)]
    {
        let page = coordinator.page(place).await.expect(status).text;
        assert!(page.contains(menu) && page.contains("href=\"/33.03/papan\""), "{place}: {page}");
    }
    app.add_user("pusat", "admin", "").await;
    assert!(!app.as_user("pusat").await.page("/akun").await.expect(200).text.contains(menu));
    // An office that nobody has opened yet.
    app.add_user("sepi", "coordinator", "33.04").await;
    assert!(!app.as_user("sepi").await.page("/akun").await.expect(200).text.contains(menu));
    assert!(!app.as_stranger().page("/tidak-ada").await.expect(404).text.contains(menu));
}
