//! The synthetic venues of a district. All but the dates in their opening rules is the same whatever today is.

use std::collections::BTreeSet;

use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::text::Name;

use super::centres::Centre;
use super::days::ScenarioDays;
use super::district::District;
use super::history::{LABEL, SyntheticVenue};
use super::kinds::{KINDS, KindTraits, REMAINDER, SERVICE_MALL, SUBDISTRICT_OFFICE};
use super::names::{Locality, contact_role, venue_name};
use super::opening::Opening;
use super::rng::Rng;

/// A venue with what the schedule and the outcomes need to know of it.
#[derive(Debug, Clone)]
pub struct Place {
    pub venue: SyntheticVenue,
    pub traits: KindTraits,
    pub opening: Opening,
    /// How good the venue is for its kind, per mille.
    pub quality: u32,
    /// Nobody has ever gone there.
    pub untried: bool,
}

/// Every venue of the district, codes `S-001` onwards.
pub fn build_venues(district: &District, days: &ScenarioDays) -> Result<Vec<Place>, Rule> {
    let mut stable = Rng::named(&format!("{}/venues", district.code()));
    let mut dated = Rng::named(&format!("{}/{}/dates", district.code(), days.today()));
    let mut taken = BTreeSet::new();
    let sites = sites(district, &mut stable);
    let mut places = Vec::with_capacity(sites.len());
    for (traits, region, place_name) in sites {
        let locality = locality(district, &region, &place_name);
        let name = unused_name(&mut taken, traits.code, locality, &mut stable);
        let opening = Opening::of(traits.code, &mut stable, &mut dated, days);
        let number = places.len() + 1;
        let venue = build_venue(district, number, &traits, region, &name, &opening, &mut stable)?;
        let quality = stable.around(450, 1950);
        let untried = traits.visits > 0 && stable.chance(80);
        places.push(Place { venue, traits, opening, quality, untried });
    }
    Ok(places)
}

/// Which kind stands where: offices in every kecamatan, village halls in villages of their own, the rest anywhere.
fn sites(district: &District, rng: &mut Rng) -> Vec<(KindTraits, RegionCode, Name)> {
    let mut sites: Vec<(KindTraits, RegionCode, Name)> = Vec::new();
    let total = usize::try_from(district.profile.venues).unwrap_or_default();
    for traits in KINDS.into_iter().filter(|traits| traits.code != REMAINDER) {
        match traits.code {
            SUBDISTRICT_OFFICE => {
                sites.extend(district.subdistricts.iter().map(|(code, name)| (traits, code.clone(), name.clone())));
            }
            SERVICE_MALL => sites.extend(district.villages.first().map(|(c, n)| (traits, c.clone(), n.clone()))),
            _ => {
                let share = if district.profile.city { traits.share.1 } else { traits.share.0 };
                let count = (district.profile.venues * share / 1000).max(1);
                let anywhere = rng.shuffled(district.villages.iter().collect());
                let chosen = anywhere.into_iter().cycle().take(usize::try_from(count).unwrap_or_default());
                sites.extend(chosen.map(|(code, name)| (traits, code.clone(), name.clone())));
            }
        }
    }
    let halls = KINDS.into_iter().filter(|traits| traits.code == REMAINDER);
    for traits in halls {
        let room = total.saturating_sub(sites.len());
        let villages = rng.shuffled(district.villages.iter().collect());
        sites.extend(villages.into_iter().take(room).map(|(code, name)| (traits, code.clone(), name.clone())));
    }
    sites
}

fn locality<'a>(district: &'a District, region: &RegionCode, name: &'a Name) -> Locality<'a> {
    let urban = region.as_str().rsplit('.').next().is_some_and(|part| part.len() == 4 && part.starts_with('1'));
    Locality {
        village: name.as_str(),
        urban,
        subdistrict: district.subdistrict_name(region),
        district: district.profile.name,
    }
}

/// A name that no other venue of the district has; after many draws the kecamatan and a number tell them apart.
fn unused_name(taken: &mut BTreeSet<String>, kind: &str, at: Locality<'_>, rng: &mut Rng) -> String {
    let plain = (0..8).map(|_| venue_name(kind, at, rng)).find(|name| !taken.contains(name));
    let name = plain.unwrap_or_else(|| {
        let base = format!("{}, Kec. {}", venue_name(kind, at, rng), at.subdistrict);
        let numbered = (2..).map(|n| format!("{base} ({n})"));
        std::iter::once(base.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(base)
    });
    taken.insert(name.clone());
    name
}

fn build_venue(
    district: &District,
    number: usize,
    traits: &KindTraits,
    region: RegionCode,
    name: &str,
    opening: &Opening,
    rng: &mut Rng,
) -> Result<SyntheticVenue, Rule> {
    let (latitude, longitude) = position(district, &region, rng);
    let people = rng.between(traits.people.0, traits.people.1).min(rng.between(traits.people.0, traits.people.1));
    let eligible = people * rng.between(traits.eligible.0, traits.eligible.1) / 100;
    Ok(SyntheticVenue {
        code: format!("S-{number:03}").parse()?,
        contact_name: format!("{} {name} (contoh)", contact_role(traits.code)).parse()?,
        contact_phone: district.fictitious_phone(number)?,
        name: name.parse()?,
        kind: traits.code,
        region,
        latitude,
        longitude,
        people,
        eligible,
        phone_share: rng.between(traits.phones.0, traits.phones.1),
        opening: opening.cells(),
        notes: format!("{LABEL} {}", site_note(rng)).trim().parse()?,
    })
}

fn site_note(rng: &mut Rng) -> &'static str {
    rng.pick(&[
        "",
        "",
        "Sinyal lemah, bawa modem cadangan.",
        "Listrik kadang padam, bawa genset.",
        "Tempat duduk dan meja tersedia.",
        "Sinyal baik.",
    ])
}

/// In its village, which lies around the middle of its kecamatan; an office of the kecamatan stands in that middle.
fn position(district: &District, region: &RegionCode, rng: &mut Rng) -> (f64, f64) {
    let subdistrict: String = region.as_str().chars().take(SUBDISTRICT_CODE).collect();
    let (latitude, longitude) = district.profile.centre;
    let centre = Centre::of(&subdistrict).unwrap_or(Centre { latitude, longitude, reach: UNKNOWN_REACH });
    let mut village = Rng::named(&format!("{region}/place"));
    let reach = if region.as_str().len() > SUBDISTRICT_CODE { centre.reach } else { 0 };
    let degrees = |micro: i32| f64::from(micro) / 1e6;
    (
        degrees(centre.latitude + offset(reach, &mut village) + offset(WITHIN_VILLAGE, rng)),
        degrees(centre.longitude + offset(reach, &mut village) + offset(WITHIN_VILLAGE, rng)),
    )
}

/// Characters of a kecamatan's code: `33.03.15`.
const SUBDISTRICT_CODE: usize = 8;
/// How far from the middle of its village a venue lies, and villages of a kecamatan that nobody placed, in millionths of a
/// degree.
const WITHIN_VILLAGE: u32 = 4_000;
const UNKNOWN_REACH: u32 = 20_000;

/// Between minus and plus `reach`.
fn offset(reach: u32, rng: &mut Rng) -> i32 {
    let drawn = i32::try_from(rng.below(2 * reach + 1)).unwrap_or_default();
    drawn - i32::try_from(reach).unwrap_or_default()
}
