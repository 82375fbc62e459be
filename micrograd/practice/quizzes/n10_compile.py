"""Notebook 10: a graph as lines, and when they may be used again."""

from ...compile import compile_graph
from ...engine import Value
from .. import zoo
from .question import Computed, Option, Question

COMPILER = "[The package's compiler](#the-packages-compiler)"
TO_THE_LAST_BIT = "[The same numbers, to the last bit]"
TO_THE_LAST_BIT += "(#the-same-numbers-to-the-last-bit)"
NOT_SEEN = "[What a program can't see](#what-a-program-cant-see)"


def questions() -> list[Question]:
    return [
        what_is_saved(),
        written_twice(),
        an_if(),
        another_use(),
        to_the_last_bit(),
    ]


def what_is_saved() -> Question:
    saves = "[What it saves](#what-it-saves)"
    return Question(
        "A compiled program takes a fraction of the engine's time, and gives "
        "the same gradients. What has it saved?",
        [
            Option(
                "Most of the sums and products",
                "Less time looks like less arithmetic. But the sums and "
                "products of the forward pass are all there, and so is "
                f"every share that a parameter needs. {saves}",
            ),
            Option(
                "Making the nodes, ordering them, and clearing up",
                "The lines stand in the right order already, and a line is "
                "only a few numbers read and one stored.",
                right=True,
            ),
            Option(
                "The way back, since the slopes were found at the start",
                "The *lines* for the slopes were written at the start. The "
                "numbers in them are worked out anew in each call, for the "
                f"numbers that come. {COMPILER}",
            ),
            Option(
                "Python, since the processor runs the lines directly",
                "Other compilers go that far. Ours writes a function in "
                "Python, and Python runs it like any other that you have "
                f"typed. {COMPILER}",
            ),
        ],
    )


def written_twice() -> Question:
    def gradient_of_x() -> float:
        x, y, z = Value(2.0), Value(5.0), Value(4.0)
        (x * y + x * z).backward()
        return x.grad

    def first_line() -> float:
        x, z = Value(2.0), Value(4.0)
        (x * z).backward()
        return x.grad

    def lines_multiplied() -> float:
        x, y, z = Value(2.0), Value(5.0), Value(4.0)
        p, q = x * y, x * z
        return p._local[0] * q._local[0]

    where = "[A program that writes a program]"
    where += "(#a-program-that-writes-a-program)"
    return Question(
        "A compiler with a bug has written these lines. They are run with `x` "
        "at 2, `y` at 5 and `z` at 4. What is `grad_x` at the end?",
        [
            Computed(
                gradient_of_x,
                "The last line for `grad_x` overwrites the one before. It "
                "should have `+=`, because `x` is used twice.",
                right=True,
                bug=zoo.assigns,
            ),
            Computed(
                gradient_of_x,
                "That is the slope, the sum over both paths. But these lines "
                "do not add anything up: the second one for `grad_x` has `=` "
                f"as well. {where}",
            ),
            Computed(
                first_line,
                "That is what the first of the two lines for `grad_x` leaves. "
                "Then comes another one, which does not keep it. "
                f"{where}",
            ),
            Computed(
                lines_multiplied,
                "Numbers are multiplied *along* a path. These are two paths, "
                "one through each product, and neither line looks at the "
                "other. [Why gradients add up]"
                "(01_value.ipynb#why-gradients-add-up)",
            ),
        ],
        code="p = x * y\n"
        "q = x * z\n"
        "f = p + q\n"
        "grad_f = 1.0\n"
        "grad_p = 1.0 * grad_f\n"
        "grad_q = 1.0 * grad_f\n"
        "grad_x = z * grad_q\n"
        "grad_z = x * grad_q\n"
        "grad_x = y * grad_p\n"
        "grad_y = x * grad_p",
    )


