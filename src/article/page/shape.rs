//! From what was found in a page to the fields of an article: the best of several values, in the shape
//! that front matter has.

use super::table::{Row, Shape, TABLE};
use super::{Finds, Piece, Places, Said};
use crate::address::Address;
use crate::article::date;
use crate::article::release::is_for_everybody;
use crate::diagnostic::Position;
use crate::language::Language;
use crate::syntax::{Key, Map, Node, Value};
use crate::text;
use chrono_tz::Tz;
use html_escape::decode_html_entities;

/// The fields that the table makes of the finds.
#[must_use]
pub fn fields(finds: &Finds, at: Places<'_>) -> Map<'static> {
    let mut map = Map::default();
    for row in TABLE {
        let node = match row.shape {
            Shape::Line => lines(finds, row).next().map(|line| line.node(at)),
            Shape::Pelican if is_for_others(finds) => None,
            Shape::Pelican => lines(finds, row).find(|line| !is_flag(line)).map(|line| line.node(at)),
            Shape::Title => title(finds, row, at),
            Shape::Date => first_that(finds, row, |text| date::parse(text, Tz::UTC).is_ok(), at),
            Shape::Language => first_that(finds, row, |text| Language::parse(text).is_some(), at),
            Shape::Page => {
                lines(finds, row).find(|line| page(&line.text).is_some()).map(|line| line.node(at))
            }
            Shape::Persons => persons(finds, row, at),
            Shape::Words => words(finds, row, at),
            Shape::Picture => picture(finds, row, at),
            Shape::Access => access(finds, row, at),
        };
        if let Some(node) = node {
            map.entries.push((Key { name: row.field.into(), at: node.at }, node));
        }
    }
    map
}

/// What relative addresses of the page start from.
#[must_use]
pub fn base(finds: &Finds) -> Option<Address> {
    let row = TABLE.iter().find(|row| row.shape == Shape::Page)?;
    let canonical = lines(finds, row).find_map(|line| page(&line.text));
    let declared = finds.all("<base>").first().and_then(Line::of);
    let Some(declared) = declared else { return canonical };
    match &canonical {
        Some(canonical) => canonical.join(&declared.text).and_then(|base| Address::of_page(base.as_str())),
        None => Address::of_page(&declared.text),
    }
}

/// A page other than the front page, which careless templates name on every page.
fn page(text: &str) -> Option<Address> {
    let address = Address::of_page(text)?;
    let path = address.as_str().splitn(4, '/').nth(3).unwrap_or_default();
    (!path.is_empty()).then_some(address)
}

/// One line of text and where it begins.
struct Line {
    text: String,
    at: usize,
}

impl Line {
    fn of(piece: &Piece) -> Option<Line> {
        let Said::Text(text) = &piece.said else { return None };
        let text = text::line(&decode_html_entities(text));
        (!text.is_empty()).then_some(Line { text, at: piece.at })
    }

    fn node(self, at: Places<'_>) -> Node<'static> {
        Node { value: Value::Text(self.text.into()), at: at(self.at) }
    }
}

fn lines<'f>(finds: &'f Finds, row: &Row) -> impl Iterator<Item = Line> + use<'f> {
    row.names.iter().flat_map(|name| lines_of(finds, name))
}

fn lines_of<'f>(finds: &'f Finds, name: &str) -> impl Iterator<Item = Line> + use<'f> {
    let pieces = finds.all(name);
    // Of many `<time>` none is more likely than another to be that of the article.
    let is_unclear = name.ends_with("<time>") && distinct(pieces) > 1;
    pieces.iter().filter(move |_| !is_unclear).filter_map(Line::of)
}

fn distinct(pieces: &[Piece]) -> usize {
    let texts: std::collections::BTreeSet<String> =
        pieces.iter().filter_map(Line::of).map(|line| line.text).collect();
    texts.len()
}

/// Is the page made for networks and search engines? A source of Pelican's is not.
fn is_for_others(finds: &Finds) -> bool {
    finds.0.keys().any(|name| name.starts_with("og:") || name.starts_with("ld:"))
}

/// Pelican's `translation: true` is no key that translations share.
fn is_flag(line: &Line) -> bool {
    matches!(line.text.to_ascii_lowercase().as_str(), "true" | "false")
}

