//! What a page says of its feeds in its head, so that readers and browsers find them.
//!
//! Every feed has a page that it belongs to, and the first link of that page is the feed itself: readers subscribe to
//! what they find first. The links are fragments of HTML for the site's own templates.

use crate::encode::Format;
use crate::name::path_part;
use crate::plan::{FeedKey, PlannedFeed, Spelled};
use crate::publication::{PublishedFeed, PublishedFile};
use crate::settings::Settings;
use crate::text::escape_html;

/// The kinds of pages that a site has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The front page of the publication.
    Front,
    /// The front page of an edition.
    Edition,
    /// A section, or a section of an edition.
    Section,
    /// An author's articles.
    Author,
    /// The articles with a tag.
    Tag,
}

impl PageKind {
    /// All of them.
    pub const ALL: &'static [PageKind] =
        &[PageKind::Front, PageKind::Edition, PageKind::Section, PageKind::Author, PageKind::Tag];

    /// What it is called in flags and in the names of snippets.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PageKind::Front => "front",
            PageKind::Edition => "edition",
            PageKind::Section => "section",
            PageKind::Author => "author",
            PageKind::Tag => "tag",
        }
    }

    /// The kind of page that a feed belongs to.
    fn of(key: &FeedKey) -> PageKind {
        match key {
            FeedKey { author: Some(_), .. } => PageKind::Author,
            FeedKey { tag: Some(_), .. } => PageKind::Tag,
            FeedKey { section: Some(_), .. } => PageKind::Section,
            FeedKey { edition: Some(_), .. } => PageKind::Edition,
            _ => PageKind::Front,
        }
    }
}

/// What one page says.
#[derive(Clone, Debug, PartialEq)]
pub struct Snippet {
    /// The kind of page.
    pub kind: PageKind,
    /// What tells it from all others: `front`, `edition-en`, `section-news.en`.
    pub name: String,
    /// What the page is of.
    pub of: FeedKey,
    /// The links, each on a line of its own.
    pub html: String,
}

/// What every page says of its feeds, in the order of the feeds.
#[must_use]
pub fn snippets(feeds: &[PublishedFeed], settings: &Settings) -> Vec<Snippet> {
    let planned = |key: &FeedKey| PlannedFeed::empty(key.clone(), Spelled::default(), &settings.feeds);
    let open: Vec<&PublishedFeed> =
        feeds.iter().filter(|feed| planned(&feed.key).is_listed(settings)).collect();
    let front = FeedKey::default();
    // There is a front page whether or not there is a feed of everything.
    let others = open.iter().map(|feed| &feed.key).filter(|key| **key != front);
    let pages = std::iter::once(&front).chain(others);
    let snippet = |of: &FeedKey| {
        let html: String = linked(of, &open).into_iter().map(links).collect();
        Snippet { kind: PageKind::of(of), name: name(of), of: of.clone(), html }
    };
    pages.map(snippet).filter(|snippet| !snippet.html.is_empty()).collect()
}

/// Is a file with this text a snippet, or nothing yet? Where snippets are to lie, templates of the site may have their names.
#[must_use]
pub fn is_ours(text: &str) -> bool {
    text.lines().all(|line| line.starts_with(LINK))
}

const LINK: &str = "<link rel=\"alternate\" type=\"";

