"""The steps of a piece of work, named for whoever follows it; nobody does unless it is traced."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

Follower = Callable[[str], AbstractContextManager[object]]

_follower: ContextVar[Follower | None] = ContextVar("follower", default=None)


def step(name: str) -> AbstractContextManager[object]:
    """What is done within is this step."""
    follower = _follower.get()
    return nullcontext() if follower is None else follower(name)


@contextmanager
def followed(follower: Follower) -> Iterator[None]:
    """Tell this follower of every step within."""
    token = _follower.set(follower)
    try:
        yield
    finally:
        _follower.reset(token)
