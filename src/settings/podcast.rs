//! A section whose feeds are podcasts.

use super::support::support;
use super::table::{Faults, Table};
use super::{LocalText, Support};
use crate::address::Address;
use crate::diagnostic::Position;
use crate::feed::{Order, Owner, PodcastPerson};
use crate::person::Person;
use crate::podcast::{Category, HOST, Unknown, role};
use crate::syntax::Value;
use uuid::Uuid;

/// `[sections.*.podcast]`.
#[derive(Clone, Debug)]
pub struct Podcast {
    /// What it is called, where that is not the feed's title.
    pub title: Option<LocalText>,
    /// What it is about, where that is not what the publication is about.
    pub description: Option<LocalText>,
    /// Who makes it, where that is not the publication.
    pub author: Option<LocalText>,
    /// Whom directories write to.
    pub owner: Option<Owner>,
    /// What it is about.
    pub categories: Vec<Category>,
    /// Those of them that Apple does not have, and where they stand.
    pub unknown: Vec<(Unknown, Position)>,
    /// Is it not for children?
    pub explicit: bool,
    /// In which order it is heard.
    pub order: Order,
    /// Its square picture.
    pub image: Option<ShowImage>,
    /// What identifies it, where that is not made of the feed's address.
    pub guid: Option<LocalText>,
    /// May other hosts take it over?
    pub locked: Option<bool>,
    /// Where listeners can give money, where that is not the publication's page.
    pub funding: Option<Support>,
    /// The rights in it, where they are not those in the whole.
    pub copyright: Option<LocalText>,
    /// What kind of medium it is.
    pub medium: String,
    /// Will there be no more episodes?
    pub is_complete: bool,
    /// Is it to stay out of Apple's directory?
    pub is_blocked: bool,
    /// Where its feed has moved to.
    pub new_feed_url: Option<LocalText>,
    /// Who is heard in it as a rule.
    pub persons: Vec<PodcastPerson>,
    /// Where it is declared.
    pub at: Position,
}

/// The picture of a show.
#[derive(Clone, Debug)]
pub struct ShowImage {
    /// Where it is served.
    pub url: Address,
    /// As the settings write it.
    pub src: String,
    /// Where they do.
    pub at: Position,
}

const KEYS: &[&str] = &[
    "title",
    "description",
    "author",
    "owner",
    "categories",
    "explicit",
    "type",
    "image",
    "guid",
    "locked",
    "funding",
    "copyright",
    "medium",
    "complete",
    "block",
    "new_feed_url",
    "persons",
];

/// What a feed with episodes can be, in the words of Podcasting 2.0 (`podcast:medium`).
const MEDIUMS: &[&str] = &["podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "course"];

/// Reads the podcast of a section, if it is one.
pub fn podcast(section: &Table<'_>, site: &Address, faults: &mut Faults<'_>) -> Option<Podcast> {
    let at = section.node("podcast")?.at;
    let table = section.table("podcast", KEYS, faults)?;
    let mut categories = Vec::new();
    let mut unknown = Vec::new();
    for (text, at) in table.texts("categories", faults).unwrap_or_default() {
        let (category, fault) = Category::read(text);
        categories.push(category);
        unknown.extend(fault.map(|fault| (fault, at)));
    }
    Some(Podcast {
        title: table.local("title", faults),
        description: table.local("description", faults),
        author: table.local("author", faults),
        owner: owner(&table, faults),
        categories,
        unknown,
        explicit: table.flag("explicit", faults).unwrap_or(false),
        order: match table.word("type", &["episodic", "serial"], faults) {
            Some("serial") => Order::Serial,
            _ => Order::Episodic,
        },
        image: image(&table, site, faults),
        guid: guid(&table, faults),
        locked: table.flag("locked", faults),
        funding: support(&table, "funding", site, faults),
        copyright: table.local("copyright", faults),
        medium: table.word("medium", MEDIUMS, faults).unwrap_or("podcast").to_owned(),
        is_complete: table.flag("complete", faults).unwrap_or(false),
        is_blocked: table.flag("block", faults).unwrap_or(false),
        new_feed_url: table.local_page(site, "new_feed_url", faults),
        persons: persons(&table, site, faults),
        at,
    })
}

fn owner(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<Owner> {
    let at = table.node("owner")?.at;
    let table = table.table("owner", &["name", "email"], faults)?;
    if table.node("name").is_none() && table.node("email").is_none() {
        faults.bad(at, format!("`{}` has neither `name` nor `email`", table.name)).help =
            Some("name whom directories write to, or leave it out".to_owned());
    }
    Some(Owner { name: table.line("name", faults), email: table.mail("email", faults) })
}

fn image(table: &Table<'_>, site: &Address, faults: &mut Faults<'_>) -> Option<ShowImage> {
    let (src, at) = table.text("image", faults)?;
    Some(ShowImage { url: table.page_on(site, "image", faults)?, src: src.trim().to_owned(), at })
}

fn guid(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<LocalText> {
    let guid = table.local("guid", faults)?;
    if let Some(wrong) = guid.all().into_iter().find(|text| Uuid::parse_str(text).is_err()) {
        let at = table.node("guid").map_or(Position::START, |node| node.at);
        faults.bad(at, format!("`{}` is a UUID, found `{wrong}`", table.key("guid"))).help =
            Some("leave it out, and feedmill makes it of the feed's address".to_owned());
    }
    Some(guid)
}

/// A list of `{ name, role, url, avatar }`, or of names. Without a role somebody is a host.
fn persons(table: &Table<'_>, site: &Address, faults: &mut Faults<'_>) -> Vec<PodcastPerson> {
    let Some(node) = table.node("persons") else { return Vec::new() };
    let Value::List(items) = &node.value else {
        faults.bad(node.at, format!("`{}` is a list, found {}", table.key("persons"), node.value.kind()));
        return Vec::new();
    };
    let mut persons = Vec::new();
    for item in items {
        let Value::Map(map) = &item.value else {
            let hosts = Person::read_all(item, site).into_iter();
            persons.extend(hosts.map(|person| PodcastPerson { person, role: HOST.0, group: HOST.1 }));
            continue;
        };
        let one = Table::checked(table.key("persons"), map, &["name", "role", "url", "avatar"], faults);
        let Some(name) = one.line("name", faults) else {
            if one.node("name").is_none() {
                faults.bad(item.at, format!("`{}` needs a `name`", one.name));
            }
            continue;
        };
        let (word, at) = one.text("role", faults).unwrap_or((HOST.0, item.at));
        let Some((role, group)) = role(word) else {
            faults.bad(at, format!("`{word}` is no role of the Podcast Taxonomy")).help =
                Some("write one such as `host`, `guest`, `producer`, `audio engineer`".to_owned());
            continue;
        };
        let (url, avatar) = (one.page_on(site, "url", faults), one.page_on(site, "avatar", faults));
        persons.push(PodcastPerson { person: Person { url, avatar, ..Person::called(name) }, role, group });
    }
    persons
}
