//! `site.closing`: what the content of every entry ends with.

use super::table::{Faults, Table, language};
use super::{Closing, LocalText};
use crate::syntax::{Node, Value};

/// One text in Markdown, or one for each edition.
pub fn closing(site: &Table<'_>, faults: &mut Faults<'_>) -> Option<Closing> {
    let node = site.node("closing")?;
    let texts = match &node.value {
        Value::Map(map) => {
            let table = Table { name: site.key("closing"), map };
            let mut texts = Vec::new();
            for (edition, text) in &map.entries {
                let language = language(&edition.name, edition.at, faults);
                texts.extend(language.zip(markdown(text, &table.key(&edition.name), faults)));
            }
            if map.entries.is_empty() {
                faults.bad(node.at, format!("`{}` has no text for any edition", table.name));
            }
            LocalText::PerEdition(texts)
        }
        _ => LocalText::Same(markdown(node, &site.key("closing"), faults)?),
    };
    Some(Closing { texts, at: node.at })
}

fn markdown(node: &Node, key: &str, faults: &mut Faults<'_>) -> Option<String> {
    match &node.value {
        Value::Text(text) if !text.trim().is_empty() => return Some(text.to_string()),
        Value::Text(_) => faults.bad(node.at, format!("`{key}` is empty")),
        other => faults.bad(node.at, format!("`{key}` is a text, found {}", other.kind())),
    };
    None
}
