//! What each line at one end of a text is, its neighbours considered.

use super::furniture::{self, Kind, is_in_capitals, is_language, is_menu_item, section_of};
use super::head;
use super::line::Line;
use crate::settings::Settings;

/// What a line may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// A part of a page, and evidence that there is one.
    Furniture(Kind),
    /// A part of a page if there is one, which other lines have to show.
    Perhaps(Kind),
    /// The name of a section of the settings.
    Section,
    /// Words in capitals: a menu, the name of the site or a headline.
    Capitals,
    /// A date, a byline or a caption.
    Known,
    /// A line that could be a headline.
    Title,
    /// A sentence, or anything else that is the text itself.
    Text,
}

/// The roles of the first lines of a text. From the first sentence on all of them are text.
pub fn of_head(lines: &[Line<'_>], settings: &Settings) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::with_capacity(lines.len());
    while roles.len() < lines.len() && roles.last() != Some(&Role::Text) {
        roles.push(role(&lines[roles.len()], settings));
    }
    roles.resize(lines.len(), Role::Text);
    in_company(lines, roles, settings)
}

/// The roles of the last lines of a text.
pub fn of_foot(lines: &[Line<'_>], settings: &Settings) -> Vec<Role> {
    in_company(lines, lines.iter().map(|line| role(line, settings)).collect(), settings)
}

/// The roles of lines, their neighbours considered.
fn in_company(lines: &[Line<'_>], mut roles: Vec<Role>, settings: &Settings) -> Vec<Role> {
    gather(lines, &mut roles, 3, Kind::Menu, |line, role| {
        matches!(role, Role::Furniture(Kind::Menu)) || role.is_open() && is_menu_item(line, settings)
    });
    gather(lines, &mut roles, 2, Kind::Languages, |line, role| role.is_open() && is_language(line.text));
    for index in 1..lines.len() {
        if is_section_below_menu(&lines[..=index], &roles, settings) {
            roles[index] = Role::Section;
        }
    }
    roles
}

impl Role {
    /// Does the line alone not tell whether it belongs to the page?
    fn is_open(self) -> bool {
        !matches!(self, Role::Furniture(_) | Role::Known | Role::Text)
    }
}

fn role(line: &Line<'_>, settings: &Settings) -> Role {
    let timezone = settings.site.timezone;
    match furniture::kind_of(line, settings) {
        Some(kind @ Kind::SiteName) => Role::Perhaps(kind),
        _ if head::is_known(line, timezone) => Role::Known,
        Some(kind) => Role::Furniture(kind),
        None if section_of(line.text, settings).is_some() => Role::Section,
        None if is_language(line.text) => Role::Perhaps(Kind::Languages),
        None if furniture::is_menu_word(line.text) => Role::Perhaps(Kind::Menu),
        None if !head::is_title(line) => Role::Text,
        None if is_in_capitals(line.text) && line.text.contains(char::is_whitespace) => Role::Capitals,
        None => Role::Title,
    }
}

/// Lines of one kind that stand below each other, so many at the least, are a part of a page.
fn gather(
    lines: &[Line<'_>],
    roles: &mut [Role],
    fewest: usize,
    kind: Kind,
    belongs: impl Fn(&Line<'_>, Role) -> bool,
) {
    let mut start = 0;
    for index in 0..=lines.len() {
        if index < lines.len() && belongs(&lines[index], roles[index]) {
            continue;
        }
        if index - start >= fewest {
            roles[start..index].fill(Role::Furniture(kind));
        }
        start = index + 1;
    }
}

/// Is the last of these lines the section of the article, though it stands right below a menu? It is
/// where the menu has named it before, or is set in capitals and the line is not.
fn is_section_below_menu(lines: &[Line<'_>], roles: &[Role], settings: &Settings) -> bool {
    let [menu @ .., above, line] = lines else { return false };
    let is_menu = |index: usize| roles[index] == Role::Furniture(Kind::Menu);
    let is_last = roles.get(lines.len()).is_none_or(|next| *next != Role::Furniture(Kind::Menu));
    if !(is_last && is_menu(menu.len()) && is_menu(menu.len() + 1)) {
        return false;
    }
    let Some(section) = section_of(line.text, settings) else { return false };
    let names_it = |line: &Line<'_>| section_of(line.text, settings) == Some(section);
    menu.iter().chain([above]).any(names_it) || is_in_capitals(above.text) && !is_in_capitals(line.text)
}
