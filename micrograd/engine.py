"""A number that remembers how it was made.

Arithmetic on a `Value` builds a graph. Each node keeps its inputs and one
local derivative per input, and `backward()` applies the chain rule at every
node, from the result back to the leaves. This is reverse-mode automatic
differentiation (Linnainmaa, 1976; Rumelhart et al., 1986).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from numbers import Real
from typing import Any


class Value:
    """A node of the graph: a number that knows what it was computed from.

    A node that you make by hand gets its local derivatives as `_local`, or
    else a function `_backward` of its own, assigned afterwards. An operation
    with no finite real result raises what Python raises: a ValueError, an
    OverflowError, or a ZeroDivisionError. Leaves, and so models, can be copied
    and pickled; long graphs are too deep for Python to copy.

    Args:
        data: Any real number; it is kept as a float.
        _children: The inputs, which are Values; kept as the tuple `_prev`.
        _op: The name of the operation.
        label: A name to show.
        _local: The local derivatives, one per input: how fast the result
            changes with that input.

    Raises:
        TypeError: If `data` is not a real number, or if a node that is made
            without local derivatives has an input that is not a Value.
    """

    __array_ufunc__ = None  # so NumPy leaves `np.float64(2) * value` to us

    def __init__(
        self,
        data: float,
        _children: Iterable[Value] = (),
        _op: str = "",
        label: str = "",
        _local: Sequence[float] = (),
    ):
        if type(data) is not float:
            # an int, say, or a NumPy number, as its local derivatives may be
            data, _local = _as_float(data), tuple(map(_as_float, _local))
        self.data = data
        self.grad = 0.0
        self.label = label
        self._op = _op
        if _local and type(_children) is tuple:  # as operations call it
            self._prev = _children
        else:
            self._prev = _as_inputs(_children)
        self._local = _local

    def __repr__(self) -> str:
        data, grad = format_number(self.data), format_number(self.grad)
        return f"Value(data={data}, grad={grad})"

    def __add__(self, other: Value | float) -> Value:
        """a + b. Local derivatives: 1 and 1."""
        other = other if isinstance(other, Value) else Value(other)
        data = self.data + other.data
        return Value(data, (self, other), "+", "", (1.0, 1.0))

    def __sub__(self, other: Value | float) -> Value:
        """a - b. Local derivatives: 1 and -1."""
        other = other if isinstance(other, Value) else Value(other)
        data = self.data - other.data
        return Value(data, (self, other), "-", "", (1.0, -1.0))

    def __mul__(self, other: Value | float) -> Value:
        """a * b. Local derivatives: b (for a) and a (for b)."""
        other = other if isinstance(other, Value) else Value(other)
        data = self.data * other.data
        return Value(data, (self, other), "*", "", (other.data, self.data))

    def __truediv__(self, other: Value | float) -> Value:
        """a / b. Local derivatives: 1 / b (for a) and -a / b**2 (for b)."""
        other = other if isinstance(other, Value) else Value(other)
        a, b = float(self.data), float(other.data)  # NumPy would divide by 0
        return Value(a / b, (self, other), "/", "", (1 / b, -a / b / b))

    def __pow__(self, n: float) -> Value:
        """a ** n for a plain number n. Local derivative: n * a ** (n - 1)."""
        n = _as_exponent(n)
        data = _evaluate(math.pow, self.data, n)
        local = n * _evaluate(math.pow, self.data, n - 1) if n else 0.0
        op = f"**{n!r}".removesuffix(".0")
        return Value(data, (self,), op, "", (local,))

    def exp(self) -> Value:
        """e ** a. Local derivative: the result itself."""
        data = _evaluate(math.exp, self.data)
        return Value(data, (self,), "exp", "", (data,))

    def log(self) -> Value:
        """The natural logarithm of a. Local derivative: 1 / a."""
        data = _evaluate(math.log, self.data)
        return Value(data, (self,), "log", "", (1 / float(self.data),))

    def relu(self) -> Value:
        """max(0, a). Local derivative: 1 where a > 0, and 0 elsewhere."""
        if self.data <= 0:
            return Value(0.0, (self,), "ReLU", "", (0.0,))
        return Value(self.data, (self,), "ReLU", "", (1.0,))

    def tanh(self) -> Value:
        """The hyperbolic tangent of a. Local derivative: 1 - tanh(a)**2."""
        data = math.tanh(self.data)
        return Value(data, (self,), "tanh", "", (1 - data**2,))

    def backward(self) -> None:
        """Give every node its grad: how fast this node changes with that one.

        Inner nodes start from 0; leaves add to the grad that they have.

        Raises:
            ValueError: If a node made by hand lacks its local derivatives, or
                its inputs.
        """
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad += 1.0  # this node changes exactly as much as itself
        for node in reversed(order):
            node._backward()

    def _backward(self) -> None:
        """The chain rule: each input gets its local derivative times grad."""
        if len(self._local) != len(self._prev):
            raise ValueError(
                f"{self}, made by {self._op!r}, needs a local derivative for "
                "each input, or a _backward of its own; "
                f"inputs: {len(self._prev)}, "
                f"local derivatives: {len(self._local)}"
            )
        for x, local in zip(self._prev, self._local):
            x.grad += local * self.grad

    def __getstate__(self) -> dict[str, Any]:
        """What copy and pickle take along.

        Raises:
            TypeError: If the node has a `_backward` of its own, which belongs
                to this node and not to a copy.
        """
        if getattr(self._backward, "__self__", None) is not self:
            raise TypeError(
                f"{self} cannot be copied, since it has a _backward of its "
                "own; build the graph again"
            )
        return self.__dict__

    def __neg__(self) -> Value:  # -self
        return self * -1

    def __radd__(self, other: float) -> Value:  # other + self
        return self + other

    def __rsub__(self, other: float) -> Value:  # other - self
        return as_value(other) - self

    def __rmul__(self, other: float) -> Value:  # other * self
        return self * other

    def __rtruediv__(self, other: float) -> Value:  # other / self
        return as_value(other) / self


def topological_order(root: Value) -> list[Value]:
    """The inner nodes that `root` depends on, each after its inputs.

    `root` comes last. Inputs are visited from left to right.

    Raises:
        ValueError: If a node without inputs has a `_backward` of its own.
    """
    order: list[Value] = []
    seen: set[int] = set()
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if node is None:  # a marker: the inputs of the node below are done
            order.append(stack.pop())
        elif not node._prev:
            if getattr(node._backward, "__self__", None) is not node:
                raise ValueError(
                    f"{node} has a _backward of its own, but no inputs; name "
                    "them when you make it: Value(data, (x,)); a leaf needs no "
                    "_backward"
                )
        elif (key := id(node)) not in seen:
            seen.add(key)
            stack += (node, None)
            stack += node._prev[::-1]
    return order


def as_value(x: Value | float) -> Value:
    """`x` itself if it is a Value, else a new leaf that holds the number.

    Raises:
        TypeError: If `x` is neither a Value nor a real number.
    """
    return x if isinstance(x, Value) else Value(x)


def _as_inputs(nodes: Iterable[Value]) -> tuple[Value, ...]:
    """The inputs of a node as a tuple; TypeError if they are something else."""
    if not isinstance(nodes, Iterable):
        inputs, strangers = (), [nodes]
    else:
        inputs = tuple(nodes)
        strangers = [x for x in inputs if not isinstance(x, Value)]
    if strangers:
        raise TypeError(
            "_children must be a tuple of Values, "
            f"not {describe(strangers[0])}; use label= for a name"
        )
    return inputs


def _as_float(x: float) -> float:
    """`x` as a float; TypeError if it is not a real number."""
    # NumPy's booleans are called "bool" or "bool_", and are not Real
    if isinstance(x, Real) or type(x).__name__ in ("bool", "bool_"):
        return float(x)
    raise TypeError(f"a Value must hold a real number, not {describe(x)}")


def _as_exponent(n: float) -> float:
    """`n` as a float; TypeError if it is a Value or not a real number."""
    if isinstance(n, Value):
        raise TypeError(
            "an exponent must be a plain number, not a Value; "
            "for a ** b, with a > 0, write (b * a.log()).exp()"
        )
    try:
        return _as_float(n)
    except TypeError:
        raise TypeError(
            f"an exponent must be a real number, not {describe(n)}"
        ) from None


def _evaluate(function: Callable[..., float], *numbers: float) -> float:
    """function(*numbers); an error says what was to be computed."""
    try:
        return function(*numbers)
    except (ValueError, OverflowError) as error:
        call = f"{function.__name__}({', '.join(map(str, numbers))})"
        raise type(error)(f"{call}: {error}") from None


def format_number(x: float) -> str:
    """The number with four significant digits; a negative zero is a zero."""
    return f"{float(x):z.4g}" if isinstance(x, Real) else repr(x)


def describe(x: object) -> str:
    """What `x` is, for an error message."""
    kind = type(x)
    if kind.__name__ == "Value" and kind is not Value:
        return f"a Value of another class, that of {kind.__module__}"
    return f"{kind.__name__}: {x!r}"
