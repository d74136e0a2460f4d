//! Follows the links of archives: every article is met once, and a document holds as many as it should.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::feeds::{ENTRY_LIMIT, JsonFeed};
use crate::tree::Tree;

/// How many entries a document has when the settings do not say.
const DOCUMENT_ENTRIES: usize = 50;

/// So many entries a feed may show besides its newest, because they were corrected lately.
pub const MOST_CORRECTED: usize = ENTRY_LIMIT / 5;

/// Goes from a feed to the oldest document of its archive.
pub fn expect_all(tree: &Tree, feed: &str, json: &JsonFeed, articles: usize) -> Result<(), String> {
    let directory = tree.site.join("feeds").join(feed);
    let newest = articles / DOCUMENT_ENTRIES;
    let mut met: BTreeSet<u64> = BTreeSet::new();
    let mut next = json.next_url().map(str::to_owned);
    for number in (1..=newest).rev() {
        let path = format!("archive/{number}/feed.json");
        let leads = next.as_ref().is_some_and(|address| address.ends_with(&path));
        if !leads {
            return Err(format!("nothing leads to `{path}` of the feed `{feed}`"));
        }
        let document = JsonFeed::read(directory.join(path))?;
        document.expect_entries(DOCUMENT_ENTRIES)?;
        for id in document.ids() {
            if !met.insert(hash(id)) {
                return Err(format!("`{id}` stands in two documents of the feed `{feed}`"));
            }
        }
        next = document.next_url().map(str::to_owned);
    }
    met.extend(json.ids().map(hash));
    match met.len() == articles && next.is_none() {
        true => Ok(()),
        false => Err(format!("{} articles are met in `{feed}`, expected {articles}", met.len())),
    }
}

/// Of a hundred thousand ids only this is kept: the benchmark has to stay smaller than what it measures.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The feed of whose archive a document lies in this folder.
pub fn feed_of_document(folder: &str) -> Option<&str> {
    let (archive, number) = folder.rsplit_once('/')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let feed = archive.strip_suffix("archive").filter(|_| is_number)?;
    (feed.is_empty() || feed.ends_with('/')).then(|| feed.trim_end_matches('/'))
}
