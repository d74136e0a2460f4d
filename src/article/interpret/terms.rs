//! Rights and licence of an article.

use super::Reading;
use crate::article::fields::{Field, Found};
use crate::syntax::{Node, Value};
use crate::terms::Terms;
use crate::text;

impl Reading<'_> {
    /// What the article says of its terms, readable or not. Yes and no, which generators put there, say
    /// nothing.
    pub(super) fn terms(&mut self) -> Option<Terms> {
        let rights = self.said(Field::Rights);
        let licence = self.said(Field::Licence);
        if rights.is_none() && licence.is_none() {
            return None;
        }
        let rights = rights.and_then(|found| self.words(&found, found.node));
        let terms = Terms { rights, licence: None };
        Some(licence.map_or(terms.clone(), |found| self.licence(&found, terms)))
    }

    fn licence(&mut self, found: &Found<'_>, terms: Terms) -> Terms {
        let node = match &found.node.value {
            Value::Map(map) => map.get("url").or_else(|| map.get("name")).unwrap_or(found.node),
            _ => found.node,
        };
        let Some(said) = self.words(found, node) else { return terms };
        terms.clone().with_licence(&said).unwrap_or_else(|| {
            self.ignored(
                node.at,
                format!("`{found}` is no address that can be published: `{said}`"),
                "write the address of the licence, or its name, such as `CC BY 4.0`",
            );
            terms
        })
    }

    fn words(&mut self, found: &Found<'_>, node: &Node) -> Option<String> {
        self.tell_illegal(node);
        let words = Found { name: found.name, node }.text().map(text::line);
        if words.is_none() {
            let message = format!("`{found}` is a text, found {}", node.value.kind());
            self.ignored(node.at, message, "write one text after the colon");
        }
        words.filter(|words| !words.is_empty())
    }
}
