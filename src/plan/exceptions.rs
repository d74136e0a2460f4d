//! Exceptions of the settings that are made for no feed at all.

use super::PlannedFeed;
use crate::diagnostic::{Code, Diagnostic, Location, nearest};
use crate::settings::{Exception, Settings};

/// Says which exceptions no feed meets: somebody relies on them, be it for what only members may read.
pub fn diagnose(feeds: &[PlannedFeed], settings: &Settings) -> Vec<Diagnostic> {
    let exceptions = settings.feeds.exceptions.iter();
    let unmet = exceptions.filter(|exception| !feeds.iter().any(|feed| feed.key.fits(exception)));
    let diagnostic = |exception: &Exception| {
        let message = format!("this `[[feeds.where]]` is for no feed: none has {}", parts(exception));
        let help = match near(exception, feeds) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name parts that a feed has; `feedmill list` shows the feeds".to_owned(),
        };
        Diagnostic::new(Code::UnusedException, Location::new(&settings.source, exception.at), message)
            .help(help)
    };
    unmet.map(diagnostic).collect()
}

fn parts(exception: &Exception) -> String {
    let Exception { edition, section, author, tag, .. } = exception;
    let named = |kind: &str, name: Option<&str>| name.map(|name| format!("the {kind} `{name}`"));
    let parts = [
        named("edition", edition.as_ref().map(|edition| edition.as_str())),
        named("section", section.as_deref()),
        named("author", author.as_deref()),
        named("tag", tag.as_deref()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

/// A section is what is misspelt most easily, for no settings need to name it.
fn near(exception: &Exception, feeds: &[PlannedFeed]) -> Option<String> {
    let section = exception.section.as_deref()?;
    let known = feeds.iter().filter_map(|feed| feed.key.section.as_deref());
    let near = nearest(section, known)?;
    (near != section).then(|| near.to_owned())
}
