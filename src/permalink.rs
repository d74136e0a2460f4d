//! The lasting address of an article's page, by the pattern of its site.
//!
//! The names of a pattern are feedmill's own; what Hugo, Jekyll and Hexo call the same is in
//! [`from_colons`].

use crate::address::{Address, encode_segment};
use crate::diagnostic::nearest;
use crate::language::Language;
use crate::pattern::Pattern;
use crate::settings::Settings;
use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// The names that a pattern may use.
pub const NAMES: &[&str] = &[
    "edition",
    "section",
    "sections",
    "category",
    "categories",
    "year",
    "short_year",
    "month",
    "i_month",
    "month_name",
    "day",
    "i_day",
    "yearday",
    "weekday",
    "hour",
    "minute",
    "second",
    "slug",
    "own_slug",
    "name",
    "filename",
    "slug_or_filename",
    "slug_or_title",
    "title",
];

/// The names that tell one article from another.
pub const TELLING_NAMES: &[&str] =
    &["slug", "own_slug", "name", "filename", "slug_or_filename", "slug_or_title", "title"];

/// What other generators call them, colon and all. `:title` is missing: it means the slug to Jekyll
/// and Hexo, and the title to Hugo.
const COLONS: &[(&str, &str)] = &[
    ("year", "{year}"),
    ("short_year", "{short_year}"),
    ("month", "{month}"),
    ("i_month", "{i_month}"),
    ("monthname", "{month_name}"),
    ("long_month", "{month_name}"),
    ("day", "{day}"),
    ("i_day", "{i_day}"),
    ("yearday", "{yearday}"),
    ("y_day", "{yearday}"),
    ("weekdayname", "{weekday}"),
    ("hour", "{hour}"),
    ("minute", "{minute}"),
    ("second", "{second}"),
    ("section", "{section}"),
    ("sections", "{sections}"),
    ("categories", "{categories}"),
    ("category", "{category}"),
    ("slug", "{slug}"),
    ("name", "{name}"),
    ("filename", "{filename}"),
    ("contentbasename", "{filename}"),
    ("slugorfilename", "{slug_or_filename}"),
    ("slugorcontentbasename", "{slug_or_filename}"),
    ("output_ext", ".html"),
];

/// The patterns of a site or of a section. One that uses `{own_slug}` is for the articles whose front matter
/// has a slug; of the others the first counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patterns(Vec<Pattern>);

impl Patterns {
    /// The patterns, in the order in which they are tried.
    #[must_use]
    pub fn of(patterns: Vec<Pattern>) -> Patterns {
        Patterns(patterns)
    }

    fn for_articles(&self, with_own_slug: bool) -> Option<&Pattern> {
        self.0.iter().find(|pattern| with_own_slug || !pattern.uses("own_slug"))
    }
}

/// How slugs and names are spelled in permalinks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As they are.
    #[default]
    Kept,
    /// In lower case, blanks as hyphens, without punctuation: as Hugo does.
    Lower,
    /// The same in ASCII: as Zola and Pelican do.
    Ascii,
}

impl Spelling {
    fn of(self, name: &str) -> Cow<'_, str> {
        let spelled = match self {
            Spelling::Kept => return Cow::Borrowed(name),
            Spelling::Lower => lower(name),
            Spelling::Ascii => slug::slugify(name),
        };
        // Of a name of signs alone nothing would be left.
        if spelled.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(spelled) }
    }
}

fn lower(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        if c.is_whitespace() || c == '-' {
            if !spelled.ends_with('-') {
                spelled.push('-');
            }
        } else if c.is_alphanumeric() || is_combining_mark(c) || "._#+~@".contains(c) {
            spelled.push(c);
        }
    }
    spelled.trim_matches('-').to_owned()
}

