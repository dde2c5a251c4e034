//! The two languages of the product, and the choice among them that a browser's header asks for.

use super::code::codes;

codes! {
    /// A language of the texts; Indonesian where nobody chose.
    #[derive(Default)]
    pub enum Language {
        #[default]
        Indonesian = "id",
        English = "en",
    }
}

impl Language {
    /// The language that an Accept-Language header prefers (RFC 9110 section 12.5.4); Indonesian if it names neither.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for range in header.split(',') {
            let (tag, weight) = parse_range(range);
            let Some(language) = Self::of_tag(tag) else { continue };
            if weight > 0.0 && best.is_none_or(|(_, heaviest)| weight > heaviest) {
                best = Some((language, weight));
            }
        }
        best.map_or_else(Self::default, |(language, _)| language)
    }

    /// The language of a tag such as `en-GB`. `in` is the old code of Indonesian, which some phones still send.
    fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "id" | "in" => Some(Self::Indonesian),
            "en" => Some(Self::English),
            _ => None,
        }
    }
}

/// The tag of a language range and its weight, 1 unless one is given; a broken weight counts as none.
fn parse_range(range: &str) -> (&str, f32) {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok());
    (tag.trim(), weight.filter(|weight| (0.0..=1.0).contains(weight)).unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins_and_the_first_of_equals() {
        for (header, expected) in [
            ("en-GB,en;q=0.9", Language::English),
            ("id-ID,id;q=0.9,en-US;q=0.8", Language::Indonesian),
            ("en;q=0.5, id;q=0.7", Language::Indonesian),
            ("fr, de;q=0.9, en;q=0.1", Language::English),
            ("EN_us", Language::English),
            ("in-ID", Language::Indonesian),
            ("en, id", Language::English),
        ] {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }

    #[test]
    fn indonesian_is_the_answer_to_every_other_header() {
        for header in ["", "*", "jv,su;q=0.9", "en;q=0", "en;q=banyak", "en;q=NaN", ";;;,,,", "english"] {
            assert_eq!(Language::from_accept_language(header), Language::Indonesian, "{header}");
        }
    }
}
