"""The feeds of a newsroom by a script such as many sites have: PyYAML reads the front matter, feedgen writes RSS and
Atom of the newest fifty for everything, each edition, each section, and each section of an edition.

usage: feeds.py ARTICLES OUTPUT
"""

import datetime
import html
import pathlib
import sys
from collections import defaultdict

import yaml
from feedgen.feed import FeedGenerator

SITE = "https://bench.example/"
LIMIT = 50
# the parser in C, where PyYAML was built with it, is ten times as fast
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def main(articles, output):
    feeds = defaultdict(list)
    for path in articles.rglob("*.md"):
        header, _ = halves(path)
        fields = yaml.load(header, LOADER)
        edition, section = path.relative_to(articles).parts[:2]
        article = instant(fields["published"]), path, fields
        for feed in ("", edition, section, f"{edition}/{section}"):
            feeds[feed].append(article)
    for feed, of_feed in feeds.items():
        of_feed.sort(key=lambda article: article[:2], reverse=True)
        write(feed, of_feed[:LIMIT], articles, output / feed)


def halves(path):
    """The front matter and the body."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return header, body


def instant(date):
    return date if date.tzinfo else date.replace(tzinfo=datetime.timezone.utc)


def write(feed, newest, articles, directory):
    generator = FeedGenerator()
    generator.id(f"{SITE}feeds/{feed}")
    generator.title(f"The Harbour Post {feed}".strip())
    generator.description("News from the harbour")
    generator.link(href=SITE, rel="alternate")
    generator.updated(max(instant(fields.get("updated", date)) for date, _, fields in newest))
    for date, path, fields in newest:
        address = SITE + path.relative_to(articles).with_suffix("").as_posix() + "/"
        entry = generator.add_entry(order="append")
        entry.id(address)
        entry.link(href=address)
        entry.title(fields["title"])
        entry.published(date)
        entry.updated(instant(fields.get("updated", date)))
        entry.summary(fields["summary"])
        entry.author([{"name": name} for name in fields["authors"]])
        entry.category([{"term": tag} for tag in fields["tags"]])
        entry.content(paragraphs(halves(path)[1]), type="html")
    directory.mkdir(parents=True, exist_ok=True)
    generator.rss_file(str(directory / "rss.xml"))
    generator.atom_file(str(directory / "atom.xml"))


def paragraphs(body):
    """Not Markdown: that would cost more, for a few hundred articles of all."""
    return "".join(f"<p>{html.escape(block)}</p>" for block in body.strip().split("\n\n"))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
