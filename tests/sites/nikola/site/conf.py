import time

BLOG_AUTHOR = "The Clockmakers' Circular"
BLOG_TITLE = {"en": "The Clockmakers' Circular", "ru": "Циркуляр часовщиков"}
SITE_URL = "https://clocks.example/"
BASE_URL = "https://clocks.example/"
BLOG_EMAIL = "desk@clocks.example"
BLOG_DESCRIPTION = "Four pages, wound weekly"

DEFAULT_LANG = "en"
TRANSLATIONS = {"en": "", "ru": "./ru"}
TRANSLATIONS_PATTERN = "{path}.{lang}.{ext}"
TIMEZONE = "Europe/Riga"
FUTURE_IS_NOW = False

POSTS = (
    ("posts/*.md", "posts", "post.tmpl"),
    ("posts/*.html", "posts", "post.tmpl"),
)
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {
    "markdown": (".md",),
    "html": (".html",),
}
PRETTY_URLS = True
CATEGORY_ALLOW_HIERARCHIES = True
REDIRECTIONS = [("posts/old-oil/index.html", "/posts/oil/")]
FEED_TEASERS = True
CONTENT_FOOTER = "Contents © {date} {author}"
CONTENT_FOOTER_FORMATS = {"en": ((), {"author": BLOG_AUTHOR, "date": time.gmtime().tm_year})}
