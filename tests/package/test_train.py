"""Training: two losses, a step of descent, the loop, and three runs on XOR.

What it refuses is in transcripts.txt.
"""

import math
import re

import pytest
from promises import check_step, check_training, network, numbers

from micrograd import Value, gradient_check
from micrograd.train import (
    XOR_X,
    XOR_Y,
    binary_cross_entropy,
    mean_squared_error,
    train,
)


def predictions(model):
    return [model(x).data for x in XOR_X]


LOG_2 = 0.6931471805599453


@pytest.mark.parametrize(
    ("scores", "targets", "expected"),
    [
        ([0.0], [0], LOG_2),
        ([0.0], [1], LOG_2),
        ([2.0], [1], 0.1269280110429725),
        ([2.0], [0], 2.1269280110429727),
        ([2.0, -1.0], [1, 1], (0.1269280110429725 + 1.3132616875182228) / 2),
        ([800.0, -800.0], [1, 0], 0.0),
        ([800.0, -800.0, 0.0, 0.0], [0, 0, 1, 0], (800 + 2 * LOG_2) / 4),
    ],
)
def test_binary_cross_entropy(scores, targets, expected):
    loss = binary_cross_entropy([Value(s) for s in scores], targets)
    assert loss.data == pytest.approx(expected, rel=1e-14)


def sigmoid(s):
    return 1 / (1 + math.exp(-s)) if s > 0 else math.exp(s) / (1 + math.exp(s))


@pytest.mark.parametrize("score", [0.0, 1.5, -1.5, 30.0, -30.0, 800.0, -800.0])
def test_the_gradient_of_cross_entropy_is_probability_minus_target(score):
    report = gradient_check(
        lambda s, t: binary_cross_entropy([s, t], [0, 1]), [score, score]
    )
    slopes = [sigmoid(score) / 2, (sigmoid(score) - 1) / 2]
    found = [row.backprop for row in report]
    assert found == pytest.approx(slopes, rel=1e-14, abs=1e-15)


def test_a_step_goes_against_the_gradient():
    check_step()


@pytest.mark.parametrize("loss", [mean_squared_error, binary_cross_entropy])
def test_train_is_the_loop_written_out(loss):
    check_training(loss)


def test_the_callback_sees_every_step_before_it_is_taken():
    model, seen = network(4, 1), []

    def callback(step, loss):
        assert mean_squared_error(predictions(model), XOR_Y).data == loss
        seen.append((step, loss))

    losses = train(model, XOR_X, XOR_Y, steps=7, callback=callback)
    assert seen == list(enumerate(losses)) and len(seen) == 7
    assert {type(loss) for loss in losses} == {float}


def test_no_steps():
    model = network(4, 1)
    assert train(model, XOR_X, XOR_Y, steps=0) == []
    assert numbers(model) == numbers(network(4, 1))


def test_points_may_come_from_generators():
    losses = train(network(4, 1), (x for x in XOR_X), iter(XOR_Y), steps=5)
    assert losses == train(network(4, 1), XOR_X, XOR_Y, steps=5)


@pytest.mark.parametrize("rate", [2.0, 1e9, 1e300])
def test_divergence_names_the_step_and_advises_a_lower_rate(rate):
    model, seen = network(4, 1), []

    def callback(step, loss):
        seen.append(step)

    with pytest.raises(ArithmeticError) as caught:
        train(model, XOR_X, XOR_Y, 1000, rate, callback=callback)
    advice = f"at step {len(seen)}; try a learning rate lower than {rate}"
    assert re.fullmatch(
        f"the loss is (inf|nan) {re.escape(advice)}", str(caught.value)
    )


def test_a_loss_that_is_not_finite_leaves_the_model_alone():
    model = network(4, 1)
    for x in math.nan, math.inf, -math.inf:
        with pytest.raises(ArithmeticError, match="step 0"):
            train(model, XOR_X, XOR_Y, loss=lambda ps, ys, x=x: ps[0] + x)
    assert numbers(model) == numbers(network(4, 1))


# The three runs of the chapter


def test_the_courses_listing_is_born_dead():
    model = network(4, 4, 1, output_activation="relu")
    assert train(model, XOR_X, XOR_Y) == [0.5] * 200
    assert {p.grad for p in model.parameters()} == {0.0}
    assert predictions(model) == [0.0] * 4


def test_a_linear_output_is_stuck_at_one_sixth():
    model = network(4, 4, 1)
    losses = train(model, XOR_X, XOR_Y)
    assert losses[-1] == pytest.approx(1 / 6, abs=5e-7)
    expected = [2 / 3, 2 / 3, 2 / 3, 0]
    assert predictions(model) == pytest.approx(expected, abs=1e-6)


def test_a_wider_network_learns():
    model = network(16, 1)
    assert train(model, XOR_X, XOR_Y)[-1] < 0.05**2
    assert predictions(model) == pytest.approx(XOR_Y, abs=0.05)
