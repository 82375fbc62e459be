"""Notebook 11: a guess, names held back, rows, places, and tables."""

from ...engine import Value
from .. import zoo
from .question import Computed, Option, Question

COUNTING = (
    "[Is it better than counting pairs?](#is-it-better-than-counting-pairs)"
)
TRANSFORMER = "[A transformer](#a-transformer)"
COST = "[What a step costs](#what-a-step-costs)"


def questions() -> list[Question]:
    return [
        a_guess(),
        held_back(),
        a_row_that_was_looked_up(),
        no_look_forwards(),
        tables(),
    ]


def a_guess() -> Question:
    def cross_entropy() -> Value:
        scores = [Value(0.0) for _ in range(4)]
        total = sum((score.exp() for score in scores), Value(0.0))
        return total.log() - scores[0]

    def loss() -> float:
        return cross_entropy().data

    def logarithm_to_base_2() -> float:
        return (cross_entropy() / Value(2.0).log()).data

    def probability() -> float:
        return (-cross_entropy()).exp().data

    def share_of_wrong_guesses() -> float:
        return (1 - (-cross_entropy()).exp()).data

    where = "[What there is to beat](#what-there-is-to-beat)"
    return Question(
        "Genes are written with four letters. A model that is to say the next "
        "one has learned nothing yet, and gives each of the four the same "
        "probability. What is its cross-entropy?",
        [
            Computed(
                loss,
                "It is minus the logarithm of a quarter, which is ln 4. Know "
                "this number before you train: it is what a guess costs.",
                right=True,
            ),
            Computed(
                logarithm_to_base_2,
                "That is the same loss in *bits*, with the logarithm to the "
                "base 2. Our loss has the natural one. [A loss for yes or no]"
                "(04_xor_training.ipynb#a-loss-for-yes-or-no)",
            ),
            Computed(
                probability,
                "That is the probability of the right letter. The loss is "
                f"minus its logarithm. {where}",
            ),
            Computed(
                share_of_wrong_guesses,
                "That is how often a guess would be wrong. But we do not "
                "count wrong answers, because a count has no slope that one "
                "could follow. "
                "[A loss for yes or no]"
                "(04_xor_training.ipynb#a-loss-for-yes-or-no)",
            ),
        ],
    )


def held_back() -> Question:
    names = "[Names](#names)"
    return Question(
        "The model never trains on five hundred of the names. Why are they "
        "held back?",
        [
            Option(
                "So that there is something new left for later training",
                "It may meet the same name many times and still learn from "
                "it. And once it has trained on these, they no longer tell "
                f"how it does on new names. {names}",
            ),
            Option(
                "So that it cannot learn the names by heart",
                "It can, with those that it trains on. To hold others back "
                "does not prevent that, but *shows* it: on these the loss "
                f"stays higher. {COUNTING}",
            ),
            Option(
                "So that a step of training takes less time",
                "A step costs what its own examples cost, however many more "
                f"there are in the file. {COST}",
            ),
            Option(
                "So that we see how it does on names it never met",
                "A model that only repeats what it has read has a low loss on "
                "that. Whether it has learned more, other names must tell.",
                right=True,
            ),
        ],
    )


def a_row_that_was_looked_up() -> Question:
    came_back = {"first a": -2.0, "n": 4.0, "second a": -1.0}

    def rows() -> tuple[float, float]:
        a, b, n = Value(0.5), Value(0.1), Value(-0.3)
        loss = (
            a * came_back["second a"]
            + n * came_back["n"]
            + a * came_back["first a"]
        )
        loss.backward()
        return a.grad, b.grad

    def mean_of_the_uses() -> tuple[float, float]:
        a, b = rows()
        return a / 2, b

    def one_row_for_all() -> tuple[float, float]:
        table = Value(0.5)
        sum((table * g for g in came_back.values()), Value(0.0)).backward()
        return table.grad, table.grad

    where = "[One program for all examples](#one-program-for-all-examples)"
    both = "{} and {}"
    return Question(
        "The context is `ana`. Imagine that each row of the embedding is a "
        "single number. To the rows that were looked up come back −2, 4 and "
        "−1, in this order. What are the gradients of the rows of `a` and of "
        "`b`?",
        [
            Computed(
                rows,
                "The row of `a` was used twice, and gets both shares. The row "
                "of `b` was not used, so a nudge of it changes nothing.",
                right=True,
                text=both,
            ),
            Computed(
                rows,
                "Only one of the two shares is left. That is what `=` does, "
                "and so does NumPy's `grad[ids] += G` if a row is in `ids` "
                f"twice. {where}",
                bug=zoo.assigns,
                text=both,
            ),
            Computed(
                mean_of_the_uses,
                "Here the two shares of `a` were averaged, as if two uses "
                "counted for one. Gradients add up over the uses. "
                "[Why gradients add up](01_value.ipynb#why-gradients-add-up)",
                text=both,
            ),
            Computed(
                one_row_for_all,
                "All rows stand in one table, but each is a leaf of its own. "
                "What comes back to a row that was looked up is for that row "
                f"alone. {where}",
                text=both,
            ),
        ],
    )


def no_look_forwards() -> Question:
    return Question(
        "In the transformer, a place looks back and never forwards. What "
        "would happen if it could look forwards as well?",
        [
            Option(
                "The graph would have a circle, and so no order",
                "If each looks at the other, it sounds like one. But all "
                "places look at what the layer was *given*, and none waits "
                f"for another's result. {TRANSFORMER}",
            ),
            Option(
                "It would train well, and write bad names",
                "The character that it should predict stands at the next "
                "place, so it only has to copy it. When it writes a name, "
                "that place is still empty.",
                right=True,
            ),
            Option(
                "It would know more, and so write better names",
                "It would know more in *training*, where the whole name is "
                "there. When it writes, there is nothing ahead to look at. "
                f"{TRANSFORMER}",
            ),
            Option(
                "The weights of a place would add up to too much",
                "A softmax divides by the sum of its powers, however many "
                "there are, so its weights always add up to 1. "
                "[Many answers](09_matrices.ipynb#many-answers)",
            ),
        ],
    )


def tables() -> Question:
    return Question(
        "With a node for each number, a step makes thousands of nodes. With a "
        "node for each table it makes far fewer. Why is that so much faster?",
        [
            Option(
                "Python does its work once for a whole table",
                "Each node is an object that is made, ordered, visited and "
                "thrown away. With tables, that is paid once for all the "
                "numbers of one.",
                right=True,
            ),
            Option(
                "A product of matrices needs fewer multiplications",
                "It looks so short when it is written as `A @ B`. Inside, the "
                "same pairs of numbers are multiplied and added up. "
                "[A layer is a table of numbers]"
                "(09_matrices.ipynb#a-layer-is-a-table-of-numbers)",
            ),
            Option(
                "With tables there are fewer paths to add up",
                "The drawing has fewer arrows. But the sum over paths is the "
                "same, and it has moved into the rules. [Why the transpose?]"
                "(09_matrices.ipynb#why-the-transpose)",
            ),
            Option(
                "The numbers in a table have fewer digits",
                "On graphics cards they often do. But it would be faster "
                "without that, too: our tables hold the same floats as the "
                f"engine. {COST}",
            ),
        ],
    )
