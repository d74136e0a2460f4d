use super::*;
use crate::index::Index;
use crate::ledger::Ledger;
use crate::settings::{Overrides, read};

const NOW: &str = "2026-11-22T14:05:00+02:00";

fn settings(text: &str) -> Settings {
    let text = format!("site.url = 'https://post.example/'\n{text}");
    read("feedmill.toml", &text, &Overrides::default()).unwrap()
}

fn gathered(files: &[(&str, &str)], settings: &Settings) -> (MemoryNewsroom, Catalog) {
    let newsroom = MemoryNewsroom::of(files.iter().map(|(path, text)| (*path, *text)));
    let now = DateTime::parse_from_rfc3339(NOW).unwrap().to_utc();
    let (catalog, faults) = Catalog::gather(&newsroom, settings, &Ledger::default(), &Index::default(), now);
    assert_eq!(faults, []);
    (newsroom, catalog)
}

fn wish(title: &str) -> Wish<'_> {
    Wish {
        title,
        section: None,
        edition: None,
        slug: None,
        published: DateTime::parse_from_rfc3339(NOW).unwrap(),
        authors: &[],
        markup: Markup::Markdown,
        is_bundle: false,
        may_begin: false,
    }
}

/// What a site of these files makes of a wish.
fn made(toml: &str, files: &[(&str, &str)], wish: &Wish<'_>) -> Result<NewArticle, Refused> {
    let settings = settings(toml);
    let (newsroom, catalog) = gathered(files, &settings);
    new_article(wish, &newsroom, &catalog, &settings)
}

fn path(toml: &str, files: &[&str], wish: &Wish<'_>) -> String {
    let files: Vec<(&str, &str)> =
        files.iter().map(|path| (*path, "---\ndate: 2026-01-01\n---\nText.\n")).collect();
    made(toml, &files, wish).unwrap().path
}

#[test]
fn the_first_article_of_a_site() {
    let toml = "[editions.en]\n[sections.news]\n[sections.reports]";
    let article = made(toml, &[], &Wish { section: Some("News"), ..wish("The ferry is late") }).unwrap();
    assert_eq!(article.path, "en/news/2026-11-22-the-ferry-is-late.md");
    let expected = "\
---
title: The ferry is late
published: 2026-11-22T14:05:00+02:00
summary: \"\"
tags: []
draft: true   # no feed shows the article until this line is gone
---

";
    assert_eq!(article.text, expected);
}

#[test]
fn it_lies_where_the_others_lie() {
    let news = Wish { section: Some("news"), ..wish("Ferry") };
    assert_eq!(path("", &["news/bridge.md"], &news), "news/ferry.md");
    assert_eq!(path("", &["en/news/bridge.md", "en/art/b.md"], &news), "en/news/ferry.md");
    assert_eq!(path("", &["en/News/2026-01-01-a.md"], &news), "en/News/2026-11-22-ferry.md");
    assert_eq!(path("", &["en/news/2026/a.md"], &news), "en/news/ferry.md");
    assert_eq!(path("", &["news/a.en.md"], &news), "news/ferry.en.md");
    let bundle = Wish { is_bundle: true, ..news.clone() };
    assert_eq!(path("", &["news/a/index.en.md"], &bundle), "news/ferry/index.en.md");
    let html = Wish { markup: Markup::Html, ..news };
    assert_eq!(path("", &["news/bridge.md"], &html), "news/ferry.html");
}

#[test]
fn it_lies_where_the_layout_reads_it() {
    let jekyll = "articles.layout = ['_posts/*', '{section}/_posts/*']";
    assert_eq!(path(jekyll, &["_posts/2026-01-01-a.md"], &wish("Ferry")), "_posts/2026-11-22-ferry.md");
    let hugo = "articles.layout = 'content/{section}/**/*.{edition}.md'\n[editions.ru]\n[editions.en]";
    let russian = Wish { section: Some("news"), edition: Some("ru"), ..wish("Паром") };
    assert_eq!(path(hugo, &["content/news/a.en.md"], &russian), "content/news/паром.ru.md");
    let dated = "articles.layout = '{year}/{month}/{slug}.md'";
    assert_eq!(path(dated, &["2026/01/a.md"], &wish("Ferry")), "2026/11/ferry.md");
    let html = "articles.layout = 'pages/*.html'";
    let refused = made(html, &[], &wish("Ferry")).unwrap_err();
    assert_eq!(refused.message, "`articles.layout` has no place for such an article");
}

#[test]
fn front_matter_says_what_the_path_does_not_and_looks_like_that_of_the_others() {
    let jekyll = "articles.layout = '_posts/*'\nsite.timezone = 'Europe/Riga'\n[sections.news]";
    let other = "+++\ntitle = 'A'\ndate = 2026-01-01\nsection = 'news'\nauthor = 'Ann Lee'\n+++\nText.\n";
    let files = [("_posts/2026-01-01-a.md", other)];
    let wish = Wish { section: Some("news"), ..wish("Is \"C:\\\" a port?") };
    let expected = "\
+++
title = \"Is \\\"C:\\\\\\\" a port?\"
published = 2026-11-22T14:05:00+02:00
section = \"news\"
author = \"Ann Lee\"
summary = \"\"
tags = []
draft = true   # no feed shows the article until this line is gone
+++

";
    assert_eq!(made(jekyll, &files, &wish).unwrap().text, expected);
    let authors = ["Lee, Ann".to_owned(), "Bo Ek".to_owned()];
    let text = made(jekyll, &files, &Wish { authors: &authors, ..wish.clone() }).unwrap().text;
    assert!(text.contains("authors = [\"Lee, Ann\", \"Bo Ek\"]\n"), "{text}");
}

