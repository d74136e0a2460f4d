"""newsboat, subscribed to the section feeds of a published tree, gets every entry and shows it to a person.

usage: newsboat.py TREE

The tree is served over HTTP on the loopback interface. newsboat's own memory (a SQLite file) and its screen (through
tmux) are compared with the JSON Feed of the same directory.
"""

import contextlib
import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unicodedata
from datetime import datetime
from pathlib import Path

from loopback import FeedServer, served
from tally import Tally

RELOAD_SECONDS = 60
SCREEN_SECONDS = 20
END_SECONDS = 5
# wide enough for a whole headline, high enough for a whole feed
COLUMNS, ROWS = 300, 80


class Newsboat:
    """One person's newsboat: its own home, settings, subscriptions and cache."""

    def __init__(self, home, urls):
        self.home = home
        self.cache = home / "cache.db"
        self.urls = home / "urls"
        self.config = home / "config"
        self.urls.write_text("".join(f"{url}\n" for url in urls))
        # without the first line, a start with fewer subscriptions forgets the others
        self.config.write_text("cleanup-on-quit no\nconfirm-exit no\nreload-threads 4\n")

    def environment(self):
        # a proxy in the caller's environment would be asked for 127.0.0.1
        return {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "TERM": "screen-256color",
            "TMUX_TMPDIR": str(self.home),
        }

    def command(self, urls):
        return ["newsboat", "-q", "-u", str(urls), "-c", str(self.cache), "-C", str(self.config)]

    def reload(self):
        return subprocess.run(
            [*self.command(self.urls), "-x", "reload"],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=RELOAD_SECONDS,
        )

    def items(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.cache}?mode=ro", uri=True)) as cache:
            return cache.execute("SELECT guid, title, url, pubDate FROM rss_item ORDER BY guid").fetchall()

    def screen_of(self, url, titles):
        """What stands on the screen after the feed at `url` is opened: at once when it shows all `titles`."""
        urls = self.home / "one-url"
        urls.write_text(f"{url}\n")
        with terminal(shlex.join(self.command(urls)), self.environment(), self.home / "tmux") as tmux:
            opened = False
            deadline = time.monotonic() + SCREEN_SECONDS
            while True:
                screen = tmux("capture-pane", "-p")
                if not opened and feed_is_listed(screen):
                    tmux("send-keys", "Enter")
                    opened = True
                if all(as_seen(title) in as_seen(screen) for title in titles) or time.monotonic() > deadline:
                    return screen
                time.sleep(0.1)


def feed_is_listed(screen):
    """Whether the list of feeds stands there, with its one line: `1 N  (2/2) title`."""
    return re.search(r"^ *1 .*\(\d+/\d+\)", screen, re.MULTILINE)


@contextlib.contextmanager
def terminal(command, environment, socket):
    """A tmux of our own that runs `command`; yields a function that sends it one tmux command."""
    base = ["tmux", "-u", "-S", str(socket), "-f", "/dev/null"]

    def tmux(*arguments):
        result = subprocess.run([*base, *arguments], env=environment, capture_output=True, text=True, timeout=10)
        if result.returncode != 0:
            sys.exit(f"tmux {arguments[0]}: {result.stderr.strip()}")
        return result.stdout

    size = ("-x", str(COLUMNS), "-y", str(ROWS))
    started = tmux("new-session", "-d", "-P", "-F", "#{pid} #{pane_pid}", *size, command)
    try:
        yield tmux
    finally:
        for process in map(int, started.split()):
            end(process)


def end(process):
    """Ends a process that is not our child, and waits until it has let go of its socket and files."""
    for last_word in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + END_SECONDS
        with contextlib.suppress(ProcessLookupError):
            if is_running(process):
                os.kill(process, last_word)
        while is_running(process) and time.monotonic() < deadline:
            time.sleep(0.02)


