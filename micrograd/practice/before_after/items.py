"""The items of the test, each in two forms.

Both forms of an item have the same options with other numbers or other
words, so both explain their options in the same words. As in the quizzes,
no number in an option is typed: each comes from the engine, with a bug of
the zoo where the option is wrong, or from a wrong rule that has a name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...engine import Value
from .. import zoo
from ..quizzes.experiments import descend, slope
from ..quizzes.question import Computed, Option, Question, show_number

STEPS = "[Remembering the steps](01_value.ipynb#remembering-the-steps)"
CHAIN = "[Slopes multiply](01_value.ipynb#slopes-multiply)"
BY_HAND = "[The chain rule, by hand](01_value.ipynb#the-chain-rule-by-hand)"
ADD_UP = "[Why gradients add up](01_value.ipynb#why-gradients-add-up)"
ORDER = "[Why the order matters](01_value.ipynb#why-the-order-matters)"
DOWN = "[Which way is down?](00_descent.ipynb#which-way-is-down)"
NUDGE = "[How small is small?](02_gradient_check.ipynb#how-small-is-small)"
CAN_FAIL = "[Can it fail?](02_gradient_check.ipynb#can-it-fail)"
BEND = "[The bend](03_mlp.ipynb#the-bend)"
BREAKS = "[What breaks](04_xor_training.ipynb#what-breaks)"
LOCAL = "[In the local derivatives](08_bug_zoo.ipynb#in-the-local-derivatives)"
MEASURED = "[What was measured](08_bug_zoo.ipynb#what-was-measured)"


@dataclass(frozen=True)
class Item:
    """One thing to be understood, asked in two ways.

    Args:
        belief: The misconception that it looks for, as somebody would say it.
        form_a, form_b: The question, and the same with another surface.
    """

    belief: str
    form_a: Question
    form_b: Question


def items() -> list[Item]:
    """Make the twelve items, and compute the numbers in their options."""
    return [
        product(),
        difference(),
        tanh(),
        shut_relu(),
        two_paths(),
        overwriting(),
        order(),
        update(),
        no_reset(),
        small_nudge(),
        check_passes(),
        loss_falls(),
    ]


def product() -> Item:
    def ask(a: float, b: float) -> Question:
        def other_factor() -> float:
            return slope(lambda x: x * b, a)

        def like_a_sum() -> float:
            return slope(lambda x: x + b, a)

        def the_result_itself() -> float:
            return (Value(a) * b).data

        return Question(
            f"`y = a * b`, where `a` is {show_number(a)} and `b` is "
            f"{show_number(b)}. What is the gradient of `a`?",
            [
                Computed(
                    other_factor,
                    "A nudge of one factor reaches the product multiplied by "
                    "the *other* one.",
                    right=True,
                ),
                Computed(
                    other_factor,
                    "The factor got its own number. It seems natural that a "
                    "large factor matters more, but in a product each gets "
                    f"the *other* one. {STEPS}",
                    bug=zoo.own_factor,
                ),
                Computed(
                    like_a_sum,
                    "This is the rule of a sum, which hands on what it gets. "
                    f"A product multiplies it by the other factor. {STEPS}",
                ),
                Computed(
                    the_result_itself,
                    "This is the product itself. A gradient is not how large "
                    "the result is, but how fast it moves. "
                    f"{BY_HAND}",
                ),
            ],
        )

    return Item(
        "In a product, each factor's gradient is its own number.",
        ask(7.0, 4.0),
        ask(9.0, 2.0),
    )


def difference() -> Item:
    def ask(a: float, b: float, c: float) -> Question:
        def of_b() -> float:
            return slope(lambda x: (a - x) * c, b)

        def of_the_difference_alone() -> float:
            return slope(lambda x: a - x, b)

        a_, b_, c_ = map(show_number, (a, b, c))
        return Question(
            f"`y = (a - b) * c`, where `a` is {a_}, `b` is {b_} and `c` is "
            f"{c_}. What is the gradient of `b`?",
            [
                Computed(
                    of_b,
                    "When `b` rises, the difference falls by as much, and "
                    "`c` multiplies that.",
                    right=True,
                ),
                Computed(
                    of_b,
                    "The difference handed both its sides a plus. What is "
                    "subtracted gets a minus, since the result falls when it "
                    f"rises. {LOCAL}",
                    bug=zoo.no_minus,
                ),
                Computed(
                    of_b,
                    "The minus is there, but the product gave the difference "
                    "its own number, and not that of the other factor. "
                    f"{STEPS}",
                    bug=zoo.own_factor,
                ),
                Computed(
                    of_the_difference_alone,
                    "This is the slope of the difference alone. It has to be "
                    f"multiplied by what comes back from the product. {CHAIN}",
                ),
            ],
        )

    return Item(
        "A difference hands its gradient to both sides with a plus.",
        ask(5.0, 2.0, 4.0),
        ask(9.0, 4.0, 7.0),
    )


def tanh() -> Item:
    def ask(at: float) -> Question:
        def gradient() -> float:
            return slope(Value.tanh, at)

        return Question(
            f"The tanh of {show_number(at)} is about "
            f"{show_number(math.tanh(at))}. About how large is the slope of "
            f"tanh at {show_number(at)}?",
            [
                Computed(
                    gradient,
                    "It is 1 minus the square of the *output*.",
                    right=True,
                ),
                Computed(
                    gradient,
                    "This is 1 minus the square of the *input*. The formula "
                    "looks as if it wanted the number that goes in, but it "
                    f"wants the one that comes out. {LOCAL}",
                    bug=zoo.tanh_of_input,
                ),
                Computed(
                    gradient,
                    "This is 1 minus the output: the square has got lost. "
                    f"{LOCAL}",
                    bug=zoo.tanh_unsquared,
                ),
                Computed(
                    gradient,
                    "The slope was multiplied in twice, as if the chain rule "
                    f"had still to be applied to it. {LOCAL}",
                    bug=zoo.tanh_twice,
                ),
            ],
        )

    return Item(
        "The slope of tanh is computed from its input.",
        ask(0.8),
        ask(0.6),
    )


def shut_relu() -> Item:
    def ask(w1: float, x1: float, w2: float, x2: float, b: float) -> Question:
        def of_w2() -> float:
            return slope(lambda w: (w1 * x1 + w * x2 + b).relu(), w2)

        def own_factor_past_the_gate() -> float:
            with zoo.never_shut:
                return of_w2()

        def the_opposite_of_an_open_gate() -> float:
            with zoo.never_shut:
                return -of_w2()

        names = ("w1", "x1", "w2", "x2", "b")
        values = map(show_number, (w1, x1, w2, x2, b))
        *first, last = (f"`{n}` is {v}" for n, v in zip(names, values))
        return Question(
            "A neuron's output is `relu(w1 * x1 + w2 * x2 + b)`, where "
            f"{', '.join(first)} and {last}. What is the gradient of `w2`, "
            "that is, the derivative of this output with respect to `w2`?",
            [
                Computed(
                    of_w2,
                    "The sum is negative, and there ReLU is flat: a small "
                    "nudge of `w2` does not move the output.",
                    right=True,
                ),
                Computed(
                    of_w2,
                    "This would be right if the sum were positive. A ReLU "
                    "that is shut lets nothing through on the way back "
                    f"either. {LOCAL}",
                    bug=zoo.never_shut,
                ),
                Computed(
                    own_factor_past_the_gate,
                    "This is the weight's own number, handed on past a ReLU "
                    f"that is shut. {STEPS}",
                    bug=zoo.own_factor,
                ),
                Computed(
                    the_opposite_of_an_open_gate,
                    "A gradient with the other sign, so that the gate opens: "
                    "that would be handy, but a flat piece pushes in neither "
                    f"direction. {BEND}",
                ),
            ],
        )

    return Item(
        "ReLU stops negative numbers on the way forward, and lets gradients "
        "through on the way back.",
        ask(4.0, 1.0, 3.0, -2.0, 1.0),
        ask(3.0, 2.0, 5.0, -4.0, 1.0),
    )


def two_paths() -> Item:
    def ask(factor: float, term: float, at: float) -> Question:
        def y(x: Value) -> Value:
            u = x * factor + term
            return u * x

        def both_paths() -> float:
            return slope(y, at)

        def first_path_alone() -> float:
            u = (Value(at) * factor + term).data
            return slope(lambda x: u * x, at)

        def path_through_u() -> float:
            return both_paths() - first_path_alone()

        def paths_multiplied() -> float:
            return first_path_alone() * path_through_u()

        return Question(
            f"`x` is {show_number(at)} before the two lines below. What is the "
            "gradient of `x`, that is, the derivative of `y` with respect to "
            "`x`?",
            [
                Computed(
                    both_paths,
                    "Two paths lead from `x` to `y`, one of them through "
                    "`u`. What they bring is added up.",
                    right=True,
                ),
                Computed(
                    both_paths,
                    "Only the path through `u` counted. What arrived on the "
                    "other was overwritten: `=` does that in the place of "
                    f"`+=`. {ADD_UP}",
                    bug=zoo.assigns,
                ),
                Computed(
                    first_path_alone,
                    "Only the `x` in the last line counted, as if `u` were a "
                    f"fixed number. But `u` moves with `x`. {ADD_UP}",
                ),
                Computed(
                    paths_multiplied,
                    "What the two paths bring was multiplied. Slopes multiply "
                    "*along* a path; beside each other, paths add up. "
                    f"{ADD_UP}",
                ),
            ],
            code=f"u = {factor:g} * x + {term:g}\ny = u * x",
        )

    return Item(
        "A number has one gradient, so a share that arrives takes the place "
        "of the one before.",
        ask(2.0, 3.0, 2.0),
        ask(3.0, 4.0, 2.0),
    )


def overwriting() -> Item:
    many_uses = (
        "One number is used twice, so it gets two shares, and the second "
        "wipes out the first."
    )
    for_the_plus = (
        "The `+=` is not there because of a plus in the formula. Each number "
        "here is used once, gets one share, and nothing is overwritten. "
        f"{ADD_UP}"
    )
    hard_to_look_at = (
        "A mixture of operations looks more difficult. But each number is "
        f"used once, so there is nothing to overwrite. {ADD_UP}"
    )
    for_the_curve = (
        "A curve makes an expression look hard. But each number in it is "
        f"used once, so there is nothing to overwrite. {CAN_FAIL}"
    )
    ask = (
        "In a program that finds gradients, a number may be sent several "
        "shares of its gradient. {} For which of these expressions does it "
        "give a wrong gradient?"
    )
    return Item(
        "Gradients are added up because of the plus signs in a formula.",
        Question(
            ask.format(
                "This program keeps only the last one that arrived, where it "
                "should add them up."
            ),
            [
                Option("`a * b * a`", many_uses, right=True),
                Option("`a + b + c`", for_the_plus),
                Option("`(a + b) * c`", hard_to_look_at),
                Option("`tanh(a * b)`", for_the_curve),
            ],
        ),
        Question(
            ask.format(
                "This one writes each of them over the one before, and does "
                "not add."
            ),
            [
                Option("`exp(p * q)`", for_the_curve),
                Option("`p + q + r + s`", for_the_plus),
                Option("`(p - q) * r`", hard_to_look_at),
                Option("`p * q * q`", many_uses, right=True),
            ],
        ),
    )


def order() -> Item:
    def ask(first: float, left: float, right: float) -> Question:
        def y(x: Value) -> Value:
            u = x * first
            return u * left + u * right

        def gradient() -> float:
            return slope(y, 1.0)

        def first_visit_alone() -> float:
            return slope(lambda x: (x * first) * left, 1.0)

        def all_of_it_twice() -> float:
            return gradient() + gradient()

        return Question(
            "A program is to find gradients for the two lines below. It "
            "starts with all of them at 0, except that of `y`, which is 1. "
            "Whenever a share arrives at a number, the program adds it to "
            "that number's gradient, and at once passes back from there the "
            "*whole* gradient that the number has so far, times the slope. "
            f"The share through `u * {left:g}` is the first to arrive at "
            "`u`. What does the program give in the end as the gradient of "
            "`x`?",
            [
                Computed(
                    gradient,
                    "`u` passed back too early, and then passed back the "
                    "first share once more, together with the second.",
                    right=True,
                    bug=zoo.no_order,
                ),
                Computed(
                    gradient,
                    "This is the true gradient. It is tempting to think that "
                    "it comes out in any order, as long as every number is "
                    "visited. But the first share was passed back twice. "
                    f"{ORDER}",
                ),
                Computed(
                    first_visit_alone,
                    "This stops after the first share. Another one arrives "
                    f"at `u`, and the program passes back again. {ORDER}",
                ),
                Computed(
                    all_of_it_twice,
                    "There are two visits, but at the first of them `u` did "
                    f"not have its whole gradient yet. {ORDER}",
                ),
            ],
            code=f"u = x * {first:g}\ny = u * {left:g} + u * {right:g}",
        )

    return Item(
        "The order does not matter, as long as every number is visited.",
        ask(3.0, 2.0, 5.0),
        ask(4.0, 3.0, 2.0),
    )


def update() -> Item:
    def ask(weight: float, gradient: float, rate: float) -> Question:
        def move(learning_rate: float) -> float:
            [moved] = descend(lambda w: w * gradient, [weight], learning_rate)
            return moved

        def step() -> float:
            return move(rate)

        def without_a_rate() -> float:
            return move(1.0)

        def the_step_itself() -> float:
            return move(rate) - weight

        return Question(
            f"A weight is {show_number(weight)}, and the derivative of the "
            f"loss with respect to it is {show_number(gradient)}. Where is "
            "the weight after one step of gradient descent with a learning "
            f"rate of {show_number(rate)}?",
            [
                Computed(
                    step,
                    "The loss falls when the weight rises, so a step against "
                    "the slope makes the weight larger.",
                    right=True,
                ),
                Computed(
                    step,
                    "A minus seems to say *down*. But it says that the loss "
                    "falls when the weight goes *up*, and so this step makes "
                    f"the loss larger. {DOWN}",
                    bug=zoo.uphill,
                ),
                Computed(
                    without_a_rate,
                    "The direction is right. But the learning rate is "
                    f"missing: it says what part of the slope to go. {DOWN}",
                ),
                Computed(
                    the_step_itself,
                    "This is how far the weight moves. It is added to where "
                    f"the weight was, and does not replace it. {DOWN}",
                ),
            ],
        )

    return Item(
        "A negative gradient says that the weight should go down.",
        ask(2.0, -4.0, 0.1),
        ask(3.0, -2.0, 0.25),
    )


def no_reset() -> Item:
    def ask(gradient: float, start: float) -> Question:
        def move(rate: float = 0.1, steps: int = 3) -> float:
            [moved] = descend(lambda w: w * gradient, [start], rate, steps)
            return moved

        def steps() -> float:
            return move()

        def doubled_each_time() -> float:
            rates = (0.1, 0.2, 0.4)
            return start + sum(move(rate, 1) - start for rate in rates)

        def uphill_without_a_reset() -> float:
            with zoo.no_zero_grad:
                return move()

        return Question(
            f"The loss is `{gradient:g} * w`, and `w` starts at "
            f"{show_number(start)}. In a certain library, each backward pass "
            "*adds* to the gradients that are stored. A training loop that "
            "uses it never sets them back to 0. Where is `w` after three "
            "steps with a learning rate of 0.1?",
            [
                Computed(
                    steps,
                    "The steps follow once, twice and three times the slope: "
                    "each follows the sum of all gradients so far.",
                    right=True,
                    bug=zoo.no_zero_grad,
                ),
                Computed(
                    steps,
                    "This is what happens *with* the reset. It looks like "
                    "mere housekeeping, but without it the old gradients are "
                    f"followed again in every step. {BREAKS}",
                ),
                Computed(
                    doubled_each_time,
                    "Here the stored gradient doubled each time. But a pass "
                    f"adds only the new one to it. {BREAKS}",
                ),
                Computed(
                    uphill_without_a_reset,
                    "The gradients were added up, but the steps went along "
                    f"the slope, and so uphill. {DOWN}",
                    bug=zoo.uphill,
                ),
            ],
        )

    return Item(
        "To reset the gradients is mere housekeeping.",
        ask(2.0, 1.0),
        ask(3.0, 2.0),
    )


def small_nudge() -> Item:
    def ask(f: str, at: str, nudges: str, texts: list[str]) -> Question:
        whys = {
            "middle": "The nudge is small enough for the curve to be nearly "
            "straight, and large enough for the digits to differ.",
            "smallest": "On paper, smaller is always better. With a tiny "
            "nudge, though, the two results hardly differ, and rounding "
            f"swallows what is left. {NUDGE}",
            "largest": "It keeps clear of rounding, but over so large a "
            f"nudge the slope of the curve changes. {NUDGE}",
            "difference": "Both how the curve bends and how numbers are "
            f"rounded spoil the slope, by very different amounts. {NUDGE}",
        }
        options = [
            Option(text, why, right=word == "middle")
            for text in texts
            for word, why in whys.items()
            if word in text
        ]
        return Question(
            f"To check a derivative, a program computes {f} a little above "
            f"and a little below {at}, at a distance of `h` each, and divides "
            "the difference by `2 * h`. It uses ordinary floating-point "
            "numbers, with about 16 digits. The candidates for `h` are "
            f"{nudges}. Which comes closest to the true slope?",
            options,
        )

    return Item(
        "The smaller the nudge, the better the slope.",
        ask(
            "`x**3`",
            "`x = 3`",
            "0.1, 0.00001 and 0.000000000000001",
            [
                "It makes no difference",
                "The largest",
                "The smallest",
                "The middle one",
            ],
        ),
        ask(
            "`exp(x)`",
            "`x = 2`",
            "0.2, 0.000005 and 0.000000000000002",
            [
                "The one in the middle",
                "The smallest of them",
                "The largest of them",
                "There is no difference",
            ],
        ),
    )


def check_passes() -> Item:
    not_looked_at = (
        "A check compares the slopes of *one* pass with nudges. What the "
        "loop does with the gradients, it never sees."
    )
    a_rule = (
        "This is a wrong rule in one operation. Nudges know nothing of that "
        f"rule, so the two slopes would differ. {CAN_FAIL}"
    )
    a_share = (
        "Then shares of gradients would be lost, since every weight is used "
        f"for several examples, and the two slopes would differ. {CAN_FAIL}"
    )
    the_order = (
        "Every number would still be visited, but some gradients would be "
        f"too large or too small, and the two slopes would differ. {ORDER}"
    )
    ask = (
        "{} has two hidden layers of several neurons each, all with tanh, and "
        "a loss over several examples. Its program passes this check, with "
        "random weights: all gradients of the loss from one backward pass "
        "agree with those found by nudging each weight. Which of these "
        "mistakes may the program still have?"
    )
    return Item(
        "The gradient check passed, so the training program is right.",
        Question(
            ask.format("A network"),
            [
                Option("The rule of a product takes the wrong factor", a_rule),
                Option("Of several shares, only the last is kept", a_share),
                Option(
                    "A gradient is passed back before it is complete",
                    the_order,
                ),
                Option(
                    "Gradients are never reset between passes",
                    not_looked_at,
                    right=True,
                ),
            ],
        ),
        Question(
            ask.format("A friend's network"),
            [
                Option(
                    "The steps are added instead of subtracted",
                    not_looked_at,
                    right=True,
                ),
                Option("Each share overwrites the one before it", a_share),
                Option("The rule of tanh takes the wrong number", a_rule),
                Option(
                    "A number passes its gradient back too early", the_order
                ),
            ],
        ),
    )


def loss_falls() -> Item:
    nothing = (
        "A step only has to lead downhill, and a wrong gradient often does. "
        "So the gradients themselves have to be checked."
    )
    right = (
        "It is the most natural thing to believe. But many a network learns "
        f"with gradients that are wrong. {MEASURED}"
    )
    signs = (
        "Not even that: the loss can fall although some of the signs are "
        f"wrong. {MEASURED}"
    )
    here = (
        "It learns, so it seems to be served well. But it may do so with "
        f"gradients that are wrong for this very network. {MEASURED}"
    )
    return Item(
        "The loss falls, so the gradients are right.",
        Question(
            "You have written your own backpropagation. With it, a network "
            "learns to tell two kinds of points apart, and the loss falls "
            "nearly to 0. What does that tell you about the gradients?",
            [
                Option(
                    "They led downhill, and that is all", nothing, right=True
                ),
                Option("They are right, or the loss would not fall", right),
                Option("They have the right signs, if not right sizes", signs),
                Option("They are right for this network, if no other", here),
            ],
        ),
        Question(
            "A friend's hand-written backpropagation trains a network to "
            "predict tomorrow's temperature, and the loss shrinks to almost "
            "nothing. What follows for the gradients?",
            [
                Option("They are right on these data, if no others", here),
                Option("They must be right, as wrong ones lead nowhere", right),
                Option("Their signs are right, if not their sizes", signs),
                Option(
                    "They made the loss smaller, and that is all",
                    nothing,
                    right=True,
                ),
            ],
        ),
    )
