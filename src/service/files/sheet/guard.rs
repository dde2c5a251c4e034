//! What a workbook may come to when it is unpacked. A few kilobytes of ZIP can hold gigabytes, and the sizes it states
//! may be lies, so that every part is unpacked once, and thrown away, before anything is read from it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::domain::rule::Rule;

/// Bytes that parts of a workbook may have, unpacked.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// All parts together. Sheets are read row by row and kept as text, which has a bound of its own.
    pub whole: u64,
    /// The table of texts, which is kept whole.
    pub texts: u64,
    /// Any other part that is no sheet: styles and names, kept whole, and much larger in memory than in the file.
    pub other: u64,
}

impl Bounds {
    pub const USUAL: Self = Self { whole: 256 << 20, texts: 48 << 20, other: 4 << 20 };

    fn of(&self, name: &str) -> u64 {
        let name = name.to_ascii_lowercase();
        match name.rsplit('/').next() {
            Some("sharedstrings.xml") => self.texts,
            _ if name.contains("worksheets/") || name.contains("media/") => self.whole,
            _ => self.other,
        }
    }
}

/// The longest table of texts that a workbook may announce: space is made for it before it is read.
const ANNOUNCED_MAX: u64 = 10_000_000;
const ANNOUNCEMENT: &[u8] = b"uniqueCount";

/// Unpacks everything within the bounds.
///
/// # Errors
/// [`Rule::WorkbookTooLarge`], or [`Rule::BrokenWorkbook`] if it cannot be unpacked.
pub fn check_unpacked(bytes: &[u8], bounds: Bounds) -> Result<(), Rule> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Rule::BrokenWorkbook)?;
    let mut left = bounds.whole;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| Rule::BrokenWorkbook)?;
        let most = bounds.of(&part.name().map_err(|_| Rule::BrokenWorkbook)?).min(left);
        let length = unpack(&mut part, most)?;
        left -= length;
    }
    Ok(())
}

/// Reads a part to its end, and says how long it is.
fn unpack(part: &mut impl Read, most: u64) -> Result<u64, Rule> {
    let (mut buffer, mut seen, mut length) = (vec![0; 64 * 1024], Announcements::default(), 0);
    loop {
        let count = part.read(&mut buffer).map_err(|_| Rule::BrokenWorkbook)?;
        if count == 0 {
            return Ok(length);
        }
        length += u64::try_from(count).unwrap_or(u64::MAX);
        if length > most || !seen.read(buffer.get(..count).unwrap_or_default()) {
            return Err(Rule::WorkbookTooLarge);
        }
    }
}

/// Looks for tables that announce more texts than any workbook has. Works byte by byte, for an announcement may lie
/// across two reads; bytes of zero are left out, so that UTF-16 is seen through.
#[derive(Debug, Default)]
struct Announcements {
    /// How much of the word was seen.
    matched: usize,
    /// The number after the word, once it is complete.
    number: Option<u64>,
}

impl Announcements {
    /// False if one announces too much.
    fn read(&mut self, bytes: &[u8]) -> bool {
        bytes.iter().filter(|byte| **byte != 0).all(|byte| self.step(*byte))
    }

    fn step(&mut self, byte: u8) -> bool {
        match (&mut self.number, byte) {
            (Some(number), b'0'..=b'9') => {
                *number = number.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                return *number <= ANNOUNCED_MAX;
            }
            (Some(0), b'=' | b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n') => return true,
            _ => self.number = None,
        }
        // The name of an attribute begins after a blank, where nothing is matched yet: a simple search finds it.
        let fits = |matched: usize| ANNOUNCEMENT.get(matched) == Some(&byte);
        self.matched = if fits(self.matched) { self.matched + 1 } else { usize::from(fits(0)) };
        if self.matched == ANNOUNCEMENT.len() {
            (self.matched, self.number) = (0, Some(0));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const SMALL: Bounds = Bounds { whole: 3_000, texts: 2_000, other: 1_000 };

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn check(parts: &[(&str, &[u8])]) -> Result<(), Rule> {
        check_unpacked(&archive(parts), SMALL)
    }

    #[test]
    fn each_part_and_all_of_them_have_a_bound() {
        let zeros = |length: usize| vec![b'0'; length];
        let (one, two, three) = (zeros(1_000), zeros(2_000), zeros(3_000));
        assert_eq!(check(&[("xl/worksheets/sheet1.xml", &three)]), Ok(()));
        assert_eq!(check(&[("xl/sharedStrings.xml", &two), ("xl/styles.xml", &one)]), Ok(()));
        for bad in [
            [("xl/worksheets/sheet1.xml", three.as_slice()), ("a", b"0")],
            [("xl/worksheets/sheet1.xml", &[three.as_slice(), b"0"].concat()), ("a", b"")],
            [("xl/SharedStrings.xml", &[two.as_slice(), b"0"].concat()), ("a", b"")],
            [("xl/styles.xml", &[one.as_slice(), b"0"].concat()), ("a", b"")],
        ] {
            assert_eq!(check(&bad), Err(Rule::WorkbookTooLarge), "{}", bad[0].0);
        }
    }

    #[test]
    fn a_size_that_is_a_lie_helps_nobody() {
        let mut bytes = archive(&[("xl/styles.xml", &vec![b'0'; 100_000])]);
        // The central directory says 10 bytes instead of 100,000.
        let stated = 100_000_u32.to_le_bytes();
        while let Some(at) = bytes.windows(4).position(|window| window == stated) {
            bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        assert!(check_unpacked(&bytes, SMALL).is_err());
    }

    #[test]
    fn no_table_announces_more_than_memory_holds() {
        let announced = |text: &str| check(&[("xl/sharedStrings.xml", text.as_bytes())]);
        assert_eq!(announced("<sst count=\"9999999999\" uniqueCount=\"10000000\">"), Ok(()));
        for text in [
            "<sst uniqueCount=\"10000001\">",
            "<sst uuniqueCount = '99999999999999999999'>",
            "uniqueCountuniqueCount=\"10000001",
        ] {
            assert_eq!(announced(text), Err(Rule::WorkbookTooLarge), "{text}");
        }
        let wide: Vec<u8> = "uniqueCount=\"10000001\"".bytes().flat_map(|byte| [byte, 0]).collect();
        assert_eq!(check(&[("xl/sharedStrings.xml", &wide)]), Err(Rule::WorkbookTooLarge));
    }

    #[test]
    fn what_is_no_archive_is_broken() {
        assert_eq!(check_unpacked(b"PK\x03\x04 and nothing more", SMALL), Err(Rule::BrokenWorkbook));
        let whole = archive(&[("xl/styles.xml", b"0")]);
        assert_eq!(check_unpacked(&whole[..whole.len() - 10], SMALL), Err(Rule::BrokenWorkbook));
    }
}
