"""A newsroom on disk that lives on: articles that are written, renamed, moved and removed, and the program that
publishes them."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

BUILD_SECONDS = 60


@dataclass
class Article:
    """What its author wants subscribers to have."""

    path: str
    title: str
    published: str
    text: str
    updated: str = ""
    correction: str = ""
    slug: str = ""
    # further front matter, which they do not see
    more: dict = field(default_factory=dict)

    @property
    def edition(self):
        return self.path.split("/")[0]

    @property
    def section(self):
        return self.path.split("/")[1]

    @property
    def last_change(self):
        return max(self.published, self.updated)

    def permalink(self, pattern):
        parts = {
            "edition": self.edition,
            "section": self.section,
            "year": self.published[:4],
            "month": self.published[5:7],
            "slug": self.slug or Path(self.path).stem,
        }
        return re.sub(r"\{(\w+)\}", lambda name: parts[name[1]], pattern)

    def source(self):
        lines = [f"title: {self.title}", f"published: {self.published}"]
        if self.slug:
            lines.append(f"slug: {self.slug}")
        if self.correction:
            lines += ["corrections:", f"  - date: {self.updated}", f"    text: {self.correction}"]
        lines += [f"{name}: {value}" for name, value in self.more.items()]
        return "\n".join(["---", *lines, "---", "", self.text, ""])


class Newsroom:
    """The articles by their names in the story, the settings, and the directory that holds it all."""

    def __init__(self, directory, program):
        self.directory = directory
        self.program = program
        self.articles = {}
        self.title = {"en": "The Skerry Light", "ru": "Огонёк на шхере"}
        self.sections = {
            "news": {"en": "News", "ru": "Новости"},
            "harbour": {"en": "Harbour", "ru": "Гавань"},
            "culture": {"en": "Culture", "ru": "Культура"},
        }
        # what sections were called before, by their present names
        self.former = {}
        self.permalink = "/{edition}/{section}/{year}/{month}/{slug}/"

    # --- what editors do

    def write(self, *names):
        for name in names:
            file = self.file(name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.articles[name].source(), encoding="utf-8")

    def rename(self, name, path):
        old = self.file(name)
        self.articles[name].path = path
        self.file(name).parent.mkdir(parents=True, exist_ok=True)
        old.rename(self.file(name))

    def rename_section(self, old, new):
        for folder in (self.directory / "articles").glob(f"*/{old}"):
            folder.rename(folder.with_name(new))
        for article in self.articles.values():
            if article.section == old:
                article.path = article.path.replace(f"/{old}/", f"/{new}/")
        self.sections = {new if name == old else name: title for name, title in self.sections.items()}
        self.former[new] = old

    def half_save(self, name):
        """As an editor does that is stopped while it writes."""
        source = self.articles[name].source()
        self.file(name).write_text(source[: source.index("published")], encoding="utf-8")

    def remove(self, name):
        self.file(name).unlink()

    def take_away(self, edition):
        """As a disk does that is not mounted."""
        (self.directory / "articles" / edition).rename(self.directory / edition)

    def bring_back(self, edition):
        (self.directory / edition).rename(self.directory / "articles" / edition)

    def lose(self, *patterns):
        """Loses what the program remembers."""
        for pattern in patterns:
            for place in list((self.directory / ".feedmill").glob(pattern)):
                shutil.rmtree(place) if place.is_dir() else place.unlink()

    def file(self, name):
        return self.directory / "articles" / self.articles[name].path

    # --- what is published

    def build(self, at):
        (self.directory / "feedmill.toml").write_text(self.settings(), encoding="utf-8")
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.directory), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
        return subprocess.run(
            [self.program, "build", "--as-of", at],
            cwd=self.directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=BUILD_SECONDS,
        )

    def settings(self):
        lines = ["[site]", 'url = "https://skerry.example/"', f"title = {in_editions(self.title)}"]
        lines += [f'permalink = "{self.permalink}"', "[editions.en]", "[editions.ru]"]
        for name, title in self.sections.items():
            lines += [f"[sections.{name}]", f"title = {in_editions(title)}"]
            if name in self.former:
                lines.append(f'aliases = ["{self.former[name]}"]')
        return "\n".join([*lines, ""])

    def link(self, name):
        return "https://skerry.example" + self.articles[name].permalink(self.permalink)

    def translation(self, name):
        """The name of the article that says the same in the other edition, if there is one."""
        edition, _, rest = self.articles[name].path.partition("/")
        for other, article in self.articles.items():
            if article.edition != edition and article.path.partition("/")[2] == rest:
                return other
        return None


def in_editions(texts):
    return "{ " + ", ".join(f'{edition} = "{text}"' for edition, text in texts.items()) + " }"
