//! What `feedmill kit` prints for each server. `tests/servers` starts the servers with it.

use crate::support::{NOW, Run, Site, diff, is_accepting, repository};
use std::fs;

const SERVERS: [&str; 3] = ["nginx", "caddy", "apache"];
const ROOT: &str = "/srv/news/feeds";

#[track_caller]
fn assert_golden(name: &str, found: &str) {
    let path = format!("tests/suite/kit/{name}");
    if is_accepting() {
        fs::create_dir_all(repository("tests/suite/kit")).unwrap();
        return fs::write(repository(&path), found).unwrap();
    }
    let report = diff(&path, &fs::read(repository(&path)).unwrap_or_default(), found.as_bytes());
    assert!(report.is_empty(), "{report}");
}

/// What is printed, and nothing besides.
#[track_caller]
fn printed(site: &Site, args: &[&str]) -> String {
    let run = kit(site, args);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{args:?}");
    run.stdout
}

fn kit(site: &Site, args: &[&str]) -> Run {
    site.feedmill(&[&["kit", "--as-of", NOW], args].concat())
}

#[test]
fn for_the_sample() {
    let site = Site::copy_of(&repository(""), &["articles", "feedmill.toml"]);
    for server in SERVERS {
        let text = printed(&site, &[server, "--output-root", ROOT]);
        assert_golden(&format!("sample.{server}"), &text);
    }
    assert!(!site.path("feeds").exists() && !site.path(".feedmill").exists(), "it writes nothing");
}

/// A newsroom of which everything that can be hard to say is true: sections of every script, feeds that moved and that ended,
/// articles that were elsewhere.
fn nasty(feeds_url: &str) -> Site {
    let site = Site::of(&[]);
    let settings = |by: &str, more: &str| {
        site.write(
            "feedmill.toml",
            format!(
                "[site]\nurl = 'https://post.example/'\nfeeds_url = '{feeds_url}'\n[feeds]\nby = [{by}]\nformats = ['rss', 'json']\n\
                 limit = 1\narchive = true\narchive_entries = 1\n[output]\ncompress = ['gzip', 'brotli', 'zstd']\n{more}"
            ),
        );
    };
    let article = |path: &str, day: u32, more: &str| {
        let text =
            format!("---\ntitle: The tide of day {day}\npublished: 2026-11-{day}\n{more}\n---\nHigh.\n");
        site.write(&format!("articles/{path}"), text);
    };
    let aliases = r#"aliases: ["/old/tide/", "/старый путь.html", "/a \"b\" $c {d} `e`", "/en/news/2026/11/flood/", "https://other.example/tide/", "/tide/?page=2", "/a%0Ab/", "/%FF/"]"#;
    article("en/news/tide.md", 10, aliases);
    article("en/news/flood.md", 11, "aliases: /old/tide/");
    for (number, section) in ["репортажи", "أخبار", "新闻", "C++ & $ {co}", "a'b\"c"].iter().enumerate()
    {
        article(&format!("en/{section}/piece-{number}.md"), 12 + u32::try_from(number).unwrap(), "");
    }
    settings("'section', 'edition'", "");
    site.build(&["--quiet"]).is_silent();
    fs::rename(site.path("articles/en/репортажи"), site.path("articles/en/анализ")).unwrap();
    settings("'section'", "[sections.\"анализ\"]\naliases = ['репортажи']\n");
    site.build(&["--quiet"]).is_silent();
    site
}

#[test]
fn for_names_of_every_script() {
    let site = nasty("/ленты (1) \"x\" $y/");
    for server in SERVERS {
        let text = printed(&site, &[server, "--output-root", "/srv/ленты и \"слова\""]);
        assert_golden(&format!("nasty.{server}"), &text);
    }
}

#[test]
fn former_pages_of_articles() {
    let site = nasty("/feeds/");
    for server in SERVERS {
        assert_golden(&format!("aliases.{server}"), &printed(&site, &[server, "--aliases"]));
    }
}

#[test]
fn the_root_of_a_host_of_its_own() {
    let site = Site::of(&[
        (
            "feedmill.toml",
            "[site]\nurl = 'https://post.example/'\nfeeds_url = 'https://feeds.post.example/'\n",
        ),
        ("articles/en/news/tide.md", "---\ndate: 2026-11-10\n---\nHigh.\n"),
    ]);
    for server in SERVERS {
        let text = printed(&site, &[server, "--output-root", "/srv/feeds/"]);
        assert_golden(&format!("host.{server}"), &text);
    }
}

#[test]
fn the_output_directory_is_where_it_is_here() {
    let site = Site::of(&[
        ("feedmill.toml", "[site]\nurl = 'https://post.example/'\n[output]\ndirectory = 'out/feeds'\n"),
        ("articles/en/news/tide.md", "---\ndate: 2026-11-10\n---\nHigh.\n"),
    ]);
    fs::create_dir(site.path("out")).unwrap();
    let root = site.path("out").canonicalize().unwrap();
    let text = printed(&site, &["nginx"]);
    assert!(text.contains(&format!("    alias \"{}/feeds/\";\n", root.display())), "{text}");
}

#[test]
fn what_a_server_cannot_be_told() {
    let site = nasty("/feeds/");
    let said = |args: &[&str]| kit(&site, args).fails_with(2).to_owned();
    let help =
        "\n  help: choose another directory with `--output-root`, or another path with `site.feeds_url`\n";
    let cannot = |root: &str, server: &str| {
        format!("error: `{root}` cannot be written in a configuration of {server}{help}")
    };
    assert_eq!(said(&["nginx", "--output-root", "/srv/$x"]), cannot("/srv/$x/", "nginx"));
    assert_eq!(said(&["caddy", "--output-root", "/srv/{x}"]), cannot("/srv/{x}", "Caddy"));
    assert_eq!(said(&["apache", "--output-root", "/srv/${x}"]), cannot("/srv/${x}/", "Apache"));
    assert_eq!(said(&["apache", "--output-root", "/srv/a*"]), cannot("/srv/a*/", "Apache"));
    assert_eq!(
        said(&["nginx", "--output-root", "feeds"]),
        "error: `--output-root` is no path from the root on: `feeds`\n  help: name it as it is on the server, such as `/srv/news/feeds`\n"
    );
}
