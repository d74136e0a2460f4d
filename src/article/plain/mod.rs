//! Plain text as an article: what it says of itself, and which of its lines are the article.
//!
//! The text after the front matter comes in; fields under feedmill's own names and the body go out,
//! a part of the text. A text that was copied from a whole page loses what is not the article, if
//! that is beyond doubt; [`page`] decides.

mod caption;
mod day;
mod furniture;
mod head;
mod line;
mod page;
mod phrases;
mod roles;

use crate::diagnostic::{Code, Diagnostic, Location, Position};
use crate::settings::Settings;
use crate::syntax::{Key, Map, Node, Value};
use chrono::NaiveDate;
use furniture::Kind;
use head::Head;
use line::Line;
use page::{Page, Sorted};

/// A plain text, understood.
#[derive(Debug, PartialEq)]
pub struct Plain<'t> {
    /// What the text says of itself, under feedmill's own names of fields.
    pub fields: Map<'static>,
    /// The text of the article.
    pub body: &'t str,
    /// Where it begins.
    pub body_at: Position,
    /// What was left out, and what is not clear.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a text says that its author says elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The file, for messages.
    pub path: &'a str,
    /// The title that front matter names.
    pub title: Option<&'a str>,
    /// The section that the file's folder names.
    pub section: Option<&'a str>,
    /// The date in the file's name.
    pub date: Option<NaiveDate>,
}

/// The head of a text, with all that a page may have above its article.
const HEAD_LINES: usize = 200;

const UNCLEAR_HELP: &str = "write the headline into front matter as `title:`, spelled as in the text, or delete the lines around the article";

/// Reads the text of a file, which begins there `at`.
#[must_use]
pub fn read<'t>(text: &'t str, at: Position, context: &Context<'_>, settings: &Settings) -> Plain<'t> {
    let lines = line::first(text, HEAD_LINES);
    let mut diagnostics = Vec::new();
    let page = match page::sort(text, &lines, context.title, context.section, settings) {
        Sorted::Page(page) => *page,
        sorted => {
            if let Sorted::Unclear(line, reason) = sorted {
                let message = format!("this looks like a copy of a whole page, and {reason}");
                let location = Location::new(context.path, line.at(at));
                diagnostics.push(Diagnostic::new(Code::UnclearText, location, message).help(UNCLEAR_HELP));
            }
            let (head, above_text) =
                Head::of_article(&lines, context.title, context.date, settings.site.timezone);
            Page { head, above_text, foot_at: text.len(), ..Page::default() }
        }
    };
    diagnostics.extend(left_out(&page.left_out, at, context.path));
    let first = lines.get(page.above_text);
    let body = first.map_or("", |line| text[line.start..page.foot_at].trim_end());
    let end = || Position { line: at.line + line_feeds(text), column: 1 };
    let body_at = first.map_or_else(end, |line| Position { line: line.at(at).line, column: 1 });
    Plain { fields: fields(page, at), body, body_at, diagnostics }
}

fn line_feeds(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|&byte| byte == b'\n').count()).unwrap_or(u32::MAX / 2)
}

