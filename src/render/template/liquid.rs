//! Tags between `{%` and `%}`: Liquid's (Jekyll, Eleventy), Hexo's, and Zola's shortcodes with a body.
//!
//! Nothing is computed. Of an `if` the first branch stays and the others go, of a `case` likewise;
//! what is repeated or captured goes with its content, for it would be a row of gaps.

use super::args::Args;
use super::expander::Expander;
use super::frame::FrameKind;
use super::insert::{self, Insert};
use super::verbatim;
use crate::text::escape_html;

/// The tags that choose between branches and are open: what closes each, and whether one of its
/// branches was taken.
#[derive(Default)]
pub struct Branches(Vec<(&'static str, bool)>);

/// Deeper ones are not followed.
const DEEPEST: usize = 30;

impl Expander<'_> {
    /// A tag that begins here. True where there was one.
    pub(super) fn liquid_tag(&mut self) -> bool {
        if !self.source[self.at..].starts_with("{%") {
            return false;
        }
        let Some((inner, end)) = self.tag(2, "%}") else { return false };
        if let Some(shown) = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
            self.out.push_str(&verbatim::literal(&format!("{{%{shown}%}}")));
            self.at = end;
            return true;
        }
        let inner = inner.strip_prefix(['-', '+']).unwrap_or(inner);
        let inner = inner.strip_suffix(['-', '+']).unwrap_or(inner).trim();
        let (name, arguments) = split_name(inner);
        if name.is_empty() {
            // A comment, or no tag at all.
            let is_tag = inner.is_empty() || inner.starts_with('#');
            self.at = if is_tag { end } else { self.at };
            return is_tag;
        }
        if let Some(arguments) = call(arguments) {
            self.zola_block(name, &Args::of(arguments), end);
        } else {
            self.named_tag(name, arguments.trim(), end);
        }
        true
    }

    fn named_tag(&mut self, name: &str, arguments: &str, end: usize) {
        match name {
            "raw" => self.copy_until(end, "endraw"),
            "verbatim" => self.copy_until(end, "endverbatim"),
            "comment" => self.skip_until(end, "endcomment"),
            "highlight" => self.code_until(end, "endhighlight", arguments),
            "codeblock" => self.code_until(end, "endcodeblock", language(arguments)),
            "code" => self.code_until(end, "endcode", language(arguments)),
            "link" | "post_url" | "post_path" => {
                let address = self.page.address_of(arguments.trim_matches(['"', '\'']));
                self.put(Insert::Inline(address), end);
            }
            "if" | "unless" | "case" if is_for_members(arguments) => {
                self.leave_out(format!("{{% {name} %}}"));
                let close = closing(name);
                self.at = self.closing_of(end, close).unwrap_or(self.source.len());
            }
            "if" | "unless" | "ifchanged" | "case" => self.open_branches(name, end),
            "else" | "elsif" | "elif" | "elseif" | "when" => self.next_branch(end),
            "for" => self.leave_out_until(name, end, "endfor"),
            "tablerow" => self.leave_out_until(name, end, "endtablerow"),
            "capture" => self.leave_out_until(name, end, "endcapture"),
            "macro" => self.leave_out_until(name, end, "endmacro"),
            "end" => {
                self.close_tag(|kind| *kind == FrameKind::Zola);
                self.at = end;
            }
            "include" | "include_cached" | "include_relative" | "render" => {
                self.include(name, arguments, end)
            }
            _ => match name.strip_prefix("end") {
                Some(opened) => self.end_tag(opened, end),
                None => self.hexo_tag(name, arguments, end),
            },
        }
    }

    fn hexo_tag(&mut self, name: &str, arguments: &str, end: usize) {
        let args = Args::of(arguments);
        let frame = || FrameKind::Tag(name.to_owned());
        match name {
            "blockquote" | "quote" => {
                let close = format!("{}</blockquote>", source_of_quote(arguments));
                self.open_frame(frame(), "<blockquote>", &close);
            }
            "pullquote" | "centerquote" | "cq" | "note" => {
                self.open_frame(frame(), "<blockquote>", "</blockquote>");
            }
            "post_link" => {
                let reference = args.at(0).unwrap_or_default();
                let words = args.at(1).map_or_else(|| reference.replace(['-', '_'], " "), str::to_owned);
                let address = escape_html(&self.page.address_of(reference));
                return self
                    .put(Insert::Inline(format!("<a href=\"{address}\">{}</a>", escape_html(&words))), end);
            }
            "asset_link" => {
                let file = args.at(0).unwrap_or_default();
                let words = escape_html(args.at(1).unwrap_or(file));
                let link = format!("<a href=\"{}\">{words}</a>", escape_html(file));
                return self.put(Insert::Inline(link), end);
            }
            "asset_path" => {
                return self.put(Insert::Inline(args.at(0).unwrap_or_default().to_owned()), end);
            }
            "asset_img" | "img" => {
                if let Some(image) = hexo_picture(&args) {
                    return self.put(Insert::Block(image), end);
                }
                self.leave_out(format!("{{% {name} %}}"));
            }
            _ => match insert::insert(name, &args) {
                Some(insert) => return self.put(insert, end),
                None => self.leave_out(format!("{{% {name} %}}")),
            },
        }
        self.at = end;
    }

    /// Themes have includes for pictures and films; others are not known.
    fn include(&mut self, name: &str, arguments: &str, end: usize) {
        let args = Args::of(arguments);
        let file = args.at(0).unwrap_or_default().to_owned();
        let stem = file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        match insert::insert(stem, &args.without_first()) {
            Some(insert) => self.put(insert, end),
            None => {
                self.leave_out(format!("{{% {name} {file}").trim_end().to_owned() + " %}");
                self.at = end;
            }
        }
    }

    fn zola_block(&mut self, name: &str, args: &Args, end: usize) {
        if let ("quote" | "blockquote", author) = (name, args.get(&["author", "source"], 0)) {
            let author = author.map(|author| format!("<p>— {}</p>", escape_html(author)));
            let close = format!("{}</blockquote>", author.unwrap_or_default());
            self.open_frame(FrameKind::Zola, "<blockquote>", &close);
        } else if name == "details" {
            let title = args.get(&["summary", "title"], 0).unwrap_or("Details");
            let open = format!("<details><summary>{}</summary>", insert::inline(title));
            self.open_frame(FrameKind::Zola, &open, "</details>");
        } else {
            self.leave_out(format!("{{% {name} %}}"));
            self.open_frame(FrameKind::Zola, "", "");
        }
        self.at = end;
    }

    fn open_branches(&mut self, name: &str, end: usize) {
        self.leave_out(format!("{{% {name} %}}"));
        let close = closing(name);
        if self.liquid.0.len() < DEEPEST {
            self.liquid.0.push((close, name != "case"));
        }
        self.at = end;
    }

    /// The next branch stays only where none stood before it.
    fn next_branch(&mut self, end: usize) {
        self.at = end;
        let Some((close, is_taken)) = self.liquid.0.last_mut() else { return };
        if !*is_taken {
            *is_taken = true;
            return;
        }
        let close = *close;
        self.liquid.0.pop();
        self.at = self.closing_of(end, close).unwrap_or(end);
    }

    fn end_tag(&mut self, opened: &str, end: usize) {
        if let Some(index) =
            self.liquid.0.iter().rposition(|(close, _)| close.strip_prefix("end") == Some(opened))
        {
            self.liquid.0.truncate(index);
        } else {
            self.close_tag(|kind| matches!(kind, FrameKind::Tag(name) if name == opened));
        }
        self.at = end;
    }

    fn leave_out_until(&mut self, name: &str, end: usize, close: &'static str) {
        self.leave_out(format!("{{% {name} %}}"));
        self.at = self.closing_of(end, close).unwrap_or(end);
    }

    /// Where the tag ends that closes the one before `start`, others of its kind between them.
    fn closing_of(&mut self, start: usize, close: &'static str) -> Option<usize> {
        self.ahead(close, start)?;
        let open = close.strip_prefix("end")?;
        let mut depth = 1;
        let mut at = start;
        while let Some(found) = self.source[at..].find("{%") {
            let inner = self.source[at + found + 2..].trim_start_matches(['-', ' ', '\n']);
            at = self.source.len() - inner.len();
            let (name, _) = split_name(inner);
            if name == open {
                depth += 1;
            } else if name == close {
                depth -= 1;
            }
            // Where nothing closes them, the same tags are not followed again and again.
            if depth > DEEPEST {
                return None;
            }
            if depth == 0 {
                return inner.find("%}").map(|end| at + end + 2);
            }
        }
        None
    }
}

