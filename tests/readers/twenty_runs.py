"""Twenty runs in the life of a newsroom, and what each of them means for subscribers."""

from dataclasses import dataclass
from typing import Callable

from newsroom import Article

RUNS = []


@dataclass
class Run:
    """Names of articles: those that subscribers see for the first time, with another text, title or link, with a
    later `updated`, no longer, and again."""

    at: str
    work: Callable
    new: str = ""
    changed: str = ""
    updated: str = ""
    gone: str = ""
    back: str = ""
    status: int = 0

    @property
    def name(self):
        return self.work.__name__.replace("_", " ")


def run(at, **meaning):
    """The work of a run, done before it, and its meaning."""

    def keep(work):
        RUNS.append(Run(at, work, **meaning))

    return keep


@run("2026-03-02T09:00:00Z", new="ferry lamp choir bell seals dredging library ferry_ru nets_ru postcards_ru")
def the_first_issue(room):
    room.articles |= {
        "ferry": Article(
            "en/news/ferry.md",
            "The ferry sails again",
            "2026-03-01T08:00:00Z",
            "After nine days of wind the ferry left the skerry on Sunday, with forty passengers and a piano.",
        ),
        "lamp": Article(
            "en/news/lamp.md",
            "A new lamp on the north pier",
            "2026-02-27T16:00:00Z",
            "The lamp can be seen for eight miles. The keeper says that the moths have noticed it first.",
        ),
        "choir": Article(
            "en/news/choir.md",
            "The choir moves into the boathouse",
            "2026-02-26T10:00:00Z",
            "Where boats were mended, eleven singers now rehearse on Thursdays. The echo comes free of charge.",
        ),
        "bell": Article(
            "en/harbour/bell.md",
            "The bell that rang by itself",
            "2026-02-28T07:30:00Z",
            "At high water on Friday the old harbour bell rang for an hour. A seal had found the rope.",
        ),
        "seals": Article(
            "en/harbour/seals.md",
            "Forty-one seals counted",
            "2026-02-25T12:00:00Z",
            "Pupils of the island school counted from the lighthouse. Two of them counted the same seal.",
        ),
        "dredging": Article(
            "en/harbour/dredging.md",
            "The basin is closed for dredging",
            "2026-03-02T06:00:00Z",
            "Until Tuesday morning boats moor at the outer wall.",
            more={"expires": "2026-03-10T06:00:00Z"},
        ),
        "library": Article(
            "en/culture/library.md",
            "The libary lends umbrellas",
            "2026-02-24T09:00:00Z",
            "Twelve umbrellas stand beside the novels. They are lent for a week, or for as long as it rains.",
        ),
        "ferry_ru": Article(
            "ru/news/ferry.md",
            "Паром снова ходит",
            "2026-03-01T08:30:00Z",
            "После девяти дней ветра паром ушёл в воскресенье: сорок пассажиров и одно пианино.",
        ),
        "nets_ru": Article(
            "ru/harbour/nets.md",
            "Сети на просушке",
            "2026-02-23T11:00:00Z",
            "Вдоль мола растянули девять сетей. Кошки считают, что это гамаки.",
        ),
        "postcards_ru": Article(
            "ru/culture/postcards.md",
            "Открытки с маяка",
            "2026-02-22T15:00:00Z",
            "В музее маяка открылась выставка: сто открыток, и на каждой чайка.",
        ),
        "tide": Article(
            "en/news/tide.md",
            "The highest tide of the year",
            "2026-03-08T06:00:00Z",
            "This morning the water stood at the third step of the post office. Letters were handed over by boat.",
        ),
    }
    room.write(*room.articles)


@run("2026-03-02T12:00:00Z", changed="library")
def a_typo_is_mended(room):
    room.articles["library"].title = "The library lends umbrellas"
    room.write("library")


@run("2026-03-03T09:00:00Z", changed="ferry", updated="ferry")
def a_correction_is_declared(room):
    room.articles["ferry"].correction = "The ferry carried a harmonium, not a piano."
    room.articles["ferry"].updated = "2026-03-03T08:45:00Z"
    room.write("ferry")


