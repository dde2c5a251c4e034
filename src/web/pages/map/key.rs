//! What the marks of the map mean: which look a venue has, and the key beside the map.

use chrono::NaiveDate;

use super::groups::KindGroup;
use crate::domain::code::codes;
use crate::domain::venue::VenueKind;
use crate::pictures::{Look, Recency, map_key};
use crate::web::pages::Shell;

codes! {
    /// What the marks are told apart by.
    pub enum Colour {
        Recency = "recency",
        Kind = "kind",
    }
}

/// One line of the key.
#[derive(Debug)]
pub struct KeyLine {
    pub mark: String,
    pub text: String,
}

/// A visit counts as recent for this many days.
const FRESH_DAYS: i64 = 30;

/// The look of a venue of this kind, last visited on this day.
pub fn look(colour: Colour, kind: VenueKind, last_visit: Option<NaiveDate>, today: NaiveDate) -> Look {
    match (colour, last_visit) {
        (Colour::Kind, _) => Look::Shape(KindGroup::of(kind).shape()),
        (Colour::Recency, None) => Look::Recency(Recency::Never),
        (Colour::Recency, Some(date)) if (today - date).num_days() <= FRESH_DAYS => Look::Recency(Recency::Fresh),
        (Colour::Recency, Some(_)) => Look::Recency(Recency::Aging),
    }
}

/// The key of the looks that occur, in words.
pub fn key(shell: &Shell, colour: Colour, looks: &[Look]) -> Vec<KeyLine> {
    let line = |look: Look, yields, text| KeyLine { mark: map_key(look, yields), text };
    let mut lines: Vec<KeyLine> = match colour {
        Colour::Recency => {
            [(Recency::Fresh, "map-fresh"), (Recency::Aging, "map-aging"), (Recency::Never, "map-never")]
                .into_iter()
                .map(|(recency, id)| line(Look::Recency(recency), true, shell.t(id)))
                .collect()
        }
        Colour::Kind => {
            let occur = KindGroup::ALL.iter().filter(|group| looks.contains(&Look::Shape(group.shape())));
            occur
                .map(|group| line(Look::Shape(group.shape()), true, shell.label("map-group", group.as_str())))
                .collect()
        }
    };
    if let (Colour::Kind, Some(look)) = (colour, looks.first()) {
        lines.push(line(*look, false, shell.t("map-hollow")));
    }
    lines
}
