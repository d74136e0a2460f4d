//! JSON-LD in a page: the article that it describes, with the places of its values.
//!
//! The text is taken apart one level at a time, each value as the piece of the source that it is;
//! so its place is known, and no more of it is read than is asked for.

use super::{Finds, MOST_OF_A_NAME, Piece, Said};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::ops::Range;

/// Why a script is no JSON.
pub struct Fault {
    pub offset: usize,
    pub message: String,
}

/// Articles lie no deeper in lists and graphs.
const DEEPEST: usize = 4;

/// Adds what the article in a script says.
///
/// # Errors
/// Text that is no JSON.
pub fn read(html: &str, script: Range<usize>, finds: &mut Finds) -> Result<(), Fault> {
    let text = bare(html.get(script).unwrap_or_default());
    if text.is_empty() {
        return Ok(());
    }
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| Fault {
        offset: text.as_ptr() as usize - html.as_ptr() as usize,
        message: error.to_string(),
    })?;
    let mut objects = Vec::new();
    gather(raw, 0, &mut objects);
    let page = Page { start: html.as_ptr() as usize, objects };
    if let Some(article) = page.objects.iter().find(|object| page.is_article(object)) {
        page.describe(article, finds);
    }
    for site in &page.objects {
        if page.types(site).iter().any(|kind| matches!(kind.as_str(), "WebSite" | "NewsMediaOrganization")) {
            page.say(site, "name", "ld:publisher", finds);
        }
    }
    Ok(())
}

/// Without what hides a script from very old browsers, and the semicolon of a statement.
fn bare(script: &str) -> &str {
    let mut text = script.trim();
    for (start, end) in
        [("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"), ("<!--", "-->")]
    {
        if let Some(inside) = text.strip_prefix(start) {
            text = inside.strip_suffix(end).unwrap_or(inside).trim();
        }
    }
    text.trim_end_matches(';').trim_end()
}

type Object<'h> = BTreeMap<String, &'h RawValue>;

/// Every object that may be the article, or be referred to by it.
fn gather<'h>(raw: &'h RawValue, depth: usize, objects: &mut Vec<Object<'h>>) {
    if depth > DEEPEST {
        return;
    }
    if let Some(items) = list(raw) {
        items.into_iter().for_each(|item| gather(item, depth + 1, objects));
    } else if let Some(object) = object(raw) {
        let inner: Vec<&RawValue> =
            ["@graph", "mainEntity"].iter().filter_map(|key| object.get(*key).copied()).collect();
        objects.push(object);
        inner.into_iter().for_each(|raw| gather(raw, depth + 1, objects));
    }
}

fn list(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok().filter(|_| raw.get().starts_with('['))
}

fn object(raw: &RawValue) -> Option<Object<'_>> {
    serde_json::from_str(raw.get()).ok().filter(|_| raw.get().starts_with('{'))
}

/// One or many, as a list.
fn each(raw: &RawValue) -> Vec<&RawValue> {
    let mut items = list(raw).unwrap_or_else(|| vec![raw]);
    items.truncate(MOST_OF_A_NAME);
    items
}

/// The objects of a script, in a page.
struct Page<'h> {
    start: usize,
    objects: Vec<Object<'h>>,
}

impl<'h> Page<'h> {
    fn is_article(&self, object: &Object<'h>) -> bool {
        let is = |kind: &String| {
            kind.ends_with("Article")
                || kind.ends_with("BlogPosting")
                || matches!(kind.as_str(), "Report" | "Review")
        };
        self.types(object).iter().any(is)
    }

    /// `NewsArticle` of `NewsArticle`, `schema:NewsArticle` or `https://schema.org/NewsArticle`.
    fn types(&self, object: &Object<'h>) -> Vec<String> {
        let named = object.get("@type").into_iter().flat_map(|raw| each(raw));
        let name = |raw: &RawValue| serde_json::from_str::<String>(raw.get()).ok();
        named.filter_map(name).filter_map(|name| name.rsplit(['/', ':']).next().map(str::to_owned)).collect()
    }

    fn describe(&self, article: &Object<'h>, finds: &mut Finds) {
        for key in
            ["headline", "name", "datePublished", "dateModified", "description", "url", "isAccessibleForFree"]
        {
            self.say(article, key, &format!("ld:{key}"), finds);
        }
        for key in ["inLanguage", "articleSection", "keywords", "author", "image", "thumbnailUrl"] {
            for raw in article.get(key).into_iter().flat_map(|raw| each(raw)) {
                let piece = match object(raw) {
                    Some(object) => self.thing(&object, raw),
                    None => self.text(raw),
                };
                piece.into_iter().for_each(|piece| finds.add(&format!("ld:{key}"), piece));
            }
        }
        if let Some(publisher) = article.get("publisher").and_then(|raw| object(raw)) {
            let publisher = self.referred(&publisher).unwrap_or(&publisher);
            self.say(publisher, "name", "ld:publisher", finds);
            if let Some(logo) = publisher.get("logo").and_then(|raw| object(raw)) {
                self.say(self.referred(&logo).unwrap_or(&logo), "url", "ld:logo", finds);
            }
        }
    }

    fn say(&self, object: &Object<'h>, key: &str, name: &str, finds: &mut Finds) {
        let raw = object.get(key).and_then(|raw| each(raw).first().copied());
        raw.and_then(|raw| self.text(raw)).into_iter().for_each(|piece| finds.add(name, piece));
    }

    /// A person, a picture, a term: the parts of it that have a name in feedmill.
    fn thing(&self, object: &Object<'h>, raw: &'h RawValue) -> Option<Piece> {
        let whole = self.referred(object).unwrap_or(object);
        let mut parts = Vec::new();
        for (key, part) in [
            ("name", "name"),
            ("url", "url"),
            ("contentUrl", "src"),
            ("caption", "caption"),
            ("creditText", "credit"),
            ("copyrightNotice", "credit"),
            ("license", "licence"),
            ("width", "width"),
            ("height", "height"),
        ] {
            let piece = whole.get(key).and_then(|raw| self.text(each(raw).first()?));
            piece.into_iter().for_each(|piece| parts.push((part, piece)));
        }
        (!parts.is_empty()).then(|| Piece { at: self.at(raw), said: Said::Parts(parts) })
    }

    /// The object of the script that a mere reference (`{"@id": …}`) means.
    fn referred(&self, reference: &Object<'h>) -> Option<&Object<'h>> {
        let id = reference.get("@id").filter(|_| !reference.contains_key("url"))?.get();
        self.objects
            .iter()
            .find(|object| object.len() > 1 && object.get("@id").is_some_and(|raw| raw.get() == id))
    }

    fn text(&self, raw: &'h RawValue) -> Option<Piece> {
        let source = raw.get();
        let at = self.at(raw);
        match source.as_bytes().first()? {
            b'"' => serde_json::from_str::<String>(source).ok().map(|text| Piece::text(&text, at + 1)),
            b'[' | b'{' | b'n' => None,
            _ => Some(Piece::text(source, at)),
        }
    }

    /// The offset of a value, which is a part of the page's own text.
    fn at(&self, raw: &RawValue) -> usize {
        raw.get().as_ptr() as usize - self.start
    }
}
