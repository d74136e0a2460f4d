//! What an article stands beside: where it appeared first, its comments, articles that belong to it.

use super::Reading;
use crate::address::Address;
use crate::article::Related;
use crate::article::addresses::page_at;
use crate::article::fields::{Field, Found};
use crate::context::{Comments, Source};
use crate::diagnostic::Code;
use crate::syntax::{Map, Node, Value};
use crate::text;

/// More belong to no article.
const MOST_RELATED: usize = 50;

const TITLES: &[&str] = &["title", "name", "text", "label"];
const URLS: &[&str] = &["url", "link", "href", "page", "path"];
const FEEDS: &[&str] = &["feed", "rss", "atom"];

impl<'a> Reading<'a> {
    /// A field that says something. Yes and no are switches of generators.
    pub(super) fn said(&self, field: Field) -> Option<Found<'a>> {
        self.fields.all(field).find(|found| found.flag().is_none())
    }

    /// Where the article appeared first: a map, an address, or who published it.
    pub(super) fn source(&mut self) -> Option<Source> {
        let found = self.said(Field::Source)?;
        self.tell_illegal(found.node);
        let node = match &found.node.value {
            Value::List(items) => items.first()?,
            _ => found.node,
        };
        let told = self.diagnostics.len();
        let source = match &node.value {
            Value::Map(map) => Source {
                title: line(map, TITLES).map(|(title, _)| title),
                url: self.page_in(map, URLS, &found),
                feed: self.page_in(map, FEEDS, &found),
            },
            Value::Text(said) if said.contains("://") => {
                Source { title: None, url: self.page(said, node, &found), feed: None }
            }
            // Hugo's and Hexo's `original: ../ferry.md` names a file, and nobody.
            Value::Text(said) if !said.trim().starts_with(['/', '.', '<']) => {
                Source { title: Some(text::line(said)), url: None, feed: None }
            }
            _ => Source { title: None, url: None, feed: None },
        };
        let is_empty = source.title.is_none() && source.url.is_none() && source.feed.is_none();
        if is_empty && self.diagnostics.len() == told {
            let message = format!("`{found}` says neither who published the article first nor where");
            self.ignored(node.at, message, "write `source: { title: …, url: …, feed: … }`");
        }
        (!is_empty).then_some(source)
    }

    /// The comments: their page, their number, or a map. What a generator means by the field otherwise
    /// (`true`, the name of a service) says nothing.
    pub(super) fn comments(&mut self, permalink: &Address) -> Option<Comments> {
        let mut comments = Comments::default();
        if let Some(found) = self.said(Field::Comments) {
            match &found.node.value {
                Value::Map(map) => {
                    comments.url = self.comments_page(line(map, URLS), permalink, &found);
                    comments.feed = self.comments_page(line(map, FEEDS), permalink, &found);
                    comments.count =
                        map.get("count").or_else(|| map.get("total")).and_then(|node| self.count(node));
                }
                Value::Number(_) => comments.count = self.count(found.node),
                Value::Text(said) if said.contains("://") || said.trim().starts_with(['/', '#']) => {
                    comments.url =
                        self.comments_page(Some((text::line(said), found.node)), permalink, &found);
                }
                _ => {}
            }
        }
        if let Some(found) = self.fields.get(Field::CommentCount) {
            comments.count = self.count(found.node).or(comments.count);
        }
        (comments != Comments::default()).then_some(comments)
    }

    fn comments_page(
        &mut self,
        said: Option<(String, &Node)>,
        permalink: &Address,
        found: &Found<'_>,
    ) -> Option<Address> {
        let (said, node) = said?;
        if said.starts_with('#') { permalink.join(&said) } else { self.page(&said, node, found) }
    }

    fn count(&mut self, node: &Node) -> Option<u64> {
        let count = Found::of(node).text().and_then(|text| text.trim().parse().ok());
        if count.is_none() {
            let message = "the number of comments is a whole number, 0 or more".to_owned();
            self.ignored(node.at, message, "write the number alone, or delete it");
        }
        count
    }

    /// What belongs to the article, in order.
    pub(super) fn related(&mut self) -> Vec<Related> {
        let Some(found) = self.said(Field::Related) else { return Vec::new() };
        self.tell_illegal(found.node);
        let items = match &found.node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(found.node),
        };
        if items.len() > MOST_RELATED {
            let message = format!("`{found}` names {}, of which the first {MOST_RELATED} count", items.len());
            self.report(Code::TooMany, found.node.at, message);
        }
        let mut related = Vec::new();
        for item in items.iter().take(MOST_RELATED) {
            let one = match &item.value {
                Value::Text(said) => Some((text::line(said), item, None)),
                Value::Map(map) => line(map, URLS)
                    .or_else(|| line(map, &["article", "file", "slug"]))
                    .map(|(reference, at)| (reference, at, line(map, TITLES).map(|(title, _)| title))),
                Value::Bool(_) | Value::Null => continue,
                _ => None,
            };
            match one.filter(|(reference, ..)| !reference.is_empty()) {
                Some((reference, node, title)) => related.push(Related { reference, title, at: node.at }),
                None => self.ignored(
                    item.at,
                    format!("`{found}` names a page by its address or its file, found {}", item.value.kind()),
                    "write `related: [{ title: …, url: … }, ../news/ferry.md]`",
                ),
            }
        }
        related
    }

    fn page_in(&mut self, map: &Map, names: &[&str], found: &Found<'_>) -> Option<Address> {
        let (said, node) = line(map, names)?;
        self.page(&said, node, found)
    }

    /// An address that can be published, or a path on the site.
    fn page(&mut self, said: &str, node: &Node, found: &Found<'_>) -> Option<Address> {
        let said = said.trim();
        let is_either = said.contains("://") || said.starts_with(['/', '.']);
        let page = page_at(said, &self.settings.site.url).filter(|_| is_either);
        if page.is_none() {
            let message = format!("`{found}` is no address that can be published: `{}`", text::line(said));
            self.ignored(node.at, message, "write it whole, with `https://` and without a user name");
        }
        page
    }
}

