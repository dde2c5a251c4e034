//! Workbooks in and out: typed cells, bad cells by their place, files that are none, and files made to do harm.

use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx};
use jemputbola::service::files::{FileFormat, FileKind, Separator};
use jemputbola::service::importing::{ExportOptions, ImportOptions};
use jemputbola::service::{Caller, ServiceError};
use reqwest::Method;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::files::{In, XLSX, fetch, fill, send_workbook, texts, workbook};
use crate::support::process::try_run;
use crate::support::{Client, OFFICE, TestApp};

const FILES: [(&str, &str); 8] = [
    (
        "venues",
        "code,name,kind,region,latitude,longitude,people,phone_share,weekdays,dates,opens,contact_phone,notes\n\
         001,=HYPERLINK(1),school,33.03.05,\"-7,3885\",109.3613,1.200,\"92,5%\",mon tue,2026-12-01,07.00,0812-3456-7890,\n\
         PASAR,'=aneh,market,33.03.05.2004,,,,,,,,,\"dua, \"\"baris\"\"\nsinyal lemah\"\n",
    ),
    ("units", "code,kind,name\nMOBIL-1,vehicle,@Mobil\nKIT-1,kit,Alat 1\n"),
    (
        "teams",
        "code,name,operators,capacity_per_day,latitude,longitude,units\nT1,Tim 1,4,200,-7.39,109.36,KIT-1 MOBIL-1\n\
         T2,Tim 2,2,100,,,\n",
    ),
    ("members", "team,login\nT1,officer\nT1,coordinator\n"),
    ("absences", "login,from,to,reason\nofficer,2026-12-07,2026-12-09,-cuti\nhead,24/12/2026,24/12/2026,\n"),
    (
        "results",
        "day,venue,team,event_kind,operators,hours,activated,underage\n2026-11-02,001,T1,outreach,4,3.5,40,0\n\
         2026-11-03,PASAR,T2,counter,,,±500,\n",
    ),
    ("events", "venue,teams,date,slots,kind,title,notes\nPASAR,T2,2026-12-14,dawn morning,outreach,+Pasar,\n"),
    (
        "totals",
        "date,channel,venue_kind,figure,source\n2026-11-02,counter,,1.205,Laporan\n2026-11-03,outreach,market,500-an,Pers\n",
    ),
];

fn report(report: &Value) -> [i64; 4] {
    ["rows", "added", "changed", "unchanged"].map(|key| report[key].as_i64().unwrap())
}

/// The first sheet of a workbook: its name and its cells.
fn read(bytes: &[u8]) -> (String, Vec<Vec<Data>>) {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&name).unwrap();
    (name, range.rows().map(<[Data]>::to_vec).collect())
}

/// The XML of a part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

async fn with_files() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (kind, file) in FILES {
        coordinator.import(kind, file).await.expect(200);
    }
    (app, coordinator)
}

#[actix_web::test]
async fn every_kind_of_an_office_goes_out_as_a_workbook_and_comes_back_unchanged() {
    let (app, coordinator) = with_files().await;
    for (kind, _) in FILES {
        let reply = coordinator.get(&format!("/export/{kind}?format=xlsx")).await.expect(200);
        assert_eq!(reply.header("content-type"), XLSX);
        assert_eq!(reply.header("content-disposition"), format!("attachment; filename=\"{kind}-33.03.xlsx\""));
        let file = fetch(&coordinator, &format!("/export/{kind}?format=xlsx")).await;
        assert_eq!(read(&file).0, kind);
        let again = send_workbook(&coordinator, &format!("/import/{kind}"), file).await.expect(200);
        let [rows, added, changed, unchanged] = report(&again.json());
        assert!(rows > 0 && (added, changed, unchanged) == (0, 0, rows), "{kind}: {}", again.text);
    }
    // What came in as CSV, and as a workbook into an office that has nothing yet, is the same.
    let other = TestApp::start().await;
    let newcomer = other.as_coordinator().await;
    for (kind, _) in FILES {
        let file = fetch(&coordinator, &format!("/export/{kind}?format=xlsx")).await;
        send_workbook(&newcomer, &format!("/import/{kind}"), file).await.expect(200);
        let csv = format!("/export/{kind}");
        assert_eq!(newcomer.get(&csv).await.text, coordinator.get(&csv).await.text, "{kind}");
    }
    drop(app);
}

