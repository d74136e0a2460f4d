//! From fields to an article: every value becomes its type here, once, or a diagnostic.

mod context;
mod corrections;
mod cover;
mod dates;
mod enclosures;
mod episode;
mod lists;
mod location;
mod people;
mod terms;

use super::chosen_feeds::chosen_feeds;
use super::decode::Removed;
use super::fields::{Field, Fields, Found, is_name_of};
use super::open::Source;
use super::place::Place;
use super::{Article, HeldBack, Outcome, TranslationKey, addresses, release};
use crate::diagnostic::{Code, Diagnostic, Location, Position, Severity};
use crate::language::Language;
use crate::name::{safe_name, section_name};
use crate::permalink;
use crate::settings::{Settings, Undated};
use crate::syntax::{Node, Value};
use crate::text;
use dates::Published;
use std::borrow::Cow;

/// How much of an article is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What decides when, where and under what name it is shown.
    ForCard,
    /// All of it.
    All,
}

/// Makes the article of a source file, from its front matter and what its body says of itself.
/// Faults of all fields are reported at once, whatever is asked.
#[must_use]
pub fn interpret(
    path: &str,
    source: &Source<'_>,
    settings: &Settings,
    asked: Asked,
) -> (Outcome, Vec<Diagnostic>) {
    let fields = Fields::of(&source.front_matter, &source.described.fields);
    let mut reading = Reading { path, fields, settings, asked, diagnostics: Vec::new() };
    let outcome = reading.outcome(source);
    (outcome, reading.diagnostics)
}

