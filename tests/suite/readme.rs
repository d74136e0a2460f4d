//! The README and the pages in `docs/` do what they say: commands run, samples become what is shown, examples
//! have no faults.

use crate::support::{Site, repository, repository_text};
use feedmill::settings::{Overrides, read};
use std::fs;

/// The text of the fenced block that follows a line.
#[track_caller]
fn block_after(readme: &str, line: &str) -> String {
    let mut lines = readme.lines().skip_while(|found| *found != line).skip(1);
    let fence = lines.next().unwrap_or_else(|| panic!("the README has no line `{line}`"));
    assert!(fence.starts_with("```"), "a fenced block follows `{line}`");
    lines.take_while(|found| *found != "```").map(|found| format!("{found}\n")).collect()
}

/// The arguments of the indented commands that start so, without the remarks behind them.
fn commands<'r>(readme: &'r str, start: &str) -> Vec<Vec<&'r str>> {
    let commands = readme.lines().filter_map(|line| line.strip_prefix("    ")?.strip_prefix(start));
    commands.map(|line| line.split('#').next().unwrap_or_default().split_whitespace().collect()).collect()
}

#[test]
fn the_commands_of_a_clone_run_there() {
    let readme = repository_text("README.md");
    let commands = commands(&readme, "cargo run --release -- ");
    assert!(!commands.is_empty());
    let site = Site::copy_of(&repository(""), &["articles", "feedmill.toml"]);
    for args in commands {
        site.feedmill(&args).is_silent();
    }
}

#[test]
fn the_commands_for_an_existing_directory_run_there() {
    let readme = repository_text("README.md");
    let commands = commands(&readme, "feedmill ");
    assert!(!commands.is_empty());
    let site = Site::of(&[
        ("hugo.toml", "baseURL = 'https://example.org/'\n"),
        ("content/posts/2026-11-20-bridge.md", "The bridge is open.\n"),
    ]);
    for args in commands {
        let run = site.feedmill(&args);
        assert_eq!(run.status, 0, "feedmill {}: {}", args.join(" "), run.stderr);
    }
}

#[test]
fn the_sample_becomes_the_item_beside_it() {
    let readme = repository_text("README.md");
    let article = block_after(&readme, "<!-- sample: articles/en/news/harbour-seal.md -->");
    let item = block_after(&readme, "<!-- becomes: en/news/rss.xml item -->");
    let settings = block_after(&readme, "<!-- settings -->");
    let site = Site::of(&[("feedmill.toml", &settings), ("articles/en/news/harbour-seal.md", &article)]);
    site.write("articles/en/news/seal.jpg", "a photograph");
    site.build(&[]).is_silent();
    let flat = |text: &str| text.lines().map(|line| format!("{}\n", line.trim())).collect::<String>();
    let feed = flat(&site.read("feeds/en/news/rss.xml"));
    assert!(feed.contains(&flat(&item)), "the README shows\n{item}\nbut feedmill makes\n{feed}");
}

#[test]
fn the_message_is_what_check_says() {
    let message = block_after(&repository_text("README.md"), "<!-- message -->");
    let article = "---\ntitle: The ferry is late\npublished: 2026-13-01\n---\nIt waits for the tide.\n";
    let settings = "[site]\nurl = \"https://post.example/\"\n";
    let site = Site::of(&[("feedmill.toml", settings), ("articles/en/news/ferry.md", article)]);
    assert_eq!(site.feedmill(&["check"]).fails_with(1), message);
}

#[test]
fn the_quick_start_runs_beside_the_sample() {
    let readme = repository_text("README.md");
    let article = block_after(&readme, "<!-- sample: articles/en/news/harbour-seal.md -->");
    let site = Site::of(&[("articles/en/news/harbour-seal.md", &article)]);
    let commands = block_after(&readme, "<!-- quick start -->");
    for command in commands.lines() {
        let words = command.split('#').next().unwrap_or_default().split_whitespace();
        let args: Vec<&str> = words.skip(1).collect();
        let run = site.feedmill(&args);
        assert_eq!(run.status, 0, "{command}: {}", run.stderr);
    }
    assert!(site.path("feeds/en/news/rss.xml").exists());
}

