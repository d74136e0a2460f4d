//! `feedmill init` in the site of another generator: the permalinks are those of its pages.

use crate::support::{NOW, Site};

/// Runs `init`, then gives path and permalink of every article, in the order of the paths.
#[track_caller]
fn permalinks(site: &Site) -> Vec<(String, String)> {
    let run = site.feedmill(&["init"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = site.feedmill(&["list", "--articles", "--json", "--as-of", NOW]);
    assert_eq!(run.stderr, "");
    let text = |event: &serde_json::Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let mut found: Vec<_> = run
        .events()
        .iter()
        .filter(|event| event["type"] == "article")
        .map(|event| (text(event, "path"), text(event, "url")))
        .collect();
    found.sort();
    found
}

#[track_caller]
fn assert_permalinks(site: &Site, expected: &[(&str, &str)]) {
    let found = permalinks(site);
    let found: Vec<_> = found.iter().map(|(path, page)| (path.as_str(), page.as_str())).collect();
    assert_eq!(found, expected, "{}", site.read("feedmill.toml"));
}

#[test]
fn a_hugo_site() {
    let site = Site::of(&[
        (
            "hugo.toml",
            "baseURL = 'https://post.example/'\ntitle = 'The Harbour Post'\ndefaultContentLanguage = 'en'\n\
             [permalinks]\nnews = '/:year/:month/:slug/'\n[languages.en]\nweight = 1\n[languages.ru]\nweight = 2\ntitle = 'Вести'\n",
        ),
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/about.md", "---\ntitle: About us\n---\nA page, and no article.\n"),
        ("content/news/Ferry.md", "---\ntitle: A Ferry, Late\ndate: 2026-11-20T08:00:00Z\n---\nText.\n"),
        ("content/news/Ferry.ru.md", "---\ntitle: Parom\ndate: 2026-11-20T08:00:00Z\n---\nText.\n"),
        ("content/reports/deep/2026-11-19-Tide/index.md", "---\ndate: 2026-11-19T08:00:00Z\n---\nText.\n"),
    ]);
    assert_permalinks(
        &site,
        &[
            ("content/news/Ferry.md", "https://post.example/2026/11/a-ferry-late/"),
            ("content/news/Ferry.ru.md", "https://post.example/ru/2026/11/parom/"),
            (
                "content/reports/deep/2026-11-19-Tide/index.md",
                "https://post.example/reports/deep/2026-11-19-tide/",
            ),
        ],
    );
}

#[test]
fn a_jekyll_site() {
    let site = Site::of(&[
        (
            "_config.yml",
            "title: The Harbour Post\nurl: https://post.example\nbaseurl: /sea\ntimezone: Europe/Riga\n",
        ),
        ("_posts/2026-11-20-Ferry-late.md", "---\ncategories: [News, Sea]\n---\nText.\n"),
        ("_posts/2026-11-19-tide.md", "---\nslug: low\n---\nText.\n"),
        ("about.md", "---\ntitle: About us\n---\nA page.\n"),
    ]);
    assert_permalinks(
        &site,
        &[
            ("_posts/2026-11-19-tide.md", "https://post.example/sea/2026/11/19/low.html"),
            (
                "_posts/2026-11-20-Ferry-late.md",
                "https://post.example/sea/news/sea/2026/11/20/Ferry-late.html",
            ),
        ],
    );
}

#[test]
fn a_jekyll_site_with_directories_as_categories() {
    let site = Site::of(&[
        ("_config.yml", "url: https://post.example\npermalink: /:categories/:title/\n"),
        ("_posts/2026-11-20-ferry.md", "Text.\n"),
        ("sea/_posts/2026-11-19-tide.md", "---\ncategories: [low]\n---\nText.\n"),
        ("README.md", "Not an article.\n"),
    ]);
    assert_permalinks(
        &site,
        &[
            ("_posts/2026-11-20-ferry.md", "https://post.example/ferry/"),
            ("sea/_posts/2026-11-19-tide.md", "https://post.example/sea/low/tide/"),
        ],
    );
    site.build(&[]).is_silent();
    assert!(site.path("feeds/sea/rss.xml").exists());
}

#[test]
fn a_zola_site() {
    let site = Site::of(&[
        ("config.toml", "base_url = 'https://post.example'\ntitle = 'The Harbour Post'\n[languages.ru]\n"),
        ("content/_index.md", "+++\n+++\n"),
        ("content/about.md", "+++\ntitle = 'About us'\n+++\nA page.\n"),
        ("content/news/2026-11-20-Späte Fähre.md", "+++\n+++\nText.\n"),
        ("content/news/2026-11-20-ferry.ru.md", "+++\n+++\nText.\n"),
    ]);
    assert_permalinks(
        &site,
        &[
            ("content/news/2026-11-20-Späte Fähre.md", "https://post.example/news/spate-fahre/"),
            ("content/news/2026-11-20-ferry.ru.md", "https://post.example/ru/news/ferry/"),
        ],
    );
}

#[test]
fn what_was_recognised_is_told() {
    let site = Site::of(&[
        ("_config.yml", "title: Post\npermalink: weekdate\n"),
        ("_posts/2026-11-20-ferry.md", "Text.\n"),
    ]);
    let run = site.feedmill(&["init", "--url", "https://post.example/"]);
    let expected = "\
recognised Jekyll from `_config.yml`
note: permalinks: `:week` has no counterpart and is left out
note: permalinks: `:short_day` has no counterpart and is left out
wrote feedmill.toml; found 1 article: 1 due
the newest article, `_posts/2026-11-20-ferry.md`, has the permalink https://post.example/2026/W/ferry.html
compare it with your site; `feedmill list --articles` shows the others
now run `feedmill build`
";
    assert_eq!((run.status, run.stderr.as_str()), (0, expected));
    let settings = site.read("feedmill.toml");
    assert!(settings.contains("# `:week` has no counterpart and is left out\n"), "{settings}");
}

#[test]
fn no_code_is_run_and_what_is_computed_is_told() {
    let site = Site::of(&[
        (
            "pelicanconf.py",
            "import os\nSITENAME = 'Post'\nSITEURL = os.environ['URL']\nPATH = 'content'\nopen('run', 'w')\n",
        ),
        ("content/ferry.md", "---\ntitle: Late\ndate: 2026-11-20\n---\nText.\n"),
    ]);
    let run = site.feedmill(&["init"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("`SITEURL` is computed; feedmill runs no code"), "{}", run.stderr);
    assert!(run.stderr.ends_with("set `url` in it, then run `feedmill build`\n"), "{}", run.stderr);
    assert!(!site.path("run").exists());
}

#[test]
fn hostile_configurations_end_in_words() {
    for (name, text) in [
        (
            "hugo.toml",
            "baseURL = 'javascript:alert(1)'\ntitle = \"a\\u0007\\nb\\u007f\"\ntimeZone = 'Nowhere'\n"
                .to_owned(),
        ),
        ("hugo.toml", "= =".to_owned()),
        ("_config.yml", format!("permalink: \"/{}\"\n", ":x{".repeat(50_000))),
        ("_config.yml", "permalink: /../../:title\ntitle: [1, 2]\nurl: {}\n".to_owned()),
        ("astro.config.mjs", "({[".repeat(100_000)),
        ("conf.py", format!("BLOG_TITLE = {}", "(".repeat(100_000))),
    ] {
        let site = Site::of(&[(name, &text), ("articles/a.md", "---\ndate: 2026-11-20\n---\nText.\n")]);
        let run = site.feedmill(&["init", "--articles", "articles", "--url", "https://post.example"]);
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
        site.build(&[]).is_silent();
    }
}
