"""Views computed once a judgement."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from generator.model.judgement import Judgement

P = ParamSpec("P")
R = TypeVar("R")


def remembered(view: Callable[Concatenate[Judgement, P], R]) -> Callable[Concatenate[Judgement, P], R]:
    """The view, computed once for each judgement and arguments: a judgement is a value, so nothing can go stale."""
    name = f"{view.__module__}.{view.__qualname__}"

    @wraps(view)
    def call(j: Judgement, /, *args: P.args, **kwargs: P.kwargs) -> R:
        # As functools.cached_property does: kept in the instance, unseen by equality, replace() and repr.
        store = vars(j).setdefault("_remembered", {})
        key = (name, args, tuple(sorted(kwargs.items())))
        if key not in store:
            store[key] = view(j, *args, **kwargs)
        found: R = store[key]
        return found

    return call