/// The first value that can be read, so that one broken name of many does no harm; where none can, the
/// first that was written for machines, for its fault has to be told.
fn first_that(
    finds: &Finds,
    row: &Row,
    is_readable: impl Fn(&str) -> bool,
    at: Places<'_>,
) -> Option<Node<'static>> {
    let readable = lines(finds, row).find(|line| is_readable(&line.text));
    let is_for_machines = |name: &&&str| !name.starts_with(['<']) && !name.starts_with("itemprop:");
    let first = || row.names.iter().filter(is_for_machines).find_map(|name| lines_of(finds, name).next());
    readable.or_else(first).map(|line| line.node(at))
}

fn title(finds: &Finds, row: &Row, at: Places<'_>) -> Option<Node<'static>> {
    let sites: Vec<String> = ["og:site_name", "application-name", "ld:publisher"]
        .iter()
        .flat_map(|name| lines_of(finds, name))
        .map(|line| line.text.to_lowercase())
        .collect();
    let headings: Vec<String> = ["<article> <h1>", "<h1>"]
        .iter()
        .flat_map(|name| lines_of(finds, name))
        .map(|line| line.text)
        .collect();
    // The headline of a list or a summary for networks differs from what stands above the text.
    let whole = lines_of(finds, "<title>").next().map(|line| line.text).unwrap_or_default();
    let is_confirmed = |line: &Line| line.text != whole && whole.contains(&line.text);
    let is_heading = |line: &Line| line.text == whole && headings.contains(&line.text);
    let same = lines(finds, row).find(is_heading);
    let confirmed = same.or_else(|| lines(finds, row).find(is_confirmed));
    let first = confirmed.or_else(|| lines(finds, row).next())?;
    let text = without_site(&first.text, &sites, &headings).unwrap_or(&first.text);
    let blank = first.text.find(text).unwrap_or_default();
    Some(Node { value: Value::Text(text.to_owned().into()), at: at(first.at + blank) })
}

/// `Ferry returns | The Harbour Post` without the second part, where the page says that this is the
/// name of the site, or that the first is the heading.
fn without_site<'t>(title: &'t str, sites: &[String], headings: &[String]) -> Option<&'t str> {
    let separators = [" | ", " – ", " — ", " - ", " · ", " • ", " :: ", " » ", " « ", " / "];
    let cuts = separators.iter().flat_map(|separator| {
        title.match_indices(separator).map(|(start, found)| (&title[..start], &title[start + found.len()..]))
    });
    let is_site = |part: &str| sites.contains(&part.trim().to_lowercase());
    let is_heading = |part: &str| headings.iter().any(|heading| heading == part.trim());
    let own = cuts.filter_map(|(before, after)| {
        if is_site(after) || is_heading(before) {
            Some(before)
        } else if is_site(before) || is_heading(after) {
            Some(after)
        } else {
            None
        }
    });
    own.map(str::trim).find(|part| !part.is_empty())
}

