"""Every journey on a phone without scripts, by the links and forms of the pages alone."""

from collections.abc import Callable

import pytest

from tests.cast import Cast, Player
from tests.conftest import Browser
from tests.people.conftest import PIN, WRONG
from tests.plain_phone import PlainPhone

Lend = Callable[..., PlainPhone]


@pytest.fixture
def lend(browser: Browser) -> Lend:
    def make(player: Player | None = None) -> PlainPhone:
        phone = PlainPhone(browser)
        if player:
            phone.sign_in(player.token)
            phone.open("/")
        return phone

    return make


def _join(imani: PlainPhone, chipo: PlainPhone) -> None:
    chipo.open("/")
    chipo.follow("Invite")
    chipo.press("Make the invitation", {"way": "card"})
    imani.open("/")
    imani.follow("I have an invitation")
    fields = {"code": chipo.one("p", "code"), "name": "Imani", "language": "en"}
    imani.press("Join", {**fields, "name": ""})
    assert imani.status == 422
    assert imani.says("Write the name")
    imani.press("Join", fields)
    assert imani.says("Our next session")


def test_she_joins_and_keeps_her_record(cast: Cast, lend: Lend) -> None:
    imani = lend()
    _join(imani, lend(cast.chipo))

    imani.follow("Blood pressure")
    imani.press("Save", {"systolic": "118"})
    assert imani.status == 422
    imani.press("Save", {"diastolic": "74"})
    assert imani.says("118 / 74")
    imani.follow("Correct")
    imani.press("Save", {"diastolic": "76"})
    assert imani.says("118 / 76")
    imani.follow("Erase")
    imani.press("Yes, erase it")
    assert not imani.says("118")
    imani.follow("My record")
    imani.follow("Weight")
    imani.press("Save", {"weight": "685"})
    assert imani.status == 422
    imani.press("Write 68.5 kg")
    assert imani.says("68.5 kg")


def test_she_answers_asks_and_reads(cast: Cast, lend: Lend) -> None:
    amina, chipo = lend(cast.amina), lend(cast.chipo)
    chipo.follow("Post a topic")
    chipo.press("Post", {"title-en": "Sleeping well", "text-en": "A **pillow** helps."})

    amina.press("I am coming")
    assert amina.says("You are coming.")
    amina.open("/")
    amina.press("I can’t")
    assert amina.says("You cannot come.")
    amina.follow("Sleeping well")
    assert amina.says("A pillow helps.")
    amina.follow("Sessions")
    amina.follow("Open this session")
    amina.press("Keep this question", {"question": "Is coffee fine?", "named": True})
    amina.open(amina.address)
    assert amina.says("Is coffee fine?")
    amina.press("Take back")
    amina.open(amina.address)
    assert not amina.says("Is coffee fine?")
    amina.press("Save", {"note": "Ask for the list"})
    assert amina.says("Saved.")
    assert amina.says("Ask for the list")


def _agree(chipo: PlainPhone, *others: PlainPhone) -> None:
    chipo.follow("Chat")
    chipo.follow("Write our agreement")
    chipo.press("Save", {"text": "What is said here stays here."})
    for phone in others:
        phone.follow("Chat")
        phone.press("Yes, I will keep to this")


def test_they_talk_and_a_report_is_answered(cast: Cast, lend: Lend) -> None:
    amina, chipo, imani = lend(cast.amina), lend(cast.chipo), lend()
    _join(imani, chipo)
    _agree(chipo, amina, imani)

    amina.press("Send", {"text": "Good morning"})
    imani.follow("Show new messages")
    imani.follow("More about this message")
    imani.follow("Reply")
    imani.press("Send", {"text": "And to you"})
    imani.follow("More about this message")
    imani.press("Heart")
    assert imani.says("❤️ 1")
    amina.follow("Show new messages")
    assert amina.says("And to you")
    imani.follow("More about this message")
    imani.press("Tell the facilitators", {"reason": "unkind", "more": "It is early."})
    imani.follow("More about this message")
    assert imani.says("You have reported this message.")
    chipo.open("/")
    chipo.follow("1 report waits for you")
    assert chipo.says("It is early.")
    chipo.press("Hide it")
    imani.follow("Chat")
    assert imani.says("Hidden by a facilitator.")


def test_she_settles_what_is_hers_and_leaves(cast: Cast, lend: Lend) -> None:
    amina = lend(cast.amina)
    amina.follow("More")
    amina.press("Change text size", {"size": "largest"})
    assert amina.page.get("data-text") == "largest"
    amina.follow("My name")
    amina.press("Save", {"name": "Mina"})
    assert amina.says("You are Mina here.")
    amina.follow("Reminders")
    assert amina.says("Opera Mini has no reminders.")
    amina.follow("Name and picture")
    amina.press("Save", {"look": "lists"})
    assert amina.page.findtext("head/title") == "Lists"
    amina.follow("Put it on my home screen")
    assert amina.says("It will be called “Lists”.")
    assert amina.says("This browser cannot do it.")
    amina.open("/reminders")
    amina.follow("My own reminders")
    amina.press("Keep this reminder", {"text": "My iron pills", "at": "9:00"})
    assert amina.says("My iron pills")
    amina.open("/more")
    amina.follow("My spare key")
    amina.press("Make a new spare key")

    other = lend()
    other.open("/")
    other.follow("I have a spare key")
    other.press("Sign in", {"code": amina.one("p", "code")})
    other.follow("More")
    assert other.says("You are Mina here.")
    other.follow("My devices")
    assert other.says("This one")
    amina.open("/groups")
    amina.follow("Leave this group")
    amina.press("Yes, leave the group")
    amina.follow("More")
    amina.follow("Leave Companion")
    amina.press("Yes, leave Companion")
    assert amina.says("I have an invitation")