/// What a permalink is made of.
pub struct Parts<'a> {
    /// The article's edition.
    pub edition: Option<&'a Language>,
    /// Its section.
    pub section: Option<&'a str>,
    /// The directories between its edition and its file, with `/` between them.
    pub sections: &'a str,
    /// The category that front matter names.
    pub category: Option<&'a str>,
    /// Its categories, as Jekyll reads them.
    pub categories: &'a [String],
    /// When it was published.
    pub published: DateTime<FixedOffset>,
    /// Its slug: from front matter, else the file's name without its date.
    pub slug: &'a str,
    /// The slug of the front matter, as it is written there.
    pub own_slug: Option<&'a str>,
    /// The file's name without its date, whatever the slug.
    pub name: &'a str,
    /// The file's name, or its directory's for a bundle, with its date.
    pub filename: &'a str,
    /// Its title, where front matter has one.
    pub title: Option<&'a str>,
}

impl Parts<'_> {
    /// The address by the pattern of the section or of the site.
    #[must_use]
    pub fn permalink(&self, settings: &Settings) -> Option<Address> {
        let site = &settings.site;
        let own = self.section.and_then(|section| settings.section(section)?.permalink.as_ref());
        let patterns = own.unwrap_or(&site.permalink);
        self.by(patterns.for_articles(self.own_slug.is_some())?, settings)
    }

    /// The address by this pattern.
    #[must_use]
    pub fn by(&self, pattern: &Pattern, settings: &Settings) -> Option<Address> {
        let path = pattern.expand(|name| self.value(name, settings));
        settings.site.url.below(&path)
    }

    fn value<'v>(&'v self, name: &str, settings: &'v Settings) -> Option<Cow<'v, str>> {
        let date = self.published;
        let spelling = settings.site.slugs;
        let spelled = |text: &'v str| encoded(spelling.of(text));
        let joined = |parts: &mut dyn Iterator<Item = Cow<'v, str>>| {
            Some(Cow::Owned(parts.collect::<Vec<_>>().join("/")))
        };
        let owned = |text: String| Some(Cow::Owned(text));
        let two = |number| Some(Cow::Borrowed(two_digits(number)));
        match name {
            "edition" | "section" => shared(name, self.edition, self.section, settings),
            "sections" => joined(&mut self.sections.split('/').filter(|part| !part.is_empty()).map(spelled)),
            "category" => self.category.or(self.section).map(spelled),
            "categories" => joined(&mut self.categories.iter().map(|name| spelled(name))),
            "year" => owned(
                [two_digits(date.year().unsigned_abs() / 100), two_digits(date.year().unsigned_abs())]
                    .concat(),
            ),
            "short_year" => two(date.year().unsigned_abs()),
            "month" => two(date.month()),
            "i_month" => owned(date.month().to_string()),
            "month_name" => owned(date.format("%B").to_string().to_lowercase()),
            "day" => two(date.day()),
            "i_day" => owned(date.day().to_string()),
            "yearday" => owned(format!("{:03}", date.ordinal())),
            "weekday" => owned(date.format("%A").to_string().to_lowercase()),
            "hour" => two(date.hour()),
            "minute" => two(date.minute()),
            "second" => two(date.second()),
            "filename" => Some(spelled(self.filename)),
            "name" => Some(spelled(self.name)),
            // As it is written: it may be several parts of a path.
            "own_slug" => {
                joined(&mut self.own_slug?.split('/').filter(|part| !part.is_empty()).map(encode_segment))
            }
            "slug_or_filename" if self.own_slug.is_none() => Some(spelled(self.filename)),
            "slug_or_title" if self.own_slug.is_some() => Some(spelled(self.slug)),
            "title" | "slug_or_title" => {
                let of_title = self.title.and_then(|title| slug_of_title(title, spelling));
                let of_title = of_title.map(|slug| encoded(Cow::Owned(slug)));
                of_title.or_else(|| Some(spelled(self.slug)))
            }
            _ => Some(spelled(self.slug)),
        }
    }
}

