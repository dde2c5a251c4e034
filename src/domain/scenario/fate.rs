//! What became of a synthetic booking by today: held and reported, held and forgotten, not held, cancelled, still ahead.

use chrono::NaiveDate;

use super::rng::Rng;
use super::schedule::Booking;

/// State, reporting and, where one is needed, the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    pub state: &'static str,
    pub reporting: &'static str,
    pub reason: Option<&'static str>,
}

const NOT_HELD: [&str; 5] = [
    "Listrik padam di lokasi sampai sore.",
    "SIAK terpusat gangguan sepanjang hari.",
    "Tuan rumah mendadak tidak bisa.",
    "Jalan ke lokasi terputus banjir.",
    "Peserta tidak datang.",
];
const CANCELLED: [&str; 4] = [
    "Bentrok dengan ujian susulan.",
    "Tuan rumah menarik permohonan.",
    "Petugas diperbantukan ke kegiatan lain.",
    "Digabung dengan kegiatan di desa sebelah.",
];
const POSTPONED: [&str; 3] =
    ["Menunggu jadwal baru dari tuan rumah.", "Mobil pelayanan diperbaiki.", "Menunggu jaringan di lokasi dipasang."];

/// The fate of a booking as of `today`.
pub fn fate_of(booking: &Booking<'_>, today: NaiveDate, rng: &mut Rng) -> Fate {
    let roll = rng.below(1000);
    let dropped = |state, reason| Fate { state, reporting: "unreported", reason: Some(reason) };
    if booking.last_day() >= today && booking.first_day() <= today {
        return under_way(booking, today);
    }
    match roll {
        0..14 => dropped("postponed", rng.pick(&POSTPONED)),
        14..34 => dropped("cancelled", rng.pick(&CANCELLED)),
        _ if booking.first_day() > today => ahead(booking, today, rng),
        34..64 => dropped("not_held", rng.pick(&NOT_HELD)),
        64..94 if booking.kind != "briefing" => Fate { state: "done", reporting: "unreported", reason: None },
        _ => Fate { state: "done", reporting: reporting(booking, today, rng), reason: None },
    }
}

/// An event of today: waiting for its officers, or in its second day.
fn under_way(booking: &Booking<'_>, today: NaiveDate) -> Fate {
    let started = booking.first_day() < today;
    let (state, reporting) = if started { ("ongoing", "reported") } else { ("confirmed", "unreported") };
    Fate { state, reporting, reason: None }
}

fn ahead(booking: &Booking<'_>, today: NaiveDate, rng: &mut Rng) -> Fate {
    let states = match (booking.first_day() - today).num_days() {
        ..=7 => [("confirmed", 80), ("proposed", 14), ("draft", 6)],
        8..=14 => [("confirmed", 50), ("proposed", 34), ("draft", 16)],
        _ => [("confirmed", 25), ("proposed", 40), ("draft", 35)],
    };
    Fate { state: rng.weighted(&states), reporting: "unreported", reason: None }
}

/// Coordinators verify most reports within two weeks.
fn reporting(booking: &Booking<'_>, today: NaiveDate, rng: &mut Rng) -> &'static str {
    let verified = if (today - booking.last_day()).num_days() > 14 { 880 } else { 350 };
    if rng.chance(verified) { "verified" } else { "reported" }
}
