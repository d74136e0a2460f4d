"""Subscribers that remember follow a newsroom through twenty runs: nothing is new to them twice, nothing is lost.

usage: follow.py PROGRAM

The newsroom lies in a temporary directory, and its feeds are served over HTTP on the loopback interface. After every
run a plain client, the library `reader` and two newsboats poll; what they then know is held against what is due to them.
"""

import json
import signal
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from due import FORMATS, Due, Entry, instant
from loopback import FeedServer, served
from markup import plain
from newsroom import Newsroom
from subscribers import Client, Heard, Library, Person, standing
from tally import Tally
from twenty_runs import RUNS

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


class Follow:
    """Checks a run after the other; `where` says in which of them it is."""

    def __init__(self, tally, room, base, home):
        self.tally = tally
        self.room = room
        self.due = Due(room)
        self.files = [(feed, format) for feed in self.due.feeds for format in FORMATS]
        self.address = {file: f"{base}/{Due.path(*file)}" for file in self.files}
        self.shown = {}
        # for how many runs a file has been as it is
        self.age = Counter()
        self.atom_ids = {}
        self.changed_at = {}
        self.client = Client()
        self.library = Library(home / "library.sqlite", self.address.values())
        self.seen_by_library = {address: {} for address in self.address.values()}
        # newsboat keeps one entry for each id, in whichever of its feeds it was last: so section feeds only
        self.section_feeds = [feed for feed in self.due.feeds if feed.edition and feed.section]
        self.persons = {}
        for format in ("rss.xml", "atom.xml"):
            (home / format).mkdir()
            addresses = [self.address[feed, format] for feed in self.section_feeds]
            self.persons[format] = Person(home / format, addresses)
        self.seen_by_persons = {format: set() for format in self.persons}

    def live_through(self, number, run):
        self.where = f"run {number}, {run.name}"
        run.work(self.room)
        build = self.room.build(run.at)
        self.same("exit status", build.returncode, run.status)
        self.tally.holds(
            f"{self.where}: it says something if something is wrong",
            bool(build.stdout) == bool(run.status),
            build.stdout,
        )
        self.due.take(run)
        self.due.learn(self.ids_by_link())
        for file in self.files:
            shown = self.due.shown(*file)
            self.age[file] = self.age[file] + 1 if self.shown.get(file) == shown else 0
            self.shown[file] = shown
        self.client_polls()
        self.look_at_atom(run)
        self.library_polls(run)
        for format in self.persons:
            self.person_polls(format)

    def same(self, what, found, expected):
        self.tally.same(f"{self.where}: {what}", found, expected)

    def same_in_each(self, what, pairs):
        """`pairs` of what is found and expected, by place. Those that differ are shown."""
        parted = {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}
        self.same(
            what, {place: pair[0] for place, pair in parted.items()}, {place: pair[1] for place, pair in parted.items()}
        )

    def ids_by_link(self):
        feed = json.loads((self.room.directory / "feeds" / "feed.json").read_bytes())
        return {item["url"]: item["id"] for item in feed["items"]}

    def client_polls(self):
        answers, entries = {}, {}
        for file in self.files:
            answers[Due.path(*file)] = (self.client.poll(self.address[file]), 304 if self.age[file] else 200)
            found = standing(self.client.body(self.address[file]))
            entries[Due.path(*file)] = (found, list(self.due.entries(file[0])))
        self.same_in_each("answers, 304 where nothing changed", answers)
        self.same_in_each("entries in the feeds", entries)

    def look_at_atom(self, run):
        stones, ids, older = {}, {}, []
        for feed in self.due.feeds:
            root = ElementTree.fromstring(self.client.body(self.address[feed, "atom.xml"]))
            path = Due.path(feed, "atom.xml")
            found = sorted(stone.get("ref") for stone in root.iter(TOMBSTONE))
            stones[path] = (found, self.due.tombstones(feed))
            atom_id = root.findtext(f"{ATOM}id")
            ids[path] = (atom_id, self.atom_ids.setdefault(feed, atom_id))
            changed = instant(root.findtext(f"{ATOM}updated"))
            before = self.changed_at.get(feed, changed)
            lost_one = any(name in self.due.carried[feed] for name in run.gone.split())
            if changed < before or lost_one and changed == before:
                older.append(path)
            self.changed_at[feed] = changed
        self.same_in_each("tombstones", stones)
        self.same_in_each("ids of the Atom feeds", ids)
        self.same("feeds that are not newer though an entry is gone, or are older", older, [])

    def library_polls(self, run):
        new, modified = set(), set()
        for feed, format in self.files:
            address = self.address[feed, format]
            entries, seen = self.due.entries(feed), self.seen_by_library[address]
            new |= {(address, id) for id in entries if id not in seen}
            modified |= {(address, id) for id, entry in entries.items() if seen.get(id, entry) != entry}
            seen |= entries
        heard, statuses = self.answers_to(self.library)
        self.same("reader: faults", heard.faults, [])
        self.same("reader: new entries", sorted(heard.new), sorted(new))
        self.same("reader: modified entries", sorted(heard.modified), sorted(modified))
        everything = self.address[self.due.feeds[0], "atom.xml"]
        for what, told, names in (
            ("new", heard.new, run.new),
            ("modified", heard.modified, f"{run.changed} {run.updated}"),
        ):
            ids = sorted({self.due.ids[name] for name in names.split()})
            self.same(
                f"reader: what is {what} in the feed of everything",
                sorted(id for address, id in told if address == everything),
                ids,
            )

        entries = self.library.entries()
        known = [(address, id) for address, seen in self.seen_by_library.items() for id in seen]
        self.same("reader: all that it ever saw", sorted(entries), sorted(known))
        shows = {}
        for feed, format in self.files:
            for id, entry in self.due.entries(feed).items():
                found = entries.get((self.address[feed, format], id))
                shows[Due.path(feed, format), id] = (found and as_due(found), entry)
        self.same_in_each("reader: what it shows", shows)

        # it does not note the ETag of an answer in which it found nothing new
        noted = {address for address, status in statuses.items() if status == 304}
        noted |= {address for address, _ in heard.new | heard.modified}
        heard, statuses = self.answers_to(self.library)
        self.same("reader: another poll", heard, Heard(set(), set(), []))
        self.same_in_each(
            "reader: answers to another poll", {address: (statuses.get(address), 304) for address in noted}
        )

    def person_polls(self, format):
        seen = self.seen_by_persons[format]
        entries = {id: entry for feed in self.section_feeds for id, entry in self.due.entries(feed).items()}
        (new, said), statuses = self.answers_to(self.persons[format])
        self.same(f"newsboat, {format}: what it says", said, "")
        self.same(f"newsboat, {format}: new articles", new, sorted(set(entries) - seen))
        seen |= set(entries)
        ids, rows = self.persons[format].entries()
        self.same(f"newsboat, {format}: all that it ever saw, once each", sorted(ids), sorted(seen))
        shows = {}
        for id, entry in entries.items():
            title, link, published, text = rows.get(id, ("", "", 0, ""))
            expected = (entry.title, entry.link, int(entry.published.timestamp()), entry.text)
            shows[id] = ((title, link, published, plain(text)), expected)
        self.same_in_each(f"newsboat, {format}: what it shows", shows)
        # it notes what a feed was when it has seen it twice
        answers = {
            Due.path(feed, format): (statuses.get(self.address[feed, format]), 304)
            for feed in self.section_feeds
            if self.age[feed, format] > 1
        }
        self.same_in_each(f"newsboat, {format}: answers, 304 where nothing changed", answers)

    def answers_to(self, subscriber):
        """What a subscriber's poll brings, and the status of the answer for each address."""
        FeedServer.answers.clear()
        heard = subscriber.poll()
        base = self.address[self.due.feeds[0], "rss.xml"].removesuffix("/rss.xml")
        return heard, {base + answer.path: answer.status for answer in FeedServer.answers}


def as_due(entry):
    text = entry.content[0].value if entry.content else entry.summary or ""
    return Entry(entry.title, entry.link, entry.published, entry.updated or entry.published, plain(text))


def main(program):
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="feedmill-") as home:
        feeds, subscribers = Path(home, "newsroom", "feeds"), Path(home, "subscribers")
        feeds.mkdir(parents=True)
        subscribers.mkdir()
        room = Newsroom(feeds.parent, Path(program).resolve())
        with served(feeds) as base:
            follow = Follow(tally, room, base, subscribers)
            for number, run in enumerate(RUNS, 1):
                follow.live_through(number, run)
            follow.library.close()
    tally.close()


# tests/run ends what takes too long; newsboat must not live on
signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
main(sys.argv[1])
