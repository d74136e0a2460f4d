//! The items of a JSON Feed.

use super::{Excerpt, Shown};
use crate::text::escape_html;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Document<'t> {
    #[serde(borrow)]
    items: Vec<&'t RawValue>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Item {
    id: String,
    url: String,
    title: String,
    date_published: String,
    date_modified: String,
    authors: Vec<Author>,
    tags: Vec<String>,
    image: Option<String>,
    summary: Option<String>,
    content_html: Option<String>,
    attachments: Vec<Attachment>,
}

#[derive(Deserialize)]
struct Author {
    name: String,
}

#[derive(Deserialize)]
struct Attachment {
    url: String,
}

pub fn excerpts(text: &str) -> Result<Vec<Excerpt<'_>>, String> {
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    document.items.into_iter().map(excerpt).collect()
}

fn excerpt(item: &RawValue) -> Result<Excerpt<'_>, String> {
    let source = item.get();
    let item: Item = serde_json::from_str(source).map_err(|error| error.to_string())?;
    let shown = Shown {
        id: item.id,
        title: item.title,
        link: item.url,
        published: item.date_published,
        updated: item.date_modified,
        authors: item.authors.into_iter().map(|author| author.name).collect(),
        categories: item.tags,
        picture: item.image,
        summary: item.summary.map(|summary| escape_html(&summary)),
        content: item.content_html,
        enclosures: item.attachments.into_iter().map(|attachment| attachment.url).collect(),
    };
    Ok(Excerpt { source, shown })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_a_slice_of_the_file() {
        let text = "{ \"items\": [\n  { \"id\": \"a\" },\n  {\"title\": \"B\",\n   \"id\": \"b\"}\n] }";
        let found = excerpts(text).unwrap();
        assert_eq!(found[0].source, "{ \"id\": \"a\" }");
        assert_eq!(found[1].source, "{\"title\": \"B\",\n   \"id\": \"b\"}");
        assert_eq!(found[1].shown.title, "B");
        assert!(excerpts("<rss/>").is_err() && excerpts("{\"items\": [3]}").is_err());
    }
}
