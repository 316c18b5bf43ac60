"""The links that sign the cast in. They exist in the demo alone."""

from typing import Any

import litestar
from litestar import Request
from litestar.response import Redirect

from companion.db import Database
from companion.demo.cast import CAST
from companion.errors import NotFound
from companion.people import actions
from companion.people.asking import sign_in_here
from companion.web.params import Code


@litestar.get("/demo/{ticket:str}")
async def sign_in_player(request: Request[Any, Any, Any], ticket: Code) -> Redirect:
    """Signs in by a GET, which only a demo may do; hence a write of its own."""
    player = next((each for each in CAST if each.ticket == ticket), None)
    if player is None:
        raise NotFound
    database: Database = request.app.state.database
    return await database.write(
        lambda db: sign_in_here(request, db, actions.person(db, player.id), "/")
    )
