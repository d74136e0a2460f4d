"""The podcasts in a directory, as a podcast program's parser reads them, tell what the JSON Feed beside them does.

usage: podcasts.py TREE...

The parser is podcastparser, that of gPodder. A feed counts as a podcast where it uses Apple's elements.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

import podcastparser

from tally import Tally

# what directories want of every show
WANTED = ["title", "link", "description", "language", "cover_url", "itunes_author", "itunes_categories", "type"]


def check(tally, path):
    with path.open("rb") as source:
        show = podcastparser.parse("https://harbourpost.example/rss.xml", source)
    for name in WANTED:
        tally.holds(f"{path}: the show has `{name}`", show.get(name))
    tally.holds(f"{path}: the show says whether it is explicit", isinstance(show.get("explicit"), bool))
    feed = json.loads((path.parent / "feed.json").read_bytes())
    told = {"title": "title", "link": "home_page_url", "description": "description", "language": "language"}
    for name, in_json in told.items():
        tally.same(f"{path}: {name}", show[name], feed.get(in_json))
    support = feed.get("_feedmill", {}).get("support", {})
    tally.same(f"{path}: support", show.get("payment_url"), support.get("url"))
    found = {episode["guid"]: episode for episode in show["episodes"]}
    tally.same(f"{path}: entries", sorted(found), sorted(item["id"] for item in feed["items"]))
    for item in feed["items"]:
        if item["id"] in found:
            episode = found[item["id"]]
            tally.same(f"{path}: {item['id']}", from_rss(episode), from_json(item, from_rss(episode)))


def from_rss(episode):
    files = [(file["url"], file["mime_type"], file["file_size"]) for file in episode["enclosures"]]
    return {
        "title": episode["title"],
        "link": episode["link"],
        "published": episode["published"],
        "files": files,
        "seconds": episode["total_time"],
        "number": episode.get("number"),
        "season": episode.get("season"),
        "type": episode.get("type"),
    }


def from_json(item, found):
    """What the JSON says, as far as RSS has room for it: one file, and of numbers the whole ones."""
    recordings = [file for file in item.get("attachments", []) if not file["mime_type"].startswith("image/")][:1]
    episode = item.get("_feedmill", {}).get("episode", {}) if recordings else {}
    number = episode.get("number", "")
    return {
        "title": item["title"],
        "link": item["url"],
        "published": int(datetime.fromisoformat(item["date_published"].replace("Z", "+00:00")).timestamp()),
        "files": [(file["url"], file["mime_type"], file.get("size_in_bytes", 0)) for file in recordings],
        "seconds": recordings[0].get("duration_in_seconds", 0) if recordings else 0,
        "number": int(number) if number.isdecimal() else None,
        "season": episode.get("season"),
        "type": episode.get("type", found["type"]),
    }


def main(trees):
    tally = Tally()
    for tree in trees:
        for path in sorted(Path(tree).rglob("rss.xml")):
            if b"xmlns:itunes=" in path.read_bytes():
                check(tally, path)
    tally.close()


main(sys.argv[1:])
