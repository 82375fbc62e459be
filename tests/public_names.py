"""The package's public definitions, as the notebooks and the API show them."""

from importlib import import_module
from types import ModuleType

import micrograd

MODULES = [
    import_module(f"micrograd.{name}")
    for name in (
        "engine",
        "nn",
        "gradcheck",
        "compile",
        "train",
        "tensor",
        "graph",
        "show",
        "picture",
        "plot",
        "sketch",
        "network_sketch",
        "matrix_sketch",
    )
]


def public_definitions(module: ModuleType) -> dict:
    """The public functions and classes that a module defines, by name."""
    return {
        name: thing
        for name, thing in vars(module).items()
        if callable(thing)
        and not name.startswith("_")
        and getattr(thing, "__module__", None) == module.__name__
    }


PUBLIC_NAMES = set(micrograd.__all__).union(*map(public_definitions, MODULES))
