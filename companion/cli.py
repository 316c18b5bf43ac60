"""The command `companion`."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from companion.app import create_app
from companion.config import BadSetting, Config, port, read_config
from companion.db import Database
from companion.demo.story import prepare_demo
from companion.groups.invitations import invite_coordinator
from companion.i18n.catalogue_checks import CatalogueProblems
from companion.i18n.catalogue_commands import COMMANDS
from companion.i18n.languages import language, real_languages
from companion.localisation.commands import export_words, import_words
from companion.notifications.keys import key_file, replace_key_file
from companion.notifications.numbers import numbers
from companion.packs.commands import export_pack, import_pack
from companion.pilots.pack import pilots
from companion.sealing import BadKey
from companion.serving import Server, spare_the_collector
from companion.start import open_house
from companion.web.qr import qr_blocks
from companion.worker import work


def main(arguments: list[str] | None = None) -> None:
    """Run a command. What a person can put right is one sentence and exit status 2."""
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], None] = options.run
        run(options)
    except (BadSetting, BadKey, CatalogueProblems, RuntimeError) as problem:
        sys.exit(_stop(str(problem)))
    except DatabaseError as problem:
        sys.exit(_stop(f"The database cannot be used: {problem.orig}"))
    except OSError as problem:
        sys.exit(_stop(f"{problem.filename or 'A file'} cannot be used: {problem.strerror}."))


def _stop(sentence: str) -> int:
    print(f"companion: {sentence}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="companion",
        description="Companion: what people in group care hold in their hand between the sessions.",
        epilog="Settings are read from the environment; README.md lists them all.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser(
        "serve", help="serve Companion; the database is made if it is not there"
    )
    serve.set_defaults(run=_serve)

    worker = commands.add_parser(
        "worker", help="send reminders and do the chores, beside `serve` with COMPANION_WORKER=no"
    )
    worker.set_defaults(run=_work)

    notifications = commands.add_parser(
        "notifications", help="how many reminders wait, were sent, or failed and why"
    )
    notifications.set_defaults(run=_notifications)

    new_key = commands.add_parser(
        "push-key", help="make a new push key: every phone must visit before it rings again"
    )
    new_key.set_defaults(run=_new_push_key)

    demo = commands.add_parser(
        "demo", help="serve a demo with an invented group, on a database of its own"
    )
    demo.add_argument("--port", default="8000", help="the port on 127.0.0.1 (default 8000)")
    demo.add_argument("--data", default="demo-data", help="the demo's folder (default demo-data)")
    demo.add_argument("--fresh", action="store_true", help="start over: forget what was written")
    demo.set_defaults(run=_demo)

    update = commands.add_parser("migrate", help="bring the database up to date, and stop")
    update.set_defaults(run=_migrate)

    invite = commands.add_parser(
        "invite", help="invite a pilot's first coordinator: prints a link and a QR code"
    )
    invite.add_argument(
        "pilot", choices=sorted(pilots()), help="the pilot: gh, za, sr, xk, be, gb or nl"
    )
    invite.set_defaults(run=_invite)

    catalogues = commands.add_parser(
        "catalogues",
        help="translations: extract, update, check, compile; a pilot's own: export, import",
    )
    doings = catalogues.add_subparsers(required=True, metavar="what")
    for what in COMMANDS:
        doings.add_parser(what).set_defaults(run=_catalogues, what=what)
    giving = doings.add_parser("export", help="write a pilot's words as PO files")
    _add_whose_words(giving, _export)
    giving.add_argument("--into", type=Path, default=Path(), help="a folder (default: here)")
    taking = doings.add_parser("import", help="show what PO files would change; with --yes do it")
    _add_whose_words(taking, _import)
    taking.add_argument("--yes", action="store_true", help="take what is not refused")
    taking.add_argument("files", nargs="+", type=Path, help="PO files in that language")

    packs = commands.add_parser("packs", help="a pilot's whole content pack: export, import")
    doings = packs.add_subparsers(required=True, metavar="what")
    giving = doings.add_parser("export", help="write a pilot's pack as a folder or a zip")
    giving.add_argument("--into", type=Path, required=True, help="a folder, or NAME.zip")
    giving.set_defaults(run=_export_pack)
    taking = doings.add_parser("import", help="show what a pack would change; with --yes do it")
    taking.add_argument("--yes", action="store_true", help="take what is not refused")
    taking.add_argument("path", type=Path, help="a folder or a zip")
    taking.set_defaults(run=_import_pack)
    for each in (giving, taking):
        each.add_argument("--pilot", required=True, choices=sorted(pilots()), help="whose pack")
    return parser


def _add_whose_words(
    parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], None]
) -> None:
    parser.add_argument("--pilot", required=True, choices=sorted(pilots()), help="whose words")
    codes = [each.code for each in real_languages()]
    parser.add_argument("--language", required=True, choices=codes, metavar="CODE", help="sq, ar …")
    parser.set_defaults(run=run)


def _serve(_: argparse.Namespace) -> None:
    config = read_config()
    _listen(config, open_house(config))


def _demo(options: argparse.Namespace) -> None:
    config = Config(data=options.data, port=port(options.port, "--port"), demo=True)
    if options.fresh:
        for name in ("companion.db", "companion.db-wal", "companion.db-shm"):
            (Path(options.data) / name).unlink(missing_ok=True)
    database = open_house(config)
    for player in prepare_demo(database):
        link = f"{config.origin}/demo/{player.ticket}"
        print(player.name, player.role, player.language, link, sep="\t", flush=True)
    _listen(config, database)


def _listen(config: Config, database: Database) -> None:
    server = Server(create_app(config, database), config.host, config.port)
    print(f"Companion is at {config.origin} (Ctrl+C stops it)", file=sys.stderr, flush=True)
    spare_the_collector()
    server.run()
    if not server.started:
        sys.exit(3)  # uvicorn has said why


def _work(_: argparse.Namespace) -> None:
    config = read_config()
    database = open_house(config)
    print("Companion's worker is at work (Ctrl+C stops it)", file=sys.stderr, flush=True)
    spare_the_collector()
    asyncio.run(_until_stopped(config, database))
    database.close()


async def _until_stopped(config: Config, database: Database) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await work(config, database, stop)


def _notifications(_: argparse.Namespace) -> None:
    database = open_house(read_config())
    with database.reading() as db:
        now = numbers(db)
    database.close()
    print(f"waiting     {now.waiting} ({now.due} of them due)")
    print(f"oldest due  {now.oldest_due_seconds} seconds")
    print(f"held up     {now.held_up}, for {now.held_up_seconds} seconds, by push services")
    print(f"phones      {now.phones} ring, {now.retired} given up")
    print("in the last 24 hours:")
    print(f"  sent      {now.sent}")
    for what, reasons in (("failed", now.failed), ("cancelled", now.cancelled)):
        print(f"  {what:<9} {sum(reasons.values())}")
        for why, many in sorted(reasons.items(), key=lambda each: -each[1]):
            print(f"    {many} {why}")


def _new_push_key(_: argparse.Namespace) -> None:
    config = read_config()
    if config.push_key:
        raise BadSetting("COMPANION_PUSH_KEY holds the push key: change it there.")
    old = replace_key_file(key_file(config.data))
    print(f"There is a new push key{f'; the old one is {old}' if old else ''}.")
    print("Start Companion again. Each phone rings again after its next visit.")


def _migrate(_: argparse.Namespace) -> None:
    open_house(read_config()).close()
    print("The database is up to date.")


def _invite(options: argparse.Namespace) -> None:
    config = read_config()
    database = open_house(config)
    with database.writing.begin() as db:
        code = invite_coordinator(db, options.pilot)
    database.close()
    link = f"{config.origin}/join/{code}"
    print(qr_blocks(link))
    print(link)
    print(f"It makes one coordinator for {pilots()[options.pilot].name} and works for 72 hours.")


def _catalogues(options: argparse.Namespace) -> None:
    COMMANDS[options.what]()


def _export(options: argparse.Namespace) -> None:
    with closing(open_house(read_config())) as database:
        export_words(database, options.pilot, language(options.language), options.into)


def _export_pack(options: argparse.Namespace) -> None:
    with closing(open_house(read_config())) as database:
        export_pack(database, options.pilot, options.into)


def _import_pack(options: argparse.Namespace) -> None:
    with closing(open_house(read_config())) as database:
        import_pack(database, options.pilot, options.path, yes=options.yes)


def _import(options: argparse.Namespace) -> None:
    with closing(open_house(read_config())) as database:
        of = language(options.language)
        import_words(database, options.pilot, of, options.files, yes=options.yes)
