//! Links to the feeds for the pages of a site: printed, and written as files to include.

use crate::support::{Run, Site};
use serde_json::json;
use std::fs;

const SETTINGS: &str = "\
[site]
url = \"https://post.example/\"
title = \"The Harbour Post\"
[editions.en]
[editions.ru]
[feeds]
formats = [\"rss\", \"json\"]
by = [\"all\", \"edition\", \"edition+section\"]
";

fn site(output: &str) -> Site {
    let article = "---\npublished: 2026-11-20\n---\nIt is open.\n";
    let settings = format!("{SETTINGS}{output}");
    Site::of(&[
        ("feedmill.toml", &settings),
        ("articles/en/news/bridge.md", article),
        ("articles/ru/news/most.md", article),
    ])
}

const NEWS: &str = "\
<link rel=\"alternate\" type=\"application/rss+xml\" hreflang=\"ru\" title=\"The Harbour Post — Русский — news (RSS)\" href=\"https://post.example/feeds/ru/news/rss.xml\">
<link rel=\"alternate\" type=\"application/feed+json\" hreflang=\"ru\" title=\"The Harbour Post — Русский — news (JSON Feed)\" href=\"https://post.example/feeds/ru/news/feed.json\">
<link rel=\"alternate\" type=\"application/rss+xml\" hreflang=\"ru\" title=\"The Harbour Post — Русский (RSS)\" href=\"https://post.example/feeds/ru/rss.xml\">
<link rel=\"alternate\" type=\"application/feed+json\" hreflang=\"ru\" title=\"The Harbour Post — Русский (JSON Feed)\" href=\"https://post.example/feeds/ru/feed.json\">
";

#[test]
fn list_prints_them() {
    let site = site("");
    let run = site.feedmill(&["list", "--html", "--page", "front"]);
    let links: Vec<&str> = run.stdout.lines().map(|line| line.split(" href=").nth(1).unwrap()).collect();
    let expected = ["rss.xml", "feed.json", "en/rss.xml", "en/feed.json", "ru/rss.xml", "ru/feed.json"];
    assert_eq!(links, expected.map(|path| format!("\"https://post.example/feeds/{path}\">")));

    let run = site.feedmill(&["list", "--html", "--page", "section"]);
    let (_, russian) = run.stdout.split_once("<!-- section-news.ru -->\n").unwrap();
    assert_eq!((run.status, run.stderr.as_str(), russian), (0, "", NEWS));

    let events = site.feedmill(&["list", "--html", "--json"]).events();
    let last = json!({
        "type": "page", "page": "section", "name": "section-news.ru", "edition": "ru", "section": "news",
        "author": null, "tag": null, "html": NEWS,
    });
    assert_eq!((events.len(), events.last()), (5, Some(&last)));
    site.feedmill(&["list", "--page", "front"]).fails_with(2);
}

#[test]
fn build_writes_them_whole_and_only_where_they_change() {
    let site = site("[output]\nsnippets = \"layouts/partials/feeds\"\n");
    let run = site.build(&["--dry-run", "-v"]);
    assert!(run.stderr.contains("would create layouts/partials/feeds/front.html\n"), "{}", run.stderr);
    assert!(!site.path("layouts").exists());
    site.build(&[]).is_silent();
    let names = ["edition-en", "edition-ru", "front", "section-news.en", "section-news.ru"];
    let tree = site.tree("layouts/partials/feeds");
    assert_eq!(tree.keys().cloned().collect::<Vec<_>>(), names.map(|name| format!("{name}.html")));
    assert_eq!(site.read("layouts/partials/feeds/section-news.ru.html"), NEWS);

    let modified = |name: &str| fs::metadata(site.path(name)).unwrap().modified().unwrap();
    let front = "layouts/partials/feeds/front.html";
    let before = modified(front);
    site.build(&[]).is_silent();
    site.write("articles/en/news/bell.md", "---\npublished: 2026-11-21\n---\nIt rings.\n");
    site.build(&[]).is_silent();
    assert_eq!(modified(front), before, "no link has changed");

    site.build(&[]).is_silent();
    fs::remove_file(site.path(front)).unwrap();
    site.build(&[]).is_silent();
    assert!(site.path(front).exists(), "what was deleted is there again, though nothing else has changed");

    site.write("articles/en/art/quay.md", "---\npublished: 2026-11-21\n---\nIt is painted.\n");
    site.build(&[]).is_silent();
    assert!(site.read("layouts/partials/feeds/edition-en.html").contains("/en/art/rss.xml"));
}

#[test]
fn they_are_not_put_among_the_articles() {
    let site = site("[output]\nsnippets = \"articles/partials\"\n");
    let expected = "\
error: the links for pages cannot go into this directory: `articles/partials` lies among the articles in `articles`
  help: name another one as `snippets` in `[output]`
";
    assert_eq!(site.build(&[]), Run { status: 2, stdout: String::new(), stderr: expected.to_owned() });
    assert!(!site.path("articles/partials").exists());
}

#[test]
fn a_template_of_the_site_stays() {
    let site = site("[output]\nsnippets = \"layouts/partials\"\n");
    let template = "<main>{{ .Content }}</main>\n";
    site.write("layouts/partials/front.html", template);
    let expected = "\
layouts/partials/front.html:1:1: warning[foreign-page]: this file is not feedmill's, so it stays as it is, and the links for a page are missing
  help: move it away, or name a directory of its own as `snippets` in `[output]`
";
    let told = Run { status: 0, stdout: String::new(), stderr: expected.to_owned() };
    assert_eq!(site.build(&[]), told);
    assert_eq!(site.build(&[]), told, "as long as it lies there");
    assert_eq!(site.read("layouts/partials/front.html"), template);
    assert_eq!(site.read("layouts/partials/section-news.ru.html"), NEWS);
    site.write("layouts/partials/front.html", "");
    site.build(&[]).is_silent();
    assert!(site.read("layouts/partials/front.html").starts_with("<link "));
}
