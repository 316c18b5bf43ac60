"""A loss: one gentle switch, and no word or picture of a pregnancy or a baby reaches her again."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from companion import clock
from companion.app import Companion
from companion.db import Database
from companion.journeys import scopes
from companion.journeys.models import Child, Journey, State
from companion.sessions.models import GroupSession, Question, Topic, TopicText
from tests.cast import Cast, Player
from tests.conftest import Browser

# What would hurt: the words for a pregnancy, a birth, a child and a parent, and the count of weeks.
# Not "midwife": she may need hers now. Not "belly": where it hurts, she must be able to say.
FORBIDDEN = re.compile(
    r"""pregnan | \bbab(y|ies) | birth | \bborn\b | newborn | child | infant | toddler | \bdue\b
      | womb | uter(us|ine) | f(o?)etal | f(o?)etus | labour | contraction | trimester
      | ultrasound | expecting | deliver(y|ed) | breast | feeding | mother | \bmum | parent
      | \bgirl | \bboy\b | \bSam\b | \d+\s*weeks?\b | \bbump\b | antenatal | postnatal""",
    re.VERBOSE | re.IGNORECASE,
)
# The drawings beside words say by their names when they show a belly or a baby.
PICTURES = re.compile(
    r"<img|<image|<picture|<video|<svg(?![^>]*class=\"(icon|qr|chart|line|picture)\b)"
    r"|<use [^>]*#(baby|belly)-"
)
TAG = re.compile(r"<[^>]*?(?:(?:title|alt|aria-label|placeholder)=\"([^\"]*)\")?[^>]*>")
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')


def addresses(app: Companion) -> set[str]:
    """Every address of the application that needs nothing filled in."""
    return {
        route.path
        for route in app.routes
        if "GET" in getattr(route, "methods", ()) and "{" not in route.path
    }


def pages(browser: Browser, start: set[str]) -> dict[str, str]:
    """Every page that can be reached from these addresses by following links."""
    seen: dict[str, str] = {}
    waiting = start | {"/nothing-here"}
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        assert answer.status_code < 500, address
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        seen[address] = answer.text if is_page else ""
        links = {unescape(link) for link in LINK.findall(seen[address])}
        waiting |= {link for link in links if not link.startswith("/static/")} - seen.keys()
    return seen


def shown(html: str) -> str:
    """What a page says, to the eye and to a screen reader, and what its fields hold."""
    values = " ".join(re.findall(r'value="([^"]*)"', html))
    return unescape(TAG.sub(lambda tag: f" {tag.group(1) or ''} ", html) + values)


def what_would_hurt(found: dict[str, str]) -> list[str]:
    hurting = [
        f"{address}: …{said[max(0, hit.start() - 40) : hit.end() + 20]}…"
        for address, said in ((address, shown(html)) for address, html in found.items())
        for hit in FORBIDDEN.finditer(said)
    ]
    return hurting + [f"{address}: picture" for address in found if PICTURES.search(found[address])]


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The addresses whose page is not what it was, but for the ids that a form is given anew."""
    fresh = re.compile(r'(?<=value=")[0-9a-f-]{36}(?=")')
    both = before.keys() & after.keys()
    return {each for each in both if fresh.sub("", before[each]) != fresh.sub("", after[each])} | (
        before.keys() ^ after.keys()
    )


@pytest.fixture
def full_house(database: Database, cast: Cast) -> set[str]:
    """The group's path is full of such words: themes, a topic, a question. What comes back are
    addresses that she may still have in her browser."""
    with database.writing.begin() as db:
        session = db.get_one(GroupSession, cast.session_id)
        session.themes = ["Giving birth", "Your baby's first weeks"]
        session.checks = ["blood-pressure", "weight", "fundal-height", "fetal-heart-rate"]
        db.add(topic := Topic(session_id=session.id, theme="Giving birth", posted_at=clock.now()))
        db.flush()
        words = {"title": "Your baby at 30 weeks", "text": "How a *newborn* sleeps"}
        db.add(TopicText(topic_id=topic.id, language="en", position=0, **words))
        question = Question(
            session_id=session.id, asked_by_id=cast.beatriz.id, asked_at=clock.now()
        )
        question.text = "Does your baby kick too?"
        db.add(question)
        return {f"/topics/{topic.id}", "/record/a6", "/record/a7", "/record/a8"}