fn line<'m>(map: &'m Map<'m>, names: &[&str]) -> Option<(String, &'m Node<'m>)> {
    names.iter().find_map(|name| {
        let node = map.get(name)?;
        let line = Found::of(node).text().map(text::line)?;
        (!line.is_empty()).then_some((line, node))
    })
}

#[cfg(test)]
mod tests {
    use crate::article::{self, Article, Outcome};
    use crate::newsroom::MemoryNewsroom;
    use crate::settings;

    fn article(yaml: &str) -> (Article, Vec<String>) {
        let settings =
            settings::read("s", "[site]\nurl = 'https://e.example/'", &Default::default()).unwrap();
        let text = format!("---\ndate: 2026-01-02\n{yaml}\n---\nText.\n");
        let newsroom = MemoryNewsroom::of([("a.md", text.as_str())]);
        let Ok((Outcome::Article(article), found)) = article::full_head("a.md", &newsroom, &settings) else {
            panic!("{yaml}")
        };
        (*article, found.into_iter().map(|found| found.message).collect())
    }

    /// Page, count, feed.
    fn comments(yaml: &str) -> Option<(Option<String>, Option<u64>, Option<String>)> {
        let comments = article(yaml).0.comments?;
        Some((
            comments.url.map(|url| url.to_string()),
            comments.count,
            comments.feed.map(|url| url.to_string()),
        ))
    }

    #[test]
    fn comments_and_switches_for_comments() {
        let page = || Some("https://e.example/2026/01/a/#talk".to_owned());
        assert_eq!(comments("comments: '#talk'"), Some((page(), None, None)));
        assert_eq!(
            comments("comments: {url: '#talk', count: 0, feed: /talk.xml}"),
            Some((page(), Some(0), Some("https://e.example/talk.xml".to_owned())))
        );
        assert_eq!(
            comments("comments: true\ncomments_url: '#talk'\ncomment_count: 4"),
            Some((page(), Some(4), None))
        );
        for yaml in [
            "comments: true",
            "comments: off",
            "comments: disqus",
            "comments: {host: m.example, id: 4}",
            "comments: 1",
        ] {
            assert_eq!((comments(yaml), article(yaml).1), (None, Vec::new()), "{yaml}");
        }
        assert_eq!(
            article("comments: {count: -1}").1,
            ["the number of comments is a whole number, 0 or more"]
        );
    }

    #[test]
    fn sources() {
        let source = |yaml: &str| article(yaml).0.source;
        assert_eq!(source("source: The Gull").unwrap().name(), "The Gull");
        assert_eq!(source("original: https://gull.example/a").unwrap().name(), "gull.example");
        assert_eq!(
            source("source: {title: The Gull, feed: 'https://gull.example/rss'}")
                .unwrap()
                .feed
                .unwrap()
                .host(),
            "gull.example"
        );
        assert_eq!(source("original: true"), None);
        assert_eq!(source("original: ../ferry.md"), None);
        assert_eq!(article("source: 'https://ines:secret@gull.example/'").1.len(), 1);
        assert_eq!(article("source: {a: b}").1.len(), 1);
    }

    #[test]
    fn related_pages() {
        let (found, told) = article("related: [seal.md, {title: The log, url: /log/}, {x: y}, 4, true]");
        let found: Vec<_> = found.related.into_iter().map(|one| (one.reference, one.title)).collect();
        assert_eq!(found, [("seal.md".to_owned(), None), ("/log/".to_owned(), Some("The log".to_owned()))]);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(article("related: seal.md").0.related.len(), 1);
        assert!(article("related: false").0.related.is_empty());
        assert_eq!(article(&format!("related: [{}]", "a.md, ".repeat(60))).0.related.len(), 50);
    }
}
