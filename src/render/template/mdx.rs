//! MDX: components, JavaScript between braces, imports and exports.

use super::args::Args;
use super::expander::Expander;
use super::frame::{Beginning, FrameKind};
use super::insert::{self, Insert};
use super::jsx::{Element, Value, end_of_expression, end_of_module, first_string, string_literal};
use super::module::begins_module;
use super::output::shortened;
use super::verbatim;
use crate::text::escape_html;

/// Elements of HTML that have no content.
const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "source", "track", "wbr", "embed"];

impl Expander<'_> {
    /// A line of `import` or `export`, and those that belong to it.
    pub(super) fn module_line(&mut self) -> bool {
        let rest = &self.source[self.at..];
        if !begins_module(self.rest_of_line()) {
            return false;
        }
        let known_end = if self.patience > 0 { end_of_module(rest) } else { None };
        let length = known_end.unwrap_or_else(|| {
            self.patience = self.patience.saturating_sub(1);
            rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty()).map(str::len).sum()
        });
        let statement = &rest[..length];
        let words: Vec<&str> = statement.split_whitespace().take(4).collect();
        if let ["import", name, "from", ..] = words[..]
            && let Some(path) =
                first_string(statement).filter(|path| path.starts_with('.') || path.starts_with('/'))
        {
            self.imports.insert(name.to_owned(), path.to_owned());
        }
        self.at += length;
        true
    }

    /// JavaScript between braces. Strings are printed, all else is not known here.
    pub(super) fn expression(&mut self) -> bool {
        if self.patience == 0 {
            return false;
        }
        let Some(end) = end_of_expression(self.source, self.at) else {
            self.patience -= 1;
            return false;
        };
        let inner = self.source[self.at + 1..end - 1].trim();
        // The anchor of a heading, which Docusaurus takes off before it reads MDX.
        if inner.starts_with('#') && !inner.contains(char::is_whitespace) {
            self.copy(end - self.at);
            return true;
        }
        if let Some(text) = string_literal(inner) {
            self.out.push_str(&verbatim::literal(&text));
        } else if inner.bytes().all(|byte| byte.is_ascii_digit()) {
            self.out.push_str(inner);
        } else if !inner.starts_with("/*") {
            self.leave_out(format!("{{{}}}", shortened(inner)));
        }
        self.at = end;
        true
    }

    /// An element that begins here: a component, or one of HTML in the spelling of JSX.
    pub(super) fn component(&mut self) -> bool {
        if self.patience == 0 {
            return false;
        }
        let rest = &self.source.as_bytes()[self.at + 1..];
        let is_element = matches!(rest, [b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'>', ..]);
        if !is_element {
            return false;
        }
        let Some(element) = Element::at(self.source, self.at) else {
            self.patience -= 1;
            return false;
        };
        if element.name.is_empty() {
            self.at = element.end;
        } else if element.name.starts_with(|c: char| c.is_ascii_lowercase()) {
            self.element_of_html(&element);
        } else if element.is_closing {
            self.close_component(&element);
        } else {
            self.open_component(&element);
        }
        true
    }

    fn element_of_html(&mut self, element: &Element<'_>) {
        if element.is_closing {
            return self.copy(element.end - self.at);
        }
        let mut html = format!("<{}", element.name);
        for (name, value) in &element.attributes {
            let name = if *name == "className" { "class" } else { name };
            match self.text_of(value) {
                Some(text) => html.push_str(&format!(" {name}=\"{}\"", text.replace('"', "&quot;"))),
                None if *value == Value::Nothing => html.push_str(&format!(" {name}")),
                None if matches!(name, "src" | "href") => self.leave_out_value(value),
                None => {}
            }
        }
        html.push('>');
        if element.is_empty && !VOID.contains(&element.name) {
            html.push_str(&format!("</{}>", element.name));
        }
        self.out.push_str(&html);
        self.at = element.end;
    }

    fn open_component(&mut self, element: &Element<'_>) {
        let mut args = Args::default();
        for (name, value) in &element.attributes {
            match self.text_of(value) {
                Some(text) => args.add(name, text),
                None if *name == "src" => self.leave_out_value(value),
                None => {}
            }
        }
        match element.name {
            "Image" | "Img" | "Picture" if args.named(&["src"]).is_some() => {
                let src = args.named(&["src"]).unwrap_or_default();
                let image = insert::picture(src, args.named(&["alt"]).unwrap_or_default(), &args);
                let image = if self.is_alone(element.end) { format!("<p>{image}</p>") } else { image };
                return self.put(Insert::Block(image), element.end);
            }
            "Link" | "NavLink" | "NextLink" if !element.is_empty => {
                let address = args.named(&["href", "to"]).unwrap_or_default();
                let link = format!("<a href=\"{}\">", escape_html(address));
                return self.put(Insert::Inline(link), element.end);
            }
            "Admonition" | "Callout" | "Aside" if !element.is_empty => {
                let word = args.named(&["type", "kind", "variant"]).unwrap_or("note").to_owned();
                let title = args.named(&["title"]).unwrap_or_default().to_owned();
                let from = Beginning::below(self.marks_of_line(), false);
                self.open_box(FrameKind::Component(element.name.to_owned(), None), &word, &title, from);
                self.continue_line();
            }
            name => match insert::insert(name, &args) {
                Some(insert) => return self.put(insert, element.end),
                None => {
                    self.leave_out(format!("<{name}>"));
                    if !element.is_empty && self.is_alone(element.end) {
                        self.open_frame(FrameKind::Component(name.to_owned(), None), "", "");
                    }
                }
            },
        }
        self.at = element.end;
    }

    fn close_component(&mut self, element: &Element<'_>) {
        if matches!(element.name, "Link" | "NavLink" | "NextLink") {
            self.out.push_str("</a>");
        } else {
            self.close_tag(|kind| matches!(kind, FrameKind::Component(name, _) if name == element.name));
        }
        self.at = element.end;
    }

    /// The value of an attribute, where it can be known.
    fn text_of(&self, value: &Value<'_>) -> Option<String> {
        match value {
            Value::Nothing => None,
            Value::Text(text) => Some((*text).to_owned()),
            Value::Expression(code) => {
                let code = code.trim();
                if let Some(path) = self.imports.get(code.trim_end_matches(".src")) {
                    Some(path.clone())
                } else if ["require(", "useBaseUrl(", "new URL("].iter().any(|call| code.starts_with(call)) {
                    first_string(code).map(str::to_owned)
                } else if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()) {
                    Some(code.to_owned())
                } else {
                    string_literal(code)
                }
            }
        }
    }

    fn leave_out_value(&mut self, value: &Value<'_>) {
        if let Value::Expression(code) = value {
            self.leave_out(format!("{{{}}}", shortened(code)));
        }
    }
}
