//! What every page stands in: the reader, his language and rights, his office, and what happened last (`frame` builds it).
//! Templates speak to it in short names: `shell.t("id")` is a message, `shell.count(n)` a number.

use std::borrow::Borrow;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};

use super::notice::Notice;
use super::whole::Whole;
use crate::domain::dates::DateRange;
use crate::domain::id::UserId;
use crate::domain::language::Language;
use crate::domain::office::Office;
use crate::domain::permission::ActionKind;
use crate::domain::region::RegionLevel;
use crate::domain::staff::{Role, User};
use crate::domain::time_zone::abbreviation;
use crate::service::{Caller, ServiceError};
use crate::web::assets;
use crate::web::problem::{ClashView, FieldErrorView};
use crate::wording::messages::{capitalised, label, message};
use crate::wording::{dates, numbers};

/// The frame of one page for one reader.
#[derive(Debug, Clone)]
pub struct Shell {
    pub language: Language,
    /// None on the pages that come before signing in.
    pub reader: Option<Reader>,
    pub office: Option<Office>,
    pub notice: Option<Notice>,
    /// The address that was asked for, with its query.
    pub address: String,
    pub now: DateTime<Utc>,
}

/// Who reads.
#[derive(Debug, Clone)]
pub struct Reader {
    pub caller: Caller,
    pub user: User,
}

impl Shell {
    /// The message `id`.
    pub fn t(&self, id: &str) -> String {
        message(self.language, id, &[])
    }

    /// What is wrong with a field, by its name.
    pub fn wrong(&self, error: &FieldErrorView) -> String {
        error.named(self.language)
    }

    /// The message `id` with one variable.
    #[allow(clippy::needless_pass_by_value, reason = "templates hand over values and references alike")]
    pub fn t1(&self, id: &str, name: &str, value: impl ToString) -> String {
        message(self.language, id, &[(name, value.to_string())])
    }

    /// The message `id` with two variables.
    pub fn t2(&self, id: &str, first: (&str, &str), second: (&str, &str)) -> String {
        self.tv(id, &[(first.0, first.1.to_owned()), (second.0, second.1.to_owned())])
    }

    /// The message `id` with its variables.
    pub fn tv(&self, id: &str, args: &[(&str, String)]) -> String {
        message(self.language, id, args)
    }

    /// The name of a code of a closed list.
    pub fn label(&self, list: &str, code: &str) -> String {
        label(self.language, list, code)
    }

    /// As [`Shell::label`], where a sentence or a cell begins with it.
    pub fn heading(&self, list: &str, code: &str) -> String {
        capitalised(&self.label(list, code))
    }

    pub fn count(&self, number: impl Whole) -> String {
        numbers::count(self.language, number.whole())
    }

    pub fn decimal(&self, number: &f64, decimals: u8) -> String {
        numbers::decimal(self.language, *number, decimals)
    }

    /// A share that is given in per cent.
    pub fn percent(&self, share: &f64) -> String {
        numbers::percent(self.language, *share)
    }

    /// "Sabtu, 21 November 2026".
    pub fn date(&self, date: &NaiveDate) -> String {
        dates::date(self.language, *date)
    }

    /// "Sabtu Pahing, 21 November 2026".
    pub fn full_date(&self, date: &NaiveDate) -> String {
        dates::date_with_pasaran(self.language, *date)
    }

    /// "21 November 2026".
    pub fn long_date(&self, date: impl Borrow<NaiveDate>) -> String {
        dates::long_date(self.language, *date.borrow())
    }

    /// "21 Nov 2026".
    pub fn short_date(&self, date: &NaiveDate) -> String {
        dates::short_date(self.language, *date)
    }

    /// "16–22 November 2026".
    pub fn period(&self, days: &DateRange) -> String {
        dates::period(self.language, *days)
    }

    /// "08.00".
    pub fn time(&self, time: &NaiveTime) -> String {
        dates::time(self.language, *time)
    }

    /// "Sabtu, 21 November 2026, 08.00 WIB", on the clocks of the office (of Jakarta on pages of no office).
    pub fn moment(&self, at: &DateTime<Utc>) -> String {
        dates::moment(self.language, *at, self.zone())
    }

    /// "Mobil 2 sudah dipakai SMKN 1 Bukateja pada Selasa, 24 November 2026, pagi."
    pub fn clash(&self, clash: &ClashView) -> String {
        let date = clash.date.parse().map_or_else(|_| clash.date.clone(), |date| self.date(&date));
        let slot = self.label("slot", clash.slot);
        let (subject, event) = (clash.subject.clone(), clash.event_title.clone());
        self.tv("clash", &[("subject", subject), ("event", event), ("date", date), ("slot", slot)])
    }

