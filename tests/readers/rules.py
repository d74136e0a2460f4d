"""Holds the feeds of the given trees against the rules that no grammar can say.

usage: rules.py TREE...

A tree is the directory that is served as the feeds' address: `feeds/`.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict, namedtuple
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from markup import read, starts
from tally import Tally

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"

ADDRESSES = ("href", "src", "poster", "cite", "action", "data", "longdesc", "background")
SAFE_SCHEMES = ("http://", "https://", "mailto:", "tel:")
FORBIDDEN = set("script style link meta object embed applet iframe frame frameset base form input button".split())
VOID = set("area br col embed hr img input link meta source track wbr".split())

Feed = namedtuple("Feed", "self_link changed entries")
Entry = namedtuple("Entry", "id link title published updated bodies")


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def rss(path):
    channel = ElementTree.parse(path).getroot().find("channel")
    entries = []
    for item in channel.iter("item"):
        published = parsedate_to_datetime(item.findtext("pubDate"))
        updated = item.findtext(f"{ATOM}updated")
        bodies = [item.findtext("description"), item.findtext(f"{CONTENT}encoded")]
        entries.append(
            Entry(
                item.findtext("guid"),
                item.findtext("link"),
                item.findtext("title"),
                published,
                instant(updated) if updated else published,
                [body for body in bodies if body],
            )
        )
    changed = channel.findtext("lastBuildDate")
    self_links = [link.get("href") for link in channel.iter(f"{ATOM}link") if link.get("rel") == "self"]
    return Feed(self_links[0], changed and parsedate_to_datetime(changed), entries)


def atom(path):
    root = ElementTree.parse(path).getroot()
    entries = []
    for entry in root.iter(f"{ATOM}entry"):
        bodies = [entry.find(f"{ATOM}summary"), entry.find(f"{ATOM}content")]
        entries.append(
            Entry(
                entry.findtext(f"{ATOM}id"),
                entry.find(f"{ATOM}link").get("href"),
                entry.findtext(f"{ATOM}title"),
                instant(entry.findtext(f"{ATOM}published")),
                instant(entry.findtext(f"{ATOM}updated")),
                [body.text for body in bodies if body is not None and body.text],
            )
        )
    self_links = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    return Feed(self_links[0], instant(root.findtext(f"{ATOM}updated")), entries)


def json_feed(path):
    feed = json.loads(path.read_bytes())
    entries = [
        Entry(
            item["id"],
            item["url"],
            item["title"],
            instant(item["date_published"]),
            instant(item.get("date_modified", item["date_published"])),
            [item["content_html"]],
        )
        for item in feed["items"]
    ]
    return Feed(feed["feed_url"], None, entries)


READ = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}


def faults_of_markup(html):
    faults = []
    for tag, attributes in starts(html):
        if tag in FORBIDDEN:
            faults.append(f"<{tag}> is not safe")
        for name, value in attributes.items():
            addresses = [value] if name in ADDRESSES else []
            if name == "srcset":
                addresses = [candidate.split()[0] for candidate in re.split(r",\s+", value) if candidate.split()]
            faults += [f"{name}={address} is not absolute" for address in addresses if not is_absolute(address)]
            if name.startswith("on") or name == "style" and "url(" in value:
                faults.append(f"{name} is not safe")
    return faults + faults_of_balance(html)


def is_absolute(address):
    return address.lower().startswith(SAFE_SCHEMES)


def faults_of_balance(html):
    open_tags = []
    for piece in read(html):
        if piece[0] == "start" and piece[1] not in VOID:
            open_tags.append(piece[1])
        elif piece[0] == "end" and (not open_tags or open_tags.pop() != piece[1]):
            return [f"</{piece[1]}> closes nothing"]
    return [f"<{tag}> is never closed" for tag in open_tags]


def check_feed(tally, path, feed):
    ids = [entry.id for entry in feed.entries]
    tally.same(f"{path}: every id once", sorted(ids), sorted(set(ids)))
    tally.holds(f"{path}: ids are ASCII", all(id.isascii() and not re.search(r"\s", id) for id in ids), str(ids))
    published = [entry.published for entry in feed.entries]
    tally.same(f"{path}: the newest stands first", published, sorted(published, reverse=True))
    if feed.changed and feed.entries:
        newest = max(max(entry.published, entry.updated) for entry in feed.entries)
        tally.same(f"{path}: changed when its entries last changed", feed.changed, newest)
    faults = []
    for entry in feed.entries:
        for body in entry.bodies:
            faults += [f"{entry.id}: {fault}" for fault in faults_of_markup(body)]
    tally.holds(f"{path}: HTML is safe, balanced, and its addresses absolute", not faults, "\n  ".join(faults))


def check_spelling(tally, path):
    """Spellings that an XML parser takes for the same, and some feed readers do not."""
    text = path.read_text(encoding="utf-8")
    tally.holds(f"{path}: no byte order mark", not text.startswith("\ufeff"))
    if path.suffix == ".json":
        return
    tally.holds(f"{path}: no CDATA", "<![CDATA[" not in text)
    # Rust and Go libraries decode the named ones twice
    tally.same(f"{path}: escapes are numeric", re.findall(r"&(?:amp|lt|gt|quot|apos);", text)[:1], [])


def check_atom(tally, path):
    root = ElementTree.parse(path).getroot()
    for element in [root, *root.iter(f"{ATOM}entry")]:
        links = element.findall(f"{ATOM}link")
        alternates = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate"]
        name = element.findtext(f"{ATOM}id")
        tally.same(f"{path}: alternate links of {name}", len(alternates), 1)
        if element is not root and alternates:
            tally.same(f"{path}: first link of {name}", links[0].get("href"), alternates[0])
    dates = [date.text for name in ("published", "updated") for date in root.iter(f"{ATOM}{name}")]
    tally.same(f"{path}: times are in UTC", [date for date in dates if not date.endswith("Z")], [])


def check_rss(tally, path):
    dates = [date.text for name in ("pubDate", "lastBuildDate") for date in ElementTree.parse(path).iter(name)]
    right = [parsedate_to_datetime(date).strftime("%a, %d %b %Y %H:%M:%S GMT") for date in dates]
    tally.same(f"{path}: days of the week, and GMT", dates, right)


def check_json(tally, path):
    for item in json.loads(path.read_bytes())["items"]:
        tags = item.get("tags", [])
        # FreshRSS drops the whole feed over an ampersand, and splits at commas
        tally.same(f"{path}: tags of {item['id']}", [tag for tag in tags if "&" in tag or "," in tag], [])
        dates = [item[name] for name in ("date_published", "date_modified") if name in item]
        tally.holds(f"{path}: times of {item['id']} are in UTC", all(date.endswith("Z") for date in dates), str(dates))


def check_opml(tally, tree, path, base):
    for outline in ElementTree.parse(path).iter("outline"):
        if outline.get("xmlUrl"):
            name = outline.get("text")
            tally.same(f"{path}: title of {name}", outline.get("title"), name)
            tally.same(f"{path}: type of {name}", outline.get("type"), "rss")
            address = outline.get("xmlUrl")
            there = base and address.startswith(base) and (tree / address[len(base) :]).is_file()
            tally.holds(f"{path}: {address} exists", there)


def main(trees):
    tally = Tally()
    for tree in map(Path, trees):
        bases = set()
        # whatever feed and format an entry is in, it is the same entry
        ids_of_link, links_of_id, titles_of_id = defaultdict(set), defaultdict(set), defaultdict(set)
        atom_ids = []
        for path in sorted(path for path in tree.rglob("*") if path.name in READ):
            feed = READ[path.name](path)
            place = path.relative_to(tree).as_posix()
            tally.holds(f"{path}: self link {feed.self_link}", feed.self_link.endswith(f"/{place}"))
            bases.add(feed.self_link[: -len(place)])
            check_spelling(tally, path)
            check_feed(tally, path, feed)
            {"rss.xml": check_rss, "atom.xml": check_atom, "feed.json": check_json}[path.name](tally, path)
            if path.name == "atom.xml":
                atom_ids.append(ElementTree.parse(path).getroot().findtext(f"{ATOM}id"))
            for entry in feed.entries:
                ids_of_link[entry.link].add(entry.id)
                links_of_id[entry.id].add(entry.link)
                titles_of_id[entry.id].add(" ".join(entry.title.split()))
        tally.same(f"{tree}: every Atom feed has an id of its own", sorted(atom_ids), sorted(set(atom_ids)))
        tally.same(f"{tree}: one address to serve them under", len(bases), 1)
        for what, found in (("ids", ids_of_link), ("links", links_of_id), ("titles", titles_of_id)):
            several = {key: values for key, values in found.items() if len(values) > 1}
            tally.same(f"{tree}: an entry has the same {what} in every feed and format", several, {})
        for path in sorted(tree.rglob("*.opml")):
            check_opml(tally, tree, path, next(iter(bases), None))
    tally.close()


main(sys.argv[1:])
