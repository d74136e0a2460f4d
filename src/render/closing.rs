//! The block that closes the content of every entry: a word to readers, in the language of the edition.

use super::links::Links;
use super::{Rendered, absolute, allowed, markdown, prepare};
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::feed::Entry;
use crate::index::name::View;
use crate::language::{Direction, Language};
use crate::newsroom::Newsroom;
use crate::settings::{LocalText, Settings};
use crate::text;
use std::borrow::Cow;

/// The closing blocks of all editions as safe, absolute HTML.
#[derive(Debug, Default)]
pub struct Closings(Option<LocalText>);

impl Closings {
    /// Renders them once, like the bodies of articles; addresses start from the site's.
    #[must_use]
    pub fn of(
        settings: &Settings,
        catalog: &Catalog,
        newsroom: &dyn Newsroom,
    ) -> (Closings, Vec<Diagnostic>) {
        let Some(closing) = &settings.site.closing else { return (Closings::default(), Vec::new()) };
        let site = &settings.site.url;
        let links = Links {
            path: "",
            permalink: site.clone(),
            site,
            catalog: View::of(catalog),
            newsroom,
            has_media: !settings.articles.media.is_empty(),
            base: None,
        };
        let mut diagnostics = Vec::new();
        let mut told = |message: String, help: &str| {
            let location = Location::new(&settings.source, closing.at);
            diagnostics.push(Diagnostic::new(Code::ClosingBlock, location, message).help(help));
        };
        let texts = match &closing.texts {
            LocalText::Same(text) => LocalText::Same(rendered(text, &links, &mut told)),
            LocalText::PerEdition(texts) => {
                let html = |(language, text): &(Language, String)| {
                    (language.clone(), turned(rendered(text, &links, &mut told), language))
                };
                LocalText::PerEdition(texts.iter().map(html).collect())
            }
        };
        (Closings(Some(texts)), diagnostics)
    }

    /// The entry with its closing block, as a feed shows it that shows all of `article`. A block in another
    /// language than the article's would be wrong, so an edition without one of its own has none.
    #[must_use]
    pub fn under<'e>(&self, mut entry: Cow<'e, Entry>, article: &Rendered) -> Cow<'e, Entry> {
        let block = self.0.as_ref().and_then(|blocks| blocks.of_language(entry.language.as_ref()));
        let Some(block) = block.filter(|block| !block.is_empty()) else { return entry };
        if entry.content.is_some() {
            let entry = entry.to_mut();
            let content = entry.content.get_or_insert_default();
            content.push('\n');
            content.push_str(block);
            // The content says more than its summary now.
            entry.summary.clone_from(&article.entry.summary);
        }
        entry
    }
}

fn rendered(text: &str, links: &Links<'_>, told: &mut impl FnMut(String, &str)) -> String {
    let html = markdown::render(text, None).html;
    let Some(prepared) = prepare::prepare(&html) else {
        told("`site.closing` nests too deep and is left out".to_owned(), "close the elements that are open");
        return String::new();
    };
    if !prepared.removed.is_empty() {
        let what = prepared.removed.iter().map(|(name, count)| format!("{count} `{name}`"));
        let message = format!("removed from `site.closing`: {}", what.collect::<Vec<_>>().join(", "));
        told(message, "feeds carry text, links and pictures; readers run nothing");
    }
    let absolute = absolute::make_absolute(&text::legal(&allowed::keep_allowed(&prepared.html)), links);
    for reference in absolute.broken {
        let message = format!("`site.closing` links to `{reference}`, which is no published article");
        told(message, "name the file from the articles directory on, or write the page's URL");
    }
    absolute.html.trim().to_owned()
}

/// Readers set a text from left to right unless it says otherwise.
fn turned(html: String, language: &Language) -> String {
    match language.direction() {
        Direction::RightToLeft if !html.is_empty() => {
            format!("<div lang=\"{language}\" dir=\"rtl\">\n{html}\n</div>")
        }
        _ => html,
    }
}
