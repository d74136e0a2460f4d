//! Is a text written in the script of its language? A slip of an edition shows here.

use crate::language::Language;
use unicode_script::{Script, UnicodeScript};

/// Shorter texts say too little: a name or a quotation decides them.
const FEWEST_LETTERS: usize = 80;
/// Letters beyond these change nothing.
const MOST_LETTERS: usize = 4000;
/// So many letters of the right script are a tenth of the most, and the text is not wrong, whatever comes after them.
const ENOUGH_LETTERS: usize = MOST_LETTERS / 10;

/// The scripts of languages, by ISO 639. A language that is written in several is not listed.
const SCRIPTS: &[(&[Script], &str)] = &[
    (
        &[Script::Latin],
        "en de fr es pt it nl sv da nb nn no fi et lv lt pl cs sk sl hr hu ro sq tr vi id ms sw af ca eu gl is ga cy mt eo la fo lb br oc so zu xh yo ig ha rw mg mi haw",
    ),
    (&[Script::Cyrillic], "ru uk be bg mk ky tg ce cv ba tt os ab sah"),
    (&[Script::Arabic], "ar fa ur ps sd ug ckb"),
    (&[Script::Hebrew], "he yi"),
    (&[Script::Greek], "el"),
    (&[Script::Armenian], "hy"),
    (&[Script::Georgian], "ka"),
    (&[Script::Devanagari], "hi mr ne sa"),
    (&[Script::Bengali], "bn as"),
    (&[Script::Thai], "th"),
    (&[Script::Lao], "lo"),
    (&[Script::Khmer], "km"),
    (&[Script::Myanmar], "my"),
    (&[Script::Tamil], "ta"),
    (&[Script::Telugu], "te"),
    (&[Script::Kannada], "kn"),
    (&[Script::Malayalam], "ml"),
    (&[Script::Gujarati], "gu"),
    (&[Script::Sinhala], "si"),
    (&[Script::Ethiopic], "am ti"),
    (&[Script::Tibetan], "bo dz"),
    (&[Script::Han, Script::Bopomofo], "zh"),
    (&[Script::Han, Script::Hiragana, Script::Katakana], "ja"),
    (&[Script::Hangul, Script::Han], "ko"),
];

/// The script that nearly all letters of some texts are in, where the language is written in another.
/// Texts of few letters and languages of several scripts are never wrong.
#[must_use]
pub fn wrong_script<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    language: &Language,
) -> Option<&'static str> {
    let expected = scripts_of(language)?;
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let (mut all, mut right) = (0, 0);
    let letters = texts.into_iter().flat_map(str::chars).filter(|c| c.is_alphabetic());
    let script = |letter: char| if letter.is_ascii() { Script::Latin } else { letter.script() };
    for script in letters.take(MOST_LETTERS).map(script) {
        all += 1;
        right += usize::from(expected.contains(&script));
        if right == ENOUGH_LETTERS {
            return None;
        }
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let (most, count) = counts.into_iter().max_by_key(|&(_, count)| count)?;
    let is_plain = all >= FEWEST_LETTERS && count * 10 >= all * 8 && right * 10 < all;
    is_plain.then(|| most.full_name())
}

fn scripts_of(language: &Language) -> Option<&'static [Script]> {
    if let Some(named) = language.script() {
        return SCRIPTS
            .iter()
            .map(|(scripts, _)| *scripts)
            .find(|scripts| matches!(scripts, [only] if only.short_name() == named));
    }
    let is_listed = |list: &str| list.split(' ').any(|known| known == language.primary());
    SCRIPTS.iter().find(|(_, list)| is_listed(list)).map(|(scripts, _)| *scripts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(tag: &str, text: &str) -> Option<&'static str> {
        wrong_script([text.repeat(20).as_str()], &Language::parse(tag).unwrap())
    }

    #[test]
    fn plainly_another_script() {
        assert_eq!(wrong("en", "Мост разводят. "), Some("Cyrillic"));
        assert_eq!(wrong("ru", "The bridge opens. "), Some("Latin"));
        assert_eq!(wrong("ar", "The bridge opens. "), Some("Latin"));
        assert_eq!(wrong("sr-Latn", "Мост. "), Some("Cyrillic"));
    }

    #[test]
    fn not_plainly() {
        assert_eq!(wrong("en", "Мост means bridge. "), None);
        assert_eq!(wrong("ru", "Мост разводят. "), None);
        assert_eq!(wrong("sr", "The bridge opens. "), None, "written in two scripts");
        assert_eq!(wrong("ja", "橋が開く。"), None);
        assert_eq!(wrong("ru", "17 %, 3 = 3. "), None);
        assert_eq!(wrong_script(["The Beatles"], &Language::parse("ru").unwrap()), None, "too short");
    }
}
