//! The text of a new article: its front matter, and room for what it has to say.

use chrono::{DateTime, FixedOffset};

/// The syntax of front matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syntax {
    /// Between `---`.
    #[default]
    Yaml,
    /// Between `+++`.
    Toml,
}

/// What the front matter says.
pub struct Fields<'a> {
    pub title: &'a str,
    pub published: DateTime<FixedOffset>,
    /// These three only where the path does not say the same.
    pub language: Option<&'a str>,
    pub section: Option<&'a str>,
    pub slug: Option<&'a str>,
    pub authors: &'a [String],
}

/// The whole file.
pub fn written(fields: &Fields<'_>, syntax: Syntax, is_draft: bool) -> String {
    let (fence, is) = match syntax {
        Syntax::Yaml => ("---", ":"),
        Syntax::Toml => ("+++", " ="),
    };
    let quoted = |text: &str| match syntax {
        Syntax::Yaml if is_plain(text) => text.to_owned(),
        _ => in_quotes(text),
    };
    let mut text = format!("{fence}\n");
    let mut add = |name: &str, value: &str| text.push_str(&format!("{name}{is} {value}\n"));
    add("title", &quoted(fields.title));
    add("published", &fields.published.format("%Y-%m-%dT%H:%M:%S%:z").to_string());
    let told = [("language", fields.language), ("section", fields.section), ("slug", fields.slug)];
    for (name, value) in told {
        value.into_iter().for_each(|value| add(name, &in_quotes(value)));
    }
    match fields.authors {
        [] => {}
        [only] if !only.contains(',') => add("author", &quoted(only)),
        several => {
            let names: Vec<String> = several.iter().map(|name| in_quotes(name)).collect();
            add("authors", &format!("[{}]", names.join(", ")));
        }
    }
    add("summary", "\"\"");
    add("tags", "[]");
    if is_draft {
        add("draft", "true   # no feed shows the article until this line is gone");
    }
    text.push_str(&format!("{fence}\n\n"));
    text
}

/// A text that YAML reads as it stands: it begins with a letter and has nothing that means something.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(|c| c.is_alphanumeric() || " -,.'’!?()".contains(c))
        && !WORDS.contains(&text.to_lowercase().as_str())
}

/// As JSON has it, which YAML and TOML read too.
fn in_quotes(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
