//! The syntax of JSX, as far as it shows where things end: expressions, elements, module statements.

/// Nobody writes longer ones into an article.
const LONGEST: usize = 10_000;

/// One tag.
pub struct Element<'a> {
    /// Empty for a fragment.
    pub name: &'a str,
    /// In their order.
    pub attributes: Vec<(&'a str, Value<'a>)>,
    /// `</name>`
    pub is_closing: bool,
    /// `<name/>`
    pub is_empty: bool,
    /// Where the tag ends.
    pub end: usize,
}

/// The value of an attribute.
#[derive(Debug, PartialEq)]
pub enum Value<'a> {
    /// The name alone.
    Nothing,
    /// A text in quotes.
    Text(&'a str),
    /// What stands in braces.
    Expression(&'a str),
}

impl<'a> Element<'a> {
    /// The tag that begins at `start`.
    #[must_use]
    pub fn at(source: &'a str, start: usize) -> Option<Element<'a>> {
        let is_closing = source[start..].starts_with("</");
        let mut at = start + 1 + usize::from(is_closing);
        let name = name_at(source, at);
        at += name.len();
        let mut attributes = Vec::new();
        loop {
            let rest = source[at..].trim_start();
            at = source.len() - rest.len();
            if at > start + LONGEST {
                return None;
            }
            if let Some(empty) = rest.strip_prefix("/>") {
                return Some(Element {
                    name,
                    attributes,
                    is_closing,
                    is_empty: true,
                    end: source.len() - empty.len(),
                });
            }
            match rest.bytes().next()? {
                b'>' => return Some(Element { name, attributes, is_closing, is_empty: false, end: at + 1 }),
                // A spread of attributes that only the script knows.
                b'{' => at = end_of_expression(source, at)?,
                _ => {
                    let attribute = name_at(source, at);
                    if attribute.is_empty() || name.is_empty() {
                        return None;
                    }
                    at += attribute.len();
                    let (value, end) = value_at(source, at)?;
                    attributes.push((attribute, value));
                    at = end;
                }
            }
        }
    }
}

fn value_at(source: &str, at: usize) -> Option<(Value<'_>, usize)> {
    let Some(rest) = source[at..].strip_prefix('=') else { return Some((Value::Nothing, at)) };
    let start = at + 1;
    match rest.bytes().next()? {
        b'{' => {
            let end = end_of_expression(source, start)?;
            Some((Value::Expression(&source[start + 1..end - 1]), end))
        }
        quote @ (b'"' | b'\'') => {
            let window = &rest.as_bytes()[1..rest.len().min(LONGEST)];
            let length = window.iter().position(|&byte| byte == quote)?;
            Some((Value::Text(&rest[1..=length]), start + length + 2))
        }
        // Only HTML has values without quotes.
        _ => {
            let length = rest.find(|c: char| c.is_whitespace() || c == '>').filter(|&length| length > 0)?;
            Some((Value::Text(&rest[..length]), start + length))
        }
    }
}

fn name_at(source: &str, at: usize) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '@');
    let rest = &source[at..];
    &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
}

/// How deep in brackets a script is, strings and comments passed over.
#[derive(Default)]
struct Brackets {
    depth: usize,
    string: Option<u8>,
    is_escaped: bool,
}

impl Brackets {
    /// Takes the next byte. False where a bracket closes that none has opened.
    fn take(&mut self, byte: u8) -> bool {
        if std::mem::take(&mut self.is_escaped) {
            return true;
        }
        match (self.string, byte) {
            (Some(_), b'\\') => self.is_escaped = true,
            // Only templates go on in the next line; an apostrophe in a text does not.
            (Some(b'"' | b'\''), b'\n') => self.string = None,
            (Some(quote), byte) if quote == byte => self.string = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => self.string = Some(byte),
            (None, b'{' | b'(' | b'[') => self.depth += 1,
            (None, b'}' | b')' | b']') => match self.depth.checked_sub(1) {
                Some(depth) => self.depth = depth,
                None => return false,
            },
            (None, _) => {}
        }
        true
    }
}

/// Where the expression ends whose brace is at `start`.
#[must_use]
pub fn end_of_expression(source: &str, start: usize) -> Option<usize> {
    let mut brackets = Brackets::default();
    for (length, &byte) in source.as_bytes()[start..].iter().take(LONGEST).enumerate() {
        if !brackets.take(byte) {
            return None;
        }
        if brackets.depth == 0 && brackets.string.is_none() {
            return Some(start + length + 1);
        }
    }
    None
}

/// How long the statement is that `text` begins with, its line break included.
#[must_use]
pub fn end_of_module(text: &str) -> Option<usize> {
    let mut brackets = Brackets::default();
    let mut last = b' ';
    for (at, &byte) in text.as_bytes().iter().take(LONGEST).enumerate() {
        if !brackets.take(byte) {
            return None;
        }
        let is_complete = brackets.depth == 0 && brackets.string.is_none();
        if byte == b'\n' && is_complete && !matches!(last, b'=' | b'>' | b',' | b'+' | b'|' | b'&' | b'?') {
            return Some(at + 1);
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    (text.len() <= LONGEST && brackets.depth == 0).then_some(text.len())
}

/// The text that an expression is, if it is nothing else.
#[must_use]
pub fn string_literal(code: &str) -> Option<String> {
    let quote = code.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inner = code.strip_prefix(quote)?.strip_suffix(quote)?;
    let is_plain = !inner.contains(quote) && !inner.contains("${") && !inner.contains('\\');
    is_plain.then(|| inner.to_owned())
}

/// The first text in quotes.
#[must_use]
pub fn first_string(code: &str) -> Option<&str> {
    let start = code.find(['"', '\''])?;
    let quote = &code[start..=start];
    code[start + 1..].split_once(quote).map(|(text, _)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements() {
        let source = "<Image src={cover} alt=\"a > b\" wide {...rest} style={{ a: '}' }} />x";
        let element = Element::at(source, 0).unwrap();
        assert_eq!((element.name, element.is_empty, &source[element.end..]), ("Image", true, "x"));
        assert_eq!(
            element.attributes,
            [
                ("src", Value::Expression("cover")),
                ("alt", Value::Text("a > b")),
                ("wide", Value::Nothing),
                ("style", Value::Expression("{ a: '}' }"))
            ]
        );
        assert!(Element::at("<a <b>", 0).is_none());
        assert!(Element::at("<https://e.example>", 0).is_none());
    }

    #[test]
    fn statements() {
        let text = "export const a = {\n  b: \"}\",\n\n};\nText\n";
        assert_eq!(&text[end_of_module(text).unwrap()..], "Text\n");
        let text = "import {\n  a,\n} from 'b'\n# H";
        assert_eq!(&text[end_of_module(text).unwrap()..], "# H");
        assert_eq!(end_of_module("export const a = {"), None);
    }

    #[test]
    fn strings() {
        assert_eq!(string_literal("`a b`").as_deref(), Some("a b"));
        assert_eq!(string_literal("`a ${b}`"), None);
        assert_eq!(string_literal("'a' + 'b'"), None);
        assert_eq!(first_string("require(\"./a.png\").default"), Some("./a.png"));
    }
}
