"""Train two language models, and store them: `make data` does it.

The engine itself trains them, compiled, on the names of data/names.txt. What
goes to data/language_models.json is, for each of the two, its parameters with
five significant digits, the mean loss of each hundredth of the training, and
the losses on names that it was trained with and on names that were held back.
These last two are computed with the stored parameters. Of the bigram model,
which only counts, they are stored for comparison.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence

from micrograd._whole_file import whole_file
from micrograd.language import (
    MODELS,
    Bigram,
    CompiledModel,
    LanguageModel,
    descend,
    mean_loss,
    read_names,
    split_names,
)
from micrograd.practice import DATA

STEPS = {"mlp": 200_000, "transformer": 50_000}
LEARNING_RATE = 0.1
SEED = 1  # of the first parameters, and of the examples that are drawn
BLOCKS = 100
FIRST = 10  # losses that are stored one by one
TRAINING_NAMES = 1000  # whose loss is stored


def untrained(name: str) -> LanguageModel:
    """Return a model with its first parameters."""
    random.seed(SEED)
    return MODELS[name]()


def losses_in_training(
    name: str, compiled: CompiledModel, training: Sequence[str]
) -> Iterator[float]:
    """Train a model, and yield the loss of each step."""
    return descend(compiled, training, STEPS[name], LEARNING_RATE, SEED)


def rounded(number: float, digits: int) -> float:
    """Return a number with so many significant digits."""
    return float(f"{number:.{digits}g}")


def final_losses(
    model: LanguageModel | CompiledModel,
    training: Sequence[str],
    held_back: Sequence[str],
) -> dict[str, float]:
    """Return the losses on a sample of the training names, and on others."""
    sample = training[:TRAINING_NAMES]
    return {
        "training loss": rounded(mean_loss(model, sample), 6),
        "held-back loss": rounded(mean_loss(model, held_back), 6),
    }


def trained(
    name: str, training: Sequence[str], held_back: Sequence[str]
) -> dict[str, object]:
    """Train a model, and return what is stored of it."""
    model = untrained(name)
    compiled = CompiledModel(model)
    losses = []
    for loss in losses_in_training(name, compiled, training):
        losses.append(loss)
        show_progress(name, len(losses))
    size = STEPS[name] // BLOCKS
    blocks = [losses[i : i + size] for i in range(0, STEPS[name], size)]
    for parameter in model.parameters():
        parameter.data = rounded(parameter.data, 5)
    return {
        **final_losses(compiled, training, held_back),
        "steps": STEPS[name],
        "first losses": losses[:FIRST],
        "mean losses": [rounded(sum(block) / size, 6) for block in blocks],
        "parameters": [parameter.data for parameter in model.parameters()],
    }


def show_progress(name: str, step: int) -> None:
    """Write a line on the terminal over the last one, if it is a terminal."""
    if sys.stdout.isatty() and step % (STEPS[name] // BLOCKS) == 0:
        end = "\n" if step == STEPS[name] else ""
        text = f"\rTraining the {name}: step {step:,} of {STEPS[name]:,}"
        print(text, end=end, flush=True)


def main() -> None:
    training, held_back = split_names(read_names(DATA / "names.txt"))
    with (
        whole_file(DATA / "language_models.json") as part,
        open(part, "w", encoding="utf-8", newline="\n") as file,
    ):
        found = {"bigram": final_losses(Bigram(training), training, held_back)}
        for name in MODELS:
            found[name] = trained(name, training, held_back)
        file.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
