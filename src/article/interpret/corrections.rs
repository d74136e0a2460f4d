//! What was put right after publication, in every shape in which newsrooms write it down.

use super::Reading;
use crate::article::Correction;
use crate::article::fields::{Field, Found};
use crate::diagnostic::Code;
use crate::syntax::{Node, Value};
use crate::text;

const HELP: &str = "write `corrections: [{ date: 2026-11-22, text: What is right now. }]`";

impl Reading<'_> {
    /// A list of `{date, text}` and texts, or one of them alone. A correction that cannot be read holds
    /// the article back: what was wrong would stand there uncorrected.
    pub(super) fn corrections(&mut self) -> Vec<Correction> {
        let Some(found) = self.fields.get(Field::Corrections) else { return Vec::new() };
        self.tell_illegal(found.node);
        let items = match &found.node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(found.node),
        };
        let items = items.iter().filter(|item| !says_nothing(item));
        items.filter_map(|item| self.correction(item, &found)).collect()
    }

    fn correction(&mut self, item: &Node, found: &Found<'_>) -> Option<Correction> {
        let mut date = None;
        let text = match &item.value {
            Value::Map(map) => {
                if let Some(node) = map.get("date").filter(|node| node.value != Value::Null) {
                    date = Some(self.read_date(&Found { name: "date", node })?);
                }
                map.get("text")
            }
            Value::Text(_) | Value::Null => Some(item),
            other => {
                let message =
                    format!("`{found}` is a list of `date` and `text`, found {} in it", other.kind());
                self.report(Code::BadField, item.at, message).help = Some(HELP.to_owned());
                return None;
            }
        };
        let words = text.and_then(|node| Found { name: "text", node }.text().map(text::line));
        let words = words.filter(|words| !words.is_empty());
        if words.is_none() {
            self.report(Code::BadField, item.at, format!("`{found}` needs a `text`")).help =
                Some(HELP.to_owned());
        }
        Some(Correction { date, text: words?, at: text.map_or(item.at, |text| text.at) })
    }
}

/// A template that nobody filled in, or a switch that is off.
fn says_nothing(item: &Node) -> bool {
    match &item.value {
        Value::Null | Value::Bool(false) => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::Map(map) => map.entries.iter().all(|(_, node)| says_nothing(node)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{self, Outcome};
    use crate::newsroom::MemoryNewsroom;
    use crate::settings;

    /// Dates and texts, or the faults.
    fn corrections(yaml: &str) -> Result<Vec<(bool, String)>, Vec<String>> {
        let settings =
            settings::read("s", "[site]\nurl = 'https://e.example/'", &Default::default()).unwrap();
        let newsroom =
            MemoryNewsroom::of([("a.md", format!("---\ndate: 2026-01-02\n{yaml}\n---\nText.\n").as_str())]);
        match article::full_head("a.md", &newsroom, &settings).unwrap() {
            (Outcome::Article(article), _) => {
                Ok(article.corrections.into_iter().map(|found| (found.date.is_some(), found.text)).collect())
            }
            (_, faults) => Err(faults.into_iter().map(|fault| fault.message).collect()),
        }
    }

    #[test]
    fn every_shape() {
        let undated = |text: &str| (false, text.to_owned());
        assert_eq!(corrections("corrections: It is red."), Ok(vec![undated("It is red.")]));
        assert_eq!(
            corrections("errata: [It is red., {text: It is not green.}, {date: 2026-01-03, text: Or blue.}]"),
            Ok(vec![undated("It is red."), undated("It is not green."), (true, "Or blue.".to_owned())])
        );
        assert_eq!(
            corrections("correction: {date: 2026-01-03, text: It is red.}"),
            Ok(vec![(true, "It is red.".to_owned())])
        );
        for yaml in [
            "corrections:",
            "corrections: false",
            "corrections: [{date: , text: ''}]",
            "corrections:\n- date:\n  text:",
            "errata: ['', ~]",
        ] {
            assert_eq!(corrections(yaml), Ok(Vec::new()), "{yaml}");
        }
    }

    #[test]
    fn what_cannot_be_shown_holds_the_article_back() {
        assert_eq!(
            corrections("corrections: [{date: 2026-01-03}]"),
            Err(vec!["`corrections` needs a `text`".to_owned()])
        );
        assert_eq!(
            corrections("corrections: true"),
            Err(vec!["`corrections` is a list of `date` and `text`, found true or false in it".to_owned()])
        );
        assert!(corrections("corrections: {date: yesterday, text: a}").is_err());
    }
}