#[actix_web::test]
async fn numbers_and_dates_go_out_as_such_and_no_text_begins_a_formula() {
    let (_app, coordinator) = with_files().await;
    let (_, venues) = read(&fetch(&coordinator, "/export/venues?format=xlsx").await);
    assert_eq!(venues[0][..4], ["code", "name", "kind", "region"].map(|name| Data::String(name.to_owned())));
    assert_eq!(venues[1][0], Data::String("001".to_owned()));
    assert_eq!(venues[1][1], Data::String("'=HYPERLINK(1)".to_owned()));
    assert_eq!(
        (&venues[1][4], &venues[1][6], &venues[1][8]),
        (&Data::Float(-7.3885), &Data::Float(1200.0), &Data::Float(92.5))
    );
    let file = fetch(&coordinator, "/export/totals?format=xlsx").await;
    let (_, totals) = read(&file);
    let Data::DateTime(day) = &totals[1][0] else { panic!("{:?} is no date", totals[1][0]) };
    assert_eq!(day.to_ymd_hms_milli(), (2026, 11, 2, 0, 0, 0, 0));
    assert_eq!((&totals[1][3], &totals[2][3]), (&Data::Float(1205.0), &Data::String("±500".to_owned())));
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"),
        "{sheet}"
    );
    assert!(!sheet.contains("<f>") && part(&file, "xl/styles.xml").contains("<b/>"));
}

#[actix_web::test]
async fn a_workbook_filled_in_by_hand_is_read_as_people_see_it() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let mut file = Workbook::new();
    file.add_worksheet().set_name("Petunjuk").unwrap().set_hidden(true);
    let header = [
        "Code",
        " name",
        "kind",
        "region",
        "phone_share",
        "people",
        "opens",
        "dates",
        "contact_phone",
        "latitude",
        "longitude",
    ];
    let rows = vec![
        vec![],
        texts(&header),
        vec![
            In::As(7.0, "000"),
            In::Formula("=\"SMKN \"&1", "SMKN 1"),
            In::Text("school"),
            In::Text("33.03.05"),
            In::As(0.925, "0.0%"),
            In::Number(1200.0),
            In::As(7.0 / 24.0, "hh:mm"),
            In::As(46_357.0, "dd/mm/yyyy"),
            In::Number(81_234_567_890.0),
            In::Number(-7.1 - 0.2885),
            In::Number(109.3613),
        ],
        vec![],
        vec![
            In::Text("MPP"),
            In::Flag(true),
            In::Text("public_service_mall"),
            In::Text("33.03.05"),
            In::Number(92.5),
            In::Text("1.250"),
        ],
    ];
    fill(file.add_worksheet().set_active(true), &rows);
    let bytes = file.save_to_buffer().unwrap();
    // As a browser sends a file that it does not know.
    let request =
        coordinator.request(Method::POST, "/import/venues").header("content-type", "application/octet-stream");
    let told = coordinator.send(request.body(bytes)).await.expect(200).json();
    assert_eq!(report(&told), [2, 2, 0, 0]);
    let school = coordinator.get("/venues/007").await.expect(200).json();
    let expected = json!({"name": "SMKN 1", "phone_share": 92.5, "people": 1200, "opens": "07:00",
        "contact_phone": "+6281234567890", "latitude": -7.3885, "longitude": 109.3613});
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&school[field], value, "{field}");
    }
    assert!(school["dates"].to_string().contains("2026-12-01"), "{school}");
    let mall = coordinator.get("/venues/MPP").await.json();
    assert_eq!((&mall["name"], &mall["phone_share"], &mall["people"]), (&json!("TRUE"), &json!(92.5), &json!(1250)));
}

