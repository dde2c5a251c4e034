//! Which targets a report of one day is about.

use chrono::NaiveDate;

use crate::domain::target::Target;

/// Those whose days hold this one; if there are none, those that ended last before it; else those that begin next.
pub fn targets_of_day(mut targets: Vec<Target>, as_of: NaiveDate) -> Vec<Target> {
    let window = |target: &Target| target.details.window;
    let last = targets.iter().map(|target| window(target).last()).filter(|last| *last < as_of).max();
    let next = targets.iter().map(|target| window(target).first()).filter(|first| *first > as_of).min();
    if targets.iter().any(|target| window(target).contains(as_of)) {
        targets.retain(|target| window(target).contains(as_of));
    } else if let Some(last) = last {
        targets.retain(|target| window(target).last() == last);
    } else {
        targets.retain(|target| Some(window(target).first()) == next);
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::TargetId;
    use crate::domain::target::TargetInput;

    fn target(starts: &str, ends: &str) -> Target {
        let some = |text: &str| Some(text.to_owned());
        let input = TargetInput {
            value: some("100"),
            starts: some(starts),
            ends: some(ends),
            source: some("SK"),
            ..TargetInput::default()
        };
        let details = input.check(&"33.03".parse().unwrap()).unwrap();
        Target { id: TargetId(uuid::Uuid::nil()), version: 1, details }
    }

    #[test]
    fn a_report_is_of_the_targets_that_run_else_of_the_last_else_of_the_next() {
        let all = vec![
            target("2023-01-01", "2023-12-31"),
            target("2024-02-27", "2024-12-31"),
            target("2024-05-01", "2024-05-31"),
            target("2026-01-01", "2026-12-31"),
        ];
        let of = |day: &str| -> Vec<String> {
            let chosen = targets_of_day(all.clone(), day.parse().unwrap());
            chosen.iter().map(|target| target.details.window.first().to_string()).collect()
        };
        assert_eq!(of("2024-05-15"), ["2024-02-27", "2024-05-01"]);
        assert_eq!(of("2024-01-15"), ["2023-01-01"]);
        assert_eq!(of("2025-06-01"), ["2024-02-27"]);
        assert_eq!(of("2022-06-01"), ["2023-01-01"]);
    }
}
