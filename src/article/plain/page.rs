//! Is a text an article, or a whole page that was copied, and where in that page is the article?
//!
//! Only a text with two different parts of a page above its headline, or one above it and one below
//! its last paragraph, counts as a copied page. Of any other nothing is removed.

use super::day;
use super::furniture::{Kind, section_of};
use super::head::{Head, says};
use super::line::{self, Line};
use super::roles::{self, Role};
use crate::settings::Settings;
use crate::text as texts;
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// What a text is.
#[derive(Debug)]
pub enum Sorted<'t> {
    /// An article and nothing else.
    Article,
    /// A page, in which the article was found.
    Page(Box<Page<'t>>),
    /// A page in which it was not found: the line where that shows, and why.
    Unclear(Line<'t>, String),
}

/// The article in a copied page.
#[derive(Debug, Default)]
pub struct Page<'t> {
    /// What stands above the first paragraph.
    pub head: Head<'t>,
    /// The section that the page names.
    pub section: Option<(Line<'t>, String)>,
    /// How many of the first lines stand above the first paragraph.
    pub above_text: usize,
    /// Where what stands below the last paragraph begins.
    pub foot_at: usize,
    /// What is no part of the article, in order.
    pub left_out: Vec<(Line<'t>, Kind)>,
}

/// No page has a longer foot.
const FOOT_LINES: usize = 60;

/// Sorts a text by its first `lines`. `known` is a title that front matter names; `folder` the section
/// that the file lies in.
pub fn sort<'t>(
    text: &'t str,
    lines: &[Line<'t>],
    known: Option<&str>,
    folder: Option<&str>,
    settings: &Settings,
) -> Sorted<'t> {
    let roles = roles::of_head(lines, settings);
    if !roles.iter().any(|role| matches!(role, Role::Furniture(_))) {
        return Sorted::Article;
    }
    let region = region(lines, &roles, known, settings.site.timezone);
    let (lines_above, roles_above) = (&lines[..region], &roles[..region]);
    let headline = match known {
        Some(title) => known_headline(lines_above, roles_above, title),
        None => headline(lines, &roles, region, folder),
    };
    let above = match &headline {
        Ok(place) => place.above,
        Err(_) => roles_above.iter().rposition(|role| is_candidate(*role)).unwrap_or(region),
    };
    let kinds: BTreeSet<Kind> = roles[..above].iter().filter_map(|role| role.evidence()).collect();
    if kinds.is_empty() {
        return Sorted::Article;
    }
    let foot = Foot::of(text, lines.get(above).map_or(text.len(), |line| line.next), settings);
    if kinds.len() + usize::from(!foot.lines.is_empty()) < 2 {
        return Sorted::Article;
    }
    let place = match headline {
        Ok(place) => place,
        Err((index, reason)) => return Sorted::Unclear(lines[index.min(lines.len() - 1)], reason),
    };
    let page = assemble(lines, &roles, &place, foot, folder, settings);
    let begins = lines.get(page.above_text).map_or(text.len(), |line| line.start);
    if begins >= page.foot_at {
        let index = place.headline.unwrap_or(0);
        return Sorted::Unclear(lines[index], "no text follows the headline".to_owned());
    }
    Sorted::Page(Box::new(page))
}

/// Where in the lines the article begins.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// How many lines stand above the headline, or above the text where it has none.
    above: usize,
    headline: Option<usize>,
    /// The section, where a line that no settings know is one.
    section: Option<usize>,
}

impl Role {
    fn evidence(self) -> Option<Kind> {
        match self {
            Role::Furniture(kind) => Some(kind),
            _ => None,
        }
    }

    /// What no page has below its headline.
    fn is_top_of_page(self) -> bool {
        matches!(self, Role::Furniture(Kind::Menu | Kind::Rates | Kind::Languages))
    }
}

fn is_candidate(role: Role) -> bool {
    matches!(role, Role::Title | Role::Capitals)
}

