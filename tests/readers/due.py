"""What is due to subscribers after each run: which entries stand in which feed, and what they say."""

from collections import namedtuple
from datetime import datetime, timedelta

FORMATS = ("rss.xml", "atom.xml", "feed.json")
TOMBSTONE_DAYS = timedelta(days=30)
WORDS = {"en": "По-русски: ", "ru": "In English: "}

# the id says which entry it is; all the others may change
Entry = namedtuple("Entry", "title link published updated text")
# an edition and a section, either of them or both
Feed = namedtuple("Feed", "edition section")


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Due:
    def __init__(self, room):
        self.room = room
        # every feed that there is when people subscribe
        sections = [None, *room.sections]
        self.feeds = [Feed(edition, section) for edition in (None, "en", "ru") for section in sections]
        self.standing = set()
        self.ids = {}
        self.gone = {}
        self.carried = {feed: set() for feed in self.feeds}

    def take(self, run):
        """After the work of `run` is done, and before anybody looks at the feeds."""
        now = instant(run.at)
        self.standing |= set(run.new.split()) | set(run.back.split())
        self.standing -= set(run.gone.split())
        self.gone = {name: when for name, when in self.gone.items() if name not in run.back.split()}
        self.gone |= {name: now for name in run.gone.split()}
        self.gone = {name: when for name, when in self.gone.items() if now - when < TOMBSTONE_DAYS}
        for feed in self.feeds:
            self.carried[feed] |= set(self.names(feed))

    def learn(self, id_of_link):
        """An entry keeps for ever the id with which it was first seen."""
        for name in self.standing - set(self.ids):
            self.ids[name] = id_of_link.get(self.room.link(name), f"an id for {name}")

    def names(self, feed):
        """The articles in a feed, newest first."""
        names = [name for name in self.standing if self.belongs(name, feed)]
        return sorted(names, key=lambda name: self.room.articles[name].published, reverse=True)

    def belongs(self, name, feed):
        article = self.room.articles[name]
        # the feed of a section goes on under its old address
        sections = (None, article.section, self.room.former.get(article.section))
        return feed.edition in (None, article.edition) and feed.section in sections

    def entries(self, feed):
        """By id, in order."""
        return {self.ids[name]: self.entry(name) for name in self.names(feed)}

    def entry(self, name):
        article = self.room.articles[name]
        text = [article.text]
        if article.correction:
            text.append(f"Correction ({article.updated[:10]}): {article.correction}")
        other = self.room.translation(name)
        if other in self.standing:
            text.append(WORDS[article.edition] + self.room.articles[other].title)
        moments = (instant(article.published), instant(article.last_change))
        return Entry(article.title, self.room.link(name), *moments, " ".join(text))

    def tombstones(self, feed):
        return sorted(self.ids[name] for name in self.gone if name in self.carried[feed])

    def shown(self, feed, format):
        """Everything that a file shows of the newsroom: as long as it is the same, so are its bytes."""
        translations = [self.room.translation(name) for name in self.names(feed)]
        links = [self.room.link(name) for name in translations if name in self.standing]
        about = (tuple(self.room.title.items()), list(self.entries(feed).items()), links)
        return (*about, self.tombstones(feed)) if format == "atom.xml" else about

    @staticmethod
    def path(feed, format):
        return "/".join([part for part in feed if part] + [format])
