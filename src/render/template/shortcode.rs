//! Hugo's shortcodes: `{{< name args >}} … {{< /name >}}`, and the same with `%`.

use super::args::Args;
use super::expander::Expander;
use super::frame::FrameKind;
use super::insert::{self, Insert};
use super::verbatim;
use crate::text::escape_html;

/// What stands between these is not for everybody, and no feed knows its readers.
const FOR_MEMBERS: &[(&str, &str)] = &[
    ("paywall", "/paywall"),
    ("member", "/member"),
    ("members", "/members"),
    ("members-only", "/members-only"),
    ("premium", "/premium"),
    ("subscribers", "/subscribers"),
    ("subscribers-only", "/subscribers-only"),
];

impl Expander<'_> {
    /// A shortcode that begins here. True where there was one.
    pub(super) fn shortcode(&mut self) -> bool {
        let (open, close) = match self.source.as_bytes()[self.at..] {
            [b'{', b'{', b'<', ..] => ("{{<", ">}}"),
            [b'{', b'{', b'%', ..] => ("{{%", "%}}"),
            _ => return false,
        };
        let Some((inner, end)) = self.tag(open.len(), close) else { return false };
        if let Some(shown) = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
            self.out.push_str(&verbatim::literal(&format!("{open}{shown}{close}")));
            self.at = end;
            return true;
        }
        let inner = inner.trim();
        let (inner, is_closing) = match inner.strip_prefix('/') {
            Some(name) => (name.trim_start(), true),
            None => (inner.strip_suffix('/').unwrap_or(inner), false),
        };
        let name_end = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, arguments) = inner.split_at(name_end);
        if is_closing {
            self.close_tag(|kind| matches!(kind, FrameKind::Tag(open) if open == name));
            self.at = end;
        } else {
            self.open_shortcode(name, &Args::of(arguments), end);
        }
        true
    }

    fn open_shortcode(&mut self, name: &str, args: &Args, end: usize) {
        let is_closed = |this: &mut Self, close| this.ahead(close, end).is_some();
        match name {
            "ref" | "relref" => {
                let reference = args.get(&["path"], 0).unwrap_or_default();
                let address = self.page.address_of(reference);
                self.put(Insert::Inline(address), end);
            }
            "highlight" | "code" => {
                let language = args.get(&["lang", "language"], 0).unwrap_or_default().to_owned();
                let close = if name == "code" { "/code" } else { "/highlight" };
                self.code_until(end, close, &language);
            }
            "details" if is_closed(self, "/details") => {
                let title = args.get(&["summary", "title"], 0).unwrap_or("Details").to_owned();
                let open = format!("<details><summary>{}</summary>", insert::inline(&title));
                self.open_frame(FrameKind::Tag(name.to_owned()), &open, "</details>");
                self.at = end;
            }
            "blockquote" | "quote"
                if is_closed(self, if name == "quote" { "/quote" } else { "/blockquote" }) =>
            {
                let author = args.named(&["author", "attr", "source", "cite"]);
                let author = author.map(|author| format!("<p>— {}</p>", escape_html(author)));
                let close = format!("{}</blockquote>", author.unwrap_or_default());
                self.open_frame(FrameKind::Tag(name.to_owned()), "<blockquote>", &close);
                self.at = end;
            }
            "comment" => self.skip_until(end, "/comment"),
            _ if FOR_MEMBERS.iter().any(|(known, _)| *known == name) => {
                self.leave_out(format!("{{{{< {name} >}}}}"));
                let close = FOR_MEMBERS.iter().find(|(known, _)| *known == name).map(|(_, close)| *close);
                self.skip_until(end, close.unwrap_or_default());
            }
            _ => match insert::insert(name, args) {
                Some(insert) => self.put(insert, end),
                None => {
                    let is_markdown = self.source[self.at..].starts_with("{{%");
                    let [open, close] = if is_markdown { ["{{%", "%}}"] } else { ["{{<", ">}}"] };
                    self.leave_out(format!("{open} {name} {close}"));
                    self.at = end;
                }
            },
        }
    }
}
