//! The templates of pages, and what fills them in.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Output, UndefinedBehavior, Value, escape_formatter};
use serde::Serialize;
use std::sync::LazyLock;

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(syntax.expect("the usual delimiters are no trouble"));
    templates.set_formatter(|out, state, value| match state.auto_escape() {
        AutoEscape::Html if !value.is_safe() && !value.is_undefined() => escape(value, out),
        _ => escape_formatter(out, state, value),
    });
    for (name, source) in SOURCES {
        templates.add_template(name, source).expect("the templates are well-formed");
    }
    templates
});

const SOURCES: &[(&str, &str)] =
    &[("page.html", include_str!("pages/page.html")), ("welcome.xml", include_str!("welcome/welcome.xml"))];

/// Escapes that HTML and XML share, spelled as in the rest of a feed.
fn escape(value: &Value, out: &mut Output<'_>) -> Result<(), Error> {
    let other;
    let mut rest = match value.as_str() {
        Some(text) => text,
        None => {
            other = value.to_string();
            &other
        }
    };
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&#x26;",
            b'<' => "&#x3C;",
            b'>' => "&#x3E;",
            _ => "&#x22;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest).map_err(Error::from)
}

/// Fills a template in. Whatever is put in is escaped, by the ending of the template's name.
#[must_use]
pub fn render(name: &str, values: &impl Serialize) -> String {
    let template = TEMPLATES.get_template(name).expect("the template is one of those above");
    template.render(Value::from(Serde(values))).expect("the template asks only for what it is given")
}
