//! The synthetic staff of an office: accounts, teams with their officers, vehicles and kits, and a few absences.

use chrono::NaiveDate;

use crate::domain::rule::Rule;
use crate::domain::text::{Code, Login};

use super::days::{ScenarioDays, plus};
use super::district::District;
use super::history::{SyntheticAbsence, SyntheticTeam, SyntheticUnit, SyntheticUser};
use super::rng::Rng;

#[derive(Debug, Clone)]
pub struct Staff {
    pub users: Vec<SyntheticUser>,
    pub teams: Vec<SyntheticTeam>,
    pub units: Vec<SyntheticUnit>,
    pub absences: Vec<SyntheticAbsence>,
}

/// Minutes that one operator needs per person, including the wait for the code by e-mail.
pub const MINUTES_PER_PERSON: u32 = 6;
/// Hours of a day that are left for service after the drive and the setting up.
const HOURS_OF_SERVICE: u32 = 4;

/// A team's size and what may be booked with it; fewer vehicles than teams, so that they are shared.
pub fn build_staff(district: &District, days: &ScenarioDays) -> Result<Staff, Rule> {
    let mut rng = Rng::named(&format!("{}/staff", district.code()));
    let teams = district.profile.teams;
    let vehicles = (teams / 2).max(2);
    let mut users = office_users(district)?;
    let mut built = Vec::new();
    for number in 1..=teams {
        let members = add_officers(district, rng.weighted(&[(2, 1), (3, 3), (4, 3), (5, 2)]), number == 1, &mut users)?;
        built.push(build_team(district, number, vehicles, members, &mut rng)?);
    }
    let absences = build_absences(district, days, &built)?;
    Ok(Staff { users, teams: built, units: build_units(teams, vehicles)?, absences })
}

impl Staff {
    /// The members of a team who are there on all of these days.
    pub fn present<'a>(&'a self, team: &'a SyntheticTeam, dates: &'a [NaiveDate]) -> impl Iterator<Item = &'a Login> {
        let absent = |login: &Login| {
            let own = self.absences.iter().filter(move |absence| absence.login == *login);
            own.flat_map(|absence| dates.iter().map(move |date| (absence.from..=absence.to).contains(date)))
                .any(|inside| inside)
        };
        team.members.iter().filter(move |login| !absent(login))
    }
}

fn office_users(district: &District) -> Result<Vec<SyntheticUser>, Rule> {
    let roles = [
        ("admin", "Admin", None),
        ("coordinator", "Koordinator", Some("Penata Muda Tingkat I (III/b)")),
        ("head", "Kepala Dinas", Some("Pembina Utama Muda (IV/c)")),
        ("viewer", "Pemantau", None),
    ];
    let numbered = roles.into_iter().zip(1_usize..);
    numbered.map(|((role, title, rank), number)| build_user(district, role, role, title, rank, number)).collect()
}

/// Adds one more officer for every operator; the first team has at least three, so that the demo's officer1 has company.
fn add_officers(
    district: &District,
    operators: u32,
    first: bool,
    users: &mut Vec<SyntheticUser>,
) -> Result<Vec<Login>, Rule> {
    let mut members = Vec::new();
    for _ in 0..if first { operators.max(3) } else { operators } {
        let number = users.iter().filter(|user| user.role == "officer").count() + 1;
        let (word, title) = (format!("officer{number}"), format!("Petugas {number}"));
        let user = build_user(district, "officer", &word, &title, Some("Pengatur (II/c)"), 10 + number)?;
        members.push(user.login.clone());
        users.push(user);
    }
    Ok(members)
}

fn build_user(
    district: &District,
    role: &'static str,
    word: &str,
    title: &str,
    rank: Option<&'static str>,
    number: usize,
) -> Result<SyntheticUser, Rule> {
    let address = format!("{word}@{}.example", district.profile.slug);
    Ok(SyntheticUser {
        login: address.parse()?,
        name: format!("{title} {} (contoh)", district.profile.name).parse()?,
        role,
        email: address.parse()?,
        phone: district.fictitious_phone(9_000 + number)?,
        rank,
        nip: rank.map(|_| format!("99999999999999{number:04}")),
    })
}

fn build_team(
    district: &District,
    number: u32,
    vehicles: u32,
    members: Vec<Login>,
    rng: &mut Rng,
) -> Result<SyntheticTeam, Rule> {
    let operators = u32::try_from(members.len()).unwrap_or_default();
    let base = |centre: i32, rng: &mut Rng| {
        let shift = i32::try_from(rng.below(12_001)).unwrap_or_default() - 6_000;
        f64::from(centre + shift) / 1e6
    };
    Ok(SyntheticTeam {
        code: format!("T-{number:02}").parse()?,
        name: format!("Tim {number} {}", district.profile.name).parse()?,
        operators,
        capacity_per_day: operators * HOURS_OF_SERVICE * 60 / MINUTES_PER_PERSON,
        latitude: base(district.profile.centre.0, rng),
        longitude: base(district.profile.centre.1, rng),
        units: vec![kit_code(number)?, vehicle_code((number - 1) % vehicles + 1)?],
        members,
    })
}

fn build_units(teams: u32, vehicles: u32) -> Result<Vec<SyntheticUnit>, Rule> {
    let mut units = Vec::new();
    for number in 1..=vehicles {
        let name = format!("Mobil pelayanan {number}").parse()?;
        units.push(SyntheticUnit { code: vehicle_code(number)?, kind: "vehicle", name });
    }
    for number in 1..=teams {
        let name = format!("Set alat rekam {number}").parse()?;
        units.push(SyntheticUnit { code: kit_code(number)?, kind: "kit", name });
    }
    Ok(units)
}

fn vehicle_code(number: u32) -> Result<Code, Rule> {
    format!("MOBIL-{number}").parse()
}

fn kit_code(number: u32) -> Result<Code, Rule> {
    format!("ALAT-{number}").parse()
}

/// One absence for one member of each team but the first: the next one begins soon, the others lie in the past year.
fn build_absences(
    district: &District,
    days: &ScenarioDays,
    teams: &[SyntheticTeam],
) -> Result<Vec<SyntheticAbsence>, Rule> {
    let mut rng = Rng::named(&format!("{}/{}/absences", district.code(), days.today()));
    let mut absences = Vec::new();
    for (index, team) in teams.iter().enumerate().skip(1) {
        let Some(login) = team.members.last().cloned() else { continue };
        let start = if index == 1 { i64::from(rng.between(3, 8)) } else { -i64::from(rng.between(5, 330)) };
        let (from, length) = (plus(days.today(), start), i64::from(rng.between(1, 9)));
        let reason = rng.pick(&["Cuti tahunan", "Diklat di provinsi", "Izin keluarga"]).parse()?;
        absences.push(SyntheticAbsence { login, from, to: plus(from, length), reason });
    }
    Ok(absences)
}
