"""The database: how rows are declared, how it is opened, and one transaction per request.

Readers and writers have an engine each, so that reading never waits for writing.
"""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import QueuePool

from companion import clock, engines
from companion.errors import Busy
from companion.happenings import take_told
from companion.wakes import noted

Result = TypeVar("Result")
Listener = Callable[[frozenset[UUID]], None]
Follower = Callable[[Session], None]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite would drop an offset in silence, so naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then chance, so that ids sort by age."""
    milliseconds = int(clock.now().timestamp() * 1000)
    number = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return UUID(int=number | 0b10 << 62 | secrets.randbits(62))


def moment_of(row_id: UUID) -> datetime:
    """When a row's id was made, to the millisecond (RFC 9562, 5.7)."""
    return datetime.fromtimestamp((row_id.int >> 80) / 1000, UTC)


class Model(DeclarativeBase):
    """A row. Its id is made with the object, since sealed columns are bound to it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, UUID: Uuid}

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or new_id()
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


def insert_into(table: Any, dialect: str) -> Any:
    """An INSERT that can say what to do when the row is there already."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)


@dataclass(frozen=True)
class Database:
    """Two ways in: `reading` for pages, `writing` for what changes something."""

    reader: Engine
    writer: Engine
    listeners: list[Listener] = field(default_factory=list)
    """Told in the event loop, after a commit, whose ids were noted with `wake`."""
    followers: list[Follower] = field(default_factory=list)
    """Asked within a transaction, before its commit, for what follows from what happened in it."""

    @cached_property
    def reading(self) -> sessionmaker[Session]:
        return sessionmaker(self.reader, expire_on_commit=False)

    @cached_property
    def writing(self) -> sessionmaker[Session]:
        made = sessionmaker(self.writer, expire_on_commit=False)

        @event.listens_for(made, "before_commit")
        def follow(db: Session) -> None:
            for follower in self.followers:
                follower(db)

        @event.listens_for(made, "after_rollback")
        def forget(db: Session) -> None:
            take_told(db)  # it did not happen

        return made

    @cached_property
    def _turns(self) -> dict[bool, asyncio.Semaphore]:
        # A request that waits for a connection waits here, not in a worker thread: otherwise those
        # who wait could take every thread, and the one they wait for could not finish.
        return {
            safe: asyncio.Semaphore(_connections(engine))
            for safe, engine in ((True, self.reader), (False, self.writer))
        }

    async def wait_for_turn(self, is_safe: bool) -> Callable[[], None]:
        """Wait until a connection is free; what comes back gives the turn up. Raises Busy."""
        turn = self._turns[is_safe]
        if not turn.locked():
            await turn.acquire()  # at once
            return turn.release
        try:
            # Not `wait_for`: it may swallow a cancellation that comes together with the turn.
            async with asyncio.timeout(engines.WAIT_SECONDS):
                await turn.acquire()
        except TimeoutError:
            raise Busy("no connection came free") from None
        return turn.release

    async def in_thread(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Work that waits for the database, done in a thread and always to its end: whoever is
        cancelled meanwhile hears of it only then, since the connection is in use until then."""
        running = asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        cancelled: BaseException | None = None
        while not running.done():
            try:
                await asyncio.shield(running)
            except asyncio.CancelledError as cancellation:
                cancelled = cancellation
            except BaseException:
                break  # the work's own: `result` raises it
        if cancelled is not None:
            raise cancelled
        return running.result()

    async def read(self, work: Callable[[Session], Result]) -> Result:
        """What a short look into the database finds, outside any request's transaction."""
        return await self._run(work, is_safe=True)

    async def write(self, work: Callable[[Session], Result]) -> Result:
        """A short change of its own, committed at once."""
        return await self._run(work, is_safe=False)

    async def _run(self, work: Callable[[Session], Result], *, is_safe: bool) -> Result:
        def run() -> tuple[Result, frozenset[UUID]]:
            with (self.reading if is_safe else self.writing).begin() as db:
                return work(db), noted(db)

        give_up_turn = await self.wait_for_turn(is_safe)
        try:
            result, changed = await self.in_thread(run)
        finally:
            give_up_turn()
        self.tell(changed)
        return result

    def tell(self, changed: frozenset[UUID]) -> None:
        for listener in self.listeners if changed else ():
            listener(changed)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # One for each turn: who waits for somebody else's lock does not keep that one from ending.
        return ThreadPoolExecutor(_connections(self.reader) + _connections(self.writer), "database")

    def close(self) -> None:
        self._threads.shutdown()
        self.reader.dispose()
        self.writer.dispose()


class UnitOfWork:
    """One transaction per request: drawn inside it, committed, and only then sent.

    Ending it twice is ending it once, so that whoever comes last can see to it.
    """

    def __init__(self, database: Database, method: str) -> None:
        self._database = database
        self._is_safe = method in SAFE_METHODS
        self._db: Session | None = None

    async def begin(self) -> Session:
        """The database handle. Raises Busy when no connection comes free in time."""
        self._give_up_turn = await self._database.wait_for_turn(self._is_safe)
        self._db = (self._database.reading if self._is_safe else self._database.writing)()
        return self._db

    async def end(self, commit: bool) -> None:
        """Commit, or roll back by closing. Raises what the commit raises."""
        db, self._db = self._db, None
        if db is None:
            return
        try:
            await self._database.in_thread(_commit_and_close if commit else Session.close, db)
        finally:
            self._give_up_turn()
        if commit:
            self._database.tell(noted(db))


def _commit_and_close(db: Session) -> None:
    with db:
        db.commit()


def _connections(engine: Engine) -> int:
    pool = engine.pool
    return pool.size() if isinstance(pool, QueuePool) else 1


def open_database(url: str) -> Database:
    """The database at an address: sqlite:///file or postgresql://…"""
    return Database(*engines.engines(url))