fn closing(name: &str) -> &'static str {
    match name {
        "if" => "endif",
        "unless" => "endunless",
        "ifchanged" => "endifchanged",
        _ => "endcase",
    }
}

/// Does a condition ask who is reading? Then what it guards is not for everybody.
fn is_for_members(condition: &str) -> bool {
    const WORDS: &[&str] = &["member", "user", "subscri", "premium", "paywall", "logged", "paid", "access"];
    let condition = condition.to_ascii_lowercase();
    WORDS.iter().any(|word| condition.contains(word))
}

fn split_name(inner: &str) -> (&str, &str) {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return ("", inner);
    }
    inner.split_at(inner.find(|c| !is_letter(c)).unwrap_or(inner.len()))
}

/// What stands between the parentheses of a call.
pub fn call(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('(')?.trim_end().strip_suffix(')')
}

/// Hexo writes `codeblock title lang:rust url`.
fn language(arguments: &str) -> &str {
    arguments.split_whitespace().find_map(|word| word.strip_prefix("lang:")).unwrap_or_default()
}

/// Hexo writes `blockquote author, source address title`.
fn source_of_quote(arguments: &str) -> String {
    let is_address = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
    let address = arguments.split_whitespace().find(is_address);
    let words = match address {
        Some(address) => arguments.replacen(address, "", 1),
        None => arguments.to_owned(),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = escape_html(words.trim_matches(['"', '\'']));
    match address {
        _ if words.is_empty() && address.is_none() => String::new(),
        Some(address) if words.is_empty() => {
            format!("<p>— <a href=\"{0}\">{0}</a></p>", escape_html(address))
        }
        Some(address) => format!("<p>— <a href=\"{}\">{words}</a></p>", escape_html(address)),
        None => format!("<p>— {words}</p>"),
    }
}

/// Hexo writes `img classes file width height "title" "alt"`, all but the file as one likes.
fn hexo_picture(args: &Args) -> Option<String> {
    let words: Vec<&str> = args.by_place().collect();
    let is_file = |word: &&str| word.contains('.') || word.contains('/');
    let file = words.iter().position(is_file)?;
    let mut size = Args::default();
    let mut rest = &words[file + 1..];
    for name in ["width", "height"] {
        if let [number, after @ ..] = rest
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            size.add(name, (*number).to_owned());
            rest = after;
        }
    }
    let titles = rest.join(" ");
    let mut quoted = titles.split(['"', '\'']).map(str::trim).filter(|text| !text.is_empty());
    let (title, alt) = match rest {
        [_] => (quoted.next(), quoted.next()),
        [title, alt, ..] => (Some(*title), Some(*alt)),
        [] => (None, None),
    };
    Some(format!("<p>{}</p>", insert::picture(words[file], alt.or(title).unwrap_or_default(), &size)))
}
