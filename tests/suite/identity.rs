//! An article keeps its id, whatever else becomes of it.

use crate::readers::read;
use crate::support::Site;

const SETTINGS: &str =
    "[site]\nurl = \"https://post.example/\"\n[feeds]\nby = [\"all\"]\nformats = [\"rss\"]\n";

/// The ids of the feed of everything.
fn ids(site: &Site) -> Vec<String> {
    site.build(&[]).is_silent();
    read(site.read("feeds/rss.xml").as_bytes()).into_iter().map(|entry| entry.id).collect()
}

fn site_with(path: &str, article: &str) -> Site {
    Site::of(&[("feedmill.toml", SETTINGS), (path, article)])
}

const PATH: &str = "articles/en/news/ferry.md";
const ARTICLE: &str = "---\ntitle: The ferry is late\npublished: 2026-11-20T08:00:00Z\n---\nBy an hour.\n";
const ID: &str = "tag:post.example,2026-11-20:en/ferry";

#[test]
fn the_title_the_text_and_the_other_fields_may_change() {
    let article = "---\ntitle: The ferry is not late\npublished: 2026-11-20T08:00:00Z\nupdated: 2026-11-21\ntags: [ferry]\n---\nAt all.\n";
    assert_eq!(ids(&site_with(PATH, ARTICLE)), [ID]);
    assert_eq!(ids(&site_with(PATH, article)), [ID]);
}

#[test]
fn the_section_and_the_form_of_the_file_may_change() {
    for path in [
        "articles/en/reports/ferry.md",
        "articles/en/news/2026/november/ferry.md",
        "articles/en/news/ferry/index.md",
        "articles/en/news/2026-11-20-ferry.md",
        "articles/news/ferry.en.md",
        "articles/en/ferry.markdown",
    ] {
        assert_eq!(ids(&site_with(path, ARTICLE)), [ID], "{path}");
    }
}

#[test]
fn the_permalink_may_change() {
    let site = site_with(PATH, &ARTICLE.replace("---\nBy", "url: /elsewhere.html\n---\nBy"));
    site.write("feedmill.toml", SETTINGS.replace("[feeds]", "permalink = \"/{slug}.html\"\n[feeds]"));
    assert_eq!(ids(&site), [ID]);
}

#[test]
fn a_renamed_file_is_known_by_its_title_and_date_where_its_text_tells_little_or_changed() {
    let long = ARTICLE.replace("By an hour.", &"The fog lay on the sound until noon. ".repeat(9));
    for (before, after) in
        [(ARTICLE.to_owned(), ARTICLE.to_owned()), (long.clone(), long.replace("until noon", "until one"))]
    {
        let site = site_with(PATH, &before);
        // So that the feed is not left without an entry, whatever becomes of this one.
        let other = "---\ntitle: The bell\npublished: 2026-11-19T08:00:00Z\n---\nIt rang.\n";
        site.write("articles/en/news/bell.md", other);
        let known = ids(&site);
        std::fs::remove_file(site.path(PATH)).unwrap();
        site.write("articles/en/news/late-ferry.md", after);
        assert_eq!(ids(&site), known);
    }
}

#[test]
fn an_id_of_the_front_matter_stays_when_all_else_changes() {
    let article = "---\ntitle: A\npublished: 2020-01-01\nid: tag:old.example,2019:17\n---\nText.\n";
    assert_eq!(ids(&site_with("articles/ru/a.md", article)), ["tag:old.example,2019:17"]);
}

#[test]
fn a_site_may_keep_its_permalinks_as_ids() {
    let site = site_with(PATH, ARTICLE);
    site.write("feedmill.toml", SETTINGS.replace("[feeds]", "ids = \"permalink\"\n[feeds]"));
    assert_eq!(ids(&site), ["https://post.example/en/news/2026/11/ferry/"]);
}

#[test]
fn the_file_system_may_spell_the_name_its_own_way() {
    let ids_of = |name: &str| ids(&site_with(&format!("articles/en/{name}.md"), ARTICLE));
    let composed = "tag:post.example,2026-11-20:en/caf%C3%A9";
    assert_eq!(ids_of("caf\u{e9}"), [composed]);
    assert_eq!(ids_of("cafe\u{301}"), [composed]);
}

#[test]
fn an_id_that_looks_like_a_number_is_kept() {
    let article = "---\ntitle: A\npublished: 2020-01-01\nid: 12e4567890\n---\nText.\n";
    assert_eq!(ids(&site_with("articles/a.md", article)), ["https://post.example/#12e4567890"]);
}
