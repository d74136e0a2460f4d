//! The text of a new settings file, with a comment for every choice that was made in it.

use super::{Found, FoundLanguage, Pattern};
use crate::address::Address;
use crate::catalog::Catalog;
use crate::language::Language;
use crate::text::line;

/// What the file is written from.
#[derive(Clone, Copy)]
pub struct Draft<'a> {
    /// What the site's generator says, if one was recognised.
    pub found: Option<&'a Found>,
    /// Where the articles' pages are.
    pub url: &'a Address,
    /// Does somebody still have to say where they are?
    pub url_is_missing: bool,
    /// Where the articles are.
    pub directory: &'a str,
    /// The articles, once they have been read. Before that the file serves to read them.
    pub catalog: Option<&'a Catalog>,
}

/// The whole file.
#[must_use]
pub fn written(draft: &Draft<'_>) -> String {
    let mut text = String::from(
        "# Settings of feedmill. Only `url` is required; what is commented out shows the default.\n",
    );
    if let Some(found) = draft.found {
        comment(&mut text, &format!("The site is that of {}.", found.origin()));
        if !found.notes.is_empty() {
            comment(&mut text, "What could not be taken over:");
            found.notes.iter().for_each(|note| comment(&mut text, &format!("- {note}")));
        }
    }
    site(&mut text, draft);
    editions(&mut text, draft);
    sections(&mut text, draft);
    feeds(&mut text, draft);
    articles(&mut text, draft);
    text.push_str("\n[output]\n# directory = \"feeds\"\n");
    text
}

fn site(text: &mut String, draft: &Draft<'_>) {
    text.push_str("\n[site]\n");
    // Ids are made of the address, so a wrong one would stay with readers: nothing is built without it.
    if draft.url_is_missing {
        text.push_str("# Where the articles' pages are. Set this first.\n# url = \"https://…/\"\n");
    } else {
        text.push_str(&format!("url = {}\n", quoted(draft.url.as_str())));
    }
    let feeds_url = draft.url.join("feeds/").filter(|_| !draft.url_is_missing);
    let feeds_url = feeds_url.as_ref().map_or("https://…/feeds/", Address::as_str);
    text.push_str(&format!("# feeds_url = {}   # where the feeds will be served\n", quoted(feeds_url)));
    match title(draft) {
        Some(title) => text.push_str(&format!("title = {title}\n")),
        None => text.push_str("# title = \"What the publication is called\"\n"),
    }
    let found = draft.found;
    match found.and_then(|found| found.description.as_ref()) {
        Some(description) => text.push_str(&format!("description = {}\n", quoted(description))),
        None => text.push_str("# description = \"What the publication is about\"\n"),
    }
    match found.and_then(|found| found.timezone.as_ref()) {
        Some(timezone) => text.push_str(&format!("timezone = {}\n", quoted(timezone))),
        None => text.push_str(
            "# timezone = \"UTC\"   # for dates without an offset: a name such as \"Europe/Riga\"\n",
        ),
    }
    let Some(found) = found else {
        text.push_str("# permalink = \"/{edition}/{section}/{year}/{month}/{slug}/\"\n");
        return;
    };
    permalink(text, "", &found.permalink);
    if found.slugs != "kept" {
        text.push_str(&format!(
            "slugs = {}   # how names are spelled in permalinks; or \"kept\"\n",
            quoted(found.slugs)
        ));
    }
    if !found.authors.is_empty() {
        let authors: Vec<_> = found.authors.iter().map(|author| quoted(author)).collect();
        text.push_str(&format!("authors = [{}]\n", authors.join(", ")));
    }
    if let Some(copyright) = &found.copyright {
        text.push_str(&format!("copyright = {}\n", quoted(copyright)));
    }
}

/// One title, or one for each language where they differ.
fn title(draft: &Draft<'_>) -> Option<String> {
    let languages = draft.found.map(|found| &found.languages[..]).unwrap_or_default();
    let own = draft.found.and_then(|found| found.title.clone());
    let of = |language: &FoundLanguage| language.title.clone().or_else(|| own.clone());
    let titles: Vec<_> =
        languages.iter().filter_map(|language| Some((language.language.as_str(), of(language)?))).collect();
    match &titles[..] {
        [(_, first), rest @ ..] if rest.iter().any(|(_, title)| title != first) => {
            let titles: Vec<_> =
                titles.iter().map(|(tag, title)| format!("{} = {}", quoted(tag), quoted(title))).collect();
            Some(format!("{{ {} }}", titles.join(", ")))
        }
        [(_, first), ..] => Some(quoted(first)),
        [] => own.or_else(|| (!draft.url_is_missing).then(|| draft.url.host())).map(|title| quoted(&title)),
    }
}

fn permalink(text: &mut String, mark: &str, pattern: &Pattern) {
    pattern.notes.iter().for_each(|note| comment(text, note));
    let value = match &pattern.with_slug {
        Some(with_slug) => format!("[{}, {}]", quoted(with_slug), quoted(&pattern.text)),
        None => quoted(&pattern.text),
    };
    text.push_str(&format!("{mark}permalink = {value}\n"));
}

