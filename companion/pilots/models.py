"""Site: a practice, clinic or centre of a pilot, with its own numbers to call."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model


class Site(Model):
    """Where groups meet. `numbers` is a list of {"label", "number"} in the order to call them."""

    __tablename__ = "site"

    pilot: Mapped[str] = mapped_column(String(2), index=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    numbers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
