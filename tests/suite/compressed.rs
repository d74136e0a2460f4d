//! Compressed variants: they lie beside their files and are in step with them, whatever becomes of either.

use crate::support::Site;
use feedmill::compress::Encoding;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::time::{Duration, SystemTime};

const SITE: &str = "[site]\nurl = \"https://post.example/\"\n[feeds]\nby = [\"all\", \"section\"]\n";
const ALL: &str = "compress = [\"gzip\", \"brotli\", \"zstd\"]";

fn site(output: &str) -> Site {
    let site = Site::of(&[]);
    set(&site, output);
    write(&site, "news/ferry.md", "The ferry has a new horn", 20);
    write(&site, "reports/crane.md", "A night in the crane", 19);
    site
}

fn set(site: &Site, output: &str) {
    site.write("feedmill.toml", format!("{SITE}[output]\n{output}\n"));
}

fn write(site: &Site, path: &str, title: &str, day: u32) {
    let text = format!(
        "---\ntitle: {title}\npublished: 2026-11-{day}\n---\nThe gulls have moved to the other pier.\n"
    );
    site.write(&format!("articles/{path}"), text);
}

fn restored(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut restored = Vec::new();
    match path.rsplit('.').next().unwrap() {
        "gz" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut restored).unwrap(),
        "br" => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut restored).unwrap(),
        "zst" => zstd::stream::read::Decoder::new(bytes).unwrap().read_to_end(&mut restored).unwrap(),
        other => panic!("{other}"),
    };
    restored
}

/// The file that a path is a variant of.
fn file_of(path: &str) -> Option<&str> {
    Encoding::ALL.iter().find_map(|encoding| path.strip_suffix(encoding.ending()))
}

/// Inode and time of every file.
fn stamps(site: &Site) -> BTreeMap<String, (u64, i64, i64)> {
    let stamp = |path: String| {
        let file = fs::metadata(site.path(&format!("feeds/{path}"))).unwrap();
        (path, (file.ino(), file.mtime(), file.mtime_nsec()))
    };
    site.tree("feeds").into_keys().map(stamp).collect()
}

/// Every file has these variants, and they are those of its bytes, its time and its mode.
#[track_caller]
fn in_step(site: &Site, endings: &[&str]) {
    let tree = site.tree("feeds");
    let files: Vec<&String> = tree.keys().filter(|path| file_of(path).is_none()).collect();
    assert!(files.len() > 9 && tree.len() == files.len() * (1 + endings.len()), "{:?}", tree.keys());
    let metadata = |path: &str| fs::metadata(site.path(&format!("feeds/{path}"))).unwrap();
    for file in files {
        for ending in endings {
            let path = format!("{file}{ending}");
            assert_eq!(restored(&path, &tree[&path]), tree[file], "{path}");
            let (variant, file) = (metadata(&path), metadata(file));
            assert_eq!((variant.mtime(), variant.mtime_nsec()), (file.mtime(), file.mtime_nsec()), "{path}");
            assert_eq!((variant.mode(), variant.uid()), (file.mode(), file.uid()), "{path}");
        }
    }
}

const ENDINGS: &[&str] = &[".gz", ".br", ".zst"];

#[test]
fn every_file_has_its_variants_and_a_second_run_touches_none() {
    let site = site(ALL);
    site.build(&[]).is_silent();
    in_step(&site, ENDINGS);
    let first = stamps(&site);
    for _ in 0..2 {
        site.build(&[]).is_silent();
        assert_eq!(stamps(&site), first);
        // The second time round nobody remembers anything.
        fs::remove_file(site.path(".feedmill/index")).unwrap();
    }
}