/// A note for each run of lines of one kind.
fn left_out(lines: &[(Line<'_>, Kind)], at: Position, path: &str) -> Vec<Diagnostic> {
    let note = |run: &[(Line<'_>, Kind)]| {
        let (line, kind) = run.first()?;
        let words = page::excerpt(line);
        let more = match run.len() {
            1 => String::new(),
            2 => " and the line after it".to_owned(),
            count => format!(" and the {} lines after it", count - 1),
        };
        let message = format!("left out: {kind}, `{words}`{more}");
        Some(Diagnostic::new(Code::PageFurniture, Location::new(path, line.at(at)), message))
    };
    lines.chunk_by(|(_, kind), (_, next)| kind == next).filter_map(note).collect()
}

fn fields(page: Page<'_>, at: Position) -> Map<'static> {
    let Page { head, section, .. } = page;
    let node = |value: Value<'static>, line: &Line<'_>| Node { value, at: line.at(at) };
    let text = |text: &str, line: &Line<'_>| node(Value::Text(text.to_owned().into()), line);
    let mut fields = Map::default();
    let mut add = |name: &str, line: &Line<'_>, node: Node<'static>| {
        fields.entries.push((Key { name: name.to_owned().into(), at: line.at(at) }, node));
    };
    if let Some(line) = &head.title {
        add("title", line, text(line.text, line));
    }
    if let Some((line, date)) = &head.published {
        add("published", line, text(date, line));
    }
    if let Some((line, name)) = &section {
        add("section", line, text(name, line));
    }
    if let Some((line, names)) = &head.authors {
        let names = names.iter().map(|name| text(name, line)).collect();
        add("authors", line, node(Value::List(names), line));
    }
    if let Some((line, cover)) = &head.cover {
        let shown = Some(&cover.caption).filter(|caption| !caption.is_empty());
        let parts = [("caption", shown), ("credit", cover.credit.as_ref())];
        let entries = parts.into_iter().filter_map(|(name, said)| {
            let key = Key { name: name.to_owned().into(), at: line.at(at) };
            Some((key, text(said?, line)))
        });
        add("cover", line, node(Value::Map(Map { entries: entries.collect() }), line));
    }
    fields
}

/// What follows `opening` in a line that begins with it, in whatever case.
fn after<'t>(line: &'t str, opening: &str) -> Option<&'t str> {
    let mut rest = line.chars();
    for expected in opening.chars() {
        let found = rest.next()?;
        let is_same = found == expected
            || found.to_lowercase().eq(expected.to_lowercase())
            || found.is_whitespace() && expected == ' ';
        if !is_same {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, read as read_settings};
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn settings() -> Settings {
        let text = "[site]\nurl = 'https://e.example'\ntitle = { en = 'The Harbour Post', ru = 'Портовые вести' }\n\
                    [sections.boats]\ntitle = { en = 'Boats', ru = 'Суда' }\n[sections.news]\n";
        read_settings("feedmill.toml", text, &Overrides::default()).unwrap()
    }

    fn text_of(value: &Value) -> String {
        match value {
            Value::Text(text) => text.to_string(),
            Value::List(items) => {
                items.iter().map(|item| text_of(&item.value)).collect::<Vec<_>>().join("; ")
            }
            Value::Map(map) => {
                map.entries.iter().map(|(_, node)| text_of(&node.value)).collect::<Vec<_>>().join(" / ")
            }
            other => panic!("{other:?}"),
        }
    }

    /// Fields, body and diagnostics as text.
    fn understood(text: &str, title: Option<&str>) -> (Vec<String>, String, Vec<String>) {
        let context = Context { path: "a.txt", title, ..Context::default() };
        let plain = read(text, Position { line: 1, column: 1 }, &context, &settings());
        let field =
            |(key, node): &(Key, Node)| format!("{}:{} {}", key.at.line, key.name, text_of(&node.value));
        let fields = plain.fields.entries.iter().map(field).collect();
        let told = |told: &Diagnostic| format!("{}: {}", told.location.position.line, told.message);
        (fields, plain.body.to_owned(), plain.diagnostics.iter().map(told).collect())
    }

    const PAGE: &str = "HOME NEWS BOATS TIDES\nEN | RU\nUSD 41.25 ▲\n1 234 views\nBoats\nThe ferry is back in service\n\
        22 November 2026, 08:30\nBy Ann Lee\nCover photo: The ferry / Source: Bo Ek\n\nIt came back on Sunday.\n\n\
        It had been gone for a week.\n\nSubscribe to our newsletter\nShare\nWe use cookies.\n© 2026 The Harbour Post\n\
        Ваш браузер устарел\n";

    #[test]
    fn a_copied_page() {
        let (fields, body, told) = understood(PAGE, None);
        assert_eq!(
            fields,
            [
                "6:title The ferry is back in service",
                "7:published 22 November 2026, 08:30",
                "5:section boats",
                "8:authors Ann Lee",
                "9:cover The ferry / Bo Ek",
            ]
        );
        assert_eq!(body, "It came back on Sunday.\n\nIt had been gone for a week.");
        assert_eq!(told[0], "1: left out: menu, `HOME NEWS BOATS TIDES`");
        assert_eq!(told.len(), 9, "{told:#?}");
    }

    #[test]
    fn one_kind_of_furniture_is_no_page() {
        let (fields, body, told) =
            understood("The ferry\n\nEN | RU\n\nIt came.\n\nSubscribe to it.\n© 2026 Bo", None);
        assert_eq!(fields, ["1:title The ferry"]);
        assert_eq!(body, "EN | RU\n\nIt came.\n\nSubscribe to it.\n© 2026 Bo");
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn what_is_not_clear_is_said() {
        let menu = "HOME NEWS BOATS TIDES\nEN | RU\n";
        let unclear = |rest: &str, title: Option<&str>| {
            let (.., told) = understood(&format!("{menu}{rest}"), title);
            told.into_iter().find(|told| told.contains("this looks like"))
        };
        let text = "\nIt came back on Sunday.\n";
        let reason = |line: u32, reason: &str| {
            Some(format!("{line}: this looks like a copy of a whole page, and {reason}"))
        };
        assert_eq!(
            unclear(&format!("FERRY BACK IN SERVICE\n{text}"), None),
            reason(3, "`FERRY BACK IN SERVICE` may be the headline, or capitals of the menu")
        );
        let two = format!("The ferry is back in service\nThe harbour master has his doubts\n{text}");
        let both =
            "`The ferry is back in service` and `The harbour master has his doubts` may both be the headline";
        assert_eq!(unclear(&two, None), reason(3, both));
        assert_eq!(unclear(&two, Some("The ferry is back in service")), None);
        assert_eq!(unclear(text, None), reason(4, "no line in it can be the headline"));
        assert_eq!(
            unclear("The ferry is back in service\n© 2026 Bo\n", None),
            reason(3, "no text follows the headline")
        );
    }

    #[test]
    fn a_name_above_the_page_is_no_headline() {
        let menu = "HOME NEWS BOATS TIDES\nEN | RU\nPortside daily\nSunday, 22 November 2026\n";
        let text = "\nIt came back on Sunday.\n";
        let (fields, ..) =
            understood(&format!("{menu}Boats\nThe ferry is back in service\n21 November 2026\n{text}"), None);
        assert_eq!(fields[0], "6:title The ferry is back in service");
        assert_eq!(fields[1], "7:published 21 November 2026");
        for rest in ["USD 41.25 ▲\nThe ferry is back.\n", "The ferry is back in service\n21 November 2026\n"]
        {
            let (.., told) = understood(&format!("{menu}{rest}{text}"), None);
            assert!(told[0].contains("this looks like") && told[0].contains("`Portside daily`"), "{told:?}");
        }
    }

    #[test]
    fn a_headline_of_few_words_is_no_section() {
        let menu = "HOME NEWS BOATS TIDES\nEN | RU\n";
        let first = |rest: &str| {
            let (fields, body, told) = understood(&format!("{menu}{rest}\n\nIt opened on Sunday.\n"), None);
            let unclear = told.iter().any(|told| told.contains("this looks like"));
            if unclear { "unclear".to_owned() } else { format!("{} | {body}", fields.join(" | ")) }
        };
        assert_eq!(
            first("Quay becomes market\nThe quay at dawn. Photo: J. Lens"),
            "3:title Quay becomes market | 4:cover The quay at dawn. / J. Lens | It opened on Sunday."
        );
        assert_eq!(
            first("Причал станет рынком\nПричал на рассвете. Фото: И. Линзов"),
            "3:title Причал станет рынком | 4:cover Причал на рассвете. / И. Линзов | It opened on Sunday."
        );
        assert_eq!(
            first("The quay becomes a market at last\nThe quay (photo by J. Lens)\n22 November 2026"),
            "3:title The quay becomes a market at last | 5:published 22 November 2026 | 4:cover The quay / J. Lens | It opened on Sunday."
        );
        assert_eq!(first("Quay becomes market\nThe stalls open at four, and the fish is fresh"), "unclear");
        assert_eq!(first("Quay opens\nThe stalls open at four, and the fish is fresh"), "unclear");
        assert!(
            first("Ports\nThe quay becomes a market\n22 November 2026")
                .starts_with("4:title The quay becomes")
        );
        assert!(
            first("World news\nThe quay becomes a market\n22 November 2026")
                .starts_with("4:title The quay becomes")
        );
    }

    #[test]
    fn the_title_of_the_front_matter_finds_the_headline() {
        let text = "HOME NEWS BOATS TIDES\nEN | RU\nLead story\nFERRY BACK\n\nIt came.\n";
        let (fields, body, told) = understood(text, Some("FERRY BACK"));
        assert_eq!((fields.len(), body.as_str()), (1, "It came."));
        assert_eq!(told.len(), 3, "{told:?}");
        let (_, body, _) = understood("HOME NEWS BOATS TIDES\nEN | RU\n\nIt came.\n", Some("Elsewhere"));
        assert_eq!(body, "It came.");
    }

    /// Lines of articles and of pages, in any order.
    fn texts() -> impl Strategy<Value = String> {
        let lines = prop::sample::select(
            PAGE.lines()
                .chain([
                    "",
                    "",
                    "FERRY RUNS AGROUND",
                    "A line without a stop",
                    "- item",
                    "HOME",
                    "Новости",
                    "RU",
                    "2026",
                    "Photo: x",
                    "/",
                    "\u{feff}",
                    "\u{a0}",
                    "https://e.example/a",
                    "* * *",
                    "===",
                    "a\u{301}.",
                    "İ: ",
                    "ﬁ",
                ])
                .collect::<Vec<_>>(),
        );
        prop::collection::vec(prop_oneof![4 => lines.prop_map(str::to_owned), 1 => "\\PC{0,20}"], 0..24)
            .prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        /// Every line is in the body, in a field or told of.
        #[test]
        fn no_line_is_lost(text in texts()) {
            let (fields, body, told) = understood(&text, None);
            let settings = settings();
            let lines = line::first(&text, usize::MAX);
            let in_body = line::first(&body, usize::MAX).len();
            let context = Context { path: "a.txt", ..Context::default() };
            let known = match page::sort(&text, &lines, None, None, &settings) {
                Sorted::Page(page) => page.above_text + page.left_out.iter().filter(|(line, _)| line.start >= page.foot_at).count(),
                _ => Head::of_article(&lines, None, None, settings.site.timezone).1,
            };
            prop_assert_eq!(in_body + known, lines.len());
            let again = read(&text, Position::START, &context, &settings);
            prop_assert!(text.contains(again.body));
            let mut seen = HashMap::new();
            for field in &fields {
                let name = field.split(' ').next().unwrap().to_owned();
                prop_assert!(seen.insert(name, ()).is_none());
            }
            if told.is_empty() {
                let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                prop_assert!(words(&text).ends_with(&words(&body)));
            }
        }
    }

    #[test]
    fn any_amount_of_text() {
        for text in [
            "a".repeat(10_000_000),
            "a ".repeat(5_000_000),
            "A\n".repeat(1_000_000),
            "\n".repeat(10_000_000),
            "Photo: /".repeat(1_000_000),
        ] {
            let _ = understood(&text, None);
        }
    }
}
