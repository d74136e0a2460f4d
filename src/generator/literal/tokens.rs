//! The words, texts and marks of a program in Python or JavaScript, as far as literals need them.

/// In which language the program is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `#` comments, `'''`, prefixes such as `r''`.
    Python,
    /// `//` and `/* */` comments, templates, regular expressions. TypeScript too.
    JavaScript,
}

/// One piece of the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A text that is a literal.
    Text(String),
    /// A text with something to be computed in it.
    ComputedText,
    /// A name, a keyword or a number.
    Word(String),
    /// Anything else.
    Mark(char),
    /// The end of a line; `indented` is about the line that follows.
    Line { indented: bool },
}

/// Takes a program apart. Comments are left out.
pub fn tokens(text: &str, dialect: Dialect) -> Vec<Token> {
    let mut reader = Reader { text, at: 0, dialect, tokens: Vec::new() };
    while let Some(character) = reader.peek() {
        reader.token(character);
    }
    reader.tokens
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    dialect: Dialect,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn token(&mut self, character: char) {
        let is_python = self.dialect == Dialect::Python;
        match character {
            '\n' => {
                self.at += 1;
                let indented = self.rest().starts_with([' ', '\t']);
                self.tokens.push(Token::Line { indented });
            }
            // A line that goes on.
            '\\' if is_python && self.rest().starts_with("\\\n") => self.at += 2,
            '#' if is_python => self.skip_through_before("\n"),
            '/' if !is_python && self.rest().starts_with("//") => self.skip_through_before("\n"),
            '/' if !is_python && self.rest().starts_with("/*") => {
                self.at += 2;
                self.skip_through_before("*/");
                self.at = (self.at + 2).min(self.text.len());
            }
            '/' if !is_python && self.is_before_expression() => self.regular_expression(),
            '"' | '\'' => self.quoted(character, ""),
            '`' if !is_python => self.quoted(character, ""),
            _ if character.is_alphanumeric() || character == '_' || character == '$' => self.word(),
            _ => {
                self.at += character.len_utf8();
                if !character.is_whitespace() {
                    self.tokens.push(Token::Mark(character));
                }
            }
        }
    }

    fn skip_through_before(&mut self, end: &str) {
        self.at = self.rest().find(end).map_or(self.text.len(), |length| self.at + length);
    }

    fn word(&mut self) {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
        let length = self.rest().find(|c| !is_part(c)).unwrap_or(self.rest().len());
        let word = self.rest()[..length].to_owned();
        self.at += length;
        let is_prefix = word.len() <= 2 && word.chars().all(|c| "rRuUbBfF".contains(c));
        match self.peek() {
            Some(quote @ ('"' | '\'')) if self.dialect == Dialect::Python && is_prefix => {
                self.quoted(quote, &word.to_ascii_lowercase());
            }
            _ => self.tokens.push(Token::Word(word)),
        }
    }

    /// A text in quotes. One in single quotes that its line does not end is no literal.
    fn quoted(&mut self, quote: char, prefix: &str) {
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let is_triple = self.dialect == Dialect::Python && self.rest().starts_with(&triple);
        let end = if is_triple { triple } else { quote.to_string() };
        let may_go_on = is_triple || quote == '`';
        self.at += end.len();
        let mut value = String::new();
        let mut is_computed = prefix.contains(['f', 'b']);
        while let Some(character) = self.peek() {
            if self.rest().starts_with(&end) {
                self.at += end.len();
                let token = if is_computed { Token::ComputedText } else { Token::Text(value) };
                self.tokens.push(token);
                return;
            }
            match character {
                '\n' if !may_go_on => break,
                '$' if quote == '`' && self.rest().starts_with("${") => is_computed = true,
                _ => {}
            }
            self.at += character.len_utf8();
            match character {
                '\\' if prefix.contains('r') => {
                    value.push('\\');
                    self.raw_escape(&mut value);
                }
                '\\' => self.escape(&mut value),
                _ => value.push(character),
            }
        }
        self.tokens.push(Token::ComputedText);
    }

    /// In a raw text a backslash stays, but a quote behind it still does not end the text.
    fn raw_escape(&mut self, value: &mut String) {
        if let Some(character) = self.peek() {
            self.at += character.len_utf8();
            value.push(character);
        }
    }

    fn escape(&mut self, value: &mut String) {
        let Some(character) = self.peek() else { return };
        self.at += character.len_utf8();
        let digits = match character {
            'x' => 2,
            'u' => 4,
            'U' if self.dialect == Dialect::Python => 8,
            _ => 0,
        };
        match character {
            'n' => value.push('\n'),
            't' => value.push('\t'),
            'r' => value.push('\r'),
            '\n' => {}
            'u' if self.rest().starts_with('{') => {
                let code = self.rest().find('}').map_or("", |end| &self.rest()[1..end]);
                let length = code.len() + 2;
                value.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
                self.at = (self.at + length).min(self.text.len());
            }
            _ if digits > 0 => {
                let code = self.rest().get(..digits).and_then(|code| u32::from_str_radix(code, 16).ok());
                if let Some(code) = code {
                    self.at += digits;
                    value.extend(char::from_u32(code));
                }
            }
            _ => value.push(character),
        }
    }

    /// Can a slash here only begin a regular expression, and not divide?
    fn is_before_expression(&self) -> bool {
        match self.tokens.iter().rev().find(|token| !matches!(token, Token::Line { .. })) {
            None => true,
            Some(Token::Mark(mark)) => !matches!(mark, ')' | ']' | '}'),
            Some(Token::Word(word)) => matches!(word.as_str(), "return" | "typeof" | "case" | "in" | "of"),
            Some(_) => false,
        }
    }

    fn regular_expression(&mut self) {
        let mut in_class = false;
        let mut is_escaped = false;
        let mut length = self.rest().len();
        for (index, character) in self.rest().char_indices().skip(1) {
            match character {
                '\n' => {
                    length = index;
                    break;
                }
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    length = index + 1;
                    break;
                }
                _ => {}
            }
        }
        self.at += length;
        self.tokens.push(Token::ComputedText);
    }
}
