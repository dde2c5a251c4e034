//! What an office puts on its papers: the letterhead, the city and the one who signs, the usual legal basis and the form
//! of its letter numbers. Every part may be missing; a paper then leaves the place open for a pen.

use super::rule::{Check, FieldError};
use super::staff::Nip;
use super::text::{Name, Note};

/// The settings of one office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficeSettings {
    pub letterhead: Letterhead,
    /// Where papers are signed.
    pub city: Option<Name>,
    /// What a surat tugas is based on, unless somebody writes otherwise.
    pub legal_basis: Option<Note>,
    /// `400.12/{nomor}/{tahun}`: see [`OfficeSettings::number_in`].
    pub number_pattern: Option<Name>,
    pub signer: Signer,
}

/// The lines above every paper, from the widest to the narrowest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    pub government: Option<Name>,
    pub agency: Option<Name>,
    pub address: Option<Name>,
    /// As it is printed, with area code and extension.
    pub phone: Option<Name>,
    pub website: Option<Name>,
}

/// Who signs for the office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signer {
    pub name: Option<Name>,
    pub title: Option<Name>,
    /// Pangkat/golongan.
    pub rank: Option<Name>,
    pub nip: Option<Nip>,
}

/// The settings as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficeSettingsInput {
    pub government: Option<String>,
    pub agency: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub website: Option<String>,
    pub city: Option<String>,
    pub legal_basis: Option<String>,
    pub number_pattern: Option<String>,
    pub signer_name: Option<String>,
    pub signer_title: Option<String>,
    pub signer_rank: Option<String>,
    pub signer_nip: Option<String>,
}

impl OfficeSettingsInput {
    /// The settings, or every broken rule by field.
    ///
    /// # Errors
    /// The broken rules, under the names of the fields of this type.
    pub fn check(self) -> Result<OfficeSettings, Vec<FieldError>> {
        let line = |check: &mut Check, field: &str, typed: Option<String>| {
            check.optional(field, typed, |text| text.parse::<Name>())
        };
        let mut check = Check::new();
        let government = line(&mut check, "government", self.government);
        let agency = line(&mut check, "agency", self.agency);
        let address = line(&mut check, "address", self.address);
        let phone = line(&mut check, "phone", self.phone);
        let website = line(&mut check, "website", self.website);
        let city = line(&mut check, "city", self.city);
        let legal_basis = check.optional("legal_basis", self.legal_basis, |text| text.parse());
        let number_pattern = line(&mut check, "number_pattern", self.number_pattern);
        let name = line(&mut check, "signer_name", self.signer_name);
        let title = line(&mut check, "signer_title", self.signer_title);
        let rank = line(&mut check, "signer_rank", self.signer_rank);
        let nip = check.optional("signer_nip", self.signer_nip, |text| text.parse());
        let built = (|| {
            Some(OfficeSettings {
                letterhead: Letterhead {
                    government: government?,
                    agency: agency?,
                    address: address?,
                    phone: phone?,
                    website: website?,
                },
                city: city?,
                legal_basis: legal_basis?,
                number_pattern: number_pattern?,
                signer: Signer { name: name?, title: title?, rank: rank?, nip: nip? },
            })
        })();
        check.finish(built)
    }
}

impl OfficeSettings {
    /// A letter's number as far as the pattern says it: `{tahun}` and `{bulan}` (in Roman figures) are filled in,
    /// `{nomor}` is left open, for it comes from the office's register of letters.
    pub fn number_in(&self, year: i32, month: u32) -> String {
        let pattern = self.number_pattern.as_ref().map_or("", Name::as_str);
        let filled = pattern.replace("{tahun}", &year.to_string()).replace("{bulan}", roman_month(month));
        filled.replace("{nomor}", "....")
    }

    /// The names of the fields in which `other` differs, as the audit trail lists them.
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let differs = [
            ("letterhead", self.letterhead != other.letterhead),
            ("city", self.city != other.city),
            ("legal_basis", self.legal_basis != other.legal_basis),
            ("number_pattern", self.number_pattern != other.number_pattern),
            ("signer", self.signer != other.signer),
        ];
        differs.into_iter().filter_map(|(name, changed)| changed.then_some(name)).collect()
    }
}

fn roman_month(month: u32) -> &'static str {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let place = month.checked_sub(1).and_then(|month| usize::try_from(month).ok());
    place.and_then(|place| MONTHS.get(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fills_year_and_month_and_leaves_the_number_open() {
        let input = OfficeSettingsInput {
            number_pattern: Some("400.12/{nomor}/{bulan}/{tahun}".to_owned()),
            ..OfficeSettingsInput::default()
        };
        assert_eq!(input.check().unwrap().number_in(2026, 11), "400.12/..../XI/2026");
        assert_eq!(OfficeSettings::default().number_in(2026, 1), "");
    }

    #[test]
    fn every_bad_setting_is_named_and_a_nik_is_refused() {
        let input = OfficeSettingsInput {
            address: Some("NIK 3303050706240001".to_owned()),
            signer_nip: Some("12".to_owned()),
            ..OfficeSettingsInput::default()
        };
        let errors = input.check().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["address", "signer_nip"]);
    }
}
