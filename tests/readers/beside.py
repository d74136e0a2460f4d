"""What stands beside the text of an entry, as the JSON Feed says it and as feedparser reads it from the others."""

from urllib.parse import urlsplit


def from_json(item, is_atom, is_podcast, lists_media):
    """What the JSON says, as far as the format has room for it."""
    more = item.get("_feedmill", {})
    licence, source, comments = (more.get(name, {}) for name in ("licence", "source", "comments"))
    location, image = more.get("location", {}), more.get("image", {})
    attachments = item.get("attachments", [])
    # beside the thumbnail it would be true of every file
    has_credit = lists_media or all(file["url"] == item.get("image") for file in attachments)
    related = [page["url"] for page in more.get("translations", [])]
    related += [item["external_url"]] if "external_url" in item else []
    related += [page["url"] for page in more.get("related", [])]
    told = {
        # one person may have done several things
        "contributors": unique(who["name"] for who in more.get("contributors", [])),
        "rights": more.get("rights"),
        "related": related,
        "canonical": listed(more.get("canonical")),
        "licence": [(licence["url"], licence.get("name"))] if licence else [],
        "via": [(source["url"], source.get("title"))] if "url" in source else [],
        "comments": [address for address in (comments.get("url"), comments.get("feed_url")) if address],
        "count": comments.get("count"),
        "place": location.get("name"),
        "point": (location["latitude"], location["longitude"]) if "latitude" in location else None,
        "size": (image["width"], image["height"]) if "width" in image else None,
        "credit": image.get("credit") if has_credit else None,
        "media": [(file["url"], file["mime_type"], file.get("size_in_bytes"), seconds_of(file)) for file in attachments],
    }
    if is_atom:
        told["source"] = (source.get("title"), source.get("feed_url"))
        told["pages"] = [author.get("url") for author in item.get("authors", [])]
        told["titles"] = [file.get("title") for file in attachments]
    else:
        # RSS requires the feed's address: without it there is `dc:source`, which feedparser passes over;
        # without a title there is the site's name
        feed = source.get("feed_url")
        told["source"] = (source.get("title") or urlsplit(feed).hostname, feed) if feed else (None, None)
    if is_podcast:
        told["episode"] = episode_from_json(more.get("episode", {}), attachments)
    return told


def episode_from_json(episode, attachments):
    recordings = [file for file in attachments if not file["mime_type"].startswith("image/")]
    if not recordings:
        return {}
    number, season = episode.get("number", ""), episode.get("season")
    told = {
        "itunes_duration": seconds_of(recordings[0]),
        "itunes_episode": number if number.isdecimal() else None,
        "itunes_season": season,
        "itunes_episodetype": episode.get("type"),
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def from_xml(entry, is_atom, is_podcast, attachments):
    links = {}
    for link in entry.get("links", []):
        links.setdefault(link.get("rel"), []).append(link)
    addresses = {rel: [link["href"] for link in links.get(rel, [])] for rel in ("related", "canonical", "replies")}
    titled = {rel: [(link["href"], link.get("title")) for link in links.get(rel, [])] for rel in ("license", "via")}
    source, where = entry.get("source", {}), entry.get("where", {})
    thumbnail = (entry.get("media_thumbnail") or [{}])[0]
    count = entry.get("thr_total") if is_atom else entry.get("slash_comments")
    told = {
        "contributors": unique(who["name"] for who in entry.get("contributors", [])),
        "rights": entry.get("rights"),
        "related": addresses["related"],
        "canonical": addresses["canonical"],
        "licence": titled["license"],
        "via": titled["via"],
        "comments": addresses["replies"] if is_atom else listed(entry.get("comments"), entry.get("wfw_commentrss")),
        "count": int(count) if count else None,
        "place": entry.get("georss_featurename"),
        # feedparser turns them round
        "point": tuple(reversed(where["coordinates"])) if where else None,
        "size": (int(thumbnail["width"]), int(thumbnail["height"])) if "width" in thumbnail else None,
        "credit": next((credit["content"] for credit in entry.get("media_credit", [])), None),
        "media": media(entry, attachments),
    }
    if is_atom:
        feeds = [link["href"] for link in source.get("links", []) if link.get("rel") == "self"]
        told["source"] = (source.get("title"), feeds[0] if feeds else None)
        told["pages"] = [author.get("href") for author in entry.get("authors", []) if author]
        told["titles"] = [link.get("title") for link in links.get("enclosure", [])]
    else:
        told["source"] = (source.get("title"), source.get("href"))
    if is_podcast:
        names = ("itunes_duration", "itunes_episode", "itunes_season", "itunes_episodetype")
        told["episode"] = {name: entry[name] for name in names if name in entry}
    return told


def media(entry, attachments):
    """What Media RSS says of the attachments; a feed that does not list media says nothing of them."""
    if not entry.get("media_content"):
        return attachments
    number = lambda file, name: int(file[name]) if name in file else None
    files = [
        (file["url"], file.get("type"), number(file, "filesize"), number(file, "duration"))
        for file in entry["media_content"]
    ]
    wanted = [attachment[0] for attachment in attachments]
    found = {file[0]: file for file in files if file[0] in wanted}
    return [found[url] for url in wanted if url in found]


def seconds_of(file):
    return file.get("duration_in_seconds") or None


def listed(*values):
    return [value for value in values if value]


def unique(names):
    return list(dict.fromkeys(names))
