//! `feedmill serve`, asked over loopback: what it answers, what it never answers, and that subscribers see nothing of it.

use crate::support::{NOW, Run, Site};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any machine needs.
const PATIENCE: Duration = Duration::from_secs(60);

const SETTINGS: &str = "[site]\nurl = 'https://post.example/'\ntitle = 'The Post'\n";

const FERRY: &str = "---\ntitle: The <b>ferry</b> & the \"gull\"\ndate: 2026-11-20\nauthors: Ann Lee\n\
    cover: quay.gif\n---\nIt is late. ![The quay](quay.gif)\n";

/// A picture that says how large it is, and no more.
const PICTURE: &[u8] = b"GIF89a\x40\x06\x84\x03\x00\x00\x00;";

fn newsroom() -> Site {
    let site = Site::of(&[
        ("feedmill.toml", SETTINGS),
        ("articles/en/news/ferry/index.md", FERRY),
        ("articles/en/news/bridge.md", "---\ntitle: The bridge\ndate: 2026-11-19\n---\nOpen again.\n"),
        ("tmp/.keep", ""),
    ]);
    site.write("articles/en/news/ferry/quay.gif", PICTURE);
    site
}

/// The program while it serves.
pub struct Preview {
    child: Child,
    address: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

fn command(site: &Site, port: &str, args: &[&str]) -> Command {
    let mut command = site.command(&[&["serve", "--port", port], args].concat());
    command.env("TMPDIR", site.path("tmp")).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Preview {
    fn of(site: &Site, args: &[&str]) -> Preview {
        Preview::begin(&mut command(site, "0", args))
    }

    fn begin(command: &mut Command) -> Preview {
        let mut child = command.spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix("/_feedmill/"));
        Preview { address: address.unwrap_or_else(|| panic!("{first:?}")).to_owned(), child }
    }

    pub fn now(site: &Site) -> Preview {
        Preview::of(site, &["--as-of", NOW])
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request += &format!("Host: {}\r\n", self.address);
        }
        headers.iter().for_each(|(name, value)| request += &format!("{name}: {value}\r\n"));
        stream.write_all(format!("{request}\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let (status, lines) = head.split_once("\r\n").unwrap();
        let pair =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        Answer {
            status: status.split(' ').nth(1).unwrap().parse().unwrap(),
            headers: lines.split("\r\n").filter_map(pair).collect(),
            body: answer[end + 4..].to_vec(),
        }
    }

    /// Asks as the page does whether another run was put up, until what it shows is as wanted.
    #[track_caller]
    fn shows(&self, path: &str, is_wanted: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let front = self.get("/_feedmill/").text();
            let found = self.get(path).text();
            if is_wanted(&found) {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "it never showed what was wanted: {found}");
            let run = front.split_once("data-run=\"").unwrap().1.split('"').next().unwrap();
            self.get(&format!("/_feedmill/changed?since={run}"));
        }
    }

    /// Ends it as Ctrl-C does.
    fn end(mut self) -> Run {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        Run { status: status.code().unwrap(), stdout: String::new(), stderr }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_serves_what_build_would_publish() {
    let site = newsroom();
    let preview = Preview::now(&site);
    let other = newsroom();
    other.build(&[]).is_silent();
    for (path, bytes) in other.tree("feeds") {
        let answer = preview.get(&format!("/feeds/{path}"));
        assert_eq!((answer.status, &answer.body), (200, &bytes), "{path}");
    }
    let kinds = [
        ("/feeds/en/rss.xml", "text/xml; charset=utf-8"),
        ("/feeds/atom.xml", "text/xml; charset=utf-8"),
        ("/feeds/feed.json", "application/feed+json"),
        ("/feeds/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/en/news/2026/11/ferry/quay.gif", "image/gif"),
        ("/_feedmill/", "text/html; charset=utf-8"),
        ("/_feedmill/style.css", "text/css; charset=utf-8"),
    ];
    for (path, kind) in kinds {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    let page = preview.get("/feeds/en");
    assert_eq!((page.status, page.header("location")), (307, "/feeds/en/"));
    assert!(preview.get("/feeds/en/").text().contains("The bridge"));
    let root = preview.get("/");
    assert_eq!((root.status, root.header("location")), (307, "/_feedmill/"));
    assert_eq!(preview.end().status, 0);
}

#[test]
fn conditions_ranges_and_variants() {
    let site = newsroom();
    site.build(&[]).is_silent();
    site.write("feeds/about.txt", "about");
    site.write("feeds/about.txt.gz", "compressed");
    site.write("feeds/en/index.html", "another hand's");
    let preview = Preview::now(&site);
    let (feed, whole) = ("/feeds/en/rss.xml", preview.get("/feeds/en/rss.xml"));
    let status = |name, value| preview.ask("GET", feed, &[(name, value)]).status;
    assert_eq!(status("If-None-Match", whole.header("etag")), 304);
    assert_eq!(status("If-None-Match", "\"other\""), 200);
    assert_eq!(status("If-Modified-Since", whole.header("last-modified")), 304);
    let head = preview.ask("HEAD", feed, &[]);
    assert_eq!(
        (head.status, head.header("content-length"), head.body.len()),
        (200, whole.header("content-length"), 0)
    );
    let part = preview.ask("GET", feed, &[("Range", "bytes=2-5")]);
    assert_eq!((part.status, part.body.as_slice()), (206, &whole.body[2..6]));
    assert_eq!(status("Range", "bytes=99999999-"), 416);
    let packed = preview.ask("GET", "/feeds/about.txt", &[("Accept-Encoding", "gzip")]);
    assert_eq!((packed.header("content-encoding"), packed.text().as_str()), ("gzip", "compressed"));
    assert_eq!(packed.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(preview.get("/feeds/about.txt").text(), "about");
    assert_eq!(preview.ask("POST", feed, &[]).status, 405);
    assert_eq!(preview.get("/feeds/en/").text(), "another hand's");
    assert!(preview.get("/_feedmill/").text().contains("warning[foreign-page]"));
}

#[test]
fn nothing_else_is_served() {
    let site = newsroom();
    site.build(&[]).is_silent();
    site.write("secret.jpg", PICTURE);
    site.write("articles/en/news/ferry/.hidden.jpg", PICTURE);
    site.write("articles/package.json", "{}");
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, site.path(name)).unwrap();
    link("../secret.jpg", "feeds/link.jpg");
    link("..", "feeds/up");
    link("../../../../secret.jpg", "articles/en/news/ferry/link.jpg");
    let preview = Preview::now(&site);
    for path in [
        "/feedmill.toml",
        "/feeds/../feedmill.toml",
        "/feeds/%2e%2e/feedmill.toml",
        "/feeds/..%2ffeedmill.toml",
        "/feeds/%2e%2e%2fsecret.jpg",
        "/feeds//feedmill.toml",
        "/feeds/link.jpg",
        "/feeds/up/secret.jpg",
        "/feeds/up/feedmill.toml",
        "/.feedmill/ledger.jsonl",
        "/feeds/.feedmill/ledger.jsonl",
        "/secret.jpg",
        "/../secret.jpg",
        "/en/news/2026/11/ferry/index.md",
        "/en/news/ferry/index.md",
        "/en/news/2026/11/ferry/.hidden.jpg",
        "/en/news/2026/11/ferry/link.jpg",
        "/package.json",
        "/feeds/en%00/rss.xml",
        "/%ff",
        "/_feedmill/nothing",
        "/_feedmill/feed?feed=nothing",
        "/_feedmill/entry?feed=all&id=nothing",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"] {
        assert_eq!(preview.ask("GET", "/feeds/rss.xml", &[("Host", host)]).status, 421, "{host}");
    }
    assert_eq!(preview.ask("GET", "/feeds/rss.xml", &[("Host", "localhost:1")]).status, 200);
    let origin = |origin| preview.ask("GET", "/feeds/rss.xml", &[("Origin", origin)]);
    let allowed = "access-control-allow-origin";
    assert_eq!(origin("https://evil.example").header(allowed), "");
    assert_eq!(origin("http://localhost:3000").header(allowed), "http://localhost:3000");
}

#[test]
fn subscribers_see_nothing_of_it() {
    let site = newsroom();
    site.build(&[]).is_silent();
    site.write("articles/en/news/gull.md", "---\ntitle: A gull\ndate: 2026-12-01\n---\nIt took a hat.\n");
    let before = site.tree("");
    let preview = Preview::of(&site, &["--as-of", "2026-12-02"]);
    assert!(preview.get("/feeds/en/news/rss.xml").text().contains("<title>A gull</title>"));
    let front = preview.get("/_feedmill/").text();
    assert!(front.contains("1 new, 0 updated, 0 withdrawn, 0 ids changed"), "{front}");
    let room = std::fs::read_dir(site.path("tmp")).unwrap().filter_map(Result::ok);
    assert_eq!(room.filter(|entry| entry.path().is_dir()).count(), 1);
    assert_eq!(preview.end().status, 0);
    assert_eq!(crate::support::difference(&before, &site.tree("")), "");
    // What was shown and not published is as new as before.
    let published = site.feedmill(&["build", "--as-of", "2026-12-02", "--dry-run"]);
    assert!(published.stdout.contains("1 new, 0 updated, 0 withdrawn"), "{}", published.stdout);
}

#[test]
fn what_a_real_run_publishes_is_new_no_more() {
    let site = newsroom();
    let preview = Preview::now(&site);
    assert!(preview.get("/_feedmill/").text().contains("2 new, 0 updated"));
    site.build(&[]).is_silent();
    preview.shows("/_feedmill/", |text| text.contains("0 new, 0 updated"));
}

#[test]
fn a_change_is_shown_and_a_fault_takes_nothing_away() {
    let site = newsroom();
    let preview = Preview::now(&site);
    let feed = "/feeds/en/news/feed.json";
    let first = preview.get(feed);
    site.write("articles/en/news/hat.md", "---\ntitle: A hat\ndate: 2026-11-21\ntilte: x\n---\nFound.\n");
    preview.shows(feed, |text| text.contains("A hat"));
    let status = |name, value: &str| preview.ask("GET", feed, &[(name, value)]).status;
    assert_eq!(status("If-None-Match", first.header("etag")), 200);
    assert_eq!(status("If-Modified-Since", first.header("last-modified")), 200);
    let front = preview.get("/_feedmill/").text();
    assert!(front.contains("no field is called `tilte`") && front.contains("hat.md:4:1"), "{front}");
    assert!(front.contains("did you mean `title`?"), "{front}");

    site.write("feedmill.toml", format!("{SETTINGS}titel = 'x'\n"));
    let front = preview.shows("/_feedmill/", |text| text.contains("The last run could not be done"));
    assert!(front.contains("feedmill.toml:4:1") && front.contains("unknown-setting"), "{front}");
    assert!(preview.get(feed).text().contains("A hat"), "the feeds are those of the run before");

    site.write("feedmill.toml", SETTINGS.replace("The Post", "The Mail"));
    preview.shows(feed, |text| text.contains("The Mail"));
    std::fs::remove_dir_all(site.path("articles")).unwrap();
    preview.shows("/_feedmill/", |text| text.contains("there is no directory"));
    site.write("articles/en/sport/race.md", "---\ntitle: A race\ndate: 2026-11-21\n---\nWon.\n");
    preview.shows("/feeds/rss.xml", |text| text.contains("A race"));
    assert_eq!(preview.get(feed).status, 404, "what is not made any more is gone");
    let run = preview.end();
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("articles/en/news/hat.md:4:1: warning[unknown-field]"), "{}", run.stderr);
    assert!(run.stderr.contains("  nothing was built, "), "{}", run.stderr);
}

#[test]
fn an_entry_is_shown_as_subscribers_get_it() {
    let site = newsroom();
    let preview = Preview::now(&site);
    let front = preview.get("/_feedmill/").text();
    let link = front.split("href=\"").find(|link| link.starts_with("entry?feed=all&amp;id=")).unwrap();
    let link = link.split('"').next().unwrap().replace("&amp;", "&");
    let page = preview.get(&format!("/_feedmill/{link}")).text();
    let plain = html_escape::decode_html_entities(&page).into_owned();
    for (path, source) in [
        ("rss.xml", ("<item>", "</item>")),
        ("atom.xml", ("<entry>", "</entry>")),
        ("feed.json", ("    {\n      \"id\"", "\n    }")),
    ] {
        let feed = preview.get(&format!("/feeds/{path}")).text();
        let start = feed.find(source.0).unwrap();
        let element = &feed[start..start + feed[start..].find(source.1).unwrap() + source.1.len()];
        assert!(plain.contains(element.trim_start()), "{path}: {element}\n{plain}");
    }
    assert_eq!(page.matches("<iframe ").count(), 3);
    assert!(!page.contains("allow-scripts") && !page.contains("<b>ferry</b>"), "{page}");
    let reader = html_escape::decode_html_entities(&page).into_owned();
    assert!(reader.contains("src=\"/en/news/2026/11/ferry/quay.gif\""), "pictures come from here: {reader}");
    let policy = preview.get("/_feedmill/").header("content-security-policy").to_owned();
    assert!(policy.starts_with("default-src 'self';"), "{policy}");
}

#[test]
fn what_cannot_begin_ends_with_2() {
    let site = newsroom();
    let preview = Preview::now(&site);
    let port = preview.address.rsplit(':').next().unwrap();
    let run = Run::of(command(&site, port, &[]).output().unwrap());
    let expected = format!(
        "error: port {port} of `127.0.0.1` is taken by another program\n  help: name another with `--port`, or let `--port 0` find one\n"
    );
    assert_eq!(run.fails_with(2), expected);
    let faulty = Site::of(&[("feedmill.toml", "titel = 3\n"), ("tmp/.keep", "")]);
    let run = Run::of(command(&faulty, "0", &[]).output().unwrap());
    assert!(run.fails_with(2).contains("there is no setting `titel` at the top"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert_eq!(std::fs::read_dir(faulty.path("tmp")).unwrap().count(), 1, "nothing is left");
}

#[test]
fn the_browser_is_opened_on_request() {
    let site = newsroom();
    site.write("bin/xdg-open", "#!/bin/sh\necho \"$1\" > opening\nmv opening opened\n");
    let opener = site.path("bin/xdg-open");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", site.path("bin").display(), std::env::var("PATH").unwrap());
    let preview = Preview::begin(command(&site, "0", &["--as-of", NOW, "--open"]).env("PATH", path));
    let begun = Instant::now();
    while !site.path("opened").exists() && begun.elapsed() < PATIENCE {
        preview.get("/_feedmill/");
    }
    assert_eq!(site.read("opened"), format!("http://{}/_feedmill/\n", preview.address));
}

#[test]
fn programs_are_told_in_lines_of_json() {
    let site = newsroom();
    let mut child = command(&site, "0", &["--json", "--as-of", NOW]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<serde_json::Value>(&lines.next().unwrap().unwrap()).unwrap();
    let (first, second) = (next(), next());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((first["type"].as_str(), second["type"].as_str()), (Some("rehearsal"), Some("serving")));
    assert_eq!((first["done"].as_bool(), first["errors"].as_u64()), (Some(true), Some(0)));
}
