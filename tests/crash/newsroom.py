"""A small newsroom on disk, as it was published, and everything that happens in it before the next run.

The times of what was published are set, some to the past and some to the future, as after a jump of the clock: so every run
makes the same system calls, and the time of each replaced file has to be set.
"""

import os
import shutil
import subprocess
import time
from collections import namedtuple
from pathlib import Path

DAY = 24 * 60 * 60
AS_OF = "2026-11-22T12:00:00Z"
FEEDS, STATE = "feeds", ".feedmill"
FILES = {"atom.xml", "rss.xml", "feed.json", "feeds.opml"}
# the id under which an older program published an article, for `feedmill adopt`
ADOPTED = "harbour-17"

SETTINGS = """\
[site]
url = "https://post.example/"
title = { en = "The Harbour Post", ru = "Портовые вести", ar = "بريد الميناء" }

[feeds]
by = ["all", "edition+section"]
limit = 3
"""

# Fewer feeds, and of each file a variant that has to be in step with it.
COMPRESSED = SETTINGS.replace(', "edition+section"', "") + """
[output]
compress = ["gzip"]
"""

OLD_FEED = f"""\
<?xml version="1.0"?>
<rss version="2.0"><channel><title>The Harbour Post</title><link>https://post.example/</link>
<item><title>The bell is back</title><link>https://post.example/en/news/2026/11/bell/</link>
<guid isPermaLink="false">{ADOPTED}</guid><pubDate>Wed, 18 Nov 2026 07:00:00 +0000</pubDate></item>
</channel></rss>
"""


CAT = "Кот смотрителя считает вспышки вслух, и до сих пор ни разу не сбился. Под утро он засыпает, и считает туман."


def article(title, published, text, *fields):
    return "\n".join(["---", f"title: {title}", f"published: {published}T07:00:00Z", *fields, "---", text, ""])


BEFORE = {
    "en/news/bell.md": article("The bell is back", "2026-11-18", "It rings a half-tone lower than before."),
    "en/news/bridge.md": article("The bridge opens at noon", "2026-11-20", "Boats first, then the band."),
    "en/news/ferry.md": article("The ferry has a new horn", "2026-11-17", "The gulls have moved to the other pier."),
    "en/reports/crane.md": article("A night in the crane", "2026-11-10", "Forty metres up, and soup."),
    "en/reports/seal.md": article("The seal of pontoon C", "2026-11-11", "It sleeps until ten."),
    "ru/news/most.md": article("Мост откроют в полдень", "2026-11-20", "Сначала лодки, потом оркестр."),
    "ru/news/parom.md": article("У парома новый гудок", "2026-11-17", "Чайки переехали на другой причал."),
    "ru/news/tuman.md": article("Туман держался три дня", "2026-11-12", "На четвёртый нашли пристань."),
    "ru/reports/bui.md": article("Где зимуют буи", "2026-11-09", "За сараем, по росту.", "id: urn:harbour:buoys"),
    # long enough to be known again in a file of another name
    "ru/reports/mayak.md": article("Ночь на маяке", "2026-11-08", CAT),
    "ru/reports/rynok.md": article("Рынок без весов", "2026-11-07", "Сельдь продают на глаз."),
}


# The titles that a reader shows as new after the changes.
ANNOUNCED = {"A storm took the clock hands", "الجسر يفتح ظهرا"}


def replace(directory, path, text):
    path = directory / "articles" / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def move(directory, path, other):
    (directory / "articles" / path).rename(directory / "articles" / other)


def change(directory):
    """New, edited, withdrawn, deleted, renamed and half-saved articles, and an edition that begins."""
    replace(directory, "en/news/storm.md", article("A storm took the clock hands", "2026-11-22", "It is still noon."))
    moved = "updated: 2026-11-21T09:00:00Z"
    replace(directory, "en/news/bridge.md", article("The bridge opens at one", "2026-11-20", "The band is late.", moved))
    crane = BEFORE["en/reports/crane.md"].replace("---\nForty", "withdrawn: true\n---\nForty")
    replace(directory, "en/reports/crane.md", crane)
    replace(directory, "en/reports/seal.md", BEFORE["en/reports/seal.md"][:20])
    (directory / "articles/ru/news/parom.md").unlink()
    move(directory, "ru/reports/bui.md", "ru/reports/bui-zimoy.md")
    move(directory, "ru/reports/mayak.md", "ru/reports/nochnoy-mayak.md")
    replace(directory, "ar/news/jisr.md", article("الجسر يفتح ظهرا", "2026-11-21", "القوارب أولا."))


def write(directory, settings=SETTINGS):
    """The newsroom before its first run."""
    for path, text in BEFORE.items():
        replace(directory, path, text)
    (directory / "feedmill.toml").write_text(settings)
    (directory / "old.xml").write_text(OLD_FEED)


def age(directory):
    """Sets the times of all that was published, and gives some feeds a mode and an owner of their own."""
    now = int(time.time())
    for root in (FEEDS, STATE):
        for path in (directory / root).rglob("*"):
            if path.is_file():
                future = ".json" in path.suffixes or path.parent.name == "news"
                when = now + (DAY if future else -DAY)
                os.utime(path, (when, when))
    for file, mode in (("atom.xml", 0o664), ("rss.xml", 0o444), ("feed.json", None)):
        for path in (directory / FEEDS).glob(f"{file}*"):
            if mode:
                path.chmod(mode)
            elif os.geteuid() == 0:
                os.chown(path, 12345, 54321)


def copy(directory, other):
    shutil.rmtree(other, ignore_errors=True)
    subprocess.run(["cp", "-a", directory, other], check=True)


# What subscribers and the next run find: bytes by path below the output directory, the same of the state directory, and the
# stamps of the feeds.
Published = namedtuple("Published", "feeds state stamps")
# What a web server sees of a file beside its bytes; HTTP counts time in whole seconds.
Stamp = namedtuple("Stamp", "time access")


def published(directory):
    # The index depends on when its files were changed, and is thrown away where it is not whole.
    state = {path: text for path, text in files(directory / STATE).items() if path not in ("lock", "index")}
    feeds = files(directory / FEEDS)
    return Published(feeds, state, {path: stamp(directory / FEEDS / path) for path in feeds})


def files(directory):
    paths = [path for path in directory.rglob("*") if path.is_file() and not is_temporary(path)]
    return {str(path.relative_to(directory)): path.read_bytes() for path in paths}


def stamp(path):
    status = path.stat()
    return Stamp(int(status.st_mtime), (oct(status.st_mode & 0o7777), status.st_uid, status.st_gid))


def is_variant(path):
    return path.endswith(".gz")


def temporaries(directory):
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if is_temporary(path)}


def is_temporary(path):
    """Hidden, and named as no feed and no file of the state is."""
    return path.name.startswith(".feedmill-") and path.name.endswith(".tmp")
