//! What was promised of the letter: the five districts, the seventh of June 2024, a mail server; the schedule and the
//! command both let the same letter arrive, and every figure of it is that of the newspaper.

use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::digest::SubscriptionInput;
use jemputbola::domain::page::Cut;
use jemputbola::service::Caller;
use jemputbola::settings::Settings;

use crate::support::TestDatabase;
use crate::support::mime::Message;
use crate::support::process::{ServerProcess, run};
use crate::support::smtp::{Received, SmtpSink};

const HEAD: &str = "head@purbalingga.example";
const NEWS: &str = "2024-06-07";

/// What Radar Purbalingga told, and what follows from it.
const FIGURES: [&str; 16] = [
    "Kurang 203.947 aktivasi. Perlu 985 per hari kalender, laju terakhir 205.",
    "Sudah aktivasi: 29.890 (angka resmi per 7 Juni 2024)",
    "Sisa target: 203.947 (dari target 233.837)",
    "Capaian dari penyebut: 3,83\u{a0}% (dari 779.454 perekaman KTP-el)",
    "Persen dari target: 12,78\u{a0}% (target 30\u{a0}% dari perekaman KTP-el)",
    "Perlu per hari kalender: 985",
    "Perlu per hari Senin–Jumat: 1.387",
    "Perlu per hari kerja (tanpa libur dan cuti bersama): 1.446",
    "Laju 5 Juni 2024, 1 hari data: 205",
    "Bila tetap 205 per hari kalender: 9,28\u{a0}% pada 31 Desember, target tercapai 27 Februari 2027.",
    "Bila tetap 205 per hari Senin–Jumat: 7,70\u{a0}% pada 31 Desember, target tercapai 31 Maret 2028.",
    "1 hari data, tanpa selang.",
    "Belum dilaporkan:",
    "Pabrik Sampoerna, Karangjambe, Padamara, 6 Juni. Kegiatan terlaksana, hasil belum masuk.",
    "Sumber angka resmi: ",
    "Tanggal dan jam dalam WIB.",
];

/// Lets the schedule of the head be one that told of the day of the news.
async fn schedule_news(database: &str) {
    let mut settings = Settings::read(None).unwrap();
    database.clone_into(&mut settings.database.url);
    let services = app::build_services(&settings, Clock::new(|| "2024-06-07T08:00:00Z".parse().unwrap())).unwrap();
    let (caller, office) = (Caller::system("test"), "33.03".parse().unwrap());
    let all = services.list_subscribers(&caller, &office, Cut::new(50, None)).await.unwrap().items;
    assert_eq!(all.len(), 1, "the demo's head receives letters");
    let text = |text: &str| Some(text.to_owned());
    let friday =
        SubscriptionInput { period: text("weekly"), weekday: text("fri"), time: text("16:00"), ..Default::default() };
    let changed = services.change_subscription(&caller, &office, all[0].subscription.id, friday).await.unwrap();
    assert_eq!(changed.subscription.next_at, Some("2024-06-07T09:00:00Z".parse().unwrap()));
}

/// The letters to the head that tell of the day of the news.
fn of_the_news(all: &[Received]) -> Vec<&Received> {
    let is_news =
        |letter: &&Received| letter.to == HEAD && letter.text.contains("Subject: Kurang 203.947 aktivasi; hasil");
    all.iter().filter(is_news).collect()
}

fn arrived(sink: &SmtpSink) -> Message {
    let all = sink.wait_for(|all| !of_the_news(all).is_empty());
    assert_eq!(of_the_news(&all).len(), 1);
    Message::read(&of_the_news(&all)[0].text)
}

#[actix_web::test]
async fn the_schedule_and_the_command_send_the_letter_of_the_news_to_the_digit() {
    let (by_clock, by_hand) = (TestDatabase::create_demo(), TestDatabase::create_demo());
    schedule_news(&by_clock.url()).await;
    let sink = SmtpSink::start();
    // The day after, whatever the hour: the letter of Friday at four is due.
    let server = ServerProcess::start_on_day(&by_clock.url(), &sink.url(), "2024-06-08");
    let scheduled = arrived(&sink);
    drop(server);

    let sink = SmtpSink::start();
    let told = run(&by_hand.url(), &["digest", "--office", "33.03", "--on", NEWS]);
    assert!(told.contains("1 surat masuk antrean"), "{told}");
    let server = ServerProcess::start_mailing(&by_hand.url(), &sink.url());
    let asked_for = arrived(&sink);
    drop(server);

    for letter in [&scheduled, &asked_for] {
        assert_eq!(letter.header("Subject"), "Kurang 203.947 aktivasi; hasil Pabrik Sampoerna 6 Juni belum dilaporkan");
        assert_eq!(letter.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        assert!(letter.header("List-Unsubscribe").contains("/berhenti/") && letter.header("To").contains(HEAD));
        let text = letter.text("text/plain");
        let html = letter.text("text/html").replace("&nbsp;", "\u{a0}");
        let mut shown = html.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect::<String>();
        shown = shown.replace("&#38;", "&");
        for figure in FIGURES {
            assert!(text.contains(figure), "{figure} is missing in\n{text}");
            // The HTML has bars and boxes where the text has colons and brackets.
            for part in figure.split([':', '(', ')']).map(str::trim).filter(|part| !part.is_empty()) {
                assert!(shown.contains(part), "{part} is missing in\n{shown}");
            }
        }
        let picture = letter.parts.iter().find(|part| part.kind == "image/png").unwrap();
        assert!(picture.bytes.starts_with(b"\x89PNG"));
    }
    assert_eq!(without_its_own(&scheduled), without_its_own(&asked_for));
}

/// The letter but for what belongs to one database or moment: the signed address that ends it, when the next one comes,
/// and that it was written later.
fn without_its_own(letter: &Message) -> Vec<String> {
    let own = ["Berhenti menerima", "Surat berikutnya", "Ditulis pada", "http"];
    let is_own = |line: &&str| own.iter().any(|start| line.trim_start().starts_with(start) || line.contains(": http"));
    letter.text("text/plain").lines().filter(|line| !is_own(line)).map(str::to_owned).collect()
}
