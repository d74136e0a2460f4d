//! What a line of a copied page is that is no part of the article, as far as the line alone tells.

use super::line::Line;
use super::phrases::{CURRENCIES, MENU_WORDS, NETWORKS, OPENINGS, SWITCH_WORDS, VIEWS, WHOLE_LINES};
use crate::language::Language;
use crate::name::section_name;
use crate::settings::{LocalText, Settings};
use std::fmt;

/// A part of a page that is no part of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Where else the site leads.
    Menu,
    /// What currencies cost.
    Rates,
    /// The site in other languages.
    Languages,
    /// How often the page was looked at.
    Counter,
    /// A request to subscribe.
    Subscription,
    /// Where to share the page.
    Share,
    /// A cookie notice.
    Cookies,
    /// Whose the site is.
    Copyright,
    /// A complaint about the reader's browser.
    Browser,
    /// The name of the site.
    SiteName,
    /// A date that is not the article's.
    Today,
    /// A subject that the article's folder overrules.
    Section,
    /// Another line that stands above the headline.
    AboveHeadline,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Menu => "menu",
            Kind::Rates => "exchange rates",
            Kind::Languages => "choice of languages",
            Kind::Counter => "counter of views",
            Kind::Subscription => "request to subscribe",
            Kind::Share => "links for sharing",
            Kind::Cookies => "cookie notice",
            Kind::Copyright => "copyright line",
            Kind::Browser => "browser notice",
            Kind::SiteName => "name of the site",
            Kind::Today => "date of the page",
            Kind::Section => "name of a section",
            Kind::AboveHeadline => "line above the headline",
        })
    }
}

/// The words of a notice fit into so many characters.
const LONGEST_NOTICE: usize = 300;
/// What asks for something is short.
const LONGEST_REQUEST: usize = 120;
/// One way out of a menu.
const LONGEST_ITEM: usize = 30;
/// A line of a menu.
const LONGEST_MENU: usize = 160;

const SEPARATORS: &[char] = &['|', '/', '·', '•', '›', '»', '>', '→', '—'];

/// What a line is, where it needs no neighbours to tell.
pub fn kind_of(line: &Line<'_>, settings: &Settings) -> Option<Kind> {
    if !line.is_within(LONGEST_NOTICE) {
        return None;
    }
    let folded = line.text.to_lowercase();
    // Arrows and pictures stand before such lines; a quotation mark opens somebody's words.
    let is_ornament = |c: char| !c.is_alphanumeric() && !"©(\"'«“„‘‹".contains(c);
    let bare = folded.trim_start_matches(is_ornament);
    let opening =
        OPENINGS.iter().find(|(.., openings)| openings.iter().any(|opening| bare.starts_with(opening)));
    let whole = WHOLE_LINES.iter().find(|(_, lines)| lines.contains(&bare.trim_end_matches(is_ornament)));
    let is_short_enough =
        |kind: &Kind| !matches!(kind, Kind::Subscription | Kind::Share) || line.is_within(LONGEST_REQUEST);
    let kind = opening.map(|(kind, ..)| *kind).or(whole.map(|(kind, _)| *kind));
    if let Some(kind) = kind.filter(is_short_enough) {
        return Some(kind);
    }
    let text = line.text;
    if is_rates(text) {
        Some(Kind::Rates)
    } else if is_counter(&folded) {
        Some(Kind::Counter)
    } else if is_choice_of_languages(text) {
        Some(Kind::Languages)
    } else if words(&folded).count() > 1 && words(&folded).all(|word| NETWORKS.contains(&word)) {
        Some(Kind::Share)
    } else if line.is_within(LONGEST_MENU) && is_menu(text, settings) {
        Some(Kind::Menu)
    } else if settings.site.title.all().iter().any(|title| title.to_lowercase() == folded) {
        Some(Kind::SiteName)
    } else {
        None
    }
}

