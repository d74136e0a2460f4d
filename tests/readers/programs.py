"""Readers, each subscribed to feeds on a server: what it has of them afterwards, in one form.

Each function takes the addresses, an empty directory and the npm packages, and returns, by address, the feed's title and
language and its entries: id, title, link, published and updated in seconds, authors, content, picture and enclosure. What
a program has no room for is missing.
"""

import calendar
import contextlib
import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys

import feedparser as library
from newsboat import Newsboat

SECONDS = 60


def feedparser(urls, home, packages):
    return {url: by_feedparser(url) for url in urls if not url.endswith(".json")}


def by_feedparser(url):
    read = library.parse(url, sanitize_html=False, resolve_relative_uris=False)
    if read.bozo:
        sys.exit(f"feedparser complains of {url}: {read.bozo_exception}")
    return {
        "title": read.feed.title,
        "language": read.feed.language,
        "entries": [
            {
                "id": entry.id,
                "title": entry.title,
                "link": entry.link,
                "published": calendar.timegm(entry.published_parsed),
                "updated": calendar.timegm(entry.updated_parsed),
                "authors": [author.name for author in entry.authors],
                "content": entry.content[0].value if "content" in entry else entry.summary,
                "picture": entry.media_thumbnail[0]["url"] if "media_thumbnail" in entry else None,
                "enclosure": entry.enclosures[0].href if entry.enclosures else None,
            }
            for entry in read.entries
        ],
    }


def newsboat(urls, home, packages):
    """One newsboat for each format: the same id is one entry to it."""
    found = {}
    for ending in ("rss.xml", "atom.xml"):
        (home / ending).mkdir()
        program = Newsboat(home / ending, [url for url in urls if url.endswith(ending)])
        reload = program.reload()
        if reload.returncode or reload.stdout.strip():
            sys.exit(f"newsboat ended with {reload.returncode}: {reload.stdout}")
        found |= by_newsboat(program.cache)
    return found


def by_newsboat(cache):
    with contextlib.closing(sqlite3.connect(f"file:{cache}?mode=ro", uri=True)) as cache:
        feeds = cache.execute("SELECT rssurl, title, is_rtl FROM rss_feed").fetchall()
        asked = "SELECT guid, title, url, pubDate, author, content, enclosure_url FROM rss_item WHERE feedurl = ? "
        found = {}
        for url, title, right_to_left in feeds:
            entries = [
                {
                    "id": guid,
                    "title": title,
                    "link": link,
                    "published": published,
                    "authors": [author] if author else [],
                    "content": content,
                    "enclosure": enclosure or None,
                }
                for guid, title, link, published, author, content, enclosure in cache.execute(asked, (url,))
            ]
            direction = "right to left" if right_to_left else "left to right"
            found[url] = {"title": title, "language": direction, "entries": entries}
        return found


def sfeed(urls, home, packages):
    """`sfeed_update` fetches and remembers; each feed is a file of lines with tabs."""
    urls = [url for url in urls if not url.endswith(".json")]
    feeds = "\n".join(f"feed {number} {shlex.quote(url)}" for number, url in enumerate(urls))
    settings = home / "sfeedrc"
    settings.write_text(f"sfeedpath={shlex.quote(str(home))}\nfeeds() {{\n{feeds}\n}}\n")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    run = subprocess.run(
        ["sfeed_update", str(settings)], env=environment, capture_output=True, text=True, timeout=SECONDS
    )
    if run.returncode or "FAIL" in run.stdout + run.stderr:
        sys.exit(f"sfeed_update ended with {run.returncode}: {run.stdout}{run.stderr}")
    return {url: {"entries": by_sfeed(home / str(number))} for number, url in enumerate(urls)}


def by_sfeed(file):
    entries = []
    for line in file.read_text().splitlines():
        published, title, link, content, _, guid, author, enclosure, _ = line.split("\t")
        entries.append(
            {
                "id": guid,
                "title": title,
                "link": link,
                "published": int(published),
                "authors": [author] if author else [],
                "content": re.sub(r"\\([nt\\])", lambda escape: {"n": "\n", "t": "\t", "\\": "\\"}[escape[1]], content),
                "enclosure": enclosure or None,
            }
        )
    return entries


def in_node(urls, home, packages):
    """Three parsers, by their names."""
    command = ["node", os.path.join(os.path.dirname(__file__), "in_node.js"), *urls]
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "NODE_PATH": str(packages)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS)
    if run.returncode:
        sys.exit(f"node ended with {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)


def all_of_them(urls, home, packages):
    """What every program has, by its name."""
    found = {}
    for program in (feedparser, newsboat, sfeed):
        (home / program.__name__).mkdir()
        found[program.__name__] = program(urls, home / program.__name__, packages)
    return found | in_node(urls, home, packages)
