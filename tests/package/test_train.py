"""Training: two losses, a step of descent, the loop, and three runs on XOR."""

import math
import re

import pytest
from promises import check_training, network, numbers

from micrograd import MLP, Neuron, Value, gradient_check
from micrograd.nn import Module
from micrograd.train import (
    XOR_X,
    XOR_Y,
    binary_cross_entropy,
    mean_squared_error,
    sgd_step,
    train,
)

LOSSES = [mean_squared_error, binary_cross_entropy]
each_loss = pytest.mark.parametrize("loss", LOSSES)


def predictions(model):
    return [model(x).data for x in XOR_X]


def test_xor():
    assert list(zip(XOR_X, XOR_Y)) == [
        ([0, 0], 0),
        ([0, 1], 1),
        ([1, 0], 1),
        ([1, 1], 0),
    ]


@pytest.mark.parametrize(
    ("guesses", "targets", "expected"),
    [
        ([3.0], [1], 4.0),
        ([1.0, -2.5, 0.5], [0, 1, 0.5], 13.25 / 3),
        ([2 / 3, 2 / 3, 2 / 3, 0.0], XOR_Y, 1 / 6),
    ],
)
def test_mean_squared_error(guesses, targets, expected):
    loss = mean_squared_error([Value(g) for g in guesses], targets)
    assert loss.data == pytest.approx(expected, rel=1e-15)
    gradient_check(lambda *ps: mean_squared_error(ps, targets), guesses)


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
    def loss(s, t):
        return binary_cross_entropy([s, t], [0, 1])

    report = gradient_check(loss, [score, score])
    slopes = [sigmoid(score) / 2, (sigmoid(score) - 1) / 2]
    found = [row.backprop for row in report]
    assert found == pytest.approx(slopes, rel=1e-14, abs=1e-15)


@each_loss
def test_plain_numbers_are_predictions_too(loss):
    values = [Value(1.0), Value(-1.0)]
    assert loss([1.0, -1], [1, 0]).data == loss(values, [1, 0]).data


@pytest.mark.parametrize("use", [*LOSSES, lambda xs, ys: train(0, xs, ys)])
@pytest.mark.parametrize(("n", "m"), [(2, 1), (1, 2), (0, 0)])
def test_one_target_for_each_prediction_or_point(use, n, m, raises):
    message = f"one target for each is needed, not {m} targets for {n}"
    with raises(ValueError, message):
        use([1.0] * n, [1] * m)


@pytest.mark.parametrize("wrong", [0.5, 2, -1, math.nan, [1]])
def test_cross_entropy_needs_zeros_and_ones(wrong, raises):
    message = (
        f"binary_cross_entropy needs targets that are 0 or 1, not {wrong!r}"
    )
    with raises(ValueError, message):
        binary_cross_entropy([Value(1.0), Value(2.0)], [0, wrong])


def test_a_step_goes_against_the_gradient():
    neuron = Neuron(2)
    for p, data, grad in zip(neuron.parameters(), (1, 2, 3), (0.5, -4, 0)):
        p.data, p.grad = float(data), float(grad)
    sgd_step(neuron, 0.25)
    assert numbers(neuron) == [0.875, 3.0, 3.0]
    assert [p.grad for p in neuron.parameters()] == [0.5, -4.0, 0.0]


@each_loss
def test_train_is_the_loop_written_out(loss):
    check_training(loss)


def test_the_callback_sees_every_step_before_it_is_taken():
    model, seen = network(4, 1), []

    def callback(step, loss):
        guesses = predictions(model)
        assert mean_squared_error(guesses, XOR_Y).data == loss
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
    seen = []
    with pytest.raises(ArithmeticError) as caught:
        train(
            network(4, 1),
            XOR_X,
            XOR_Y,
            1000,
            rate,
            callback=lambda step, loss: seen.append(step),
        )
    message = (
        f"the loss is (inf|nan) at step {len(seen)}; "
        f"try a learning rate lower than {rate}"
    )
    assert re.fullmatch(message, str(caught.value))


@pytest.mark.parametrize("infinite", [math.nan, math.inf, -math.inf])
def test_a_loss_that_is_not_finite_leaves_the_model_alone(infinite, raises):
    model = network(4, 1)
    message = f"the loss is {infinite} at step 0; look at the data"
    with raises(ArithmeticError, message):
        train(model, XOR_X, XOR_Y, loss=lambda ps, ys: ps[0] + infinite)
    assert numbers(model) == numbers(network(4, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": -1},
        {"steps": 2.5},
        {"steps": "2"},
        {"learning_rate": math.nan},
        {"learning_rate": math.inf},
    ],
)
def test_steps_and_rates_that_make_no_sense_are_refused(wrong, raises):
    choice = {"steps": 200, "learning_rate": 0.1, **wrong}
    message = (
        f"{choice['steps']!r} steps at the learning rate "
        f"{choice['learning_rate']} cannot be taken"
    )
    with raises(ValueError, message):
        train(network(4, 1), XOR_X, XOR_Y, **wrong)


def test_a_loss_that_forgets_the_graph_is_refused(raises):
    with raises(TypeError, "a loss is a Value, not float: 1.0"):
        train(network(4, 1), XOR_X, XOR_Y, loss=lambda ps, ys: 1.0)


def test_a_model_without_parameters_is_refused():
    class Forgetful(Module):
        """Its layers are attributes, and it has no parameters() of its own."""

        def __init__(self):
            self.layer = MLP(2, [1])

        def __call__(self, x):
            return self.layer(x)

    with pytest.raises(ValueError, match="no parameters"):
        train(Forgetful(), XOR_X, XOR_Y)


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