/// Could the line be one way out of a menu whose ways stand below each other?
pub fn is_menu_item(line: &Line<'_>, settings: &Settings) -> bool {
    line.is_within(LONGEST_ITEM)
        && line.text.split_whitespace().count() <= 3
        && (is_in_capitals(line.text) || is_known_item(line.text, settings))
}

/// Does a menu lead there?
pub fn is_menu_word(text: &str) -> bool {
    let folded = text.to_lowercase();
    let word = folded.trim_matches(|c: char| !c.is_alphanumeric());
    MENU_WORDS.iter().any(|words| words.split('|').any(|known| known == word))
}

/// The section of the settings that a line names.
pub fn section_of<'s>(text: &str, settings: &'s Settings) -> Option<&'s str> {
    let name = section_name(text);
    let section = settings.sections.iter().find(|section| {
        section.name == name
            || section.title.iter().flat_map(LocalText::all).any(|title| section_name(title) == name)
    });
    section.map(|section| section.name.as_str())
}

/// Letters, and all of them capitals; of a script without capitals nothing is.
pub fn is_in_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase)
        && !text.chars().any(char::is_lowercase)
        && text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// A language alone, as one of a list of languages that stand below each other.
pub fn is_language(text: &str) -> bool {
    let folded = text.to_lowercase();
    (Language::called(text).is_some() && (text.chars().count() > 2 || is_in_capitals(text)))
        || SWITCH_WORDS.contains(&folded.as_str())
}

fn is_known_item(text: &str, settings: &Settings) -> bool {
    is_menu_word(text) || section_of(text, settings).is_some()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || SEPARATORS.contains(&c)).filter(|word| !word.is_empty())
}

/// `HOME NEWS REPORTS`, `Home | News | Reports`, `Home › Reports › Boats`.
fn is_menu(text: &str, settings: &Settings) -> bool {
    if text.ends_with(['.', '!', '?', ',', ';', ':']) {
        return false;
    }
    let known = |items: &[&str]| items.iter().filter(|item| is_known_item(item, settings)).count();
    let items: Vec<&str> = text.split(SEPARATORS).map(str::trim).filter(|item| !item.is_empty()).collect();
    if items.len() >= 3 && items.iter().all(|item| item.split_whitespace().count() <= 3) && known(&items) >= 2
    {
        return true;
    }
    let words: Vec<&str> = words(text).collect();
    words.len() >= 3 && known(&words) >= if is_in_capitals(text) { 2 } else { words.len() }
}

/// `USD 41.25 ▲`, `€ 48,10`, `BTC $97 123`: nothing but currencies and numbers, some of each.
fn is_rates(text: &str) -> bool {
    let is_number = |token: &str| {
        token.contains(|c: char| c.is_ascii_digit())
            && token.chars().all(|c| c.is_ascii_digit() || ".,+-−–%'’↑↓▲▼△▽()".contains(c))
    };
    let is_currency = |token: &str| {
        CURRENCIES.contains(&token)
            || token.split_once('/').is_some_and(|(a, b)| CURRENCIES.contains(&a) && CURRENCIES.contains(&b))
    };
    // `$12`, `12€`
    let is_price = |token: &str| {
        let ends = [token.char_indices().nth(1), token.char_indices().next_back()];
        ends.into_iter()
            .flatten()
            .map(|(offset, _)| token.split_at(offset))
            .any(|(start, end)| is_currency(start) && is_number(end) || is_number(start) && is_currency(end))
    };
    let (mut currencies, mut numbers) = (0, 0);
    for token in text.split(|c: char| c.is_whitespace() || c == '|').map(|token| token.trim_end_matches(':'))
    {
        if token.chars().all(|c| "↑↓▲▼△▽+-−–·•".contains(c)) {
            continue;
        }
        let (is_price, is_currency, is_number) = (is_price(token), is_currency(token), is_number(token));
        if !(is_price || is_currency || is_number) {
            return false;
        }
        currencies += usize::from(is_price || is_currency);
        numbers += usize::from(is_price || is_number);
    }
    currencies > 0 && numbers > 0
}

