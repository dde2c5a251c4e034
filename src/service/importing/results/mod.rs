//! Results from a file. A row belongs to the event of its venue, day, kind and team; where there is none, one is made.
//! The same counts change nothing; other counts are refused unless the import says why it corrects them: then what the
//! team had counted that day is voided, and the row counts in its place.

mod export;
mod stored;
mod weigh;
mod write;

use self::stored::Stored;
use self::weigh::weigh;
use self::write::Writing;
use super::names::Names;
use super::options::ImportOptions;
use crate::domain::permission::Plan;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::service::files::ImportReport;
use crate::service::files::results::ResultFile;

pub use export::list_results;

pub fn save(
    desk: &mut Desk<'_, Plan>,
    file: &ResultFile,
    options: &ImportOptions,
) -> Result<ImportReport, ServiceError> {
    let rows = file.rows.iter().map(|row| &row.value);
    let names = Names::load(desk, rows.clone().map(|row| &row.venue).collect(), rows.map(|row| &row.team).collect())?;
    let stored = Stored::load(desk, file, &names)?;
    let weighed = weigh(desk, file, &names, &stored, options)?;
    let report = ImportReport::of(file.rows.len(), weighed.added, weighed.corrected).warning(weighed.warnings.clone());
    let (reason, progress) = (options.correct.as_ref(), &options.progress);
    // What is stored already needs no writing.
    progress.step(report.unchanged);
    Writing { stored: &stored, weighed: &weighed, reason, progress }.write(desk)?;
    Ok(report)
}