    /// A link that opens WhatsApp with a text ready to send.
    pub fn whatsapp(&self, phone: &str, text: &str) -> String {
        let number: String = phone.chars().filter(char::is_ascii_digit).collect();
        let query = serde_urlencoded::to_string([("text", text)]).unwrap_or_default();
        // Its pages read %20 for a space, not the plus of forms.
        format!("https://wa.me/{number}?{}", query.replace('+', "%20"))
    }

    /// The address of a static file.
    pub fn asset(&self, path: &str) -> String {
        assets::address(path)
    }

    pub fn lang(&self) -> &'static str {
        self.language.as_str()
    }

    /// The other language, as the code in which the switch asks for it.
    pub fn other_lang(&self) -> &'static str {
        match self.language {
            Language::Indonesian => Language::English.as_str(),
            Language::English => Language::Indonesian.as_str(),
        }
    }

    /// The office's local date, on pages of an office.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone()).date_naive()
    }

    /// The hour of a moment on the clocks of the office.
    pub fn local_time(&self, at: DateTime<Utc>) -> NaiveTime {
        at.with_timezone(&self.zone()).time()
    }

    /// The first moment of a date on the clocks of the office.
    pub fn start_of(&self, date: NaiveDate) -> Option<DateTime<Utc>> {
        let midnight = self.zone().from_local_datetime(&date.and_time(NaiveTime::MIN)).earliest();
        midnight.map(|midnight| midnight.with_timezone(&Utc))
    }

    /// The office's zone; Jakarta's on pages of no office.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.office.as_ref().map_or(chrono_tz::Asia::Jakarta, |office| office.time_zone)
    }

    /// WIB, WITA or WIT.
    pub fn zone_name(&self) -> &'static str {
        abbreviation(self.zone())
    }

    /// The address of a page of the office: `shell.place("lokasi")` is `/33.03/lokasi`.
    pub fn place(&self, page: &str) -> String {
        self.office.as_ref().map_or_else(|| format!("/{page}"), |office| format!("/{}/{page}", office.code))
    }

    /// The office of the page.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] on pages that belong to none.
    pub fn office(&self) -> Result<&Office, ServiceError> {
        self.office.as_ref().ok_or(ServiceError::NotFound)
    }

    /// Who asks, for a use case.
    ///
    /// # Errors
    /// [`ServiceError::Unauthenticated`] on the pages that come before signing in.
    pub fn caller(&self) -> Result<&Caller, ServiceError> {
        self.reader.as_ref().map(|reader| &reader.caller).ok_or(ServiceError::Unauthenticated)
    }

    pub fn may(&self, action: ActionKind) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.caller.actor.may(action))
    }

    /// For pages that only lead to an action: whoever may not take it does not see them.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right.
    pub fn require(&self, action: ActionKind) -> Result<(), ServiceError> {
        if self.may(action) { Ok(()) } else { Err(ServiceError::Forbidden) }
    }

    /// May book and decide: coordinators and admins.
    pub fn may_plan(&self) -> bool {
        self.may(ActionKind::Plan)
    }

    /// May count at events: has the phone's pages.
    pub fn may_tally(&self) -> bool {
        self.may(ActionKind::Tally)
    }

    /// May lock periods and set targets.
    pub fn may_govern(&self) -> bool {
        self.may(ActionKind::Govern)
    }

    pub fn reads_digests(&self) -> bool {
        self.may(ActionKind::Export)
    }

    pub fn may_administer(&self) -> bool {
        self.may(ActionKind::Administer)
    }

    pub fn may_export(&self) -> bool {
        self.may(ActionKind::Export)
    }

    /// "Kartika, koordinator".
    pub fn reader_line(&self) -> String {
        let line = |reader: &Reader| {
            let role = self.label("role", reader.user.details.role.as_str());
            format!("{}, {role}", reader.user.details.name)
        };
        self.reader.as_ref().map(line).unwrap_or_default()
    }

    /// True for readers whose scope is wider than one office: they choose among several.
    pub fn has_many_offices(&self) -> bool {
        let wide = |reader: &Reader| {
            let region = reader.user.details.scope.as_region();
            region.is_none_or(|region| region.level() < RegionLevel::Regency)
        };
        self.reader.as_ref().is_some_and(wide)
    }

    /// The code of the reader's office, if his scope is a single one.
    pub fn only_office(&self) -> Option<&str> {
        let region = self.reader.as_ref()?.user.details.scope.as_region()?;
        (region.level() >= RegionLevel::Regency).then(|| region.as_str())
    }

    pub fn is_officer(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.user.details.role == Role::Officer)
    }

    /// True if `user` is the reader himself.
    pub fn is_reader(&self, user: UserId) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.user.id == user)
    }
}