#[test]
fn they_change_with_their_file_and_grow_younger_with_it() {
    let site = site(ALL);
    site.build(&[]).is_silent();
    let future = SystemTime::now() + Duration::from_secs(86_400);
    for path in site.tree("feeds").keys().filter(|path| path.starts_with("rss.xml")) {
        let file = File::options().write(true).open(site.path(&format!("feeds/{path}"))).unwrap();
        file.set_modified(future).unwrap();
    }
    fs::set_permissions(site.path("feeds/feed.json"), fs::Permissions::from_mode(0o640)).unwrap();
    let before = stamps(&site);
    write(&site, "news/ferry.md", "The ferry has lost its horn", 20);
    site.build(&[]).is_silent();
    in_step(&site, ENDINGS);
    let after = stamps(&site);
    // Of pages only some of what they show has changed.
    let is_feed =
        |path: &&String| !path.contains(".html") && !path.contains(".css") && !path.contains(".js.");
    for path in before.keys().filter(is_feed).filter(|path| !path.ends_with(".js")) {
        let [(_, then, _), (_, now, _)] = [before[path], after[path]];
        let is_about = !path.starts_with("reports/");
        assert_eq!(now > then, is_about && !path.contains("opml"), "{path}: {then} {now}");
        assert_eq!(before[path] != after[path], is_about && !path.contains("opml"), "{path}");
    }
    assert_eq!(fs::metadata(site.path("feeds/feed.json.br")).unwrap().mode() & 0o777, 0o640);
}

#[test]
fn one_that_is_gone_or_changed_is_made_again_and_its_file_stays() {
    let site = site(ALL);
    site.build(&[]).is_silent();
    let (tree, before) = (site.tree("feeds"), stamps(&site));
    fs::remove_file(site.path("feeds/news/rss.xml.gz")).unwrap();
    site.write("feeds/reports/atom.xml.br", "by hand");
    fs::remove_file(site.path("feeds/feeds.opml.zst")).unwrap();
    let said = site.build(&["-v"]);
    let made: Vec<&str> = said.stderr.lines().filter(|line| line.contains("feeds/")).collect();
    let expected = [
        "created feeds/feeds.opml.zst",
        "created feeds/news/rss.xml.gz",
        "replaced feeds/reports/atom.xml.br",
    ];
    assert_eq!(made, expected, "{}", said.stderr);
    in_step(&site, ENDINGS);
    assert_eq!(site.tree("feeds"), tree);
    let others = |mut stamps: BTreeMap<String, (u64, i64, i64)>| {
        stamps.retain(|path, _| made.iter().all(|line| !line.ends_with(path)));
        stamps
    };
    assert_eq!(others(stamps(&site)), others(before));
}

#[test]
fn what_is_switched_off_is_removed_and_nothing_else() {
    let site = site(ALL);
    site.build(&[]).is_silent();
    let with_all = site.tree("feeds");
    // Somebody else compresses as well, and a link is somebody's.
    let foreign = Encoding::Gzip.compress(b"another text");
    site.write("feeds/rss.xml.gz", &foreign);
    fs::remove_file(site.path("feeds/news/rss.xml.zst")).unwrap();
    symlink("../rss.xml.zst", site.path("feeds/news/rss.xml.zst")).unwrap();
    set(&site, "compress = [\"brotli\"]");
    site.build(&[]).is_silent();
    let mut expected = with_all.clone();
    expected.retain(|path, _| !path.ends_with(".gz") && !path.ends_with(".zst"));
    assert_eq!(site.read("feeds/rss.xml").len(), expected["rss.xml"].len());
    expected.insert("rss.xml.gz".to_owned(), foreign);
    assert_eq!(site.tree("feeds"), expected);
    assert!(site.path("feeds/news/rss.xml.zst").is_symlink());

    set(&site, "");
    // In the run in which a file changes its old variants go as well.
    write(&site, "news/ferry.md", "The ferry has lost its horn", 20);
    site.build(&[]).is_silent();
    let left: Vec<String> = site.tree("feeds").into_keys().filter(|path| file_of(path).is_some()).collect();
    assert_eq!(left, ["rss.xml.gz"]);
}

