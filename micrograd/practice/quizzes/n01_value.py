"""Notebook 01: paths, shares, the order, and a second pass."""

from ...engine import Value
from .. import zoo
from .experiments import slope
from .question import Computed, Option, Question


def questions() -> list[Question]:
    return [
        two_steps(),
        three_paths(),
        why_plus(),
        when_to_pass_back(),
        two_passes(),
    ]


def two_steps() -> Question:
    def both_steps() -> float:
        return slope(lambda x: (x * 2) * 5, 3.0)

    def slopes_added_up() -> float:
        return slope(lambda x: x * 2, 3.0) + slope(lambda u: u * 5, 6.0)

    def last_step_alone() -> float:
        return slope(lambda u: u * 5, 6.0)

    return Question(
        "`u` is `x * 2`, `y` is `u * 5`, and `x` is 3. How fast does `y` move "
        "when `x` moves?",
        [
            Computed(
                both_steps,
                "If `x` moves by 1, then `u` moves by 2, and each of those "
                "moves `y` by 5.",
                right=True,
            ),
            Computed(
                slopes_added_up,
                "This adds the two slopes, since one step comes after the "
                "other. But the second acts on *all* that comes out of the "
                "first, as when you change money twice. "
                "[Slopes multiply](#slopes-multiply)",
            ),
            Computed(
                both_steps,
                "Here each factor got itself as its local derivative. It is a "
                "common slip, since a large factor seems to matter more; but "
                "it gets the *other* one. [Remembering the steps]"
                "(#remembering-the-steps)",
                bug=zoo.own_factor,
            ),
            Computed(
                last_step_alone,
                "That is how fast `y` moves when `u` does. It is where the "
                "way back begins, and it leads on to `x`. "
                "[Slopes multiply](#slopes-multiply)",
            ),
        ],
    )


def three_paths() -> Question:
    def gradient() -> float:
        return slope(lambda x: x * x + x, 4.0)

    return Question(
        "`x` is 4, and `f` is `x * x + x`. What is `x.grad` after "
        "`f.backward()`?",
        [
            Computed(
                gradient,
                "Three paths lead from `x` to `f`: each factor brings 4, and "
                "the `x` at the end brings 1.",
                right=True,
            ),
            Computed(
                gradient,
                "Only the share that arrived last is left. Each one overwrote "
                "the one before, which is what `=` does in the place of `+=`. "
                "[Why gradients add up](#why-gradients-add-up)",
                bug=zoo.assigns,
            ),
            Computed(
                gradient,
                "One of the two factors is missing, as if `x` went into the "
                "product only once. An engine that keeps the inputs in a "
                "Python set, which holds no double, thinks so, too. "
                "[Why gradients add up](#why-gradients-add-up)",
                bug=zoo.inputs_in_a_set,
            ),
            Computed(
                gradient,
                "Only the `x` at the end counted. The product passed back "
                "before it had received anything, as it does if one walks "
                "from the inputs to the result. "
                "[Why the order matters](#why-the-order-matters)",
                bug=zoo.not_reversed,
            ),
        ],
    )


def why_plus() -> Question:
    return Question(
        "Why must a node pass back with `x.grad += ...`, and not with "
        "`x.grad = ...`, even in one single pass?",
        [
            Option(
                "Because of the plus in formulas such as `x * x + x`",
                "It looks like that, because the example has a plus in it. "
                "But `x * x` alone needs the `+=` as well. "
                "[Why gradients add up](#why-gradients-add-up)",
            ),
            Option(
                "Because a node may be used more than once",
                "Every use is a path to the result, and the gradient is the "
                "sum over paths. With `=`, the last one would win.",
                right=True,
            ),
            Option(
                "Because a node is visited once for every use",
                "It is visited once in all, when its gradient is complete. "
                "What arrives once for every use is a *share*. "
                "[Why the order matters](#why-the-order-matters)",
            ),
            Option(
                "Because leaves should add up gradients over several passes",
                "They do, and it can be useful. But a single pass goes wrong "
                "already with `=`. "
                "[Why gradients add up](#why-gradients-add-up)",
            ),
        ],
    )


def when_to_pass_back() -> Question:
    return Question(
        "Two nodes use `u`. When may `u` pass its gradient back to its own "
        "inputs?",
        [
            Option(
                "At any time, as long as every node is visited in the end",
                "Recursion visits every node, too, and it looks so tidy. On "
                "the diamond it says 20 where 14 is right, because it matters "
                "*when* a node is visited. "
                "[Why the order matters](#why-the-order-matters)",
            ),
            Option(
                "As soon as either of them has given it something",
                "So did `hurry`, and it is the obvious way to write it. But "
                "when the rest arrives, `u` passes back all that it has, so "
                "the first part is counted twice. "
                "[Why the order matters](#why-the-order-matters)",
            ),
            Option(
                "As soon as its own inputs have passed back",
                "That is the way of the forward pass, from the inputs to the "
                "result. Gradients travel the other way, so `u` waits for its "
                "*users*. "
                "[Why the order matters](#why-the-order-matters)",
            ),
            Option(
                "When both of them have given it their share",
                "Only then is its gradient complete. A topological order, "
                "walked through backwards, makes sure of that.",
                right=True,
            ),
        ],
    )


def two_passes() -> Question:
    def passes(number: int) -> tuple[float, float]:
        x = Value(2.0)
        u = x * x
        y = u * 3
        for _ in range(number):
            y.backward()
        return x.grad, u.grad

    def both_passes() -> tuple[float, float]:
        return passes(2)

    def one_pass() -> tuple[float, float]:
        return passes(1)

    def everything_adds_up() -> tuple[float, float]:
        x_grad, u_grad = passes(1)
        return x_grad + x_grad, u_grad + u_grad

    both = "{} and {}"
    return Question(
        "What are `x.grad` and `u.grad` at the end?",
        [
            Computed(
                both_passes,
                "The leaf adds up over both passes. The inner node starts "
                "from 0 in each of them.",
                right=True,
                text=both,
            ),
            Computed(
                both_passes,
                "Here `u` kept the 3 from the first pass, and sent it back a "
                "second time. That is why inner nodes are reset. "
                "[Calling it twice](#calling-it-twice)",
                bug=zoo.not_reset,
                text=both,
            ),
            Computed(
                one_pass,
                "That is what *one* pass leaves. You might expect a second to "
                "begin afresh, but nobody resets a leaf unless you do. "
                "[Calling it twice](#calling-it-twice)",
                text=both,
            ),
            Computed(
                everything_adds_up,
                "It would only be fair if both added up. But `u` is an inner "
                "node, and those start from 0 in each pass. "
                "[Calling it twice](#calling-it-twice)",
                text=both,
            ),
        ],
        code="x = Value(2.0)\nu = x * x\ny = u * 3\ny.backward()\ny.backward()",
    )
