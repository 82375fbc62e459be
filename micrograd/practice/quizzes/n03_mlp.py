"""Notebook 03: neurons, knobs, the bend, and why XOR needs two layers."""

from ...nn import MLP, Layer, Neuron
from .. import zoo
from .question import Computed, Option, Question


def questions() -> list[Question]:
    return [
        one_weight(),
        count(),
        a_shut_neuron(),
        without_bends(),
        no_single_neuron(),
    ]


def one_weight() -> Question:
    def neuron() -> Neuron:
        made = Neuron(2)
        for parameter, knob in zip(made.parameters(), (2.0, -1.0, 1.0)):
            parameter.data = knob
        return made

    def gradient_of_the_weight() -> float:
        ours = neuron()
        ours([3.0, 2.0]).backward()
        return ours.w[0].grad

    def gradient_of_the_bias() -> float:
        ours = neuron()
        ours([3.0, 2.0]).backward()
        return ours.b.grad

    def the_answer_itself() -> float:
        return neuron()([3.0, 2.0]).data

    return Question(
        "A neuron with ReLU has the weights 2 and −1 and the bias 1. Its "
        "inputs are 3 and 2, and `backward` is called on its answer. What is "
        "the gradient of the first weight?",
        [
            Computed(
                gradient_of_the_weight,
                "The sum is positive, so the gate is open. The gradient of a "
                "weight is then the input that it is multiplied by.",
                right=True,
            ),
            Computed(
                gradient_of_the_weight,
                "That is the weight itself. In a product each factor gets the "
                "*other* one, and that is the input. [Remembering the steps]"
                "(01_value.ipynb#remembering-the-steps)",
                bug=zoo.own_factor,
            ),
            Computed(
                gradient_of_the_bias,
                "An open gate does hand on a 1, and the bias, which is only "
                "added, gets it as it is. A weight is *multiplied* by its "
                "input. [The bend](#the-bend)",
            ),
            Computed(
                the_answer_itself,
                "That is the neuron's answer, 6 − 2 + 1. A gradient is not "
                "how large the answer is, but how fast it moves with the "
                "weight. [The chain rule, by hand]"
                "(01_value.ipynb#the-chain-rule-by-hand)",
            ),
        ],
    )


def count() -> Question:
    def neurons() -> list[Neuron]:
        layers: list[Layer] = MLP(3, [4, 2]).layers
        return [neuron for layer in layers for neuron in layer.neurons]

    def parameters() -> float:
        return len(MLP(3, [4, 2]).parameters())

    def weights_alone() -> float:
        return sum(len(neuron.w) for neuron in neurons())

    def one_bias_per_layer() -> float:
        return weights_alone() + len(MLP(3, [4, 2]).layers)

    def number_of_neurons() -> float:
        return len(neurons())

    return Question(
        "How many parameters does `MLP(3, [4, 2])` have?",
        [
            Computed(
                parameters,
                "Four neurons with three weights and a bias have 16. Then "
                "come two with four weights and a bias, which makes 10 more.",
                right=True,
            ),
            Computed(
                weights_alone,
                "These are the weights, one for each line in a drawing of the "
                "network. Each neuron has a bias as well, one more knob. "
                "[A layer, and a stack of layers]"
                "(#a-layer-and-a-stack-of-layers)",
            ),
            Computed(
                one_bias_per_layer,
                "This gives each *layer* a bias. But it is a neuron that leans "
                "to one side before it has seen anything, and so each has its "
                "own. [A neuron](#a-neuron)",
            ),
            Computed(
                number_of_neurons,
                "So many neurons there are, and one might think that each is "
                "one knob. But it has a weight for each of its inputs, and a "
                "bias. [A neuron](#a-neuron)",
            ),
        ],
    )


def a_shut_neuron() -> Question:
    return Question(
        "For one of your examples, the sum of a neuron with ReLU is −2. What "
        "does that example's backward pass give to its weights?",
        [
            Option(
                "It gives them no gradient, and for now that is fine",
                "The gate is shut for this example, so nothing gets through. "
                "For others it may be open, and then the neuron learns.",
                right=True,
            ),
            Option(
                "It gives them no gradient, so the neuron is lost",
                "Only one that is shut for *all* examples is lost. To be shut "
                "for some of them is what makes it useful. "
                "[The bend](#the-bend)",
            ),
            Option(
                "It gives them the usual gradients: only the answer is cut",
                "A ReLU cuts off the way back, too, because its slope is 0 "
                "there. An engine that forgets this has the bug `never_shut`. "
                "[In the local derivatives]"
                "(08_bug_zoo.ipynb#in-the-local-derivatives)",
            ),
            Option(
                "It gives them negative gradients, so that the gate opens",
                "That would be handy! But below zero ReLU is flat, and a flat "
                "piece pushes in neither direction. "
                "[The bend](#the-bend)",
            ),
        ],
    )


def without_bends() -> Question:
    return Question(
        "You take the activation functions out of a network with three hidden "
        "layers. What can it still compute?",
        [
            Option(
                "Anything, if the layers are wide enough",
                "You may have heard this of networks, and it is said of those "
                "*with* bends. Without them, width adds nothing. "
                "[The bend](#the-bend)",
            ),
            Option(
                "A curve with a bend for every layer",
                "It is the activation function that bends, and not the "
                "layer. A sum of sums stays straight. "
                "[The bend](#the-bend)",
            ),
            Option(
                "XOR, but nothing harder",
                "XOR looks so harmless, and yet it is the very thing that no "
                "slanted plane can do. [Why XOR needs a hidden layer]"
                "(#why-xor-needs-a-hidden-layer)",
            ),
            Option(
                "No more than a single layer of sums",
                "A sum of sums is another sum. However many you stack, you "
                "get one straight line, or one slanted plane.",
                right=True,
            ),
        ],
    )


def no_single_neuron() -> Question:
    where = "(#why-xor-needs-a-hidden-layer)"
    return Question(
        "AND and OR are no trouble for a single neuron. Why is XOR?",
        [
            Option(
                "No straight line has both ones on one side and both zeros on "
                "the other",
                "The ones lie on opposite corners, so the middle of the "
                "square is on their side. It also lies between the zeros, and "
                "it cannot be on both sides.",
                right=True,
            ),
            Option(
                "A neuron has too few weights for so many points",
                "AND and OR have four points as well, so the number is not "
                "the trouble. It is how they lie. "
                f"[Why XOR needs a hidden layer]{where}",
            ),
            Option(
                "XOR needs a bias, and a single neuron has none",
                "Every neuron has a bias. It only shifts the line, and the "
                "line stays straight. "
                f"[Why XOR needs a hidden layer]{where}",
            ),
            Option(
                "Its random weights are rarely lucky enough",
                "Luck matters in training, as notebook 04 shows. But here "
                "there is no setting of the knobs that works, so no luck can "
                f"find one. [Why XOR needs a hidden layer]{where}",
            ),
        ],
    )
