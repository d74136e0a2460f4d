//! The encoding that an HTML page declares in its head.

use encoding_rs::Encoding;
use std::borrow::Cow;

/// HTML asks for the declaration in the first bytes of a page.
const HEAD_BYTES: usize = 1024;

/// What a page declares.
#[derive(Debug)]
pub struct Declared {
    /// As the page spells it.
    pub label: String,
    /// The encoding of that name, where there is one.
    pub encoding: Option<&'static Encoding>,
}

/// Looks for `<meta charset>` and for `<meta http-equiv=content-type>`, which says `charset=` too.
#[must_use]
pub fn declared(bytes: &[u8]) -> Option<Declared> {
    let head: Cow<'_, str> = String::from_utf8_lossy(bytes.get(..HEAD_BYTES).unwrap_or(bytes));
    let head = without_comments(&head.to_ascii_lowercase());
    let label = head.split("<meta").skip(1).find_map(|meta| {
        let meta = meta.split('>').next()?;
        let (_, value) = meta.split_once("charset")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
        let label = value.split(|end: char| end.is_whitespace() || "\"';/".contains(end)).next()?;
        (!label.is_empty()).then(|| label.to_owned())
    })?;
    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
    // What can be read as ASCII is not UTF-16, whatever it says.
    let encoding = encoding.map(|found| if found.is_ascii_compatible() { found } else { encoding_rs::UTF_8 });
    Some(Declared { label, encoding })
}

fn without_comments(head: &str) -> String {
    let mut pieces = head.split("<!--");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once("-->").map_or("", |(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(head: &str) -> Option<String> {
        declared(head.as_bytes()).map(|declared| declared.label)
    }

    #[test]
    fn declarations() {
        for head in [
            "<meta charset=koi8-r>",
            "<META CharSet = \"KOI8-R\" />",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=KOI8-R\">",
            "<!-- <meta charset=utf-8> --><meta name=a><meta charset='koi8-r'>",
        ] {
            assert_eq!(label(head).as_deref(), Some("koi8-r"), "{head}");
        }
        for head in
            ["", "charset=koi8-r", "<meta charset>", "<meta charset=''>", "<!-- <meta charset=koi8-r>"]
        {
            assert_eq!(label(head), None, "{head}");
        }
        assert_eq!(label(&format!("{}<meta charset=koi8-r>", " ".repeat(HEAD_BYTES))), None);
    }
}
