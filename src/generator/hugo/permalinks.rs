//! Hugo's permalinks: the default one, those of sections, and `uglyURLs`.

use super::super::config::{as_text, flag, table, text};
use super::super::{Found, Pattern};
use super::configuration::Site;
use crate::name::section_name;
use crate::syntax::Value;
use std::collections::BTreeSet;

impl Site {
    pub fn set_permalinks(&self, dates_in_names: bool, found: &mut Found) {
        let name = if dates_in_names { "{slug}" } else { "{slug_or_filename}" };
        let edition =
            if found.languages.iter().any(|language| !language.prefix.is_empty()) { "{edition}" } else { "" };
        let default = Pattern::of(&format!("/{{sections}}/{name}/")).below(edition);
        let ugly = self.node("uglyurls");
        let is_ugly = matches!(ugly, Some(Value::Bool(true)));
        let is_ugly_in = |section: &str| match ugly {
            Some(Value::Map(sections)) => flag(sections, section) == Some(true),
            _ => is_ugly,
        };
        found.permalink = if is_ugly { default.clone().as_file() } else { default.clone() };
        for (section, source) in self.patterns(&mut found.notes) {
            let mut pattern = Pattern::from_colons(&source, |name| meaning(name, dates_in_names));
            if pattern.text.contains("{yearday}") {
                pattern.notes.push(
                    "the day of the year has three digits here, in Hugo as many as it needs".to_owned(),
                );
            }
            // Hugo ends every address with a slash or with `.html`.
            pattern = pattern.with_slash().below(edition);
            if is_ugly_in(&section) {
                pattern = pattern.as_file();
                pattern.notes.push("with `.html` because of `uglyURLs`".to_owned());
            }
            if section.is_empty() {
                found.note(format!("pages in no section are at `{source}`"));
            } else {
                found.sections.push((section, pattern));
            }
        }
        if let (false, Some(Value::Map(sections))) = (is_ugly, ugly) {
            let mut seen: BTreeSet<_> = found.sections.iter().map(|(section, _)| section.clone()).collect();
            for (section, node) in &sections.entries {
                let name = section_name(&section.name);
                if node.value == Value::Bool(true) && seen.insert(name.clone()) {
                    found.sections.push((name, default.clone().as_file()));
                }
            }
        }
    }

    /// Sections and their patterns, in the old form, in that with tables for kinds of pages, and in
    /// that with targets.
    fn patterns(&self, notes: &mut Vec<String>) -> Vec<(String, String)> {
        let mut patterns: Vec<(String, String)> = Vec::new();
        let mut put = |section: &str, pattern: &Value| {
            let section = section_name(section.trim_matches(['/', ' ']));
            patterns.extend(as_text(pattern).map(|pattern| (section, pattern)));
        };
        for permalinks in self.tables("permalinks") {
            for (key, node) in &permalinks.entries {
                match &node.value {
                    Value::Map(pages) if key.name.eq_ignore_ascii_case("page") => {
                        pages.entries.iter().for_each(|(section, node)| put(&section.name, &node.value));
                    }
                    Value::Map(_) => {}
                    value => put(&key.name, value),
                }
            }
        }
        let rules = match self.node("permalinks") {
            Some(Value::List(rules)) => &rules[..],
            _ => &[],
        };
        // The first rule that fits a page is the one that counts.
        for rule in rules.iter().rev() {
            let Value::Map(rule) = &rule.value else { continue };
            let target = table(rule, "target");
            let of_target = |key: &str| target.and_then(|target| text(target, key)).unwrap_or_default();
            let (kind, path, Some(pattern)) = (of_target("kind"), of_target("path"), text(rule, "pattern"))
            else {
                continue;
            };
            let section = path.trim_matches('/').trim_end_matches("/**").trim_end_matches("/*").to_owned();
            match kind.as_str() {
                "" | "page" if section.contains(['*', '{', '/']) || section.is_empty() => {
                    notes.push(format!("pages at `{path}` have the permalink `{pattern}`"));
                }
                "" | "page" => patterns.push((section_name(&section), pattern)),
                _ => {}
            }
        }
        patterns.reverse();
        let mut seen = BTreeSet::new();
        patterns.retain(|(section, _)| seen.insert(section.clone()));
        patterns.reverse();
        patterns
    }
}

fn meaning(name: &str, dates_in_names: bool) -> Option<&'static str> {
    Some(match name {
        "year" | "2006" => "{year}",
        "06" => "{short_year}",
        "month" | "01" => "{month}",
        "1" => "{i_month}",
        "monthname" | "January" => "{month_name}",
        "day" | "02" => "{day}",
        "2" => "{i_day}",
        "15" => "{hour}",
        "04" => "{minute}",
        "05" => "{second}",
        "yearday" | "002" => "{yearday}",
        "weekdayname" | "Monday" => "{weekday}",
        "section" => "{section}",
        "sections" => "{sections}",
        "title" => "{title}",
        "slug" => "{slug_or_title}",
        "slugorfilename" | "slugorcontentbasename" if dates_in_names => "{slug}",
        "slugorfilename" | "slugorcontentbasename" => "{slug_or_filename}",
        "filename" | "contentbasename" => "{filename}",
        _ => return None,
    })
}
