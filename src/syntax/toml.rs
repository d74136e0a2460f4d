//! TOML 1.0 to nodes.

use super::{Key, Map, Node, SyntaxFault, Value};
use crate::diagnostic::Lines;
use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

/// Reads a TOML document. All faults are reported, in the order of the text.
///
/// # Errors
/// Every fault, each with its place.
pub fn parse(text: &str) -> Result<Map<'_>, Vec<SyntaxFault>> {
    let (table, faults) = DeTable::parse_recoverable(text);
    let lines = Lines::of(text);
    if faults.is_empty() {
        return Ok(map(&lines, table.into_inner()));
    }
    let fault = |fault: ::toml::de::Error| SyntaxFault {
        at: lines.position(fault.span().map_or(0, |span| span.start)),
        message: fault.message().lines().collect::<Vec<_>>().join(", "),
    };
    let mut faults: Vec<_> = faults.into_iter().map(fault).collect();
    faults.sort_by_key(|fault| fault.at);
    Err(faults)
}

fn map<'t>(lines: &Lines<'_>, table: DeTable<'t>) -> Map<'t> {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let entry = |(key, value): (Spanned<_>, Spanned<DeValue<'t>>)| {
        let at = lines.position(key.span().start);
        (Key { name: key.into_inner(), at }, node(lines, value))
    };
    Map { entries: entries.into_iter().map(entry).collect() }
}

fn node<'t>(lines: &Lines<'_>, value: Spanned<DeValue<'t>>) -> Node<'t> {
    let at = lines.position(value.span().start);
    let value = match value.into_inner() {
        DeValue::String(value) => Value::Text(value),
        DeValue::Integer(number) => Value::Number(number.to_string().into()),
        DeValue::Float(number) => Value::Number(number.to_string().into()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(date) => Value::Date(date.to_string().into()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| node(lines, item)).collect()),
        DeValue::Table(table) => Value::Map(map(lines, table)),
    };
    Node { value, at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Position;

    #[test]
    fn keeps_order_and_positions() {
        let map = parse("title = \"Мост\"\ndate = 2026-11-22\nn = 1.10\n[cover]\nsrc = \"a.jpg\"\n").unwrap();
        let names: Vec<_> = map.entries.iter().map(|(key, _)| &*key.name).collect();
        assert_eq!(names, ["title", "date", "n", "cover"]);
        assert_eq!(map.get("date").unwrap().value, Value::Date("2026-11-22".into()));
        assert_eq!(map.get("n").unwrap().value, Value::Number("1.10".into()));
        assert_eq!(map.get("n").unwrap().at, Position { line: 3, column: 5 });
    }

    #[test]
    fn reports_every_fault() {
        let faults = parse("a = \nb = 2\nc = [1\n").unwrap_err();
        let lines: Vec<u32> = faults.iter().map(|fault| fault.at.line).collect();
        assert_eq!(lines, [1, 3]);
    }
}
