"""Training: two losses, a step of descent and the loop, with the chapter's three runs on XOR as golden examples."""

import math
import random

import pytest

from micrograd import MLP, Neuron, Value, gradient_check
from micrograd.train import (
    XOR_X,
    XOR_Y,
    binary_cross_entropy,
    mean_squared_error,
    sgd_step,
    train,
)

LOSSES = [mean_squared_error, binary_cross_entropy]
SCORES = [0.0, 1.5, -1.5, 30.0, -30.0, 800.0, -800.0]


def network(*layer_sizes, **options):
    random.seed(42)
    return MLP(2, list(layer_sizes), **options)


def predictions(model):
    return [model(x).data for x in XOR_X]


def sigmoid(s):
    return 1 / (1 + math.exp(-s)) if s > 0 else math.exp(s) / (1 + math.exp(s))


def test_xor():
    assert dict(zip(map(tuple, XOR_X), XOR_Y)) == {
        (0, 0): 0,
        (0, 1): 1,
        (1, 0): 1,
        (1, 1): 0,
    }


@pytest.mark.parametrize(
    ("guesses", "targets", "expected"),
    [
        ([3.0], [1], 4.0),
        ([1.0, -2.5, 0.5], [0, 1, 0.5], 13.25 / 3),
        ([0.0, 0.0, 0.0, 0.0], XOR_Y, 0.5),
        ([0.5, 0.5, 0.5, 0.5], XOR_Y, 0.25),
        ([2 / 3, 2 / 3, 2 / 3, 0.0], XOR_Y, 1 / 6),
    ],
)
def test_mean_squared_error(guesses, targets, expected):
    assert mean_squared_error(
        [Value(g) for g in guesses], targets
    ).data == pytest.approx(expected, rel=1e-15)
    gradient_check(lambda *ps: mean_squared_error(ps, targets), guesses)


@pytest.mark.parametrize(
    ("scores", "targets", "expected"),
    [
        ([0.0], [0], 0.6931471805599453),
        ([0.0], [1], 0.6931471805599453),
        ([2.0], [1], 0.1269280110429725),
        ([2.0], [0], 2.1269280110429727),
        ([-1.0], [1], 1.3132616875182228),
        ([2.0, -1.0], [1, 1], (0.1269280110429725 + 1.3132616875182228) / 2),
        ([800.0, -800.0], [0, 1], 800.0),
        ([800.0, -800.0], [1, 0], 0.0),
        (
            [800.0, -800.0, 0.0, 0.0],
            [0, 0, 1, 0],
            (800 + 2 * 0.6931471805599453) / 4,
        ),
    ],
)
def test_binary_cross_entropy(scores, targets, expected):
    assert binary_cross_entropy(
        [Value(s) for s in scores], targets
    ).data == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("score", SCORES)
def test_the_gradient_of_cross_entropy_is_probability_minus_target_over_n(
    score, y
):
    report = gradient_check(
        lambda s, t: binary_cross_entropy([s, t], [y, 1]), [score, 0.25]
    )
    assert [row.backprop for row in report] == pytest.approx(
        [(sigmoid(score) - y) / 2, (sigmoid(0.25) - 1) / 2],
        rel=1e-14,
        abs=1e-15,
    )


@pytest.mark.parametrize("loss", LOSSES)
def test_plain_numbers_are_predictions_too(loss):
    assert (
        loss([1.0, -1], [1, 0]).data
        == loss([Value(1.0), Value(-1.0)], [1, 0]).data
    )


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(
    ("n", "targets"), [(1, []), (2, [1]), (1, [1, 0]), (0, [1]), (0, [])]
)
def test_one_target_for_each_prediction(loss, n, targets):
    with pytest.raises(ValueError, match=f"{len(targets)} .*{n}"):
        loss([Value(1.0)] * n, targets)


@pytest.mark.parametrize("wrong", [0.5, 2, -1, math.nan])
def test_cross_entropy_needs_zeros_and_ones(wrong):
    with pytest.raises(ValueError, match=f"0 or 1.*{wrong}"):
        binary_cross_entropy([Value(1.0), Value(2.0)], [0, wrong])


def test_a_step_goes_against_the_gradient():
    neuron = Neuron(2)
    for p, data, grad in zip(
        neuron.parameters(), (1.0, 2.0, 3.0), (0.5, -4.0, 0.0)
    ):
        p.data, p.grad = data, grad
    sgd_step(neuron, 0.25)
    assert [p.data for p in neuron.parameters()] == [0.875, 3.0, 3.0]
    assert [p.grad for p in neuron.parameters()] == [0.5, -4.0, 0.0]


@pytest.mark.parametrize("loss", LOSSES)
def test_train_is_the_loop_written_out(loss):
    by_hand, model, expected = network(4, 1), network(4, 1), []
    for _ in range(20):
        total = loss([by_hand(x) for x in XOR_X], XOR_Y)
        expected.append(total.data)
        for p in by_hand.parameters():
            p.grad = 0.0
        total.backward()
        for p in by_hand.parameters():
            p.data -= 0.3 * p.grad
    model.parameters()[0].grad = 1000.0  # left over from an earlier pass
    assert (
        train(model, XOR_X, XOR_Y, steps=20, learning_rate=0.3, loss=loss)
        == expected
    )
    assert [p.data for p in model.parameters()] == [
        p.data for p in by_hand.parameters()
    ]
    assert expected[-1] < expected[0]