#[actix_web::test]
async fn every_bad_cell_is_named_by_its_row_and_column_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let good = || texts(&["A", "Baik", "school", "33.03.05"]);
    let with = |at: usize, cell: In<'static>| {
        let mut row = good();
        row.resize_with(at.max(3) + 1, || In::Nothing);
        row[at] = cell;
        row
    };
    let file = workbook(&[
        texts(&["code", "name", "kind", "region", "people", "notes"]),
        good(),
        with(1, In::Formula("=1/0", "#DIV/0!")),
        with(4, In::Number(1.5)),
        with(5, In::Number(3_303_050_706_240_001.0)),
        with(4, In::Number(198_001_012_005_011_001.0)),
        with(27, In::Text("catatan")),
        vec![],
        with(2, In::As(46_347.0, "yyyy-mm-dd")),
        with(1, In::Nothing),
    ]);
    let refused = send_workbook(&coordinator, "/import/venues", file).await.expect(422);
    let expected = [
        "lines[3].name: failed_formula",
        "lines[4].people: figure",
        "lines[5].notes: nik_like",
        "lines[6].people: long_number",
        "lines[7].AB: unknown_field",
        "lines[9].kind: unknown_code",
        "lines[10].name: required",
    ];
    assert_eq!(refused.errors(), expected);
    assert!(refused.text.contains("#DIV/0!") && !refused.text.contains("catatan"), "{}", refused.text);
    assert_eq!(coordinator.get("/venues").await.json()["items"], json!([]));

    // Some programs write formulas and leave it to others to compute them.
    let file = workbook(&[texts(&["code", "name", "kind", "region", "people"]), with(4, In::Formula("=1+1", "2"))]);
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("</f><v>2</v>"), "{sheet}");
    let file = replaced(&file, "xl/worksheets/sheet1.xml", &sheet.replace("</f><v>2</v>", "</f><v/>"));
    let refused = send_workbook(&coordinator, "/import/venues", file).await.expect(422);
    assert_eq!(refused.errors(), ["lines[2].people: uncomputed_formula"]);

    let header = workbook(&[texts(&["code", "name", "nik", "kind"])]);
    let refused = send_workbook(&coordinator, "/import/venues", header).await.expect(422);
    assert_eq!(refused.errors(), ["lines[1].nik: unknown_field", "lines[1].region: required"]);
    let nothing = send_workbook(&coordinator, "/import/venues", workbook(&[])).await.expect(422);
    assert_eq!(nothing.errors(), ["lines[1]: required"]);
}

#[actix_web::test]
async fn what_is_no_intact_workbook_is_refused_in_words() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let whole = workbook(&[texts(&["code", "name", "kind", "region"]), texts(&["A", "B", "school", "33.03.05"])]);
    for (what, bytes) in [
        ("a CSV file called a workbook", b"code,name,kind,region\n".to_vec()),
        ("nothing", Vec::new()),
        ("a file of the old Excel", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat()),
        ("half a workbook", whole[..whole.len() / 2].to_vec()),
        ("another archive", archive(&[("word/document.xml", "<w/>")])),
        ("parts without a sheet", without(&whole, "xl/worksheets/sheet1.xml")),
    ] {
        let refused = send_workbook(&coordinator, "/import/venues", bytes).await.expect(422);
        assert_eq!(refused.errors(), ["lines[1]: broken_workbook"], "{what}");
        assert!(refused.text.contains("Simpan ulang sebagai .xlsx"), "{}", refused.text);
    }
}

#[actix_web::test]
async fn a_workbook_made_to_fill_the_memory_is_refused() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let whole = workbook(&[texts(&["code"])]);
    let swollen = replaced(&whole, "xl/styles.xml", &"<xf/>".repeat(1024 * 1024));
    assert!(swollen.len() < 64 * 1024, "{} bytes", swollen.len());
    let announced = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="99999999999"/>"#;
    for bomb in [swollen, replaced(&whole, "xl/sharedStrings.xml", announced)] {
        let refused = send_workbook(&coordinator, "/import/venues", bomb).await.expect(422);
        assert_eq!(refused.errors(), ["lines[1]: workbook_too_large"]);
    }
    let far = part(&whole, "xl/worksheets/sheet1.xml").replace("A1", "ZZZZZZ4294967295");
    let refused =
        send_workbook(&coordinator, "/import/venues", replaced(&whole, "xl/worksheets/sheet1.xml", &far)).await;
    refused.expect(422);
}

