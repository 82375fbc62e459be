// Makes each `.drill` of the page an endless one: graphs of the chosen level, each with new leaves.
// How many in a row were right at once is kept in the browser.
const KEPT = "micrograd-drill";
const someOf = (things) => things[Math.floor(Math.random() * things.length)];

// A graph with leaves that make no number too large, and few gradients 0
const newTask = ({ shapes, numbers }, largest) => {
  const { graph, forms } = someOf(shapes);
  let gradients = [];
  for (let tries = 0; tries < 500; tries += 1) {
    const leaves = graph.map(() => someOf(numbers));
    forward(graph, leaves);
    gradients = backward(graph);
    const all = [...graph.map(({ data }) => data), ...gradients];
    const zeros = gradients.filter((gradient) => gradient === 0).length;
    if (all.every((number) => Math.abs(number) <= largest) && zeros < 3) break;
  }
  for (const [x, node] of graph.entries()) node.wrong = wrongAnswers(graph, gradients, x);
  return { graph, forms };
};

[...document.querySelectorAll(".drill:not([data-ready])")].forEach((block) => {
  const number = document.querySelectorAll(".drill[data-ready]").length;
  const { levels, largest, mistakes } = setUp(block);
  const [another, forget, score, now] = [".another", ".forget", ".score span", ".now"].map((part) =>
    block.querySelector(part),
  );
  const text = now.firstElementChild;
  let [level, kept] = [levels[0], { row: 0, best: 0 }];

  const keep = (change) => {
    try {
      // some browsers keep nothing for pages from a disk
      kept = { ...kept, ...JSON.parse(localStorage.getItem(KEPT)), ...change };
      if (change) localStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      kept = { ...kept, ...change };
    }
    score.textContent = `In a row: ${kept.row}. Best: ${kept.best}.`;
  };
  const next = () => {
    now.replaceChildren(text);
    return play(block, newTask(level, largest), mistakes, {
      others: level.shapes.map(({ forms }) => forms),
      missed: () => kept.row && keep({ row: 0 }),
      done: (clean) => {
        const row = kept.row + 1;
        if (clean) keep({ row, best: Math.max(kept.best, row) });
        another.focus();
      },
    });
  };

  block.querySelectorAll(".levels input").forEach((radio, i) => {
    [radio.name, radio.checked] = [`level-${number}`, i === 0];
    radio.onchange = () => {
      level = levels[i];
      next();
    };
  });
  another.onclick = () => next().focus();
  forget.onclick = () => {
    keep({ row: 0, best: 0 });
    localStorage.removeItem(KEPT);
  };
  keep();
  next();
});