/// The feeds of a page: its own, then those that a reader of it may want besides.
fn linked<'f>(page: &FeedKey, feeds: &[&'f PublishedFeed]) -> Vec<&'f PublishedFeed> {
    let own = |key: &FeedKey| key == page;
    let is_of_edition =
        |key: &FeedKey| key.edition == page.edition && key.author.is_none() && key.tag.is_none();
    let besides = |key: &FeedKey| match PageKind::of(page) {
        // All editions, of which a reader wants one.
        PageKind::Front => PageKind::of(key) == PageKind::Edition,
        // Its sections.
        PageKind::Edition => is_of_edition(key),
        // All that is published beside it.
        PageKind::Section | PageKind::Author | PageKind::Tag => is_of_edition(key) && key.section.is_none(),
    };
    let first = feeds.iter().filter(|feed| own(&feed.key));
    let others = feeds.iter().filter(|feed| !own(&feed.key) && besides(&feed.key));
    let found: Vec<_> = first.chain(others).copied().collect();
    if found.is_empty() && *page == FeedKey::default() {
        // Sections alone.
        let is_plain = |feed: &&&PublishedFeed| feed.key.author.is_none() && feed.key.tag.is_none();
        return feeds.iter().filter(is_plain).copied().collect();
    }
    found
}

/// Parts of it cannot hold a dot, so no two pages have one name.
fn name(key: &FeedKey) -> String {
    let FeedKey { edition, section, author, tag } = key;
    let mut parts = Vec::new();
    parts.extend(author.as_ref().map(|author| format!("author-{}", path_part(author.name()))));
    parts.extend(tag.as_ref().map(|tag| format!("tag-{}", path_part(tag.name()))));
    parts.extend(section.as_ref().map(|section| format!("section-{}", path_part(section))));
    match edition {
        Some(edition) if parts.is_empty() => parts.push(format!("edition-{edition}")),
        Some(edition) => parts.push(edition.to_string()),
        None if parts.is_empty() => parts.push("front".to_owned()),
        None => {}
    }
    parts.join(".")
}

/// A feed in all its formats.
fn links(feed: &PublishedFeed) -> String {
    let link = |file: &PublishedFile| {
        let mut title = feed.title.clone();
        // Or people could not tell them apart where they choose.
        if feed.formats.len() > 1 {
            title.push_str(&format!(" ({})", spoken(file.format)));
        }
        let language = feed.key.edition.as_ref().map(|edition| format!(" hreflang=\"{edition}\""));
        format!(
            "{LINK}{}\"{} title=\"{}\" href=\"{}\">\n",
            file.format.media_type(),
            language.unwrap_or_default(),
            attribute(&title),
            escape_html(file.address.as_str()),
        )
    };
    feed.formats.iter().map(link).collect()
}

/// A title as an attribute. The signs that keep its parts apart where they run in different directions are spelled out,
/// for neither editors nor terminals show them.
fn attribute(title: &str) -> String {
    escape_html(title).replace('\u{2068}', "&#x2068;").replace('\u{2069}', "&#x2069;")
}

