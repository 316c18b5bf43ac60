"""Who may open the pages of a journey. Whether to spare somebody is found out where the parts
meet: a journey knows nothing of groups, and who stands beside another may be spared with her.
"""

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from companion.errors import NotFound
from companion.people.reader import Reader

Spared = NamedDependency[SkipValidation[bool]]


def only_her(reader: Reader) -> None:
    """Staff have no journey here: to them the address does not exist."""
    if reader.is_staff:
        raise NotFound


def only_unspared(reader: Reader, spared: bool) -> None:
    """After a loss, the forms about a pregnancy and a child do not exist either."""
    only_her(reader)
    if spared:
        raise NotFound
