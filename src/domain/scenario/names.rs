//! Names of synthetic venues: they sound like the district, and none is meant to be a real school, firm or congregation.

use super::rng::Rng;

/// Where the venue is, in words.
#[derive(Debug, Clone, Copy)]
pub struct Locality<'a> {
    pub village: &'a str,
    /// True for a kelurahan, false for a desa.
    pub urban: bool,
    pub subdistrict: &'a str,
    pub district: &'a str,
}

const VIRTUES: [&str; 10] = ["Bina", "Tunas", "Cipta", "Karya", "Budi", "Wiyata", "Mekar", "Surya", "Panca", "Citra"];
const GOODS: [&str; 10] =
    ["Cendekia", "Mulia", "Bahari", "Persada", "Lestari", "Sentosa", "Harapan", "Pelangi", "Nusa", "Cendana"];
const TRADES: [&str; 8] =
    ["Garmen", "Kayu Lapis", "Rambut Palsu", "Sepatu", "Makanan Ringan", "Percetakan", "Mebel", "Tembakau"];
const AGENCIES: [&str; 12] = [
    "Dinas Pendidikan",
    "Dinas Kesehatan",
    "Dinas Sosial",
    "Dinas Perhubungan",
    "Dinas Pertanian",
    "Dinas Perikanan",
    "Badan Keuangan Daerah",
    "Sekretariat DPRD",
    "Satpol PP",
    "Dinas Pekerjaan Umum",
    "Dinas Perdagangan",
    "Bappeda",
];
const PRAYERS: [&str; 6] = [
    "Masjid Al-Contoh",
    "Masjid Baitul Peraga",
    "Musala Nurul Misal",
    "Gereja Peraga",
    "Masjid At-Tamsil",
    "Wihara Misal",
];
const CIRCLES: [&str; 6] =
    ["PKK", "Karang Taruna", "Kelompok Tani", "Paguyuban Pedagang", "Kelompok Pengajian", "Majelis Warga"];

/// A name for a venue of that kind; two draws may give the same one.
pub fn venue_name(kind: &str, at: Locality<'_>, rng: &mut Rng) -> String {
    let (virtue, good) = (rng.pick(&VIRTUES), rng.pick(&GOODS));
    let Locality { village, subdistrict, district, urban } = at;
    match kind {
        "school" => format!("{} {virtue} {good} {subdistrict}", rng.pick(&["SMA", "SMK", "SMK", "MA"])),
        "campus" => {
            format!("{} {virtue} {good}", rng.pick(&["Universitas", "Politeknik", "Akademi", "Sekolah Tinggi"]))
        }
        "pesantren" => format!("Pondok Pesantren {virtue} {good} {village}"),
        "market" => format!("Pasar {village}"),
        "company" => format!("PT {virtue} {good} {}", rng.pick(&TRADES)),
        "government_office" if rng.chance(400) => format!("{} {subdistrict}", rng.pick(&["Koramil", "Polsek", "KUA"])),
        "government_office" => format!("{} {district}", rng.pick(&AGENCIES)),
        "neighbourhood" => format!("RW {:02} {village}", rng.between(1, 14)),
        "mall" => format!("Plaza {virtue} {good}"),
        "crowd_event" => {
            format!("{} {subdistrict}", rng.pick(&["Hari Bebas Kendaraan", "Pekan Budaya", "Pasar Rakyat"]))
        }
        "hospital" => format!("RS {virtue} {good}"),
        "health_centre" => format!("Puskesmas {subdistrict} {}", rng.pick(&["I", "II", "III"])),
        "worship" => format!("{} {village}", rng.pick(&PRAYERS)),
        "public_service_mall" => format!("Mal Pelayanan Publik {district}"),
        "subdistrict_office" => format!("Kantor Kecamatan {subdistrict}"),
        "bank" => format!("Bank {good} Cabang {subdistrict}"),
        "community" => format!("{} {village}", rng.pick(&CIRCLES)),
        "institution" => format!("{} {virtue} {good}", rng.pick(&["Panti Asuhan", "Panti Werdha", "Balai Latihan"])),
        "home_visit" => format!("Kunjungan rumah {village}"),
        "village_hall" if urban => format!("Kantor Kelurahan {village}"),
        "village_hall" => format!("Balai Desa {village}"),
        _ => format!("{} {village}", rng.pick(&["Terminal", "Gedung Serbaguna"])),
    }
}

/// Who speaks for a venue of that kind: a role, never a person.
pub fn contact_role(kind: &str) -> &'static str {
    match kind {
        "school" | "campus" => "Tata usaha",
        "pesantren" => "Pengurus",
        "company" => "Bagian personalia",
        "market" => "Pengelola",
        "village_hall" => "Sekretaris desa",
        "neighbourhood" => "Ketua RW",
        "crowd_event" => "Panitia",
        _ => "Narahubung",
    }
}
