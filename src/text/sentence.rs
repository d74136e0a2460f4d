//! Where sentences end, in any script.

/// Where the sentences of `text` end: after the mark, and the quotation marks and brackets that close with
/// it. A text may stop before its last sentence ends, and where one cannot be told from an abbreviation
/// none is found: a summary may be a sentence too short, but never end at `Mr.`
pub fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let mut rest = text.char_indices().peekable();
    let mut word = 0;
    std::iter::from_fn(move || {
        while let Some((at, mark)) = rest.next() {
            if mark.is_whitespace() {
                word = at + mark.len_utf8();
            }
            if !is_mark(mark) {
                continue;
            }
            let mut end = at + mark.len_utf8();
            let (mut is_strong, mut is_alone) = (STRONG.contains(mark), true);
            while let Some(&(next_at, next)) = rest.peek() {
                let after = next_at + next.len_utf8();
                let closes = CLOSING.contains(next) || (EITHER.contains(next) && is_edge(&text[after..]));
                if !is_mark(next) && !closes {
                    break;
                }
                is_strong |= STRONG.contains(next);
                is_alone &= !is_mark(next);
                end = after;
                rest.next();
            }
            let follows = &text[end..];
            let is_abbreviated = mark == '.' && is_alone && is_abbreviation(&text[word..at]);
            if is_strong || (is_edge(follows) && !goes_on(follows) && !is_abbreviated) {
                return Some(end);
            }
        }
        None
    })
}

/// Marks that end a sentence whatever follows: of scripts that write no blank after them, or in which they
/// stand for nothing else.
const STRONG: &str = "。！？｡．؟۔।॥։።፧፨།༎။៕។᠃‼⁇⁈⁉";

/// Quotation marks and brackets that only close, and those that close in one language and open in another.
const CLOSING: &str = "”’»›)]}」』】〉》）］〕｣";
const EITHER: &str = "\"'“‘«‹";
const OPENING: &str = "\"'“‘«‹„‚([{¿¡";

fn is_mark(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…') || STRONG.contains(character)
}

fn is_edge(follows: &str) -> bool {
    follows.chars().next().is_none_or(char::is_whitespace)
}

/// Does the next word begin in lower case? Georgian has no other letters in running text.
fn goes_on(follows: &str) -> bool {
    let next = follows.chars().find(|&c| !c.is_whitespace() && !OPENING.contains(c));
    next.is_some_and(|next| next.is_lowercase() && !('\u{10d0}'..='\u{10ff}').contains(&next))
}

/// Initials (`U.S.`, `т. е.`), short ordinals (`3. Oktober`) and words that are mostly shortened.
fn is_abbreviation(word: &str) -> bool {
    let word = word.trim_start_matches(|c| OPENING.contains(c));
    let part = word.rsplit(['.', '-', '/']).next().unwrap_or_default();
    let mut letters = part.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(only), None, _) => only.is_lowercase() || only.is_uppercase() || only.is_numeric(),
        (Some(one), Some(two), None) if one.is_numeric() && two.is_numeric() => true,
        // No abbreviation is longer, and a word may be.
        _ => part.len() <= 16 && ABBREVIATIONS.contains(&part.to_lowercase().as_str()),
    }
}

/// In English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech, Latvian, Russian and
/// Ukrainian. Those that may as well end a sentence (`etc.`, `и др.`) are left out.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "st", "sr", "jr", "gen", "col", "lt", "cmdr", "capt", "sgt",
    "rev", "hon", "gov", "sen", "rep", "pres", "mt", "ft", "no", "nos", "vs", "approx", "fig", "vol", "pp",
    "ed", "eds", "cf", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "hr", "fr", "nr", "str", "bzw", "ca", "vgl", "hrsg", "bd", "abs", "dipl", "ing",
    "mm", "mme", "mlle", "ste", "av", "sra", "srta", "dra", "ud", "uds", "pág", "núm", "exmo",
    "sig", "sigg", "dott", "avv", "dhr", "mevr", "bijv",
    "ul", "al", "im", "tzw", "np", "św", "płk", "č", "tzv", "např", "plkst", "piem",
    "гг", "вв", "ул", "пл", "пер", "просп", "наб", "им", "стр", "рис", "см", "ср", "гр", "проф", "акад",
    "тов", "св", "вул", "обл", "рр", "тис", "тыс", "млн", "млрд",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let mut start = 0;
        sentence_ends(text).map(|end| text[std::mem::replace(&mut start, end)..end].trim()).collect()
    }

    #[test]
    fn in_alphabets() {
        assert_eq!(sentences("It sank. Nobody was hurt! Why?"), ["It sank.", "Nobody was hurt!", "Why?"]);
        assert_eq!(
            sentences("“It sank.” He left. (So did we.) Gone…  Then"),
            ["“It sank.”", "He left.", "(So did we.)", "Gone…"]
        );
        assert_eq!(
            sentences("«Он утонул.» Все ушли… „Warum?“ Sie ging. »Nein.« Aus."),
            ["«Он утонул.»", "Все ушли…", "„Warum?“", "Sie ging.", "»Nein.«", "Aus."]
        );
        assert_eq!(sentences("ზღვა მშვიდია. გემი წავიდა."), ["ზღვა მშვიდია.", "გემი წავიდა."]);
        assert_eq!(sentences("Ծովը հանդարտ է։ Նավը գնաց։"), ["Ծովը հանդարտ է։", "Նավը գնաց։"]);
        assert_eq!(sentences("배가 떠났다. 바다는 고요하다."), ["배가 떠났다.", "바다는 고요하다."]);
    }

    #[test]
    fn what_only_looks_like_an_end() {
        for text in [
            "Mr. Falk rows",
            "the U.S. Navy",
            "т. е. Пётр",
            "т.е. Пётр",
            "3.5 metres",
            "am 3. Oktober",
            "J. R. Falk",
            "“Really?” he asked",
            "ul. Długa",
            "г. Рига",
            "harbour.example says",
            "Wait... no",
            "12 млн. Рублей",
            "(Dr. Falk",
        ] {
            assert_eq!(sentences(text), [""; 0], "{text}");
        }
        assert_eq!(sentences("It was 2025. The boat sank."), ["It was 2025.", "The boat sank."]);
    }

    #[test]
    fn in_scripts_with_marks_of_their_own() {
        assert_eq!(
            sentences("船沉了。“没人受伤。”他说！真的？"),
            ["船沉了。", "“没人受伤。”", "他说！", "真的？"]
        );
        assert_eq!(sentences("「もう沈んだ。」彼は帰った。"), ["「もう沈んだ。」", "彼は帰った。"]);
        assert_eq!(sentences("هل غرق القارب؟ نعم. ذهبوا۔ انتهى"), ["هل غرق القارب؟", "نعم.", "ذهبوا۔"]);
        assert_eq!(sentences("नाव डूब गई। सब बच गए॥"), ["नाव डूब गई।", "सब बच गए॥"]);
        assert_eq!(sentences("ጀልባው ሰጠመ። ሁሉም ዳኑ።"), ["ጀልባው ሰጠመ።", "ሁሉም ዳኑ።"]);
        assert_eq!(sentences("ទូកលិច។ គ្មានអ្នករបួស។"), ["ទូកលិច។", "គ្មានអ្នករបួស។"]);
        assert_eq!(sentences("เรือจม ไม่มีใครบาดเจ็บ"), [""; 0]);
    }

    #[test]
    fn long_runs_take_no_longer_than_they_are() {
        for piece in [".", ". ", ".\" ", "。(", ". ((((", "a.", "\""] {
            sentence_ends(&piece.repeat(300_000)).count();
        }
    }
}
