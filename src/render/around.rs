//! What stands around the text of an article in the content: the cover and what plays recordings before it,
//! notes after it.

use crate::address::Address;
use crate::article::Article;
use crate::feed::{Related, Translation};
use crate::language::{Direction, Language};
use crate::terms::Terms;
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
    /// What front matter says of the article.
    pub article: &'a Article,
    /// The notes of its corrections.
    pub corrections: String,
    /// Pages that belong to it.
    pub related: &'a [Related],
    /// The same article in other editions.
    pub translations: &'a [Translation],
}

impl After<'_> {
    /// All of it, in its order.
    #[must_use]
    pub fn html(&self) -> String {
        [
            self.credits.clone(),
            self.corrections.clone(),
            self.source_line(),
            self.terms_line(),
            self.related_list(),
            translation_lines(self.translations),
        ]
        .concat()
    }

    /// Readers show nothing of the elements that name the source.
    fn source_line(&self) -> String {
        let Some(source) = &self.article.source else { return String::new() };
        let words =
            self.article.edition.as_ref().map_or(Language::FIRST_PUBLISHED, Language::first_published);
        let name = escape_html(&source.name());
        match &source.url {
            Some(url) => format!("\n<p>{words} {}</p>", link(url, &name, None)),
            None => format!("\n<p>{words} {name}</p>"),
        }
    }

    /// Only the article's own terms: those of the whole site stand on the site, and under each article
    /// they would be noise.
    fn terms_line(&self) -> String {
        let Some(Terms { rights, licence }) = &self.article.terms else { return String::new() };
        let licence = licence.as_ref().map(|licence| link(&licence.url, &escape_html(licence.words()), None));
        let said: Vec<String> = rights.as_deref().map(escape_html).into_iter().chain(licence).collect();
        if said.is_empty() { String::new() } else { format!("\n<p><small>{}</small></p>", said.join(" · ")) }
    }

    /// An address alone is nothing to read.
    fn related_list(&self) -> String {
        let item = |related: &Related| {
            let title = escape_html(related.title.as_deref()?);
            Some(format!("\n<li>{}</li>", link(&related.url, &title, related.language.as_ref())))
        };
        let items: String = self.related.iter().filter_map(item).collect();
        if items.is_empty() {
            return String::new();
        }
        let words = self.article.edition.as_ref().map_or(Language::SEE_ALSO, Language::see_also);
        format!("\n<p><strong>{words}</strong></p>\n<ul>{items}\n</ul>")
    }
}

/// A link. `text` is HTML already.
#[must_use]
pub fn link(url: &Address, text: &str, language: Option<&Language>) -> String {
    let language = language.map_or(String::new(), |language| format!(" hreflang=\"{language}\""));
    format!("<a href=\"{}\"{language}>{text}</a>", escape_html(url.as_str()))
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
