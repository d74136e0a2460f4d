//! JSON Feed, any version: the parts that tell its items apart.

use super::old_feed::{NotAFeed, RawEntry};
use serde_json::Value;

/// Reads the items. `offset` is where the JSON begins.
pub(super) fn read(text: &str, offset: usize) -> Result<Vec<RawEntry>, NotAFeed> {
    let feed: Value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or_default();
        let before: usize =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = offset + before + error.column().saturating_sub(1);
        NotAFeed { offset: at, message: format!("this is no JSON: {what}") }
    })?;
    let Some(items) = feed["items"].as_array() else {
        let message = "this is JSON without a list of `items`, expected a JSON Feed".to_owned();
        return Err(NotAFeed { offset, message });
    };
    Ok(items.iter().map(|item| entry(item, offset)).collect())
}

fn entry(item: &Value, offset: usize) -> RawEntry {
    let text = |name: &str| item[name].as_str().map(str::to_owned);
    // Readers take a number for the text that it is written as (JSON Feed 1.1, "id").
    let id = item["id"].as_number().map(ToString::to_string);
    RawEntry {
        id: id.or_else(|| text("id")),
        link: text("url"),
        title: text("title"),
        published: text("date_published"),
        updated: text("date_modified"),
        offset,
        ..RawEntry::default()
    }
}
