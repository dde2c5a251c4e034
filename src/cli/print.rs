//! Where a command's words go: results to standard output, all else to standard error.

use std::fmt::Display;
use std::io::{self, Write};

/// Prints a line of the result.
///
/// # Errors
/// If nobody takes it: the command has failed then.
pub fn result(line: impl Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// Prints a message. A terminal that is gone reads none.
pub fn note(line: impl Display) {
    writeln!(io::stderr().lock(), "{line}").ok();
}
