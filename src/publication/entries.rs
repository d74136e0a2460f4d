//! The articles that feeds show: those that have to be rendered, and those of which it is known what came of it.

use super::remembered::Remembered;
use crate::catalog::{Card, Catalog, Reading, told_held};
use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::digest::Digest;
use crate::index::memo::ArticleMemo;
use crate::index::name::{Asked, Name, Names, Noted, View};
use crate::newsroom::WithLastGood;
use crate::render::{Rendered, Renderer};
use crate::settings::Updates;
use crate::teaser::Teaser;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What came of them, by their numbers in the catalog. Those that cannot be shown are missing.
#[derive(Default)]
pub struct Entries<'i> {
    /// The rendered articles.
    pub rendered: BTreeMap<usize, Rendered>,
    /// Those that nobody rendered, because they are as they were.
    pub standing: BTreeMap<usize, &'i Arc<ArticleMemo>>,
    /// What the rendered articles were made of, and what there is to say of them.
    pub made: BTreeMap<usize, (Names, Vec<Diagnostic>)>,
    /// The same by their numbers: of many feeds nearly all are asked for in turn.
    states: Vec<State>,
    /// The names of their ids, by their numbers.
    ids: Vec<Name>,
}

/// What came of an article.
#[derive(Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Missing,
    Rendered,
    Standing,
}

impl<'i> Entries<'i> {
    /// Renders what is not as it was.
    #[must_use]
    pub fn of(
        articles: &BTreeSet<usize>,
        remembered: &Remembered<'i>,
        catalog: &Catalog,
        reading: Reading<'_>,
    ) -> Entries<'i> {
        let mut entries = Entries::default();
        let articles: Vec<usize> = articles.iter().copied().collect();
        entries.ids = vec![Name::of_bytes(b""); articles.last().map_or(0, |last| last + 1)];
        for &index in &articles {
            entries.ids[index] = Name::of_bytes(catalog.cards[index].raw_id());
        }
        let memo =
            |&index: &usize| Some((index, remembered.article(&catalog.cards[index], entries.ids[index])?));
        entries.standing = articles.par_iter().filter_map(memo).collect::<Vec<_>>().into_iter().collect();
        entries.states = vec![State::Missing; entries.ids.len()];
        entries.standing.keys().for_each(|&index| entries.states[index] = State::Standing);
        let changed = articles.into_iter().filter(|&index| !entries.stands(index)).collect();
        entries.render(changed, catalog, reading);
        entries
    }

    /// Renders these articles. Says whether all of them can be shown.
    pub fn render(&mut self, articles: Vec<usize>, catalog: &Catalog, reading: Reading<'_>) -> bool {
        let Reading { newsroom, settings, now } = reading;
        let kept = WithLastGood::of(newsroom, catalog.held());
        let render = |index: usize| {
            let card = &catalog.cards[index];
            let (entry, names, told) = rendered(card, catalog, Reading { newsroom: &kept, settings, now });
            let entry = entry.map(|entry| dated(entry, card, catalog, reading));
            (index, entry, names, told)
        };
        let rendered: Vec<_> = articles.into_par_iter().map(render).collect();
        let mut is_complete = true;
        for (index, entry, names, told) in rendered {
            self.standing.remove(&index);
            self.made.insert(index, (names, told));
            self.states[index] = if entry.is_some() { State::Rendered } else { State::Missing };
            is_complete &= entry.is_some();
            self.rendered.extend(entry.map(|entry| (index, entry)));
        }
        is_complete
    }

    /// How many can be shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rendered.len() + self.standing.len()
    }

    /// Can an article be shown?
    #[must_use]
    pub fn contains(&self, index: usize) -> bool {
        self.states.get(index).is_some_and(|state| *state != State::Missing)
    }

    /// Is an article as it was, so that nobody rendered it?
    #[must_use]
    pub fn stands(&self, index: usize) -> bool {
        self.states.get(index) == Some(&State::Standing)
    }

    /// The name of the id of one of them.
    #[must_use]
    pub fn id(&self, index: usize) -> Name {
        self.ids[index]
    }

    /// What leads to one of them.
    #[must_use]
    pub fn teaser(&self, index: usize) -> Option<Teaser> {
        let rendered = self.rendered.get(&index).map(|rendered| Teaser::of(&rendered.entry));
        rendered.or_else(|| Some(self.standing.get(&index)?.teaser.clone()))
    }

    /// What there is to say of them.
    pub fn told(&self) -> impl Iterator<Item = &Diagnostic> {
        self.made
            .values()
            .flat_map(|(_, told)| told)
            .chain(self.standing.values().flat_map(|memo| &memo.told))
    }

    /// The source files of what is shown, each with the digest of what was read; `None` where it was its last good
    /// version.
    #[must_use]
    pub fn sources(&self, catalog: &Catalog) -> BTreeMap<String, Option<Digest>> {
        let path = |index: &usize| catalog.cards[*index].path().to_owned();
        let rendered = self.rendered.iter().map(|(index, rendered)| (path(index), rendered.source.clone()));
        let standing = self.standing.iter().map(|(index, memo)| (path(index), Some(memo.source.clone())));
        rendered.chain(standing).collect()
    }

    /// What is remembered of them, by the names of their ids. What was read from a last good version is looked at in every run.
    #[must_use]
    pub fn memos(&self) -> BTreeMap<Name, Arc<ArticleMemo>> {
        let id = |index: &usize| self.ids[*index];
        let rendered = self.rendered.iter().filter_map(|(index, rendered)| {
            let (names, told) = self.made.get(index)?.clone();
            let teaser = Teaser::of(&rendered.entry);
            let memo = ArticleMemo { names, told, source: rendered.source.clone()?, teaser };
            Some((id(index), Arc::new(memo)))
        });
        let standing = self.standing.iter().map(|(index, memo)| (id(index), Arc::clone(memo)));
        rendered.chain(standing).collect()
    }
}

