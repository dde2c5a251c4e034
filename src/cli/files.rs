//! `import` and `export`.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::ProgressBar;

use super::context::{CliError, Context, caller};
use super::print;
use crate::domain::office::parse_office_code;
use crate::domain::region::RegionCode;
use crate::domain::rule::{Check, Rule};
use crate::service::files::{FileFormat, FileKind, ImportReport, Separator};
use crate::service::importing::{ExportOptions, ImportOptions, Progress};
use crate::wording::messages::{label, message};
use crate::wording::numbers::count;

#[derive(Debug, Args)]
pub struct ImportArguments {
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: FileKind,
    file: PathBuf,
    #[arg(long)]
    office: Option<String>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "REASON")]
    correct: Option<String>,
}

#[derive(Debug, Args)]
pub struct ExportArguments {
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: FileKind,
    #[arg(long)]
    office: Option<String>,
    #[arg(long, default_value = "csv", value_parser = codes(FileFormat::ALL, FileFormat::as_str))]
    format: FileFormat,
    #[arg(long, default_value = ",", value_parser = codes(Separator::ALL, Separator::as_str))]
    separator: Separator,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub async fn run_import(context: &Context, arguments: ImportArguments) -> Result<(), CliError> {
    let mut check = Check::new();
    let office = read_office(&mut check, arguments.kind, arguments.office.as_deref());
    let correct = check.optional("--correct", arguments.correct, |reason| reason.parse());
    let (office, correct) = check.finish(office.zip(correct)).map_err(|errors| context.wrong(errors))?;
    let bytes = read_file(context, &arguments.file)?;
    let is_workbook = arguments.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    let progress = Progress::default();
    let options = ImportOptions { dry_run: arguments.dry_run, correct, is_workbook, progress: progress.clone() };
    let services = context.services()?;
    let importing = async {
        match &office {
            Some(office) => services.import_file(&caller(), office, arguments.kind, bytes, options).await,
            None => services.import_wide_file(&caller(), arguments.kind, bytes, options).await,
        }
    };
    let imported = watched(context, &progress, importing).await;
    let report = imported.map_err(|error| context.failure(&error))?;
    for warning in &report.warnings {
        let words = label(context.language, "file-warning", warning.code);
        let args = [("line", warning.line.to_string()), ("message", words)];
        print::note(message(context.language, "file-error-row", &args));
    }
    print::result(report_words(context, &report))?;
    Ok(())
}

pub async fn run_export(context: &Context, arguments: ExportArguments) -> Result<(), CliError> {
    let mut check = Check::new();
    let office = read_office(&mut check, arguments.kind, arguments.office.as_deref());
    let office = check.finish(office).map_err(|errors| context.wrong(errors))?;
    let options = ExportOptions { format: arguments.format, separator: arguments.separator };
    let services = context.services()?;
    let progress = progress(&message(context.language, "export-running", &[]));
    let exported = match &office {
        Some(office) => services.export_file(&caller(), office, arguments.kind, options).await,
        None => services.export_wide_file(&caller(), arguments.kind, options).await,
    };
    progress.finish_and_clear();
    let bytes = exported.map_err(|error| context.failure(&error))?.bytes;
    match arguments.output {
        Some(path) => std::fs::write(&path, bytes).map_err(|error| context.disk_failure(&path, &error)),
        None => Ok(std::io::stdout().write_all(&bytes)?),
    }
}

/// Whose file it is: an office's, or none for the installation's. Users may be either.
#[allow(
    clippy::option_option,
    reason = "the outer one is a noted error, as in `Check::optional`; the inner one is no office"
)]
fn read_office(check: &mut Check, kind: FileKind, office: Option<&str>) -> Option<Option<RegionCode>> {
    match office {
        None if kind.is_of_office() => check.required("--office", None, parse_office_code).map(Some),
        Some(_) if matches!(kind, FileKind::Holidays | FileKind::Offices) => {
            check.fail("--office", Rule::UnknownField);
            None
        }
        office => check.optional("--office", office, parse_office_code),
    }
}

fn kinds() -> impl TypedValueParser<Value = FileKind> {
    codes(FileKind::ALL, FileKind::as_str)
}

/// An argument that is one of a closed list; another is wrong usage, and the list is shown.
fn codes<T>(all: &'static [T], as_str: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: std::str::FromStr<Err = crate::domain::rule::Rule> + Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(all.iter().map(|code| as_str(*code))).try_map(|text| text.parse::<T>())
}

fn read_file(context: &Context, path: &Path) -> Result<Vec<u8>, CliError> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(|error| context.disk_failure(path, &error))
}

/// Shows while an import lasts how many rows are saved; without a terminal it shows nothing.
async fn watched<T>(context: &Context, import: &Progress, importing: impl Future<Output = T>) -> T {
    let bar = progress(&message(context.language, "import-running", &[]));
    let mut looks = tokio::time::interval(Duration::from_millis(100));
    tokio::pin!(importing);
    loop {
        tokio::select! {
            imported = &mut importing => {
                bar.finish_and_clear();
                return imported;
            }
            _ = looks.tick() => if import.rows() > 0 {
                let args = [("saved", number(context, import.saved())), ("rows", number(context, import.rows()))];
                bar.set_message(message(context.language, "import-saving", &args));
            }
        }
    }
}

/// Something that moves on the terminal while it lasts; without one it shows nothing.
fn progress(words: &str) -> ProgressBar {
    let progress = ProgressBar::new_spinner().with_message(words.to_owned());
    progress.enable_steady_tick(Duration::from_millis(100));
    progress
}

fn report_words(context: &Context, report: &ImportReport) -> String {
    let args = [
        ("rows", number(context, report.rows)),
        ("added", number(context, report.added)),
        ("changed", number(context, report.changed)),
        ("unchanged", number(context, report.unchanged)),
    ];
    let id = match report {
        report if report.dry_run => "import-dry-run",
        report if report.added + report.changed == 0 => "import-unchanged",
        _ => "import-done",
    };
    message(context.language, id, &args)
}

fn number(context: &Context, count_of: usize) -> String {
    count(context.language, i64::try_from(count_of).unwrap_or(i64::MAX))
}
