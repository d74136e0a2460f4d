//! What only members may read is in nothing that is published or said, wherever in an article it stands.

use crate::support::{NOW, Site};

/// Every place that belongs to members holds one of two words: `Secretword` in what people read,
/// `secretfile` in addresses.
const FRONT_MATTER: &str = "\
published: 2026-11-20
language: en
access: members
tags: [boats]
cover: { src: https://post.example/boat.jpg, alt: A boat }
corrections:
  - { date: 2026-11-21, text: Secretword of a correction. }
audio: { src: https://post.example/secretfile.mp3, type: audio/mpeg, length: 1000, title: Secretword to hear }
video: { src: https://post.example/secretfile.mp4, type: video/mp4, length: 1000, title: Secretword to see }
enclosure: { src: https://post.example/secretfile.pdf, type: application/pdf, length: 1000, title: Secretword to keep }
transcript: https://post.example/secretfile.vtt
chapters: https://post.example/secretfile.json
episode: { number: 7, transcript: https://post.example/secretfile-7.vtt, chapters: https://post.example/secretfile-7.json }
";

const BODY: &str = "\
# Secretword of a heading

Secretword of a lead with a [link](https://post.example/secretfile/ \"Secretword\").

<!--more-->

![Secretword of a picture](https://post.example/secretfile.png \"Secretword of a title\")

<figure><img src=\"https://post.example/secretfile-2.png\" alt=\"\"><figcaption>Secretword of a caption</figcaption></figure>

<audio src=\"https://post.example/secretfile-2.mp3\" title=\"Secretword\"></audio>
<video src=\"https://post.example/secretfile-2.mp4\" poster=\"https://post.example/secretfile-3.png\"></video>

> Secretword of a quotation.[^1]

| Secretword |
|---|
| of a table |

    Secretword of code

[^1]: Secretword of a note.
";

fn site(feeds: &str) -> Site {
    let settings = format!(
        "[site]\nurl = 'https://post.example/'\n[feeds]\nby = ['all', 'edition', 'section', 'edition+section', 'author', 'tag']\n\
         media = 'content'\nreading_time = true\n{feeds}"
    );
    let article = |more: &str| format!("---\n{more}{FRONT_MATTER}---\n{BODY}");
    let own_words = "title: Titled\nsummary: What everybody may know.\nauthor: Ines Falk\n";
    Site::of(&[
        ("feedmill.toml", &settings),
        ("articles/en/club/written.md", &article(own_words)),
        ("articles/en/club/bare.md", &article("")),
        ("articles/en/club/bare.de.md", &article("").replace("language: en", "language: de")),
        ("articles/en/news/bare-too.md", &article("")),
        (
            "articles/en/news/page.html",
            "<html><head><meta name='date' content='2026-11-20'><meta name='access' content='members'></head>\
          <body><article><h1>Public</h1><p>Everybody reads this one.</p></article></body></html>",
        ),
        (
            "articles/en/news/public.md",
            "---\ntitle: Public\npublished: 2026-11-19\n---\nEverybody reads this, and [that](bare-too.md).\n",
        ),
    ])
}

/// Every file and every answer in which one of the words stands.
fn leaks(site: &Site) -> Vec<String> {
    site.build(&[]).is_silent();
    let is_secret = |text: &str| text.to_lowercase().contains("secretword") || text.contains("secretfile");
    let files = [site.tree("feeds"), site.tree(".feedmill")];
    // The articles as they were, and the names of all files, lie where the articles lie, and nobody serves them.
    let is_of_articles = |path: &str| path.starts_with("last-good/") || path == "index";
    let files = files.iter().flatten().filter(|(path, _)| !is_of_articles(path));
    let files = files.filter(|(_, bytes)| is_secret(&String::from_utf8_lossy(bytes)));
    let mut leaks: Vec<String> = files.map(|(path, _)| path.clone()).collect();
    for command in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--articles"],
        &["list", "--articles", "--json"],
        &["check", "-v"],
        &["check", "-v", "--json"],
        &["build", "-v"],
        &["build", "--dry-run", "--json", "-v"],
    ] {
        let run = site.feedmill(&[command, &["--as-of", NOW]].concat());
        if is_secret(&run.stdout) || is_secret(&run.stderr) {
            leaks.push(command.join(" "));
        }
    }
    leaks
}

#[test]
fn nothing_leaks() {
    for feeds in ["", "members = 'summary'", "members = 'out'", "content = 'summary'", "max_bytes = 2000"] {
        assert_eq!(leaks(&site(feeds)), [""; 0], "{feeds}");
    }
}

#[test]
fn the_feeds_that_show_all_share_it_with_no_other() {
    let club = "[[feeds.where]]\nsection = 'club'\nmembers = 'full'\n";
    assert_eq!(
        leaks(&site(club)),
        ["club", "de/club", "en/club"]
            .map(|feed| ["atom.xml", "feed.json", "rss.xml"].map(|file| format!("{feed}/{file}")))
            .concat()
    );
}
