//! Which directories a generator copies to the root of the site, as they are.

use super::{Generator, SiteFiles};

/// The directories that exist. Those within the articles' directory need not be named.
pub fn directories(files: &dyn SiteFiles, generator: Generator, articles: &str) -> Vec<String> {
    let above_articles = || articles.rsplit_once('/').map_or(".", |(above, _)| above).to_owned();
    let usual: Vec<String> = match generator {
        Generator::Hugo | Generator::Zola | Generator::Docusaurus => vec!["static".to_owned()],
        Generator::Astro => vec!["public".to_owned()],
        // It copies what its configuration says, which is a program; these two are its custom.
        Generator::Eleventy => vec!["public".to_owned(), "static".to_owned()],
        // `images` are served as `/images`, whatever lies in `files` from the root.
        Generator::Nikola if !files.names("images").is_empty() => vec!["files".to_owned(), ".".to_owned()],
        Generator::Nikola => vec!["files".to_owned()],
        Generator::Hexo | Generator::Pelican if articles.contains('/') => vec![above_articles()],
        Generator::Hexo | Generator::Pelican | Generator::Jekyll => Vec::new(),
    };
    let exists = |directory: &String| directory == "." || !files.names(directory).is_empty();
    usual.into_iter().filter(exists).collect()
}

#[cfg(test)]
mod tests {
    use super::super::MemoryFiles;
    use super::*;

    #[test]
    fn those_that_exist() {
        let files =
            MemoryFiles::of(&[("static/a.png", ""), ("images/b.png", ""), ("source/_posts/c.md", "")]);
        let of = |generator, articles| directories(&files, generator, articles).join(" ");
        assert_eq!(of(Generator::Hugo, "content"), "static");
        assert_eq!(of(Generator::Astro, "src/content/blog"), "");
        assert_eq!(of(Generator::Nikola, "posts"), ".");
        assert_eq!(of(Generator::Hexo, "source/_posts"), "source");
        assert_eq!(of(Generator::Jekyll, "."), "");
    }
}
