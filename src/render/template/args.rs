//! The arguments of a tag: by place or by name, quoted in any of the ways that generators know.

/// What stands in a tag after its name.
#[derive(Debug, Default, PartialEq)]
pub struct Args {
    by_place: Vec<String>,
    by_name: Vec<(String, String)>,
}

impl Args {
    /// Reads `src="a b" title='c' 300 width=40`, with commas between them or without.
    #[must_use]
    pub fn of(text: &str) -> Args {
        let mut args = Args::default();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                return args;
            }
            let name_end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':')))
                .unwrap_or(rest.len());
            let after_name = rest[name_end..].trim_start();
            if let (true, Some(value)) = (name_end > 0, after_name.strip_prefix('=')) {
                let (text, after) = value_of(value.trim_start());
                args.by_name.push((rest[..name_end].to_owned(), text));
                rest = after;
            } else {
                let (text, after) = value_of(rest);
                args.by_place.push(text);
                rest = after;
            }
        }
    }

    /// Adds an argument that has a name.
    pub fn add(&mut self, name: &str, value: String) {
        self.by_name.push((name.to_owned(), value));
    }

    /// The first of these names that has a value.
    #[must_use]
    pub fn named(&self, names: &[&str]) -> Option<&str> {
        let value =
            |name: &&str| self.by_name.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        names.iter().filter_map(value).find(|value| !value.is_empty())
    }

    /// The argument at a place, counted from 0.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&str> {
        self.by_place.get(place).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// By one of these names, else at this place.
    #[must_use]
    pub fn get(&self, names: &[&str], place: usize) -> Option<&str> {
        self.named(names).or_else(|| self.at(place))
    }

    /// Without the first of those that have no name.
    #[must_use]
    pub fn without_first(mut self) -> Args {
        if !self.by_place.is_empty() {
            self.by_place.remove(0);
        }
        self
    }

    /// All arguments without a name.
    pub fn by_place(&self) -> impl Iterator<Item = &str> {
        self.by_place.iter().map(String::as_str)
    }
}

/// The value that `text`, which is not empty, begins with, and what comes after it.
fn value_of(text: &str) -> (String, &str) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
        let is_end = |(at, c): (usize, char)| {
            let ends_here = c.is_whitespace() || (c == ',' && text[at + 1..].starts_with([' ', '\n']));
            (ends_here || text[at..] == *",").then_some(at)
        };
        // At least one character is taken, whatever it is.
        let end = text.char_indices().skip(1).find_map(is_end).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' if quote != '`' => match characters.next() {
                Some((_, 'n')) => value.push('\n'),
                Some((_, escaped @ ('"' | '\'' | '\\'))) => value.push(escaped),
                Some((_, other)) => value.extend(['\\', other]),
                None => value.push('\\'),
            },
            found if found == quote => return (value, &text[at + 1..]),
            other => value.push(other),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_and_by_place() {
        let args = Args::of("src=\"a \\\"b\\\"\" title='c', width = 40, `d\\` e,f");
        assert_eq!(args.named(&["path", "src"]), Some("a \"b\""));
        assert_eq!(args.named(&["title"]), Some("c"));
        assert_eq!(args.named(&["width"]), Some("40"));
        assert_eq!(args.by_place().collect::<Vec<_>>(), ["d\\", "e,f"]);
        assert_eq!(Args::of("\"open").at(0), Some("open"));
        assert_eq!(Args::of("=x").at(0), Some("=x"));
    }
}
