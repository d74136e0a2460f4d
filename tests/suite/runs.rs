//! Where a run writes and who else is running: links, other disks, what is read-only, two runs at the same instant.
//! `tests/crash/` ends runs halfway.

use crate::support::{NOW, Run, Site, difference};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Stdio;

const SETTINGS: &str = "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\n[feeds]\nby = [\"all\", \"edition\"]\n";
const BRIDGE: &str = "---\ntitle: The bridge\npublished: 2026-11-20T08:00:00Z\n---\nIt is open.\n";
const MOST: &str = "---\ntitle: Мост\npublished: 2026-11-20T09:00:00Z\n---\nОн открыт.\n";

fn site() -> Site {
    Site::of(&[
        ("feedmill.toml", SETTINGS),
        ("articles/en/news/bridge.md", BRIDGE),
        ("articles/ru/news/most.md", MOST),
    ])
}

/// Publishes, changes an article and publishes again: the feeds in `directory` are replaced, and nothing else is there.
fn replaces_feeds_in(site: &Site, directory: &Path) {
    site.build(&[]).is_silent();
    let names = || {
        let mut names: Vec<_> = fs::read_dir(directory)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.retain(|name| !directory.join(name).is_dir());
        names.sort();
        names
    };
    let expected = ["atom.xml", "feed.json", "feeds.opml", "rss.xml"];
    assert_eq!(names(), expected);
    let before = fs::metadata(directory.join("atom.xml")).unwrap();
    site.write("articles/en/news/bridge.md", BRIDGE.replace("open", "closed"));
    site.build(&[]).is_silent();
    assert_eq!(names(), expected);
    assert!(fs::read_to_string(directory.join("atom.xml")).unwrap().contains("closed"));
    assert!(fs::metadata(directory.join("atom.xml")).unwrap().mtime() > before.mtime());
}

#[test]
fn the_output_directory_may_be_a_link() {
    let site = site();
    fs::create_dir_all(site.path("web/feeds")).unwrap();
    symlink("web/feeds", site.path("feeds")).unwrap();
    replaces_feeds_in(&site, &site.path("web/feeds"));
    assert!(site.path("feeds").is_symlink());
}

#[test]
fn the_output_or_an_edition_may_lie_on_another_disk() {
    let site = site();
    let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else { return };
    if fs::metadata(site.path("articles")).unwrap().dev() == fs::metadata(elsewhere.path()).unwrap().dev() {
        return; // the tests' own directory is there
    }
    fs::create_dir(elsewhere.path().join("en")).unwrap();
    fs::create_dir(site.path("feeds")).unwrap();
    symlink(elsewhere.path().join("en"), site.path("feeds/en")).unwrap();
    replaces_feeds_in(&site, &elsewhere.path().join("en"));

    site.write("articles/en/news/bridge.md", BRIDGE);
    fs::remove_dir_all(site.path("feeds")).unwrap();
    symlink(elsewhere.path(), site.path("feeds")).unwrap();
    replaces_feeds_in(&site, elsewhere.path());
}

#[test]
fn a_feed_that_is_read_only_is_replaced_and_stays_so() {
    let site = site();
    site.build(&[]).is_silent();
    fs::set_permissions(site.path("feeds/atom.xml"), Permissions::from_mode(0o444)).unwrap();
    site.write("articles/en/news/bridge.md", BRIDGE.replace("open", "closed"));
    site.build(&[]).is_silent();
    assert!(site.read("feeds/atom.xml").contains("closed"));
    assert_eq!(fs::metadata(site.path("feeds/atom.xml")).unwrap().mode() & 0o777, 0o444);
}

#[test]
fn a_directory_that_is_read_only_stops_the_run_before_the_first_feed() {
    let site = site();
    site.build(&[]).is_silent();
    let before = site.tree("feeds");
    let closed = Permissions::from_mode(0o555);
    fs::set_permissions(site.path("feeds/ru"), closed).unwrap();
    if File::create(site.path("feeds/ru/probe")).is_ok() {
        return; // root may write everywhere
    }
    site.write("articles/en/news/bridge.md", BRIDGE.replace("open", "closed"));
    site.write("articles/ru/news/most.md", MOST.replace("открыт", "закрыт"));
    let expected = "\
error: cannot write `feeds/ru/atom.xml`: permission denied
  help: run feedmill as the user that may write `feeds/ru/atom.xml` and its directory
";
    assert_eq!(site.build(&[]).fails_with(2), expected);
    assert_eq!(site.tree("feeds"), before);
    fs::set_permissions(site.path("feeds/ru"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn of_two_runs_at_the_same_instant_one_works_and_the_other_names_it() {
    let site = site();
    for number in 0..200 {
        site.write(&format!("articles/en/news/bridge-{number}.md"), BRIDGE);
    }
    site.build(&[]).is_silent();
    let expected = site.tree("feeds");
    // They miss each other where one is held up for longer than the other takes.
    for _ in 0..20 {
        fs::remove_dir_all(site.path("feeds")).unwrap();
        let runs = [(); 2].map(|()| {
            let mut command = site.command(&["build", "--as-of", NOW]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        });
        let pids = runs.each_ref().map(|run| run.id());
        let [one, other] = runs.map(|run| Run::of(run.wait_with_output().unwrap()));
        assert_eq!(difference(&expected, &site.tree("feeds")), "");
        let (worked, refused, holder) = match (one.status, other.status) {
            (0, 0) => continue,
            (0, _) => (one, other, pids[0]),
            _ => (other, one, pids[1]),
        };
        worked.is_silent();
        let expected = format!(
            "error: another run holds the lock `.feedmill/lock` (pid {holder})\n  help: let it finish, or end it with `kill {holder}`: the lock goes with it\n"
        );
        assert_eq!(refused.fails_with(2), expected);
        return;
    }
    panic!("they missed each other twenty times");
}
