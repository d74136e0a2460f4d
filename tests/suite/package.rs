//! The Debian package and what goes into it are in step, without the tool that makes it.

use crate::support::{repository, repository_text};
use feedmill::settings::{Overrides, read};
use feedmill::syntax::{Map, Node, Value, parse_toml};
use std::os::unix::fs::PermissionsExt;

/// Source, destination and mode of every file of the package.
fn assets() -> Vec<[String; 3]> {
    let manifest = repository_text("Cargo.toml");
    let manifest = parse_toml(&manifest).unwrap();
    let mut map: &Map = &manifest;
    for name in ["package", "metadata", "deb"] {
        let Some(Value::Map(below)) = map.get(name).map(|node| &node.value) else { panic!("no `{name}`") };
        map = below;
    }
    let text = |node: &Node| match &node.value {
        Value::Text(text) => text.to_string(),
        other => panic!("{other:?} is no text"),
    };
    let Some(Value::List(rows)) = map.get("assets").map(|node| &node.value) else { panic!("no assets") };
    let row = |node: &Node| match &node.value {
        Value::List(row) => row.iter().map(text).collect::<Vec<_>>().try_into().unwrap(),
        other => panic!("{other:?} is no row"),
    };
    rows.iter().map(row).collect()
}

/// What lies in the target directory is made when the package is.
const MADE: &str = "target/release/";

#[test]
fn every_file_of_the_package_exists_or_is_made() {
    let script = repository_text("docs/package/build-deb");
    let mut made = Vec::new();
    for [source, _, mode] in assets() {
        if let Some(name) = source.strip_prefix(MADE) {
            assert_eq!(mode, if name == "feedmill" { "755" } else { "644" }, "{source}");
            made.push(name.to_owned());
        } else {
            assert!(repository(&source).is_file(), "`{source}` does not exist");
        }
    }
    let shells = ["bash", "zsh", "fish"].map(|shell| format!("package/completions/feedmill.{shell}"));
    assert_eq!(made[..2], ["feedmill", "package/man/*.gz"]);
    assert_eq!(made[2..5], shells);
    assert_eq!(made[5..], ["package/doc/*"]);
    for line in [
        "man --directory \"$made/man\"",
        "for shell in bash zsh fish; do",
        "completions/feedmill.$shell",
        "\"$made/doc\"",
    ] {
        assert!(script.contains(line), "{line}");
    }
    for name in ["build-deb", "build-release"] {
        let mode = repository(&format!("docs/package/{name}")).metadata().unwrap().permissions().mode();
        assert!(mode & 0o111 != 0, "{name} can be run");
    }
}

#[test]
fn the_unit_runs_the_program_of_the_package_as_the_readme_says() {
    let assets = assets();
    let unit = repository_text("docs/package/feedmill@.service");
    assert!(assets.iter().any(|[source, to, _]| source == "target/release/feedmill" && to == "usr/bin/"));
    assert!(unit.contains("\nExecStart=/usr/bin/feedmill build\n"), "{unit}");
    let readme = repository_text("README.md");
    let (_, service) = readme.split_once("# /etc/systemd/system/feedmill.service\n[Service]\n").unwrap();
    let (service, timer) = service.split_once("# /etc/systemd/system/feedmill.timer\n").unwrap();
    let own = ["User", "ExecStart", "ReadWritePaths"];
    let is_own = |line: &&str| own.iter().any(|name| line.starts_with(&format!("{name}=")));
    let lines =
        |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    for line in lines(service).iter().filter(|line| !is_own(&line.as_str())) {
        assert!(unit.lines().any(|found| found == line), "the unit of the package has no `{line}`");
    }
    let (timer, _) = timer.split_once("```").unwrap();
    let packaged = repository_text("docs/package/feedmill@.timer");
    for line in lines(timer) {
        assert!(packaged.lines().any(|found| found == line), "the timer of the package has no `{line}`");
    }
}

#[test]
fn the_example_of_settings_is_one() {
    let settings =
        read("feedmill.toml", &repository_text("docs/package/feedmill.toml"), &Overrides::default());
    let settings = settings.unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(settings.editions.len(), 2);
}
