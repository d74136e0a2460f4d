//! From `[output]` to output settings.

use super::table::{Faults, Table};
use crate::compress::Encoding;
use crate::diagnostic::nearest;

/// What lies in the output directory, and where that is.
#[derive(Clone, Debug)]
pub struct OutputSettings {
    /// Where the feeds go, as the user gave it.
    pub directory: String,
    /// In which encodings each file lies beside itself.
    pub compress: Vec<Encoding>,
    /// Where the links for the pages of the site go, as the user gave it; `None`: nowhere.
    pub snippets: Option<String>,
}

/// `directory` stands in for that of the file.
pub fn output(root: &Table<'_>, directory: Option<&str>, faults: &mut Faults<'_>) -> OutputSettings {
    let table = root.table("output", &["directory", "compress", "snippets"], faults);
    let snippets = table.as_ref().and_then(|table| table.line("snippets", faults));
    let from_file = table.as_ref().and_then(|table| table.line("directory", faults));
    OutputSettings {
        directory: directory.map(str::to_owned).or(from_file).unwrap_or_else(|| "feeds".to_owned()),
        snippets,
        compress: table.map(|table| compress(&table, faults)).unwrap_or_default(),
    }
}

fn compress(table: &Table<'_>, faults: &mut Faults<'_>) -> Vec<Encoding> {
    let names = || Encoding::ALL.iter().map(|encoding| encoding.name());
    let mut encodings = Vec::new();
    for (name, at) in table.texts("compress", faults).unwrap_or_default() {
        match Encoding::ALL.iter().find(|encoding| encoding.name() == name) {
            Some(encoding) => encodings.push(*encoding),
            None => {
                let near = nearest(name, names()).map(|near| format!("did you mean `{near}`?"));
                let all = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                faults.bad(at, format!("there is no encoding `{name}`")).help =
                    Some(near.unwrap_or_else(|| format!("the encodings are {all}")));
            }
        }
    }
    encodings.sort();
    encodings.dedup();
    encodings
}

#[cfg(test)]
mod tests {
    use crate::compress::Encoding;
    use crate::settings::{Overrides, read};

    fn compress(value: &str) -> Result<Vec<Encoding>, Vec<String>> {
        let text = format!("[site]\nurl = 'https://e.example/'\n[output]\ncompress = {value}\n");
        match read("feedmill.toml", &text, &Overrides::default()) {
            Ok(settings) => Ok(settings.output.compress),
            Err(faults) => Err(faults
                .into_iter()
                .map(|fault| {
                    format!("{}: {} ({})", fault.location, fault.message, fault.help.unwrap_or_default())
                })
                .collect()),
        }
    }

    #[test]
    fn encodings_are_named_once_in_any_order() {
        assert_eq!(compress("[]"), Ok(vec![]));
        assert_eq!(compress("'gzip'"), Ok(vec![Encoding::Gzip]));
        let all = compress("['zstd', 'gzip', 'brotli', 'gzip']");
        assert_eq!(all, Ok(vec![Encoding::Gzip, Encoding::Brotli, Encoding::Zstd]));
    }

    #[test]
    fn others_are_told() {
        assert_eq!(
            compress("['gzipp', 'deflate']"),
            Err(vec![
                "feedmill.toml:4:13: there is no encoding `gzipp` (did you mean `gzip`?)".to_owned(),
                "feedmill.toml:4:22: there is no encoding `deflate` (the encodings are `gzip`, `brotli`, `zstd`)"
                    .to_owned(),
            ])
        );
    }
}
