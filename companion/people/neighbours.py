"""Those who share a phone: one of them uses it, the others' sign-ins are kept beside hers.

Each has a PIN. The token of a sign-in alone opens nothing of it while it is locked, and it is
locked until its own PIN was typed: so the tokens may lie together in a cookie that no script reads.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from litestar import Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.config import Config
from companion.errors import NotFound, Refusal
from companion.i18n import _
from companion.i18n.words import TURNERS
from companion.people import sign_ins
from companion.people.models import Person, SignIn
from companion.people.reader import Reader

MOST = 3
NAME_LENGTH = 20
FULL = _("Three people use this phone already. One of them has to sign out first.")

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True)
class Neighbour:
    """One who shares this phone, by the name that she chose for it."""

    sign_in_id: Any
    known_as: str
    language: str
    token: str = ""


def tokens(request: AnyRequest) -> list[str]:
    """The sign-ins that are kept beside the one in use."""
    config: Config = request.app.state.config
    kept = request.cookies.get(config.beside_cookie, "").split(".")
    return [token for token in kept if token][: MOST - 1]


def beside(db: Session, request: AnyRequest) -> list[Neighbour]:
    """Those of them that still hold, in their order."""
    by_hash = {sign_ins.hash_of(token): token for token in tokens(request)}
    if not by_hash:
        return []
    rows = db.execute(_named().where(SignIn.token_hash.in_(by_hash), SignIn.pin_hash.is_not(None)))
    found = [replace(_neighbour(row), token=by_hash[row.token_hash]) for row in rows]
    return sorted(found, key=lambda each: str(each.sign_in_id))


def of(db: Session, reader: Reader) -> Neighbour:
    """Herself, as the others see her."""
    return _neighbour(db.execute(_named().where(SignIn.id == reader.sign_in_id)).one())


def _named() -> Any:
    columns = (SignIn.id, SignIn.token_hash, SignIn.known_as_sealed)
    hers = (Person.id.label("person_id"), Person.name_sealed, Person.language)
    joined = select(*columns, *hers).join(Person, Person.id == SignIn.person_id)
    return joined.where(SignIn.revoked_at.is_(None), Person.left_at.is_(None))


def _neighbour(row: Any) -> Neighbour:
    chosen = SignIn.known_as.open(SignIn, row.known_as_sealed, row.id)
    name = Person.name.open(Person, row.name_sealed, row.person_id)
    return Neighbour(row.id, chosen or first_letter(name), row.language)


def first_letter(name: str) -> str:
    """With the marks that belong to it."""
    end = 1
    while end < len(name) and unicodedata.category(name[end])[0] == "M":
        end += 1
    return name[:end]


def choose_name(db: Session, reader: Reader, name: str) -> None:
    """How the lock of this phone calls her; nothing: by her first letter. Raises Refusal."""
    name = " ".join(name.translate(TURNERS).split())
    if len(name) > NAME_LENGTH:
        raise Refusal(_("Write a name of at most %(most)s characters.", most=NAME_LENGTH), "name")
    db.get_one(SignIn, reader.sign_in_id).known_as = name


def move_aside(request: AnyRequest, others: Sequence[Neighbour], answer: Response[Any]) -> None:
    """She gives the phone to somebody new. Raises Refusal when there is no room."""
    if len(others) >= MOST - 1:
        raise Refusal(FULL)
    _keep(request, answer, "", [_own_token(request), *(each.token for each in others)])


def one_of(others: Sequence[Neighbour], wanted: str) -> Neighbour:
    """Raises NotFound for whoever does not share this phone."""
    chosen = next((each for each in others if str(each.sign_in_id) == wanted), None)
    if chosen is None:
        raise NotFound
    return chosen


def switch(
    request: AnyRequest, others: Sequence[Neighbour], chosen: Neighbour, answer: Response[Any]
) -> None:
    """The sign-in in use and one of those beside it change places."""
    rest = [each.token for each in others if each != chosen]
    _keep(request, answer, chosen.token, [_own_token(request), *rest])


def forget_ended(request: AnyRequest, others: Sequence[Neighbour], answer: Response[Any]) -> None:
    """Whoever was signed out from elsewhere shares this phone no more."""
    if len(others) < len(tokens(request)):
        _keep(request, answer, _own_token(request), [each.token for each in others])


def _own_token(request: AnyRequest) -> str:
    config: Config = request.app.state.config
    return request.cookies.get(config.sign_in_cookie, "") if request.scope.get("holder") else ""


def _keep(request: AnyRequest, answer: Response[Any], own: str, kept: Iterable[str]) -> None:
    """What the browser has of one is gone before the other comes."""
    config: Config = request.app.state.config
    named = {config.sign_in_cookie: own, config.beside_cookie: ".".join(t for t in kept if t)}
    for name, value in named.items():
        answer.set_cookie(
            name,
            value,
            max_age=int(sign_ins.LIFETIME.total_seconds()) if value else 0,
            path="/",
            secure=config.is_https,
            httponly=True,
            samesite="lax",
        )
    answer.headers["Clear-Site-Data"] = '"cache"'
