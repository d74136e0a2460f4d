//! What a source file's body is written in, by the ending of its name.

/// Markup that articles are written in elsewhere: what people call it, by the ending of the file.
const UNREAD: &[(&str, &str)] = &[
    ("rst", "reStructuredText"),
    ("rest", "reStructuredText"),
    ("adoc", "AsciiDoc"),
    ("asciidoc", "AsciiDoc"),
    ("org", "Org"),
    ("textile", "Textile"),
    ("ipynb", "a notebook"),
];

/// The markup that is read, by the ending of the file.
const ENDINGS: &[(&str, Markup)] = &[
    ("md", Markup::Markdown),
    ("markdown", Markup::Markdown),
    ("mdx", Markup::Mdx),
    ("html", Markup::Html),
    ("htm", Markup::Html),
    ("txt", Markup::Text),
];

/// What the markup of a file is called, where it is one that feedmill does not read.
#[must_use]
pub fn unread(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    UNREAD.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, kind)| *kind)
}

/// The markup of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Markdown.
    Markdown,
    /// Markdown with components (MDX).
    Mdx,
    /// HTML: a fragment, as it stands in a body.
    Html,
    /// Text without any markup.
    Text,
    /// HTML: a whole page, of which a part is the article.
    Page,
}

impl Markup {
    /// The markup of a file, and its name without the ending. `None`: it is no article.
    #[must_use]
    pub fn of(name: &str) -> Option<(Markup, &str)> {
        // Nearer than anything that would have to be sought.
        let dot = name.bytes().rposition(|byte| byte == b'.')?;
        let (stem, ending) = (&name[..dot], &name[dot + 1..]);
        let is = |known: &(&str, Markup)| known.0.eq_ignore_ascii_case(ending);
        ENDINGS.iter().find(|known| is(known)).map(|(_, markup)| (*markup, stem))
    }

    /// Can the body itself say what front matter says: title, date, authors?
    #[must_use]
    pub fn describes_itself(self) -> bool {
        matches!(self, Markup::Html | Markup::Page | Markup::Text)
    }
}