@run("2026-03-04T09:00:00Z", changed="seals")
def a_file_is_renamed(room):
    room.rename("seals", "en/harbour/seals-of-the-skerry.md")


@run("2026-03-05T09:00:00Z", changed="nets_ru")
def an_article_gets_another_title_and_slug(room):
    room.articles["nets_ru"].title = "Девять сетей и кошки"
    room.articles["nets_ru"].slug = "cats"
    room.write("nets_ru")


@run("2026-03-06T09:00:00Z", changed="choir")
def an_article_moves_to_another_section(room):
    room.rename("choir", "en/culture/choir.md")


@run("2026-03-07T09:00:00Z", new="bell_ru", changed="bell")
def an_article_is_translated(room):
    room.articles["bell_ru"] = Article(
        "ru/harbour/bell.md",
        "Колокол звонил сам",
        "2026-03-07T08:00:00Z",
        "В пятницу старый колокол звонил целый час: верёвку нашёл тюлень.",
    )
    room.write("bell_ru")


@run("2026-03-08T09:00:00Z", new="tide")
def an_embargo_ends(room):
    pass


@run("2026-03-10T09:00:00Z", gone="dredging")
def an_article_expires(room):
    pass


@run("2026-03-11T09:00:00Z", gone="postcards_ru")
def an_article_is_withdrawn(room):
    room.articles["postcards_ru"].more["withdrawn"] = "true"
    room.write("postcards_ru")


@run("2026-03-12T09:00:00Z", back="postcards_ru", updated="postcards_ru")
def the_withdrawn_article_is_restored(room):
    del room.articles["postcards_ru"].more["withdrawn"]
    room.write("postcards_ru")
    # subscribers learn when it came back
    room.articles["postcards_ru"].updated = "2026-03-12T09:00:00Z"


@run("2026-03-13T09:00:00Z", status=1)
def a_file_is_half_saved(room):
    room.half_save("bell")


@run("2026-03-13T10:00:00Z", changed="bell")
def the_file_is_mended(room):
    room.articles["bell"].text = (
        "At high water on Friday the harbour bell rang for two hours. A seal had found the rope."
    )
    room.write("bell")


@run("2026-03-14T09:00:00Z", new="pier", gone="lamp")
def one_article_is_deleted_and_one_is_new(room):
    room.remove("lamp")
    room.articles["pier"] = Article(
        "en/news/pier.md",
        "The north pier is measured again",
        "2026-03-14T08:00:00Z",
        "It is ninety-four metres long, which is one metre more than last year. Nobody has built anything.",
    )
    room.write("pier")


EVERYTHING = "ferry choir bell seals library ferry_ru nets_ru postcards_ru bell_ru tide pier"


@run("2026-03-16T09:00:00Z", changed=EVERYTHING)
def the_site_gets_another_title_and_other_addresses(room):
    room.title = {"en": "The Skerry Lantern", "ru": "Фонарь на шхере"}
    room.permalink = "/{edition}/{section}/{slug}/"


@run("2026-03-16T10:00:00Z")
def the_index_is_lost(room):
    room.lose("index*", "last-good")


@run("2026-03-17T09:00:00Z")
def the_ledger_is_lost(room):
    room.lose("*")


@run("2026-03-18T09:00:00Z", changed="bell seals bell_ru nets_ru")
def the_folder_of_a_section_moves(room):
    room.rename_section("harbour", "port")


@run("2026-03-19T09:00:00Z", new="mail_ru", status=1)
def half_of_the_articles_are_not_there(room):
    room.take_away("en")
    room.articles["mail_ru"] = Article(
        "ru/news/mail.md",
        "Почта пришла по воде",
        "2026-03-19T07:00:00Z",
        "Почтальон доставил письма на лодке и расписался веслом.",
    )
    room.write("mail_ru")


@run("2026-04-20T09:00:00Z", new="spring")
def they_are_back_and_spring_has_come(room):
    room.bring_back("en")
    room.articles["spring"] = Article(
        "en/culture/spring.md",
        "The boathouse concert is sold out",
        "2026-04-20T08:00:00Z",
        "All thirty chairs are taken. Those who come by boat may listen from the water.",
    )
    room.write("spring")
