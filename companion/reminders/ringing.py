"""From what is due to what is sent: claimed, asked whether it still holds, bound to phones, put
into words. One transaction, which is over before anything is sent."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from companion import clock
from companion.i18n.wordings import Wordings
from companion.notifications import outbox, phones
from companion.notifications.models import Notification, PushSubscription, State
from companion.notifications.outbox import Claimed, Settled
from companion.notifications.payload import Told, payload
from companion.notifications.post import Delivery
from companion.people.models import Person, SignIn
from companion.pilots.wordings import Shelf
from companion.reminders.kinds import KINDS, OWN, TEST
from companion.reminders.models import OwnReminder
from companion.reminders.planning import next_measuring, next_own
from companion.reminders.vetting import Addressee, Known, addressees, vet

log = logging.getLogger(__name__)

AT_ONCE = 200
LATE = timedelta(minutes=15)  # what is sent later than this says why

Phones = Mapping[UUID | None, Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Ringing:
    """How words are put: the address that a tap opens, whether drafts are shown, and the words of
    each pilot's own."""

    origin: str
    drafts: bool
    at_once: int = AT_ONCE
    shelf: Shelf = field(default_factory=Shelf)

    def take(self, db: Session) -> list[Delivery]:
        """What is to be sent now; for everything else that was due, it is settled why not."""
        claimed = outbox.claim(db, self.at_once)
        if not claimed:
            return []
        known = addressees(db, claimed)
        _plan_again(db, claimed, known)
        verdicts = vet(db, claimed, known)
        outbox.settle(
            db,
            [
                _settled(each, verdicts[each.id].why, verdicts[each.id].at)
                for each in claimed
                if not verdicts[each.id].is_yes
            ],
        )
        wanted = [each for each in claimed if verdicts[each.id].is_yes]
        return self._bind(db, wanted, known)

    def _bind(self, db: Session, wanted: Sequence[Claimed], known: Known) -> list[Delivery]:
        """Each goes to the phones that she has now."""
        rung = _phones(db, wanted)
        bound: list[Claimed] = []
        for each in wanted:
            rows = rung.get(each.person_id, {})
            if each.subscription_id is not None or each.was_bound:
                bound += [each] if each.subscription_id in rows else []
            elif rows:
                bound += outbox.for_phones(each, [row.id for row in rows.values()])
        served = {each.id for each in bound}
        outbox.settle(db, [_settled(each, "no phone") for each in wanted if each.id not in served])
        outbox.bind(db, bound)
        unseen, wordings = _unseen(db, bound), self._wordings(db, bound, known)
        ready = (
            self._ready(db, each, known[each.person_id], rung[each.person_id], unseen, wordings)
            for each in bound
        )
        return [each for each in ready if each]

    def _wordings(
        self, db: Session, bound: Sequence[Claimed], known: Known
    ) -> Mapping[str, Wordings]:
        """The pilots' own words, by pilot: asked for once for all of these."""
        pilots = {known[each.person_id].pilot for each in bound}
        return {pilot: self.shelf.of(db, pilot) for pilot in pilots}

    def _ready(
        self,
        db: Session,
        of: Claimed,
        her: Addressee,
        rung: Phones,
        unseen: Mapping[Any, int],
        wordings: Mapping[str, Wordings],
    ) -> Delivery | None:
        """Put into words. Whatever is wrong with one must not keep the others from being sent."""
        phone, count = rung[of.subscription_id], unseen.get(of.subscription_id, 0) + 1
        try:
            return self._delivery(of, her, phone, count, wordings[her.pilot])
        except Exception:
            log.exception("a notification of the kind %s cannot be sent", of.kind)
            outbox.settle(db, [Settled(of.id, State.FAILED, "broken")])
            return None

    def _delivery(
        self,
        of: Claimed,
        her: Addressee,
        phone: Row[*tuple[Any, ...]],
        count: int,
        wordings: Wordings,
    ) -> Delivery:
        kind = KINDS[of.kind]
        told = Told(
            id=str(of.id),
            language=her.language,
            look=her.look,
            address=f"{self.origin}{of.path}",
            topic=of.topic,
            count=count,
            silent=kind.silent,
            is_test=kind.slug == TEST,
        )
        return Delivery(
            id=of.id,
            subscription_id=phone.id,
            address=PushSubscription.address.open(PushSubscription, phone.address_sealed, phone.id),
            service=phone.service,
            text=payload(told, wordings, drafts=self.drafts),
            expires_at=of.expires_at,
            urgency=kind.urgency,
            topic=of.topic,
            tries=of.tries,
            why=of.why or ("woken late" if clock.now() - of.due_at > LATE else ""),
        )


def _settled(of: Claimed, why: str, at: datetime | None = None) -> Settled:
    """Not now: cancelled for a reason, or waiting until a moment."""
    state = State.WAITING if at else State.CANCELLED
    return Settled(of.id, state, why, at, of.tries)


def _phones(db: Session, wanted: Sequence[Claimed]) -> Mapping[UUID, Phones]:
    """The phones of these people that can be rung, by person and id; a test rings only its own."""
    rows = db.execute(
        select(
            PushSubscription.id,
            PushSubscription.person_id,
            PushSubscription.address_sealed,
            PushSubscription.service,
        )
        .join(SignIn, SignIn.id == PushSubscription.sign_in_id)
        .join(Person, Person.id == PushSubscription.person_id)
        .where(PushSubscription.person_id.in_({each.person_id for each in wanted}), *phones.live())
        .order_by(PushSubscription.id)
    )
    found: dict[UUID, dict[UUID | None, Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, {})[row.id] = row
    return found


def _unseen(db: Session, bound: Sequence[Claimed]) -> Mapping[UUID | None, int]:
    """How many words each phone was sent since she was last here with it, for the badge."""
    rows = db.execute(
        select(Notification.subscription_id, func.count())
        .join(PushSubscription, PushSubscription.id == Notification.subscription_id)
        .join(SignIn, SignIn.id == PushSubscription.sign_in_id)
        .where(
            Notification.subscription_id.in_({each.subscription_id for each in bound}),
            Notification.state == State.SENT,
            Notification.sent_at > SignIn.last_seen_at,
        )
        .group_by(Notification.subscription_id)
    )
    return {row[0]: row[1] for row in rows}


def _plan_again(db: Session, claimed: Sequence[Claimed], known: Known) -> None:
    """What comes again and again is written anew as soon as it is due, whatever becomes of it."""
    now = clock.now()
    ids = {each.about_id for each in claimed if each.kind == OWN}
    own = {each.id: each for each in db.scalars(select(OwnReminder).where(OwnReminder.id.in_(ids)))}
    words = []
    for each in claimed:
        her = known.get(each.person_id)
        if her and each.kind == "measuring":
            words.append(next_measuring(her.who, now))
        elif her and each.about_id in own:
            words.append(next_own(her.who, own[each.about_id], now))
    outbox.write(db, [word for word in words if word])