struct Reading<'a> {
    path: &'a str,
    fields: Fields<'a>,
    settings: &'a Settings,
    asked: Asked,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    fn outcome(&mut self, source: &Source<'_>) -> Outcome {
        let withdrawn = self.withdrawal();
        if let Some(reason) = release::held_back(&self.fields, self.path, withdrawn) {
            return Outcome::HeldBack(reason, self.declared_translation());
        }
        self.diagnostics.clone_from(&source.described.diagnostics);
        let near_misses = self.check_names();
        self.check_flags();
        let Some(place) = Place::of(self.path, self.settings) else {
            return Outcome::HeldBack(HeldBack::NoFeeds, None);
        };
        let edition = self.edition(&place);
        let section = self.section(&place);
        let title = self.line(Field::Title).map(text::headline_of_line).filter(|title| !title.is_empty());
        let published = match self.published(&place) {
            Published::At(date) => Some(date),
            Published::Faulty => None,
            Published::Undated if self.settings.articles.undated == Undated::Skip => {
                let message = "the file has no date, so it is a page and no article".to_owned();
                self.report(Code::UndatedPage, Position::START, message).help =
                    Some("if it is an article, add `published: 2026-11-22` to the front matter".to_owned());
                return Outcome::HeldBack(HeldBack::Undated, None);
            }
            Published::Undated => {
                self.tell_undated();
                None
            }
        };
        let updated = self.date(Field::Updated);
        let expires = self.date(Field::Expires);
        let corrections = self.corrections();
        let own_slug = self.line(Field::Slug).filter(|slug| !slug.is_empty());
        let slug = own_slug
            .as_deref()
            .and_then(|slug| safe_name(slug.trim_matches('/')))
            .map_or_else(|| place.slug.clone(), Cow::into_owned);
        let id_at = self.fields.get(Field::Id).map_or(Position::START, |found| found.node.at);
        let id = self.line(Field::Id).filter(|id| !id.is_empty()).map(|id| (id.into_owned(), id_at));
        let by_path = edition.is_some().then_some(TranslationKey::Path(place.apart_from_edition));
        let translation = self.declared_translation().or(by_path);
        let summary = self.summary();
        let (Some(published), false) = (published, self.has_errors()) else { return Outcome::Faulty };
        let category = self.fields.get(Field::OneCategory).and_then(|found| found.text().map(text::line));
        let parts = permalink::Parts {
            edition: edition.as_ref(),
            section: section.as_deref(),
            sections: place.sections,
            category: category.as_deref(),
            categories: &addresses::categories(&self.fields, self.path),
            published,
            slug: &slug,
            own_slug: own_slug.as_deref(),
            name: &place.slug,
            filename: place.filename,
            title: title.as_deref(),
        };
        let addresses = match addresses::addresses(&self.fields, &parts, self.settings) {
            Ok(addresses) => addresses,
            Err(wrong) => {
                self.report(Code::BadUrl, wrong.at, wrong.message).help = Some(wrong.help);
                return Outcome::Faulty;
            }
        };
        let enclosures = self.enclosures();
        let authors = self.authors(edition.as_ref());
        let contributors = self.contributors(edition.as_ref());
        Outcome::Article(Box::new(Article {
            slug,
            title: title.filter(|_| self.asked == Asked::All).map(Cow::into_owned),
            published,
            updated,
            expires,
            withdrawn,
            edition,
            section,
            id,
            comments: self.comments(&addresses.permalink),
            permalink: addresses.permalink,
            canonical: addresses.canonical,
            external: addresses.external,
            aliases: addresses.aliases,
            translation,
            authors,
            contributors,
            tags: self.tags(),
            summary,
            // Nothing that is said of a cover is a fault.
            cover: if self.asked == Asked::All { self.cover() } else { None },
            episode: self.episode(&enclosures),
            enclosures,
            access: release::access(&self.fields, &near_misses),
            feeds: chosen_feeds(&self.fields),
            corrections,
            terms: self.terms(),
            location: self.location(),
            related: self.related(),
            source: self.source(),
        }))
    }

    fn declared_translation(&self) -> Option<TranslationKey> {
        let found = self.fields.get(Field::Translation)?;
        // Pelican's `Translation: true` says something else.
        let key = found.flag().is_none().then(|| text::line(found.text().unwrap_or_default()))?;
        Some(TranslationKey::Declared(key.into()))
    }

    fn report(&mut self, code: Code, at: Position, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, Location::new(self.path, at), message));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// A value that is left out of the feeds, without holding the article back.
    fn ignored(&mut self, at: Position, message: String, help: &str) {
        self.report(Code::IgnoredValue, at, message).help = Some(help.to_owned());
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// Reports names that stand twice, and those that are nearly known; gives the known ones.
    fn check_names(&mut self) -> Vec<&'static str> {
        for (name, at) in self.fields.repeated().collect::<Vec<_>>() {
            let which = if is_name_of(Field::Access, name) { "stricter" } else { "last" };
            let message = format!("the field `{name}` stands here twice; the {which} one counts");
            self.report(Code::DuplicateField, at, message).help = Some("keep one of them".to_owned());
        }
        let near_misses: Vec<_> = self.fields.near_misses().collect();
        for &(name, near, at) in &near_misses {
            self.report(Code::UnknownField, at, format!("no field is called `{name}`")).help =
                Some(format!("did you mean `{near}`?"));
        }
        near_misses.into_iter().map(|(_, near, _)| near).collect()
    }

    fn check_flags(&mut self) {
        for found in release::unclear_flags(&self.fields).collect::<Vec<_>>() {
            let (or_names, these) = match found.is_called("feeds") {
                true => (", or a list of feeds", "these"),
                false => ("", "the two"),
            };
            let message = format!("`{found}` is `true` or `false`{or_names}, found neither");
            self.report(Code::BadField, found.node.at, message).help =
                Some(format!("write one of {these}, or delete the line to publish the article"));
        }
    }

    /// A field that is one text. A list or a map in its place is an error.
    fn line(&mut self, field: Field) -> Option<Cow<'a, str>> {
        let found = self.fields.get(field)?;
        match (found.text(), &found.node.value) {
            (Some(text), _) => {
                self.tell_illegal(found.node);
                Some(text::as_line(text))
            }
            (None, Value::Bool(flag)) => Some(flag.to_string().into()),
            (None, other) => {
                let message = format!("`{found}` is a text, found {}", other.kind());
                self.report(Code::BadField, found.node.at, message).help =
                    Some("write one text after the colon, in quotes if it begins with `[` or `{`".to_owned());
                None
            }
        }
    }

    /// The first of its names that has a text; themes use some of them as switches and for pictures.
    fn summary(&mut self) -> Option<String> {
        let texts = |found: &Found<'_>| found.text().is_some();
        let Some(found) = self.fields.all(Field::Summary).find(texts) else {
            let found = self.fields.get(Field::Summary).filter(|found| found.flag().is_none())?;
            let message = format!("`{found}` is a text, found {}", found.node.value.kind());
            self.ignored(found.node.at, message, "write one text after the colon");
            return None;
        };
        self.tell_illegal(found.node);
        let wanted = found.text().filter(|_| self.asked == Asked::All);
        wanted.map(text::line).filter(|summary| !summary.is_empty())
    }

    /// Escapes can put into a value what could not stand in the source.
    fn tell_illegal(&mut self, node: &Node) {
        let text = match &node.value {
            // What is borrowed stands in the file, which was looked through when it was decoded.
            Value::Text(Cow::Owned(text)) => text,
            Value::List(items) => return items.iter().for_each(|item| self.tell_illegal(item)),
            _ => return,
        };
        if text::is_all_legal(text) {
            return;
        }
        let illegal = text.chars().filter(|&c| !c.is_whitespace() && !text::is_legal(c));
        let removed: Vec<Removed> = illegal.map(|character| Removed { character, at: node.at }).collect();
        self.diagnostics.extend(Removed::diagnostic(&removed, self.path));
    }

    fn edition(&mut self, place: &Place<'_>) -> Option<Language> {
        let Some(found) = self.fields.get(Field::Language) else {
            let edition = place.edition.clone().map(|language| self.settings.declared_edition(language));
            return edition.or_else(|| self.settings.default_edition().cloned());
        };
        let tag = found.text().unwrap_or_default();
        let Some(language) = Language::parse(tag) else {
            let message = format!("`{found}`: `{tag}` is no language tag");
            let editions = self.settings.editions.iter().map(|edition| &edition.language);
            let advice = Language::advice(tag, editions);
            self.report(Code::BadLanguage, found.node.at, message).help = Some(advice);
            return None;
        };
        if self.fields.is_from_body(Field::Language) {
            // A page says `en-US` where the folder says `en`.
            let folder = place.edition.clone().filter(|edition| edition.primary() == language.primary());
            return Some(self.settings.declared_edition(folder.unwrap_or(language)));
        }
        if language.as_str() != tag {
            let message = format!("`{found}`: `{tag}` is understood as `{language}`");
            self.report(Code::LanguageSpelling, found.node.at, message);
        }
        Some(self.settings.declared_edition(language))
    }

    fn section(&mut self, place: &Place<'_>) -> Option<String> {
        if let Some(found) = self.fields.get(Field::Section) {
            let name = section_name(found.text().unwrap_or_default());
            let known = self.settings.section_called(&name).map(|section| section.name.clone());
            // What a page calls its section is a word for readers; the folder was chosen.
            let is_chosen = place.section.is_none() || !self.fields.is_from_body(Field::Section);
            if known.is_some() || (is_chosen && !name.is_empty()) {
                return known.or(Some(name));
            }
        }
        let mut categories = self.fields.all(Field::Category);
        let by_category = categories.find_map(|found| self.settings.section_called(found.text()?));
        by_category.map(|section| section.name.clone()).or_else(|| place.section.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::open::read;
    use crate::settings;
    use chrono::DateTime;

    fn interpreted(path: &str, text: &str) -> (Outcome, Vec<String>) {
        let settings = "[site]\nurl = 'https://e.example/'\ntimezone = 'Europe/Riga'\n[editions.en]\n[editions.ru]\n[sections.news]\ntitle = { en = 'News', ru = 'Новости' }\n";
        let settings = settings::read("feedmill.toml", settings, &settings::Overrides::default()).unwrap();
        let source = read(path, text, &settings).unwrap();
        let (outcome, diagnostics) = interpret(path, &source, &settings, Asked::All);
        let (for_card, same) = interpret(path, &source, &settings, Asked::ForCard);
        assert_eq!(diagnostics, same, "{text}");
        assert_eq!(std::mem::discriminant(&outcome), std::mem::discriminant(&for_card), "{text}");
        (
            outcome,
            diagnostics
                .iter()
                .map(|found| format!("{}: {}: {}", found.location, found.code, found.message))
                .collect(),
        )
    }

    fn article(path: &str, text: &str) -> Article {
        match interpreted(path, text) {
            (Outcome::Article(article), diagnostics) if diagnostics.is_empty() => *article,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_summary_in_an_odd_shape_loses_no_article() {
        let summary = |yaml: &str| {
            let (outcome, told) =
                interpreted("a.md", &format!("---\ndate: 2026-01-02\nlang: en\n{yaml}\n---\n"));
            let Outcome::Article(article) = outcome else { panic!("{yaml}: {told:?}") };
            (article.summary, told.len())
        };
        let short = Some("Short".to_owned());
        assert_eq!(summary("preview: true\nlead: [a.jpg]\ndek: Short"), (short, 0));
        assert_eq!(summary("preview: true"), (None, 0));
        assert_eq!(summary("summary: [Short]"), (None, 1));
    }

    #[test]
    fn paths_and_fields_together() {
        let found = article(
            "ru/news/2026-11-22-мост.md",
            "---\ntitle: Мост &amp; мы\ntags: a, b, a\nauthor: Анна\n---\n",
        );
        assert_eq!(found.title.as_deref(), Some("Мост & мы"));
        assert_eq!(found.permalink.as_str(), "https://e.example/ru/news/2026/11/%D0%BC%D0%BE%D1%81%D1%82/");
        assert_eq!(found.published.to_rfc3339(), "2026-11-22T00:00:00+02:00");
        assert_eq!(found.tags, ["a", "b"]);
    }

    #[test]
    fn front_matter_wins() {
        let text = "---\ndate: 2026-01-02\nlang: en\nsection: Новости\nslug: x/y\nurl: /p/1\n---\n";
        let found = article("ru/reports/a.md", text);
        assert_eq!(found.edition.map(|edition| edition.to_string()).as_deref(), Some("en"));
        assert_eq!(found.section.as_deref(), Some("news"));
        assert_eq!((found.slug.as_str(), found.permalink.as_str()), ("x-y", "https://e.example/p/1"));
    }

    #[test]
    fn the_folder_wins_over_what_a_page_says_more_or_less_the_same() {
        let page = "<html lang=ru-UA><meta property=article:section content=Порт><meta name=date content=2026-01-02>";
        let found = article("ru/reports/a.html", page);
        assert_eq!(found.edition.map(|edition| edition.to_string()).as_deref(), Some("ru"));
        assert_eq!(found.section.as_deref(), Some("reports"));
        let known = article("ru/reports/a.html", &page.replace("Порт", "Новости").replace("ru-UA", "en-GB"));
        assert_eq!(known.edition.map(|edition| edition.to_string()).as_deref(), Some("en"));
        assert_eq!(known.section.as_deref(), Some("news"));
        let chosen = article("ru/reports/a.html", &format!("---\nsection: Порт\nlang: ru-UA\n---\n{page}"));
        assert_eq!(chosen.section.as_deref(), Some("порт"));
    }

    #[test]
    fn a_correction_moves_updated_and_nothing_moves_it_back() {
        let text = "---\ndate: 2026-01-02\nupdated: 2025-01-01\ncorrections: [{date: 2026-02-03, text: The boat is red.}]\n---\n";
        let updated = |now: &str| {
            let now = DateTime::parse_from_rfc3339(now).unwrap().to_utc();
            article("a.md", text).updated_at(now).to_rfc3339()
        };
        assert_eq!(updated("2026-11-22T00:00:00Z"), "2026-02-03T00:00:00+02:00");
        assert_eq!(
            updated("2026-01-22T00:00:00Z"),
            "2026-01-02T00:00:00+02:00",
            "the correction is not due yet"
        );
    }

    #[test]
    fn held_back() {
        for (text, reason) in [
            ("draft: true", HeldBack::Draft),
            ("draft: yes", HeldBack::Draft),
            ("published: false", HeldBack::Draft),
            ("status: hidden", HeldBack::Draft),
            ("withdrawn: true", HeldBack::Withdrawn),
            ("withdrawn: 2026-13-01", HeldBack::Withdrawn),
            ("feeds: false", HeldBack::NoFeeds),
            ("exclude_from_feed: true", HeldBack::NoFeeds),
        ] {
            assert_eq!(
                interpreted("a.md", &format!("---\n{text}\n---\n")).0,
                Outcome::HeldBack(reason, None),
                "{text}"
            );
        }
    }

    #[test]
    fn all_faults_of_an_article_at_once() {
        let (outcome, diagnostics) =
            interpreted("a.md", "---\ntitle: [a]\ndate: 2026-13-01\nlang: english\ntgas: [x]\n---\n");
        assert_eq!(outcome, Outcome::Faulty);
        assert_eq!(diagnostics.len(), 4, "{diagnostics:#?}");
        assert!(
            diagnostics.iter().any(|line| line.starts_with("a.md:3:7: bad-date: `date`:")),
            "{diagnostics:#?}"
        );
        let (outcome, diagnostics) = interpreted("a.md", "no front matter");
        assert_eq!(
            (outcome, diagnostics),
            (Outcome::Faulty, vec!["a.md:1:1: missing-date: the article has no date".to_owned()])
        );
    }
}
