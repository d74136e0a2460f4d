//! One article as an entry: its body as safe, absolute HTML with what belongs around it, its summary,
//! its cover.

mod absolute;
mod allowed;
mod body;
mod depth;
mod fragment;
mod links;
mod long_text;
mod markdown;
mod page;
mod picture;
mod plain;
mod prepare;
mod summary;
mod template;
mod written;

use crate::article::markup::Markup;
use crate::article::{self, Access, Article, Outcome, Whole};
use crate::catalog::{Card, Catalog};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::feed::{Entry, Picture, Translation};
use crate::language::{Direction, Language};
use crate::newsroom::Newsroom;
use crate::script;
use crate::settings::{ContentExtent, Settings};
use crate::text::escape_html;
use chrono::{DateTime, Utc};
use links::Links;

/// What an article is rendered from.
pub struct Renderer<'a> {
    /// Where the articles come from.
    pub newsroom: &'a dyn Newsroom,
    /// The settings.
    pub settings: &'a Settings,
    /// All articles, for the links between them.
    pub catalog: &'a Catalog,
    /// What is dated later is not shown yet.
    pub now: DateTime<Utc>,
}

impl Renderer<'_> {
    /// Reads and renders one article. `None` where it cannot be shown; the diagnostics say why.
    #[must_use]
    pub fn entry(&self, card: &Card) -> (Option<Entry>, Vec<Diagnostic>) {
        let (mut opened, article) = match self.open(card) {
            Ok(opened) => opened,
            Err(diagnostics) => return (None, diagnostics),
        };
        let mut diagnostics = std::mem::take(&mut opened.diagnostics);
        let entry = self.render(card, &article, &opened, &mut diagnostics);
        (entry, diagnostics)
    }

    /// Reads an article again, whole. Its own faults were told when the catalog was gathered; what it
    /// has become since then is for the next run.
    fn open(&self, card: &Card) -> Result<(Whole, Article), Vec<Diagnostic>> {
        let mut whole = article::whole(&card.path, self.newsroom, self.settings)?;
        let holds = card.still_holds(&whole.outcome, self.settings, &self.catalog.adopted, self.now);
        match std::mem::replace(&mut whole.outcome, Outcome::Faulty) {
            Outcome::Article(article) if holds => Ok((whole, *article)),
            _ => {
                let location = Location::new(&card.path, Position::START);
                let message = "the file changed while feedmill was reading it";
                let fault = Diagnostic::new(Code::ChangedMeanwhile, location, message);
                Err(vec![fault.help("the next run will take it up")])
            }
        }
    }

    fn links<'c>(&'c self, card: &'c Card, opened: &'c Whole) -> Links<'c> {
        Links {
            path: &card.path,
            permalink: &card.permalink,
            site: &self.settings.site.url,
            catalog: self.catalog,
            newsroom: self.newsroom,
            base: opened.base.as_ref(),
        }
    }

    fn render(
        &self,
        card: &Card,
        article: &Article,
        opened: &Whole,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Entry> {
        let links = self.links(card, opened);
        let body = body::render(opened, article.title.as_deref(), &links, diagnostics)?;
        diagnostics.extend(self.wrong_script(card, article, &body.html));
        let mut cover = None;
        if let Some(declared) = &article.cover {
            let (picture, fault) = picture::picture(declared, &links);
            diagnostics.extend(fault);
            cover = picture.map(|picture| (declared, picture));
        }
        let translations = self.translations(card);
        let is_public = article.access == Access::Public;
        let is_shown =
            |picture: &Picture| opened.markup == Markup::Page && picture::is_in(&body.html, picture);
        let figure = cover.as_ref().filter(|(_, picture)| !is_shown(picture));
        let figure = figure.map(|(cover, picture)| picture::figure(cover, picture, &body.html));
        let around = Around {
            figure: figure.unwrap_or_default(),
            notes: corrections(article, self.now) + &translation_lines(&translations),
        };
        let has_content = !body.html.is_empty() || !around.figure.is_empty();
        let is_full = is_public && self.settings.feeds.content == ContentExtent::Full;
        let content = (is_full && has_content).then(|| around.put(&body.html, article.edition.as_ref()));
        let summary = article
            .summary
            .clone()
            .or_else(|| summary::of_body(&body.html, body.lead.as_deref()).filter(|_| is_public));
        // A summary that says no less than the content is the content.
        let says_all = |summary: &String| {
            content.is_some() && around.is_nothing() && summary::is_all_of(summary, &body.html)
        };
        let summary = summary.filter(|summary| !says_all(summary));
        let title = self.title(article, body.first_heading);
        Some(Entry {
            id: card.id.clone(),
            summary,
            content,
            title,
            permalink: card.permalink.clone(),
            published: article.published.to_utc(),
            updated: card.updated.to_utc(),
            language: article.edition.clone(),
            authors: article.authors.clone(),
            categories: self.categories(article),
            cover: cover.map(|(_, picture)| picture),
            translations,
            canonical: article.canonical.clone(),
            external: article.external.clone(),
        })
    }

    fn wrong_script(&self, card: &Card, article: &Article, html: &str) -> Option<Diagnostic> {
        let edition = article.edition.as_ref()?;
        let found = script::wrong_script(article.title.as_deref().into_iter().chain(prose(html)), edition)?;
        let message =
            format!("the text is in {found} script, but the article belongs to the edition `{edition}`");
        let fault = Diagnostic::new(Code::WrongScript, Location::new(&card.path, Position::START), message);
        Some(fault.help("name its `language`, or move the file to its own edition"))
    }

    /// The title of the front matter, else the first heading, else the words of the file's name.
    fn title(&self, article: &Article, first_heading: Option<String>) -> String {
        let from_name =
            || article.slug.split(['-', '_']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        article.title.clone().or(first_heading).unwrap_or_else(from_name)
    }

    /// The title of an article that need not be rendered; `None` where it cannot be read.
    #[must_use]
    pub fn headline(&self, card: &Card) -> Option<String> {
        let (opened, article) = self.open(card).ok()?;
        let needs_heading = article.title.is_none();
        let heading = if needs_heading {
            body::to_html(&opened, None, &self.links(card, &opened)).ok()?.html.first_heading
        } else {
            None
        };
        Some(self.title(&article, heading))
    }

    /// Section first, then tags, each once. Readers split a category at its commas.
    fn categories(&self, article: &Article) -> Vec<String> {
        let section = article
            .section
            .as_deref()
            .map(|section| self.catalog.section_title(section, article.edition.as_ref(), self.settings));
        let mut categories: Vec<String> = Vec::new();
        for name in section.into_iter().chain(article.tags.iter().map(String::as_str)) {
            let name = name
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            if !name.is_empty() && !categories.contains(&name) {
                categories.push(name);
            }
        }
        categories
    }

    fn translations(&self, card: &Card) -> Vec<Translation> {
        let others = self.catalog.translations(card).into_iter().map(|index| &self.catalog.cards[index]);
        let translation = |other: &Card| {
            Some(Translation {
                id: other.id.clone(),
                title: self.headline(other)?,
                permalink: other.permalink.clone(),
                language: other.edition.clone(),
            })
        };
        others.filter_map(translation).collect()
    }
}

/// The texts of canonical HTML without its code, which is in no language.
fn prose(html: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    html.split('<').filter_map(move |piece| {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        match tag.split(' ').next() {
            Some("pre" | "code") => is_code = true,
            Some("/pre" | "/code") => is_code = false,
            _ => {}
        }
        (!is_code).then_some(text)
    })
}

/// What stands around the text of an article.
struct Around {
    figure: String,
    notes: String,
}

impl Around {
    fn is_nothing(&self) -> bool {
        self.figure.is_empty() && self.notes.is_empty()
    }

    /// Readers set a text from left to right unless it says otherwise.
    fn put(&self, body: &str, language: Option<&Language>) -> String {
        let content = format!("{}{body}{}", self.figure, self.notes);
        match language {
            Some(language) if language.direction() == Direction::RightToLeft => {
                format!("<div lang=\"{language}\" dir=\"rtl\">\n{}\n</div>", content.trim())
            }
            _ => content.trim().to_owned(),
        }
    }
}

fn corrections(article: &Article, now: DateTime<Utc>) -> String {
    let mut notes = String::new();
    for correction in article.corrections.iter().filter(|correction| correction.date <= now) {
        let word = article.edition.as_ref().map_or("Correction", Language::correction);
        let date = correction.date.format("%Y-%m-%d");
        notes.push_str(&format!(
            "\n<p><strong>{word} ({date}):</strong> {}</p>",
            escape_html(&correction.text)
        ));
    }
    notes
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
