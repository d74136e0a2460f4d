"""RSS, Atom and JSON Feed in one directory tell the same entries, as an independent reader sees them.

usage: agree.py TREE...

RSS and Atom are read by feedparser, with its repairs switched off; the JSON is taken as it stands.
"""

import calendar
import html
import io
import json
import re
import sys
import warnings
from datetime import datetime
from pathlib import Path

import feedparser

import beside
from markup import normalised, plain
from tally import Tally

# feedparser warns whenever it lets `updated` stand in for `published`, which is what is wanted here
warnings.filterwarnings("ignore", category=DeprecationWarning)


def one_line(text):
    return " ".join(text.split())


def seconds(instant):
    return int(datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())


def from_json(path):
    feed = json.loads(path.read_bytes())
    about = {
        "title": one_line(feed["title"]),
        "page": feed.get("home_page_url"),
        "language": feed.get("language"),
    }
    return about, [entry_from_json(item) for item in feed["items"]]


def notes_of(item):
    """The content without what plays the enclosure: a podcast's RSS leaves that to the programs that read it."""
    recordings = [file["url"] for file in item.get("attachments", []) if not file["mime_type"].startswith("image/")]
    if not recordings:
        return item["content_html"]
    address = re.escape(html.escape(recordings[0]))
    player = rf'<figure><(audio|video) src="{address}" [^>]*preload=.*?</figure>\n?'
    return re.sub(player, "", item["content_html"], count=1, flags=re.S)


def entry_from_json(item):
    summary = one_line(item.get("summary", ""))
    content = normalised(item["content_html"])
    # without a text, the summary is what `content_html` has, and feedparser shows it as the content
    if summary and content == normalised(f"<p>{html.escape(summary, quote=False)}</p>"):
        summary = ""
    return {
        "id": item["id"],
        "title": one_line(item.get("title", "")),
        "link": item["url"],
        "published": seconds(item["date_published"]),
        "updated": seconds(item.get("date_modified", item["date_published"])),
        "authors": [author["name"] for author in item.get("authors", [])],
        "content": content,
        "notes": normalised(notes_of(item)),
        "summary": summary,
        # In JSON a wide ampersand stands in for the plain one, which costs FreshRSS the whole feed.
        "tags": [tag.replace("＆", "&") for tag in item.get("tags", [])],
        "enclosures": [
            (attachment["url"], attachment["mime_type"], attachment.get("size_in_bytes", 0))
            for attachment in item.get("attachments", [])
        ],
        "picture": item.get("image"),
        "item": item,
    }


def from_xml(path):
    # a file object, because feedparser takes short bytes for a file name
    read = feedparser.parse(io.BytesIO(path.read_bytes()), sanitize_html=False, resolve_relative_uris=False)
    about = {
        "title": one_line(read.feed.get("title", "")),
        "page": read.feed.get("link"),
        "language": read.feed.get("language"),
    }
    return read, about, [entry_from_xml(entry) for entry in read.entries]


def entry_from_xml(entry):
    summary = entry.get("summary", "")
    contents = [content["value"] for content in entry.get("content", [])] or [summary]
    # without a summary, RSS has the whole text in `description`, and feedparser shows it as both
    if summary == contents[0]:
        summary = ""
    thumbnails = entry.get("media_thumbnail") or [{}]
    return {
        "id": entry.get("id"),
        "title": one_line(entry.get("title", "")),
        "link": entry.get("link"),
        "published": instant(entry, "published_parsed"),
        "updated": instant(entry, "updated_parsed"),
        "authors": [author["name"] for author in entry.get("authors", []) if author],
        "content": normalised("".join(contents)),
        "summary": plain(summary),
        "tags": [tag["term"] for tag in entry.get("tags", [])],
        "enclosures": [
            (enclosure["href"], enclosure.get("type"), int(enclosure.get("length") or 0))
            for enclosure in entry.get("enclosures", [])
        ],
        "picture": thumbnails[0].get("url"),
        "entry": entry,
    }


