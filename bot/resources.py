"""Where the files that ship with Foothold are: templates, example configuration, data.

In an installed wheel they lie inside the package, in a checkout at its top level.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_PACKAGE = files("bot")
_CHECKOUT = Path(__file__).parent.parent


def shipped(name: str) -> Traversable:
    """The shipped folder `name` (`templates` or `config`)."""
    packed = _PACKAGE / "shipped" / name
    return packed if packed.is_dir() else _CHECKOUT / name


def data(name: str) -> Traversable:
    """A file of facts in `bot/data`."""
    return _PACKAGE / "data" / name