def lose(browser: Browser, player: Player) -> Any:
    browser.sign_in(player.token)
    return browser.post_form("/journey/changes")


def journey(database: Database, player: Player) -> Journey:
    with database.reading() as db:
        found = scopes.current(db, player.id)
        assert found
        return found


def ask(browser: Browser, wanted: str) -> Any:
    return browser.post_form("/journey/calls", {"wanted": wanted})


def spare(browser: Browser, wanted: str) -> Any:
    return browser.post_form("/journey/sparings", {"wanted": wanted})


@pytest.mark.parametrize("who", ["amina", "femi"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_no_page_says_a_word_of_it(
    browser: Browser, app: Companion, cast: Cast, full_house: set[str], who: str, when: str
) -> None:
    browser.sign_in(cast.amina.token)
    if when == "after":
        browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20", "name_1": "Sam"})
    lose(browser, cast.amina)
    if who == "femi":
        spare(browser, "yes")
    browser.sign_in(getattr(cast, who).token)

    found = pages(browser, addresses(app) | full_house)

    assert len(found) > 10
    assert what_would_hurt(found) == []


def test_the_words_are_there_for_everybody_else(
    browser: Browser, app: Companion, cast: Cast, full_house: set[str]
) -> None:
    browser.sign_in(cast.amina.token)

    hurting = what_would_hurt(pages(browser, addresses(app) | full_house))

    assert any(line.startswith("/journey:") for line in hurting)


def test_the_switch_changes_the_journey_at_once(
    browser: Browser, cast: Cast, database: Database
) -> None:
    answers = [lose(browser, cast.amina) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == ["/journey", "/journey"]
    ended = journey(database, cast.amina)
    assert (ended.state, str(ended.since_on)) == (State.ENDED, "2026-11-22")


def test_who_never_told_a_date_can_use_it_too(
    browser: Browser, cast: Cast, database: Database
) -> None:
    lose(browser, cast.beatriz)

    assert journey(database, cast.beatriz).state == State.ENDED
    browser.post_form("/journey/returns")
    assert journey(database, cast.beatriz).state == State.EXPECTING
    assert browser.get("/journey").status_code == 200


def test_the_way_to_it_stands_on_the_page_and_not_first(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/journey").text

    way = page.index("/journey/change")
    assert page.index("11 March 2027") < page.index("/journey/arrivals") < way
    assert "your baby’s life has ended" not in page
    assert "your baby’s life has ended" in browser.get("/journey/change").text


def test_its_forms_are_gone_afterwards(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20", "name_1": "Sam"})
    with database.reading() as db:
        child = f"/journey/of/{db.scalar(select(Child.id))}"
    lose(browser, cast.amina)

    gone = ["/journey/change", "/journey/arrivals", child]

    assert {browser.get(address).status_code for address in gone} == {404}
    posts = {"/journey": {"due_on": "2027-03-11"}, "/journey/arrivals": {"born_on_1": "2026-11-20"}}
    answers = [browser.post_form(to, fields) for to, fields in [*posts.items(), (child, {})]]
    assert {answer.status_code for answer in answers} == {404}
    assert journey(database, cast.amina).state == State.ENDED


@pytest.mark.parametrize(
    ("born", "state"), [(False, State.EXPECTING), (True, State.BORN)], ids=["before", "after"]
)
def test_a_mistake_is_taken_back(
    browser: Browser, cast: Cast, database: Database, born: bool, state: State
) -> None:
    browser.sign_in(cast.amina.token)
    if born:
        browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20"})
    lose(browser, cast.amina)
    ask(browser, "yes")
    spare(browser, "yes")

    answers = [browser.post_form("/journey/returns") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    back = journey(database, cast.amina)
    assert (back.state, back.wants_call_at, back.spares_beside) == (state, None, False)
    assert browser.get("/journey/arrivals").status_code == 200


def test_she_asks_to_be_called_and_takes_it_back(
    browser: Browser, cast: Cast, database: Database
) -> None:
    lose(browser, cast.amina)

    assert [ask(browser, "yes").status_code for _ in range(2)] == [303, 303]
    assert journey(database, cast.amina).wants_call_at == clock.now()
    assert "you would like a call" in browser.get("/journey").text
    ask(browser, "no")
    assert journey(database, cast.amina).wants_call_at is None
    assert "Please call me" in browser.get("/journey").text


def test_htmx_gets_the_card_about_the_call_alone(browser: Browser, cast: Cast) -> None:
    lose(browser, cast.amina)
    asked = {"hx-request": "true", "hx-target": "section#call"}

    part = browser.get("/journey", headers=asked).text.strip()

    assert part.startswith('<section class="card" id="call">')
    assert "Leave quickly" not in part


@pytest.mark.parametrize("who", ["amina", "femi", "beatriz"])
def test_htmx_gets_a_page_where_there_is_no_such_card(
    browser: Browser, cast: Cast, who: str
) -> None:
    lose(browser, cast.beatriz if who == "amina" else cast.amina)
    if who == "femi":
        spare(browser, "yes")
    browser.sign_in(getattr(cast, who).token)
    asked = {"hx-request": "true", "hx-target": "section#call"}

    page = browser.get("/journey", headers=asked)

    assert page.status_code == 200
    assert 'id="call"' not in page.text


def test_only_after_a_loss_can_she_ask_for_a_call(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)

    assert ask(browser, "yes").status_code == 404
    assert journey(database, cast.amina).wants_call_at is None


@pytest.mark.parametrize("who", ["femi", "beatriz", "chipo"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_nobody_else_notices_on_any_page(
    browser: Browser, app: Companion, cast: Cast, full_house: set[str], who: str, when: str
) -> None:
    browser.sign_in(cast.amina.token)
    if when == "after":
        browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20", "name_1": "Sam"})
    browser.sign_in(getattr(cast, who).token)
    start = addresses(app) | full_house
    before = pages(browser, start)

    lose(browser, cast.amina)
    browser.sign_in(getattr(cast, who).token)

    assert changed(before, pages(browser, start)) == set()
    assert "Your baby at 30 weeks" in "".join(before.values())


def test_who_stands_beside_her_is_spared_when_she_says_so(
    browser: Browser, app: Companion, cast: Cast, full_house: set[str]
) -> None:
    browser.sign_in(cast.femi.token)
    before = pages(browser, addresses(app) | full_house)
    lose(browser, cast.amina)
    assert [spare(browser, "yes").status_code for _ in range(2)] == [303, 303]
    hers = browser.get("/journey").text
    assert "sees dates and places only" in hers
    assert what_would_hurt({"/journey": hers}) == []

    browser.sign_in(cast.femi.token)
    page = browser.get("/journey").text
    assert "There is nothing to write down here at the moment." in page
    assert "sorry" not in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]

    browser.sign_in(cast.amina.token)
    spare(browser, "no")
    browser.sign_in(cast.femi.token)
    assert changed(before, pages(browser, addresses(app) | full_house)) == set()


def test_who_stands_beside_her_can_undo_nothing(
    browser: Browser, cast: Cast, database: Database
) -> None:
    lose(browser, cast.amina)
    spare(browser, "yes")
    ended = str(journey(database, cast.amina).id)
    browser.sign_in(cast.femi.token)

    assert spare(browser, "no").status_code == 404
    assert browser.post_form("/journey/beginnings", {"of": ended}).status_code == 404
    browser.post_form("/journey/returns")

    still = journey(database, cast.amina)
    assert (str(still.id), still.state, still.spares_beside) == (ended, State.ENDED, True)


def test_a_loss_of_ones_own_is_told_to_oneself_alone(browser: Browser, cast: Cast) -> None:
    lose(browser, cast.femi)

    assert "We are very sorry" in browser.get("/journey").text
    browser.sign_in(cast.amina.token)
    assert "11 March 2027" in browser.get("/journey").text


def test_only_after_a_loss_is_anybody_spared(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)

    assert spare(browser, "yes").status_code == 404
    assert not journey(database, cast.amina).spares_beside
