//! Golden cases: a directory in, a directory out, byte for byte. `tests/README.md` says how to add one.

use crate::support::{NOW, Run, Site, cases_in, diff, difference, is_accepting, repository, tree};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the settings of every case leave the output.
const OUTPUT: &str = "feeds";

/// A test for each case, named as its directory is, with `_` for `-`.
macro_rules! cases {
    ($($case:ident)*) => {
        const CASES: &[&str] = &[$(stringify!($case)),*];
        $(
            #[test]
            fn $case() {
                check(&stringify!($case).replace('_', "-"));
            }
        )*
    };
}

cases! {
    a_feed_path_without_a_file
    a_page_copied_as_text
    a_page_without_an_article
    a_place
    a_podcast
    a_slip_in_draft_publishes_nothing
    a_url_is_enough
    addresses_that_run_scripts
    alignment_of_table_cells
    all_media_listed
    an_author_registry
    archives
    authors_of_other_generators
    bodies_in_html
    bundles_and_dated_names
    by_author_and_tag
    closing_blocks
    comments_of_readers
    contributors
    corrections
    cover_becomes_enclosure_and_figure
    cover_with_everything
    covers_of_other_generators
    dates_from_paths
    dates_in_every_form
    drafts_embargoes_and_expiry
    empty_texts_are_absent
    enclosures
    enclosures_with_faults
    everything_at_once
    faults_do_not_take_others_down
    faulty_settings
    feeds_of_one_article
    fields_in_extra_and_params
    fields_of_other_generators
    footnotes_and_tables
    former_names
    front_matter_in_json
    front_matter_in_lines
    html_is_made_safe
    hugo_shortcodes
    ids_do_not_depend_on_title_or_section
    layouts
    limit_and_max_bytes
    links_between_articles
    liquid_tags
    mdx_components
    media_directories
    media_in_the_body
    members_in_full_for_some
    members_only
    names_that_feeds_and_folders_have
    no_articles
    one_closing_block
    one_edition_without_languages
    pages
    pages_elsewhere
    permalinks
    pictures_that_lie_elsewhere
    pictures_with_faults
    plain_text
    podcast_faults
    reading_time
    related_pages
    republished
    right_to_left
    rights_and_licences
    saved_pages
    sections_beside_editions
    settings_that_would_harm
    summaries_in_every_script
    summary_only
    tags_of_every_script
    tags_with_titles
    text_that_nobody_can_sort
    text_that_only_looks_copied
    texts_in_another_script
    the_grid
    the_masthead
    the_older_of_two_duplicates_stays
    the_publisher_of_each_edition
    the_summary_mark
    titles_that_break_readers
    toml_front_matter
    translations_are_linked
    translations_by_path
    values_that_no_one_reads
    who_is_heard
    withdrawn
    withdrawn_from_feeds
}

#[test]
fn every_directory_has_its_test() {
    assert_eq!(cases_in("tests/cases"), CASES, "name the case in the list at the top of golden.rs, in order");
}

fn check(name: &str) {
    let case = repository("tests/cases").join(name);
    let site = Site::copy_of(&case, &["articles", "feedmill.toml", "pictures", "static", ".feedmill"]);
    let args = fs::read_to_string(case.join("args")).unwrap_or_else(|_| format!("build\n--as-of\n{NOW}\n"));
    let run = site.feedmill(&args.lines().collect::<Vec<_>>());
    let output = site.path(OUTPUT);
    assert_eq!(run.stdout, "", "nothing was asked for");
    if is_accepting() {
        return accept(&case, &run, &output);
    }
    let stderr = fs::read_to_string(case.join("stderr")).unwrap_or_default();
    let status = fs::read_to_string(case.join("status")).map_or(0, |status| status.trim().parse().unwrap());
    let mut report = diff("stderr", stderr.as_bytes(), run.stderr.as_bytes());
    if run.status != status {
        report += &format!("status: {status} expected, found {}\n", run.status);
    }
    let expected = case.join("expected");
    if output.exists() && !expected.exists() {
        report += "no output directory is expected\n";
    }
    report += &difference(&tree(&expected), &tree(&output));
    assert!(report.is_empty(), "tests/cases/{name}:\n{report}");
}

/// Takes over what was found. Silence and success need no file.
fn accept(case: &Path, run: &Run, output: &Path) {
    let put = |name: &str, text: Option<&str>| {
        let path: PathBuf = case.join(name);
        match text {
            Some(text) => fs::write(path, text).unwrap(),
            None => drop(fs::remove_file(path)),
        }
    };
    put("stderr", Some(run.stderr.as_str()).filter(|text| !text.is_empty()));
    put("status", (run.status != 0).then(|| format!("{}\n", run.status)).as_deref());
    let expected = case.join("expected");
    let found = tree(output);
    if expected.exists() {
        fs::remove_dir_all(&expected).unwrap();
    }
    for (path, bytes) in found {
        let path = expected.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
