// Makes each `.drill` of the page an endless one: graphs of the chosen level, each with new leaves.
// How many in a row were right at once is kept in the browser, for each level.
const KEPT = "micrograd-drill-";
const someOf = (things) => things[Math.floor(Math.random() * things.length)];

// A graph with leaves that make no number too large, and few gradients 0; most ReLUs are shut.
const newTask = ({ shapes, numbers }, largest) => {
  const [{ graph, forms }, wanted] = [someOf(shapes), Math.random() < 0.8];
  let gradients = [];
  for (let tries = 0; tries < 500; tries += 1) {
    const leaves = graph.map(() => someOf(numbers));
    forward(graph, leaves);
    gradients = backward(graph);
    const all = [...graph.map(({ data }) => data), ...gradients];
    const zeros = gradients.filter((gradient) => gradient === 0).length;
    const isShut = graph.some(({ op, data }) => op === "ReLU" && !data);
    const isGood = all.every((x) => Math.abs(x) <= largest) && zeros < (isShut ? 5 : 3);
    if (isGood && (isShut === wanted || tries > 250)) break;
  }
  for (const [x, node] of graph.entries()) node.wrong = wrongAnswers(graph, gradients, x);
  return { graph, forms };
};

[...document.querySelectorAll(".drill:not([data-ready])")].forEach((block) => {
  const { levels, largest, mistakes } = setUp(block);
  const [another, forget, score, now] = partsOf(block, ".another", ".forget", "output", ".now");
  const task = now.textContent;
  const kept = levels.map(() => ({ row: 0, best: 0 }));
  let at = 0;

  const keep = (change) => {
    try {
      // some browsers keep nothing for pages from a disk
      kept[at] = { ...kept[at], ...JSON.parse(localStorage.getItem(KEPT + at)), ...change };
      if (change) localStorage.setItem(KEPT + at, JSON.stringify(kept[at]));
    } catch {
      kept[at] = { ...kept[at], ...change };
    }
    score.textContent = `In a row: ${kept[at].row}. Best: ${kept[at].best}.`;
  };
  const next = () => {
    say(now, "", `Level ${at + 1}, a new graph.`, task);
    return play(block, newTask(levels[at], largest), mistakes, {
      others: levels[at].shapes.map(({ forms }) => forms),
      missed: () => kept[at].row && keep({ row: 0 }),
      done: (clean) => {
        const row = kept[at].row + 1;
        if (clean) keep({ row, best: Math.max(kept[at].best, row) });
        another.focus();
      },
    });
  };

  block.querySelectorAll(".levels input").forEach((radio, i) => {
    [radio.name, radio.checked] = [`level-${now.id}`, i === 0];
    radio.onchange = () => ((at = i), keep(), next());
  });
  another.onclick = () => next().focus();
  forget.onclick = () => {
    keep({ row: 0, best: 0 });
    localStorage.removeItem(KEPT + at);
  };
  keep();
  next();
});
