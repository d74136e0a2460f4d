//! Which of the names that pages use say what: the one table, in order of preference.
//!
//! A bare name is that of a `<meta>`, by `name`, `property` or `http-equiv`; `ld:` is a property of a
//! JSON-LD article, `itemprop:` one of microdata, `rel:` a link; angle brackets name an element.

/// What a field is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The first value.
    Line,
    /// The first value that `<title>` holds as well, else the first, without the name of the site.
    Title,
    /// The first value that is a date; where none is, the first.
    Date,
    /// The first value that is a language tag; where none is, the first.
    Language,
    /// The first value, on a page that knows neither Open Graph nor JSON-LD; elsewhere the same name
    /// means other things.
    Pelican,
    /// The first whole address of a page that is not the front page.
    Page,
    /// Every value of the first name that has any, as persons.
    Persons,
    /// Every value of the first name that has any, cut at commas.
    Words,
    /// A picture with what is said of it.
    Picture,
    /// Whether it is for members.
    Access,
}

/// One of feedmill's fields, and where a page says it.
pub struct Row {
    /// feedmill's own name.
    pub field: &'static str,
    /// What it is made of.
    pub shape: Shape,
    /// The names, the best first.
    pub names: &'static [&'static str],
}

const fn row(field: &'static str, shape: Shape, names: &'static [&'static str]) -> Row {
    Row { field, shape, names }
}

/// Pelican's own names (`summary`, `lang`, `slug`, …) come first: they are its front matter.
pub const TABLE: &[Row] = &[
    row(
        "title",
        Shape::Title,
        &[
            "og:title",
            "ld:headline",
            "itemprop:headline",
            "<article> <h1>",
            "<h1>",
            "dc.title",
            "twitter:title",
            "ld:name",
            "<title>",
        ],
    ),
    row(
        "published",
        Shape::Date,
        &[
            "article:published_time",
            "ld:datepublished",
            "date",
            "pubdate",
            "publish-date",
            "publish_date",
            "publication_date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.date",
            "dcterms.created",
            "parsely-pub-date",
            "sailthru.date",
            "itemprop:datepublished",
            "<time pubdate>",
            "<time class=published>",
            "<article> <time>",
            "<time>",
        ],
    ),
    row(
        "updated",
        Shape::Date,
        &[
            "article:modified_time",
            "og:updated_time",
            "ld:datemodified",
            "modified",
            "lastmod",
            "last-modified",
            "dc.date.modified",
            "dcterms.modified",
            "itemprop:datemodified",
            "<time class=updated>",
        ],
    ),
    row(
        "language",
        Shape::Language,
        &[
            "lang",
            "<html lang>",
            "og:locale",
            "content-language",
            "language",
            "dc.language",
            "dcterms.language",
            "ld:inlanguage",
            "itemprop:inlanguage",
        ],
    ),
    row(
        "authors",
        Shape::Persons,
        &[
            "authors",
            "ld:author",
            "author",
            "article:author",
            "byl",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "itemprop:author name",
            "itemprop:author",
            "rel:author",
        ],
    ),
    row("contributors", Shape::Persons, &["ld:contributor"]),
    row("translator", Shape::Persons, &["ld:translator"]),
    row("editor", Shape::Persons, &["ld:editor"]),
    row("illustrator", Shape::Persons, &["ld:illustrator"]),
    row(
        "summary",
        Shape::Line,
        &[
            "summary",
            "description",
            "og:description",
            "ld:description",
            "dc.description",
            "dcterms.description",
            "twitter:description",
        ],
    ),
    row(
        "section",
        Shape::Line,
        &["article:section", "ld:articlesection", "itemprop:articlesection", "parsely-section", "section"],
    ),
    row("category", Shape::Pelican, &["category"]),
    row(
        "tags",
        Shape::Words,
        &[
            "tags",
            "article:tag",
            "keywords",
            "news_keywords",
            "ld:keywords",
            "parsely-tags",
            "sailthru.tags",
            "itemprop:keywords",
            "rel:tag",
        ],
    ),
    row(
        "cover",
        Shape::Picture,
        &[
            "og:image",
            "og:image:secure_url",
            "og:image:url",
            "ld:image",
            "twitter:image",
            "twitter:image:src",
            "rel:image_src",
            "ld:thumbnailurl",
        ],
    ),
    row("canonical", Shape::Page, &["rel:canonical", "og:url", "ld:url", "<!-- saved from -->"]),
    row(
        "access",
        Shape::Access,
        &[
            "access",
            "visibility",
            "paywall",
            "members_only",
            "members-only",
            "subscribers_only",
            "subscribers-only",
            "premium",
            "paid",
            "ld:isaccessibleforfree",
            "article:content_tier",
        ],
    ),
    row("slug", Shape::Pelican, &["slug"]),
    row("status", Shape::Pelican, &["status"]),
    row("translation", Shape::Pelican, &["translation"]),
];

/// Names that say something of other values.
const OTHERS: &[&str] = &[
    "og:site_name",
    "application-name",
    "ld:publisher",
    "ld:logo",
    "og:image:alt",
    "og:image:width",
    "og:image:height",
    "twitter:image:alt",
    "<base>",
];

/// The name in its spelling here, where it is of any use.
#[must_use]
pub fn known(name: &str) -> Option<&'static str> {
    let all = TABLE.iter().flat_map(|row| row.names).chain(OTHERS);
    all.copied().find(|known| known.eq_ignore_ascii_case(name))
}
