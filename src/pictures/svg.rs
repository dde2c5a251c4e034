//! Writes SVG: elements with numbers and escaped texts. It knows the syntax, not what is drawn.

use std::fmt::Write;

use super::labels::{Anchor, Label};

/// A drawing that grows element by element.
#[derive(Debug)]
pub struct Svg {
    text: String,
}

/// One element whose attributes are being written; [`Element::end`] or [`Element::holding`] finishes it.
#[must_use]
#[derive(Debug)]
pub struct Element<'a> {
    out: &'a mut String,
    name: &'static str,
}

impl Svg {
    /// A picture with a text in its place for those who do not see it.
    pub fn labelled(class: &str, size: (f64, f64), role: &str, label: &str) -> Self {
        Self::start(class, size, [("role", role), ("aria-label", label)])
    }

    /// A picture beside a text that says the same, stretched to the box that it stands in.
    pub fn ornament(class: &str, size: (f64, f64)) -> Self {
        Self::start(class, size, [("preserveAspectRatio", "none"), ("aria-hidden", "true")])
    }

    /// A picture that is a file of its own: with the name of its language and a size in dots.
    pub fn standalone((width, height): (f64, f64), label: &str) -> Self {
        let mut svg = Self { text: String::new() };
        let root = svg.element("svg").text("xmlns", "http://www.w3.org/2000/svg");
        let root = root.text("viewBox", &format!("0 0 {} {}", number(width), number(height)));
        root.number("width", width).number("height", height).text("role", "img").text("aria-label", label).open();
        svg
    }

    fn start(class: &str, (width, height): (f64, f64), attributes: [(&str, &str); 2]) -> Self {
        let mut svg = Self { text: String::new() };
        let root = svg.element("svg");
        let root = if class.is_empty() { root } else { root.class(class) };
        let root = root.text("viewBox", &format!("0 0 {} {}", number(width), number(height)));
        attributes.into_iter().fold(root, |root, (name, value)| root.text(name, value)).open();
        svg
    }

    pub fn element(&mut self, name: &'static str) -> Element<'_> {
        self.text.push('<');
        self.text.push_str(name);
        Element { out: &mut self.text, name }
    }

    pub fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        let element = self.element("rect").class(class).number("x", x).number("y", y);
        element.number("width", width).number("height", height).end();
    }

    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let path = format!("M{} {}L{} {}", number(from.0), number(from.1), number(to.0), number(to.1));
        self.element("path").class(class).text("d", &path).end();
    }

    pub fn label(&mut self, label: &Label) {
        let element = self.element("text");
        let element = if label.class.is_empty() { element } else { element.class(label.class) };
        let element = element.number("x", label.x).number("y", label.y);
        let element = match label.anchor {
            Anchor::Start => element,
            Anchor::Middle => element.text("text-anchor", "middle"),
            Anchor::End => element.text("text-anchor", "end"),
        };
        element.holding(&label.text);
    }

    pub fn close(&mut self, name: &'static str) {
        let _ = write!(self.text, "</{name}>");
    }

    pub fn finish(mut self) -> String {
        self.close("svg");
        self.text
    }
}

impl Element<'_> {
    pub fn class(self, class: &str) -> Self {
        self.text("class", class)
    }

    pub fn text(self, name: &str, value: &str) -> Self {
        let _ = write!(self.out, " {name}=\"");
        escape(self.out, value);
        self.out.push('"');
        self
    }

    pub fn number(self, name: &str, value: f64) -> Self {
        let _ = write!(self.out, " {name}=\"{}\"", number(value));
        self
    }

    /// Ends an element without content.
    pub fn end(self) {
        self.out.push_str("/>");
    }

    /// Ends an element that holds a text.
    pub fn holding(self, text: &str) {
        self.out.push('>');
        escape(self.out, text);
        let _ = write!(self.out, "</{}>", self.name);
    }

    /// Leaves the element open for what stands inside; [`Svg::close`] ends it.
    pub fn open(self) {
        self.out.push('>');
    }
}

/// One decimal at most: a tenth of a pixel is seen by nobody. What is no number is drawn at zero.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The value of a `transform` that lays the zero of an element here.
pub fn moved_to(x: f64, y: f64) -> String {
    format!("translate({} {})", number(x), number(y))
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML has no way to write them, and a name needs none.
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_decimal_at_most_and_is_never_without_digits() {
        for (value, text) in
            [(0.0, "0"), (-0.04, "0"), (12.0, "12"), (12.34, "12.3"), (-3.25, "-3.2"), (1e6, "1000000")]
        {
            assert_eq!(number(value), text);
        }
        assert_eq!((number(f64::NAN), number(f64::INFINITY)), ("0".to_owned(), "0".to_owned()));
    }

    #[test]
    fn a_name_cannot_leave_its_place() {
        let mut svg = Svg::labelled("", (10.0, 10.0), "img", "\"><script>alert('x')</script>\u{0}");
        svg.element("text").text("x", "\" onload=\"x").holding("</text><a> & b");
        let expected = "<svg viewBox=\"0 0 10 10\" role=\"img\" \
            aria-label=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; \">\
            <text x=\"&quot; onload=&quot;x\">&lt;/text&gt;&lt;a&gt; &amp; b</text></svg>";
        assert_eq!(svg.finish(), expected);
    }
}