#[test]
fn whatever_the_title_the_article_is_read_without_a_fault() {
    let titles = [
        "Plain",
        "Why: the ferry",
        "The \"Gannet\" — 'again'",
        "C:\\ferry\\timetable",
        "--- a line ---",
        "+++",
        "# 1 reason",
        "- a list",
        "{ \"json\": true }",
        "[brackets]",
        "yes",
        "null",
        "2026",
        "2026-11-22",
        "1.10",
        "🎉 Ten years 🎉",
        "بريد الميناء: «عشر سنوات»",
        "עשר שנים",
        "Паром «Баклан»: опять №2?",
        "a `code` &amp; *stars* <b>bold</b>",
        "%YAML @at !tag &anchor *alias | > ? \t tab",
        "trailing colon:",
        "comment # here",
        "]]> & <![CDATA[",
    ];
    for toml in ["[editions.en]\n[editions.ar]\n[sections.news]", "articles.layout = '**/{slug}.md'"] {
        for first in ["---\ndate: 2026-01-01\n---\nText.\n", "+++\ndate = 2026-01-01\n+++\nText.\n"] {
            for title in titles {
                let settings = settings(toml);
                let (newsroom, catalog) = gathered(&[("en/news/a.md", first)], &settings);
                let wish = Wish { slug: Some("a-slug"), ..wish(title) };
                let article = new_article(&wish, &newsroom, &catalog, &settings).unwrap();
                let is_draft = |line: &str| line.starts_with("draft");
                let lines = article.text.lines().filter(|line| !is_draft(line));
                let text = lines.map(|line| format!("{line}\n")).collect::<String>();
                let read = check(&article.path, &text, &catalog, &settings).unwrap();
                assert_eq!(read.title, Some(text::headline(title)), "{}", article.text);
                assert_eq!(read.published.to_rfc3339(), NOW, "{title}");
                assert_eq!(read.slug, "a-slug", "{}", article.path);
                assert!(read.authors.is_empty() && read.tags.is_empty() && read.summary.is_none());
            }
        }
    }
}

#[test]
fn what_is_not_known_is_refused_with_what_is() {
    let toml = "[editions.en]\n[editions.ru]\n[sections.news]\n[sections.reports]\n[authors.ines]\nname = 'Ines Falk'";
    let refused = |wish: Wish<'_>| {
        let refused = made(toml, &[], &wish).unwrap_err();
        format!("{}; {}", refused.message, refused.help.unwrap_or_default())
    };
    assert_eq!(
        refused(wish("A")),
        "the article needs a section; name one with `--section`: `news`, `reports`"
    );
    assert_eq!(
        refused(Wish { section: Some("nwes"), ..wish("A") }),
        "there is no section `nwes`; did you mean `news`? `--create` begins a new section"
    );
    assert_eq!(
        refused(Wish { section: Some("sport"), ..wish("A") }),
        "there is no section `sport`; the sections are `news`, `reports`; `--create` begins a new one"
    );
    let news = Wish { section: Some("news"), ..wish("A") };
    assert_eq!(
        refused(Wish { edition: Some("de"), ..news.clone() }),
        "there is no edition `de`; the editions are `en`, `ru`; `--create` begins a new one"
    );
    assert_eq!(
        refused(Wish { edition: Some("english"), ..news.clone() }),
        "`english` is no language tag; did you mean `en`?"
    );
    let authors = ["inse".to_owned()];
    assert_eq!(
        refused(Wish { authors: &authors, ..news.clone() }),
        "no author has the id `inse`; did you mean `ines`?"
    );
    assert_eq!(
        refused(wish("  ")),
        "the title is empty; say what the article is about: `feedmill new \"…\"`"
    );
    let new = Wish { section: Some("Sport"), edition: Some("de"), may_begin: true, ..news };
    assert_eq!(made(toml, &[], &new).unwrap().path, "de/sport/2026-11-22-a.md");
}

#[test]
fn a_place_that_is_taken_stays_as_it_is() {
    let other = "---\npublished: 2026-11-01\n---\nText.\n";
    let message = |files: &[(&str, &str)]| {
        let refused = made("", files, &wish("Ferry")).unwrap_err();
        format!("{} {}", refused.path.unwrap(), refused.message)
    };
    assert_eq!(
        message(&[("news/ferry.md", other)]),
        "news/ferry.md has the permalink https://post.example/news/2026/11/ferry/ already"
    );
    let draft = "---\npublished: 2026-11-01\ndraft: true\n---\n";
    assert_eq!(message(&[("news/a.md", other), ("news/ferry.md", draft)]), "news/ferry.md is there already");
}
