//! Labels that never cover one another: each text has a box, estimated from its letters, and a label whose box would
//! cover what is already there is dropped. Who comes first is the more important.

use super::scale::length;

/// The size of chart text in the stylesheet (`--text-xs`).
pub const TEXT_SIZE: f64 = 13.0;

/// Which point of a text lies at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A text with its place: `y` is the line that it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub text: String,
    pub x: f64,
    pub y: f64,
    pub anchor: Anchor,
    pub class: &'static str,
    /// In units of the drawing.
    pub size: f64,
}

/// A rectangle of the drawing; `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// What is taken of a drawing so far.
#[derive(Debug, Clone)]
pub struct Sheet {
    bounds: Area,
    taken: Vec<Area>,
}

impl Label {
    pub fn new(text: impl Into<String>, (x, y): (f64, f64), anchor: Anchor, class: &'static str) -> Self {
        Self { text: text.into(), x, y, anchor, class, size: TEXT_SIZE }
    }

    pub fn area(&self) -> Area {
        let width = text_width(&self.text, self.size);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Area { left, right: left + width, top: self.y - 0.8 * self.size, bottom: self.y + 0.25 * self.size }
    }
}

impl Area {
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn contains(self, other: Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }
}

impl Sheet {
    pub fn new(width: f64, height: f64) -> Self {
        Self { bounds: Area { left: 0.0, top: 0.0, right: width, bottom: height }, taken: Vec::new() }
    }

    /// Keeps labels away from a mark.
    pub fn occupy(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Takes the label's place if it is free and inside the drawing; false if the label must be dropped.
    pub fn place(&mut self, label: &Label) -> bool {
        let area = label.area();
        let free = self.bounds.contains(area) && !self.taken.iter().any(|other| other.overlaps(area));
        if free {
            self.taken.push(area);
        }
        free && !label.text.is_empty()
    }
}

/// The width of a text in the fonts of `--font`, rather too wide than too narrow.
pub fn text_width(text: &str, size: f64) -> f64 {
    let narrow = text.chars().filter(|letter| "ijltfrI.,:;'|!()[] ·".contains(*letter)).count();
    let wide = text.chars().filter(|letter| "mwMWQGOD%@±".contains(*letter)).count();
    let capital = text.chars().filter(|letter| letter.is_uppercase() && !"IMWQGOD".contains(*letter)).count();
    let other = text.chars().count() - narrow - wide - capital;
    size * (0.36 * length(narrow) + 0.95 * length(wide) + 0.68 * length(capital) + 0.58 * length(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str, x: f64, y: f64) -> Label {
        Label::new(text, (x, y), Anchor::Middle, "")
    }

    #[test]
    fn a_label_that_would_cover_another_is_dropped() {
        let mut sheet = Sheet::new(200.0, 100.0);
        assert!(sheet.place(&label("Bobotsari", 100.0, 50.0)));
        assert!(!sheet.place(&label("Mrebet", 110.0, 55.0)));
        assert!(sheet.place(&label("Mrebet", 110.0, 70.0)));
        assert!(!sheet.place(&label("Kutasari", 190.0, 20.0)), "it would be cut off");
        sheet.occupy(Area { left: 0.0, top: 0.0, right: 60.0, bottom: 40.0 });
        assert!(!sheet.place(&label("7", 30.0, 20.0)), "it would lie on a mark");
    }

    #[test]
    fn the_anchor_moves_the_box_and_not_its_width() {
        let at = |anchor| Label { anchor, ..label("12 Mei", 50.0, 50.0) }.area();
        let (start, middle, end) = (at(Anchor::Start), at(Anchor::Middle), at(Anchor::End));
        assert!((start.left - 50.0).abs() < 1e-9 && (end.right - 50.0).abs() < 1e-9);
        assert!((middle.left + middle.right - 100.0).abs() < 1e-9);
        assert!(((start.right - start.left) - (end.right - end.left)).abs() < 1e-9);
    }

    #[test]
    fn widths_are_about_those_of_the_fonts() {
        // From the widths of Arial's letters, at 13 px.
        for (text, measured) in
            [("1.234", 32.5), ("Karangmoncol", 83.8), ("18 Jan", 39.0), ("WWWW", 49.1), ("rata-rata 54,4", 78.0)]
        {
            let width = text_width(text, TEXT_SIZE);
            assert!((measured * 0.98..measured * 1.25).contains(&width), "{text}: {width} for {measured}");
        }
    }
}