def an_if() -> Question:
    def f(x: Value) -> Value:
        if x.data < 0:
            return x * -5
        return x * x

    def recorded() -> Value:
        return Value(3.0)

    def program() -> tuple[float, float]:
        x = recorded()
        value, [slope] = compile_graph(f(x), [x])([-2.0])
        return value, slope

    def value_and_slope(x: Value) -> tuple[float, float]:
        y = f(x)
        y.backward()
        return y.data, x.grad

    def function_itself() -> tuple[float, float]:
        return value_and_slope(Value(-2.0))

    def numbers_of_the_recording() -> tuple[float, float]:
        return value_and_slope(recorded())

    def slope_of_the_recording() -> tuple[float, float]:
        value, _ = program()
        _, slope = value_and_slope(recorded())
        return value, slope

    both = "{} and {}"
    return Question(
        "What value and what slope does the last line return?",
        [
            Computed(
                program,
                "The graph was recorded where `x` was 3, so the program has "
                "the line for `x * x`. At −2 that is wrong, and no error "
                "tells you.",
                right=True,
                text=both,
            ),
            Computed(
                function_itself,
                "That is what the function itself gives. But the program has "
                "never seen its `if`. It knows only the operation that was "
                "recorded. "
                f"{NOT_SEEN}",
                text=both,
            ),
            Computed(
                numbers_of_the_recording,
                "These are the numbers of the recording. A program keeps what "
                "was *done*, and does it again with the numbers that you give "
                f"it. {COMPILER}",
                text=both,
            ),
            Computed(
                slope_of_the_recording,
                "The graph keeps its local derivatives as numbers, so one "
                "might expect the old slope. In the program they are "
                "formulas, and these are worked out anew. [What you would "
                "write by hand](#what-you-would-write-by-hand)",
                text=both,
            ),
        ],
        code="def f(x):\n"
        "    if x.data < 0:\n"
        "        return x * -5\n"
        "    return x * x\n\n"
        "x = Value(3.0)\n"
        "program = compile_graph(f(x), [x])\n"
        "program([-2.0])",
    )


def another_use() -> Question:
    return Question(
        "You have compiled the loss of a network: "
        "`program = compile_graph(loss, model.parameters())`. After which "
        "change is the program still right?",
        [
            Option(
                "The weights have moved, and different ReLUs are open",
                "The weights are what the program is given. And a ReLU makes "
                "its choice inside the graph, so there is a line for it.",
                right=True,
            ),
            Option(
                "The inputs of the examples are other numbers",
                "They are only numbers, like the weights. But they were not "
                "among the parameters, so the old ones are written into the "
                f"lines. {COMPILER}",
            ),
            Option(
                "There is another example in the list",
                "It would be treated like all the others. But the program has "
                "lines only for the examples that were there when the graph "
                f"was recorded. {NOT_SEEN}",
            ),
            Option(
                "A pair of neurons now has a weight in common",
                "The value would still be right. But a weight that is used "
                "twice gets the sum of both shares, and these lines keep them "
                "apart. [Why gradients add up]"
                "(01_value.ipynb#why-gradients-add-up)",
            ),
        ],
    )


def to_the_last_bit() -> Question:
    return Question(
        "The program and the engine agree to the last bit. Why may we ask for "
        "so much?",
        [
            Option(
                "Both give the exact slope, without any rounding",
                "The chain rule is exact, and nudges are not. But every sum "
                "and product of floats is rounded. Both round, and in the "
                f"same places. {TO_THE_LAST_BIT}",
            ),
            Option(
                "A gradient check has shown that both are right",
                "A check is a good reason to trust them. But it compares with "
                "nudges, which are inexact, so it has to forgive a small "
                "difference. [How small is small?]"
                "(02_gradient_check.ipynb#how-small-is-small)",
            ),
            Option(
                "Both do the same operations, in the same order",
                "So they round the same numbers in the same way, and nothing "
                "is left that could differ.",
                right=True,
            ),
            Option(
                "A sum is the same, in whatever order one adds up",
                "On paper it is. Floats are rounded after each step, so "
                "another order may give another last digit, as with NumPy. "
                "[The same network](09_matrices.ipynb#the-same-network)",
            ),
        ],
    )
