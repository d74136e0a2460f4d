//! The index: what it spares, and that whatever becomes of it changes nothing. `model` compares every run of its
//! newsrooms with one that remembers nothing.

use crate::support::{Site, difference};
use feedmill::index::Index;
use feedmill::ledger::Ledger;
use feedmill::newsroom::{Extent, Fingerprint, Listing, MediaSource, MemoryNewsroom, Newsroom};
use feedmill::publication::{Publication, Still, compose};
use feedmill::settings::{Settings, read};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::sync::Mutex;
use std::thread::sleep;
use std::time::Duration;

const SETTINGS: &str = "[pages]\npublish = false\n[site]\nurl = \"https://post.example/\"\n[feeds]\nformats = [\"atom\"]\nlimit = 3\n";

fn article(title: &str, day: u32) -> String {
    format!("---\ntitle: {title}\npublished: 2026-11-{day:02}\n---\nNobody on the quay had expected it.\n")
}

/// A newsroom that notes which files are read.
#[derive(Default)]
struct Watched {
    newsroom: MemoryNewsroom,
    heads: Mutex<BTreeSet<String>>,
    wholes: Mutex<BTreeSet<String>>,
}

impl Watched {
    fn read_since(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let [heads, wholes] =
            [&self.heads, &self.wholes].map(|read| std::mem::take(&mut *read.lock().unwrap()));
        (heads, wholes)
    }
}

impl Newsroom for Watched {
    fn list(&self) -> Listing {
        self.newsroom.list()
    }

    fn read(&self, path: &str, extent: Extent) -> io::Result<Vec<u8>> {
        let read = if extent == Extent::Head { &self.heads } else { &self.wholes };
        read.lock().unwrap().insert(path.to_owned());
        self.newsroom.read(path, extent)
    }

    fn has(&self, path: &str) -> bool {
        self.newsroom.has(path)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn MediaSource>> {
        self.wholes.lock().unwrap().insert(path.to_owned());
        self.newsroom.open(path)
    }

    fn fingerprint(&self, path: &str) -> Fingerprint {
        self.newsroom.fingerprint(path)
    }
}

/// The program without a disk: its index knows what lies in the output directory.
#[derive(Default)]
struct Mill {
    ledger: Ledger,
    index: Index,
    output: BTreeMap<String, Vec<u8>>,
}

impl Mill {
    fn index(&self) -> Index {
        let left = |path: &str| self.output.get(path).map(|bytes| Fingerprint::of_bytes(bytes));
        self.index.clone().with_outputs(left)
    }

    fn run(&mut self, newsroom: &Watched) -> Publication {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let publication = compose(newsroom, &settings(), &self.ledger, &self.index(), now).unwrap();
        self.ledger = publication.ledger.clone();
        self.output.extend(publication.files.iter().map(|file| (file.path.clone(), file.bytes.clone())));
        let left = self.output.iter().map(|(path, bytes)| (path.clone(), Fingerprint::of_bytes(bytes)));
        self.index = publication.index.clone().leaving(left);
        publication
    }

