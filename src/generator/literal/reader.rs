//! From tokens to values. Each token is read once, whatever the brackets are.

use super::tokens::Token;
use super::{Literal, Object};

/// Deeper nesting is skipped: nobody configures a site there.
const DEEPEST: usize = 32;

/// Goes through the tokens of a program.
pub struct Reader<'t> {
    /// All of them.
    pub tokens: &'t [Token],
    /// Which one comes next.
    pub at: usize,
}

impl<'t> Reader<'t> {
    pub fn next(&mut self) -> Option<&'t Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    pub fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn skip_lines(&mut self) {
        while let Some(Token::Line { .. }) = self.peek() {
            self.at += 1;
        }
    }

    /// One token, or all between two brackets.
    pub fn skip_one(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.next() {
            match token {
                Token::Mark('(' | '[' | '{') => depth += 1,
                Token::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// The value that begins here. What follows it can still make it a part of something computed.
    pub fn value(&mut self, depth: usize) -> Literal {
        match self.peek() {
            Some(Token::Mark('[')) if depth < DEEPEST => self.list(']', depth),
            Some(Token::Mark('(')) if depth < DEEPEST => self.list(')', depth),
            Some(Token::Mark('{')) if depth < DEEPEST => self.map(depth),
            Some(Token::Mark(mark)) => {
                if matches!(mark, '(' | '[' | '{') {
                    self.skip_one();
                }
                Literal::Computed
            }
            Some(Token::Text(text)) => {
                self.at += 1;
                Literal::Text(text.clone())
            }
            Some(Token::Word(word)) => {
                self.at += 1;
                match word.as_str() {
                    "True" | "true" => Literal::Flag(true),
                    "False" | "false" => Literal::Flag(false),
                    "None" | "null" | "undefined" => Literal::Word("None".to_owned()),
                    word if word.starts_with(|c: char| c.is_ascii_digit()) => Literal::Word(word.to_owned()),
                    _ => Literal::Computed,
                }
            }
            Some(Token::ComputedText) => {
                self.at += 1;
                Literal::Computed
            }
            Some(Token::Line { .. }) | None => Literal::Computed,
        }
    }

    fn list(&mut self, close: char, depth: usize) -> Literal {
        self.at += 1;
        let mut items = Vec::new();
        let mut ends_with_comma = false;
        loop {
            self.skip_lines();
            match self.peek() {
                None => return Literal::Computed,
                Some(Token::Mark(mark)) if *mark == close => break,
                _ => {}
            }
            let value = self.value(depth + 1);
            items.push(self.unless_more_follows(value));
            ends_with_comma = self.peek() == Some(&Token::Mark(','));
            if ends_with_comma {
                self.at += 1;
                continue;
            }
            match self.peek() {
                Some(Token::Mark(mark)) if *mark == close => break,
                // Brackets that do not match: past them, so that the reader gets on.
                _ => {
                    self.at += 1;
                    return Literal::Computed;
                }
            }
        }
        self.at += 1;
        match (close, &items[..]) {
            // Brackets around one value: `('a' 'b')`, and not the tuple `('a',)`.
            (')', [only]) if !ends_with_comma => only.clone(),
            _ => Literal::List(items),
        }
    }

    fn map(&mut self, depth: usize) -> Literal {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.skip_lines();
            match self.peek() {
                None => return Literal::Computed,
                Some(Token::Mark('}')) => break,
                Some(Token::Mark(',')) => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let key = match self.next() {
                Some(Token::Text(key) | Token::Word(key)) => Some(key.clone()),
                _ => {
                    self.at -= 1;
                    None
                }
            };
            self.skip_lines();
            match (key, self.peek()) {
                (Some(key), Some(Token::Mark(':'))) => {
                    self.at += 1;
                    self.skip_lines();
                    let value = self.value(depth + 1);
                    entries.push((key, self.unless_more_follows(value)));
                }
                // `{ site }` and methods.
                (key, _) => {
                    self.unless_more_follows(Literal::Computed);
                    entries.extend(key.map(|key| (key, Literal::Computed)));
                }
            }
            if let Some(Token::Mark(')' | ']')) = self.peek() {
                self.at += 1;
                return Literal::Computed;
            }
        }
        self.at += 1;
        Literal::Map(Object(entries))
    }

    /// `value`, if a comma or the closing bracket comes next; else all up to there is skipped, and the
    /// value was only a part of something computed. Texts side by side are one text in Python.
    fn unless_more_follows(&mut self, mut value: Literal) -> Literal {
        let mut is_type = false;
        loop {
            match self.peek() {
                None | Some(Token::Mark(',' | ')' | ']' | '}')) => return value,
                // What TypeScript says of the value does not change it.
                Some(Token::Word(word)) if matches!(word.as_str(), "satisfies" | "as") => {
                    self.at += 1;
                    is_type = true;
                }
                Some(_) if is_type => self.skip_one(),
                Some(Token::Line { .. }) => self.at += 1,
                Some(Token::Text(more)) => {
                    self.at += 1;
                    value = join(value, more);
                }
                Some(_) => {
                    value = Literal::Computed;
                    self.skip_one();
                }
            }
        }
    }

    /// The same for an assignment, which ends with its line.
    pub fn unless_it_goes_on(&mut self, mut value: Literal) -> Literal {
        loop {
            match self.peek() {
                None | Some(Token::Line { .. } | Token::Mark(';')) => return value,
                Some(Token::Text(more)) => {
                    self.at += 1;
                    value = join(value, more);
                }
                Some(_) => {
                    value = Literal::Computed;
                    self.skip_one();
                }
            }
        }
    }
}

fn join(value: Literal, more: &str) -> Literal {
    match value {
        Literal::Text(text) => Literal::Text(text + more),
        _ => Literal::Computed,
    }
}
