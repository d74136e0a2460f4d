//! Feeds that move, are renamed, become one or end: their subscribers lose nothing and are told nothing twice.

use crate::support::{Run, Site};
use serde_json::Value;
use std::fs;

const SITE: &str = "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\n";

/// The harbour's paper: two reports in English, one in Portuguese, and a piece of news.
fn site(settings: &str) -> Site {
    let site = Site::of(&[]);
    set(&site, settings);
    write(&site, "en/reports/ferry.md", "title: Why the ferry is late\npublished: 2026-11-01");
    write(&site, "en/reports/bridge.md", "title: Who paid for the bridge\npublished: 2026-11-02");
    write(&site, "pt/reports/balsa.md", "title: A balsa\npublished: 2026-11-03");
    write(&site, "en/news/seal.md", "title: A seal on pontoon C\npublished: 2026-11-04");
    site
}

fn set(site: &Site, settings: &str) {
    site.write("feedmill.toml", format!("{SITE}{settings}"));
}

fn write(site: &Site, path: &str, fields: &str) {
    let text =
        format!("---\n{fields}\n---\nWhat {path} has to say is long enough to know it again by its words.\n");
    site.write(&format!("articles/{path}"), text);
}

fn rename(site: &Site, from: &str, to: &str) {
    fs::create_dir_all(site.path(to).parent().unwrap()).unwrap();
    fs::rename(site.path(from), site.path(to)).unwrap();
}

/// The Atom id of a feed.
fn id(site: &Site, path: &str) -> String {
    let atom = site.read(&format!("feeds/{path}atom.xml"));
    atom.split_once("<id>").unwrap().1.split_once("</id>").unwrap().0.to_owned()
}