def instant(entry, name):
    moment = entry.get(name)
    return calendar.timegm(moment) if moment else None


def expected_of(expected, found, is_atom, is_podcast):
    """What the JSON says, as far as the format has room for it."""
    expected = dict(expected)
    if is_podcast:
        expected["content"] = expected["notes"]
        if expected["notes"] == normalised(f"<p>{html.escape(expected['summary'], quote=False)}</p>"):
            expected["summary"] = ""
        # a program would take the cover for the recording
        expected["enclosures"] = [one for one in expected["enclosures"] if not one[1].startswith("image/")]
    # RSS has room for one enclosure; which one of several is the publisher's choice
    if not is_atom and len(found["enclosures"]) == 1 and found["enclosures"][0] in expected["enclosures"]:
        expected["enclosures"] = found["enclosures"]
    # Atom demands an author (RFC 4287, 4.1.2): the publication stands in for one who is not named
    if is_atom and not expected["authors"] and len(found["authors"]) == 1:
        expected["authors"] = found["authors"]
    return expected


def compare(tally, directory, name, json_about, json_entries):
    path = directory / name
    read, about, entries = from_xml(path)
    tally.holds(f"{path} is read without complaint", not read.bozo, str(read.get("bozo_exception", "")))
    for field, expected in json_about.items():
        tally.same(f"{path}: {field}", about[field], expected)
    tally.same(f"{path}: entries", [entry["id"] for entry in entries], [entry["id"] for entry in json_entries])
    is_podcast = "itunes" in read.namespaces
    by_id = {entry["id"]: entry for entry in entries}
    pairs = [(entry, by_id[entry["id"]]) for entry in json_entries if entry["id"] in by_id]
    for field in entry_fields(json_entries):
        found, expected = {}, {}
        for json_entry, entry in pairs:
            wanted = expected_of(json_entry, entry, name == "atom.xml", is_podcast)
            if entry[field] != wanted[field]:
                found[entry["id"]] = entry[field]
                expected[entry["id"]] = wanted[field]
        tally.same(f"{path}: {field} of the entries", found, expected)
    compare_beside(tally, path, pairs, is_podcast)
    return {entry["id"]: [(tag["term"], tag.get("scheme")) for tag in entry["entry"].get("tags", [])] for entry in entries}


def compare_beside(tally, path, pairs, is_podcast):
    faults = {}
    for json_entry, entry in pairs:
        is_atom = path.name == "atom.xml"
        lists_media = bool(entry["entry"].get("media_content"))
        expected = beside.from_json(json_entry["item"], is_atom, is_podcast, lists_media)
        found = beside.from_xml(entry["entry"], is_atom, is_podcast, expected["media"])
        # the publication, which stands in for an author, has no page
        if is_atom and not expected["pages"] and found["pages"] == [None]:
            expected["pages"] = found["pages"]
        for field in expected:
            wanted, got = faults.setdefault(field, ({}, {}))
            if found[field] != expected[field]:
                wanted[entry["id"]], got[entry["id"]] = expected[field], found[field]
    for field, (wanted, got) in faults.items():
        tally.same(f"{path}: {field} of the entries", got, wanted)


def entry_fields(entries):
    return [field for field in entries[0] if field not in ("id", "notes", "item")] if entries else []


def main(trees):
    tally = Tally()
    for tree in trees:
        for json_path in sorted(Path(tree).rglob("feed.json")):
            about, entries = from_json(json_path)
            tags = []
            for name in ("rss.xml", "atom.xml"):
                if (json_path.parent / name).exists():
                    tags.append(compare(tally, json_path.parent, name, about, entries))
                else:
                    tally.holds(f"{json_path.parent / name} exists", False)
            # JSON has no schemes
            tally.same(f"{json_path.parent}: schemes of the tags", tags[:1], tags[1:])
    tally.close()


main(sys.argv[1:])
