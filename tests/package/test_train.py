"""Training: two losses, a step of descent, the loop, and three runs on XOR.

What it refuses is in transcripts.txt.
"""

import math
import re
from functools import cache, partial

import pytest
from interrupts import interrupted
from promises import check_step, check_training, network, numbers

import micrograd
from micrograd import MLP, Value, _whole_step, gradient_check
from micrograd.train import (
    XOR_X,
    XOR_Y,
    _compile,
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


# Training that ends early leaves a model to go on with. Ctrl-C is tried before
# each line of the package that training goes through, and each instruction of
# train.py and _whole_step.py; an error wherever the caller's code runs.

STEPS = 2


def train_it(model, steps=STEPS, loss=mean_squared_error, **options):
    return train(model, XOR_X[2:], XOR_Y[2:], steps, 0.3, loss, **options)


@cache
def after(steps):
    """The parameters after whole steps; and the losses and parameters later."""
    model = network(1)
    train_it(model, steps)
    parameters = numbers(model)
    return parameters, (train_it(model), numbers(model))


def steps_taken(model):
    """How many whole steps the model has taken; it trains on as if nothing was.

    Its parameters have to be those after whole steps, to the last bit.
    """
    found = numbers(model)
    all_steps = [after(steps) for steps in range(STEPS + 1)]
    (taken,) = [i for i, (whole, _) in enumerate(all_steps) if whole == found]
    assert (train_it(model), numbers(model)) == all_steps[taken][1]
    return taken


def test_a_compiled_loss_is_one_node_of_all_parameters():
    model = MLP(2, [2, 1])
    total = mean_squared_error([model(x) for x in XOR_X], XOR_Y)
    node = _compile(total, model)()
    assert (node.data, node._op, node.label) == (total.data, "compiled", "")
    assert node._prev == tuple(model.parameters())


@pytest.mark.slow
@pytest.mark.parametrize("compiled", [False, True])
def test_ctrl_c_at_any_point_leaves_whole_steps(compiled):
    models = interrupted(
        lambda: network(1),
        partial(train_it, compiled=compiled),
        micrograd.train,
        _whole_step,
    )
    taken = [steps_taken(model) for model in models]
    assert len(taken) > 1000
    assert taken == sorted(taken) and set(taken) == set(range(STEPS + 1))


class Failing:
    """A function that does its work, and on its last call raises an error."""

    def __init__(self, work, calls):
        self.work = work
        self.left = calls

    def __call__(self, *arguments):
        self.left -= 1
        if self.left == 0:
            raise RuntimeError("in the caller's code")
        return self.work(*arguments)


@pytest.mark.parametrize("step", range(STEPS))
def test_an_error_in_the_loss_leaves_the_steps_before_it(step):
    model = network(1)
    with pytest.raises(RuntimeError, match="in the caller"):
        train_it(model, loss=Failing(mean_squared_error, step + 1))
    assert steps_taken(model) == step


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("step", range(STEPS))
def test_an_error_in_the_callback_leaves_the_steps_before_it(step, compiled):
    model = network(1)
    callback = Failing(lambda step, loss: None, step + 1)
    with pytest.raises(RuntimeError, match="in the caller"):
        train_it(model, callback=callback, compiled=compiled)
    assert steps_taken(model) == step


@pytest.mark.parametrize("call", range(2 * STEPS))
def test_an_error_in_the_model_leaves_the_steps_before_it(call):
    model = network(1)
    layer = model.layers[0]
    model.layers[0] = Failing(layer, call + 1)
    model.layers[0].parameters = layer.parameters
    with pytest.raises(RuntimeError, match="in the caller"):
        train_it(model)
    model.layers[0] = layer
    assert steps_taken(model) == call // 2  # as there are two points


@pytest.mark.parametrize("place", range(3))
def test_an_error_within_a_step_undoes_it(place):
    """As where somebody's own code has put something else into a gradient."""
    model = network(1)

    def loss(predictions, targets):
        parameters = model.parameters()
        total = Value(1.0, parameters)

        def _backward():
            for p in parameters:
                p.grad = 1.0
            parameters[place].grad = None

        total._backward = _backward
        return total

    with pytest.raises(TypeError, match="NoneType"):
        train_it(model, loss=loss)
    assert steps_taken(model) == 0


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