    fn is_still(&self, newsroom: &Watched) -> bool {
        let now = "2026-11-22T12:05:00Z".parse().unwrap();
        let (listing, promised) = (newsroom.list(), self.ledger.digest());
        Still::of(&listing, newsroom, &settings(), &promised, &self.index(), now).is_some()
    }
}

fn settings() -> Settings {
    read("feedmill.toml", SETTINGS, &Default::default()).unwrap()
}

/// Four articles of News and four of Sport, two of which link to other files.
fn newsroom() -> Watched {
    let mut newsroom = Watched::default();
    for day in 1..=4 {
        for section in ["news", "sport"] {
            newsroom.newsroom.files.insert(
                format!("en/{section}/day-{day}.md"),
                article(&format!("{section} of day {day}"), day).into(),
            );
        }
    }
    let linked =
        article("With a picture", 21) + "![The ferry](ferry.png) and [the harbour](../news/day-2.md).\n";
    newsroom.newsroom.files.insert("en/sport/picture.md".to_owned(), linked.into());
    newsroom
}

fn settled() -> (Watched, Mill) {
    let (newsroom, mut mill) = (newsroom(), Mill::default());
    mill.run(&newsroom);
    mill.run(&newsroom);
    newsroom.read_since();
    (newsroom, mill)
}

fn written(publication: &Publication) -> Vec<&str> {
    let files = publication.files.iter().map(|file| file.path.as_str());
    files.filter(|path| !path.ends_with(".opml")).collect()
}

#[test]
fn where_nothing_has_changed_no_article_is_opened() {
    let (newsroom, mill) = settled();
    assert!(mill.is_still(&newsroom));
    assert_eq!(newsroom.read_since(), Default::default());
}

#[test]
fn where_one_article_has_changed_it_is_read_and_the_feeds_that_show_it_are_made() {
    let (mut newsroom, mut mill) = settled();
    newsroom.newsroom.files.insert("en/news/day-4.md".to_owned(), article("It has a title", 4).into());
    assert!(!mill.is_still(&newsroom));
    newsroom.read_since();
    let publication = mill.run(&newsroom);
    let (heads, wholes) = newsroom.read_since();
    assert_eq!(heads.into_iter().collect::<Vec<_>>(), ["en/news/day-4.md"]);
    assert_eq!(written(&publication), ["atom.xml", "en/atom.xml", "en/news/atom.xml", "news/atom.xml"]);
    let lists = ["feeds.opml", "en/feeds.opml"].map(str::to_owned);
    let standing = publication.standing_files.iter().filter(|path| !lists.contains(path));
    let standing: BTreeSet<&str> = standing.map(String::as_str).collect();
    assert_eq!(standing, BTreeSet::from(["en/sport/atom.xml", "sport/atom.xml"]));
    assert!(!wholes.contains("en/sport/day-1.md"), "no feed shows it");
}

#[test]
fn where_an_article_that_no_feed_shows_has_changed_no_feed_is_made() {
    let (mut newsroom, mut mill) = settled();
    newsroom.newsroom.files.insert("en/news/day-1.md".to_owned(), article("An old title", 1).into());
    let publication = mill.run(&newsroom);
    assert_eq!(written(&publication), [""; 0]);
    assert_eq!(newsroom.read_since().1, BTreeSet::new());
}

#[test]
fn what_an_article_links_to_counts_like_itself() {
    let sport = ["atom.xml", "en/atom.xml", "en/sport/atom.xml", "sport/atom.xml"];
    let (mut newsroom, mut mill) = settled();
    newsroom.newsroom.files.insert("en/sport/ferry.png".to_owned(), b"a picture".to_vec());
    assert!(!mill.is_still(&newsroom));
    assert_eq!(written(&mill.run(&newsroom)), sport, "the picture is there now");
    let moved = article("It has another page", 2).replace("published", "slug: harbour\npublished");
    newsroom.newsroom.files.insert("en/news/day-2.md".to_owned(), moved.into());
    let publication = mill.run(&newsroom);
    assert!(sport.iter().all(|path| written(&publication).contains(path)), "the link leads elsewhere now");
    let feed = String::from_utf8(mill.output["sport/atom.xml"].clone()).unwrap();
    assert!(feed.contains("harbour/"), "{feed}");
}

#[test]
fn a_feed_that_somebody_changed_is_made_again() {
    let (newsroom, mut mill) = settled();
    mill.output.insert("sport/atom.xml".to_owned(), b"by hand".to_vec());
    assert!(!mill.is_still(&newsroom));
    assert_eq!(written(&mill.run(&newsroom)), ["sport/atom.xml"]);
}

fn site() -> Site {
    let site = Site::of(&[("feedmill.toml", SETTINGS)]);
    for (path, text) in newsroom().newsroom.files {
        site.write(&format!("articles/{path}"), text);
    }
    site
}

#[test]
fn whatever_becomes_of_the_file_changes_nothing() {
    let site = site();
    // Of younger files the index does not say whether they have changed.
    sleep(Duration::from_millis(2_100));
    site.build(&[]);
    let index = fs::read(site.path(".feedmill/index")).unwrap();
    let mut damaged: Vec<Vec<u8>> =
        vec![Vec::new(), b"another file".to_vec(), [&index[..], b"more"].concat()];
    damaged.extend((0..index.len()).step_by(index.len() / 12).map(|length| index[..length].to_vec()));
    for place in (0..index.len()).step_by(index.len() / 40) {
        let mut bytes = index.clone();
        bytes[place] ^= 0x11;
        damaged.push(bytes);
    }
    for (number, bytes) in damaged.into_iter().enumerate() {
        // A changed title has to come through, whatever the index says.
        let title = format!("The title of round {number}");
        site.write("articles/en/news/day-4.md", article(&title, 4));
        site.write(".feedmill/index", bytes);
        site.build(&[]);
        let feeds = site.tree("feeds");
        assert!(String::from_utf8_lossy(&feeds["news/atom.xml"]).contains(&title), "{number}");
        fs::remove_file(site.path(".feedmill/index")).unwrap();
        site.build(&[]);
        assert_eq!(difference(&site.tree("feeds"), &feeds), "", "{number}");
    }
    let feeds = site.tree("feeds");
    fs::remove_file(site.path(".feedmill/index")).unwrap();
    fs::create_dir(site.path(".feedmill/index")).unwrap();
    site.build(&[]);
    assert_eq!(difference(&feeds, &site.tree("feeds")), "", "nothing can be written there");
}

#[test]
fn a_change_of_an_old_file_is_seen() {
    let site = site();
    // The times of a file do not tell what happens to it in one tick of the disk's clock.
    sleep(Duration::from_millis(2_100));
    site.build(&[]);
    site.build(&[]);
    let path = "articles/en/news/day-4.md";
    let modified = fs::metadata(site.path(path)).unwrap().modified().unwrap();
    site.write(path, article("news of day 9", 4));
    let file = fs::File::options().write(true).open(site.path(path)).unwrap();
    file.set_modified(modified).unwrap();
    site.build(&[]);
    assert!(fs::read_to_string(site.path("feeds/news/atom.xml")).unwrap().contains("news of day 9"));
}

#[test]
fn it_can_lie_elsewhere_or_nowhere() {
    let site = site();
    site.write("feedmill.toml", format!("{SETTINGS}[articles]\nindex = false\n"));
    site.build(&[]);
    assert!(!site.path(".feedmill/index").exists());
    site.write("feedmill.toml", format!("{SETTINGS}[articles]\nindex = \"cache/post.index\"\n"));
    site.build(&[]);
    assert!(site.path("cache/post.index").is_file() && !site.path(".feedmill/index").exists());
}
