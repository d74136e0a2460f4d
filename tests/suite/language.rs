//! The language that a feed says it is in.

use crate::support::Site;

const SETTINGS: &str =
    "[site]\nurl = \"https://post.example/\"\n[feeds]\nby = [\"all\", \"section\"]\nformats = [\"json\"]\n";
const ARTICLE: &str = "---\npublished: 2026-11-20\n---\nText.\n";

/// The languages of the feed of everything and of the section `news`.
fn languages(editions: &str, paths: &[&str]) -> [Option<String>; 2] {
    let site = Site::of(&[("feedmill.toml", &format!("{SETTINGS}{editions}"))]);
    paths.iter().for_each(|path| site.write(&format!("articles/{path}"), ARTICLE));
    site.build(&[]).is_silent();
    ["feeds/feed.json", "feeds/news/feed.json"].map(|path| {
        let feed: serde_json::Value = serde_json::from_str(&site.read(path)).unwrap();
        feed["language"].as_str().map(str::to_owned)
    })
}

fn both(all: Option<&str>, news: Option<&str>) -> [Option<String>; 2] {
    [all, news].map(|language| language.map(str::to_owned))
}

#[test]
fn articles_without_a_language_have_feeds_without() {
    assert_eq!(languages("", &["news/a.md", "news/b.md"]), both(None, None));
}

#[test]
fn articles_without_a_language_are_in_the_one_edition_that_is_declared() {
    assert_eq!(languages("[editions.lv]\n", &["news/a.md"]), both(Some("lv"), Some("lv")));
}

#[test]
fn what_all_articles_have_in_common_goes_before_the_first_edition() {
    let editions = "[editions.en]\n[editions.ru]\n";
    assert_eq!(languages(editions, &["ru/news/a.md", "en/b.md"]), both(Some("en"), Some("ru")));
    assert_eq!(languages("", &["ru/news/a.md", "en/b.md"]), both(Some("en"), Some("ru")));
}

#[test]
fn where_the_articles_differ_it_is_the_first_edition() {
    let paths = ["ru/news/a.md", "en/news/b.md"];
    assert_eq!(languages("[editions.ru]\n[editions.en]\n", &paths), both(Some("ru"), Some("ru")));
    assert_eq!(languages("", &paths), both(Some("en"), Some("en")));
}

#[test]
fn one_article_without_a_language_does_not_get_that_of_another() {
    assert_eq!(languages("", &["news/a.md", "ru/b.md"])[1], None);
}
