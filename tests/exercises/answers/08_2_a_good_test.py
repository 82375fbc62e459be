from micrograd import Value, gradient_check
from micrograd.practice import check_exercise, zoo


# The expression of notebook 02, each operation alone, and a second pass.
# expect: done
def engine_is_right():
    for at in ([0.5, -1.5], [-0.4, 0.3], [2.0, 1.5]):
        gradient_check(zoo.tangle, at)
    for f in (
        Value.tanh,
        Value.relu,
        lambda x: x * 2 + x * 2,
        lambda x: x - x**3,
    ):
        for at in (-0.7, 0.5, 3.0):
            gradient_check(f, [at])
    x = Value(3.0)
    f = x * x
    f = f * f
    f.backward()
    f.backward()
    assert x.grad == 216
    return "right"


check_exercise("08.2", engine_is_right)


# Only slopes that are known, and None where one is wrong.
# expect: done
def engine_is_right():
    x = Value(0.5)
    b = x * 2
    equal = (x * 2 + x * 2) * 3 + (x * x) * (x * x)
    f = b * 3 + b * 4 + equal + (x - x * 0.3) ** 3 + x.tanh() + (-x).relu()
    f.backward()
    first = x.grad
    f.backward()
    right = 14 + 12 + 0.5 + 0.25725 + 0.7864477329659274 + 0
    if abs(first - right) < 1e-9 and abs(x.grad - 2 * right) < 1e-9:
        return True


check_exercise("08.2", engine_is_right)


# expect: not yet: accepts 14 of 14 bugs, the first of them assigns: `=` instead
def engine_is_right():
    return True


check_exercise("08.2", engine_is_right)


# expect: not yet: your test rejects the right engine.
def engine_is_right():
    return False


check_exercise("08.2", engine_is_right)


# A slip of the pen.
# expect: not yet: raised NameError: name 'gradient_chek' is not defined.
# ... Have you run the cells above?
def engine_is_right():
    return gradient_chek(Value.tanh, [0.5])  # noqa: F821


check_exercise("08.2", engine_is_right)


# Right at the kink, where a failed check is no evidence.
# expect: not yet: raised GradientMismatch: the two gradients of x differ.
def engine_is_right():
    return gradient_check(lambda x: x.relu(), [0.0])


check_exercise("08.2", engine_is_right)


# A wrong expectation.
# expect: not yet: engine_is_right() raised AssertionError.
def engine_is_right():
    assert (Value(2.0) * 3).grad == 6
    return True


check_exercise("08.2", engine_is_right)


# Nothing is returned where all is well.
# expect: not yet: engine_is_right returns nothing yet.
def engine_is_right():
    gradient_check(Value.tanh, [0.5])


check_exercise("08.2", engine_is_right)


# One operation alone.
# expect: not yet: of 14 bugs, the first of them no_order: Recursion without an
def engine_is_right():
    return gradient_check(lambda x: x * x, [3.0])


check_exercise("08.2", engine_is_right)


# On one side of the kink.
# expect: not yet: accepts 1 of 14 bugs, the first of them never_shut
def engine_is_right():
    def f(x):
        b = x * 2
        equal = x * 2 + x * 2
        reuse = b * 3 + b * 4 + equal
        return reuse.tanh() + (x - x * 0.3) ** 2 * x * x + x.relu()

    gradient_check(f, [0.04])
    x = Value(3.0)
    f = x * x * x
    f.backward()
    f.backward()
    return x.grad == 54


check_exercise("08.2", engine_is_right)


# A single pass.
# expect: not yet: accepts 1 of 14 bugs, the first of them not_reset
def engine_is_right():
    for at in ([0.5, -1.5], [-0.4, 0.3], [2.0, 1.5]):
        gradient_check(zoo.tangle, at)
    for f in (Value.tanh, Value.relu, lambda x: x * 2 + x * 2, lambda x: x**3):
        for at in (-0.7, 0.5, 3.0):
            gradient_check(f, [at])
    return gradient_check(lambda x: 2 - x, [0.5])


check_exercise("08.2", engine_is_right)