/// How many lines may hold the headline: those above the first paragraph, and above the date where a
/// line that may be the headline stands above that. A date that stands in the middle of the page's
/// own lines is not the article's.
fn region(lines: &[Line<'_>], roles: &[Role], known: Option<&str>, timezone: Tz) -> usize {
    let text = roles.iter().position(|role| *role == Role::Text).unwrap_or(roles.len());
    if let Some(title) = known {
        let headline = lines[..text].iter().position(|line| says(line, title));
        return headline.map_or(text, |headline| headline + 1);
    }
    let is_date = |line: &Line<'_>| day::read(line.text, timezone).is_some();
    let is_of_page = |index: usize| {
        let below = &roles[index + 1..text];
        below.iter().any(|role| role.is_top_of_page())
            || below.windows(2).any(|pair| pair == [Role::Section, Role::Title])
            || is_date(&lines[index]) && lines[index + 1..text].iter().any(is_date)
    };
    let Some(first) = roles[..text].iter().position(|role| is_candidate(*role)) else { return text };
    let known_line = (first..text).find(|&index| roles[index] == Role::Known);
    known_line.filter(|&index| !is_of_page(index)).unwrap_or(text)
}

/// A line and the reason why it is not clear.
type Doubt = (usize, String);

/// The headline that front matter names. Where the page does not repeat it, the text begins at the
/// first line that is no part of a page.
fn known_headline(lines: &[Line<'_>], roles: &[Role], title: &str) -> Result<Place, Doubt> {
    let last = lines.len().checked_sub(1).filter(|&last| says(&lines[last], title));
    if let Some(headline) = last {
        let section = headline.checked_sub(1).filter(|&above| roles[above] == Role::Title);
        let section = section.filter(|&above| is_section_above(&lines[above], &lines[headline]));
        return Ok(Place { above: headline, headline: Some(headline), section });
    }
    let above = roles.iter().position(|role| is_candidate(*role)).unwrap_or(roles.len());
    Ok(Place { above, headline: None, section: None })
}

/// The one line that can be the headline.
fn headline(lines: &[Line<'_>], all: &[Role], region: usize, folder: Option<&str>) -> Result<Place, Doubt> {
    let (lines, roles) = (&lines[..region], &all[..region]);
    let last_furniture = |end: usize| roles[..end].iter().rposition(|role| role.evidence().is_some());
    let section = roles.iter().rposition(|role| *role == Role::Section);
    let below_section = section.map(|section| section + 1).filter(|&below| {
        roles.get(below) == Some(&Role::Title) && last_furniture(roles.len()).is_none_or(|last| last < below)
    });
    let mut candidates: Vec<usize> = (0..roles.len()).filter(|&index| roles[index] == Role::Title).collect();
    // A page says its headline again above its menu.
    if let Some(&last) = candidates.last() {
        candidates.retain(|&index| index == last || lines[index].text != lines[last].text);
    }
    let place = |headline: usize, section| Place { above: headline, headline: Some(headline), section };
    let found = match (below_section, &candidates[..]) {
        (Some(headline), _) => place(headline, None),
        (None, &[headline]) => place(headline, None),
        (None, &[section, headline])
            if folder.is_none()
                && headline == section + 1
                && is_section_for_sure(&lines[section], &lines[headline], all.get(headline + 1)) =>
        {
            place(headline, Some(section))
        }
        (None, []) => {
            let capitals = roles.iter().rposition(|role| *role == Role::Capitals);
            return Err(match capitals {
                Some(index) => {
                    let words = excerpt(&lines[index]);
                    (index, format!("`{words}` may be the headline, or capitals of the menu"))
                }
                None => (lines.len(), "no line in it can be the headline".to_owned()),
            });
        }
        (None, &[first, .., last]) => return Err(two(lines, first, last)),
    };
    if roles[found.above..].iter().any(|role| role.is_top_of_page()) {
        let words = excerpt(&lines[found.above]);
        return Err((
            found.above,
            format!("`{words}` may be the headline, but stands above more of the page"),
        ));
    }
    // Capitals above other parts of the page belong to it; right above the headline they may be one.
    let lowest = last_furniture(found.above).unwrap_or(0);
    let mut rivals = (lowest..found.above).filter(|&index| roles[index] == Role::Capitals);
    match rivals.next_back() {
        Some(rival) => Err(two(lines, rival, found.above)),
        None => Ok(found),
    }
}

fn two(lines: &[Line<'_>], first: usize, last: usize) -> Doubt {
    let (one, other) = (excerpt(&lines[first]), excerpt(&lines[last]));
    (first, format!("`{one}` and `{other}` may both be the headline"))
}

/// The first words of a line, for a message.
pub fn excerpt(line: &Line<'_>) -> String {
    texts::shorten(&texts::line(line.text), 40)
}

/// Does a line look like the section that stands above a headline? It has a few words, the headline
/// more.
fn is_section_above(line: &Line<'_>, headline: &Line<'_>) -> bool {
    let words = |line: &Line<'_>| line.text.split_whitespace().count();
    line.is_within(30) && words(line) <= 3 && words(headline) >= 4 && !line.text.ends_with(['!', '?', '…'])
}

/// A headline of few words may stand above its standfirst. A section is one word, or two above a line
/// that a date, a byline or a caption follows.
fn is_section_for_sure(line: &Line<'_>, headline: &Line<'_>, below: Option<&Role>) -> bool {
    let is_short = match line.text.split_whitespace().count() {
        1 => true,
        2 => below == Some(&Role::Known),
        _ => false,
    };
    is_short && is_section_above(line, headline)
}

fn assemble<'t>(
    lines: &[Line<'t>],
    roles: &[Role],
    place: &Place,
    foot: Foot<'t>,
    folder: Option<&str>,
    settings: &Settings,
) -> Page<'t> {
    let timezone = settings.site.timezone;
    let mut page = Page { foot_at: foot.at, ..Page::default() };
    let named = roles[..place.above].iter().rposition(|role| *role == Role::Section);
    let mut index = 0;
    while index < place.above {
        let line = lines[index];
        if Some(index) == named {
            page.section = section_of(line.text, settings).map(|name| (line, name.to_owned()));
        } else if Some(index) == place.section && folder.is_none() {
            page.section = Some((line, line.text.to_owned()));
        } else {
            let taken = page.head.take(&lines[index..place.above], timezone);
            if taken > 0 {
                index += taken;
                continue;
            }
            let kind = match roles[index] {
                Role::Furniture(kind) | Role::Perhaps(kind) => kind,
                Role::Section | Role::Capitals => Kind::Menu,
                _ if Some(index) == place.section => Kind::Section,
                Role::Known | Role::Title | Role::Text => Kind::AboveHeadline,
            };
            page.left_out.push((line, kind));
        }
        index += 1;
    }
    // The date above the menu is today's where the article has one of its own.
    let today = page.head.published.take();
    if let Some(headline) = place.headline {
        page.head.title = Some(lines[headline]);
        index = headline + 1;
    }
    while let Some(line) = lines.get(index) {
        let taken = match page.head.take(&lines[index..], timezone) {
            0 => page.head.take_credited(line),
            taken => taken,
        };
        index += match roles[index] {
            _ if taken > 0 => taken,
            Role::Furniture(kind @ (Kind::Counter | Kind::Share | Kind::Subscription)) => {
                page.left_out.push((*line, kind));
                1
            }
            _ => break,
        };
    }
    match (page.head.published.is_some(), today) {
        (true, Some((line, _))) => page.left_out.push((line, Kind::Today)),
        (false, today) => page.head.published = today,
        (true, None) => {}
    }
    page.above_text = index;
    page.left_out.extend(foot.lines);
    page.left_out.sort_by_key(|(line, _)| line.start);
    page
}

/// What stands below the last paragraph.
struct Foot<'t> {
    at: usize,
    lines: Vec<(Line<'t>, Kind)>,
}

impl<'t> Foot<'t> {
    fn of(text: &'t str, from: usize, settings: &Settings) -> Foot<'t> {
        let lines = line::last(text, from, FOOT_LINES);
        let roles = roles::of_foot(&lines, settings);
        let parts =
            roles.iter().rev().take_while(|role| matches!(role, Role::Furniture(_) | Role::Perhaps(_)));
        let first = lines.len() - parts.count();
        // A number or a single word may be the last of the article: it goes only where more follows.
        let is_sure =
            |role: &Role| role.evidence().is_some_and(|kind| !matches!(kind, Kind::Counter | Kind::Rates));
        let skipped = roles[first..].iter().position(is_sure);
        let Some(first) = skipped.map(|skipped| first + skipped) else {
            return Foot { at: text.len(), lines: Vec::new() };
        };
        let kinds = roles[first..].iter().map(|role| match role {
            Role::Furniture(kind) | Role::Perhaps(kind) => *kind,
            _ => Kind::Menu,
        });
        let left_out = lines[first..].iter().copied().zip(kinds).collect();
        Foot { at: lines[first].start, lines: left_out }
    }
}
