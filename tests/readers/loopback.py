"""Serves a published tree on the loopback interface, as a plain web server does."""

import contextlib
import functools
import http.server
import os
import threading
from collections import namedtuple
from pathlib import Path

MEDIA_TYPES = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "feeds.opml": "text/x-opml; charset=utf-8",
}

Answer = namedtuple("Answer", "path status")


class FeedServer(http.server.SimpleHTTPRequestHandler):
    """Last-Modified and ETag in whole seconds, as nginx makes them, and 304 to those who know them already."""

    answers = []

    def send_head(self):
        tag = self.tag()
        if tag and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            http.server.BaseHTTPRequestHandler.end_headers(self)
            return None
        return super().send_head()

    def end_headers(self):
        tag = self.tag()
        if tag:
            self.send_header("ETag", tag)
        super().end_headers()

    def tag(self):
        with contextlib.suppress(OSError):
            status = os.stat(self.translate_path(self.path))
            return f'"{int(status.st_mtime):x}-{status.st_size:x}"'
        return None

    def guess_type(self, path):
        return MEDIA_TYPES.get(Path(path).name) or super().guess_type(path)

    def log_request(self, code="-", size="-"):
        self.answers.append(Answer(self.path, int(code)))

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(tree):
    handler = functools.partial(FeedServer, directory=str(tree))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
