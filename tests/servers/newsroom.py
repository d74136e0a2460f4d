"""A newsroom whose feeds have moved, ended and been compressed, under names that are hard to write down."""

import subprocess
import time
from pathlib import Path
from urllib.parse import quote

AS_OF = "2026-11-22T12:00:00Z"
ENDINGS = {"gzip": ".gz", "br": ".br", "zstd": ".zst"}
SETTINGS = """\
[site]
url = "https://post.example/"
feeds_url = 'https://post.example%s'
title = "The Harbour Post"

[feeds]
by = [%s]
limit = 2
archive = true
archive_entries = 2

[output]
directory = '%s'
%s
"""
BEFORE = '"all", "section", "edition"'
# the feeds of editions have ended
AFTER = '"all", "section"'
RENAMED = '\n[sections."анализ"]\naliases = ["репортажи"]\n'
COMPRESSED = 'compress = ["gzip", "brotli", "zstd"]'

# the articles' former addresses, as their front matter has them
ALIASES = ["/old/ferry/", "/старый путь/паром.html", '/a "b" $c {d} `e`/', "/back%5Cslash/", "/100%25/"]


class Newsroom:
    def __init__(self, program, directory, feeds_path, output):
        self.program, self.directory = program, Path(directory)
        self.feeds_path, self.output = feeds_path, self.directory / output
        self.settings(BEFORE, COMPRESSED)
        self.article("en/новости/ferry.md", "The ferry is late", 20, f"aliases: {yaml(ALIASES)}")
        for number, section in enumerate(["أخبار", "新闻", "c++", "репортажи", "репортажи", "репортажи", "репортажи"]):
            self.article(f"en/{section}/piece-{number}.md", f"Piece {number} & more", 10 + number)
        self.build()

    def settings(self, by, output, more=""):
        text = SETTINGS % (self.feeds_path, by, self.output.name, output)
        (self.directory / "feedmill.toml").write_text(text + more)

    def article(self, path, title, day, *fields):
        path = self.directory / "articles" / path
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ["---", f"title: {title}", f"published: 2026-11-{day:02}", *fields, "---"]
        path.write_text("\n".join([*lines, f"{title}. The gulls have moved to the other pier. " * 40, ""]))

    def move(self):
        """A section is renamed, the feeds of editions end, and of one of these a file is deleted, as a hurried person does."""
        (self.directory / "articles/en/репортажи").rename(self.directory / "articles/en/анализ")
        self.settings(AFTER, COMPRESSED, RENAMED)
        self.build()
        (self.output / "en/atom.xml").unlink()

    def simplify(self):
        """Nothing is compressed any more, and no feed is a page as well."""
        self.settings(AFTER, "", RENAMED + "[pages]\nin_feeds = false\n")
        self.build()

    def build(self):
        self.feedmill("build", "--as-of", AS_OF, "--quiet")
        self.settle()

    def settle(self):
        """Waits until no file is as young as a second: of such Apache is not sure that they will stay, and says so in their ETags."""
        for _ in range(50):
            if max(path.stat().st_mtime for path in self.files().values()) < time.time() - 1.5:
                return
            time.sleep(0.2)

    def kit(self, server, *arguments):
        return self.feedmill("kit", server, "--as-of", AS_OF, *arguments)

    def feedmill(self, *arguments):
        command = [str(self.program), *arguments]
        run = subprocess.run(command, cwd=self.directory, capture_output=True, text=True, timeout=60)
        if run.returncode:
            raise RuntimeError(f"{arguments} ended with {run.returncode}: {run.stderr}")
        return run.stdout

    def address(self, path):
        """The path of a published file as a client asks for it."""
        return quote(self.feeds_path + path)

    def files(self):
        """Every file that is published, by its path; no variants."""
        paths = [path for path in self.output.rglob("*") if path.is_file() and not path.name.startswith(".")]
        paths = [path for path in paths if path.suffix not in ENDINGS.values()]
        return {str(path.relative_to(self.output)): path for path in sorted(paths)}


def yaml(texts):
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
