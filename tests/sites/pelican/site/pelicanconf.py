AUTHOR = "Gretl Ammerhofer"
SITENAME = "The Hut Book"
SITEURL = "https://hutbook.example"
PATH = "content"
TIMEZONE = "Europe/Riga"
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%d %B %Y"
DEFAULT_CATEGORY = "Miscellany"
USE_FOLDER_AS_CATEGORY = True
WITH_FUTURE_DATES = False
FILENAME_METADATA = r"(?P<date>\d{4}-\d{2}-\d{2})[-_](?P<slug>.*)"
STATIC_PATHS = ["images"]

ARTICLE_URL = "{category}/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{date:%Y}/{date:%m}/{slug}/index.html"
ARTICLE_LANG_URL = "{lang}/{category}/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_LANG_SAVE_AS = "{lang}/{category}/{date:%Y}/{date:%m}/{slug}/index.html"

FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
