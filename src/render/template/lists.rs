//! What a line of Markdown begins with: blanks, quotation marks, list marks; and the list items that it
//! stands in.

/// What a line begins with.
#[derive(Debug)]
pub struct Marks<'a> {
    line: &'a str,
    /// How many bytes they take.
    pub width: usize,
    /// Where the first mark of a list stands; `width` where there is none.
    pub before_item: usize,
    /// Behind the last quotation mark.
    quoted: usize,
    /// The column in which the line begins, counted from there.
    column: usize,
    /// The columns in which the text of its list items begins.
    items: Vec<usize>,
}

/// More marks are not looked at.
const MOST: usize = 40;

impl<'a> Marks<'a> {
    /// Reads the marks of a line.
    #[must_use]
    pub fn of(line: &'a str) -> Marks<'a> {
        let mut marks = Marks { line, width: 0, before_item: 0, quoted: 0, column: 0, items: Vec::new() };
        let mut column = 0;
        loop {
            let rest = &line[marks.width..];
            let blanks = blanks(rest);
            let here = column + columns(blanks);
            let text = &rest[blanks.len()..];
            let count = marks.items.len();
            if count == 0 {
                marks.column = here;
            }
            let is_code = count > 0 && columns(blanks) > 4;
            if let Some(behind) = text.strip_prefix('>').filter(|_| !is_code && marks.width < MOST) {
                let behind = behind.strip_prefix(' ').unwrap_or(behind);
                marks.width = line.len() - behind.len();
                marks.quoted = marks.width;
                (column, marks.items) = (0, Vec::new());
                continue;
            }
            marks.width += blanks.len();
            if count == 0 {
                marks.before_item = marks.width;
            }
            let mark = list_mark(text);
            if mark == 0 || is_code || marks.width > MOST {
                return marks;
            }
            // One blank belongs to the mark; five make code.
            let gap = columns(self::blanks(&text[mark..]));
            column = here + mark + if gap > 4 { 1 } else { gap };
            marks.items.push(column);
            marks.width += mark;
            column = here + mark;
        }
    }

    /// How many quotations does the line stand in?
    #[must_use]
    pub fn quotations(&self) -> usize {
        self.line[..self.quoted].bytes().filter(|&byte| byte == b'>').count()
    }

    /// The column in which the text begins, counted from behind the last quotation mark.
    #[must_use]
    pub fn text_column(&self) -> usize {
        columns(&self.below(true)[self.quoted..])
    }

    /// Does the line stand in a quotation?
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        self.quoted > 0
    }

    /// What the lines below have to begin with to stand where this one stands.
    #[must_use]
    pub fn below(&self, is_in_item: bool) -> String {
        let marks = &self.line[..self.width];
        // Outside of a list so many blanks would make code of it.
        let is_deep = self.column >= 4 && !is_in_item;
        let marks = if is_deep { &marks[..self.quoted] } else { marks };
        let mark = |c: char| if matches!(c, '>' | ' ' | '\t') { c } else { ' ' };
        marks.chars().map(mark).collect()
    }
}

/// The list items that are open.
#[derive(Debug)]
pub struct Lists {
    /// The columns in which their texts begin.
    items: Vec<usize>,
    quotation: usize,
    is_after_blank: bool,
    is_code: bool,
}

impl Default for Lists {
    fn default() -> Lists {
        Lists { items: Vec::new(), quotation: 0, is_after_blank: true, is_code: false }
    }
}

impl Lists {
    /// Takes the next line. True where it is a line of an indented block of code.
    pub fn take(&mut self, marks: &Marks<'_>) -> bool {
        let quotation = marks.quotations();
        let text = &marks.line[marks.width..];
        if quotation != self.quotation {
            self.items.clear();
            self.quotation = quotation;
            self.is_after_blank = true;
        }
        if text.trim().is_empty() {
            self.is_after_blank = true;
            return false;
        }
        let begins_block = self.is_after_blank
            || !marks.items.is_empty()
            || ["```", "~~~", ":::", "!!!", "???", "#"].iter().any(|mark| text.starts_with(mark));
        // A paragraph goes on in lines that are not indented as it is.
        if begins_block {
            while self.items.last().is_some_and(|&item| marks.column < item) {
                self.items.pop();
            }
        }
        let depth = marks.column.saturating_sub(self.items.last().copied().unwrap_or(0));
        self.is_code = depth >= 4 && (self.is_after_blank || self.is_code);
        self.is_after_blank = false;
        if !self.is_code {
            self.items.extend_from_slice(&marks.items);
            self.items.truncate(MOST);
        }
        self.is_code
    }

    /// Takes a line without text.
    pub fn take_blank(&mut self) {
        self.is_after_blank = true;
    }

    /// Was the last line blank?
    #[must_use]
    pub fn is_after_blank(&self) -> bool {
        self.is_after_blank
    }

    /// Does the line stand in a list?
    #[must_use]
    pub fn is_in_item(&self) -> bool {
        !self.items.is_empty()
    }
}

/// The blanks that a text begins with.
#[must_use]
pub fn blanks(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches([' ', '\t']).len()]
}

/// How wide blanks are.
#[must_use]
pub fn columns(blanks: &str) -> usize {
    blanks.bytes().fold(0, |column, byte| if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// A text without so many columns of blanks. `None` where it has fewer.
#[must_use]
pub fn without_columns(text: &str, wanted: usize) -> Option<&str> {
    let mut column = 0;
    let mut length = 0;
    for byte in text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')) {
        if column >= wanted {
            break;
        }
        column = if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 };
        length += 1;
    }
    (column >= wanted).then(|| &text[length..])
}

/// How long the mark of a list item is that the text begins with.
fn list_mark(text: &str) -> usize {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let length = match text.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => return 0,
    };
    if text[length..].starts_with([' ', '\t']) { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_what_stands_below_them() {
        for (line, text, below) in [
            ("- > [!NOTE]", "[!NOTE]", "  > "),
            ("> 1. a", "a", ">    "),
            ("  - - a", "a", "      "),
            ("-- a", "-- a", ""),
            ("    a", "a", ""),
            ("-\ta", "a", " \t"),
        ] {
            let marks = Marks::of(line);
            assert_eq!((&line[marks.width..], marks.below(false).as_str()), (text, below), "{line}");
        }
    }

    #[test]
    fn indented_code() {
        let mut lists = Lists::default();
        let is_code = ["    a", "b", "    c", "- d"].map(|line| lists.take(&Marks::of(line)));
        assert_eq!(is_code, [true, false, false, false]);
        lists.take_blank();
        assert!(lists.take(&Marks::of("      e")) && !lists.take(&Marks::of("     f")));
        assert!(lists.is_in_item());
        lists.take_blank();
        assert!(!lists.take(&Marks::of("g")) && !lists.is_in_item());
    }

    #[test]
    fn blanks_are_counted_in_columns() {
        assert_eq!(without_columns("\t a", 4), Some(" a"));
        assert_eq!(without_columns("   a", 4), None);
    }
}
