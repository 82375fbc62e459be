// A graph as a form. `play` draws it into a block and judges what the reader types; each
// `.be-backward` of the page that is no drill becomes one. Without this script, it is the picture
// of the task and a list of the answers.

const make = (space, tag, attributes = {}, ...children) => {
  const element = document.createElementNS(`http://www.w3.org/${space}`, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const html = (...parts) => make("1999/xhtml", ...parts);
const svg = (...parts) => make("2000/svg", ...parts);

const round = (x) => Number(x.toPrecision(4));
const show = (x) => (x && Math.abs(x) < 1e-4 ? round(x).toExponential() : String(round(x)));
const same = (one, other) => Math.abs(one - other) <= 5e-4 * Math.abs(other) + 1e-12;
const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

// A number, or a sum of products such as 2*3 + 4; NaN if it is something else
const read = (text) => {
  const plain = text
    .replace(/^\s*\+|\s/g, "")
    .replaceAll("−", "-")
    .replaceAll(",", ".");
  const terms = plain.replace(/([\d.])-/g, "$1+-").split("+");
  const product = (term) => term.split("*").reduce((x, y) => x * (y ? Number(y) : NaN), 1);
  return add(terms.map(product));
};

const inWords = (names) => new Intl.ListFormat("en-GB").format(new Set(names));

// The edges with their numbers, and the circles, in a layout
const wires = (graph, { size: [width, height], circles, edges, tails }) => {
  const parts = graph.flatMap(({ op, inputs, local }, i) => {
    const [cx, cy, rx] = circles[i];
    const into = inputs.flatMap((x, k) => {
      const [d, left, top] = edges[i][k];
      const number = svg("text", { x: left, y: top + 4, "data-from": x }, show(local[k]));
      return [svg("path", { d, "data-from": x }), number];
    });
    const sign = { x: cx, y: cy + (op.length > 1 ? 4 : 6), class: op.length > 1 ? "word" : "sign" };
    const circle = [svg("ellipse", { cx, cy, rx, ry: 12 }), svg("text", sign, op)];
    return inputs.length ? [...into, svg("path", { d: tails[i] }), ...circle] : [];
  });
  return svg("svg", { width, height, "aria-hidden": "true" }, ...parts);
};

const boxOf = (graph, x) => {
  const { name, how, inputs } = graph[x];
  const data = `data ${show(graph[x].data)}`;
  const users = graph.filter((node) => node.inputs.includes(x)).map((node) => node.name);
  const use = users.length ? `used by ${inWords(users)}` : "the result";
  const field = html("input", {
    "aria-label": `Gradient of ${how}, ${data}, ${use}`,
    placeholder: "grad ?",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "done",
  });
  const parts = [html("b", {}, name), html("span", {}, data), field];
  return html("div", { class: inputs.length ? "box" : "leaf box", "data-from": x }, ...parts);
};

// Lets the reader work out the gradients. `missed` is called after a wrong number or a hint, and
// `done` at the end, with whether there was none. Returns the field of the result.
const play = (block, { graph, forms }, mistakes, { missed, done, others = [] } = {}) => {
  const [frame, now, hint] = [".frame", ".now", ".hint"].map((part) => block.querySelector(part));
  const gradients = backward(graph);
  const [paths, solved] = [pathsOf(graph, gradients), new Set()];
  const boxes = graph.map((_, x) => boxOf(graph, x));
  const fields = boxes.map((box) => box.querySelector("input"));
  const board = html("div", { class: "board" }, ...[...boxes].reverse());
  let [wrong, hints, hinted] = [0, 0, null];
  frame.replaceChildren(board);
  hint.disabled = false;

  const mark = () => {
    for (const part of board.querySelectorAll("[data-from]")) {
      const x = Number(part.dataset.from);
      part.classList.toggle("right", solved.has(x));
      part.classList.toggle("hinted", x === hinted);
    }
  };
  // From left to right where there is room, else from top to bottom
  const place = () => {
    const room = frame.clientWidth - 24;
    const fit = (all) => all.find(({ size }) => 0.9 * size[0] <= room) ?? all.at(-1);
    const zoomOf = ({ size }) => Math.min(1, Math.max(0.8, room / size[0]));
    const heights = others.map(fit).map((form) => zoomOf(form) * form.size[1]);
    frame.style.minHeight = `${Math.max(...heights, 0) + 24}px`;
    const form = fit(forms);
    const [[width, height], zoom] = [form.size, zoomOf(form)];
    board.querySelector("svg")?.remove();
    board.prepend(wires(graph, form));
    board.style = `width: ${width}px; height: ${height}px; zoom: ${zoom}`;
    boxes.forEach((box, x) => {
      const [left, top, wide] = form.boxes[x];
      box.style = `left: ${left}px; top: ${top}px; width: ${wide}px`;
    });
    mark();
  };
  const say = (kind, title, text) => {
    now.dataset.kind = kind;
    now.replaceChildren(html("p", {}, html("strong", {}, title), ` ${text}`));
  };

  const earlyFor = (x) => usesOf(graph, gradients, x).filter(({ by }) => !solved.has(by));
  const usersIn = (uses) => inWords(uses.map(({ by }) => graph[by].name));
  const waysOf = (part) =>
    inWords(part.map(({ way }) => way.map((by) => graph[by].name).join(" → ")));
  // What came along one of the paths alone, or along all others, if a number is that
  const aboutPart = (x, number) => {
    const rest = (part) => paths[x].filter((path) => !part.includes(path));
    const parts = paths[x].flatMap((path) => [[path], rest([path])]);
    const part = parts.find((some) => number && same(number, add(some.map(({ share }) => share))));
    if (part)
      return `That came along ${waysOf(part)}. What comes along ${waysOf(rest(part))} is missing.`;
  };
  // Nothing if it is too early to say
  const aboutWrong = (x, number) => {
    const { name, wrong: answers } = graph[x];
    const uses = usesOf(graph, gradients, x);
    const isEarly = earlyFor(x).length > 0;
    const isOne = Math.abs(gradients[x]) === 1; // the right sign would be all there is to find
    const known = Object.keys(mistakes).filter((one) => !(isOne && one === "opposite"));
    const key = known.find((one) => same(number, answers[one] ?? NaN));
    const isLost = key === "inputs_in_a_set" || (key === "assigns" && !isEarly);
    const part = !isLost && aboutPart(x, number);
    if (part) return part;
    if (key) return mistakes[key].replaceAll("{x}", name);
    if (!uses.length) return mistakes.no_seed;
    if (isEarly) return "";
    if (Math.abs(number / gradients[x] - 1) < 0.02) return "It is close. Give it four digits.";
    return `${name} gets from ${usersIn(uses)} the local derivative times the gradient there.`;
  };

  const check = (x) => {
    const field = fields[x];
    if (field.readOnly || !field.value.trim() || field.dataset.checked === field.value) return;
    field.dataset.checked = field.value;
    const number = read(field.value);
    if (same(number, gradients[x])) return accept(x);
    field.setAttribute("aria-invalid", "true");
    if (Number.isNaN(number))
      return say("wrong", "Not a number.", "Type one, or a sum of products such as 2*3 + 4.");
    const text = aboutWrong(x, number);
    const early = `${graph[x].name} waits for the gradient of ${usersIn(earlyFor(x))}.`;
    say("wrong", "Not yet.", text || early);
    if (!text) return;
    wrong += 1;
    missed?.();
  };
  const accept = (x) => {
    const ahead = earlyFor(x).length ? " You worked ahead." : "";
    solved.add(x);
    [fields[x].value, fields[x].readOnly] = [`grad ${show(gradients[x])}`, true];
    if (hinted === x) hinted = null;
    mark();
    say("right", "Right.", `${graph[x].grad} = ${show(gradients[x])}.${ahead}`);
    hint.disabled = solved.size === graph.length;
    if (!hint.disabled) return;
    const help =
      wrong + hints === 0
        ? "without a wrong number or a hint"
        : `with ${count(wrong, "wrong number")} and ${count(hints, "hint")} on the way`;
    say("right", "Done.", `All ${graph.length} gradients are right, ${help}.`);
    done?.(wrong + hints === 0);
  };

  hint.onclick = () => {
    const open = [...graph.keys()].reverse().filter((x) => !solved.has(x));
    hinted = open.find((x) => !earlyFor(x).length);
    const shares = usesOf(graph, gradients, hinted).map(
      ({ by, local, grad }) => `${show(local)} * ${show(grad)} (from ${graph[by].name})`,
    );
    hints += 1;
    mark();
    say("hint", "Hint.", `${graph[hinted].grad} = ${shares.join(" + ") || 1}`);
    fields[hinted].focus();
    missed?.();
  };
  fields.forEach((field, x) => {
    field.onchange = () => check(x);
    boxes[x].onclick = () => field.focus();
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // or it would press the button that gets the focus at the end
      check(x);
    });
    field.oninput = () => {
      delete field.dataset.checked;
      field.removeAttribute("aria-invalid");
    };
  });
  block.observer?.disconnect();
  block.observer = new ResizeObserver(place);
  block.observer.observe(frame);
  place();
  return fields.at(-1);
};

// Shows what needs a script, and returns the data of a block.
const setUp = (block) => {
  block.addEventListener("keydown", (event) => {
    // JupyterLab would take keys for its own
    if (!event.altKey && !event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  for (const part of block.querySelectorAll("[hidden]")) part.hidden = false;
  block.dataset.ready = "";
  return JSON.parse(block.querySelector("script[type='application/json']").textContent);
};

for (const block of document.querySelectorAll(".be-backward:not(.drill, [data-ready])")) {
  const { mistakes, ...task } = setUp(block);
  const now = block.querySelector(".now");
  const text = now.firstElementChild;
  text.append(" Type each into its box and press Enter.");
  block.querySelector(".again").onclick = () => {
    now.replaceChildren(text);
    play(block, task, mistakes).focus();
  };
  play(block, task, mistakes);
}
