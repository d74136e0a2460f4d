//! The modules of MDX: what imports and exports, and which Markdown is MDX because it does.

use super::code::Fence;
use super::jsx::end_of_module;

/// More lines before the first paragraph are not looked at.
const MOST_LINES: usize = 200;

/// Docusaurus takes every file for MDX. One that imports or exports before its first paragraph is.
#[must_use]
pub fn is_mdx(source: &str) -> bool {
    let mut fence: Option<Fence> = None;
    let mut rest = source;
    for _ in 0..MOST_LINES {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let text = line.trim();
        if let Some(open) = &fence {
            if open.is_closed_by(line) {
                fence = None;
            }
        } else if !line.starts_with([' ', '\t']) && begins_module(line) {
            return end_of_module(rest).is_some_and(|end| is_module(&rest[..end]));
        } else if let Some(open) = Fence::opened_by(text, false, false) {
            fence = Some(open);
        } else if line.is_empty() || !stands_before_text(text) {
            return false;
        }
        rest = &rest[line.len()..];
    }
    false
}

fn stands_before_text(line: &str) -> bool {
    let is_comment = |open: &str, close: &str| line.starts_with(open) && line.ends_with(close);
    line.is_empty() || line.starts_with('#') || is_comment("<!--", "-->") || is_comment("{/*", "*/}")
}

/// Is a statement one of JavaScript, whatever the words it begins with?
fn is_module(statement: &str) -> bool {
    let words = statement.split_whitespace().collect::<Vec<_>>();
    let is_file = |word: &&str| word.starts_with(['"', '\'']);
    match words[..] {
        ["import", file, ..] if is_file(&file) => true,
        ["import", ..] => words.windows(2).any(|pair| pair[0].ends_with("from") && is_file(&pair[1])),
        ["export", "const" | "let" | "var", ..] => statement.contains('='),
        _ => statement.contains('{') || words.iter().any(is_file),
    }
}

/// Does a line begin a statement of a module? Prose can begin with the same words.
#[must_use]
pub fn begins_module(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(3).collect();
    match words[..] {
        ["import", first, ..] if first.starts_with(['"', '\'', '{', '*']) => true,
        ["import", first, second, ..] => second == "from" || first.ends_with(',') || first == "type",
        ["export", first, ..] => {
            first.starts_with(['{', '*'])
                || matches!(
                    first,
                    "const"
                        | "let"
                        | "var"
                        | "default"
                        | "function"
                        | "class"
                        | "async"
                        | "type"
                        | "interface"
                )
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_that_is_mdx() {
        for source in [
            "import Tabs from '@theme/Tabs';\n\nText {a}\n",
            "\n# Title {#id}\n\n<!-- a -->\n```js\nb\n```\nimport \"./a.css\"\n",
            "import {\n  a,\n} from 'b'\n",
            "export const Box = ({children}) => (\n  <b>{children}</b>\n);\n",
        ] {
            assert!(is_mdx(source), "{source}");
        }
        for source in [
            "import duties from the mainland's ports rose\n",
            "Text\n\nimport Tabs from '@theme/Tabs';\n",
            "```js\nimport Tabs from '@theme/Tabs';\n```\nText\n",
            "    import Tabs from '@theme/Tabs';\n",
            "export class of ships\n",
            "",
            "# Title",
        ] {
            assert!(!is_mdx(source), "{source}");
        }
    }
}
