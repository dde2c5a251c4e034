//! Targets, denominators and official figures of an office, and the pace that follows from them. Everything is only added
//! to: a correction withdraws a row and adds another, so that a report of an earlier day stays what it was.

mod choose;
mod denominators;
mod facts;
mod observations;
mod pace;
mod reading;
mod records;
mod standing;

pub use crate::store::queries::denominators::{DenominatorFilter, DenominatorVersion};
pub use crate::store::queries::observations::{ObservationFilter, ObservationVersion};
pub use crate::store::queries::targets::{TargetFilter, TargetVersion};
pub use facts::OfficeFacts;
pub use pace::{PaceReport, read_paces, report_pace};
pub use reading::{ReadingCheck, judge_share, share_context};
pub use records::{check_overlap, check_scope};
pub use standing::TargetStanding;
