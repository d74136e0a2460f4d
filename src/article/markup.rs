//! What a source file's body is written in, by the ending of its name.

/// The markup of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Markdown.
    Markdown,
    /// Markdown with components (MDX).
    Mdx,
    /// HTML: a fragment or a whole page.
    Html,
}

impl Markup {
    /// The markup of a file, and its name without the ending. `None`: it is no article.
    #[must_use]
    pub fn of(name: &str) -> Option<(Markup, &str)> {
        let (stem, ending) = name.rsplit_once('.')?;
        let markup = match ending {
            "md" | "markdown" => Markup::Markdown,
            "mdx" => Markup::Mdx,
            "html" | "htm" => Markup::Html,
            _ => return None,
        };
        Some((markup, stem))
    }

    /// Can the body itself say what front matter says: title, date, authors?
    #[must_use]
    pub fn describes_itself(self) -> bool {
        self == Markup::Html
    }
}
