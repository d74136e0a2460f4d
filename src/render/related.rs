//! The pages that belong to an article, where readers have to go for them.

use super::Renderer;
use super::links::{Links, Target};
use crate::address::Address;
use crate::article::{self, Article};
use crate::catalog::Card;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::feed::Related;

impl Renderer<'_> {
    /// Each once, in the order of the front matter. An article is called by its headline where front
    /// matter gives no title.
    pub(super) fn related(
        &self,
        card: &Card,
        article: &Article,
        links: &Links<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Related> {
        let mut related: Vec<Related> = Vec::new();
        for declared in &article.related {
            match self.one_related(card, declared, links) {
                Ok(one)
                    if one.url.as_str() == card.permalink()
                        || related.iter().any(|known| known.url == one.url) => {}
                Ok(one) => related.push(one),
                Err(fault) => diagnostics.push(fault),
            }
        }
        related
    }

    fn one_related(
        &self,
        card: &Card,
        declared: &article::Related,
        links: &Links<'_>,
    ) -> Result<Related, Diagnostic> {
        let reference = declared.reference.as_str();
        let title = declared.title.clone();
        let fault = |code, message, help: &str| {
            Err(Diagnostic::new(code, Location::new(card.path(), declared.at), message).help(help))
        };
        if reference.contains("://") {
            return match Address::of_page(reference) {
                Some(url) => Ok(Related { url, title, language: None }),
                None => fault(
                    Code::IgnoredValue,
                    format!("`{reference}` is no address that can be published"),
                    "write it whole, with `https://` and without a user name",
                ),
            };
        }
        if let Some(other) = links.card(reference) {
            return Ok(Related {
                url: other.address(),
                title: title.or_else(|| self.headline(other)),
                language: other.edition().filter(|_| other.edition() != card.edition()).cloned(),
            });
        }
        match links.resolve(reference) {
            Target::Address(url) if reference.starts_with(['/', '.']) => {
                Ok(Related { url, title, language: None })
            }
            _ => fault(
                Code::BrokenLink,
                format!("`{reference}` is no published article"),
                "mend the path, which is relative to this file, or write the page's URL",
            ),
        }
    }
}
