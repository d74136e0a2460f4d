//! One article as an entry: its body as safe, absolute HTML with what belongs around it, its summary,
//! its cover.

mod absolute;
mod allowed;
mod around;
mod body;
mod body_media;
mod categories;
mod closing;
mod corrections;
mod credits;
mod depth;
mod enclosures;
mod episode;
mod figure;
mod files;
mod fragment;
mod inline;
mod links;
mod located;
mod long_text;
mod markdown;
mod own;
mod page;
mod picture;
mod plain;
mod player;
mod prepare;
mod reading;
mod recording;
mod related;
mod summary;
mod tags;
mod template;
mod written;

pub use closing::Closings;

use crate::access::Access;
use crate::article::{self, Article, Outcome, Whole};
use crate::catalog::{Card, Reading};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::digest::Digest;
use crate::feed::{Entry, Media, Translation};
use crate::index::name::View;
use crate::newsroom::{Newsroom, WithLastGood};
use crate::script;
use crate::settings::Settings;
use crate::terms::Terms;
use around::{After, Around};
use chrono::{DateTime, Utc};
use links::Links;

/// What an article is rendered from.
pub struct Renderer<'a> {
    /// Where the articles come from.
    pub newsroom: &'a dyn Newsroom,
    /// The settings.
    pub settings: &'a Settings,
    /// All articles, for the links between them.
    pub catalog: View<'a>,
    /// What is dated later is not shown yet.
    pub now: DateTime<Utc>,
}

/// An article as an entry with all that is in it, and what decides how much of it a feed shows.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The entry. What is only for members is there only if some feed shows it.
    pub entry: Entry,
    /// Did the author write the summary? Otherwise it is a part of the text.
    pub summary_is_written: bool,
    /// Does the summary say all that the content says?
    pub summary_is_content: bool,
    /// Has it a text, for whomever?
    pub has_text: bool,
    /// Of what its author wrote for subscribers: title, summary, text.
    pub seen: Digest,
    /// Of its text as it stands in the source file, where that tells it from others.
    pub body: Option<Digest>,
    /// Of the source file; `None` where it was read from its last good version.
    pub source: Option<Digest>,
}