/// Where the permalinks of an edition or a section begin: `news/` of `/{section}/{slug}/`. `name` is the
/// last name of the beginning. `None` where the pattern has no such part.
#[must_use]
pub fn beginning(
    name: &str,
    edition: Option<&Language>,
    section: Option<&str>,
    settings: &Settings,
) -> Option<String> {
    let own = section.and_then(|section| settings.section(section)?.permalink.as_ref());
    let pattern = own.unwrap_or(&settings.site.permalink).for_articles(false)?;
    pattern.expand_through(name, |name| shared(name, edition, section, settings))
}

/// What the articles of a section of an edition have in common.
fn shared<'v>(
    name: &str,
    edition: Option<&'v Language>,
    section: Option<&'v str>,
    settings: &'v Settings,
) -> Option<Cow<'v, str>> {
    match name {
        "edition" => edition.map(|edition| encode_segment(settings.edition_prefix(edition))),
        "section" => section.map(|section| encoded(settings.site.slugs.of(section))),
        _ => None,
    }
}

fn encoded(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => encode_segment(text),
        Cow::Owned(text) => Cow::Owned(encode_segment(&text).into_owned()),
    }
}

/// All numbers of two digits, one after another.
const TWO_DIGITS: &str = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// The last two digits of a number. Years have four.
fn two_digits(number: u32) -> &'static str {
    let at = 2 * (number % 100) as usize;
    &TWO_DIGITS[at..at + 2]
}

/// A title is no slug until its blanks and punctuation are gone. `None` where nothing is left then.
#[must_use]
pub fn slug_of_title(title: &str, spelling: Spelling) -> Option<String> {
    let slug = match spelling {
        Spelling::Ascii => slug::slugify(title),
        Spelling::Kept | Spelling::Lower => lower(title),
    };
    (!slug.is_empty()).then_some(slug)
}

/// Is this a pattern of Hugo, Jekyll or Hexo: `/:year/:month/:title/`?
#[must_use]
pub fn has_colons(text: &str) -> bool {
    text.split(':').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// A pattern of Hugo, Jekyll or Hexo with feedmill's names. `title` is what `:title` stands for there:
/// `slug` for Jekyll and Hexo, `title` for Hugo; without it `:title` is refused.
///
/// # Errors
/// A name that has no counterpart, in a sentence that can stand in a diagnostic.
pub fn from_colons(text: &str, title: Option<&str>) -> Result<String, String> {
    let mut translated = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        translated.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let is_name = |c: char| c.is_ascii_alphabetic() || c == '_';
        let word = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        // Jekyll writes `:title:output_ext` and `:title_more`: the longest known name counts.
        let known = (1..=word.len()).rev().find_map(|end| {
            let name = &word[..end];
            match (name, title) {
                ("title", Some(title)) => Some((end, format!("{{{title}}}"))),
                ("title", None) => None,
                _ => {
                    let (_, own) = COLONS.iter().find(|(known, _)| *known == name)?;
                    Some((end, (*own).to_owned()))
                }
            }
        });
        let Some((end, own)) = known.filter(|(end, _)| *end == word.len() || word.as_bytes()[*end] == b'_')
        else {
            return Err(unknown(word));
        };
        translated.push_str(&own);
        rest = &rest[end..];
    }
    translated.push_str(rest);
    Ok(translated)
}

