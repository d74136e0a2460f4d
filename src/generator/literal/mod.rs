//! The literals of a configuration that is a program: `SITEURL = 'https://…'`, `site: 'https://…'`.
//!
//! Nothing is run and nothing worked out. What is not plainly a literal is [`Literal::Computed`].

mod reader;
mod tokens;

use self::reader::Reader;
use self::tokens::{Dialect, Token, tokens};

/// A value as the program spells it.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A text.
    Text(String),
    /// A number or another word: `7`, `None`.
    Word(String),
    /// `True`, `true`, or the other.
    Flag(bool),
    /// A list or a tuple.
    List(Vec<Literal>),
    /// A dictionary or an object.
    Map(Object),
    /// What only running the program would tell.
    Computed,
}

/// Keys and values in the order of the program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(pub Vec<(String, Literal)>);

impl Object {
    /// The value of a key, the last one where it stands twice.
    pub fn get(&self, key: &str) -> Option<&Literal> {
        self.0.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// A text that is not empty.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.text()
    }

    /// Is there a value that only running the program would tell?
    pub fn is_computed(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Literal::Computed))
    }
}

impl Literal {
    /// A text that is not empty.
    pub fn text(&self) -> Option<String> {
        match self {
            Literal::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => None,
        }
    }

    /// A whole number.
    pub fn count(&self) -> Option<u32> {
        match self {
            Literal::Word(word) => word.parse().ok().filter(|count| *count > 0),
            _ => None,
        }
    }
}

/// The assignments at the left margin of a Python program, the last of each name.
pub fn python(text: &str) -> Object {
    let tokens = tokens(text, Dialect::Python);
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let mut found = Vec::new();
    let mut is_at_margin = !text.starts_with([' ', '\t']);
    while let Some(token) = reader.next() {
        match (token, reader.peek()) {
            (Token::Word(name), Some(Token::Mark('='))) if is_at_margin && !name.contains('.') => {
                let name = name.clone();
                reader.at += 1;
                let value = reader.value(0);
                found.push((name, reader.unless_it_goes_on(value)));
                is_at_margin = false;
            }
            (Token::Line { indented }, _) => is_at_margin = !indented,
            (Token::Mark('(' | '[' | '{'), _) => {
                reader.at -= 1;
                reader.skip_one();
                is_at_margin = false;
            }
            _ => is_at_margin = false,
        }
    }
    Object(found)
}

/// The objects that a JavaScript program assigns, returns or hands to a function.
pub fn javascript(text: &str) -> Vec<Object> {
    let tokens = tokens(text, Dialect::JavaScript);
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let mut found = Vec::new();
    let mut opens_a_value = false;
    while let Some(token) = reader.next() {
        match token {
            Token::Mark('{') if opens_a_value => {
                reader.at -= 1;
                if let Literal::Map(object) = reader.value(0) {
                    found.push(object);
                }
                opens_a_value = false;
            }
            Token::Line { .. } => {}
            Token::Mark(mark) => opens_a_value = matches!(mark, '=' | '('),
            Token::Word(word) => opens_a_value = matches!(word.as_str(), "default" | "return"),
            _ => opens_a_value = false,
        }
    }
    found
}

