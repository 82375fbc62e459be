"""Notebook 02: nudges both ways, and what a check can see."""

from ... import gradcheck
from ...engine import Value
from .. import zoo
from .question import Computed, Option, Question


def questions() -> list[Question]:
    return [
        a_large_nudge(),
        a_tiny_nudge(),
        what_finds_it(),
        what_stays_hidden(),
        what_you_know(),
    ]


def a_large_nudge() -> Question:
    def square(x: Value) -> Value:
        return x * x

    def central_difference() -> float:
        [found] = gradcheck.numerical_gradient(square, [3.0], h=1.0)
        return found

    def forward_difference() -> float:
        return (square(Value(3.0 + 1.0)) - square(Value(3.0))).data

    def divided_by_h() -> float:
        return (square(Value(3.0 + 1.0)) - square(Value(3.0 - 1.0))).data

    return Question(
        "You nudge `x` in `x * x` at 3, both ways, and by a whole 1. What "
        "does the central difference say?",
        [
            Computed(
                central_difference,
                "It is (16 − 4) / 2. Even with so large a nudge it is exact "
                "here, since a parabola bends by the same amount on both "
                "sides.",
                right=True,
            ),
            Computed(
                forward_difference,
                "That is the forward difference, 16 − 9. It looks to one side "
                "only, where this curve is steeper. "
                "[Nudge both ways](#nudge-both-ways)",
            ),
            Computed(
                divided_by_h,
                "This divides by one nudge, as we did in notebook 00. But the "
                "two points are *two* nudges apart. "
                "[Nudge both ways](#nudge-both-ways)",
            ),
            Computed(
                central_difference,
                "This comes out, whatever the function, if you nudge the "
                "result. It looks so similar in code, but it is the *input* "
                "that has to move. [In the loop, and in the check itself]"
                "(08_bug_zoo.ipynb#in-the-loop-and-in-the-check-itself)",
                bug=zoo.nudged_output,
            ),
        ],
    )


def a_tiny_nudge() -> Question:
    return Question(
        "Your nudge is 0.00001, and you make it a million times smaller. What "
        "happens to the error of the central difference?",
        [
            Option(
                "It grows: rounding takes over",
                "The two results hardly differ any more, so their digits "
                "cancel. What is left is mostly noise, and it is divided by a "
                "tiny number.",
                right=True,
            ),
            Option(
                "It shrinks: the smaller the nudge, the better",
                "That is true of truncation, and the first few steps on the "
                "V go that way. But further down, rounding takes over. "
                "[How small is small?]"
                "(#how-small-is-small)",
            ),
            Option(
                "It stays as it is: a float has digits enough",
                "About 16, which sounds like plenty. But nearly all of them "
                "cancel when you subtract two numbers that are nearly equal. "
                "[How small is small?]"
                "(#how-small-is-small)",
            ),
            Option(
                "It shrinks faster than that of the forward difference",
                "So it does with large nudges, where truncation rules. "
                "Rounding spoils both of them alike. "
                "[How small is small?]"
                "(#how-small-is-small)",
            ),
        ],
    )


def what_finds_it() -> Question:
    where = "[Can it fail?](#can-it-fail)"
    return Question(
        "An engine has `=` where `+=` belongs. For which of these expressions "
        "does a gradient check fail?",
        [
            Option(
                "`x * y + z`",
                "It has two operations, but every node in it is used once. So "
                "there is nothing to overwrite, and the check passes. "
                f"{where}",
            ),
            Option(
                "`(x * y).tanh()`",
                "A curve makes a test look hard. But each node is used once, "
                "so nothing is overwritten, and the check passes. "
                f"{where}",
            ),
            Option(
                "`(x + y) * x`",
                "Two shares arrive at `x`, one from the product and one "
                "through the sum. With `=` only one of them is left.",
                right=True,
            ),
            Option(
                "`(x + y) * (z + w)`",
                "Four inputs look like a thorough test. But each of them has "
                "a single use, and so has each sum. "
                f"{where}",
            ),
        ],
    )


def what_stays_hidden() -> Question:
    return Question(
        "A network with tanh passes a gradient check of its whole loss. Which "
        "of these mistakes may still be in the program?",
        [
            Option(
                "A product hands each factor its own number",
                "Then the two columns would differ nearly everywhere. It may "
                "seem that a nudge makes the same mistake, but it knows "
                "nothing of local derivatives. "
                "[Can it fail?](#can-it-fail)",
            ),
            Option(
                "Nobody calls `zero_grad` between the steps",
                "A check looks at one backward pass, and each of them is "
                "right. What is wrong is their sum.",
                right=True,
            ),
            Option(
                "The slope of tanh is computed from its input",
                "That is a wrong slope in one operation, and every neuron "
                "uses it. A check is made for this. [In the local derivatives]"
                "(08_bug_zoo.ipynb#in-the-local-derivatives)",
            ),
            Option(
                "Shares are passed back with `=` and not with `+=`",
                "The loss is made of several examples, so every weight is used "
                "several times, and shares would be lost. The check is only "
                "blind to this where nothing has a second use. "
                "[Can it fail?](#can-it-fail)",
            ),
        ],
    )


def what_you_know() -> Question:
    return Question(
        "The check of your expression passes, at five points. What do you "
        "know now?",
        [
            Option(
                "That the code is right",
                "It compares two slopes of the function that you *wrote*. If "
                "you meant a minus and wrote a plus, they agree perfectly on "
                "the wrong thing. "
                "[What it cannot see]"
                "(#what-it-cannot-see)",
            ),
            Option(
                "That the slopes are right everywhere",
                "Points seem to stand for all the others, and often do. But a "
                "bug on a branch that was not taken stays hidden. "
                "[What it cannot see]"
                "(#what-it-cannot-see)",
            ),
            Option(
                "That training with it will succeed",
                "Right gradients are needed for that, but they are not "
                "enough. Notebook 04 has a network that stays stuck with "
                "perfect ones. [Stuck](04_xor_training.ipynb#stuck)",
            ),
            Option(
                "That both ways agree at these points",
                "No more, and no less. It is strong evidence if the "
                "expression reuses its nodes and the points lie on both sides "
                "of every kink.",
                right=True,
            ),
        ],
    )