def test_the_losses_are_those_before_each_step():
    before = mean_squared_error([network(4, 1)(x) for x in XOR_X], XOR_Y).data
    assert train(network(4, 1), XOR_X, XOR_Y, steps=1) == [before]


def test_the_callback_sees_every_step_once_in_order():
    seen = []
    losses = train(
        network(4, 1),
        XOR_X,
        XOR_Y,
        steps=7,
        callback=lambda *step_and_loss: seen.append(step_and_loss),
    )
    assert seen == list(enumerate(losses)) and len(seen) == 7
    assert {type(loss) for loss in losses} == {float}


def test_the_callback_sees_the_model_before_the_step():
    model, seen = network(4, 1), []
    losses = train(
        model,
        XOR_X,
        XOR_Y,
        steps=3,
        callback=lambda *_: seen.append(predictions(model)),
    )
    assert [
        mean_squared_error(guesses, XOR_Y).data for guesses in seen
    ] == losses


def test_no_steps():
    model = network(4, 1)
    assert train(model, XOR_X, XOR_Y, steps=0) == []
    assert predictions(model) == predictions(network(4, 1))


@pytest.mark.parametrize(
    ("xs", "ys"), [(XOR_X, XOR_Y[:3]), (XOR_X[:3], XOR_Y), ([], [])]
)
def test_train_needs_one_target_for_each_point(xs, ys):
    with pytest.raises(ValueError, match=f"{len(ys)} .*{len(xs)}"):
        train(network(4, 1), xs, ys)


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
            callback=lambda step, _: seen.append(step),
        )
    words = str(caught.value).replace(";", " ").replace(",", " ").split()
    assert words[words.index("step") + 1] == str(len(seen))
    assert "lower" in words and "rate" in words and str(rate) in words


@pytest.mark.parametrize("infinite", [math.nan, math.inf, -math.inf])
def test_a_loss_that_is_not_finite_leaves_the_model_alone(infinite):
    model = network(4, 1)
    with pytest.raises(ArithmeticError, match="step 0"):
        train(model, XOR_X, XOR_Y, loss=lambda ps, ys: ps[0] + infinite)
    assert predictions(model) == predictions(network(4, 1))


def test_the_courses_listing_is_born_dead():
    model = network(4, 4, 1, output_activation="relu")
    assert len(model.parameters()) == 37
    assert train(model, XOR_X, XOR_Y) == [0.5] * 200
    assert {p.grad for p in model.parameters()} == {0.0}
    assert predictions(model) == [0.0] * 4


def test_a_linear_output_is_stuck_at_one_sixth():
    model = network(4, 4, 1)
    losses = train(model, XOR_X, XOR_Y)
    assert len(losses) == 200 and losses[-1] == pytest.approx(1 / 6, abs=5e-7)
    assert predictions(model) == pytest.approx(
        [2 / 3, 2 / 3, 2 / 3, 0], abs=1e-6
    )


def test_a_wider_network_learns():
    model = network(16, 1)
    assert train(model, XOR_X, XOR_Y)[-1] < 0.05**2
    assert predictions(model) == pytest.approx(XOR_Y, abs=0.05)


def test_points_may_come_from_generators():
    random.seed(1)
    first = train(MLP(2, [4, 1]), XOR_X, XOR_Y, steps=5)
    random.seed(1)
    assert (
        train(MLP(2, [4, 1]), (x for x in XOR_X), iter(XOR_Y), steps=5) == first
    )
    with pytest.raises(ValueError, match="3 targets for 4"):
        train(MLP(2, [4, 1]), iter(XOR_X), XOR_Y[:3], steps=0)


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
def test_steps_and_rates_that_make_no_sense_are_refused(wrong):
    model = MLP(2, [4, 1])
    before = [p.data for p in model.parameters()]
    with pytest.raises(ValueError, match="cannot be taken"):
        train(model, XOR_X, XOR_Y, **wrong)
    assert [p.data for p in model.parameters()] == before


def test_a_loss_that_forgets_the_graph_is_refused():
    with pytest.raises(TypeError, match="a loss is a Value, not float"):
        train(
            MLP(2, [4, 1]),
            XOR_X,
            XOR_Y,
            loss=lambda ps, ys: sum(p.data for p in ps),
        )


def test_at_the_first_step_the_rate_is_not_to_blame():
    with pytest.raises(ArithmeticError, match="step 0; look at the data"):
        train(MLP(2, [4, 1]), [[math.nan, 0]], [0])


def test_plain_numbers_have_a_loss_too():
    assert mean_squared_error([1.0, 0.5], [1, 1]).data == 0.125
    assert binary_cross_entropy([0.0], [1]).data == pytest.approx(math.log(2))
    with pytest.raises(ValueError, match=r"0 or 1, not \[1\]"):
        binary_cross_entropy([0.0], [[1]])