#[test]
fn a_feed_that_stays_as_it_was_keeps_its_variants() {
    let site = site(ALL);
    for number in 1..=6 {
        write(&site, &format!("news/day-{number}.md"), &format!("Day {number}"), 10 + number);
    }
    site.build(&[]).is_silent();
    let before = site.tree("feeds");
    for number in 1..=6 {
        fs::remove_file(site.path(&format!("articles/news/day-{number}.md"))).unwrap();
    }
    site.build(&[]).fails_with(1);
    let after = site.tree("feeds");
    assert_eq!(after.get("news/rss.xml.gz"), before.get("news/rss.xml.gz"));
    in_step(&site, ENDINGS);
}

#[test]
fn an_ended_feed_is_told_as_long_as_a_variant_is_left() {
    let site = site(ALL);
    let only_all = SITE.replace(", \"section\"", "");
    site.write("feedmill.toml", format!("{only_all}[output]\n{ALL}\n"));
    site.build(&[]).is_silent();
    site.write("feedmill.toml", format!("{only_all}formats = [\"atom\", \"json\"]\n[output]\n{ALL}\n"));
    let told = site.build(&[]).fails_with(0).to_owned();
    assert!(told.contains("feeds/rss.xml:1:1: warning[ended-feed]"), "{told}");
    fs::remove_file(site.path("feeds/rss.xml")).unwrap();
    let told = site.build(&[]).fails_with(0).to_owned();
    assert!(told.contains("feeds/rss.xml.gz:1:1: warning[ended-feed]"), "{told}");
    for ending in ENDINGS {
        fs::remove_file(site.path(&format!("feeds/rss.xml{ending}"))).unwrap();
    }
    let told = site.build(&[]).fails_with(0).to_owned();
    assert!(!told.contains("feeds/rss.xml"), "{told}");
}

#[test]
fn documents_of_archives_have_them_too() {
    let site = site(ALL);
    let settings = "archive = true\narchive_entries = 2\nlimit = 1\n";
    site.write("feedmill.toml", format!("{SITE}{settings}[output]\n{ALL}\n"));
    for number in 1..=6 {
        write(&site, &format!("news/day-{number}.md"), &format!("Day {number}"), 10 + number);
    }
    site.build(&[]).is_silent();
    assert!(site.path("feeds/news/archive/1/atom.xml.br").is_file());
    in_step(&site, ENDINGS);
    let before = stamps(&site);
    site.build(&[]).is_silent();
    assert_eq!(stamps(&site), before);
    fs::remove_file(site.path("feeds/news/archive/1/atom.xml.br")).unwrap();
    site.build(&[]).is_silent();
    in_step(&site, ENDINGS);
}

#[test]
fn a_dry_run_writes_none() {
    let site = site(ALL);
    assert_eq!(site.build(&["--dry-run"]).status, 0);
    assert_eq!(site.tree("feeds").len(), 0);
}

#[test]
fn a_page_of_somebody_else_is_not_hidden_behind_an_old_variant() {
    let site = site(ALL);
    site.build(&[]).is_silent();
    assert!(site.path("feeds/index.html.br").is_file());
    site.write("feeds/index.html", "<!doctype html><title>Ours</title>\n");
    let file = File::options().write(true).open(site.path("feeds/index.html")).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(5)).unwrap();
    site.build(&["--quiet"]);
    let left = site.tree("feeds").into_keys().filter(|path| path.starts_with("index.html"));
    assert_eq!(left.collect::<Vec<_>>(), ["index.html"]);
}

#[test]
fn the_variants_of_a_page_of_somebody_else_stay() {
    let site = site(ALL);
    let page = "<!doctype html><p>Our feeds, made by feedmill.</p>\n";
    site.write("feeds/index.html", page);
    for encoding in Encoding::ALL {
        let path = format!("feeds/index.html{}", encoding.ending());
        site.write(&path, encoding.compress(page.as_bytes()));
        let variant = File::options().write(true).open(site.path(&path)).unwrap();
        variant.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
    }
    site.build(&["--quiet"]);
    let left = site.tree("feeds").into_keys().filter(|path| path.starts_with("index.html"));
    assert_eq!(left.collect::<Vec<_>>(), ["index.html", "index.html.br", "index.html.gz", "index.html.zst"]);
    assert_eq!(site.read("feeds/index.html"), page);
}
