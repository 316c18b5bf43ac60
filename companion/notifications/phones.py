"""The phones that let us ring them: subscribing, confirming, forgetting, counting."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session
from webpush import WebPushSubscription

from companion import clock
from companion.errors import Refusal
from companion.i18n import _
from companion.notifications.keys import push_key, unb64
from companion.notifications.models import PushSubscription
from companion.notifications.services import Services
from companion.people import actions as people
from companion.people.models import Person, Ring, SignIn
from companion.people.reader import Reader

MOST_PHONES = 10
POINT_BYTES, AUTH_BYTES = 65, 16


@dataclass(frozen=True)
class Address:
    """Where a phone is rung (RFC 8030), and the keys only it can open words with (RFC 8291):
    `p256dh` its public point, `auth` its secret, both base64url."""

    endpoint: str
    p256dh: str
    auth: str
    service: str

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.endpoint.encode()).digest()

    @property
    def kept(self) -> str:
        return json.dumps({"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth})


def checked_address(endpoint: str, p256dh: str, auth: str, services: Services) -> Address:
    """An address that can be rung. Raises Refusal."""
    service = services.service_of(endpoint)
    if service is None:
        raise Refusal(_("This browser’s push service is not one that Companion uses."), "endpoint")
    try:
        point, secret = unb64(p256dh), unb64(auth)
        is_good = len(point) == POINT_BYTES and len(secret) == AUTH_BYTES
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        WebPushSubscription(endpoint=endpoint, keys={"p256dh": p256dh, "auth": auth})
    except ValueError:
        is_good = False
    if not is_good:
        raise Refusal(_("This browser sent keys that cannot be used."), "p256dh")
    return Address(endpoint, p256dh, auth, service)


def subscribe(
    db: Session, reader: Reader, address: Address, key: str, *, is_new: bool = False
) -> bool:
    """From now on this device rings for her, and for nobody else who used it before; or it says
    again that it does. False when this address rings no more: made for another key of ours, or
    given up by its push service. Then only an address that `is_new` helps."""
    if key != push_key().public or (reader.ring == Ring.LOST and not is_new):
        lose(db, [reader.sign_in_id])
        return False
    people.hold(db, reader)
    others = PushSubscription.sign_in_id != reader.sign_in_id
    same = PushSubscription.endpoint_hash == address.hash
    db.execute(delete(PushSubscription).where(same, others))
    found = own(db, reader)
    if found is None or found.endpoint_hash != address.hash:
        if found is not None:
            db.delete(found)
            db.flush()
        found = PushSubscription(
            person_id=reader.id,
            sign_in_id=reader.sign_in_id,
            endpoint_hash=address.hash,
            service=address.service,
        )
        db.add(found)
    found.address, found.key_id, found.confirmed_at = address.kept, push_key().id, clock.now()
    if is_new or found.failures is None:
        found.failures, found.retired_at = 0, None
    _set_ring(db, [reader.sign_in_id], Ring.YES)
    db.flush()
    _forget_oldest(db, reader.id)
    return True


def _forget_oldest(db: Session, person_id: UUID) -> None:
    """Nobody has more phones than a few: those that were not heard of for longest go."""
    hers = select(PushSubscription.id).where(PushSubscription.person_id == person_id)
    newest = PushSubscription.confirmed_at.desc(), PushSubscription.id.desc()
    kept = db.scalars(hers.order_by(*newest).limit(MOST_PHONES)).all()
    surplus = PushSubscription.person_id == person_id, PushSubscription.id.not_in(kept)
    db.execute(delete(PushSubscription).where(*surplus))


def unsubscribe(db: Session, reader: Reader) -> None:
    """This device rings no more, because she said so."""
    db.execute(delete(PushSubscription).where(PushSubscription.sign_in_id == reader.sign_in_id))
    _set_ring(db, [reader.sign_in_id], Ring.NO)


def own(db: Session, reader: Reader) -> PushSubscription | None:
    """The subscription of the device she asks with."""
    return db.scalar(
        select(PushSubscription).where(PushSubscription.sign_in_id == reader.sign_in_id)
    )


def lose(db: Session, sign_in_ids: Iterable[UUID]) -> None:
    """These devices rang and do no longer: they are told on the next visit."""
    _set_ring(db, sign_in_ids, Ring.LOST)


def _set_ring(db: Session, sign_in_ids: Iterable[UUID], ring: Ring) -> None:
    db.execute(
        update(SignIn)
        .where(SignIn.id.in_(list(sign_in_ids)), SignIn.ring != ring)
        .values(ring=ring)
    )


def forget_signed_out(db: Session, person_ids: Iterable[UUID]) -> None:
    """A device that was signed out is not rung any more, and its address is forgotten."""
    ended = select(SignIn.id).where(
        SignIn.person_id.in_(list(person_ids)), SignIn.revoked_at.is_not(None)
    )
    db.execute(delete(PushSubscription).where(PushSubscription.sign_in_id.in_(ended)))


def live() -> tuple[ColumnElement[bool], ...]:
    """A phone that can be rung, of somebody who is here; for a query that joins SignIn, Person."""
    return (
        PushSubscription.retired_at.is_(None),
        PushSubscription.key_id == push_key().id,
        SignIn.revoked_at.is_(None),
        Person.left_at.is_(None),
    )


def reachable(db: Session, person_ids: Iterable[UUID]) -> int:
    """How many of these people have a phone that can be rung."""
    people_with: Select[int] = (
        select(func.count(PushSubscription.person_id.distinct()))
        .join(SignIn, SignIn.id == PushSubscription.sign_in_id)
        .join(Person, Person.id == PushSubscription.person_id)
        .where(PushSubscription.person_id.in_(list(person_ids)), *live())
    )
    return db.scalar(people_with) or 0
