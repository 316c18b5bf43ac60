"""Topics: posted from the programme or new, in several languages, read in one's own."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from companion.db import Database
from companion.i18n.wordings import NO_WORDINGS
from companion.people.models import Person
from companion.sessions import topics
from companion.sessions.models import Topic
from tests.cast import Cast
from tests.conftest import Browser
from tests.sessions.conftest import post_topic
from tests.wordings import put, said


def _post(browser: Browser, cast: Cast, **fields: str) -> Any:
    dashed = {name.replace("_", "-"): value for name, value in fields.items()}
    return browser.post_form(f"/sessions/{cast.session_id}/topics", dashed)


def _kept(database: Database, topic_id: UUID) -> list[tuple[str, str, str]]:
    with database.reading() as db:
        topic = db.get_one(Topic, topic_id, options=[selectinload(Topic.texts)])
        return [(text.language, text.title, text.text) for text in topic.texts]


def test_a_facilitator_posts_in_two_languages_and_each_reads_her_own(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)
    posted = _post(
        browser, cast, title_nl="Slaap", text_nl="*Rust*", title_en="Sleep", text_en="**Rest**"
    )
    assert posted.status_code == 303

    browser.sign_in(cast.amina.token)
    english = browser.get(posted.headers["location"]).text
    browser.sign_in(cast.beatriz.token)
    dutch = browser.get(posted.headers["location"]).text

    assert '<article class="card" lang="en" dir="ltr">' in english
    assert '<h2 dir="auto">Sleep</h2>' in english
    assert "<strong>Rest</strong>" in english
    assert '<article class="card" lang="nl" dir="ltr">' in dutch
    assert "<em>Rust</em>" in dutch


def test_the_other_languages_are_one_tap_away(
    browser: Browser, database: Database, cast: Cast
) -> None:
    topic_id = post_topic(database, cast.session_id, nl="Slaap", en="Sleep", ar="النوم")
    browser.sign_in(cast.amina.token)

    page = browser.get(f"/topics/{topic_id}?language=ar").text

    assert '<article class="card" lang="ar" dir="rtl">' in page
    assert "النوم" in page
    assert f'href="/topics/{topic_id}?language=nl" lang="nl"' in page
    assert f'href="/topics/{topic_id}?language=en" lang="en"' in page


def test_without_her_language_she_reads_english_and_without_that_the_first(
    browser: Browser, database: Database, cast: Cast
) -> None:
    both = post_topic(database, cast.session_id, nl="Slaap", en="Sleep")
    neither = post_topic(database, cast.session_id, nl="Slaap", fr="Le sommeil")
    with database.writing.begin() as db:
        db.execute(update(Person).where(Person.id == cast.amina.id).values(language="sq"))
    browser.sign_in(cast.amina.token)

    assert 'lang="en" dir="ltr">\n<h2' in browser.get(f"/topics/{both}").text
    assert 'lang="nl" dir="ltr">\n<h2' in browser.get(f"/topics/{neither}?language=xx").text


def test_a_language_left_empty_is_left_out(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)
    topic_id = uuid4()

    _post(browser, cast, id=str(topic_id), title_nl=" ", text_nl="", title_en=" Two   words ")

    assert _kept(database, topic_id) == [("en", "Two words", "")]


def test_a_topic_can_start_from_the_programme(
    browser: Browser, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "look_up", _dutch_only)
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/sessions/{cast.session_id}/topics/new?theme=1").text

    assert 'name="title-nl" type="text" value="Veelvoorkomende kwalen"' in page
    assert 'name="title-en" type="text" value="Common discomforts"' in page
    assert '<input type="hidden" name="theme" value="1">' in page
    posted = _post(browser, cast, theme="1", title_en="Common discomforts")
    with database.reading() as db:
        topic_id = UUID(posted.headers["location"].removeprefix("/topics/"))
        assert db.get_one(Topic, topic_id).theme == "Common discomforts"
    page = browser.get(f"/sessions/{cast.session_id}").text
    assert "topics/new?theme=0" in page
    assert "topics/new?theme=1" not in page


def _dutch_only(sentence: Any, code: str, drafts: bool, wordings: Any) -> tuple[str, str]:
    return ("Veelvoorkomende kwalen", "nl") if code == "nl" else (sentence.message, "en")


def test_a_topic_from_the_programme_is_in_the_pilots_own_words(
    browser: Browser, database: Database, cast: Cast
) -> None:
    theme, dutch = "Common discomforts", "Kwaaltjes"
    put(database, said(theme, dutch, code="nl", domain="programme"))
    put(database, said(theme, "Aches and pains", domain="programme"))
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/sessions/{cast.session_id}/topics/new?theme=1").text

    assert f'name="title-nl" type="text" value="{dutch}"' in page
    assert 'name="title-en" type="text" value="Aches and pains"' in page


def test_a_language_without_words_for_a_theme_is_not_given_english_ones(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)
    written = topics.from_theme("No such theme at all", ["sq", "en"], NO_WORDINGS, drafts=True)

    assert [each.title for each in written] == ["", "No such theme at all"]


@pytest.mark.parametrize("theme", ["7", "-1", "x", "9" * 5000, ""])
def test_an_unknown_theme_starts_an_empty_topic(browser: Browser, cast: Cast, theme: str) -> None:
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/sessions/{cast.session_id}/topics/new", params={"theme": theme})

    assert page.status_code == 200
    assert 'name="theme"' not in page.text


def test_a_script_in_a_topic_is_shown_as_text(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)
    script = "<script>alert(1)</script>"
    posted = _post(browser, cast, title_en=script, text_en=f"{script} [tap](javascript:alert(2))")

    page = browser.get(posted.headers["location"]).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;</h2>" in page
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; [tap](javascript:alert(2))</p>" in page
    assert "<script>" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Write a title in one language at least."),
        ({"text_en": "Text alone"}, "Write a title for this text."),
        ({"title_en": "x" * 121}, "Write at most 120 characters."),
        ({"title_en": "Long", "text_en": "x" * 8001}, "Write at most 8000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(
    browser: Browser, database: Database, cast: Cast, fields: dict[str, str], sentence: str
) -> None:
    browser.sign_in(cast.chipo.token)
    topic_id = str(uuid4())

    answer = _post(browser, cast, id=topic_id, theme="1", **fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(value in answer.text for value in fields.values())
    assert f'name="id" value="{topic_id}"' in answer.text
    assert 'name="theme" value="1"' in answer.text
    assert _count(database) == 0


def _count(database: Database) -> int | None:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Topic))


def test_a_topic_sent_twice_is_one_topic(browser: Browser, database: Database, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)
    topic_id = str(uuid4())

    answers = [_post(browser, cast, id=topic_id, title_en="Sleep") for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == [f"/topics/{topic_id}"] * 2
    assert _count(database) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"title_en": "Sleep", "text_en": "Rest more"},
        {"title_en": "Sleep", "text_en": "Rest", "title_nl": "Slaap"},
        {"title_nl": "Sleep", "text_nl": "Rest"},
    ],
)
def test_the_same_form_with_something_else_is_refused_and_then_a_new_topic(
    browser: Browser, database: Database, cast: Cast, other: dict[str, str]
) -> None:
    browser.sign_in(cast.chipo.token)
    first = uuid4()
    _post(browser, cast, id=str(first), title_en="Sleep", text_en="Rest")

    answer = _post(browser, cast, id=str(first), theme="1", **other)

    assert answer.status_code == 422
    assert "This was saved before, with something else in it." in answer.text
    assert all(value in answer.text for value in other.values())
    assert 'name="theme" value="1"' in answer.text
    (fresh,) = re.findall(r'name="id" value="([^"]+)"', answer.text)
    assert _post(browser, cast, id=fresh, **other).headers["location"] == f"/topics/{fresh}"
    assert _kept(database, first) == [("en", "Sleep", "Rest")]
    assert {title for _, title, _ in _kept(database, UUID(fresh))} <= {*other.values()}


def test_the_id_of_another_groups_topic_is_not_found(
    browser: Browser, database: Database, cast: Cast
) -> None:
    topic_id = post_topic(database, cast.other_session_id, en="Theirs")
    browser.sign_in(cast.chipo.token)

    assert _post(browser, cast, id=str(topic_id), title_en="Mine").status_code == 404
    assert _kept(database, topic_id)[0][1] == "Theirs"


def test_a_topic_changes_in_its_languages(browser: Browser, database: Database, cast: Cast) -> None:
    topic_id = post_topic(database, cast.session_id, nl="Slaap", fr="Le sommeil")
    browser.sign_in(cast.chipo.token)
    form = browser.get(f"/topics/{topic_id}/change").text
    assert all(f'name="title-{code}"' in form for code in ("nl", "en", "fr"))

    fields = {"title-nl": "Goed slapen", "text-nl": "Rust", "title-en": "Sleep", "title-fr": ""}
    answer = browser.post_form(f"/topics/{topic_id}/change", fields)

    assert answer.headers["location"] == f"/topics/{topic_id}"
    assert _kept(database, topic_id) == [("nl", "Goed slapen", "Rust"), ("en", "Sleep", "")]


def test_a_change_that_empties_a_topic_is_refused(
    browser: Browser, database: Database, cast: Cast
) -> None:
    topic_id = post_topic(database, cast.session_id, nl="Slaap")
    browser.sign_in(cast.chipo.token)

    answer = browser.post_form(f"/topics/{topic_id}/change", {"title-nl": ""})

    assert answer.status_code == 422
    assert _kept(database, topic_id)[0][1] == "Slaap"


def test_erasing_asks_once_and_then_really_erases(
    browser: Browser, database: Database, cast: Cast
) -> None:
    topic_id = post_topic(database, cast.session_id, nl="Slaap", en="Sleep")
    browser.sign_in(cast.chipo.token)
    assert "Erase this topic?" in browser.get(f"/topics/{topic_id}/erasures").text

    answer = browser.post_form(f"/topics/{topic_id}/erasures")

    assert answer.headers["location"] == f"/sessions/{cast.session_id}"
    assert _count(database) == 0
    assert browser.get(f"/topics/{topic_id}").status_code == 404


@pytest.mark.parametrize("name", ["amina", "femi", "chipo"])
def test_everybody_in_the_group_reads(
    browser: Browser, database: Database, cast: Cast, name: str
) -> None:
    topic_id = post_topic(database, cast.session_id, en="Sleep")
    browser.sign_in(getattr(cast, name).token)

    assert browser.get(f"/topics/{topic_id}").status_code == 200


@pytest.mark.parametrize("name", ["dewi", "gita", "hana", "edon"])
def test_nobody_else_reads(browser: Browser, database: Database, cast: Cast, name: str) -> None:
    topic_id = post_topic(database, cast.session_id, en="Sleep")
    browser.sign_in(getattr(cast, name).token)

    assert browser.get(f"/topics/{topic_id}").status_code == 404


@pytest.mark.parametrize("name", ["amina", "femi", "dewi", "gita", "hana", "edon"])
def test_only_facilitators_of_the_group_write(
    browser: Browser, database: Database, cast: Cast, name: str
) -> None:
    topic_id = post_topic(database, cast.session_id, en="Sleep")
    browser.sign_in(getattr(cast, name).token)

    assert browser.get(f"/sessions/{cast.session_id}/topics/new").status_code == 404
    assert _post(browser, cast, title_en="Mine").status_code == 404
    for act in ("change", "erasures"):
        assert browser.get(f"/topics/{topic_id}/{act}").status_code == 404
        answer = browser.post_form(f"/topics/{topic_id}/{act}", {"title-en": "Mine"})
        assert answer.status_code == 404
    assert _kept(database, topic_id)[0][1] == "Sleep"
