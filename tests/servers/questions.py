"""What subscribers, browsers and strangers ask a server, and what it has to answer."""

import gzip
import http.client
from collections import namedtuple
from urllib.parse import quote, unquote

from newsroom import ENDINGS

# A feed that is a page as well is served so that a browser shows it.
MEDIA_TYPES = {
    "rss.xml": "text/xml",
    "atom.xml": "text/xml",
    "feed.json": "application/feed+json",
    "feeds.opml": "text/x-opml",
    "index.html": "text/html",
    "pages.css": "text/css",
    "feed.css": "text/css",
    "pages.js": "text/javascript",
}
FEEDS_ALONE = MEDIA_TYPES | {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
HOST = "https://post.example"

Answer = namedtuple("Answer", "status headers body")


class Client:
    def __init__(self, port):
        self.port = port

    def ask(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True, skip_host=True)
            connection.putheader("Host", "post.example")
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def is_former(path):
    """A feed is still written there, and readers are sent to where it is now. Documents of archives are not."""
    return path.startswith("репортажи/") and "archive/" not in path


def name(path):
    return path.rpartition("/")[2]


def every_file(tally, client, newsroom, types=MEDIA_TYPES):
    tally.same("the kinds of files", {name(path) for path in newsroom.files()}, types.keys())
    for path, file in newsroom.files().items():
        expected = types.get(name(path))
        if is_former(path):
            continue
        answer = client.ask(newsroom.address(path))
        tally.same(f"{path}: status", answer.status, 200)
        tally.holds(f"{path}: its bytes", answer.body == file.read_bytes())
        tally.same(f"{path}: type", answer.headers.get("content-type", "").lower(), f"{expected}; charset=utf-8")
        tally.same(f"{path}: nosniff", answer.headers.get("x-content-type-options"), "nosniff")
        tally.same(f"{path}: CORS", answer.headers.get("access-control-allow-origin"), "*")
        life = "max-age=86400" if "archive/" in path else "max-age=300"
        tally.same(f"{path}: caches", answer.headers.get("cache-control"), life)
        head = client.ask(newsroom.address(path), "HEAD")
        tally.same(f"{path}: HEAD", (head.status, head.body), (200, b""))
        for header in ("content-type", "etag", "last-modified", "content-length"):
            tally.same(f"{path}: HEAD {header}", head.headers.get(header), answer.headers.get(header))
        known(tally, client, newsroom, path, answer)


def known(tally, client, newsroom, path, answer, **headers):
    """Who has it already is told so."""
    for condition, value in (("If_None_Match", "etag"), ("If_Modified_Since", "last-modified")):
        value = answer.headers.get(value)
        again = client.ask(newsroom.address(path), **{condition: value or "none"}, **headers)
        tally.same(f"{path}: {condition} {headers}", (again.status, again.body), (304, b""))


def variants(tally, client, newsroom, codings):
    for path, file in newsroom.files().items():
        if is_former(path):
            continue
        for coding in codings:
            answer = client.ask(newsroom.address(path), Accept_Encoding=coding)
            tally.same(f"{path} in {coding}: coding", answer.headers.get("content-encoding"), coding)
            tally.same(f"{path} in {coding}: type", *types_of(answer, path))
            variant = file.with_name(file.name + ENDINGS[coding])
            tally.holds(f"{path} in {coding}: the bytes of the variant", answer.body == variant.read_bytes())
            tally.holds(f"{path} in {coding}: Vary", "accept-encoding" in answer.headers.get("vary", "").lower())
            known(tally, client, newsroom, path, answer, Accept_Encoding=coding)
        refused = client.ask(newsroom.address(path), Accept_Encoding="identity, gzip;q=0")
        tally.holds(f"{path}: no gzip for those who refuse it", refused.body == file.read_bytes())


def types_of(answer, path):
    return answer.headers.get("content-type", "").lower(), f"{MEDIA_TYPES[name(path)]}; charset=utf-8"


def compressed_on_the_way(tally, client, newsroom):
    """Without variants the server compresses by itself."""
    for path, file in newsroom.files().items():
        if is_former(path) or len(file.read_bytes()) < 1000:
            continue
        answer = client.ask(newsroom.address(path), Accept_Encoding="gzip")
        tally.same(f"{path} on the way: coding", answer.headers.get("content-encoding"), "gzip")
        tally.holds(f"{path} on the way: bytes", unzipped(answer.body) == file.read_bytes())
        known(tally, client, newsroom, path, answer, Accept_Encoding="gzip")


def unzipped(body):
    try:
        return gzip.decompress(body)
    except OSError:
        return None


def change(tally, client, newsroom):
    """A run that changes nothing is heard by nobody; one that changes something by all who look at that."""
    path = "rss.xml"
    answers = {coding: client.ask(newsroom.address(path), Accept_Encoding=coding) for coding in ("identity", "gzip")}
    newsroom.build()
    for coding, answer in answers.items():
        known(tally, client, newsroom, path, answer, Accept_Encoding=coding)
    newsroom.article("en/новости/ferry.md", "The ferry is not late", 20, "aliases: ['/old/ferry/']")
    newsroom.build()
    for coding, answer in answers.items():
        conditions = ("If_None_Match", answer.headers["etag"]), ("If_Modified_Since", answer.headers["last-modified"])
        for condition, value in conditions:
            after = client.ask(newsroom.address(path), Accept_Encoding=coding, **{condition: value})
            tally.same(f"after a change, {coding}, {condition}", after.status, 200)
            body = unzipped(after.body) if coding == "gzip" else after.body
            tally.holds(f"after a change, {coding}: the new bytes", body == newsroom.files()[path].read_bytes())


def moved(tally, client, newsroom):
    for file in ("rss.xml", "atom.xml", "feed.json"):
        for method in ("GET", "HEAD"):
            answer = client.ask(newsroom.address(f"репортажи/{file}"), method)
            expected = HOST + quote(f"{newsroom.feeds_path}анализ/{file}", safe="/()$;")
            tally.same(f"{method} of a feed that moved", (answer.status, place(answer)), (301, loose(expected)))
    answer = client.ask(newsroom.address("")[:-1])
    tally.same("without a slash", (answer.status, place(answer)), (301, loose(HOST + quote(newsroom.feeds_path))))


def place(answer):
    return loose(answer.headers.get("location", ""))


def loose(url):
    """Some characters may be encoded or not."""
    for character in "()$;":
        url = url.replace(quote(character), character)
    return url


def ended(tally, client, newsroom):
    tally.same("an ended feed that is still there", client.ask(newsroom.address("en/rss.xml")).status, 200)
    for headers in ({}, {"Accept_Encoding": "gzip"}):
        for method in ("GET", "HEAD"):
            answer = client.ask(newsroom.address("en/atom.xml"), method, **headers)
            tally.same(f"{method} of an ended feed that was deleted {headers}", answer.status, 410)


def pages(tally, client, aliases):
    for alias in aliases:
        path = quote(unquote(alias))
        answer = client.ask(path)
        expected = (301, f"{HOST}/en/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/2026/11/ferry/")
        tally.same(f"the former page {alias}", (answer.status, place(answer)), expected)
    tally.same("a page that nobody knows", client.ask("/old/ferry/2/").status, 404)


def strangers(tally, client, newsroom):
    """What is not published is not there, and nobody changes anything."""
    hidden = newsroom.output / ".secret"
    hidden.mkdir(exist_ok=True)
    (hidden / "rss.xml").write_text("secret")
    (newsroom.output / ".feedmill-a1B2c3.tmp").write_text("secret")
    for folder in ("", "en/"):
        index = client.ask(newsroom.address(folder))
        found = index.status, index.headers.get("content-type", "").lower(), index.body
        expected = 200, "text/html; charset=utf-8", newsroom.files()[f"{folder}index.html"].read_bytes()
        tally.same(f"the page of {folder or 'everything'}", found, expected)
    base = newsroom.address("")
    paths = [".feedmill-a1B2c3.tmp", ".secret/rss.xml", ".secret/", "../feedmill.toml", "../.feedmill/ledger.jsonl"]
    paths += ["%2e%2e/feedmill.toml", "..%2ffeedmill.toml", "en/../../feedmill.toml", "%2esecret/rss.xml"]
    paths += ["nothing.xml", "rss.xml/", "archive/", "анализ/"]
    for path in paths:
        answer = client.ask(base + quote(path, safe="/%"))
        tally.holds(f"{path}: nothing", answer.status in (301, 308, 400, 403, 404), f"{answer.status}")
        tally.holds(f"{path}: no word of it", b"secret" not in answer.body and b"[site]" not in answer.body)
        tally.holds(f"{path}: no listing", b"rss.xml" not in answer.body or b"href" not in answer.body)
    (hidden / "rss.xml").unlink()
    hidden.rmdir()
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.ask(newsroom.address("rss.xml"), method, Content_Length="0")
        tally.holds(f"{method}: refused", answer.status in (403, 405, 501), f"{answer.status}")