def test_her_baby_is_here_and_somebody_stands_beside_her(cast: Cast, lend: Lend) -> None:
    amina = lend(cast.amina)
    amina.follow("More")
    amina.follow("My journey")
    amina.follow("My baby is here")
    amina.press("Save", {"born_on_1": "2027-11-20"})
    assert amina.status == 422
    amina.press("Save", {"born_on_1": "2026-11-20", "name_1": "Sam"})
    amina.open("/record")
    amina.follow("Sam")
    amina.follow("Weight")
    amina.press("Save", {"weight": "3.1"})
    assert amina.says("3.1 kg")
    amina.open("/beside")
    amina.press("End it")
    assert not amina.says("Femi")


def test_it_has_ended_and_everything_that_speaks_of_it_is_gone(cast: Cast, lend: Lend) -> None:
    amina = lend(cast.amina)
    amina.follow("More")
    amina.follow("My journey")
    amina.follow("Something has changed")
    amina.press("Yes, this has happened")
    amina.press("Please call me")
    assert amina.says("Your facilitators see that you would like a call.")
    chipo = lend(cast.chipo)
    chipo.press("I have called")
    amina.open("/call")
    assert not amina.says("baby")
    amina.open("/journey")
    amina.press("Show everything again")
    amina.open("/")
    assert amina.says("weeks")


def test_she_locks_her_phone_and_what_she_sent_meanwhile_waits(cast: Cast, lend: Lend) -> None:
    amina = lend(cast.amina)
    amina.follow("More")
    amina.follow("Lock")
    amina.press("Save", {"pin": PIN, "pin_again": WRONG})
    assert amina.status == 422
    amina.press("Save", {"pin": PIN, "pin_again": PIN})
    amina.open("/name")
    form = amina.page
    amina.open("/lock")
    amina.press("Lock now")
    amina.page = form
    amina.press("Save", {"name": "Mina"})
    assert amina.says("What you wrote is kept.")
    amina.press("Go on", {"pin_now": WRONG})
    assert amina.says("This is not the PIN.")
    amina.press("Go on", {"pin_now": PIN})
    assert amina.says("Mina")
    amina.press("Send it now")
    assert amina.says("You are Mina here.")


def test_a_coordinator_starts_a_group(cast: Cast, lend: Lend) -> None:
    edon = lend(cast.edon)
    edon.follow("More")
    edon.follow("Sites")
    edon.follow("Add a site")
    edon.press("Save", {"name": "Clinic two", "label1": "Midwife", "number1": "070 765 4321"})
    assert edon.says("Clinic two")
    edon.open("/")
    edon.follow("Start a group")
    fields = {"name": "Spring group", "due_month": "2027-05", "languages": "en"}
    edon.press("Start the group", {**fields, "facilitators": str(cast.chipo.id)})
    edon.press("Show the dates", {"weekday": "3", "at": "10:00"})
    edon.press("Plan these sessions")
    assert edon.says("Session 10")
    edon.follow("Group")
    edon.follow("The group’s own numbers")
    edon.press("Save", {"label1": "Chipo", "number1": "070 111 2222"})
    edon.follow("Invite a facilitator")
    edon.press("Make the invitation")
    assert edon.one("p", "code")


def test_a_coordinator_changes_words_and_the_pack(cast: Cast, lend: Lend) -> None:
    edon = lend(cast.edon)
    edon.follow("More")
    edon.follow("Words")
    edon.follow("English")
    edon.press("Show", {"q": "My devices"})
    edon.follow("My devices")
    edon.press("Save as reviewed", {"form0": "My phones"})
    edon.open("/more")
    assert edon.says("My phones")
    edon.open("/words/en")
    edon.follow("As files")
    po = edon.bytes_at("companion.po").replace(b'"My phones"', b'"My telephones"')
    edon.press("Look what would change", files={"file": ("en.po", po, "text/plain")})
    edon.press("Use this text")
    edon.open("/more")
    assert edon.says("My telephones")
    edon.follow("Content pack")
    pack = edon.bytes_at("Save the file")
    edon.press("Look what would change", files={"file": ("nl.zip", pack, "application/zip")})
    assert edon.says("Nothing would change.")
    edon.press("Approve the safety card", {"name": "Dr Edona"})
    edon.follow("Adaptations")
    edon.press("Save", {"depth": "deep", "what": "Grandmothers come too.", "why": "They decide."})
    assert edon.says("Grandmothers come too.")


def test_a_browser_that_hides_where_it_comes_from_is_told_so_kindly(cast: Cast, lend: Lend) -> None:
    amina = lend(cast.amina)
    amina.open("/name")
    amina.address = ""

    amina._go("POST", "/name", data={"name": "Mina"})

    assert amina.status == 403
    assert amina.says("Mina")
    assert amina.says("your browser hides where it came from")
