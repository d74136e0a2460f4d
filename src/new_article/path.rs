//! Where a new article lies: of all places that the site reads, the one that says most of it and is most like those of
//! the others.

use super::habits::Habits;
use crate::article::layout::Name;
use crate::article::markup::Markup;
use crate::article::place::{Place, is_article};
use crate::language::Language;
use crate::settings::Settings;
use chrono::{Datelike, NaiveDate};

/// What the path is to say.
pub struct Wanted<'a> {
    pub edition: Option<&'a Language>,
    pub section: Option<&'a str>,
    pub slug: &'a str,
    pub date: NaiveDate,
    pub markup: Markup,
    pub is_bundle: bool,
}

/// A path, and what it says by itself.
pub struct Candidate {
    pub path: String,
    pub says: Says,
}

/// Which of the wanted values a path says; front matter has to say the others.
#[derive(Clone, Copy)]
pub struct Says {
    pub edition: bool,
    pub section: bool,
    pub slug: bool,
}

impl Says {
    fn silent(self) -> usize {
        [self.edition, self.section, self.slug].into_iter().filter(|is_said| !is_said).count()
    }
}

/// The best path; `None` where the layout has no place for such an article.
pub fn best(wanted: &Wanted<'_>, habits: &Habits, settings: &Settings) -> Option<Candidate> {
    let stem = wanted.stem(habits);
    let paths = match &settings.articles.layout {
        Some(layout) => layout.spelled(&|name| wanted.value(name), &stem),
        None => wanted.by_default_layout(&stem),
    };
    let paths = paths.into_iter().chain(wanted.beside_others(&stem, habits));
    let like = habits.newest.as_deref().map(|path| shape(path, settings));
    let candidates = paths.filter_map(|path| wanted.candidate(path, settings));
    candidates.min_by_key(|candidate| {
        let is_elsewhere = habits.folder.as_deref().is_some_and(|own| own != folder(&candidate.path));
        let is_unlike = like.is_some_and(|like| like != shape(&candidate.path, settings));
        (is_elsewhere, is_unlike, candidate.says.silent())
    })
}

/// The folder of an article; a bundle's own is the article.
pub fn folder(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name.split('.').next() {
        Some("index") => folder.rsplit_once('/').map_or("", |(folder, _)| folder),
        _ => folder,
    }
}

/// Does a path name its edition, and does it so with a suffix?
fn shape(path: &str, settings: &Settings) -> (bool, bool) {
    let Some(place) = Place::of(path, settings) else { return (false, false) };
    let name = path.rsplit('/').next().unwrap_or_default();
    let suffix = Markup::of(name).and_then(|(_, stem)| stem.rsplit_once('.')).map(|(_, suffix)| suffix);
    let has_suffix = place.edition.as_ref().is_some_and(|edition| Some(edition.as_str()) == suffix);
    (place.edition.is_some(), has_suffix)
}

impl Wanted<'_> {
    fn ending(&self) -> &'static str {
        if self.markup == Markup::Html { ".html" } else { ".md" }
    }

    /// The name of the file, without its ending.
    fn stem(&self, habits: &Habits) -> String {
        match habits.is_dated {
            true => format!("{}-{}", self.date.format("%Y-%m-%d"), self.slug),
            false => self.slug.to_owned(),
        }
    }

    fn value(&self, name: Name) -> Option<String> {
        match name {
            Name::Edition => self.edition.map(|edition| edition.as_str().to_owned()),
            Name::Section => self.section.map(str::to_owned),
            Name::Slug => Some(self.slug.to_owned()),
            Name::Year => Some(format!("{:04}", self.date.year())),
            Name::Month => Some(format!("{:02}", self.date.month())),
            Name::Day => Some(format!("{:02}", self.date.day())),
        }
    }

    /// `<edition>/<section>/<slug>.md`, and other places that are read without a layout.
    fn by_default_layout(&self, stem: &str) -> Vec<String> {
        let edition = self.edition.map(|edition| edition.as_str());
        let with_suffix = self.with_suffix(stem);
        let all = [
            vec![edition, self.section, Some(stem)],
            vec![self.section, Some(stem)],
            vec![self.section, with_suffix.as_deref()],
            vec![edition, Some(stem)],
            vec![Some(stem)],
        ];
        all.into_iter().map(|parts| parts.into_iter().flatten().collect::<Vec<_>>().join("/")).collect()
    }

    /// In the folder that the others of its section have, whatever that is called.
    fn beside_others(&self, stem: &str, habits: &Habits) -> Vec<String> {
        // Archives have folders for their years, which are no habit.
        let is_year = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let own = habits.folder.as_deref().filter(|own| !own.split('/').any(is_year));
        let names = [Some(stem.to_owned()), self.with_suffix(stem)].into_iter().flatten();
        own.map_or(Vec::new(), |own| names.map(|name| format!("{own}/{name}")).collect())
    }

    fn with_suffix(&self, stem: &str) -> Option<String> {
        self.edition.map(|edition| format!("{stem}.{edition}"))
    }

    /// What the site would read in this path, if anything.
    fn candidate(&self, path: String, settings: &Settings) -> Option<Candidate> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let path = match Markup::of(name) {
            Some((markup, _)) if markup == self.markup => path,
            Some(_) => return None,
            None => format!("{path}{}", self.ending()),
        };
        let path = if self.is_bundle { self.bundle(&path) } else { path };
        let place = Place::of(&path, settings).filter(|_| is_article(&path))?;
        let edition = place.edition.clone().map(|edition| settings.declared_edition(edition));
        let edition = edition.or_else(|| settings.default_edition().cloned());
        if (self.edition.is_none() && edition.is_some())
            || (self.section.is_none() && place.section.is_some())
        {
            return None;
        }
        let says = Says {
            edition: edition.as_ref() == self.edition,
            section: place.section.as_deref() == self.section,
            slug: place.slug == self.slug,
        };
        Some(Candidate { path, says })
    }

    /// The same article in a folder of its own: `news/ferry/index.ru.md` for `news/ferry.ru.md`.
    fn bundle(&self, path: &str) -> String {
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "md"));
        let suffix = self.edition.and_then(|edition| {
            let suffix = format!(".{edition}");
            stem.ends_with(&suffix).then_some(suffix)
        });
        let suffix = suffix.unwrap_or_default();
        let own = &stem[..stem.len() - suffix.len()];
        let slash = if folder.is_empty() { "" } else { "/" };
        format!("{folder}{slash}{own}/index{suffix}.{ending}")
    }
}