def is_running(process):
    # a signal would also find a process that has ended and whose parent has not asked how
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def as_seen(text):
    """Text without what a terminal has no cell for: marks, direction controls, runs of blanks."""
    visible = (character for character in text if unicodedata.category(character) not in ("Cf", "Mn", "Me"))
    return " ".join("".join(visible).split())


def is_in_script(text, script):
    return any(unicodedata.name(character, "").startswith(script) for character in text)


def seconds(instant):
    return int(datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())


def section_feeds(tree):
    """The JSON Feed of every <edition>/<section>/ directory."""
    return {path.parent: json.loads(path.read_bytes()) for path in sorted(tree.glob("*/*/feed.json"))}


def check_cache(tally, name, newsboat, feeds):
    cached = {guid: (title, url, published) for guid, title, url, published in newsboat.items()}
    promised = {item["id"]: item for feed in feeds.values() for item in feed["items"]}
    tally.same(f"newsboat, {name}: the articles it has", sorted(cached), sorted(promised))
    for guid, item in promised.items():
        title, url, published = cached.get(guid, (None, None, None))
        found = (" ".join((title or "").split()), url, published)
        expected = (" ".join(item["title"].split()), item["url"], seconds(item["date_published"]))
        tally.same(f"newsboat, {name}: title, link and date of {guid}", found, expected)


def check_reloads(tally, name, newsboat):
    before = newsboat.items()
    # newsboat notes a feed's Last-Modified when it has seen the feed twice, and asks conditionally from then on
    for number in ("second", "third"):
        answered_before = len(FeedServer.answers)
        reload = newsboat.reload()
        tally.same(f"newsboat, {name}: exit of the {number} reload", reload.returncode, 0)
        tally.same(f"newsboat, {name}: the {number} reload changes nothing", newsboat.items(), before)
    for answer in FeedServer.answers[answered_before:]:
        tally.same(f"newsboat, {name}: answer to the third request for {answer.path}", answer.status, 304)


def check_screen(tally, name, newsboat, feeds, address_of):
    for script in ("CYRILLIC", "ARABIC"):
        titles_of = {
            directory: [item["title"] for item in feed["items"] if is_in_script(item["title"], script)]
            for directory, feed in feeds.items()
        }
        directory = max(titles_of, key=lambda directory: len(titles_of[directory]))
        titles = titles_of[directory]
        tally.holds(f"newsboat, {name}: a section has titles in {script.title()} script", titles)
        if titles:
            screen = newsboat.screen_of(address_of(directory), titles)
            unseen = [title for title in titles if as_seen(title) not in as_seen(screen)]
            tally.holds(
                f"newsboat, {name}: the {script.title()} titles stand on its screen",
                not unseen,
                f"not seen: {unseen}\n{screen.rstrip()}",
            )


def main(tree):
    tally = Tally()
    tree = Path(tree).resolve()
    feeds = section_feeds(tree)
    if not feeds:
        sys.exit(f"no section feeds in {tree}: looked for */*/feed.json")
    with served(tree) as base:
        # newsboat keeps one entry for each id, so each format gets a newsboat of its own
        for name in ("rss.xml", "atom.xml"):

            def address_of(directory):
                return f"{base}/{directory.relative_to(tree).as_posix()}/{name}"

            with tempfile.TemporaryDirectory(prefix="feedmill-") as home:
                newsboat = Newsboat(Path(home), [address_of(directory) for directory in feeds])
                reload = newsboat.reload()
                tally.same(f"newsboat, {name}: exit of the first reload", reload.returncode, 0)
                tally.same(f"newsboat, {name}: what it says", reload.stdout.strip(), "")
                check_cache(tally, name, newsboat, feeds)
                check_reloads(tally, name, newsboat)
                check_screen(tally, name, newsboat, feeds, address_of)
    tally.close()


if __name__ == "__main__":
    # tests/run ends what takes too long; tmux and newsboat must not live on
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    main(sys.argv[1])