/// Whatever happens to a file on its way, the answer is a report or a rule.
#[actix_web::test]
async fn a_damaged_workbook_never_breaks_the_service() {
    let (app, coordinator) = with_files().await;
    let office = OFFICE.parse().unwrap();
    let file = fetch(&coordinator, "/export/venues?format=xlsx").await;
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(below).unwrap()).unwrap()
    };
    let (mut taken, mut refused) = (0, 0);
    for round in 0..120 {
        let mut damaged = if round % 2 == 0 { file.clone() } else { sheet.clone().into_bytes() };
        for _ in 0..=random(4) {
            let at = random(damaged.len());
            damaged[at] = u8::try_from(32 + random(95)).unwrap();
        }
        let bytes = match round % 2 {
            0 => damaged,
            _ => replaced(&file, "xl/worksheets/sheet1.xml", &String::from_utf8_lossy(&damaged)),
        };
        let options = ImportOptions { is_workbook: true, dry_run: true, ..ImportOptions::default() };
        match app.services.import_file(&Caller::system("test"), &office, FileKind::Venues, bytes, options).await {
            Ok(_) => taken += 1,
            Err(ServiceError::File(errors)) => refused += usize::from(errors.total() > 0),
            Err(other) => panic!("round {round}: {other:?}"),
        }
    }
    assert_eq!(taken + refused, 120);
    assert!(taken > 0 && refused > 20, "{taken} taken, {refused} refused");
}

#[actix_web::test]
async fn workbooks_go_in_and_out_on_the_command_line_and_a_ranking_goes_out() {
    let (app, coordinator) = with_files().await;
    let run = |arguments: &[&str]| try_run(&app.settings.database.url, arguments, "");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lokasi.XLSX").display().to_string();
    let written = run(&["export", "venues", "--office", OFFICE, "--format", "xlsx", "-o", &file]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    let read_again = run(&["import", "venues", &file, "--office", OFFICE]);
    assert_eq!(read_again.stdout, "2 baris: semuanya sudah tersimpan, tidak ada yang berubah.\n");
    std::fs::write(&file, "code,name\n").unwrap();
    let refused = run(&["import", "venues", &file, "--office", OFFICE, "--lang", "en"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.starts_with("line 1: This file is not an intact XLSX workbook."), "{}", refused.stderr);

    let options = ExportOptions { format: FileFormat::Xlsx, separator: Separator::Comma };
    let command = jemputbola::service::rankings::RankVenues::default();
    let caller = Caller::system("test");
    let ranking = app.services.export_ranking(&caller, &OFFICE.parse().unwrap(), command, options).await.unwrap();
    assert_eq!(ranking.name, "ranking-33.03.xlsx");
    let (name, rows) = read(&ranking.bytes);
    assert_eq!((name.as_str(), rows.len()), ("ranking", 3));
    assert_eq!(
        (&rows[1][0], &rows[1][1], &rows[1][6]),
        (&Data::Float(1.0), &Data::String("001".to_owned()), &Data::Float(40.0))
    );
    assert!(matches!(rows[1][10], Data::DateTime(_)) && rows[2][0] == Data::Empty);
    drop(coordinator);
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a workbook as text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.into_iter().map(|name| (name.clone(), part(bytes, &name))).collect()
}

fn replaced(bytes: &[u8], name: &str, content: &str) -> Vec<u8> {
    let mut parts = parts(bytes);
    parts.retain(|(own, _)| own != name);
    parts.push((name.to_owned(), content.to_owned()));
    archive(&parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect::<Vec<_>>())
}

fn without(bytes: &[u8], name: &str) -> Vec<u8> {
    let parts = parts(bytes);
    archive(
        &parts
            .iter()
            .filter(|(own, _)| own != name)
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect::<Vec<_>>(),
    )
}
