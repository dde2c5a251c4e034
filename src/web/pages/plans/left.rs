//! Why a venue was left out, in a sentence.

use super::words::{venue_name, whole};
use crate::domain::proposal::{Instead, LeftOutVenue, Omission};
use crate::service::plans::PlanSheet;
use crate::web::pages::Shell;

/// A venue that was left out, as a row shows it.
#[derive(Debug, Clone)]
pub struct LeftLine {
    pub code: String,
    pub name: String,
    pub district: String,
    pub reason: String,
    /// True if a pin would bring it in.
    pub can_be_pinned: bool,
}

/// The rows: those that lost by least first, then the others by name.
pub fn left_lines(shell: &Shell, sheet: &PlanSheet, all: &[LeftOutVenue]) -> Vec<LeftLine> {
    let rank = |left: &LeftOutVenue| match &left.reason {
        Omission::Beaten(instead) => (0, instead.difference),
        Omission::NobodyFree => (1, 0),
        Omission::TooSoon { .. } => (2, 0),
        Omission::OutOfReach { .. } => (3, 0),
        Omission::Closed => (4, 0),
        Omission::Excluded => (5, 0),
    };
    let mut sorted: Vec<&LeftOutVenue> = all.iter().collect();
    sorted.sort_by_key(|left| (rank(left), venue_name(sheet, left.venue)));
    let line = |left: &LeftOutVenue| LeftLine {
        code: sheet.venues.get(&left.venue).map(|venue| venue.code.to_string()).unwrap_or_default(),
        name: venue_name(sheet, left.venue),
        district: sheet.district(left.venue).unwrap_or_default().to_owned(),
        reason: reason(shell, sheet, &left.reason),
        can_be_pinned: matches!(left.reason, Omission::Beaten(_)),
    };
    sorted.into_iter().map(line).collect()
}

/// "Kalah dari SMKN 1 Bukateja, selisih 12 aktivasi."
pub fn reason(shell: &Shell, sheet: &PlanSheet, reason: &Omission) -> String {
    match reason {
        Omission::Closed => shell.t("plan-left-closed"),
        Omission::TooSoon { last, earliest, gap_days } => {
            let args = [
                ("last", shell.short_date(last)),
                ("earliest", shell.short_date(earliest)),
                ("gap", shell.count(gap_days)),
            ];
            shell.tv("plan-left-too-soon", &args)
        }
        Omission::OutOfReach { minutes, limit } => {
            let (minutes, limit) = (shell.count(minutes), shell.count(limit));
            shell.t2("plan-left-out-of-reach", ("minutes", &minutes), ("limit", &limit))
        }
        Omission::NobodyFree => shell.t("plan-left-nobody-free"),
        Omission::Beaten(instead) => beaten(shell, sheet, instead),
        Omission::Excluded => shell.t("plan-left-excluded"),
    }
}

/// Activations by which it lost, from hundredths: what rounds to none is still a difference.
fn difference(shell: &Shell, hundredths: i64) -> String {
    if hundredths < 50 { shell.t("plan-less-than-one") } else { whole(shell, hundredths) }
}

fn beaten(shell: &Shell, sheet: &PlanSheet, instead: &Instead) -> String {
    let mut names: Vec<String> = instead.displaced.iter().map(|moved| venue_name(sheet, moved.venue)).collect();
    names.dedup();
    let difference = difference(shell, instead.difference);
    if names.is_empty() {
        return shell.t1("plan-left-no-gain", "difference", difference);
    }
    shell.t2("plan-left-beaten", ("venues", &names.join(", ")), ("difference", &difference))
}
