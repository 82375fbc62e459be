"""A number that remembers how it was made. Arithmetic on a `Value` builds a graph whose nodes keep
their inputs and one local derivative per input. `backward()` applies the chain rule at every node,
from end to start: reverse-mode automatic differentiation [linnainmaa1976, rumelhart1986]."""

import math
from numbers import Real


class Value:
    """A node of the graph: its value `data`, and `grad`, how the result responds to a change of it.

    data: any real number, else a TypeError. label: a name to show. _children, _op: inputs (`_prev`)
    and operation. A node made from inputs by hand needs a `_backward` of its own, a function.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_local",
        "_op",
        "_prev",
        "data",
        "grad",
        "label",
    )
    __array_ufunc__ = (
        None  # NumPy steps back, so that `np.float64(2) * value` comes to us
    )

    def __init__(self, data, _children=(), _op="", label=""):
        if type(data) is not float:
            if not isinstance(data, Real):
                raise TypeError(
                    f"a Value holds a real number, not {type(data).__name__}: {data!r}"
                )
            data = float(data)
        self.data, self.grad, self.label = data, 0.0, label
        self._prev, self._op = tuple(_children), _op
        self._local = ()  # the local derivatives, one per input

    def __repr__(self):
        return f"Value(data={self.data:.4f}, grad={self.grad:.4f})"

    def __add__(self, other):
        """a + b. Local derivatives: 1 and 1."""
        other = as_value(other)
        return _node(self.data + other.data, "+", (self, other), (1.0, 1.0))

    def __mul__(self, other):
        """a * b. Local derivatives: b (with respect to a) and a (with respect to b)."""
        other = as_value(other)
        return _node(
            self.data * other.data, "*", (self, other), (other.data, self.data)
        )

    def __pow__(self, n):
        """a ** n, n a plain number; an error if not real. Local derivative: n * a ** (n - 1)."""
        n = Value(n).data
        try:
            out, local = self.data**n, n * self.data ** (n - 1) if n else 0.0
        except (ZeroDivisionError, OverflowError) as error:
            raise type(error)(
                f"{self.data} ** {n:g}: result or derivative is infinite"
            ) from None
        if isinstance(out, complex):
            raise ValueError(
                f"{self.data} ** {n:g}: the result is not a real number"
            )
        return _node(out, f"**{n:g}", (self,), (local,))

    def exp(self):
        """e ** a; OverflowError above about 709. Local derivative: the result itself."""
        try:
            out = math.exp(self.data)
        except OverflowError:
            raise OverflowError(
                f"exp({self.data}): the result is infinite"
            ) from None
        return _node(out, "exp", (self,), (out,))

    def log(self):
        """The natural logarithm; ValueError for a <= 0. Local derivative: 1 / a."""
        if self.data <= 0:
            raise ValueError(
                f"log({self.data}): the logarithm needs a positive number"
            )
        return _node(math.log(self.data), "log", (self,), (1 / self.data,))

    def relu(self):
        """max(0, a). Local derivative: 1 where a > 0, else 0, also at the kink a = 0."""
        out, local = (0.0, 0.0) if self.data <= 0 else (self.data, 1.0)
        return _node(out, "ReLU", (self,), (local,))

    def tanh(self):
        """The hyperbolic tangent of a. Local derivative: 1 - tanh(a) ** 2."""
        out = math.tanh(self.data)
        return _node(out, "tanh", (self,), (1 - out**2,))

    def backward(self):
        """Give every node its grad: leaves add it to what they have, inner nodes start from 0."""
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad += 1.0  # this node changes exactly as much as itself
        for node in reversed(order):
            node._backward()

    def _backward(self):
        """The chain rule: each input's grad grows by its local derivative * this node's grad."""
        if self._prev and not self._local:
            raise ValueError(
                f"{self}, made by '{self._op}', has no _backward of its own"
            )
        for child, local in zip(self._prev, self._local):
            child.grad += local * self.grad

    def __neg__(self):
        return self * -1  # -self

    def __sub__(self, other):
        return self + -as_value(other)  # self - other

    def __truediv__(self, other):
        return self * as_value(other) ** -1  # self / other

    def __radd__(self, other):
        return self + other  # other + self

    def __rmul__(self, other):
        return self * other  # other * self

    def __rsub__(self, other):
        return as_value(other) + -self  # other - self

    def __rtruediv__(self, other):
        return as_value(other) / self  # other / self


def topological_order(root: Value) -> list[Value]:
    """The inner nodes that `root` was computed from, each after its inputs; `root` comes last."""
    order, seen, stack = [], set(), [root]
    while stack:
        node = stack.pop()
        if (
            node is None
        ):  # a marker: all inputs of the node below it have their places
            order.append(stack.pop())
        elif node._prev and id(node) not in seen:
            seen.add(id(node))
            stack += (node, None, *node._prev)
    return order


def as_value(x) -> Value:
    """`x` itself if it is a Value, else a new leaf that holds the number `x`."""
    return x if isinstance(x, Value) else Value(x)


def _node(data, op, inputs, local):  # the result of an operation
    out = Value(data, inputs, op)
    out._local = local
    return out