/// The ids of the entries of a feed, the newest first.
fn entries(site: &Site, path: &str) -> Vec<String> {
    let feed: Value = serde_json::from_str(&site.read(&format!("feeds/{path}feed.json"))).unwrap();
    feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// A feed is the same in both places, byte for byte.
#[track_caller]
fn is_one_feed(site: &Site, here: &str, there: &str) {
    for file in ["rss.xml", "atom.xml", "feed.json"] {
        let read = |path| site.read(&format!("feeds/{path}{file}"));
        assert_eq!(read(here), read(there), "{here} {there} {file}");
    }
}

/// A run in silence, after which another one changes nothing.
#[track_caller]
fn settles(site: &Site) {
    site.build(&[]).is_silent();
    let (feeds, ledger) = (site.tree("feeds"), site.read(".feedmill/ledger.jsonl"));
    site.build(&[]).is_silent();
    assert_eq!((site.tree("feeds"), site.read(".feedmill/ledger.jsonl")), (feeds, ledger));
}

/// What subscribers would hear of in the next run: new, updated, withdrawn.
fn heard(site: &Site) -> [u64; 3] {
    let events = site.build(&["--dry-run", "--json"]).events();
    let entries = &events.last().unwrap()["entries"];
    ["new", "updated", "withdrawn"].map(|kind| entries[kind].as_u64().unwrap())
}

#[track_caller]
fn first_line(run: &Run) -> &str {
    run.stderr.lines().next().unwrap_or_default()
}

#[test]
fn a_section_with_a_new_name_keeps_its_feeds() {
    let site = site("[sections.reports]\n");
    site.build(&[]).is_silent();
    let feeds = ["", "en/", "pt/"];
    let before = feeds
        .map(|scope| (id(&site, &format!("{scope}reports/")), entries(&site, &format!("{scope}reports/"))));
    for edition in ["en", "pt"] {
        rename(&site, &format!("articles/{edition}/reports"), &format!("articles/{edition}/analysis"));
    }
    set(&site, "[sections.analysis]\naliases = [\"reports\"]\n");
    assert_eq!(heard(&site), [0, 0, 0]);
    settles(&site);
    for (scope, before) in feeds.into_iter().zip(before) {
        let (here, there) = (format!("{scope}analysis/"), format!("{scope}reports/"));
        is_one_feed(&site, &here, &there);
        assert_eq!((id(&site, &here), entries(&site, &here)), before);
        let own_address = format!("href=\"https://post.example/feeds/{here}atom.xml\"");
        assert!(site.read(&format!("feeds/{there}atom.xml")).contains(&own_address), "{there}");
    }
    write(&site, "en/analysis/tide.md", "title: How high the tide was\npublished: 2026-11-05");
    settles(&site);
    is_one_feed(&site, "en/analysis/", "en/reports/");
    assert_eq!(entries(&site, "en/reports/").len(), 3, "it goes on");
    let known = site.tree("feeds");
    rename(&site, "articles/en/analysis", "articles/en/reports");
    set(&site, "[sections.reports]\naliases = [\"analysis\"]\n");
    settles(&site);
    is_one_feed(&site, "en/analysis/", "en/reports/");
    assert_eq!(id(&site, "en/reports/"), "https://post.example/feeds/en/reports/atom.xml");
    assert_eq!(site.tree("feeds").len(), known.len(), "and back again");
}

#[test]
fn articles_may_go_on_saying_the_former_name() {
    let site = site("[sections.analysis]\naliases = [\"reports\"]\n");
    write(&site, "en/harbour/tide.md", "title: The tide\npublished: 2026-11-05\nsection: Reports");
    write(
        &site,
        "en/harbour/log.md",
        "title: The log\npublished: 2026-11-06\ncategory: reports\nfeeds: [en/reports]",
    );
    settles(&site);
    assert_eq!(entries(&site, "en/analysis/").len(), 4);
    assert!(!site.path("feeds/en/reports").exists(), "nobody subscribed there");
    assert!(
        site.read("feeds/en/analysis/feed.json").contains("https://post.example/en/analysis/2026/11/ferry/")
    );
}

#[test]
fn a_new_name_that_the_settings_do_not_know_is_guessed_and_can_be_told_later() {
    let site = site("");
    site.build(&[]).is_silent();
    let (before, known) = (id(&site, "en/reports/"), site.read("feeds/en/reports/rss.xml"));
    rename(&site, "articles/en/reports", "articles/en/analysis");
    let run = site.feedmill(&["build", "--as-of", "2026-11-23T12:00:00Z"]);
    let told = run.fails_with(1).to_owned();
    let (message, help) = told.split_once('\n').unwrap();
    assert_eq!(
        message,
        "feedmill.toml:1:1: error[poorer-feed]: the feed `en/reports` would lose 2 of its 2 entries, so it stays as it was: they have the section `analysis` now"
    );
    assert!(
        help.starts_with("  help: if this is the new name of `reports`, write `aliases = [\"reports\"]` into `[sections.analysis]`; if it is another section, run `feedmill build --accept`"),
        "{help}"
    );
    assert_eq!(site.read("feeds/en/reports/rss.xml"), known);
    assert_ne!(id(&site, "en/analysis/"), before);
    set(&site, "[sections.analysis]\naliases = [\"reports\"]\n");
    settles(&site);
    is_one_feed(&site, "en/analysis/", "en/reports/");
    assert_eq!(id(&site, "en/analysis/"), before, "the feed that has been there longer goes on");
}

#[test]
fn an_edition_with_a_new_tag_keeps_its_feeds() {
    let site = site("[editions.en]\n[editions.pt]\n");
    site.build(&[]).is_silent();
    let before = ["pt/", "pt/reports/"].map(|path| (id(&site, path), entries(&site, path)));
    set(&site, "[editions.en]\n[editions.pt-BR]\naliases = [\"pt\"]\n[editions.pt-PT]\n");
    assert_eq!(heard(&site), [0, 0, 0]);
    settles(&site);
    rename(&site, "articles/pt", "articles/pt-br");
    settles(&site);
    for (before, path) in before.into_iter().zip(["", "reports/"]) {
        is_one_feed(&site, &format!("pt-BR/{path}"), &format!("pt/{path}"));
        assert_eq!((id(&site, &format!("pt-BR/{path}")), entries(&site, &format!("pt-BR/{path}"))), before);
    }
    // In one step, and with too few words to be known by.
    site.write("articles/pt-br/reports/foca.md", "---\ntitle: A\npublished: 2026-11-02\n---\nB.\n");
    settles(&site);
    let before_step = entries(&site, "pt/");
    rename(&site, "articles/pt-br", "articles/por");
    set(&site, "[editions.en]\n[editions.por]\naliases = [\"pt-BR\", \"pt\"]\n[editions.pt-PT]\n");
    assert_eq!(heard(&site), [0, 0, 0]);
    settles(&site);
    assert_eq!(entries(&site, "por/"), before_step);
    is_one_feed(&site, "por/reports/", "pt/reports/");
}

#[test]
fn authors_and_tags_get_tables_and_new_names() {
    let by = "[feeds]\nby = [\"all\", \"author\", \"edition+tag\"]\n";
    let site = site(by);
    write(
        &site,
        "en/news/tide.md",
        "title: The tide\npublished: 2026-11-05\nauthors: [Wilma Tarrow]\ntags: [ice]",
    );
    site.build(&[]).is_silent();
    let before = [id(&site, "authors/wilma-tarrow/"), id(&site, "en/tags/ice/")];
    let tables = "[authors.wilma]\nname = \"Wilma Renn\"\naliases = [\"Wilma Tarrow\"]\n[tags.sea-ice]\naliases = [\"ice\"]\n";
    set(&site, &format!("{tables}{by}"));
    assert_eq!(heard(&site), [0, 0, 0]);
    settles(&site);
    is_one_feed(&site, "authors/wilma/", "authors/wilma-tarrow/");
    is_one_feed(&site, "en/tags/sea-ice/", "en/tags/ice/");
    assert_eq!([id(&site, "authors/wilma/"), id(&site, "en/tags/sea-ice/")], before);
    // Whom the registry calls so needs no alias.
    let site = self::site(by);
    write(&site, "en/news/tide.md", "title: The tide\npublished: 2026-11-05\nauthors: [Ines Falk]");
    site.build(&[]).is_silent();
    set(&site, &format!("[authors.ines]\nname = \"Ines Falk\"\n{by}"));
    settles(&site);
    is_one_feed(&site, "authors/ines/", "authors/ines-falk/");
}

#[test]
fn sections_become_one() {
    let site = site("[feeds]\nby = [\"section\"]\n");
    write(&site, "en/studies/mud.md", "title: What is in the mud\npublished: 2026-11-05");
    write(&site, "en/studies/fog.md", "title: Fog, counted\npublished: 2026-11-06");
    site.build(&[]).is_silent();
    let (reports, fog) = (id(&site, "reports/"), entries(&site, "studies/")[0].clone());
    let settings = "[sections.reports]\naliases = [\"studies\"]\n[feeds]\nby = [\"section\"]\n";
    set(&site, settings);
    assert_eq!(heard(&site), [5, 0, 0], "what one of the two did not have");
    fs::remove_file(site.path("articles/en/studies/fog.md")).unwrap();
    settles(&site);
    is_one_feed(&site, "reports/", "studies/");
    assert_eq!((id(&site, "reports/"), entries(&site, "reports/").len()), (reports, 4));
    let tombstone = format!("<at:deleted-entry ref=\"{fog}\"");
    assert!(site.read("feeds/studies/atom.xml").contains(&tombstone), "those of both are told");
}

#[test]
fn an_id_of_a_feed_is_never_given_away() {
    let site = site("");
    site.build(&[]).is_silent();
    let before = id(&site, "reports/");
    rename(&site, "articles/en/reports", "articles/en/analysis");
    rename(&site, "articles/pt/reports", "articles/pt/analysis");
    set(&site, "[sections.analysis]\naliases = [\"reports\"]\n");
    site.build(&[]).is_silent();
    set(&site, "[sections.analysis]\n");
    write(&site, "en/reports/tide.md", "title: The tide\npublished: 2026-11-05");
    let run = site.build(&[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(
        first_line(&run),
        "feedmill.toml:1:1: warning[taken-path]: the feed `en/reports` takes the place of the feed `en/analysis`: `en/reports/atom.xml`"
    );
    settles(&site);
    assert_eq!(id(&site, "analysis/"), before);
    assert_eq!(id(&site, "reports/"), format!("{before}#reports"));
    assert_eq!(entries(&site, "reports/").len(), 1);
    is_one_feed(&site, "pt/analysis/", "pt/reports/");
}

#[test]
fn a_place_that_two_feeds_had_goes_on_with_the_later_one() {
    let site = site("");
    site.build(&[]).is_silent();
    rename(&site, "articles/en/reports", "articles/en/analysis");
    rename(&site, "articles/pt/reports", "articles/pt/analysis");
    set(&site, "[sections.analysis]\naliases = [\"reports\"]\n");
    site.build(&[]).is_silent();
    set(&site, "[sections.analysis]\n");
    write(&site, "en/reports/tide.md", "title: The tide\npublished: 2026-11-05");
    site.build(&[]);
    rename(&site, "articles/en/reports", "articles/en/studies");
    set(&site, "[sections.analysis]\n[sections.studies]\naliases = [\"reports\"]\n");
    let run = site.build(&[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    is_one_feed(&site, "studies/", "reports/");
    is_one_feed(&site, "en/studies/", "en/reports/");
    settles(&site);
}

#[test]
fn a_row_of_feeds_that_ends_is_told_before_and_until_its_files_are_gone() {
    let site = site("[feeds]\nby = [\"all\", \"edition+section\"]\n");
    site.build(&[]).is_silent();
    let before = id(&site, "en/reports/");
    set(&site, "[feeds]\nby = [\"all\"]\n");
    let known = site.tree("feeds/en");
    let run = site.build(&["--dry-run", "-v"]);
    let left: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("would leave ")).collect();
    assert_eq!(left.len(), 9, "{}", run.stderr);
    assert_eq!(left[0], "would leave feeds/en/news/atom.xml");
    let run = site.build(&["--dry-run"]);
    assert!(run.stdout.ends_with("\n9 files would stay behind\n"), "{}", run.stdout);
    let told = "feeds/en/news/atom.xml:1:1: warning[ended-feed]: the feed is not written here any more, and readers still get what it held last\n  help: write `edition+section` into `feeds.by` again; or delete the file, and let the server answer 410 (Gone)\n  also in feeds/en/news/feed.json:1:1, feeds/en/news/rss.xml:1:1, feeds/en/reports/atom.xml:1:1 and 5 more\n";
    assert!(run.stderr.starts_with(told), "{}", run.stderr);
    let run = site.build(&[]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.starts_with(told), "{}", run.stderr);
    assert_eq!(site.tree("feeds/en"), known, "nothing is deleted, nothing is touched");
    for edition in ["en", "pt"] {
        fs::remove_dir_all(site.path(&format!("feeds/{edition}"))).unwrap();
    }
    settles(&site);
    set(&site, "[feeds]\nby = [\"all\", \"edition+section\"]\n");
    settles(&site);
    assert_eq!(id(&site, "en/reports/"), before);
}

#[test]
fn a_feed_that_comes_back_is_newer_for_what_it_lost_meanwhile() {
    let both = "[feeds]\nby = [\"all\", \"section\"]\n";
    let site = site(both);
    site.build(&[]).is_silent();
    let updated = |site: &Site| {
        let atom = site.read("feeds/news/atom.xml");
        atom.split_once("<updated>").unwrap().1.split_once('<').unwrap().0.to_owned()
    };
    assert_eq!(updated(&site), "2026-11-04T00:00:00Z");
    write(&site, "en/news/gull.md", "title: A gull\npublished: 2026-11-03");
    site.build(&[]).is_silent();
    set(&site, "[feeds]\nby = [\"all\"]\n");
    for name in ["seal", "gull"] {
        fs::remove_file(site.path(&format!("articles/en/news/{name}.md"))).unwrap();
    }
    assert_eq!(site.build(&[]).status, 0);
    set(&site, both);
    site.feedmill(&["build", "--as-of", "2026-11-23T12:00:00Z"]).is_silent();
    assert_eq!(updated(&site), crate::support::NOW);
    assert!(site.read("feeds/news/atom.xml").contains("<at:deleted-entry "));
    settles(&site);
}

#[test]
fn a_feed_that_comes_back_has_room_for_what_is_newer() {
    let both = "[feeds]\nlimit = 3\nby = [\"all\", \"section\"]\n";
    let site = site(both);
    site.build(&[]).is_silent();
    set(&site, "[feeds]\nlimit = 3\nby = [\"all\"]\n");
    for day in 5..9 {
        write(
            &site,
            &format!("en/reports/day-{day}.md"),
            &format!("title: Day {day}\npublished: 2026-11-0{day}"),
        );
    }
    assert_eq!(site.build(&[]).status, 0);
    set(&site, both);
    settles(&site);
    let id = |day| format!("tag:post.example,2026-11-0{day}:en/day-{day}");
    assert_eq!(entries(&site, "reports/"), [8, 7, 6].map(id));
}

#[test]
fn a_format_that_ends_is_told() {
    let site = site("[feeds]\nby = [\"all\"]\n");
    site.build(&[]).is_silent();
    set(&site, "[feeds]\nby = [\"all\"]\nformats = [\"rss\"]\n");
    let told = |file: &str, format: &str| {
        format!(
            "feeds/{file}:1:1: warning[ended-feed]: the feed is not written here any more, and readers still get what it held last\n  help: write `{format}` into `feeds.formats` again; or delete the file, and let the server answer 410 (Gone)\n"
        )
    };
    let json = told("feed.json", "json");
    assert_eq!(site.build(&[]).stderr, format!("{}{json}", told("atom.xml", "atom")));
    fs::remove_file(site.path("feeds/atom.xml")).unwrap();
    assert_eq!(site.build(&[]).stderr, json);
}

#[test]
fn feeds_that_are_served_elsewhere_keep_their_ids_and_shows_their_guids() {
    let podcast = "[sections.reports.podcast]\ncategories = [\"News\"]\nexplicit = false\nimage = \"/a.png\"\nowner = { email = \"desk@post.example\" }\ndescription = \"Reports\"\n";
    let site = site(podcast);
    site.write("articles/a.png", "");
    let guid = |site: &Site, path: &str| {
        let rss = site.read(&format!("feeds/{path}rss.xml"));
        rss.split_once("<podcast:guid>").unwrap().1.split_once('<').unwrap().0.to_owned()
    };
    site.build(&[]);
    let before = (id(&site, "en/reports/"), guid(&site, "en/reports/"), entries(&site, "en/reports/"));
    let moved = "feeds_url = \"https://feeds.example/post/\"\n";
    set(&site, &format!("{moved}{podcast}[feeds]\npath = \"all/{{edition}}/{{section}}/{{file}}\"\n"));
    assert_eq!(heard(&site), [0, 0, 0]);
    site.build(&[]);
    let after =
        (id(&site, "all/en/reports/"), guid(&site, "all/en/reports/"), entries(&site, "all/en/reports/"));
    assert_eq!(after, before);
    is_one_feed(&site, "all/en/reports/", "en/reports/");
    let rss = site.read("feeds/en/reports/rss.xml");
    assert!(rss.contains("href=\"https://feeds.example/post/all/en/reports/rss.xml\" rel=\"self\""), "{rss}");
    fs::remove_dir_all(site.path(".feedmill")).unwrap();
    site.build(&[]);
    assert_eq!(
        (id(&site, "en/reports/"), guid(&site, "en/reports/")),
        (before.0, before.1),
        "without the ledger"
    );
    let own = "917393e3-1b1e-5cef-ace4-edaa54e1f810";
    set(&site, &format!("{moved}{podcast}guid = {{ en = \"{own}\" }}\n"));
    site.build(&[]);
    assert_eq!(guid(&site, "en/reports/"), own, "a person knows better");
}

#[test]
fn former_places_are_listed() {
    let site = site("[feeds]\nby = [\"section\"]\nformats = [\"rss\", \"json\"]\n");
    site.build(&[]).is_silent();
    set(
        &site,
        "[sections.analysis]\naliases = [\"reports\"]\n[feeds]\nby = [\"section\"]\nformats = [\"rss\", \"json\"]\n",
    );
    let run = site.feedmill(&["list", "--as-of", crate::support::NOW, "--json"]);
    let feeds = run.events();
    assert_eq!(feeds[0]["section"], "analysis");
    let aliases = serde_json::json!({
        "rss": ["https://post.example/feeds/reports/rss.xml"],
        "json": ["https://post.example/feeds/reports/feed.json"],
    });
    assert_eq!(feeds[0]["aliases"], aliases);
    assert_eq!(feeds[1]["aliases"], serde_json::json!({}));
    let text = site.feedmill(&["list", "--as-of", crate::support::NOW]).stdout;
    assert!(text.contains("\n      also  https://post.example/feeds/reports/rss.xml\n"), "{text}");
}

#[test]
fn a_name_cannot_be_both_former_and_present() {
    let site = site("[sections.reports]\n[sections.analysis]\naliases = [\"reports\"]\n");
    assert_eq!(
        site.build(&[]).fails_with(2),
        "feedmill.toml:7:12: error[bad-settings]: the section `reports` is still there, so `analysis` cannot be its new name\n    7 | aliases = [\"reports\"]\n      |            ^^^^^^^^^\n  help: delete the alias, or the table of `reports`\n"
    );
}
