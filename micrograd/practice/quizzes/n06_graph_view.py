"""Notebook 06: numbers on edges, gates, and what a gradient promises."""

from ...engine import Value
from .. import zoo
from .experiments import slope
from .question import Computed, Option, Question, show_number


def questions() -> list[Question]:
    return [
        the_number_on_the_edge(),
        along_the_edges(),
        the_larger_factor(),
        all_but_one(),
        the_promise(),
    ]


def the_number_on_the_edge() -> Question:
    def local_derivative() -> float:
        [local] = (Value(2.0) ** 3)._local
        return local

    def gradient_of_x() -> float:
        return slope(lambda x: x**3 * 5, 2.0)

    def the_result_itself() -> float:
        return (Value(2.0) ** 3).data

    return Question(
        "`x` is 2, and you write its cube as one operation. Which number "
        "belongs in the place of the dots?",
        [
            Computed(
                local_derivative,
                "It is 3 · 2², the slope of the cube alone. A local "
                "derivative knows nothing of what comes afterwards.",
                right=True,
            ),
            Computed(
                gradient_of_x,
                "That will be the *gradient* of `x`, with the 5 in it. The "
                "backward pass multiplies along the way, so that an operation "
                "need not know what follows. "
                "[A small graph](#a-small-graph)",
            ),
            Computed(
                local_derivative,
                "The slope of a power has the exponent as a factor in front, "
                "and here it has got lost. [In the local derivatives]"
                "(08_bug_zoo.ipynb#in-the-local-derivatives)",
                bug=zoo.no_factor,
            ),
            Computed(
                the_result_itself,
                "That is the cube itself, which is its `data`. The number on "
                "the edge says how fast it *changes* with `x`. "
                "[Remembering the steps]"
                "(01_value.ipynb#remembering-the-steps)",
            ),
        ],
        code='cube = Value(x.data**3, (x,), "cube", _local=(...,))\n'
        "y = cube * 5",
    )


def along_the_edges() -> Question:
    def nodes() -> tuple[Value, Value]:
        a, b, c = Value(2.0), Value(-3.0), Value(4.0)
        product = a * b
        (product * c).backward()
        return b, product

    def gradient_of_b() -> float:
        b, _ = nodes()
        return b.grad

    def gradient_of_the_product() -> float:
        _, product = nodes()
        return product.grad

    def last_edge_alone() -> float:
        _, product = nodes()
        return product._local[1]

    return Question(
        "`a` is 2, `b` is −3, `c` is 4, and `f` is `a * b * c`. What is "
        "`b.grad` after `f.backward()`?",
        [
            Computed(
                gradient_of_b,
                "Two edges lead back to `b`, with 4 and 2 on them. Along a "
                "path, the numbers on the edges are multiplied.",
                right=True,
            ),
            Computed(
                gradient_of_the_product,
                "That is what arrives at `a * b`. A sum would hand it on as "
                "it is, but a product has numbers on its edges, and `b` is "
                "behind a 2. "
                "[Open the ReLU](#open-the-relu)",
            ),
            Computed(
                last_edge_alone,
                "That is the number on the edge between `b` and the product. "
                "It has to be multiplied by the gradient at its far end. "
                "[A small graph](#a-small-graph)",
            ),
            Computed(
                gradient_of_b,
                "Here each product gave a factor the factor's own number. A "
                "product *exchanges* them. "
                "[Open the ReLU](#open-the-relu)",
                bug=zoo.own_factor,
            ),
        ],
    )


def the_larger_factor() -> Question:
    where = "[Open the ReLU](#open-the-relu)"
    return Question(
        "In `y = a * b`, `a` is 100 and `b` is 1. Which of the two has the "
        "larger gradient after `y.backward()`?",
        [
            Option(
                "`b`, because its nudge is multiplied by `a`",
                "A product exchanges the factors: each input gets what comes "
                "back, times the *other* one.",
                right=True,
            ),
            Option(
                "`a`, because it makes up most of the result",
                "It sounds fair, but a gradient does not share out the "
                "result. Nudge `a`, and `y` moves by the nudge times `b`, "
                f"which is small. {where}",
            ),
            Option(
                "Neither, because both get what comes back",
                "A *sum* hands on to both what it gets. A product is another "
                f"kind of gate. {where}",
            ),
            Option(
                "That depends on what `y` is used for",
                "What comes after `y` multiplies both gradients alike. Which "
                f"is the larger one is settled here. {where}",
            ),
        ],
    )


def all_but_one() -> Question:
    return Question(
        "You draw the graph of `f`, which is a ReLU of something. The "
        "gradient of `f` is 1, and all the others are 0. What do you "
        "conclude?",
        [
            Option(
                "Nobody has called `backward` yet",
                "Then `f` would show a 0 as well. Its 1 is where the backward "
                "pass begins. "
                "[Open the ReLU](#open-the-relu)",
            ),
            Option(
                "There is a bug: no gradient should vanish",
                "It looks like one. But if a nudge of the inputs does not "
                "reach the result, then 0 is what a gradient should say. "
                "[A small graph](#a-small-graph)",
            ),
            Option(
                "The last operation stopped it, as a shut ReLU does",
                "The edge into it carries a 0, and everything before it is "
                "multiplied by that. It is the right answer.",
                right=True,
            ),
            Option(
                "Nothing but zeros went into the graph",
                "The data and the gradient of a node are two different "
                "things, and this ReLU may be shut by any numbers. "
                "[A small graph](#a-small-graph)",
            ),
        ],
    )


def the_promise() -> Question:
    h = 0.01

    def loss(w: Value) -> Value:
        return (w - 2.5) ** 2

    def fall() -> float:
        return -slope(loss, 1.0) * h

    def sign_misread() -> float:
        return -slope(loss, 1.0) * h

    def nudge_forgotten() -> float:
        return -slope(loss, 1.0)

    def slope_forgotten() -> float:
        return (Value(1.0 + h) - Value(1.0)).data

    where = "[One example through a network](#one-example-through-a-network)"
    return Question(
        "After the backward pass of a loss, `w.grad` is "
        f"{show_number(slope(loss, 1.0))}. You raise `w` by {h}. What does "
        "the loss do?",
        [
            Computed(
                fall,
                "A gradient is a slope: the loss changes by about `w.grad` "
                "times the nudge. The minus says that it falls.",
                right=True,
                text="It falls by about {}",
            ),
            Computed(
                sign_misread,
                "The size is right. But the minus is no call to turn `w` down: "
                "it says that the loss falls when `w` is *raised*. "
                f"{where}",
                text="It rises by about {}",
            ),
            Computed(
                nudge_forgotten,
                "It would do so if `w` rose by a whole unit, and if the slope "
                "stayed the same all the way. It rises by much less. "
                f"{where}",
                text="It falls by about {}",
            ),
            Computed(
                slope_forgotten,
                "That is how far `w` moves. The loss moves `w.grad` times as "
                f"far. {where}",
                text="It falls by about {}",
            ),
        ],
    )
