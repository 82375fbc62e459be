"""Notebook 04: the loop, what stops it, and how to judge a method."""

from ...engine import Value
from .. import zoo
from .experiments import descend
from .question import Computed, Option, Question


def questions() -> list[Question]:
    return [
        the_update(),
        two_steps(),
        the_reset(),
        no_gradient(),
        one_seed_each(),
    ]


def the_update() -> Question:
    return Question(
        "Which line belongs in the place of the dots?",
        [
            Option(
                "`p = p - learning_rate * p.grad`",
                "It reads like the formula, but it makes a *new* number and "
                "calls it `p`. The model still has the old one, and nobody "
                "complains. "
                "[What breaks](#what-breaks)",
            ),
            Option(
                "`p.data += learning_rate * p.grad`",
                "Add the gradient to the knob: that sounds like what a "
                "gradient is for. But it points uphill, so the loss climbs. "
                "[Which way is down?](00_descent.ipynb#which-way-is-down)",
            ),
            Option(
                "`p.data -= learning_rate * p.grad`",
                "The minus steps against the slope. And because `p.data` is a "
                "plain number, the step does not become part of the graph.",
                right=True,
            ),
            Option(
                "None: `backward` has already done it",
                "Backpropagation only finds the slopes, although people often "
                "use its name for the whole of training. To follow the slopes "
                "is the job of gradient descent. [The difference]"
                "(questions_networks.ipynb#what-is-the-difference-between-"
                "backpropagation-and-gradient-descent)",
            ),
        ],
        code="model.zero_grad()\n"
        "loss.backward()\n"
        "for p in model.parameters():\n"
        "    ...",
    )


def two_steps() -> Question:
    def loss(w: Value) -> Value:
        return w * w

    def steps() -> tuple[float, ...]:
        return descend(loss, [1.0], learning_rate=0.25, steps=2)

    return Question(
        "A model has one parameter, `w`, which is 1, and its loss is "
        "`w * w`. Where is `w` after two steps, each with `zero_grad`, at a "
        "learning rate of 0.25?",
        [
            Computed(
                steps,
                "The first slope is 2, which takes `w` to 0.5. There it is 1, "
                "and a quarter of that comes off again.",
                right=True,
            ),
            Computed(
                steps,
                "Here the second step followed *both* slopes, 2 and 1, and "
                "shot across the valley. It happens when nobody calls "
                "`zero_grad`. "
                "[What breaks](#what-breaks)",
                bug=zoo.no_zero_grad,
            ),
            Computed(
                steps,
                "Both steps went uphill, and the second was the longer one. "
                "One sign makes the difference between training and this. "
                "[Which way is down?](00_descent.ipynb#which-way-is-down)",
                bug=zoo.uphill,
            ),
            Computed(
                steps,
                "Then nothing has moved. It happens when the step gives the "
                "new number a name, and leaves the model as it was. "
                "[What breaks](#what-breaks)",
                bug=zoo.rebound,
            ),
        ],
    )


def the_reset() -> Question:
    return Question(
        "What does `model.zero_grad()` wipe out before each backward pass?",
        [
            Option(
                "What the network has learned so far",
                "What it has learned is in the weights, and they stay. The "
                "gradients were used in the last step, and have done their "
                "work. [Why it forgets nothing]"
                "(questions.ipynb#zero_grad-wipes-out-all-gradients-"
                "how-can-a-network-learn-if-it-forgets-everything)",
            ),
            Option(
                "The gradients left from earlier passes",
                "Parameters are leaves, and leaves add up. Without the reset, "
                "each step would follow the sum of all gradients so far.",
                right=True,
            ),
            Option(
                "The gradients of all nodes of the graph",
                "It never sees the inner ones: those of the last step are "
                "gone, and those of this step are new. Within a graph, "
                "`backward` resets them itself. "
                "[Calling it twice](01_value.ipynb#calling-it-twice)",
            ),
            Option(
                "The graph that the last step has built",
                "Each step builds a new graph, and the old one goes without "
                "being told. `zero_grad` only resets numbers. "
                "[The loop](#the-loop)",
            ),
        ],
    )


def no_gradient() -> Question:
    where = "(#a-case-for-a-detective)"
    return Question(
        "Your new network of ReLUs has a loss of 0.5 at every step, and the "
        "gradients of all its parameters are 0. Where do you look first?",
        [
            Option(
                "At the learning rate, which is too small",
                "It is the knob that everybody turns first. But it is "
                "multiplied by the gradient, and any rate times 0 is 0. "
                f"[A case for a detective]{where}",
            ),
            Option(
                "At `zero_grad`, which comes too often",
                "It comes before the backward pass, which then fills the "
                "gradients in. If they are 0 afterwards, they came back as 0. "
                f"[A case for a detective]{where}",
            ),
            Option(
                "At the engine, since this must be a bug in it",
                "It looks broken. But where the result does not respond to a "
                "small nudge, 0 is the right answer, and the engine has "
                "passed its checks. "
                f"[A case for a detective]{where}",
            ),
            Option(
                "At the output neuron, where gradients begin",
                "If the last ReLU is shut at every point, nothing gets back "
                "to any parameter. Such a network was born dead.",
                right=True,
            ),
        ],
    )


def one_seed_each() -> Question:
    return Question(
        "From seed 42 your network gets stuck, and from seed 7 a friend's "
        "network solves XOR. What do you make of it?",
        [
            Option(
                "There is a bug in my program",
                "There may be, but this does not show it: a network can get "
                "stuck with perfect gradients. A gradient check would tell. "
                "[Stuck](#stuck)",
            ),
            Option(
                "My friend's network is the better one",
                "Perhaps it is, and perhaps it was lucky. Even a network that "
                "fails in most of its runs may succeed in some. "
                "[Not one lucky seed]"
                "(#not-one-lucky-seed)",
            ),
            Option(
                "Nothing, before we have compared many seeds",
                "A run from one seed is one throw of the dice. A method is "
                "judged by its share of successes.",
                right=True,
            ),
            Option(
                "From now on I take my friend's seed",
                "Then you have one run that works, and know no more about "
                "your network than before. With the next data, that seed may "
                "be an unlucky one. [Not one lucky seed]"
                "(#not-one-lucky-seed)",
            ),
        ],
    )
