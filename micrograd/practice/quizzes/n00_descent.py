"""Notebook 00: slopes, steps, and what nudging costs."""

from ...engine import Value
from .. import zoo
from .experiments import descend
from .question import Computed, Option, Question


def questions() -> list[Question]:
    return [
        which_way(),
        one_step(),
        shorter_steps(),
        two_knobs(),
        a_million_knobs(),
    ]


def which_way() -> Question:
    return Question(
        "You turn a knob up by a tiny bit, and the loss goes *down*. What is "
        "the slope here, and which way do you go on?",
        [
            Option(
                "The slope is positive, so I go further up",
                "It is tempting to read *positive* as *good*. But the slope "
                "only says what the loss does when the knob goes up, and here "
                "it falls. "
                "[Which way is down?](#which-way-is-down)",
            ),
            Option(
                "The slope is negative, so I turn the knob down",
                "The sign is right, but it is no arrow to be followed. We step "
                "*against* the slope, so a minus sends us up. "
                "[Which way is down?](#which-way-is-down)",
            ),
            Option(
                "The slope is negative, so I go further up",
                "The loss falls as the knob goes up, which is what a negative "
                "slope says. Against it is up.",
                right=True,
            ),
            Option(
                "The slope is positive, so I turn the knob down",
                "That would be the rule if the loss had gone *up*. The knob "
                "did go up, which is confusing, but the sign is about the "
                "loss. "
                "[Which way is down?](#which-way-is-down)",
            ),
        ],
    )


def one_step() -> Question:
    def loss(w: Value) -> Value:
        return (w - 3) ** 2

    def step() -> tuple[float, ...]:
        return descend(loss, [5.0], learning_rate=0.1)

    def step_without_a_rate() -> tuple[float, ...]:
        return descend(loss, [5.0], learning_rate=1.0)

    return Question(
        "The loss is `(w - 3)**2`, and `w` is 5, where a nudge measures a "
        "slope of 4. Where is `w` after one step of gradient descent at a "
        "learning rate of 0.1?",
        [
            Computed(
                step,
                "A tenth of the slope is 0.4, and we step against it.",
                right=True,
            ),
            Computed(
                step,
                "This step goes *along* the slope, up the hill. It is easy to "
                "lose the minus, because the slope here is positive and looks "
                "harmless. "
                "[Which way is down?](#which-way-is-down)",
                bug=zoo.uphill,
            ),
            Computed(
                step,
                "This is a step with the slope 2. It is the usual slip on "
                "paper, where that of `(w - 3)**2` loses its factor of 2. The "
                "nudge says 4. "
                "[Which way is down?](#which-way-is-down)",
                bug=zoo.no_factor,
            ),
            Computed(
                step_without_a_rate,
                "This takes off the whole slope, as if a slope were a "
                "distance. The learning rate makes a step of it, and without "
                "that we fly past the bottom at 3. "
                "[Which way is down?](#which-way-is-down)",
            ),
        ],
    )


def shorter_steps() -> Question:
    return Question(
        "The learning rate never changes, and yet the steps get shorter and "
        "shorter on the way down. Why?",
        [
            Option(
                "The ground gets flatter",
                "A step is the slope times the learning rate, and near the "
                "bottom there is hardly any slope left.",
                right=True,
            ),
            Option(
                "The loss gets smaller",
                "It does, but it is not in the formula of a step. Imagine the "
                "whole curve lifted by a hundred: every loss is larger, and "
                "every step is the same. "
                "[Which way is down?](#which-way-is-down)",
            ),
            Option(
                "The nudge gets smaller",
                "The nudge *measures* the slope, and it is the same tiny bit "
                "every time. It sounds like a step, but nobody walks along "
                "it. [Which way is down?](#which-way-is-down)",
            ),
            Option(
                "The program slows down on purpose",
                "A program can do that, with a learning rate that falls. But "
                "this one keeps its rate, and something else shrinks. "
                "[Which way is down?](#which-way-is-down)",
            ),
        ],
    )


def two_knobs() -> Question:
    def loss(w: Value, b: Value) -> Value:
        return (w + b - 4) ** 2

    def step() -> tuple[float, ...]:
        return descend(loss, [1.0, 1.0], learning_rate=0.25)

    def one_knob_after_the_other() -> tuple[float, ...]:
        def with_b_at_1(w: Value) -> Value:
            return loss(w, Value(1.0))

        [w] = descend(with_b_at_1, [1.0], learning_rate=0.25)

        def with_w_moved(b: Value) -> Value:
            return loss(Value(w), b)

        [b] = descend(with_w_moved, [1.0], learning_rate=0.25)
        return w, b

    both = "`w` at {}, `b` at {}"
    return Question(
        "The loss is `(w + b - 4)**2`, and both knobs are at 1, where nudges "
        "measure a slope of −4 for each. Where are they after one step at a "
        "learning rate of 0.25?",
        [
            Computed(
                step,
                "A quarter of the slope, and against it, moves each knob up "
                "by 1.",
                right=True,
                text=both,
            ),
            Computed(
                one_knob_after_the_other,
                "Here `w` moved first, and the slope for `b` was measured "
                "from the new place. It feels natural to finish one knob "
                "before the next, but both slopes belong to the spot where we "
                "stand. [Two knobs](#two-knobs)",
                text=both,
            ),
            Computed(
                step,
                "Both knobs went down, and the loss went up. The slopes are "
                "negative, and the step is *against* them. "
                "[Which way is down?](#which-way-is-down)",
                bug=zoo.uphill,
                text=both,
            ),
            Computed(
                step,
                "Half the way, as if the slopes were −2. Worked out on paper "
                "they have lost a factor of 2, which the nudges would not. "
                "[Which way is down?](#which-way-is-down)",
                bug=zoo.no_factor,
                text=both,
            ),
        ],
    )


def a_million_knobs() -> Question:
    return Question(
        "Nudging is hopeless for a model with a million knobs. Why?",
        [
            Option(
                "With so many knobs, there is no valley to go down into",
                "We cannot *draw* the hill any more, and that makes it hard "
                "to believe in. But every knob still has a slope. "
                "[Two knobs](#two-knobs)",
            ),
            Option(
                "The slopes get too small to be measured",
                "A slope does not shrink because there are others beside it. "
                "What grows is the work. "
                "[A million knobs](#a-million-knobs)",
            ),
            Option(
                "All knobs are nudged at once, so nobody knows which one did "
                "it",
                "That would be a muddle indeed, and so we nudge one knob and "
                "leave the others alone. "
                "[Two knobs](#two-knobs)",
            ),
            Option(
                "Every step needs a run of the model for each knob",
                "And one more, for the place where we stand. A single step "
                "takes a million and one runs, and training takes thousands "
                "of steps.",
                right=True,
            ),
        ],
    )
