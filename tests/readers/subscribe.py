"""Six programs subscribe over HTTP to a newsroom with headlines that break programs, and have what its editors wrote.

usage: subscribe.py PROGRAM NODE_MODULES

The feeds of `subscribed/` lie behind nginx, as `feedmill kit` sets it up. What subscribers must get stands in
`subscribed/expected.json`, in full, what each program cannot keep in `losses.py`. feed-rs reads the same feeds in
`tests/suite/readers.rs`.
"""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "servers"))

import programs
import started
from losses import loss
from tally import Tally

AS_OF = "2026-11-22T12:00:00Z"
FORMATS = {"rss.xml": "rss", "atom.xml": "atom", "feed.json": "json"}


def expected_feeds():
    feeds = json.loads((HERE / "subscribed/expected.json").read_bytes())
    for feed in feeds.values():
        for entry in feed["entries"]:
            for field in ("published", "updated"):
                entry[field] = int(datetime.fromisoformat(entry[field].replace("Z", "+00:00")).timestamp())
    return feeds


def published(program, directory):
    """The newsroom in `directory`, built; and what nginx has to know of it."""
    shutil.copytree(HERE / "subscribed", directory, ignore=shutil.ignore_patterns("expected.json"))
    for arguments in (["build", "--quiet"], ["kit", "nginx"]):
        command = [program, *arguments, "--as-of", AS_OF]
        run = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=60)
        if run.returncode:
            sys.exit(f"{arguments} ended with {run.returncode}: {run.stderr}")
    return run.stdout


def compare(tally, program, form, what, field, found, of, key):
    """`of` is what was published; `found` what the program has, where a field without a row in the table must be the same."""
    makes = loss(program, form, field)
    value = found.get(key)
    if makes and value == makes(of):
        tally.holds(f"{program}, {what}: {field}", True)
    else:
        tally.same(f"{program}, {what}: {field}", value, of[key])


def compare_feed(tally, program, form, what, found, expected):
    compare(tally, program, form, what, "title of the feed", found, expected, "title")
    compare(tally, program, form, what, "language", found, expected, "language")
    has = {entry["id"]: entry for entry in found["entries"]}
    ids = [entry["id"] for entry in expected["entries"]]
    tally.same(f"{program}, {what}: ids", (sorted(has), len(found["entries"])), (sorted(ids), len(ids)))
    for entry in expected["entries"]:
        for field in entry.keys() - {"id"} if entry["id"] in has else ():
            compare(tally, program, form, f"{what}, {entry['id']}", field, has[entry["id"]], entry, field)


def main(program, packages):
    tally = Tally()
    expected = expected_feeds()
    with tempfile.TemporaryDirectory(prefix="feedmill-") as directory:
        directory = Path(directory).resolve()
        # nginx may work as somebody else
        directory.chmod(0o755)
        kit = published(program, directory / "newsroom")
        (directory / "home").mkdir()
        with started.started("nginx", directory, kit, "") as port:
            feeds = {
                f"http://127.0.0.1:{port}/feeds/{edition}/{file}": (edition, file)
                for edition in expected
                for file in FORMATS
            }
            found = programs.all_of_them(list(feeds), directory / "home", packages)
    for name, subscribed in found.items():
        before = tally.passed + tally.failed
        for url, feed in subscribed.items():
            edition, file = feeds[url]
            compare_feed(tally, name, FORMATS[file], f"{edition}/{file}", feed, expected[edition])
        tally.holds(f"{name} is subscribed to every edition", len(subscribed) in (6, 9), f"{list(subscribed)}")
        print(f"{name}: {tally.passed + tally.failed - before} checks")
    tally.close()


if __name__ == "__main__":
    # tests/run ends what takes too long; nginx must not live on
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
