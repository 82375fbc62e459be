"""A node that holds an array: what the engine does, for many numbers at once.

A `Tensor` works as a `Value` does. Each operation keeps its inputs, and for
each input a rule: a function that turns the gradient of the result into the
input's share. For single numbers that was a multiplication by the local
derivative, and for an array it is a little more. `backward()` is the same
chain rule in the same order. The arrays are those of NumPy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from .engine import topological_order

Rule = Callable[[np.ndarray], np.ndarray]


class Tensor:
    """An array of numbers that knows what it was computed from.

    Operations work element by element, and shapes are stretched to fit as in
    NumPy (broadcasting). `@` is the product of two matrices.

    Args:
        data: A number, or an array or list of numbers of any shape.
        _prev: The inputs.
        _op: The name of the operation.
        _rules: For each input, a function from the gradient of the result to
            the input's share of it.

    Raises:
        TypeError, ValueError: If the data are not real numbers in an array.
    """

    __array_ufunc__ = None  # so NumPy leaves `array * tensor` to us

    def __init__(
        self,
        data: Any,
        _prev: tuple[Tensor, ...] = (),
        _op: str = "",
        _rules: tuple[Rule, ...] = (),
    ):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros_like(self.data)
        self._prev = _prev
        self._op = _op
        self._rules = _rules

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the array's axes."""
        return self.data.shape

    def __repr__(self) -> str:
        return f"Tensor(shape={self.shape})"

    def __add__(self, other: Any) -> Tensor:
        """a + b. Each input gets the gradient as it is."""
        other = as_tensor(other)
        data = self.data + other.data
        return Tensor(data, (self, other), "+", (lambda g: g, lambda g: g))

    def __mul__(self, other: Any) -> Tensor:
        """a * b. Each input gets the gradient times the other."""
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor(
            a * b, (self, other), "*", (lambda g: g * b, lambda g: g * a)
        )

    def __matmul__(self, other: Any) -> Tensor:
        """A @ B. The gradient of A is G @ B.T, and that of B is A.T @ G."""
        other = as_tensor(other)
        a, b = self.data, other.data
        if a.ndim != 2 or b.ndim != 2:
            raise ValueError(
                f"@ needs two matrices, not shapes {a.shape} and {b.shape}"
            )
        return Tensor(
            a @ b, (self, other), "@", (lambda g: g @ b.T, lambda g: a.T @ g)
        )

    def sum(self, axis: int | None = None) -> Tensor:
        """The sum of all elements, or along one axis, which stays as length 1.

        Every element that was added gets the gradient of its sum.
        """
        data = self.data.sum(axis, keepdims=axis is not None)
        ones = np.ones_like(self.data)
        return Tensor(data, (self,), "sum", (lambda g: g * ones,))

    def relu(self) -> Tensor:
        """max(0, a). The gradient goes on where a > 0."""
        data = np.maximum(self.data, 0.0)
        is_open = self.data > 0
        return Tensor(data, (self,), "ReLU", (lambda g: g * is_open,))

    def exp(self) -> Tensor:
        """e ** a. The input gets the gradient times the result."""
        data = np.exp(self.data)
        return Tensor(data, (self,), "exp", (lambda g: g * data,))

    def log(self) -> Tensor:
        """The natural logarithm of a. The input gets the gradient over a."""
        a = self.data
        return Tensor(np.log(a), (self,), "log", (lambda g: g / a,))

    def tanh(self) -> Tensor:
        """The hyperbolic tangent of a. The gradient is times 1 - tanh(a)**2."""
        data = np.tanh(self.data)
        return Tensor(data, (self,), "tanh", (lambda g: g * (1 - data**2),))

    def backward(self) -> None:
        """Give every tensor its grad: how fast this number changes with each.

        As in the engine, inner tensors start from 0, and leaves add up.

        Raises:
            ValueError: If this tensor is more than one number.
        """
        if self.data.size != 1:
            raise ValueError(
                f"backward() starts from one number; this shape is {self.shape}"
            )
        order: Any = topological_order(cast(Any, self))
        for node in order:
            node.grad = np.zeros_like(node.data)
        self.grad = self.grad + 1.0
        for node in reversed(order):
            node._backward()

    def _backward(self) -> None:
        """The chain rule: each input gets what its rule makes of grad."""
        for x, rule in zip(self._prev, self._rules):
            x.grad = x.grad + unbroadcast(rule(self.grad), x.shape)

    def __neg__(self) -> Tensor:  # -self
        return self * -1

    def __sub__(self, other: Any) -> Tensor:  # self - other
        return self + -as_tensor(other)

    def __radd__(self, other: Any) -> Tensor:  # other + self
        return self + other

    def __rsub__(self, other: Any) -> Tensor:  # other - self
        return as_tensor(other) - self

    def __rmul__(self, other: Any) -> Tensor:  # other * self
        return self * other


def as_tensor(x: Any) -> Tensor:
    """`x` itself if it is a Tensor, else a new leaf."""
    return x if isinstance(x, Tensor) else Tensor(x)


def unbroadcast(gradient: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The gradient of an array of this shape that was stretched to fit.

    A number that was used in several places gets the sum of what comes back
    from them.
    """
    new_axes = range(gradient.ndim - len(shape))
    gradient = gradient.sum(axis=tuple(new_axes))
    stretched = [
        axis
        for axis, length in enumerate(shape)
        if length == 1 and gradient.shape[axis] > 1
    ]
    return gradient.sum(axis=tuple(stretched), keepdims=True)
