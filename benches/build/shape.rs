//! The kinds of newsroom that are built: one with few feeds, the same with archives, and one with thousands of feeds.

use crate::prose::Language;

/// What a newsroom is divided into, and what its settings say of that.
pub struct Shape {
    pub editions: Vec<(&'static str, Language)>,
    pub sections: Vec<&'static str>,
    pub settings: String,
    /// About half of the stories are one article in all editions, each a translation of the others.
    pub is_translated: bool,
    pub tags_per_article: usize,
    /// Every author and every tag has feeds.
    pub has_feeds_of_people_and_tags: bool,
    /// Every feed leads to documents with all that it ever held.
    pub has_archives: bool,
}

const TITLE: &str = r#"[site]
url = "https://bench.example/"
title = { en = "The Harbour Post", ru = "Портовые вести" }
"#;

const NEWSROOM: &str = r#"
[editions.en]
name = "English"
[editions.ru]
name = "Русский"

[sections.news]
title = { en = "News", ru = "Новости" }
[sections.reports]
title = { en = "Reports", ru = "Репортажи" }
[sections.analytics]
title = { en = "Analytics", ru = "Аналитика" }
[sections.investigations]
title = { en = "Investigations", ru = "Расследования" }
"#;

const MANY_FEEDS: &str = r#"
[feeds]
by = ["all", "edition", "section", "edition+section", "tag", "author"]
"#;

/// With whole articles the documents of 100,000 would take 12 GB.
const ARCHIVES: &str = r#"
[feeds]
archive = true
content = "summary"
"#;

impl Shape {
    pub fn named(name: &str) -> Result<Shape, String> {
        match name {
            "newsroom" => Ok(Shape::newsroom()),
            "archive" => Ok(Shape::archive()),
            "feeds" => Ok(Shape::feeds()),
            _ => Err(format!("there is no shape `{name}`, expected `newsroom`, `archive` or `feeds`")),
        }
    }

    /// Two editions and four sections, all settings that matter as they are by default: 15 feeds.
    fn newsroom() -> Shape {
        Shape {
            editions: vec![("en", Language::english()), ("ru", Language::russian())],
            sections: vec!["news", "reports", "analytics", "investigations"],
            settings: format!("{TITLE}{NEWSROOM}"),
            is_translated: true,
            tags_per_article: 2,
            has_feeds_of_people_and_tags: false,
            has_archives: false,
        }
    }

    /// The same with an archive of each feed, and summaries in place of texts.
    fn archive() -> Shape {
        let newsroom = Shape::newsroom();
        Shape { settings: newsroom.settings + ARCHIVES, has_archives: true, ..newsroom }
    }

    /// The project said of newsrooms like this one, and of no others, what it wants of itself.
    pub fn has_bars(&self) -> bool {
        !self.has_feeds_of_people_and_tags && !self.has_archives
    }

    /// Ten editions, twenty sections, 500 authors and 5,000 tags: 5,731 feeds, where there are articles enough.
    fn feeds() -> Shape {
        let tags = ["en", "ru", "de", "es", "fr", "it", "nl", "pl", "pt", "sv"];
        let sections = "news reports analytics investigations culture sport weather science travel courts \
                        schools health energy harbour transport letters obituaries cinema gardens archive";
        let sections: Vec<&str> = sections.split(' ').collect();
        let mut settings = format!("{TITLE}{MANY_FEEDS}");
        settings.extend(tags.map(|tag| format!("[editions.{tag}]\n")));
        settings.extend(sections.iter().map(|section| format!("[sections.{section}]\n")));
        let editions = tags.map(|tag| {
            let language = if tag == "ru" { Language::russian() } else { Language::english() };
            (tag, language.with_large_desk())
        });
        Shape {
            editions: editions.into(),
            sections,
            settings,
            is_translated: false,
            tags_per_article: 3,
            has_feeds_of_people_and_tags: true,
            has_archives: false,
        }
    }
}
