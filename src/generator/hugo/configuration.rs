//! The files of a Hugo site's configuration, put together.

use super::super::SiteFiles;
use super::super::config::{self, Config};
use crate::syntax::{Map, Value};

const ENDINGS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// The configuration as Hugo puts it together: later parts win.
#[derive(Default)]
pub struct Site {
    pub parts: Vec<Map<'static>>,
    /// Tables that have a file of their own: `languages.en.toml`.
    pub tables: Vec<(String, Map<'static>)>,
    pub sources: Vec<String>,
    pub faults: Vec<String>,
}

impl Site {
    pub fn read(files: &dyn SiteFiles) -> Site {
        let mut site = Site::default();
        for (stem, ending) in ["hugo", "config"].iter().flat_map(|stem| ENDINGS.map(|ending| (stem, ending)))
        {
            let path = format!("{stem}.{ending}");
            let Some(config) = Config::read(files, &path) else { continue };
            let is_hugo = ["baseurl", "languagecode", "defaultcontentlanguage", "archetypedir", "contentdir"]
                .iter()
                .any(|key| config::node(&config.map, key).is_some());
            if *stem == "hugo" || is_hugo {
                site.take(&path, config);
                break;
            }
        }
        for directory in ["config/_default", "config/production"] {
            for name in files.names(directory) {
                let Some((stem, ending)) = name.rsplit_once('.') else { continue };
                if !ENDINGS.contains(&ending) || stem.starts_with("menu") || stem.starts_with("params") {
                    continue;
                }
                let path = format!("{directory}/{name}");
                let Some(config) = Config::read(files, &path) else { continue };
                match stem {
                    "hugo" | "config" => site.take(&path, config),
                    _ => {
                        site.faults.extend(config.fault);
                        site.sources.push(path);
                        site.tables.push((stem.to_ascii_lowercase(), config.map));
                    }
                }
            }
        }
        site
    }

    fn take(&mut self, path: &str, config: Config) {
        self.sources.push(path.to_owned());
        self.faults.extend(config.fault);
        self.parts.push(config.map);
    }

    pub fn text(&self, key: &str) -> Option<String> {
        self.parts.iter().rev().find_map(|part| config::text(part, key))
    }

    pub fn flag(&self, key: &str) -> Option<bool> {
        self.parts.iter().rev().find_map(|part| config::flag(part, key))
    }

    pub fn node(&self, key: &str) -> Option<&Value<'static>> {
        self.parts.iter().rev().find_map(|part| config::node(part, key))
    }

    /// All tables of a name, wherever they are written.
    pub fn tables<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'s Map<'static>> {
        let own = self.tables.iter().filter(move |(name, _)| name == key).map(|(_, map)| map);
        self.parts.iter().filter_map(move |part| config::table(part, key)).chain(own)
    }
}
