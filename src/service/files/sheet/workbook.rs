//! Reading an XLSX workbook: the cells of its first visible sheet as texts, row by row. The file is somebody's upload and
//! may be anything; whatever it does to the reader comes back as a rule.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::cell::cell_text;
use super::guard::{Bounds, check_unpacked};
use crate::domain::rule::Rule;
use crate::service::files::errors::FileErrors;

/// A row's cells that are not empty, by column.
pub type Cells = Vec<(usize, Result<String, Rule>)>;

/// Bytes of text that a sheet may hold: twice the largest CSV file.
const TEXT_MAX: usize = 64 << 20;

/// What a ZIP archive begins with, and what Excel's old files begin with.
const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// True if these bytes are meant to be a workbook and no text.
pub fn is_workbook(bytes: &[u8]) -> bool {
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

/// Gives `take` every row that is not empty with its line, until it has had enough.
///
/// # Errors
/// [`Rule::BrokenWorkbook`] or [`Rule::WorkbookTooLarge`].
pub fn read_rows(bytes: &[u8], take: impl FnMut(usize, Cells) -> ControlFlow<()>) -> Result<(), Rule> {
    check_unpacked(bytes, Bounds::USUAL)?;
    // The library reads what somebody else wrote; should it stumble, that is the file's fault and not the service's end.
    catch_unwind(AssertUnwindSafe(|| read_first_sheet(bytes, take))).unwrap_or(Err(Rule::BrokenWorkbook))
}

fn read_first_sheet(bytes: &[u8], mut take: impl FnMut(usize, Cells) -> ControlFlow<()>) -> Result<(), Rule> {
    let broken = |_| Rule::BrokenWorkbook;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let name = first_sheet(&workbook).ok_or(Rule::BrokenWorkbook)?;
    let uncomputed = uncomputed_formulas(&mut workbook, &name)?;
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(broken)?;
    let mut current: (u32, Cells) = (0, Cells::new());
    let mut length = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
        let (row, column) = cell.get_position();
        let text = if uncomputed.contains(&(row, column)) {
            Err(Rule::UncomputedFormula)
        } else {
            cell_text(cell.get_value(), reader.styles().get(style))
        };
        if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
            continue;
        }
        length += text.as_ref().map_or(0, String::len);
        if length > TEXT_MAX {
            return Err(Rule::WorkbookTooLarge);
        }
        if row != current.0 {
            if row < current.0 {
                return Err(Rule::BrokenWorkbook);
            }
            let (before, cells) = std::mem::replace(&mut current, (row, Cells::new()));
            if hand_over(before, cells, &mut take).is_break() {
                return Ok(());
            }
        }
        current.1.push((usize::try_from(column).unwrap_or(usize::MAX), text));
    }
    // Whether it has had enough does not matter any more: this was all.
    let _ = hand_over(current.0, current.1, &mut take);
    Ok(())
}

fn hand_over(row: u32, cells: Cells, take: &mut impl FnMut(usize, Cells) -> ControlFlow<()>) -> ControlFlow<()> {
    if cells.is_empty() {
        return ControlFlow::Continue(());
    }
    take(usize::try_from(row).map_or(usize::MAX, |row| row.saturating_add(1)), cells)
}

/// Where formulas stand that no program has computed: they look like empty cells, and are none.
fn uncomputed_formulas(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeSet<(u32, u32)>, Rule> {
    let broken = |_| Rule::BrokenWorkbook;
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut found = BTreeSet::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
        if cell.formula.is_some() && cell.value == DataRef::Empty && found.len() < FileErrors::LISTED {
            found.insert(cell.pos);
        }
    }
    Ok(found)
}

/// The first sheet that people see.
fn first_sheet(workbook: &Xlsx<Cursor<&[u8]>>) -> Option<String> {
    let mut sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.find(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone())
}
