"""Notebook 05: levels, flat curves, and rates."""

from ...engine import Value
from ...train import mean_squared_error
from .experiments import slope
from .question import Computed, Option, Question

DONT_KNOW = '[Know what "don\'t know" costs](#know-what-dont-know-costs)'


def questions() -> list[Question]:
    return [
        dont_know(),
        flat(),
        calm(),
        a_straight_line(),
        sum_or_mean(),
    ]


def dont_know() -> Question:
    targets = [0, 3, 6]

    def mean() -> float:
        return sum(map(Value, targets), Value(0.0)).data / len(targets)

    def best_constant() -> float:
        return mean_squared_error([mean()] * 3, targets).data

    def not_divided() -> float:
        return best_constant() * len(targets)

    def always_zero() -> float:
        return mean_squared_error([0] * 3, targets).data

    def not_squared() -> float:
        return sum(abs(target - mean()) for target in targets) / len(targets)

    return Question(
        'Three points have the targets 0, 3 and 6. What does "don\'t know" '
        "cost here: the mean squared error of the best constant answer?",
        [
            Computed(
                best_constant,
                "The best constant is the mean of the targets, 3. It misses "
                "them by 3, 0 and 3, and the mean of 9, 0 and 9 is 6.",
                right=True,
            ),
            Computed(
                not_divided,
                "This adds the squares up, and does not divide. The *mean* "
                "squared error does not grow with the number of points. "
                f"{DONT_KNOW}",
            ),
            Computed(
                always_zero,
                "That is what it costs always to answer 0, which sounds like "
                'the most natural "don\'t know". The mean of the targets '
                f"does better. {DONT_KNOW}",
            ),
            Computed(
                not_squared,
                "That is the mean *distance*. The squared error makes a large "
                f"miss count more. {DONT_KNOW}",
            ),
        ],
    )


def flat() -> Question:
    return Question(
        "On XOR, a loss curve is flat at 0.25 from the third step on. What "
        "has happened?",
        [
            Option(
                "The network has learned what there is to learn",
                "Flat only means that nothing changes any more. This is the "
                "level of one half for every answer, which needs no look at "
                f"the inputs. {DONT_KNOW}",
            ),
            Option(
                "There is a bug, since a loss has to fall",
                "It has to only as long as there is a slope. A network may "
                "run out of slopes although every one of them is right. "
                "[Stuck](04_xor_training.ipynb#stuck)",
            ),
            Option(
                "The learning rate is too small to get on",
                "Then the curve would fall slowly, and not lie flat. "
                "[Too small, right, too large]"
                "(#too-small-right-too-large)",
            ),
            Option(
                "The curve does not tell, but the answers will",
                "Several sets of answers have this loss: one half everywhere, "
                "say, or three that are right and a fourth that is wrong by "
                "1. Print them.",
                right=True,
            ),
        ],
    )


def calm() -> Question:
    where = "(#too-small-right-too-large)"
    return Question(
        "At one learning rate the loss on XOR falls to 0.25 in three steps, "
        "and stays there. At a smaller rate it falls slowly, and comes close "
        "to 0. What do you say of the first?",
        [
            Option(
                "It may have shut neurons in its first steps",
                "Then only the bias of the output is left, at the mean of the "
                "targets. The curve looks calm because there is nothing left "
                "to train.",
                right=True,
            ),
            Option(
                "It is the better one, since it settles sooner",
                "Sooner, but at the level of *don't know*. Look at the level "
                f"first, and at the speed afterwards. {DONT_KNOW}",
            ),
            Option(
                "It has to be larger to get over the edge",
                "A larger rate overshoots even further. If steps were too "
                "small, the curve would still be falling. "
                f"[Too small, right, too large]{where}",
            ),
            Option(
                "It only needs more time, as the other one does",
                "Patience helps while there is a slope to follow. Through a "
                "shut neuron none gets back, however long you wait. "
                f"[Too small, right, too large]{where}",
            ),
        ],
    )


def a_straight_line() -> Question:
    where = "(#small-losses-need-another-scale)"
    return Question(
        "On a logarithmic axis, a loss curve is a straight line that goes "
        "down. What does the loss do?",
        [
            Option(
                "It falls by the same amount in every step",
                "That is what a straight line says on an *ordinary* axis, "
                "where equal distances are equal amounts. "
                f"[Small losses need another scale]{where}",
            ),
            Option(
                "It vanishes where the line meets the axis",
                "There is no 0 on this axis, however far down it goes: each "
                "step down is another factor. The lower edge is only where "
                f"the picture ends. [Small losses need another scale]{where}",
            ),
            Option(
                "It falls by the same factor in every step",
                "Equal distances on this axis are equal factors. So the loss "
                "keeps shrinking, and there is no sign of an end.",
                right=True,
            ),
            Option(
                "It has settled, and what is left is rounding",
                "So it looked on the ordinary axis, where all small losses "
                "lie on the line of 0. Here you see that they still fall. "
                f"[Small losses need another scale]{where}",
            ),
        ],
    )


def sum_or_mean() -> Question:
    def mean_of_squares(w: Value) -> Value:
        return mean_squared_error([w, w, w, w], [0, 1, 1, 0])

    def sum_of_squares(w: Value) -> Value:
        return sum(((w - y) ** 2 for y in (0, 1, 1, 0)), Value(0.0))

    def steeper() -> float:
        return slope(sum_of_squares, 0.0) / slope(mean_of_squares, 0.0)

    def rate_for_the_mean() -> float:
        return 0.1 * steeper()

    def the_other_way_round() -> float:
        return 0.1 / steeper()

    def the_same() -> float:
        return 0.1 * slope(mean_of_squares, 0.0) / slope(mean_of_squares, 0.0)

    where = "(#too-small-right-too-large)"
    return Question(
        "Your loss adds up the squared errors of four points, and your "
        "learning rate is 0.1. A friend's loss is the mean of the squares. At "
        "which rate does your friend make the same steps as you?",
        [
            Computed(
                rate_for_the_mean,
                "Your loss is four times as large, and so is every slope. "
                "Your friend makes up for it with four times the rate.",
                right=True,
            ),
            Computed(
                the_same,
                "The best answers are the same for both, so it seems to make "
                "no difference. But a step follows the slope, and yours is "
                "four times as steep. "
                f"[Too small, right, too large]{where}",
            ),
            Computed(
                the_other_way_round,
                "The factor is right, but the other way round: *yours* are "
                "the steeper slopes, so your friend needs the larger rate. "
                f"[Too small, right, too large]{where}",
            ),
        ],
    )