/// Renders an article; as it was when a feed last showed it, where it cannot be shown as it is. `kept` reads with the
/// last good versions. Beside it stands of what it was made, and what there is to say of it.
pub fn rendered(
    card: &Card,
    catalog: &Catalog,
    kept: Reading<'_>,
) -> (Option<Rendered>, Names, Vec<Diagnostic>) {
    let asked = Asked::default();
    let noted = Noted { newsroom: kept.newsroom, catalog, asked: &asked };
    let catalog = View::noted(catalog, &asked);
    let renderer = Renderer { newsroom: &noted, settings: kept.settings, catalog, now: kept.now };
    let (entry, mut told) = renderer.entry(card);
    let entry = entry
        .or_else(|| renderer.last_good(card).inspect(|_| told.push(told_held(card.path()))))
        .map(|entry| with_its_text(entry, card, &renderer, &mut told));
    (entry, asked.names(), told)
}

/// The entry, or where only its text is missing, which it had before, the last good version: somebody saved half
/// a file.
fn with_its_text(
    rendered: Rendered,
    card: &Card,
    renderer: &Renderer<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Rendered {
    if rendered.has_text || !renderer.settings.feeds.is_guarded() {
        return rendered;
    }
    let Some(kept) = renderer.last_good(card).filter(|kept| kept.has_text) else { return rendered };
    diagnostics.retain(|fault| fault.code != Code::EmptyArticle);
    diagnostics.push(lost_text(card));
    kept
}

fn lost_text(card: &Card) -> Diagnostic {
    let message = "the text of a published article is gone, so the feeds show it as it was";
    Diagnostic::new(Code::LostText, Location::new(card.path(), Position::START), message).help(format!(
        "save the file again; `.feedmill/last-good/{}` is how it was. if it is to have no text, run `feedmill build --accept`",
        card.path()
    ))
}

/// The entry with the time of its last change, where every change counts.
fn dated(mut rendered: Rendered, card: &Card, catalog: &Catalog, reading: Reading<'_>) -> Rendered {
    let promise = catalog.promised.of(card.path());
    if let (Updates::Detected, Some(promise)) = (reading.settings.feeds.updates, promise)
        && let Some(changed) = promise.changed(&rendered.seen, reading.now)
    {
        rendered.entry.updated = rendered.entry.updated.max(changed);
    }
    rendered
}
