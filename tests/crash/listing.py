"""A directory of articles that cannot be listed, or only half: it is named, and nothing that is published goes."""

import re
import tempfile
from collections import Counter
from pathlib import Path

import faults
import newsroom

LIST = "getdents64"


def check(tally, program, base, arguments):
    """In a newsroom in which nothing has happened since it was published."""
    with tempfile.TemporaryDirectory(prefix="feedmill-crash-") as place:
        directory = Path(place).resolve() / "newsroom"
        newsroom.copy(base, directory)
        for number, folder in listed(program, directory, arguments):
            newsroom.copy(base, directory)
            before = newsroom.published(directory)
            call = faults.Call(LIST, number, folder)
            run = faults.with_fault(program, directory, arguments, call, faults.EIO)
            what = f"{folder} cannot be listed, call {number}"
            tally.same(f"{what}: the status", run.status, 1)
            tally.holds(f"{what}: it is named", re.search(rf"^{folder}/?:1:1: error\[unreadable\]", run.said, re.M), run.said)
            tally.holds(f"{what}: the feeds stay", newsroom.published(directory).feeds == before.feeds, run.said)


def listed(program, directory, arguments):
    """The number of each call that lists articles, and the directory."""
    log = directory.parent / "calls"
    faults.started(["strace", *faults.options(log), "-e", f"trace={LIST}", program, *arguments], directory)
    numbers = Counter()
    for line in log.read_text().splitlines():
        call = faults.parsed(line, directory)
        if call:
            numbers[call.name] += 1
            if call.path and call.path.startswith("articles"):
                yield numbers[call.name], call.path
