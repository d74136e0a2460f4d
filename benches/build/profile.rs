//! Counts what a build does instead of timing it: instructions and system calls are the same on a busy machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::feedmill::Feedmill;
use crate::table::{markdown, thousands};
use crate::tree::Tree;
use crate::work::Work;

/// What is worth counting: everything from nothing, nothing, and a little.
const WORKS: [Work; 3] = [Work::Cold, Work::Unchanged, Work::OneChanged];

/// Does the work under valgrind, then under strace, and makes tables of what they say.
pub fn count(tree: &mut Tree) -> Result<String, String> {
    let mut instructions = Vec::new();
    for (number, work) in WORKS.into_iter().enumerate() {
        eprintln!("{}: instructions", work.name());
        let file = tree.site.join(format!("callgrind.out.{number}"));
        let out = format!("--callgrind-out-file={}", file.display());
        work.run(&under(&["valgrind", "-q", "--tool=callgrind", &out]), tree, 1)?;
        instructions.push(callgrind_total(&read(&file)?).ok_or("valgrind counted nothing")?);
    }
    let mut calls = Vec::new();
    for (number, work) in WORKS.into_iter().enumerate() {
        eprintln!("{}: system calls", work.name());
        let file = tree.site.join(format!("strace.out.{number}"));
        work.run(&under(&["strace", "-f", "-c", "-o", &file.display().to_string()]), tree, 2)?;
        calls.push(strace_calls(&read(&file)?));
    }
    Ok(format!("{}\n{}", instruction_table(tree.articles, &instructions), call_table(&calls)))
}

fn under(words: &[&str]) -> Feedmill {
    Feedmill { under: words.iter().map(|&word| word.to_owned()).collect() }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The last line of a file of callgrind: `totals: 123`.
fn callgrind_total(text: &str) -> Option<usize> {
    text.lines().rev().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok())
}

/// `% time, seconds, usecs/call, calls, errors where there were any, syscall`, between two rules of dashes.
fn strace_calls(text: &str) -> BTreeMap<String, usize> {
    let is_rule = |line: &&str| line.starts_with("------");
    let rows = text.lines().skip_while(|line| !is_rule(line)).skip(1).take_while(|line| !is_rule(line));
    let call = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        Some(((*words.last()?).to_owned(), words.get(3)?.parse().ok()?))
    };
    rows.filter_map(call).collect()
}

fn instruction_table(articles: usize, instructions: &[usize]) -> String {
    let head = ["work", "instructions", "of each article"].map(String::from);
    let row =
        |(work, &count): (Work, &usize)| [work.name().into(), thousands(count), thousands(count / articles)];
    let rows: Vec<[String; 3]> =
        std::iter::once(head).chain(WORKS.into_iter().zip(instructions).map(row)).collect();
    format!("Articles: {}.\n\n{}", thousands(articles), markdown(&rows))
}

/// Calls that are never made more often than this say nothing of a build.
const FEW_CALLS: usize = 20;

/// The calls that were made most often first, and those of which there are few in one line.
fn call_table(calls: &[BTreeMap<String, usize>]) -> String {
    let most = |name: &str| calls.iter().filter_map(|of| of.get(name)).copied().max().unwrap_or(0);
    let mut names: Vec<&String> = calls.iter().flat_map(BTreeMap::keys).collect();
    names.sort();
    names.dedup();
    names.sort_by_key(|name| std::cmp::Reverse(most(name)));
    let (many, few): (Vec<&String>, Vec<&String>) =
        names.iter().copied().partition(|name| most(name) > FEW_CALLS);

    let row = |title: &str, names: &[&String]| {
        let sum = |of: &BTreeMap<String, usize>| names.iter().filter_map(|&name| of.get(name)).sum();
        let counts = calls.iter().map(|of| thousands(sum(of)));
        std::iter::once(title.to_owned()).chain(counts).collect::<Vec<String>>()
    };
    let head = ["system call"].into_iter().chain(WORKS.map(Work::name)).map(str::to_owned).collect();
    let mut rows = vec![head];
    rows.extend(many.iter().map(|&name| row(name, &[name])));
    rows.push(row("others", &few));
    rows.push(row("all", &names));
    markdown(&rows)
}
