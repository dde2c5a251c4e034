//! What a proposal is worth on one line: between what comes of choosing by hand and what no schedule can pass.

use super::labels::{Anchor, Label, Sheet};
use super::svg::Svg;

const SIZE: (f64, f64) = (1168.0, 120.0);
const AXIS: f64 = 60.5;
const LEFT: f64 = 8.0;
const RIGHT: f64 = 1160.0;
/// The part of the line left of the smallest amount, so that labels have room.
const START: f64 = 300.0;
const END: f64 = 1014.0;

/// The texts of the drawing, ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalTexts {
    pub aloud: String,
    /// The amount of choosing by hand, and what that is.
    pub rival: String,
    pub rival_note: String,
    pub own: String,
    pub bound: String,
    /// By how much the proposal is better; empty if it is not.
    pub more: String,
}

/// `rival` ≤ `own` ≤ `bound` as points of a line; a rival that is better stands right of the proposal.
pub fn proposal(rival: f64, own: f64, bound: f64, texts: &ProposalTexts) -> String {
    let mut svg = Svg::labelled("", SIZE, "img", &texts.aloud);
    let (low, high) = (rival.min(own), bound.max(own).max(rival));
    let place = |amount: f64| {
        let share = (amount - low) / (high - low);
        START + (END - START) * if share.is_finite() { share.clamp(0.0, 1.0) } else { 1.0 }
    };
    let (at_rival, at_own, at_bound) = (place(rival), place(own), place(bound));
    svg.line("axis", (LEFT, AXIS), (RIGHT, AXIS));
    let (from, to) = (at_rival.min(at_own), at_rival.max(at_own));
    svg.rect("bar-soft", from, AXIS - 4.5, to - from, 9.0);
    svg.element("circle").class("dot-open").number("cx", at_rival).number("cy", AXIS).number("r", 7.0).end();
    svg.element("circle").class("dot").number("cx", at_own).number("cy", AXIS).number("r", 9.0).end();
    svg.line("line-limit", (at_bound, AXIS - 20.0), (at_bound, AXIS + 22.0));
    let labels = [
        Label::new(&texts.own, (at_own - 14.0, 36.0), Anchor::End, "own"),
        Label::new(&texts.bound, (at_bound - 8.0, 94.0), Anchor::End, "strong"),
        Label::new(&texts.rival, (at_rival, 36.0), Anchor::Middle, "strong"),
        Label::new(&texts.rival_note, (at_rival, 94.0), Anchor::Middle, ""),
        Label::new(&texts.more, (f64::midpoint(at_rival, at_own), 48.0), Anchor::Middle, ""),
    ];
    let mut sheet = Sheet::new(SIZE.0, SIZE.1);
    for label in labels.iter().filter(|label| sheet.place(label)) {
        svg.label(label);
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> ProposalTexts {
        let text = |text: &str| text.to_owned();
        ProposalTexts {
            aloud: text("1.916, 2.184, 2.193"),
            rival: text("1.916"),
            rival_note: text("bila memilih hasil tertinggi lebih dulu"),
            own: text("usulan ini: 2.184"),
            bound: text("tidak mungkin lebih dari 2.193"),
            more: text("268 lebih banyak"),
        }
    }

    #[test]
    fn the_proposal_stands_between_its_rival_and_the_bound() {
        let svg = proposal(1_916.0, 2_184.0, 2_193.0, &texts());
        assert!(svg.contains("cx=\"300\"") && svg.contains("cx=\"990.8\"") && svg.contains("M1014 40.5"), "{svg}");
        for text in ["1.916", "usulan ini: 2.184", "tidak mungkin lebih dari 2.193", "268 lebih banyak"] {
            assert!(svg.contains(text), "{text}");
        }
    }

    #[test]
    fn amounts_that_are_all_the_same_still_have_a_place() {
        let svg = proposal(0.0, 0.0, 0.0, &texts());
        assert!(!svg.contains("NaN") && svg.contains("cx=\"1014\""));
    }
}
