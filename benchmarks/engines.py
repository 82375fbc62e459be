"""The engines that `make bench` compares, all with the same network.

Each entry of ENGINES takes the layer sizes of a network and the points to fit,
and returns a step: a function that computes the loss and all its gradients.
Those that need a library are there where it is installed. They import it as
late as they can, and come last, because every library adds to the objects in
the process.
"""

import os
import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from arrays import hips_autograd, jax_jit, pytorch_tensors, this_tensor
from scalars import (
    LectureValue,
    compiled,
    pytorch_scalars,
    with_mlp,
    with_scalars,
    written_by_hand,
)

from micrograd.engine import Value
from micrograd.nn import MLP

VALUES = {"lecture style": LectureValue, "this engine": Value}
ENGINES = {
    "lecture style": partial(
        with_scalars, LectureValue, LectureValue.relu, 0.0
    ),
    "this engine": partial(with_mlp, MLP),
    "compiled": compiled,
    "by hand": written_by_hand,
    "this Tensor": this_tensor,
}
NEED_LIBRARY = [
    ("HIPS autograd", "autograd", hips_autograd),
    ("PyTorch scalars", "torch", pytorch_scalars),
    ("PyTorch tensors", "torch", pytorch_tensors),
    ("jax.jit", "jax", jax_jit),
]
ARRAYS = ["this Tensor", "HIPS autograd", "PyTorch tensors", "jax.jit"]
ROWS = [*ENGINES, *(engine for engine, _, _ in NEED_LIBRARY)]  # of speed.csv

# The engine of another copy of this folder, beside ours: modules of a package
# that has another name.
if folder := os.environ.get("AGAINST"):
    package = sys.modules["other"] = ModuleType("other")
    package.__path__ = [str(Path(folder, "micrograd"))]
    VALUES["the other copy"] = import_module("other.engine").Value
    other_mlp = import_module("other.nn").MLP
    ENGINES["the other copy"] = partial(with_mlp, other_mlp)

for engine, library, step in NEED_LIBRARY:
    if find_spec(library):
        ENGINES[engine] = step
