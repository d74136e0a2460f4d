//! The sites of other generators: `feedmill init` as their owner would run it, then what feedmill makes
//! of them, and the addresses that the generator itself gives. `tests/sites/README.md` says more.

use crate::support::{NOW, Site, cases_in, diff, is_accepting, repository, tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A test for each site, named as its directory is, with `_` for `-`.
macro_rules! sites {
    ($($site:ident)*) => {
        const SITES: &[&str] = &[$(stringify!($site)),*];
        $(
            #[test]
            fn $site() {
                check(&stringify!($site).replace('_', "-"));
            }
        )*
    };
}

sites! { astro docusaurus eleventy folder hexo hugo hugo_suffix jekyll nikola pelican zola }

#[test]
fn every_directory_has_its_test() {
    assert_eq!(cases_in("tests/sites"), SITES, "name the site in the list at the top of sites.rs, in order");
}

fn check(name: &str) {
    let directory = repository("tests/sites").join(name);
    let site = Site::of(&[]);
    tree(&directory.join("site")).into_iter().for_each(|(path, bytes)| site.write(&path, bytes));

    // Without a generator's files one has to say where the articles are.
    let flags = fs::read_to_string(directory.join("flags")).unwrap_or_default();
    let init = site.feedmill(&["init"].into_iter().chain(flags.lines()).collect::<Vec<_>>());
    assert_eq!(init.status, 0, "{}", init.stderr);
    assert_permalinks(&site, &directory);

    let build = site.build(&[]);
    let found = [
        ("feedmill.toml", site.read("feedmill.toml")),
        ("init", init.stderr),
        ("build", format!("{}exit {}\n", build.stderr, build.status)),
        ("feed.json", site.read("feeds/feed.json")),
    ];
    let mut report = String::new();
    for (file, text) in found {
        let expected = directory.join(file);
        if is_accepting() {
            fs::write(expected, text).unwrap();
        } else {
            report += &diff(file, &fs::read(expected).unwrap_or_default(), text.as_bytes());
        }
    }
    assert!(report.is_empty(), "tests/sites/{name}:\n{report}");
}

/// The addresses are those of the generator, apart from those that `differs` gives a reason for.
fn assert_permalinks(site: &Site, directory: &Path) {
    let mut expected = pairs(&directory.join("permalinks"));
    for (path, rest) in pairs(&directory.join("differs")) {
        let (address, reason) = rest.split_once("  ").unwrap_or((&rest, ""));
        assert!(!reason.is_empty(), "{path} differs without a reason");
        let generators = expected.insert(path, address.to_owned());
        assert_ne!(generators.as_deref(), Some(address), "it does not differ");
    }
    let list = site.feedmill(&["list", "--articles", "--json", "--as-of", NOW]);
    let articles = list.events().into_iter().filter(|event| event["type"] == "article");
    let found: BTreeMap<String, String> = articles
        .map(|article| {
            let url = article["url"].as_str().unwrap();
            let path = url.splitn(4, '/').nth(3).unwrap();
            (article["path"].as_str().unwrap().to_owned(), format!("/{path}"))
        })
        .collect();
    let lines = |pairs: &BTreeMap<String, String>| {
        pairs.iter().map(|(path, address)| format!("{path}  {address}\n")).collect::<String>()
    };
    let report = diff("permalinks", lines(&expected).as_bytes(), lines(&found).as_bytes());
    assert!(report.is_empty(), "{}:\n{report}\n{}", directory.display(), list.stderr);
}

/// Lines of two texts with two blanks between them; none where there is no file.
fn pairs(file: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let pair = |line: &str| {
        let (first, second) = line.split_once("  ").unwrap_or_else(|| panic!("{line} has no address"));
        (first.to_owned(), second.to_owned())
    };
    text.lines().map(pair).collect()
}
