//! Values between `{{` and `}}`: what a page knows of itself and its site, and Zola's shortcodes.

use super::args::Args;
use super::expander::Expander;
use super::insert::{self, Insert};
use super::liquid::call;
use super::verbatim;
use crate::text::escape_html;

impl Expander<'_> {
    /// A value that begins here. True where there was one.
    pub(super) fn output(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let (open, close) = if rest.starts_with("{{{") {
            (3, "}}}")
        } else if rest.starts_with("{{") {
            (2, "}}")
        } else {
            return false;
        };
        let Some((inner, end)) = self.tag(open, close) else { return false };
        if let Some(shown) = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
            self.out.push_str(&verbatim::literal(&format!("{{{{{shown}}}}}")));
            self.at = end;
            return true;
        }
        let inner = inner.strip_prefix('-').unwrap_or(inner);
        let inner = inner.strip_suffix('-').unwrap_or(inner).trim();
        let name_end = inner.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '.')));
        let (name, after) = inner.split_at(name_end.unwrap_or(inner.len()));
        if let (false, Some(arguments)) = (name.is_empty(), call(after)) {
            let args = Args::of(arguments);
            match insert::insert(name, &args) {
                Some(insert) => self.put(insert, end),
                None => {
                    self.leave_out(format!("{{{{ {name}() }}}}"));
                    self.at = end;
                }
            }
            return true;
        }
        if let Some(value) = self.value(inner) {
            self.put(Insert::Inline(value), end);
            return true;
        }
        let before = &self.source[..self.at];
        if self.is_group() || inner.starts_with('\\') {
            return false;
        }
        // The style of an element, as JSX writes it, has no meaning in a feed.
        if !before.ends_with('=') || !inner.contains(':') {
            self.leave_out(format!("{{{{ {} }}}}", shortened(inner)));
        }
        self.at = end;
        true
    }

    /// What `value | filter: argument` comes to. `None` where some part of it is not known.
    fn value(&self, inner: &str) -> Option<String> {
        let mut parts = split_outside_quotes(inner, '|').into_iter();
        let mut value = self.operand(parts.next()?.trim())?;
        for filter in parts {
            let (name, argument) = filter.split_once(':').unwrap_or((filter, ""));
            let argument = argument.trim();
            value = match name.trim() {
                "relative_url" | "url" | "url_for" => {
                    rooted(&value, &self.page.site_path(), &self.page.site_path())
                }
                "absolute_url" | "full_url_for" => {
                    let root = self.page.site_origin() + &self.page.site_path();
                    rooted(&value, &root, &self.page.site_path())
                }
                "prepend" => self.operand(argument)? + &value,
                "append" => value + &self.operand(argument)?,
                "safe" | "escape" | "escape_once" | "strip" | "default" | "raw" => value,
                "upcase" | "upper" => value.to_uppercase(),
                "downcase" | "lower" => value.to_lowercase(),
                _ => return None,
            };
        }
        Some(value)
    }

    fn operand(&self, text: &str) -> Option<String> {
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote {
            let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
            return (!inner.contains(quote)).then(|| inner.to_owned());
        }
        Some(match text {
            "site.baseurl" | "site.base_url" | "site.baseUrl" | "config.base_path" => self.page.site_path(),
            "site.url" => self.page.site_origin(),
            "config.base_url" => self.page.site_origin() + &self.page.site_path(),
            "page.url" => self.page.path(),
            "page.permalink" => self.page.links.permalink.as_str().to_owned(),
            "page.title" | "title" => escape_html(self.page.title?),
            _ => return None,
        })
    }
}

/// A path from the site's root on. What is an address already stays.
fn rooted(value: &str, root: &str, site_path: &str) -> String {
    let is_address = value.contains("://") || value.starts_with("//");
    let is_rooted = !site_path.is_empty() && value.starts_with(&format!("{site_path}/"));
    if is_address || (is_rooted && root == site_path) {
        return value.to_owned();
    }
    let value = if is_rooted { &value[site_path.len()..] } else { value };
    format!("{root}/{}", value.trim_start_matches('/'))
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for (at, character) in text.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None if character == separator => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            None => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// As much of an expression as fits a message.
pub fn shortened(text: &str) -> String {
    crate::text::shorten(&crate::text::line(text), 40)
}
