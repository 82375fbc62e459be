"""Measure the numbers in some answers to questions: `make data` does it.

Most numbers on the pages of questions come from cells. Those that take longer
come from here, and go to data/answers.csv; a test looks for them in the
answers. Each function belongs to one question: it returns what was measured,
in words, and the number as it stands in the text. Where nothing else is said,
the networks are those of side_by_side.py, which start from the weights that MLP
draws from the seeds, and a run has learned XOR if its loss ends below 0.05.
"""

from collections.abc import Callable, Iterator

import numpy as np
from csv_tables import write_table
from side_by_side import ACTIVATIONS, Kind, Networks, draw_weights

from micrograd.practice import DATA

Numbers = list[tuple[str, str]]
COLUMNS = ["question", "quantity", "value"]


def slope_of_relu_at_0() -> Numbers:
    """Train MLP(2, [4, 4, 1]) on XOR with both slopes that ReLU may have at 0.

    The seeds are 0 to 199. The last number is the loss from seed 42, with which
    the network of notebook 04 is stuck.
    """
    numbers = []
    for slope, activation in (0, "relu"), (1, "relu, 1 at 0"):
        networks = Networks(Kind([4, 4, 1], activation), range(200))
        networks.train(1000)
        learned = f"{networks.solved().sum()} of 200"
        numbers.append((f"networks that learn, slope {slope} at 0", learned))
    numbers.append(
        ("loss from seed 42, slope 1 at 0", f"{networks.losses()[42]:.4f}")
    )
    return numbers


def worked_example() -> Numbers:
    """Train the well-known network with the inputs 0.05 and 0.10."""
    error, _, _ = train_worked_example(0, "none")
    numbers = [("the error at the start", f"{error:.6f}")]
    for trained in "none", "shared", "own":
        error, weights, _ = train_worked_example(1, trained)
        quantity = f"the error after one step, biases trained: {trained}"
        numbers.append((quantity, f"{error:.6f}"))
        if trained == "none":
            for n, weight in enumerate(weights, start=1):
                quantity = f"the weight w{n} after one step"
                numbers.append((quantity, f"{weight:.6f}"))
    error, _, answers = train_worked_example(10_000, "none")
    numbers.append(("the error after 10,000 steps", f"{error:.7f}"))
    for answer in answers:
        numbers.append(("an answer after 10,000 steps", f"{answer:.4f}"))
    return numbers


