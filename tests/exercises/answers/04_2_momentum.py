import math

import numpy as np

from micrograd.practice import check_exercise

# A dictionary outside of the function remembers.
# expect: done
velocities = {}


def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        velocities[p] = momentum * velocities.get(p, 0.0) + p.grad
        p.data -= learning_rate * velocities[p]


check_exercise("04.2", momentum_step)


# The velocity with the rate in it, and downhill.
# expect: done
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        if not hasattr(p, "velocity"):
            p.velocity = 0.0
        p.velocity = momentum * p.velocity - learning_rate * p.grad
        p.data += p.velocity
        p.grad = 0.0


check_exercise("04.2", momentum_step)


# An array on the model remembers.
# expect: done
def momentum_step(model, rate, keep):
    grads = np.array([p.grad for p in model.parameters()])
    model.velocity = keep * getattr(model, "velocity", 0) + grads
    for p, velocity in zip(model.parameters(), model.velocity):
        p.data -= rate * velocity
    return model


check_exercise("04.2", momentum_step)


# Nothing is remembered.
# expect: not yet: in the second step, with the gradient 1, ... should move by
# -0.19, not -0.1.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        velocity = 0.0
        velocity = momentum * velocity + p.grad
        p.data -= learning_rate * velocity


check_exercise("04.2", momentum_step)


# The velocity never gets less.
# expect: not yet: in the second step ... should move by -0.19, not -0.2.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        p.velocity = getattr(p, "velocity", 0.0) + p.grad
        p.data -= learning_rate * p.velocity


check_exercise("04.2", momentum_step)


# Without the learning rate.
# expect: not yet: in the first step ... should move by -0.1, not -1.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        p.velocity = momentum * getattr(p, "velocity", 0.0) + p.grad
        p.data -= p.velocity


check_exercise("04.2", momentum_step)


# An average of gradients, as other books have it.
# expect: not yet: in the first step ... should move by -0.1, not -0.01.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        old = getattr(p, "velocity", 0.0)
        p.velocity = momentum * old + (1 - momentum) * p.grad
        p.data -= learning_rate * p.velocity


check_exercise("04.2", momentum_step)


# Nesterov's momentum.
# expect: not yet: in the first step ... should move by -0.1, not -0.19.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        p.velocity = momentum * getattr(p, "velocity", 0.0) + p.grad
        p.data -= learning_rate * (p.grad + momentum * p.velocity)


check_exercise("04.2", momentum_step)


# One velocity for all parameters.
# expect: not yet: in the first step, with the gradient 0, ... should move by 0,
# not -0.09.
velocity = 0.0


def momentum_step(model, learning_rate, momentum):
    global velocity
    for p in model.parameters():
        velocity = momentum * velocity + p.grad
        p.data -= learning_rate * velocity


check_exercise("04.2", momentum_step)


# A list for all models.
# expect: not yet: in the first step of another model, with the gradient 1
velocities = [0.0] * 37


def momentum_step(model, learning_rate, momentum):
    for i, p in enumerate(model.parameters()):
        velocities[i] = momentum * velocities[i] + p.grad
        p.data -= learning_rate * velocities[i]


check_exercise("04.2", momentum_step)


# Without a gradient the ball rolls on.
# expect: not yet: in the third step, with the gradient 0, ... should move by
# -0.171, not 0.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        if p.grad != 0:
            p.velocity = momentum * getattr(p, "velocity", 0.0) + p.grad
            p.data -= learning_rate * p.velocity


check_exercise("04.2", momentum_step)


# The name `p` gets a new number, the model keeps the old one.
# expect: not yet: in the first step no parameter has moved.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        p.velocity = momentum * getattr(p, "velocity", 0.0) + p.grad
        p = p.data - learning_rate * p.velocity


check_exercise("04.2", momentum_step)


# expect: not yet: in the first step ... should move by -0.1, not nan.
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        p.data = math.nan


check_exercise("04.2", momentum_step)


# The first step has no velocity to take up.
# expect: not yet: it raised AttributeError
def momentum_step(model, learning_rate, momentum):
    for p in model.parameters():
        p.velocity = momentum * p.velocity + p.grad
        p.data -= learning_rate * p.velocity


check_exercise("04.2", momentum_step)