#[test]
fn the_settings_by_example_are_settings() {
    for (page, count) in
        [("README.md", 2), ("docs/settings.md", 6), ("docs/podcasts.md", 1), ("docs/autodiscovery.md", 1)]
    {
        let text = repository_text(page);
        let blocks: Vec<&str> =
            text.split("```toml\n").skip(1).filter_map(|block| block.split("```").next()).collect();
        assert_eq!(blocks.len(), count, "{page}");
        for block in blocks {
            if let Err(faults) = read(page, block, &Overrides::default()) {
                panic!("{page}: {faults:#?}");
            }
        }
    }
}

/// A picture, a show's picture and a recording that stand for those of the examples.
const FILES: [(&str, &str); 4] = [
    ("seal.jpg", "articles/media/harbour-dusk.jpg"),
    ("bell.png", "articles/media/soundings.png"),
    ("bell.mp3", "tests/cases/enclosures/articles/bell.mp3"),
    ("two-notes.m4a", "tests/cases/enclosures/articles/media/horn.m4a"),
];

fn put(site: &Site, name: &str, path: &str) {
    let (_, from) = FILES.iter().find(|(file, _)| *file == name).unwrap();
    site.write(path, fs::read(repository(from)).unwrap());
}

#[test]
fn the_podcast_by_example_is_what_directories_want() {
    let page = repository_text("docs/podcasts.md");
    let folder = "articles/en/soundings/two-notes";
    let article = block_after(&page, &format!("<!-- episode: {folder}/index.md -->"));
    let site = Site::of(&[
        ("feedmill.toml", &block_after(&page, "<!-- show -->")),
        (&format!("{folder}/index.md"), &article),
        (&format!("{folder}/transcript.vtt"), "WEBVTT\n"),
    ]);
    put(&site, "two-notes.m4a", &format!("{folder}/two-notes.m4a"));
    put(&site, "bell.png", "articles/media/soundings.png");
    site.feedmill(&["check"]).is_silent();
    site.build(&[]).is_silent();
    assert!(site.read("feeds/en/soundings/rss.xml").contains("<itunes:episode>2</itunes:episode>"));
}

#[test]
fn the_fields_by_example_are_fields() {
    let page = repository_text("docs/articles.md");
    let blocks = page.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
    let settings = block_after(&repository_text("docs/podcasts.md"), "<!-- show -->");
    let registry = "[authors.ines]\nname = \"Ines Falk\"\n";
    let article = format!(
        "---\ntitle: The bell\npublished: 2026-11-20\n{}---\nIt rings.\n",
        blocks.collect::<String>()
    );
    let site = Site::of(&[
        ("feedmill.toml", &format!("{settings}\n{registry}")),
        ("articles/en/soundings/bell/index.md", &article),
        ("articles/en/soundings/bell/bell.vtt", "WEBVTT\n"),
        ("articles/en/soundings/bell/bell.json", "{}"),
        ("articles/en/soundings/bell/tides.pdf", "%PDF-1.4\n"),
    ]);
    for name in ["seal.jpg", "bell.png", "bell.mp3"] {
        put(&site, name, &format!("articles/en/soundings/bell/{name}"));
    }
    put(&site, "bell.png", "articles/media/soundings.png");
    site.feedmill(&["check"]).is_silent();
}

#[test]
fn the_exit_codes_are_those_of_the_help() {
    let help = Site::of(&[]).feedmill(&["--help"]).stdout;
    let (_, codes) = help.split_once("Exit codes:\n").unwrap();
    let readme = repository_text("README.md");
    for code in codes.lines() {
        assert!(readme.lines().any(|line| line.trim() == code.trim()), "the README does not say `{code}`");
    }
}
