// Keeps the choices in each `.quiz` of the page on the reader's machine, counts them, and forgets them
// when asked to. What is right, and why, is shown without this script, by quiz.css.
(() => {
  // For each question null, or the first choice and the one that holds now. A browser that keeps
  // nothing, or something else, is none of the quiz's business.
  const load = (key, questions) => {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(key));
    } catch {
      /* nothing is kept */
    }
    return questions.map((inputs, i) =>
      [kept?.[i]?.first, kept?.[i]?.now].every((at) => inputs[at]) ? kept[i] : null,
    );
  };
  const keep = (key, choices) => {
    try {
      if (choices.some(Boolean)) localStorage.setItem(key, JSON.stringify(choices));
      else localStorage.removeItem(key);
    } catch {
      /* then only until the page is left */
    }
  };

  const setUp = (block, number) => {
    const { key } = block.dataset;
    const output = block.querySelector("output");
    const inputsOf = (question) => [...question.querySelectorAll("input")];
    const questions = [...block.querySelectorAll("fieldset")].map(inputsOf);
    const isRight = (input) => input.closest(".option").classList.contains("right");
    let choices = load(key, questions);

    // The number of answers is seen; what was just said of a choice is for those who do not see it.
    const tell = (said = "") => {
      const made = choices.flatMap((choice, i) => (choice ? [questions[i][choice.first]] : []));
      const right = made.filter(isRight).length;
      const told = document.createElement("span");
      [told.className, told.textContent] = ["said", said];
      output.replaceChildren(
        told,
        `${made.length} of ${questions.length} answered`,
        made.length ? `, ${right} right at the first try` : "",
      );
    };

    const show = () => {
      for (const [i, inputs] of questions.entries())
        for (const [at, input] of inputs.entries()) input.checked = choices[i]?.now === at;
    };

    const choose = (i, at) => {
      const input = questions[i][at];
      // What is said of an option above must not push this one away from the finger
      show();
      const before = input.getBoundingClientRect().top;
      choices[i] = { first: choices[i]?.first ?? at, now: at };
      show();
      scrollBy({ top: input.getBoundingClientRect().top - before, behavior: "instant" });
      keep(key, choices);
      const why = input.closest(".option").querySelector(".why");
      tell(`${why.textContent.replace(/\s+/g, " ")} `);
    };

    // The arrow keys go from option to option; by themselves they would choose as well, and so
    // whoever wants the third one would have answered with the second.
    const move = (event, inputs, at) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (step) inputs.at((at + step) % inputs.length).focus();
      if (event.key === "Enter") inputs[at].click();
      if (step || event.key === "Enter") event.preventDefault();
    };

    questions.forEach((inputs, i) =>
      inputs.forEach((input, at) => {
        input.name += `-${number}`; // the same quiz may be on the page twice
        input.addEventListener("change", () => choose(i, at));
        input.addEventListener("keydown", (event) => move(event, inputs, at));
      }),
    );
    // JupyterLab would take some keys for its own
    block.addEventListener("keydown", (event) => event.stopPropagation());
    block.querySelector("button").onclick = () => {
      choices = questions.map(() => null);
      keep(key, choices);
      show();
      tell();
      questions[0][0].focus();
    };

    show();
    tell();
    block.querySelector(".foot").hidden = false;
    block.dataset.ready = number;
  };

  const ready = document.querySelectorAll(".quiz[data-ready]").length;
  document
    .querySelectorAll(".quiz:not([data-ready])")
    .forEach((block, i) => setUp(block, ready + i));
})();
