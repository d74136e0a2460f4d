//! The slug of a new article, as a name that every disk can hold.

use super::Refused;
use crate::permalink::{Spelling, slug_of_title};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// In characters. Nobody reads a longer address.
const LONGEST: usize = 80;

/// The slug that was asked for, else that of the title.
pub fn slug(asked: Option<&str>, title: &str, spelling: Spelling) -> Result<String, Refused> {
    let Some(asked) = asked else {
        let slug = as_name(&slug_of_title(title, spelling).unwrap_or_default());
        return match slug.as_str() {
            "" => Err(Refused::new(
                format!("no slug can be made of the title `{title}`"),
                "give one with `--slug`: letters and digits of any script, and hyphens",
            )),
            _ => Ok(slug),
        };
    };
    let name = as_name(asked);
    if name == asked && !name.is_empty() {
        return Ok(name);
    }
    let help = match name.as_str() {
        "" => "a slug is made of letters and digits of any script, and hyphens".to_owned(),
        name => format!("write `--slug {name}`"),
    };
    Err(Refused::new(format!("`{asked}` cannot be the name of a file and a part of an address"), help))
}

/// Letters, digits and single hyphens, cut at the end of a word.
fn as_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut taken = 0;
    let mut last_word = 0;
    for character in text.nfc() {
        if character.is_alphanumeric()
            || character == '_'
            || (is_combining_mark(character) && !name.is_empty())
        {
            if taken == LONGEST {
                name.truncate(if last_word > 0 { last_word } else { name.len() });
                break;
            }
            name.push(character);
            taken += 1;
        } else if !name.is_empty() && !name.ends_with('-') {
            last_word = name.len();
            name.push('-');
            taken += 1;
        }
    }
    // A file whose name begins with an underscore is not an article.
    name.trim_matches(['-', '_']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        let of = |title: &str| slug(None, title, Spelling::Kept).unwrap();
        assert_eq!(of("Seal & harbour office agree: pontoon C!"), "seal-harbour-office-agree-pontoon-c");
        assert_eq!(of("Паром: «опять» опоздал"), "паром-опять-опоздал");
        assert_eq!(of("🎉 Ten years / v1.2 #"), "ten-years-v1-2");
        assert_eq!(of("_index.md~"), "index-md");
        assert_eq!(slug(None, "Straße nach Århus", Spelling::Ascii).unwrap(), "strasse-nach-arhus");
        let long = of(&"harbour ".repeat(40));
        assert!(long.chars().count() <= LONGEST && long.ends_with("-harbour"), "{long}");
        assert_eq!(of(&"海".repeat(200)).chars().count(), LONGEST);
    }

    #[test]
    fn what_is_no_name_is_refused_with_one_that_is() {
        let refused = |asked, title| slug(asked, title, Spelling::Kept).unwrap_err();
        assert_eq!(refused(Some("a/b c"), "").help.unwrap(), "write `--slug a-b-c`");
        assert_eq!(refused(None, "— 🎉 —").message, "no slug can be made of the title `— 🎉 —`");
        assert_eq!(slug(Some("Ferry_2"), "", Spelling::Kept).unwrap(), "Ferry_2");
    }
}