def train_worked_example(
    steps: int, trained: str
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the error, the eight weights and the two answers after training.

    Args:
        steps: The number of steps, at the rate 0.5.
        trained: Which biases are trained: "none" of them, the two that are
            "shared" by the neurons of a layer, or one of its "own" for each.
    """
    x, targets = np.array([0.05, 0.10]), np.array([0.01, 0.99])
    hidden_weights = np.array([[0.15, 0.20], [0.25, 0.30]])
    output_weights = np.array([[0.40, 0.45], [0.50, 0.55]])
    hidden_bias, output_bias = np.full(2, 0.35), np.full(2, 0.60)
    sigmoid = ACTIVATIONS["sigmoid"]
    share = {"none": np.zeros_like, "shared": np.sum, "own": np.copy}[trained]
    for step in range(steps + 1):
        hidden = sigmoid(hidden_weights @ x + hidden_bias)
        answers = sigmoid(output_weights @ hidden + output_bias)
        if step == steps:
            break
        output_delta = (answers - targets) * answers * (1 - answers)
        came_back = output_weights.T @ output_delta
        hidden_delta = came_back * hidden * (1 - hidden)
        output_weights -= 0.5 * np.outer(output_delta, hidden)
        hidden_weights -= 0.5 * np.outer(hidden_delta, x)
        output_bias -= 0.5 * share(output_delta)
        hidden_bias -= 0.5 * share(hidden_delta)
    error = ((answers - targets) ** 2).sum() / 2
    weights = np.concatenate([hidden_weights.ravel(), output_weights.ravel()])
    return error, weights, answers


def centred_inputs() -> Numbers:
    """Train with the inputs 0 and 1, and with -1 and 1, for 1,000 steps."""
    numbers = []
    for hidden in 4, 2:
        for inputs in "-1 and 1", "0 and 1":
            networks = Networks(Kind([hidden, 1], "relu"), range(1000))
            if inputs == "-1 and 1":
                networks.points = 2 * networks.points - 1
            networks.train(1000)
            quantity = f"{hidden}-1, ReLU, inputs {inputs}: learned"
            numbers.append((quantity, f"{networks.solved().sum()}"))
    return numbers


def random_features() -> Numbers:
    """Solve for the output layer that fits best, above random hidden ReLUs."""
    xor = Networks(Kind([1], "relu"), [0])
    numbers = []
    for hidden in 4, 8, 16:
        exact = 0
        for seed in range(1000):
            weights = draw_weights(seed, [hidden, 1])[0]
            answers = np.maximum(xor.points @ weights.T, 0)
            columns = np.column_stack([answers, np.ones(4)])  # 1: the bias
            best = np.linalg.lstsq(columns, xor.targets, rcond=None)[0]
            exact += np.allclose(columns @ best, xor.targets)
        quantity = f"{hidden} hidden ReLUs: the best output layer is exact"
        numbers.append((quantity, f"{exact / 1000:.0%}"))
    return numbers


def one_random_layer() -> Numbers:
    """Train 8-1 networks of which one layer does not start at random."""
    fewest = 100
    for activation in "relu", "tanh":
        for layer, start in (1, 0.0), (1, 0.5), (0, 0.5):
            networks = Networks(Kind([8, 1], activation), range(100))
            networks.weights[layer] = np.full_like(
                networks.weights[layer], start
            )
            networks.train(1000)
            fewest = min(fewest, networks.solved().sum())
    quantity = "the fewest that learned XOR, of six kinds of start"
    return [(quantity, f"at least {fewest} of 100")]


def small_first_weights() -> Numbers:
    """Train 8-1 networks with tanh from smaller first weights than ours."""
    numbers = []
    for factor, steps in (0.1, 1000), (0.1, 10_000), (0.01, 10_000):
        networks = Networks(Kind([8, 1], "tanh"), range(100))
        networks.weights = [w * factor for w in networks.weights]
        networks.train(steps)
        quantity = f"first weights times {factor}, {steps:,} steps: learned XOR"
        numbers.append((quantity, f"from {networks.solved().sum()} of 100"))
    return numbers


def levels() -> Numbers:
    """Count at which losses 3-1 networks of ReLUs end, after 1,000 steps."""
    networks = Networks(Kind([3, 1], "relu"), range(100))
    networks.train(1000)
    numbers = []
    for level, words in (
        (0, "reached 0"),
        (1 / 6, "ended at 1/6"),
        (1 / 8, "at 1/8"),
        (1 / 4, "at 1/4"),
    ):
        count = np.isclose(networks.losses(), level, atol=1e-3).sum()
        numbers.append((f"the loss {level:.3f}", f"{count} {words}"))
    return numbers


def two_sigmoids() -> Numbers:
    """Train two hidden sigmoids and a sigmoid at the output, at the rate 1."""
    kind = Kind([2, 1], "sigmoid", "sigmoid", learning_rate=1.0)
    networks = Networks(kind, range(100))
    numbers = []
    taken = 0
    for steps in 2000, 6000, 10_000:
        networks.train(steps - taken)
        taken = steps
        quantity = f"learned XOR after {steps:,} steps"
        numbers.append((quantity, f"from {networks.solved().sum()} of 100"))
    return numbers


def sine() -> Numbers:
    """Fit one period of a sine by 16 tanh neurons, with Adam at 0.01.

    The inputs are from -1 to 1, the first weights have the mean square 1/n,
    and there are 2,000 steps.
    """
    x = np.linspace(-1, 1, 64)[:, None]
    y = np.sin(np.pi * x)
    errors = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        w, b = rng.normal(size=(1, 16)), np.zeros(16)
        v, c = rng.normal(size=(16, 1)) / 4, np.zeros(1)
        parameters = [w, b, v, c]
        means = [np.zeros_like(p) for p in parameters]
        squares = [np.zeros_like(p) for p in parameters]
        for step in range(1, 2001):
            h = np.tanh(x @ w + b)
            delta = (h @ v + c - y) * 2 / 64
            back = (delta @ v.T) * (1 - h**2)
            gradients = [x.T @ back, back.sum(0), h.T @ delta, delta.sum(0)]
            for p, g, m, s in zip(parameters, gradients, means, squares):
                m += 0.1 * (g - m)
                s += 0.001 * (g**2 - s)
                mean, square = m / (1 - 0.9**step), s / (1 - 0.999**step)
                p -= 0.01 * mean / (np.sqrt(square) + 1e-8)
        errors.append(((np.tanh(x @ w + b) @ v + c - y) ** 2).mean())
    small = sum(error < 0.001 for error in errors)
    return [("mean squared error below 0.001", f"{small} of 20")]


ANSWERS: dict[str, Callable[[], Numbers]] = {
    "Does it matter which slope ReLU has at 0?": slope_of_relu_at_0,
    "In the worked example with 0.05 and 0.10, are the biases trained?": (
        worked_example
    ),
    "Should the inputs of XOR be $-1$ and 1, and not 0 and 1?": centred_inputs,
    "Do the hidden weights have to be trained at all?": random_features,
    "Is it enough if only one layer starts at random?": one_random_layer,
    "Can random weights be too small to tell the neurons apart?": (
        small_first_weights
    ),
    "My XOR loss stops at 0.167, 0.347 or 0.477, or three of four answers "
    "are right. Why?": levels,
    "How many steps does XOR need? Are 10,000 too many?": two_sigmoids,
    "My network should learn a curve, a sine for example, and draws a straight "
    "line. Why?": sine,
}


def rows() -> Iterator[list[str]]:
    """Measure all answers, and yield a row for each number."""
    for question, measure in ANSWERS.items():
        for quantity, value in measure():
            yield [question, quantity, value]


def main() -> None:
    write_table(DATA / "answers.csv", COLUMNS, rows())


if __name__ == "__main__":
    main()
