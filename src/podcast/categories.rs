//! The categories of Apple Podcasts ("Apple Podcasts categories", as of 2026), which other directories
//! have taken over.

use crate::diagnostic::nearest;

/// Each category with its subcategories.
const CATEGORIES: &[(&str, &[&str])] = &[
    ("Arts", &["Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"]),
    ("Business", &["Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"]),
    ("Comedy", &["Comedy Interviews", "Improv", "Stand-Up"]),
    ("Education", &["Courses", "How To", "Language Learning", "Self-Improvement"]),
    ("Fiction", &["Comedy Fiction", "Drama", "Science Fiction"]),
    ("Government", &[]),
    (
        "Health & Fitness",
        &["Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"],
    ),
    ("History", &[]),
    ("Kids & Family", &["Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"]),
    (
        "Leisure",
        &[
            "Animation & Manga",
            "Automotive",
            "Aviation",
            "Crafts",
            "Games",
            "Hobbies",
            "Home & Garden",
            "Video Games",
        ],
    ),
    ("Music", &["Music Commentary", "Music History", "Music Interviews"]),
    (
        "News",
        &[
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ],
    ),
    (
        "Religion & Spirituality",
        &["Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"],
    ),
    (
        "Science",
        &[
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ],
    ),
    (
        "Society & Culture",
        &["Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"],
    ),
    (
        "Sports",
        &[
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ],
    ),
    ("Technology", &[]),
    ("True Crime", &[]),
    ("TV & Film", &["After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"]),
];

/// A category of a show, perhaps with a subcategory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The category.
    pub name: String,
    /// The subcategory.
    pub within: Option<String>,
}

/// A category that Apple does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What was written.
    pub written: String,
    /// What was probably meant.
    pub nearest: Option<String>,
}

impl Category {
    /// Reads `Society & Culture > Documentary`, in any case. What Apple does not have is taken as it is
    /// written: the list may have grown.
    #[must_use]
    pub fn read(text: &str) -> (Category, Option<Unknown>) {
        let plain = text.replace("&amp;", "&").replace(" and ", " & ");
        let mut parts = plain.split('>').map(str::trim).filter(|part| !part.is_empty());
        let (name, within) = (parts.next().unwrap_or_default(), parts.next());
        let top = CATEGORIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let sub = |subs: &'static [&'static str], within: &str| {
            subs.iter().find(|known| known.eq_ignore_ascii_case(within)).copied()
        };
        let known = match (top, within) {
            (Some((known, _)), None) => Some((*known, None)),
            (Some((known, subs)), Some(within)) => sub(subs, within).map(|sub| (*known, Some(sub))),
            (None, _) => None,
        };
        if let Some((name, within)) = known {
            return (Category { name: name.to_owned(), within: within.map(str::to_owned) }, None);
        }
        let written = Category { name: name.to_owned(), within: within.map(str::to_owned) };
        let nearest = nearest_to(name, within);
        (written, Some(Unknown { written: text.trim().to_owned(), nearest }))
    }
}

/// The category that was probably meant: by its own name, or by that of a subcategory standing alone or
/// under another.
fn nearest_to(name: &str, within: Option<&str>) -> Option<String> {
    let top = nearest(name, CATEGORIES.iter().map(|(known, _)| *known));
    let top = CATEGORIES.iter().find(|(known, _)| Some(*known) == top);
    let Some(wanted) = within else {
        return top.map(|(known, _)| (*known).to_owned()).or_else(|| with_subcategory(name));
    };
    let in_top = top.and_then(|(known, subs)| {
        nearest(wanted, subs.iter().copied()).map(|sub| format!("{known} > {sub}"))
    });
    in_top.or_else(|| with_subcategory(wanted))
}

fn with_subcategory(name: &str) -> Option<String> {
    let found = nearest(name, CATEGORIES.iter().flat_map(|(_, subs)| subs.iter().copied()))?;
    let (top, _) = CATEGORIES.iter().find(|(_, subs)| subs.contains(&found))?;
    Some(format!("{top} > {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Option<String>> {
        match Category::read(text) {
            (category, None) => Ok(format!("{}/{}", category.name, category.within.unwrap_or_default())),
            (_, Some(unknown)) => Err(unknown.nearest),
        }
    }

    #[test]
    fn known_and_nearly_known() {
        let near = |text: &str| Err(Some(text.to_owned()));
        assert_eq!(read("news"), Ok("News/".to_owned()));
        assert_eq!(read("Society &amp; culture>documentary"), Ok("Society & Culture/Documentary".to_owned()));
        assert_eq!(read("Kids and Family"), Ok("Kids & Family/".to_owned()));
        assert_eq!(read("Documentary"), near("Society & Culture > Documentary"));
        assert_eq!(read("Newss"), near("News"));
        assert_eq!(read("News > Documentary"), near("Society & Culture > Documentary"));
        assert_eq!(read("News > Politic"), near("News > Politics"));
        assert_eq!(read("Harbours"), Err(None));
        assert_eq!(CATEGORIES.len(), 19);
        assert_eq!(CATEGORIES.iter().map(|(_, subs)| subs.len()).sum::<usize>(), 91);
    }
}
