//! Why an entry cannot be taken at all. What is well-formed is never refused by the field's own address; it is held.

use crate::domain::rule::{FieldError, Rule};

/// Why an entry is sent back to the phone, which keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RejectReason {
    /// Not well-formed: the rules that it breaks.
    Malformed(Vec<FieldError>),
    /// Its id is stored with other content.
    IdConflict,
    /// Its event belongs to another office.
    AnotherOffice,
}

impl RejectReason {
    /// The stable code, the gravest broken rule first.
    pub fn code(&self) -> &'static str {
        match self {
            Self::IdConflict => "id_conflict",
            Self::AnotherOffice => "another_office",
            Self::Malformed(errors) => malformed_code(errors),
        }
    }

    /// The rules that the entry breaks by itself.
    pub fn errors(&self) -> &[FieldError] {
        match self {
            Self::Malformed(errors) => errors,
            Self::IdConflict | Self::AnotherOffice => &[],
        }
    }
}

fn malformed_code(errors: &[FieldError]) -> &'static str {
    let any = |broken: fn(&FieldError) -> bool| errors.iter().any(broken);
    if any(|error| error.rule == Rule::NikLike) {
        "nik_like"
    } else if any(|error| error.field.starts_with("counts") && matches!(error.rule, Rule::UnknownCode { .. })) {
        "unknown_outcome"
    } else if any(|error| error.field.starts_with("counts") && matches!(error.rule, Rule::OutOfRange { .. })) {
        "out_of_range"
    } else {
        "malformed"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tally::RawEntry;

    #[test]
    fn the_reason_of_a_rejection_tells_the_gravest_rule() {
        let counts = |all: &[(&str, i64)]| all.iter().map(|(outcome, n)| ((*outcome).to_owned(), *n)).collect();
        let tally = |all| RawEntry { counts: Some(counts(all)), ..RawEntry::default() };
        let code = |raw: RawEntry| RejectReason::Malformed(raw.check().unwrap_err()).code();
        let nik = Some("3303050706240001".to_owned());
        assert_eq!(code(RawEntry { note: nik, ..tally(&[("activated", 1001)]) }), "nik_like");
        assert_eq!(code(tally(&[("pingsan", 1), ("activated", 1001)])), "unknown_outcome");
        assert_eq!(code(tally(&[("activated", 1001)])), "out_of_range");
        assert_eq!(code(RawEntry::default()), "malformed");
        assert_eq!((RejectReason::IdConflict.code(), RejectReason::AnotherOffice.errors().len()), ("id_conflict", 0));
    }
}