/// All values of the first name that has any.
fn first_with_any<T>(row: &Row, read: impl Fn(&str) -> Vec<T>) -> Vec<T> {
    row.names.iter().map(|name| read(name)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn of_list(items: Vec<Node<'static>>) -> Option<Node<'static>> {
    let at = items.first()?.at;
    Some(Node { value: Value::List(items), at })
}

fn persons(finds: &Finds, row: &Row, at: Places<'_>) -> Option<Node<'static>> {
    of_list(first_with_any(row, |name| {
        let of_piece = |piece: &Piece| match &piece.said {
            Said::Text(_) => Line::of(piece).map_or(Vec::new(), |line| names(&line, at)),
            Said::Parts(parts) => parts_node(parts, &["name", "url"], piece.at, at).into_iter().collect(),
        };
        finds.all(name).iter().flat_map(of_piece).collect()
    }))
}

/// What is longer is more than a name.
const LONGEST_NAME: usize = 120;

/// `By Ann Lee and Bo Ek` is two persons; an address is none.
fn names(line: &Line, at: Places<'_>) -> Vec<Node<'static>> {
    let text = line.text.as_str();
    let text = ["By ", "by ", "BY "].iter().find_map(|by| text.strip_prefix(by)).unwrap_or(text);
    let names = text.split([',', ';']).flat_map(|names| names.split(" and ")).map(str::trim);
    let is_name = |name: &&str| {
        !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains("://") && !name.contains('@')
    };
    names
        .filter(is_name)
        .map(|name| Node { value: Value::Text(name.to_owned().into()), at: at(line.at) })
        .collect()
}

fn words(finds: &Finds, row: &Row, at: Places<'_>) -> Option<Node<'static>> {
    let node = |line: Line| -> Vec<Node<'static>> {
        let place = at(line.at);
        let words = line.text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(|word| Node { value: Value::Text(word.to_owned().into()), at: place }).collect()
    };
    of_list(first_with_any(row, |name| {
        let of_piece = |piece: &Piece| match &piece.said {
            Said::Text(_) => Line::of(piece).map_or(Vec::new(), node),
            Said::Parts(parts) => part(parts, "name").and_then(Line::of).map_or(Vec::new(), node),
        };
        finds.all(name).iter().flat_map(of_piece).collect()
    }))
}

fn part<'p>(parts: &'p [(&'static str, Piece)], name: &str) -> Option<&'p Piece> {
    parts.iter().find(|(part, _)| *part == name).map(|(_, piece)| piece)
}

/// A map of some parts; nothing where the first of them is missing.
fn parts_node(
    parts: &[(&'static str, Piece)],
    wanted: &[&str],
    start: usize,
    at: Places<'_>,
) -> Option<Node<'static>> {
    part(parts, wanted.first()?).and_then(Line::of)?;
    let lines = wanted.iter().filter_map(|name| Some((*name, Line::of(part(parts, name)?)?)));
    Some(map_node(lines, at(start), at))
}

fn map_node<'n>(
    lines: impl Iterator<Item = (&'n str, Line)>,
    place: Position,
    at: Places<'_>,
) -> Node<'static> {
    let entry = |(name, line): (&str, Line)| {
        let node = line.node(at);
        (Key { name: name.to_owned().into(), at: node.at }, node)
    };
    Node { value: Value::Map(Map { entries: lines.map(entry).collect() }), at: place }
}

/// The picture that is named first, with what Open Graph says of it, and JSON-LD of the same picture.
fn picture(finds: &Finds, row: &Row, at: Places<'_>) -> Option<Node<'static>> {
    let logos: Vec<String> = lines_of(finds, "ld:logo").map(|line| line.text).collect();
    let address = |piece: &Piece| match &piece.said {
        Said::Text(_) => Line::of(piece),
        Said::Parts(parts) => ["src", "url"].iter().find_map(|name| Line::of(part(parts, name)?)),
    };
    let is_picture = |line: &Line| !logos.contains(&line.text) && !line.text.starts_with("data:");
    let (name, src) = row.names.iter().find_map(|name| {
        finds.all(name).iter().find_map(|piece| address(piece).filter(is_picture)).map(|line| (*name, line))
    })?;
    let place = at(src.at);
    let same =
        |piece: &&Piece| address(piece).is_some_and(|line| file_name(&line.text) == file_name(&src.text));
    let described = finds.all("ld:image").iter().find(same).map(|piece| &piece.said);
    let mut lines: Vec<(&str, Line)> = Vec::new();
    if name.starts_with("og:") || name.starts_with("twitter:") {
        let next = finds.all(name).get(1).map_or(usize::MAX, |piece| piece.at);
        for (key, names) in [
            ("alt", &["og:image:alt", "twitter:image:alt"][..]),
            ("width", &["og:image:width"]),
            ("height", &["og:image:height"]),
        ] {
            let said = names.iter().find_map(|name| lines_of(finds, name).find(|line| line.at < next));
            lines.extend(said.map(|line| (key, line)));
        }
    }
    if let Some(Said::Parts(parts)) = described {
        for key in ["caption", "credit", "licence", "width", "height"] {
            let is_new = lines.iter().all(|(known, _)| *known != key);
            let said = part(parts, key).and_then(Line::of).filter(|_| is_new);
            lines.extend(said.map(|line| (key, line)));
        }
    }
    lines.insert(0, ("src", src));
    Some(map_node(lines.into_iter(), place, at))
}

fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// A page that says that it is not free is for members; of what is half free the rest is not. What a page says
/// in the words of front matter means the same.
fn access(finds: &Finds, row: &Row, at: Places<'_>) -> Option<Node<'static>> {
    let is_locked = |name: &str, text: &str| match name {
        "access" | "visibility" => !is_for_everybody(text),
        "ld:isaccessibleforfree" | "article:content_tier" => matches!(text, "false" | "no" | "locked"),
        _ => !matches!(text, "false" | "no" | "off" | "0"),
    };
    let locked = |name: &&'static str| {
        lines_of(finds, name).find(|line| is_locked(name, &line.text.to_ascii_lowercase()))
    };
    let line = row.names.iter().find_map(locked)?;
    Some(Node { value: Value::Text("members".into()), at: at(line.at) })
}