fn editions(text: &mut String, draft: &Draft<'_>) {
    let declared = draft.found.map(|found| &found.languages[..]).unwrap_or_default();
    let has_prefixes = draft.found.is_some_and(|found| {
        let sections = found.sections.iter().map(|(_, pattern)| pattern);
        std::iter::once(&found.permalink).chain(sections).any(|pattern| pattern.text.contains("{edition}"))
    });
    for language in declared {
        let (tag, own_name) = (language.language.as_str(), language.language.own_name());
        let name = language.name.as_deref().unwrap_or(own_name);
        text.push_str(&format!("\n[editions.{}]\nname = {}\n", quoted(tag), quoted(name)));
        if has_prefixes && language.prefix != tag {
            text.push_str(&format!("prefix = {}   # in permalinks\n", quoted(&language.prefix)));
        }
    }
    let Some(catalog) = draft.catalog else { return };
    // An article that names no edition belongs to the first one; naming one here would give such
    // articles other ids.
    let has_none = declared.is_empty() && catalog.cards.iter().any(|card| card.edition().is_none());
    let mark = if has_none { "# " } else { "" };
    for edition in &catalog.editions {
        if declared.iter().any(|language| language.language == *edition) {
            continue;
        }
        let (tag, name) = (quoted(edition.as_str()), quoted(edition.own_name()));
        text.push_str(&format!("\n{mark}[editions.{tag}]\n{mark}name = {name}\n"));
    }
}

fn sections(text: &mut String, draft: &Draft<'_>) {
    let with_patterns = draft.found.map(|found| &found.sections[..]).unwrap_or_default();
    let in_articles = draft.catalog.map(|catalog| &catalog.sections[..]).unwrap_or_default();
    for section in in_articles {
        text.push_str(&format!(
            "\n[sections.{}]\ntitle = {}\n",
            quoted(section),
            quoted(&capitalised(section))
        ));
        if let Some((_, pattern)) = with_patterns.iter().find(|(name, _)| *name == **section) {
            permalink(text, "", pattern);
        }
    }
    // A section would have feeds, if empty ones, only for being named. While the articles are still to
    // be read any of them may have some.
    let mark = if draft.catalog.is_some() { "# " } else { "" };
    for (section, pattern) in with_patterns {
        if in_articles.iter().all(|name| **name != *section) {
            text.push_str(&format!("\n{mark}[sections.{}]\n", quoted(section)));
            permalink(text, mark, pattern);
        }
    }
}

fn feeds(text: &mut String, draft: &Draft<'_>) {
    text.push_str("\n[feeds]\n# by = [\"all\", \"edition\", \"section\", \"edition+section\"]   # also \"author\", \"tag\", \"edition+tag\" …\n");
    text.push_str("# formats = [\"rss\", \"atom\", \"json\"]\n");
    match draft.found.and_then(|found| found.limit) {
        Some(limit) => text.push_str(&format!("limit = {limit}\n")),
        None => text.push_str("# limit = 50\n"),
    }
    text.push_str("# content = \"full\"   # or \"summary\"\n");
}

fn articles(text: &mut String, draft: &Draft<'_>) {
    text.push_str(&format!("\n[articles]\ndirectory = {}\n", quoted(draft.directory)));
    // What is said of the generator's directory does not hold for another one.
    let found = draft.found.filter(|found| found.directory == draft.directory);
    if found.is_none_or(|found| found.layout.is_empty()) && matches!(draft.directory, "." | "./") {
        // Only a layout lets the feeds lie in the same directory.
        text.push_str("layout = \"{edition}/{section}/**\"\n");
    }
    let media: Vec<_> = draft.found.iter().flat_map(|found| &found.media).map(|name| quoted(name)).collect();
    if !media.is_empty() {
        text.push_str(&format!("media = [{}]   # served from the site's root\n", media.join(", ")));
    }
    let Some(found) = found else { return };
    if !found.layout.is_empty() {
        let layout: Vec<_> = found.layout.iter().map(|pattern| quoted(pattern)).collect();
        text.push_str(&format!("layout = [{}]   # no other file is an article\n", layout.join(", ")));
    }
    match &found.author_files[..] {
        [] => {}
        [(None, path)] => text.push_str(&format!("authors = {}\n", quoted(path))),
        paths => {
            let pair = |(language, path): &(Option<Language>, String)| {
                language.as_ref().map(|language| format!("{} = {}", quoted(language.as_str()), quoted(path)))
            };
            let pairs: Vec<_> = paths.iter().filter_map(pair).collect();
            text.push_str(&format!("authors = {{ {} }}\n", pairs.join(", ")));
        }
    }
    if found.has_undated_pages {
        text.push_str("undated = \"skip\"   # a page without a date is no article; \"error\" reports it\n");
    }
}

/// A comment in lines that can be read.
fn comment(text: &mut String, sentence: &str) {
    const WIDTH: usize = 100;
    let mut width = 0;
    for word in line(sentence).split(' ') {
        let length = word.chars().count() + 1;
        if width > 0 && width + length > WIDTH {
            text.push('\n');
            width = 0;
        }
        text.push_str(if width == 0 { "# " } else { " " });
        text.push_str(word);
        width += length;
    }
    text.push('\n');
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A TOML basic string (TOML 1.0, "String"). Its escapes are those of JSON, and `DEL` needs one too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(line(text)).to_string().replace('\u{7f}', "\\u007f")
}
