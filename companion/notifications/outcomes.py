"""What follows from a push service's answer, for the notification and for the phone."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.notifications import outbox, phones
from companion.notifications.models import PushSubscription, State
from companion.notifications.outbox import BOUND, BUSY, RETRIED, Settled
from companion.notifications.post import NOT_ASKED, Delivery, Outcome

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
MOST_DOUBLINGS = 7
MOST_REFUSALS = 3  # in a row, after which a phone is given up

Answered = tuple[Delivery, Outcome]


def note(db: Session, answered: Sequence[Answered]) -> None:
    """Write down how each of these went."""
    now = clock.now()
    outbox.settle(db, [_settled(*each, now) for each in answered])
    # What a phone's last answer was; but a success among several at once is minded, too.
    status = {each.subscription_id: outcome.status for each, outcome in answered}
    took = {each.subscription_id for each, outcome in answered if 200 <= outcome.status < 300}
    _note_success(db, list(took), now)
    _forget(db, [phone for phone, said in status.items() if said in (404, 410)])
    _count_refusals(db, [phone for phone, said in status.items() if is_refusal(said)], now)


def is_refusal(status: int) -> bool:
    """An answer that will be the same tomorrow: ours to look into, or the phone's to renew."""
    is_no = 300 <= status < 500 and status not in (404, 410, 413, 429)
    return is_no or 0 < status < 200


def _settled(of: Delivery, outcome: Outcome, now: datetime) -> Settled:
    if 200 <= outcome.status < 300:
        return _over(of, State.SENT, of.why, sent_at=now)
    if outcome.status == NOT_ASKED:
        return _again(of, BUSY, outcome.retry_at or now + FIRST_WAIT, max(of.tries, BOUND))
    if outcome.wants_time:
        wait = now + min(FIRST_WAIT * 2 ** min(of.tries, MOST_DOUBLINGS), LONGEST_WAIT)
        return _again(of, RETRIED, max(wait, outcome.retry_at or wait), of.tries + 1)
    if outcome.status == 413:
        log.error("a push service found a notification too long: %s bytes", len(of.text))
        return _over(of, State.FAILED, "too long")
    return _over(of, State.FAILED, "refused" if is_refusal(outcome.status) else "gone")


def _over(of: Delivery, state: State, why: str, sent_at: datetime | None = None) -> Settled:
    return Settled(of.id, state, why, None, of.tries, sent_at)


def _again(of: Delivery, why: str, at: datetime, tries: int) -> Settled:
    """It waits for another try, unless it helps nobody by then."""
    if at >= of.expires_at:
        return _over(of, State.FAILED, "unreached")
    return Settled(of.id, State.WAITING, why, at, tries)


def _note_success(db: Session, ids: Sequence[UUID], now: datetime) -> None:
    if ids:
        succeeded = update(PushSubscription).where(PushSubscription.id.in_(ids))
        db.execute(succeeded.values(last_success_at=now, failures=0), execution_options=_PLAIN)


def _forget(db: Session, ids: Sequence[UUID]) -> None:
    """The push service knows the phone no more, and so do we."""
    if ids:
        gone = delete(PushSubscription).where(PushSubscription.id.in_(ids))
        _tell(db, db.execute(gone.returning(PushSubscription.sign_in_id)).scalars())


def _count_refusals(db: Session, ids: Sequence[UUID], now: datetime) -> None:
    """Several refusals with no success between them, and the phone is given up."""
    if not ids:
        return
    refused = update(PushSubscription).where(PushSubscription.id.in_(ids))
    db.execute(refused.values(failures=PushSubscription.failures + 1), execution_options=_PLAIN)
    enough = select(PushSubscription.id).where(
        PushSubscription.id.in_(ids), PushSubscription.failures >= MOST_REFUSALS
    )
    given_up = update(PushSubscription).where(
        PushSubscription.id.in_(enough), PushSubscription.retired_at.is_(None)
    )
    ended = given_up.values(retired_at=now).returning(PushSubscription.sign_in_id)
    _tell(db, db.execute(ended, execution_options=_PLAIN).scalars())


def _tell(db: Session, sign_in_ids: Iterable[UUID]) -> None:
    lost = list(sign_in_ids)
    if lost:
        phones.lose(db, lost)


_PLAIN = {"synchronize_session": False}
