"""Who comes is reminded of what is to come; who goes is reminded of nothing any more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.db import Database
from companion.groups import actions as groups
from companion.groups import goodbyes
from companion.groups.models import Membership
from companion.notifications import outbox
from companion.notifications.models import PushSubscription
from companion.people import actions as people
from companion.people.models import Role
from companion.sessions import actions as sessions
from tests.cast import Cast, Player
from tests.reminders.conftest import Act, Doorbell, on, waiting, whose, whys, written


def _leave_group(act: Act, cast: Cast, player: Player) -> None:
    hers = select(Membership.id).where(Membership.person_id == player.id)

    def leave(db: Session) -> None:
        goodbyes.leave(db, player.reader, cast.group_id, db.scalars(hers).one())

    act(leave)


def test_who_comes_later_is_reminded_of_what_is_still_to_come(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.dewi)

    act(groups.add_member, cast.group_id, cast.dewi.id, Role.PARTICIPANT)

    rang = doorbell.ring_until(on(30))
    assert {each.about_id for each in rang} == {cast.session_id, cast.other_session_id}
    assert len(rang) == 4


def test_who_leaves_the_group_and_her_partner_hear_nothing_more(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina, cast.femi)

    _leave_group(act, cast, cast.amina)
    assert waiting(database, cast.amina, cast.femi) == []
    act(sessions.cancel, cast.chipo.reader, cast.session_id)

    assert doorbell.ring_until(on(30)) == []
    hers = written(database, cast.amina, cast.femi)
    assert whys(hers) == [("cancelled", "changed")] * 4


def test_who_goes_in_the_night_hears_nothing_in_the_morning(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina, cast.beatriz)
    doorbell.ring_until(on(22, 22))
    act(sessions.cancel, cast.chipo.reader, cast.session_id)

    _leave_group(act, cast, cast.amina)

    assert whose(cast, doorbell.ring_until(on(30))) == ["Beatriz"]
    assert ("cancelled", "gone") in whys(written(database, cast.amina))


def test_a_partner_goes_with_her_who_leaves_companion(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina, cast.femi)

    act(people.leave, cast.amina.reader)

    assert set(whys(written(database, cast.amina))) == {("cancelled", "left")}
    assert waiting(database, cast.femi) != []
    assert doorbell.ring_until(on(30)) == []
    assert set(whys(written(database, cast.femi))) == {("cancelled", "gone")}


def test_of_who_left_companion_no_phone_is_known_any_more(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina, cast.beatriz)

    act(people.leave, cast.amina.reader)

    with database.reading() as db:
        assert db.scalars(select(PushSubscription.person_id)).all() == [cast.beatriz.id]


def test_a_word_that_was_on_its_way_when_she_left_is_not_sent_again(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    """Somebody claimed it who then died; meanwhile she left."""
    doorbell.give(cast.amina)
    doorbell.clock.moment = on(25, 18)
    assert act(outbox.claim, 200)

    act(people.leave, cast.amina.reader)

    assert doorbell.ring_until(on(30)) == []
    assert ("cancelled", "left") in whys(written(database, cast.amina))