/// What people call a format.
fn spoken(format: Format) -> &'static str {
    match format {
        Format::Rss => "RSS",
        Format::Atom => "Atom",
        Format::Json => "JSON Feed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::ledger::Ledger;
    use crate::newsroom::MemoryNewsroom;
    use crate::publication::compose;
    use crate::settings::{Overrides, read};
    use chrono::DateTime;

    /// The snippets of a site of one article in news and one in reports, in two editions.
    fn of(toml: &str) -> Vec<(String, String)> {
        let toml = format!("site.url = 'https://post.example/'\nsite.title = 'Post & <Co>'\n{toml}");
        let settings = read("feedmill.toml", &toml, &Overrides::default()).unwrap();
        let text = "---\ndate: 2026-01-01\nauthor: Ann Lee\n---\nText.\n";
        let paths = ["en/news/a.md", "en/reports/b.md", "ru/news/c.md"];
        let newsroom = MemoryNewsroom::of(paths.map(|path| (path, text)));
        let now = DateTime::parse_from_rfc3339("2026-11-22T00:00:00Z").unwrap().to_utc();
        let made = compose(&newsroom, &settings, &Ledger::default(), &Index::default(), now).unwrap();
        let snippets = snippets(&made.feeds, &settings).into_iter();
        snippets.map(|snippet| (snippet.name, snippet.html)).collect()
    }

    /// The page's name, and where its links lead, below the feeds.
    fn hrefs(toml: &str) -> Vec<(String, Vec<String>)> {
        let href = |line: &str| {
            let (_, href) = line.split_once("href=\"https://post.example/feeds/").unwrap();
            href.trim_end_matches("\">").to_owned()
        };
        of(toml).into_iter().map(|(name, html)| (name, html.lines().map(href).collect())).collect()
    }

    #[test]
    fn each_page_has_its_own_feed_first() {
        let found = hrefs("[editions.en]\n[editions.ru]\n[feeds]\nformats = ['atom']");
        let expected = [
            ("front", vec!["atom.xml", "en/atom.xml", "ru/atom.xml"]),
            ("section-news", vec!["news/atom.xml", "atom.xml"]),
            ("section-reports", vec!["reports/atom.xml", "atom.xml"]),
            ("edition-en", vec!["en/atom.xml", "en/news/atom.xml", "en/reports/atom.xml"]),
            ("section-news.en", vec!["en/news/atom.xml", "en/atom.xml"]),
            ("section-reports.en", vec!["en/reports/atom.xml", "en/atom.xml"]),
            ("edition-ru", vec!["ru/atom.xml", "ru/news/atom.xml"]),
            ("section-news.ru", vec!["ru/news/atom.xml", "ru/atom.xml"]),
        ];
        let found: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|(name, hrefs)| (name.as_str(), hrefs.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_link_has_all_that_a_reader_needs_and_its_title_is_escaped() {
        let found = of("[feeds]\nby = ['edition']\nformats = ['json', 'rss']");
        let expected = "\
<link rel=\"alternate\" type=\"application/feed+json\" hreflang=\"en\" title=\"Post &amp; &lt;Co&gt; — English (JSON Feed)\" href=\"https://post.example/feeds/en/feed.json\">
<link rel=\"alternate\" type=\"application/rss+xml\" hreflang=\"en\" title=\"Post &amp; &lt;Co&gt; — English (RSS)\" href=\"https://post.example/feeds/en/rss.xml\">
";
        assert_eq!(found[1], ("edition-en".to_owned(), expected.to_owned()));
        assert!(found[0].1.starts_with(expected), "the front page of a site without a feed of everything");
    }

    #[test]
    fn directions_are_kept_apart_in_words_that_everybody_sees() {
        assert_eq!(attribute("A & \u{2068}ب\u{2069}"), "A &amp; &#x2068;ب&#x2069;");
    }

    #[test]
    fn templates_of_the_site_are_no_snippets() {
        assert!(of("").iter().all(|(_, html)| is_ours(html)) && is_ours(""));
        assert!(!is_ours("<main>{{ .Content }}</main>\n"));
        assert!(!is_ours(&format!("{}{{{{ .Title }}}}\n", of("")[0].1)));
    }

    #[test]
    fn authors_and_sections_alone() {
        let found = hrefs("[feeds]\nby = ['edition', 'edition+author']\nformats = ['rss']");
        let ann = (
            "author-ann-lee.en".to_owned(),
            vec!["en/authors/ann-lee/rss.xml".to_owned(), "en/rss.xml".to_owned()],
        );
        assert!(found.contains(&ann), "{found:?}");
        let found = hrefs("[feeds]\nby = ['section']\nformats = ['rss']");
        assert_eq!(
            found[0],
            ("front".to_owned(), vec!["news/rss.xml".to_owned(), "reports/rss.xml".to_owned()])
        );
    }

    #[test]
    fn nobody_is_told_where_members_read() {
        let found = hrefs("[feeds]\nformats = ['rss']\n[[feeds.where]]\nsection = 'news'\nmembers = 'full'");
        assert!(
            found.iter().all(
                |(name, hrefs)| !name.contains("news") && hrefs.iter().all(|href| !href.contains("news"))
            )
        );
        let found = hrefs("[feeds]\nformats = ['rss']\nmembers = 'full'");
        assert!(found.iter().any(|(name, _)| name == "section-news"));
    }
}
