"""Notebook 08: from a wrong number to the bug, and to a test."""

import math

from ...engine import Value
from .. import zoo
from .experiments import slope
from .question import Computed, Option, Question, show_number


def questions() -> list[Question]:
    return [
        from_the_wrong_end(),
        tanh_at_a_half(),
        a_second_pass(),
        which_test(),
        it_learns(),
    ]


def from_the_wrong_end() -> Question:
    def gradient() -> float:
        return slope(lambda x: x * x + x, 3.0)

    where = "(#in-the-graph-and-its-order)"
    return Question(
        "An engine has found the right order, and walks through it from its "
        "*start*: the inputs first, and the result last. Which slope does it "
        "give for `x * x + x` at 3?",
        [
            Computed(
                gradient,
                "When the product has its turn, nothing has arrived there "
                "yet, so it passes back 0. Only the `x` at the end gets "
                "through.",
                right=True,
                bug=zoo.not_reversed,
            ),
            Computed(
                gradient,
                "So says the correct engine. Every node is visited in either "
                "direction, so it is tempting to think that the direction "
                "does not matter. But a node that comes too early has "
                "nothing to give. "
                f"[In the graph and its order]{where}",
            ),
            Computed(
                gradient,
                "That is `assigns`, where each share overwrites the one "
                "before. The walk of this engine is wrong, but its `+=` is "
                "not. [How to let one out]"
                "(#how-to-let-one-out)",
                bug=zoo.assigns,
            ),
            Computed(
                gradient,
                "That is `inputs_in_a_set`, which counts the `x` in the "
                "product only once. Here it is the order that is wrong. "
                f"[In the graph and its order]{where}",
                bug=zoo.inputs_in_a_set,
            ),
        ],
    )


def tanh_at_a_half() -> Question:
    def gradient() -> float:
        return slope(Value.tanh, 0.5)

    where = "[In the local derivatives](#in-the-local-derivatives)"
    return Question(
        f"The tanh of 0.5 is about {show_number(math.tanh(0.5))}. What is its "
        "slope there?",
        [
            Computed(
                gradient,
                "It is 1 − t², where t is the *result*. A correct engine "
                "keeps it from the forward pass.",
                right=True,
            ),
            Computed(
                gradient,
                "It is 1 − 0.5², from the *input*. The formula looks as if it "
                "wanted the number that goes in, but it wants the one that "
                f"comes out. {where}",
                bug=zoo.tanh_of_input,
            ),
            Computed(
                gradient,
                "It is 1 − t: the square has got lost. For a positive t, "
                "1 − t and 1 − t² both fall as t grows, so the mistake is "
                "easy to overlook. "
                f"{where}",
                bug=zoo.tanh_unsquared,
            ),
            Computed(
                gradient,
                "Here the slope was multiplied in twice. It can happen if "
                "two places believe that the chain rule is their job. "
                f"{where}",
                bug=zoo.tanh_twice,
            ),
        ],
    )


def a_second_pass() -> Question:
    def found() -> float:
        x = Value(1.0)
        y = (x * 2) * 3
        y.backward()
        y.backward()
        return x.grad

    with zoo.not_reset:
        wrong = show_number(found())
    where = "(#in-the-graph-and-its-order)"
    return Question(
        "`u` is `x * 2`, and `y` is `u * 3`. After a first `y.backward()` all "
        f"is well, and after a second one `x.grad` is {wrong}. What do you "
        "say?",
        [
            Option(
                "All is still well, for leaves add up over passes",
                "They do, and that makes 12, twice the slope. The other 6 "
                "comes from the old gradient of `u`, which was sent a second "
                "time. "
                f"[In the graph and its order]{where}",
            ),
            Option(
                "There is `=` where `+=` belongs",
                "Then the second pass would have overwritten the first, and "
                "left the 6 that was there. Here there is too much, not too "
                "little. [How to let one out]"
                "(#how-to-let-one-out)",
            ),
            Option(
                "The order is walked through from the wrong end",
                "That shows in the first pass already: `u` would have passed "
                "back before it had anything to give. And here the first was "
                f"right. [In the graph and its order]{where}",
            ),
            Option(
                "`u` has kept its gradient from the first pass",
                "So it passed that back once more, along with the new one. "
                "Only a second pass over the same graph can show it.",
                right=True,
            ),
        ],
    )


def which_test() -> Question:
    where = "[What catches the rest](#what-catches-the-rest)"
    return Question(
        "Which test notices that `zero_grad` does nothing?",
        [
            Option(
                "A gradient check of every operation",
                "It is a fine test, and the first to write. But there is "
                "nothing wrong in any operation, and each check makes only "
                f"one pass. {where}",
            ),
            Option(
                "A few steps of training, worked out on paper",
                "The first step is right, and the second is not. You see it "
                "only after a second pass, with `zero_grad` before it.",
                right=True,
            ),
            Option(
                "A gradient check of the whole network",
                "It has every weight in it, and seems to leave nothing out. "
                "But it looks at a single backward pass, and that is right. "
                f"{where}",
            ),
            Option(
                "Another backward pass over the same graph",
                "This is how you find inner nodes that keep their gradients. "
                "But it does not call `zero_grad`, so it cannot see what that "
                f"does. {where}",
            ),
        ],
    )


def it_learns() -> Question:
    where = "[What was measured](#what-was-measured)"
    return Question(
        "With an engine that you have just written, a network solves XOR. "
        "What does that tell you about the engine's gradients?",
        [
            Option(
                "They are right, or the loss would not fall",
                "It is the most natural thing to believe. But with eight of "
                "the eighteen bugs, two networks solved XOR all the same. "
                f"{where}",
            ),
            Option(
                "Their signs are right, if not their sizes",
                "Not even that: with `tanh_twice` a fifth of the signs were "
                "wrong, and still every step went down. "
                f"{where}",
            ),
            Option(
                "They are right for this network at least",
                "It learns, so it seems to be served well. But `no_order` gave "
                "the 4-4-1 network badly wrong gradients, and training "
                f"succeeded from 92 of 100 seeds. {where}",
            ),
            Option(
                "Nearly nothing, until they are checked",
                "A step only has to lead down, and a wrong gradient often "
                "does. So check the gradients themselves.",
                right=True,
            ),
        ],
    )