fn unknown(word: &str) -> String {
    if word == "title" {
        return "`:title` is the slug in Jekyll and Hexo (write `{slug}`) and the title in Hugo (write `{title}`)"
            .to_owned();
    }
    match nearest(word, COLONS.iter().map(|(known, _)| *known)) {
        Some(near) => format!("`:{word}` is not a name; did you mean `:{near}`?"),
        None => format!("`:{word}` has no counterpart among the names of permalinks"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read};

    fn permalink(site: &str, parts: &Parts<'_>) -> String {
        let text = format!("[site]\nurl = 'https://e.example/'\n{site}");
        let settings = read("feedmill.toml", &text, &Overrides::default()).unwrap();
        parts.permalink(&settings).unwrap().as_str().trim_start_matches("https://e.example").to_owned()
    }

    fn parts() -> Parts<'static> {
        Parts {
            edition: None,
            section: Some("news"),
            sections: "news/Deep Sea",
            category: None,
            categories: &[],
            published: DateTime::parse_from_rfc3339("2026-03-02T08:05:09+02:00").unwrap(),
            slug: "Ferry to Ø",
            own_slug: None,
            name: "Ferry to Ø",
            filename: "2026-03-02-Ferry to Ø",
            title: Some("A ferry, “late” again!"),
        }
    }

    #[test]
    fn names_and_spellings() {
        let of = |pattern: &str, slugs: &str| {
            permalink(&format!("permalink = '{pattern}'\nslugs = '{slugs}'"), &parts())
        };
        assert_eq!(of("/{sections}/{slug}/", "kept"), "/news/Deep%20Sea/Ferry%20to%20%C3%98/");
        assert_eq!(of("/{sections}/{slug}/", "lower"), "/news/deep-sea/ferry-to-%C3%B8/");
        assert_eq!(of("/{sections}/{slug}/", "ascii"), "/news/deep-sea/ferry-to-o/");
        assert_eq!(of("/{filename}.html", "lower"), "/2026-03-02-ferry-to-%C3%B8.html");
        assert_eq!(of("/{slug_or_filename}", "ascii"), "/2026-03-02-ferry-to-o");
        assert_eq!(of("/{title}", "kept"), "/a-ferry-late-again");
        let signs = Parts { slug: "🙂", title: Some("!!!"), ..parts() };
        assert_eq!(permalink("permalink = '/{title}'\nslugs = 'lower'", &signs), "/%F0%9F%99%82");
        assert_eq!(of("/{slug_or_title}", "kept"), "/a-ferry-late-again");
        assert_eq!(of("/{short_year}/{i_month}/{i_day}/{yearday}-{slug}", "ascii"), "/26/3/2/061-ferry-to-o");
        assert_eq!(
            of("/{hour}{minute}{second}/{weekday}/{month_name}/{slug}", "ascii"),
            "/080509/monday/march/ferry-to-o"
        );
        assert_eq!(of("/{categories}/{slug}", "ascii"), "/ferry-to-o");
        assert_eq!(of("/:year/:month/:slug:output_ext", "ascii"), "/2026/03/ferry-to-o.html");
    }

    #[test]
    fn a_slug_of_its_own() {
        let settings = "permalink = ['/b/{own_slug}', '/b/{year}/{name}']";
        assert_eq!(permalink(settings, &parts()), "/b/2026/Ferry%20to%20%C3%98");
        let own = Parts { own_slug: Some("/winter/Ice Boat"), slug: "winter-Ice Boat", ..parts() };
        assert_eq!(permalink(settings, &own), "/b/winter/Ice%20Boat");
    }

    #[test]
    fn sections_and_editions_have_their_own() {
        let settings = "slugs = 'ascii'\n[editions.en]\nprefix = ''\n[editions.pt-BR]\nprefix = 'br'\n[sections.news]\npermalink = '/n/{edition}/{slug}'\n";
        let english = Language::parse("en");
        let portuguese = Language::parse("pt-BR");
        assert_eq!(permalink(settings, &Parts { edition: english.as_ref(), ..parts() }), "/n/ferry-to-o");
        assert_eq!(
            permalink(settings, &Parts { edition: portuguese.as_ref(), ..parts() }),
            "/n/br/ferry-to-o"
        );
    }

    #[test]
    fn patterns_of_other_generators() {
        let of = |text: &str| from_colons(text, Some("slug"));
        assert_eq!(
            of("/:categories/:year/:month/:day/:title:output_ext").as_deref(),
            Ok("/{categories}/{year}/{month}/{day}/{slug}.html")
        );
        assert_eq!(of("/:slugorfilename/").as_deref(), Ok("/{slug_or_filename}/"));
        assert_eq!(of("/:sluk/").unwrap_err(), "`:sluk` is not a name; did you mean `:slug`?");
        assert!(from_colons("/:title/", None).unwrap_err().contains("write `{slug}`"));
        assert!(has_colons("/:year/") && !has_colons("/a:1/{slug}"));
    }
}
