"""What no subscriber may see, and what the person who runs the program must be told; each broken promise is a sentence."""

import gzip
import json
import xml.etree.ElementTree as ElementTree
from pathlib import PurePath

import newsroom

LEDGER = "ledger.jsonl"
# the run after one that was killed adds its lines once more
PAST = "ledger-past.jsonl"


def in_between(scene, directory):
    """After a disturbed run: every feed, and the ledger, is the old file or the new one."""
    found = newsroom.published(directory)
    for path, text in found.feeds.items():
        if text not in (scene.old.feeds.get(path), scene.new.feeds.get(path)):
            yield f"neither old nor new: {path}, {len(text)} bytes"
        yield from out_of_step(path, text, found) if newsroom.is_variant(path) else ill_formed(path, text)
    for path in scene.old.feeds.keys() - found.feeds.keys():
        if not newsroom.is_variant(path):
            yield f"gone: {path}"
    if found.state.get(LEDGER) not in (scene.old.state.get(LEDGER), scene.new.state.get(LEDGER)):
        yield f"the ledger is neither old nor new: {found.state.get(LEDGER)!r}"


def told(scene, directory, run):
    """After a run that saw an error: the exit status and the message tell what it did, and it tidied up."""
    found, before = newsroom.published(directory), newsroom.published(scene.base)
    if run.status == scene.status:
        yield from unlike("done: feeds", found.feeds, scene.new.feeds)
        # copies of what no feed shows any more may be left for the next run
        yield from unlike("done: state", ledgers(found), ledgers(scene.new))
    elif run.status != 2:
        yield f"status {run.status}: {run.said.strip()}"
    elif "error: " not in run.said:
        yield f"status 2 without a reason: {run.said.strip()}"
    elif found.feeds != before.feeds and not ("published" in run.said or "in place" in run.said):
        yield f"feeds changed, and it does not say so: {run.said.strip()}"
    # an earlier run, which was killed, may have left some
    yield from tidy(directory, newsroom.temporaries(scene.base))


def healed(scene, directory):
    """After the next run: all is as if nothing had happened."""
    found = newsroom.published(directory)
    yield from unlike("healed: feeds", found.feeds, scene.new.feeds)
    yield from unlike("healed: state", found.state, scene.new.state)
    yield from tidy(directory)
    for path, before in scene.old.stamps.items():
        after = found.stamps.get(path)
        if after is None:
            continue
        if after.access != before.access:
            yield f"mode and owner of {path} were {before.access} and are {after.access}"
        if scene.old.feeds[path] == scene.new.feeds[path] and after.time != before.time:
            yield f"the time of {path} moved, and its bytes did not"
        if scene.old.feeds[path] != scene.new.feeds[path] and after.time <= before.time:
            yield f"the bytes of {path} moved, and its time did not grow"


def loose(calls):
    """Names that a file was given before its bytes were on the disk, and directories whose names never came there."""
    safe, directories = set(), set()
    for call in calls:
        if call.name in ("fsync", "fdatasync"):
            safe.add(call.path)
            directories.discard(call.path)
        elif call.name.startswith("rename"):
            temporary, path = call.path.split(" -> ")
            if path.startswith(newsroom.FEEDS) or path.endswith(LEDGER):
                directories.add(path.rpartition("/")[0])
                if temporary not in safe:
                    yield f"{path} is replaced by what is not on the disk yet"
        else:
            safe.discard(call.path)
    for directory in sorted(directories):
        yield f"{directory} is not synced"


def announced(old, new):
    """Titles of the entries of `new` whose ids stand nowhere in `old`: what a reader shows as new."""
    known = {identity for path, text in old.feeds.items() for identity in entries(path, text)}
    found = {}
    for path, text in new.feeds.items():
        found.update(entries(path, text))
    return {title for identity, title in found.items() if identity not in known}


def entries(path, text):
    """Title by id; the ids are the same in all formats."""
    if path.endswith(".json"):
        return {item["id"]: item["title"] for item in json.loads(text)["items"]}
    return {}


def ledgers(published):
    return {path: text for path, text in published.state.items() if path in (LEDGER, PAST)}


def ill_formed(path, text):
    # pages, and what belongs to them, are no XML
    read = {".json": json.loads, ".xml": ElementTree.fromstring, ".opml": ElementTree.fromstring}
    try:
        read.get(PurePath(path).suffix, bytes)(text)
    except (ValueError, ElementTree.ParseError) as error:
        yield f"not well-formed: {path}: {error}"


def out_of_step(path, text, found):
    """A server hands out the variant in place of its file, whatever stands in it."""
    if gzip.decompress(text) != found.feeds.get(path.removesuffix(".gz")):
        yield f"no variant of its file: {path}"


def unlike(what, found, expected):
    for path in sorted(found.keys() | expected.keys()):
        one, other = found.get(path), expected.get(path)
        if path == PAST:
            one, other = (set((text or b"").splitlines()) for text in (one, other))
        if one != other:
            yield f"{what}: {path} is {summary(one)}, not {summary(other)}"


def summary(text):
    return "absent" if text is None else f"{len(text)} bytes"


def tidy(directory, expected=frozenset()):
    left = newsroom.temporaries(directory) - expected
    if left:
        yield f"temporary files are left: {left}"
