//! A QR code as a picture: an address on paper for somebody's phone.

use fast_qr::QRBuilder;
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;

/// The code of `text` as SVG without a margin of its own; none if the text is too long for any code.
pub fn qr(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    Some(SvgBuilder::default().margin(1).to_str(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_code_and_a_book_has_none() {
        let svg = qr("https://jemputbola.example/periksa/33.03-K7QX-9M2P-4TFA").unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("<path") && !svg.contains("style="), "{svg}");
        assert_eq!(qr(&"a".repeat(5_000)), None);
    }
}