/// The texts that a JavaScript program gives a name: `export const SITE_TITLE = 'Post'`.
pub fn constants(text: &str) -> Object {
    let tokens = tokens(text, Dialect::JavaScript);
    let named = tokens.windows(5).filter_map(|tokens| match tokens {
        [Token::Word(keyword), Token::Word(name), Token::Mark('='), Token::Text(text), end]
            if keyword == "const" && matches!(end, Token::Line { .. } | Token::Mark(';')) =>
        {
            Some((name.clone(), Literal::Text(text.clone())))
        }
        _ => None,
    });
    Object(named.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Literal {
        Literal::Text(text.to_owned())
    }

    #[test]
    fn assignments_of_python() {
        let found = python(
            "# SITEURL = 'https://no.example'\nimport os\nSITENAME = u'The \\'Post\\''  # its name\nSITEURL = \"https://e.example\"\n\
             if True:\n    SITEURL = 'https://inner.example'\nNAME = 'a' + b\nLONG = ('one '\n   'two')\nPATHS = ['a', \"b\",]\n\
             POSTS = (\n  ('posts/*.md', 'posts', 'post.tmpl'),\n)\nT = {DEFAULT: '', 'de': './de'}\nDOC = '''x\nSITEURL = 'y'\n'''\n\
             COMPUTED = os.environ.get('X')\nF = f'{x}'\nRAW = r'\\d'\nN = 7\nB = False\nf(\nSITEURL='z')\nd['k'] = 1\n",
        );
        assert_eq!(found.get("SITENAME"), Some(&text("The 'Post'")));
        assert_eq!(found.text("SITEURL").as_deref(), Some("https://e.example"));
        assert_eq!(found.get("LONG"), Some(&text("one two")));
        assert_eq!(found.get("PATHS"), Some(&Literal::List(vec![text("a"), text("b")])));
        let post = Literal::List(vec![text("posts/*.md"), text("posts"), text("post.tmpl")]);
        assert_eq!(found.get("POSTS"), Some(&Literal::List(vec![post])));
        let Some(Literal::Map(languages)) = found.get("T") else { panic!("{found:?}") };
        assert_eq!(languages.text("de").as_deref(), Some("./de"));
        assert_eq!(found.get("DOC"), Some(&text("x\nSITEURL = 'y'\n")));
        for name in ["NAME", "COMPUTED", "F"] {
            assert!(found.is_computed(name), "{name}: {:?}", found.get(name));
        }
        assert_eq!(found.get("RAW"), Some(&text("\\d")));
        assert_eq!(found.get("N").and_then(Literal::count), Some(7));
        assert_eq!(found.get("B"), Some(&Literal::Flag(false)));
    }

    #[test]
    fn objects_of_javascript() {
        let found = javascript(
            "import x from 'y'; // site: 'https://no.example'\nconst re = /['\"{]/g;\n/* { site: 'no' } */\n\
             export default defineConfig({\n  site: 'https://e.example',\n  base: `/docs`,\n  title: `a ${b}`,\n  ...rest,\n\
               trailingSlash: cond ? 'always' : 'never',\n  i18n: { locales: ['en', \"ru\"], 'defaultLocale': 'en' },\n\
               hook() { return { site: 'inner' }; },\n  build: { format: 'file' } satisfies Build<X>,\n  plugins: [a({ b: 1 }), c],\n});\n",
        );
        let [config] = &found[..] else { panic!("{found:?}") };
        assert_eq!(config.text("site").as_deref(), Some("https://e.example"));
        assert_eq!(config.text("base").as_deref(), Some("/docs"));
        assert!(
            config.is_computed("title") && config.is_computed("trailingSlash") && config.is_computed("hook")
        );
        assert!(matches!(config.get("build"), Some(Literal::Map(_))), "{found:?}");
        let Some(Literal::Map(languages)) = config.get("i18n") else { panic!("{found:?}") };
        assert_eq!(languages.get("locales"), Some(&Literal::List(vec![text("en"), text("ru")])));
    }

    #[test]
    fn objects_that_are_assigned_or_returned() {
        for program in [
            "const config: Config = { title: 'Post' };\nexport default config;",
            "module.exports = { title: 'Post' }",
            "module.exports = function (c) {\n  c.add({ a: 1 });\n  return {\n    title: 'Post',\n  };\n};",
        ] {
            let found = javascript(program);
            let titles: Vec<_> = found.iter().filter_map(|object| object.text("title")).collect();
            assert_eq!(titles, ["Post"], "{program}");
        }
    }

    #[test]
    fn hostile_programs_end() {
        for piece in ["{", "=[", "=({", "'", "`${", "/", "a={", "\\", "'''", "({a:", ")", "\\u{", "🦭"] {
            let program = piece.repeat(200_000);
            python(&program);
            javascript(&program);
        }
    }
}