/// `1 234`, `1 234 views`, `Просмотров: 532`, `👁 532`.
fn is_counter(folded: &str) -> bool {
    let number = |text: &str| {
        let groups: Vec<&str> = text.split(|c: char| c.is_whitespace() || ".,".contains(c)).collect();
        let is_group = |group: &&str| group.len() == 3;
        text.len() <= 12
            && groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()))
            && (groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(is_group))
    };
    let of_views = |text: &str| VIEWS.contains(&text.trim_matches(|c: char| c == ':' || c.is_whitespace()));
    if number(folded) {
        return true;
    }
    let first_digit = folded.find(|c: char| c.is_ascii_digit());
    let last_digit = folded.rfind(|c: char| c.is_ascii_digit());
    let (Some(first), Some(last)) = (first_digit, last_digit) else { return false };
    let (before, after) = (&folded[..first], &folded[last + 1..]);
    number(&folded[first..=last])
        && (of_views(before) && after.trim().is_empty() || before.trim().is_empty() && of_views(after))
}

/// `EN | RU`, `English Русский`, but no list with commas, which a text may have.
fn is_choice_of_languages(text: &str) -> bool {
    let names: Vec<&str> = words(text).collect();
    (2..=40).contains(&names.len()) && names.iter().all(|name| is_language(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::plain::line;
    use crate::settings::{Overrides, read};

    fn kind(text: &str) -> Option<Kind> {
        let settings = "[site]\nurl = 'https://e.example'\ntitle = 'The Harbour Post'\n[sections.boats]\ntitle = { en = 'Boats', ru = 'Суда' }\n";
        let settings = read("feedmill.toml", settings, &Overrides::default()).unwrap();
        kind_of(&line::first(text, 1)[0], &settings)
    }

    #[test]
    fn what_pages_have_besides_articles() {
        for (expected, lines) in [
            (
                Kind::Menu,
                "HOME NEWS BOATS TIDES\nГЛАВНАЯ НОВОСТИ СУДА\nHome | News | Boats\nHome › News › Boats\nHome News Boats",
            ),
            (
                Kind::Rates,
                "USD 41.25 ▲\n€ 48,10\nBTC $97 123\nUSD 41,25 EUR 48,10 ↓\n$ 92.10 | € 99.80\nEUR/USD 1.08 −0.2%\n41.25₴ $",
            ),
            (Kind::Languages, "EN | RU\nEnglish Русский\nEnglish / Français / العربية\nRU EN\nРУС ENG"),
            (Kind::Counter, "1 234\n1,234 views\nПросмотров: 532\n👁 532\n532 просмотра"),
            (
                Kind::Subscription,
                "Subscribe to our newsletter\nПодпишитесь на наш канал!\n→ Подпишитесь на рассылку",
            ),
            (Kind::Share, "Share this article\nПоделиться\nFacebook Twitter Telegram\nTeilen auf Mastodon"),
            (Kind::Cookies, "We use cookies to remember the tide.\nНа сайте используются cookie"),
            (Kind::Copyright, "© 2026 The Harbour Post\nВсе права защищены\nCopyright 2026 The Harbour Post"),
            (Kind::Browser, "Ваш браузер устарел. Обновите его.\nIhr Browser ist veraltet!"),
            (Kind::SiteName, "THE HARBOUR POST"),
        ] {
            for line in lines.lines() {
                assert_eq!(kind(line), Some(expected), "{line}");
            }
        }
    }

    #[test]
    fn what_articles_have_too() {
        for line in [
            "FERRY RUNS AGROUND IN FOG",
            "English, Russian and Latvian",
            "In English",
            "The ticket costs $ 12",
            "It is $12.",
            "12 boats",
            "News of the boats",
            "Home at last",
            "TO BE",
            "Sharing a berth is cheaper",
            "The captain did not subscribe to that view",
            "Riga | Liepāja | Ventspils",
            "“Subscribe to our bulletin,” she said",
            "41.25",
        ] {
            let found = kind(line);
            assert_eq!(found, None, "{line}");
        }
    }
}