impl Renderer<'_> {
    /// Reads and renders one article. `None` where it cannot be shown; the diagnostics say why.
    #[must_use]
    pub fn entry(&self, card: &Card) -> (Option<Rendered>, Vec<Diagnostic>) {
        let (mut opened, article) = match self.open(card) {
            Ok(opened) => opened,
            Err(diagnostics) => return (None, diagnostics),
        };
        let mut diagnostics = std::mem::take(&mut opened.diagnostics);
        let entry = self.render(card, &article, &opened, &mut diagnostics);
        (entry, diagnostics)
    }

    /// Renders an article that subscribers know as it was when a feed last showed it. `None` where nobody kept it.
    #[must_use]
    pub fn last_good(&self, card: &Card) -> Option<Rendered> {
        let promised = &self.catalog.promised;
        promised.of(card.path()).filter(|_| !card.is_held)?;
        let reading = Reading { newsroom: self.newsroom, settings: self.settings, now: self.now };
        let held = reading.held_card(card.path(), promised)?;
        let kept = WithLastGood::of(self.newsroom, [card.path().to_owned()]);
        Renderer { newsroom: &kept, ..*self }.entry(&held).0
    }

    /// Reads an article again, whole. Its own faults were told when the catalog was gathered; what it
    /// has become since then is for the next run.
    fn open(&self, card: &Card) -> Result<(Whole, Article), Vec<Diagnostic>> {
        let mut whole = article::whole(card.path(), self.newsroom, self.settings)?;
        let reading = Reading { newsroom: self.newsroom, settings: self.settings, now: self.now };
        let holds = reading.still_holds(card, &whole.outcome, &self.catalog.promised);
        match std::mem::replace(&mut whole.outcome, Outcome::Faulty) {
            Outcome::Article(article) if holds => Ok((whole, *article)),
            _ => {
                let location = Location::new(card.path(), Position::START);
                let message = "the file changed while feedmill was reading it";
                let fault = Diagnostic::new(Code::ChangedMeanwhile, location, message);
                Err(vec![fault.help("the next run will take it up")])
            }
        }
    }

    fn links<'c>(&'c self, card: &'c Card, opened: &'c Whole) -> Links<'c> {
        Links {
            path: card.path(),
            permalink: card.address(),
            site: &self.settings.site.url,
            catalog: self.catalog,
            newsroom: self.newsroom,
            base: opened.base.as_ref(),
            has_media: !self.settings.articles.media.is_empty(),
        }
    }

    fn render(
        &self,
        card: &Card,
        article: &Article,
        opened: &Whole,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Rendered> {
        let links = self.links(card, opened);
        let body = body::render(opened, article.title.as_deref(), &links, diagnostics)?;
        diagnostics.extend(self.wrong_script(card, article, &body.html));
        let cover = article.cover.as_ref().and_then(|declared| {
            let (picture, faults) = picture::picture(declared, &links);
            diagnostics.extend(faults);
            picture
        });
        let mut enclosures = enclosures::enclosures(&article.enclosures, &links, diagnostics);
        let is_cover = |media: &Media| cover.as_ref().is_some_and(|cover| cover.file.url == media.file.url);
        enclosures.media.retain(|media| !is_cover(media));
        let episode = episode::episode(article, &links, diagnostics);
        diagnostics.extend(episode::faults(article, &enclosures, episode.as_deref(), self.settings, &links));
        let translations = self.translations(card);
        let placed = cover.as_ref().map(|cover| figure::place(cover, &body.html, opened.markup));
        let (figure, with_words) =
            placed.map_or((String::new(), None), |placed| (placed.figure, placed.body));
        let html = with_words.as_ref().unwrap_or(&body.html);
        let corrections = corrections::notes(article, &links, self.now, diagnostics);
        let credits = credits::credits(&article.contributors, article.edition.as_ref());
        let related = self.related(card, article, &links, diagnostics);
        let after = After { credits, article, corrections, related: &related, translations: &translations };
        let around =
            Around { figure, players: player::players(&enclosures.media, &body.html), notes: after.html() };
        let has_content = !html.is_empty() || around.has_content();
        let is_wanted = article.access == Access::Public || self.settings.feeds.show_members_all();
        let content = (is_wanted && has_content).then(|| around.put(html, article.edition.as_ref()));
        let is_listed = is_wanted && self.settings.feeds.list_media();
        let listed = || body_media::listed(html, &body.files, &links, cover.as_ref());
        let media = if is_listed { listed() } else { Vec::new() };
        let summary_is_written = article.summary.is_some();
        let of_body = || summary::of_body(&body.html, body.lead.as_deref()).filter(|_| is_wanted);
        let summary = article.summary.clone().or_else(of_body);
        let says_all = |summary: &String| {
            around.is_nothing() && with_words.is_none() && summary::is_all_of(summary, &body.html)
        };
        let summary_is_content = summary.as_ref().is_some_and(says_all);
        let is_told = is_wanted && self.settings.feeds.tell_reading_time();
        let reading = if is_told { reading::reading(&body.html) } else { None };
        let terms = self.terms(article);
        let title = self.title(article, body.first_heading);
        let said = [title.as_str(), article.summary.as_deref().unwrap_or_default(), &body.html];
        let seen = Digest::of(said.map(str::as_bytes));
        let entry = Entry {
            id: card.id().to_owned(),
            summary,
            content,
            title,
            permalink: card.address(),
            published: card.published.to_utc(),
            updated: card.updated.to_utc(),
            language: article.edition.clone(),
            authors: article.authors.iter().map(|author| author.person.clone()).collect(),
            contributors: article.contributors.clone(),
            categories: self.categories(article),
            cover,
            player: enclosures.media.first().and_then(|media| player::player(media, &body.html)),
            enclosures: enclosures.media,
            episode,
            media,
            translations,
            canonical: article.canonical.clone(),
            external: article.external.clone(),
            access: article.access,
            reading,
            rights: terms.rights,
            licence: terms.licence,
            location: article.location.clone(),
            source: article.source.clone(),
            related,
            comments: article.comments.clone(),
        };
        Some(Rendered {
            entry,
            summary_is_written,
            summary_is_content,
            has_text: !body.html.is_empty(),
            seen,
            body: opened.body_digest(),
            source: (!card.is_held).then(|| opened.source.clone()),
        })
    }

    /// The article's own terms. Those of the settings are no terms for what others wrote.
    fn terms(&self, article: &Article) -> Terms {
        let of_site = || article.source.is_none().then(|| self.settings.site.terms.clone());
        article.terms.clone().or_else(of_site).unwrap_or_default()
    }

    fn wrong_script(&self, card: &Card, article: &Article, html: &str) -> Option<Diagnostic> {
        let edition = article.edition.as_ref()?;
        let found = script::wrong_script(article.title.as_deref().into_iter().chain(prose(html)), edition)?;
        let message =
            format!("the text is in {found} script, but the article belongs to the edition `{edition}`");
        let fault = Diagnostic::new(Code::WrongScript, Location::new(card.path(), Position::START), message);
        Some(fault.help("name its `language`, or move the file to its own edition"))
    }

    /// The title of the front matter, else the first heading, else the words of the file's name. A
    /// heading of an article for members is a part of what only they may read.
    fn title(&self, article: &Article, first_heading: Option<String>) -> String {
        let from_name =
            || article.slug.split(['-', '_']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let first_heading = first_heading.filter(|_| article.access == Access::Public);
        article.title.clone().or(first_heading).unwrap_or_else(from_name)
    }

    /// The title of an article that need not be rendered; `None` where it cannot be read.
    #[must_use]
    pub fn headline(&self, card: &Card) -> Option<String> {
        let (opened, article) = self.open(card).ok()?;
        let needs_heading = article.title.is_none() && article.access == Access::Public;
        let heading = if needs_heading {
            body::to_html(&opened, None, &self.links(card, &opened)).ok()?.html.first_heading
        } else {
            None
        };
        Some(self.title(&article, heading))
    }

    fn translations(&self, card: &Card) -> Vec<Translation> {
        let others = self.catalog.translations(card).into_iter().map(|index| &self.catalog.cards[index]);
        let translation = |other: &Card| {
            Some(Translation {
                id: other.id().to_owned(),
                title: self.headline(other)?,
                permalink: other.address(),
                language: other.edition().cloned(),
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
