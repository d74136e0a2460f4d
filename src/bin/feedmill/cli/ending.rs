//! What stands at the end of each command's help: examples, exit codes. Man pages have the same, in sections.
//!
//! Blocks are told apart by an empty line; one that begins with a line such as `Examples:` is a section. In an example
//! two blanks stand between the command and what it is for.

/// Of `feedmill` itself.
pub const FEEDMILL: &str = "Examples:
  feedmill init --url https://news.example/  write settings for the articles in this directory
  feedmill check                             find what is wrong with the articles
  feedmill build                             make the feeds

Exit codes:
  0  the feeds are as they should be
  1  they are as good as they can be, but something in the articles needs a person
  2  the job could not be done (usage, settings, disk, lock); every feed is as it was";

pub const BUILD: &str = "Examples:
  feedmill build                         make the feeds; silent in cron when all is well
  feedmill build --dry-run               what subscribers would see, without writing anything
  feedmill build --as-of 2026-12-24      what would be published by then
  feedmill build -q --report feeds.prom  errors only, and figures for Prometheus";

pub const LIST: &str = "Examples:
  feedmill list                                every feed with its addresses and sizes
  feedmill list --articles                     every article that is due, newest first
  feedmill list --articles --as-of 2027-01-01  the same as it will be in the new year
  feedmill list --html --page front            what the head of the front page says of its feeds";

pub const CHECK: &str = "Examples:
  feedmill check                  every fault of every article
  feedmill check -q               errors only
  feedmill check --format github  as annotations, in a workflow of GitHub Actions";

pub const SERVE: &str = "Examples:
  feedmill serve                               what `build` would publish, at http://127.0.0.1:8095/
  feedmill serve --as-of 2026-12-24 --open     what will be scheduled by then, in the browser

It is a rehearsal: nothing is promised to subscribers. The feeds that they have and `.feedmill` are
read and never written; what is made lies in a temporary directory that goes when the program ends.
`--as-of` shows what is scheduled. Ctrl-C ends it.

Exit codes:
  0  it was ended
  2  it could not begin (usage, settings, no articles, a port that is taken)";

pub const ADOPT: &str = "Examples:
  feedmill adopt --dry-run public/index.xml             which ids would be adopted
  feedmill adopt public/*.xml                           adopt those of all old feeds
  curl -s https://news.example/feed | feedmill adopt -  of a feed as it is served

Exit codes:
  0  every entry has its article, which has its id
  1  some have not; the others' ids are adopted
  2  the job could not be done (usage, settings, a file that is no feed, lock); nothing is adopted";

pub const LEDGER: &str = "Examples:
  feedmill ledger show                            how much is remembered
  feedmill ledger show articles/en/news/ferry.md  what subscribers know of an article
  feedmill ledger export backup.jsonl             a copy of everything";

pub const LEDGER_SHOW: &str = "Examples:
  feedmill ledger show                            how much is remembered
  feedmill ledger show articles/en/news/ferry.md  what subscribers know of an article
  feedmill ledger show --json                     the same for programs";

pub const LEDGER_EXPORT: &str = "Examples:
  feedmill ledger export backup.jsonl              a copy of everything
  feedmill ledger export | gzip > backup.jsonl.gz  the same, compressed";

pub const LEDGER_IMPORT: &str = "Examples:
  feedmill ledger import --dry-run backup.jsonl  what would be taken over
  feedmill ledger import backup.jsonl            add it to what is remembered
  feedmill ledger import --replace backup.jsonl  forget everything else

Exit codes:
  0  it is done
  2  it could not be done (usage, settings, disk, lock, a contradiction); the ledger is as it was";

pub const LEDGER_REDATE: &str = "Examples:
  feedmill ledger redate --dry-run articles/en/news/ferry.md  which date would change
  feedmill ledger redate articles/en/news/ferry.md            accept the date that the file has now

Exit codes:
  0  it is done
  2  it could not be done (usage, settings, disk, lock, a contradiction); the ledger is as it was";

pub const INIT: &str = "Examples:
  feedmill init                              in the root of a site whose generator names the address
  feedmill init --url https://news.example/  anywhere else
  feedmill init --articles texts             where the articles are somewhere else

In the root of a site that Hugo, Jekyll, Zola, Pelican, Hexo, Astro, Eleventy, Nikola or Docusaurus
makes, its settings are taken over. They are read as data; no code of the site is run.";

pub const NEW: &str = "Examples:
  feedmill new \"The ferry is late\" --section news               in the first edition
  feedmill new \"Паром опоздал\" --section news --edition ru      in the Russian one
  feedmill new \"Night crane\" --section reports --bundle --edit  with a folder for pictures, and open it

Exit codes:
  0  the article is there, and its path is printed
  2  it could not be begun (usage, settings, disk, a place that is taken); nothing is replaced";

pub const KIT: &str =
    "It knows the addresses that feeds had before (301), the feeds that have ended (410), media types,
caches and compressed variants. Its first lines say where it belongs.

Examples:
  feedmill kit nginx > /etc/nginx/snippets/feeds.conf
  feedmill kit caddy --output-root /srv/news/feeds";

pub const EXPLAIN: &str = "Examples:
  feedmill explain           all codes
  feedmill explain bad-date  what `error[bad-date]` means and how to mend it";

pub const COMPLETIONS: &str = "Examples:
  source <(feedmill completions bash)            in ~/.bashrc
  feedmill completions zsh > ~/.zfunc/_feedmill  with ~/.zfunc in `fpath` before `compinit` runs
  feedmill completions fish > ~/.config/fish/completions/feedmill.fish";

pub const MAN: &str = "Examples:
  feedmill man build | man -l -                     read the page of `build`
  feedmill man ledger redate | man -l -             that of a command below another
  feedmill man --directory ~/.local/share/man/man1  install all pages, for `man feedmill-build`";
