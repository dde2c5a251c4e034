//! Every page that a reader can reach by links, in both languages, over the five districts: none is broken, none shows
//! a message's name or an unfilled variable, and every link leads somewhere.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::support::{Client, TestApp, TestDatabase};

/// Pages of one shape (ids, codes and dates aside) that are looked at: the third of a kind shows nothing new.
const OF_A_SHAPE: usize = 2;

#[actix_web::test]
async fn every_page_that_links_lead_a_coordinator_to_is_whole_in_both_languages() {
    let app = TestApp::start_on(TestDatabase::create_demo());
    walk(&app.as_user("coordinator@purbalingga.example").await, &["/33.03/", "/akun"], 30).await;
}

#[actix_web::test]
async fn every_page_that_links_lead_an_admin_of_the_nation_to_is_whole_in_both_languages() {
    let app = TestApp::start_on(TestDatabase::create_demo());
    app.add_user("pusat", "admin", "").await;
    walk(&app.as_user("pusat").await, &["/", "/akun"], 10).await;
}

#[actix_web::test]
async fn every_page_that_links_lead_an_officer_to_is_whole_in_both_languages() {
    let app = TestApp::start_on(TestDatabase::create_demo());
    walk(&app.as_user("officer1@purbalingga.example").await, &["/33.03/", "/akun", "/lapangan/"], 8).await;
}

/// Follows links from `start` and looks at each page twice; there are at least so many shapes of pages.
async fn walk(reader: &Client, start: &[&str], at_least: usize) {
    let mut queue: VecDeque<(String, String)> =
        start.iter().map(|place| ((*place).to_owned(), "the start".to_owned())).collect();
    let mut seen: BTreeSet<String> = start.iter().map(|place| (*place).to_owned()).collect();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    while let Some((place, from)) = queue.pop_front() {
        let looked_at = shapes.entry(shape(&place)).or_default();
        *looked_at += 1;
        if *looked_at > OF_A_SHAPE {
            continue;
        }
        for (language, words) in [("id", "<html lang=\"id\""), ("en", "<html lang=\"en\"")] {
            reader.submit("/bahasa", &[("language", language)]).await.expect(303);
            let page = reader.page(&place).await;
            assert!([200, 303].contains(&page.status), "{place}, linked from {from}: {}\n{}", page.status, page.text);
            if page.status == 200 && page.header("content-type").starts_with("text/html") {
                // A letter that was sent is in its reader's language, whoever looks at it.
                let is_letter = place.contains("/surat-keluar/") && place.ends_with("/html");
                assert!(is_letter || page.text.contains(words), "{place} is not in {language}");
                check_texts(&place, &page.text);
            }
            for link in links(&page.text, &place) {
                if seen.insert(link.clone()) {
                    queue.push_back((link, place.clone()));
                }
            }
        }
    }
    assert!(shapes.len() >= at_least, "only {} shapes of pages: {:?}", shapes.len(), shapes.keys());
}

/// What a reader sees holds no unfilled variable and no name of a message.
fn check_texts(place: &str, page: &str) {
    for text in page.split('>').filter_map(|part| part.split('<').next()).map(str::trim) {
        assert!(!text.contains("{ $") && !text.contains("{$"), "{place}: {text}");
        let looks_like_a_name = text.contains('-')
            && text.len() > 8
            && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && jemputbola::wording::messages::message(jemputbola::domain::language::Language::English, text, &[])
                == text;
        assert!(!looks_like_a_name || is_word(text), "{place}: a message's name? {text}");
    }
}

/// Words with a hyphen that stand alone on a page.
fn is_word(text: &str) -> bool {
    ["rata-rata", "jemput-bola", "e-mail"].contains(&text)
}

/// The own links of a page that only look.
fn links(page: &str, place: &str) -> Vec<String> {
    let targets = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let decoded = targets.map(|target| target.replace("&amp;", "&").replace("&#38;", "&"));
    let path = place.split('?').next().unwrap().to_owned();
    decoded
        .map(|target| target.split('#').next().unwrap().to_owned())
        .map(|target| if target.starts_with('?') { format!("{path}{target}") } else { target })
        .filter(|target| target.starts_with('/') && !target.starts_with("/aset/") && !target.contains("/export"))
        .collect()
}

/// The address without what differs from one thing to another.
fn shape(place: &str) -> String {
    let (path, query) = place.split_once('?').unwrap_or((place, ""));
    let part = |part: &str| {
        if part.chars().any(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
            "*".to_owned()
        } else {
            part.to_owned()
        }
    };
    let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", path.split('/').map(part).collect::<Vec<_>>().join("/"), names.join("&"))
}
