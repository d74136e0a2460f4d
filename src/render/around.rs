//! What stands around the text of an article in the content: the cover and what plays recordings before it,
//! notes after it.

use crate::feed::Translation;
use crate::language::{Direction, Language};
use crate::text::escape_html;

/// What stands around the text of an article.
pub struct Around {
    /// The cover, before the text.
    pub figure: String,
    /// What plays the recordings, before the text.
    pub players: String,
    /// All that comes after the text.
    pub notes: String,
}

impl Around {
    /// Is there nothing but the text?
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.has_content() && self.notes.is_empty()
    }

    /// Is there something to look at or to listen to, also without a text?
    #[must_use]
    pub fn has_content(&self) -> bool {
        !self.figure.is_empty() || !self.players.is_empty()
    }

    /// The text with what stands around it. Readers set a text from left to right unless it says otherwise.
    #[must_use]
    pub fn put(&self, body: &str, language: Option<&Language>) -> String {
        let content = format!("{}{}{body}{}", self.figure, self.players, self.notes);
        match language {
            Some(language) if language.direction() == Direction::RightToLeft => {
                format!("<div lang=\"{language}\" dir=\"rtl\">\n{}\n</div>", content.trim())
            }
            _ => content.trim().to_owned(),
        }
    }
}

/// What stands after the text.
pub struct After<'a> {
    /// Who had a part in it.
    pub credits: String,
    /// The notes of its corrections.
    pub corrections: String,
    /// The same article in other editions.
    pub translations: &'a [Translation],
}

impl After<'_> {
    /// All of it, in its order.
    #[must_use]
    pub fn html(&self) -> String {
        format!("{}{}{}", self.credits, self.corrections, translation_lines(self.translations))
    }
}

/// A line for each translation, said in its own language to those who read it.
fn translation_lines(translations: &[Translation]) -> String {
    let mut lines = String::new();
    for translation in translations {
        let Some(language) = &translation.language else { continue };
        lines.push_str(&format!(
            "\n<p lang=\"{language}\" dir=\"{}\">{}: <a href=\"{}\" hreflang=\"{language}\">{}</a></p>",
            language.direction().as_str(),
            escape_html(language.in_language()),
            escape_html(translation.permalink.as_str()),
            escape_html(&translation.title),
        ));
    }
    lines
}
