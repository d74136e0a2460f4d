"""Three subscribers that remember: a plain HTTP client, the library `reader`, and newsboat."""

import contextlib
import io
import json
import os
import sqlite3
import urllib.error
import urllib.request
from collections import defaultdict, namedtuple

import feedparser

from newsboat import Newsboat

# its own copy of feedparser wants a package that feedparser itself has given up
os.environ["READER_NO_VENDORED_FEEDPARSER"] = "1"
# no proxy of the caller's environment would know what is on 127.0.0.1
os.environ["NO_PROXY"] = "*"
import reader

HTTP_SECONDS = 10

Heard = namedtuple("Heard", "new modified faults")


class Client:
    """Keeps the last answer for each address, and asks whether there is another."""

    def __init__(self):
        self.answers = {}

    def poll(self, address):
        """The status of the answer. Afterwards `read` tells what the feed is now."""
        known, _ = self.answers.get(address, ({}, None))
        request = urllib.request.Request(address, headers=known)
        try:
            with urllib.request.urlopen(request, timeout=HTTP_SECONDS) as answer:
                remembered = {
                    "If-None-Match": answer.headers["ETag"],
                    "If-Modified-Since": answer.headers["Last-Modified"],
                }
                self.answers[address] = (remembered, answer.read())
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def body(self, address):
        return self.answers[address][1]


class Library:
    """The Python library `reader` with its database. It forgets no entry that it has seen."""

    def __init__(self, database, addresses):
        self.reader = reader.make_reader(str(database))
        self.reader.after_entry_update_hooks.append(self.note)
        self.noted = defaultdict(set)
        for address in addresses:
            self.reader.add_feed(address)

    def note(self, _, entry, status):
        self.noted[status, entry.feed_url].add(entry.id)

    def poll(self):
        """What it takes for new and for modified, by feed and id."""
        self.noted.clear()
        faults = []
        for result in self.reader.update_feeds_iter(scheduled=False):
            if isinstance(result.value, Exception):
                faults.append(f"{result.url}: {result.value}")
        heard = {reader.EntryUpdateStatus.NEW: set(), reader.EntryUpdateStatus.MODIFIED: set()}
        for (status, address), ids in self.noted.items():
            heard[status] |= {(address, id) for id in ids}
        return Heard(*heard.values(), faults)

    def entries(self):
        return {(entry.feed_url, entry.id): entry for entry in self.reader.get_entries()}

    def close(self):
        self.reader.close()


class Person(Newsboat):
    """Somebody who has read all that newsboat showed, and so sees at once what it takes for new."""

    def poll(self):
        """The ids of what it takes for new, and what it says beside."""
        reload = self.reload()
        with contextlib.closing(sqlite3.connect(self.cache)) as cache, cache:
            new = [guid for (guid,) in cache.execute("SELECT guid FROM rss_item WHERE unread = 1 ORDER BY guid")]
            cache.execute("UPDATE rss_item SET unread = 0")
        return new, reload.stdout.strip()

    def entries(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.cache}?mode=ro", uri=True)) as cache:
            rows = cache.execute("SELECT guid, title, url, pubDate, content FROM rss_item").fetchall()
        return [row[0] for row in rows], {row[0]: row[1:] for row in rows}


def standing(body):
    """The ids of the entries in a feed, in order, as RSS, Atom or JSON Feed has them."""
    if body.startswith(b"{"):
        return [item["id"] for item in json.loads(body)["items"]]
    return [entry.id for entry in feedparser.parse(io.BytesIO(body)).entries]
