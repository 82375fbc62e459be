"""Notebook 09: shapes, the transpose, what is stretched, and a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine import Value
from .. import zoo
from .question import Computed, Option, Question

if TYPE_CHECKING:
    from ...tensor import Tensor

TRANSPOSE = "[Why the transpose?](#why-the-transpose)"


def questions() -> list[Question]:
    return [
        a_shape(),
        which_product(),
        a_row_of_biases(),
        the_rule_of_a_sum(),
        many_answers(),
    ]


def a_shape() -> Question:
    def way_back() -> tuple[Tensor, Tensor, Tensor]:
        from ...tensor import Tensor  # here, since only this one needs NumPy

        points = Tensor([[1.0, 2.0]] * 5)
        weights = Tensor([[3.0, -1.0, 2.0, 0.5]] * 2)
        result = points @ weights
        result.sum().backward()
        return points, weights, result

    def gradient_of_the_weights() -> tuple[float, ...]:
        _, weights, _ = way_back()
        return weights.grad.shape

    def turned_on_its_side() -> tuple[float, ...]:
        _, weights, _ = way_back()
        return weights.grad.T.shape

    def gradient_of_the_points() -> tuple[float, ...]:
        points, _, _ = way_back()
        return points.grad.shape

    def gradient_of_the_result() -> tuple[float, ...]:
        _, _, result = way_back()
        return result.grad.shape

    where = "[Let the engine find the gradients]"
    where += "(#let-the-engine-find-the-gradients)"
    shape = "{} × {}"
    return Question(
        "Five points of two numbers each go through a layer of four neurons: "
        "`C = X @ W`. What is the shape of the gradient of `W`?",
        [
            Computed(
                gradient_of_the_weights,
                "A gradient has the shape of the thing it belongs to. `W` has "
                "a row for each input and a column for each neuron.",
                right=True,
                text=shape,
            ),
            Computed(
                turned_on_its_side,
                "There is a transpose in the formula, so the result might "
                "seem to be turned as well. But it is `X` that is turned, and "
                f"the product has the shape of `W`. {where}",
                text=shape,
            ),
            Computed(
                gradient_of_the_points,
                "That is the shape of `X`, and so of the gradient of `X`. You "
                "need that one if there are layers before this one. "
                f"{where}",
                text=shape,
            ),
            Computed(
                gradient_of_the_result,
                "That is the shape of what comes back to `C`: a number for "
                "each point and neuron. But all points share one table of "
                f"weights, so their shares are added up. {TRANSPOSE}",
                text=shape,
            ),
        ],
    )


def which_product() -> Question:
    return Question(
        "In `C = X @ W` all tables are square, so no shape can help you. `G` "
        "comes back to `C`. Which product is the gradient of `W`?",
        [
            Option(
                "`X @ G`",
                "What came back, times what went in, as for single numbers. "
                "But this goes along a row of `X`, over the inputs of one "
                "point, and a weight has to add up over the points. "
                f"{TRANSPOSE}",
            ),
            Option(
                "`X.T @ G`",
                "A weight is used once for each point. So we go down a column "
                "of `X` and a column of `G`, and a product wants the first of "
                "the two as a row.",
                right=True,
            ),
            Option(
                "`G @ X.T`",
                "It is correct to turn `X`, but it has to stand on the left. "
                "With tables that are not square, the shapes would have told "
                "you. [Let the engine find the gradients]"
                "(#let-the-engine-find-the-gradients)",
            ),
            Option(
                "`G @ W.T`",
                "That is the gradient of `X`. In a product each factor gets "
                f"the *other* one, and so it is with tables. {TRANSPOSE}",
            ),
        ],
    )


def a_row_of_biases() -> Question:
    came_back = [[-3.0, 1.0], [-1.0, 2.0], [-2.0, 3.0]]

    def gradients(rows: list[list[float]]) -> tuple[float, ...]:
        biases = [Value(10.0), Value(20.0)]
        loss = Value(0.0)
        for row in rows:
            for bias, g in zip(biases, row):
                loss = loss + (bias + 5) * g
        loss.backward()
        return tuple(bias.grad for bias in biases)

    def added_up() -> tuple[float, ...]:
        return gradients(came_back)

    def mean_over_the_rows() -> tuple[float, ...]:
        return tuple(g / len(came_back) for g in gradients(came_back))

    def local_derivative_alone() -> tuple[float, ...]:
        return gradients([[1.0, 1.0]])

    where = "[A bias is used in every row](#a-bias-is-used-in-every-row)"
    both = "{} and {}"
    return Question(
        "A row of two biases is added to each row of a table, and `G` comes "
        "back to the sum. What are the gradients of the biases?",
        [
            Computed(
                added_up,
                "Each bias is used in three rows, so it gets the sum of its "
                "column.",
                right=True,
                text=both,
            ),
            Computed(
                added_up,
                "That is what a single row brings. A bias is one number, but "
                "it was used three times, and here only the share of one row "
                f"was kept, the first. {where}",
                bug=zoo.assigns,
                text=both,
            ),
            Computed(
                mean_over_the_rows,
                "A mean seems fair, as one row serves three. But if the loss "
                "is a mean, its 1/n is in `G` already. Gradients add up over "
                f"the uses. {where}",
                text=both,
            ),
            Computed(
                local_derivative_alone,
                "A bias is only added, so its local derivative is 1, in each "
                "row. That still has to be multiplied by what comes back "
                f"there. {where}",
                text=both,
            ),
        ],
        code="G = [[-3, 1],\n     [-1, 2],\n     [-2, 3]]",
    )


def the_rule_of_a_sum() -> Question:
    where = "[A node that holds a table](#a-node-that-holds-a-table)"
    return Question(
        "`x.sum()` adds up all the numbers of a table `x`, and a single "
        "number `G` comes back. What does the rule of this operation return?",
        [
            Option(
                "The number `G`, as it came",
                "A sum does hand on what it gets. But each number that was "
                "added gets it, and the rule has to say so in the shape of "
                f"`x`. {where}",
            ),
            Option(
                "A table like `x`, whose numbers add up to `G`",
                "Then the gradient would be shared out. That is how a *mean* "
                "does it. Nudge one number of a sum, and the sum moves by the "
                "whole nudge. [Why gradients add up]"
                "(01_value.ipynb#why-gradients-add-up)",
            ),
            Option(
                "The table `x`, with each number times `G`",
                "In a *product* the numbers themselves matter for the slopes. "
                "In a sum they do not: nudge any of them, and the sum moves "
                "by as much. "
                "[Remembering the steps](01_value.ipynb#remembering-the-steps)",
            ),
            Option(
                "A table like `x`, with `G` in every place",
                "Every number that was added has the local derivative 1, and "
                "so each gets the whole of `G`.",
                right=True,
            ),
        ],
    )


def many_answers() -> Question:
    def row_of_scores() -> list[Value]:
        return [Value(1.0) for _ in range(4)]

    def cross_entropy(scores: list[Value]) -> Value:
        total = sum((score.exp() for score in scores), Value(0.0))
        return total.log() - scores[0]

    def gradients() -> tuple[float, float]:
        scores = row_of_scores()
        cross_entropy(scores).backward()
        return scores[0].grad, scores[1].grad

    def target_minus_probability() -> tuple[float, float]:
        right, other = gradients()
        return -right, -other

    def right_score_alone() -> tuple[float, float]:
        scores = row_of_scores()
        copies = [Value(score.data) for score in scores[1:]]
        cross_entropy([scores[0], *copies]).backward()
        return scores[0].grad, scores[1].grad

    def sum_of_the_whole_table() -> tuple[float, float]:
        powers = [s.exp().data for s in row_of_scores() + row_of_scores()]
        p = powers[0] / sum(powers)
        return p - 1, p

    where = "[Many answers](#many-answers)"
    both = "{} for the right answers, {} for the others"
    return Question(
        "Two examples with four possible answers each make a table of scores, "
        "and all eight scores are equal. The loss is the sum of the "
        "two cross-entropies. Which gradients do the scores get?",
        [
            Computed(
                gradients,
                "It is `p - y`. In its row, each of the four answers gets the "
                "same probability, a quarter, and `y` is 1 for the right one.",
                right=True,
                text=both,
            ),
            Computed(
                target_minus_probability,
                "That is the way in which the scores should *move*, `y - p`. "
                "A gradient points uphill, where the loss grows, and the step "
                f"goes against it. {where}",
                text=both,
            ),
            Computed(
                right_score_alone,
                "Only the probability of the right answer is in the loss. But "
                "the other scores are in the sum that it is divided by, so "
                f"they have a slope, too. {where}",
                text=both,
            ),
            Computed(
                sum_of_the_whole_table,
                "Here p is wrong: the powers were divided by the sum of the "
                "whole table, as in `p = powers / powers.sum()`, without the "
                "`axis`. Each "
                f"example has a softmax of its own. {where}",
                text=both,
            ),
        ],
    )
