//! Drawings as PNG, for letters: mail programs show no SVG. Text is set in the fonts that the program brings along, so that
//! a picture is the same on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{self, Source};
use resvg::usvg::{Options, Tree};

/// Why a drawing cannot be turned into dots: a bug in whoever drew it.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    #[error("not a drawing")]
    Drawing(#[from] resvg::usvg::Error),
    #[error("a drawing without a size")]
    Size,
    #[error("the picture cannot be written")]
    Encoding(String),
}

/// The family that every text is set in.
const FAMILY: &str = "DejaVu Sans";

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::regular())));
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::bold())));
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// The PNG of an SVG, `scale` dots for each of its units.
///
/// # Errors
/// [`RasterError`] for a text that is no SVG, or one without a size.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, RasterError> {
    let options = Options { font_family: FAMILY.to_owned(), fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size().scale_by(scale).ok_or(RasterError::Size)?;
    let mut dots = Pixmap::new(size.width(), size.height()).ok_or(RasterError::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut dots.as_mut());
    dots.encode_png().map_err(|error| RasterError::Encoding(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(text: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\" width=\"40\" height=\"20\">\
            <rect width=\"40\" height=\"20\" fill=\"#fff\"/><text x=\"2\" y=\"16\" font-size=\"16\">{text}</text></svg>"
        )
    }

    #[test]
    fn a_drawing_becomes_a_png_of_the_asked_size() {
        let png = png(&drawing("205"), 2.0).unwrap();
        assert_eq!(png.get(1..4), Some(&b"PNG"[..]));
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (80, 40));
    }

    #[test]
    fn text_is_set_and_the_same_drawing_gives_the_same_dots() {
        let (one, same, other) = (png(&drawing("205"), 2.0), png(&drawing("205"), 2.0), png(&drawing("985"), 2.0));
        let (one, same, other) = (one.unwrap(), same.unwrap(), other.unwrap());
        assert_eq!(one, same);
        assert_ne!(one, other, "no font was found, or the text was not set");
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert!(matches!(png("laju", 2.0), Err(RasterError::Drawing(_))));
    }
}
