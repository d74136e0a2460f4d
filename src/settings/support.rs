//! A link for those who want to give money.

use super::Support;
use super::table::{Faults, Table};
use crate::address::Address;
use crate::syntax::Value;

/// Reads an address, or a table of `url` and `text`.
pub fn support(table: &Table<'_>, key: &str, site: &Address, faults: &mut Faults<'_>) -> Option<Support> {
    if let Some(Value::Text(_)) = table.node(key).map(|node| &node.value) {
        return table.page_on(site, key, faults).map(|url| Support { url, text: None });
    }
    let at = table.node(key)?.at;
    let table = table.table(key, &["url", "text"], faults)?;
    let text = table.local("text", faults);
    if table.node("url").is_none() {
        faults.bad(at, format!("`{}` has no `url`", table.name)).help =
            Some("add the page where readers can give: `url = \"/donate/\"`".to_owned());
    }
    table.page_on(site, "url", faults).map(|url| Support { url, text })
}
