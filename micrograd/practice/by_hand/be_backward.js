// A graph as a form. `play` draws it into a block and judges what the reader types. Without this
// script, a block is the picture of the task and a list of the answers.

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
const partsOf = (block, ...names) => names.map((name) => block.querySelector(name));
const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

// A number, or a sum of products such as 2*3 + 4; NaN if it is something else
const read = (text) => {
  const dense = text.replace(/^\s*\+|\s/g, "");
  const plain = dense.replaceAll("−", "-").replaceAll(",", ".");
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

// The name of a field: what made its node, and what uses it, with the local derivatives if wanted
const labelOf = (graph, x, hasLocals) => {
  const users = graph.flatMap(({ name, inputs, local }) => {
    const found = local.filter((_, i) => inputs[i] === x).map(show);
    const often = ["", "", " twice"][found.length] ?? ` ${found.length} times`;
    const told = hasLocals ? ` (local derivative ${found.join(", then ")})` : "";
    return found.length ? [name + often + told] : [];
  });
  const use = users.length ? `used by ${inWords(users)}` : "the result";
  return `Gradient of ${graph[x].how}, data ${show(graph[x].data)}, ${use}`;
};

const PLAIN = { autocomplete: "off", spellcheck: "false", enterkeyhint: "done" };
const boxOf = ({ name, data, inputs }, x) => {
  const field = html("input", { placeholder: "grad ?", ...PLAIN });
  const parts = [html("b", {}, name), html("span", {}, `data ${show(data)}`), field];
  return html("div", { class: inputs.length ? "box" : "leaf box", "data-from": x }, ...parts);
};

// `field`: the one that the text is about, for as long as the text is there
const say = (now, kind, title, text, field) => {
  now.dataset.kind = kind;
  now.replaceChildren(html("p", {}, html("strong", {}, title), ` ${text}`));
  document.querySelector(`[aria-describedby="${now.id}"]`)?.removeAttribute("aria-describedby");
  field?.setAttribute("aria-describedby", now.id);
};

// Lets the reader work out the gradients. `missed` is called after a wrong number or a hint, and
// `done` at the end, with whether there was none. Returns the field of the result.
const play = (block, { graph, forms }, mistakes, { missed, done, others = [] } = {}) => {
  const [frame, now, hint, locals] = partsOf(block, ".frame", ".now", ".hint", "[type=checkbox]");
  const gradients = backward(graph);
  const [paths, solved] = [pathsOf(graph, gradients), new Set()];
  const boxes = graph.map(boxOf);
  const fields = boxes.map((box) => box.querySelector("input"));
  const board = html("div", { class: "board" }, ...[...boxes].reverse());
  let [wrong, hints, hinted] = [0, 0, null];
  frame.replaceChildren(board);
  hint.disabled = false;

  const mark = () => {
    for (const part of board.querySelectorAll("[data-from]")) {
      const x = Number(part.dataset.from);
      part.classList.toggle("right", solved.has(x));
      part.classList.toggle("hinted", x === hinted && !solved.has(x));
    }
    fields.forEach((field, x) => (field.ariaLabel = labelOf(graph, x, locals.checked)));
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
      return say(now, "wrong", "Not a number.", "Type one, or a sum such as 2*3 + 4.", field);
    const text = aboutWrong(x, number);
    const early = `${graph[x].name} waits for the gradient of ${usersIn(earlyFor(x))}.`;
    say(now, "wrong", "Not yet.", text || early, field);
    if (!text) return;
    wrong += 1;
    missed?.();
  };
  const accept = (x) => {
    const ahead = earlyFor(x).length ? " You worked ahead." : "";
    solved.add(x);
    [fields[x].value, fields[x].readOnly] = [`grad ${show(gradients[x])}`, true];
    mark();
    say(now, "right", "Right.", `${graph[x].grad} = ${show(gradients[x])}.${ahead}`);
    hint.disabled = solved.size === graph.length;
    if (!hint.disabled) return;
    const isClean = wrong + hints === 0;
    const times = `with ${count(wrong, "wrong number")} and ${count(hints, "hint")} on the way`;
    const help = isClean ? "without a wrong number or a hint" : times;
    say(now, "right", "Done.", `All ${graph.length} gradients are right, ${help}.`);
    done?.(isClean);
  };

  hint.onclick = () => {
    hinted = [...graph.keys()].findLast((x) => !solved.has(x) && !earlyFor(x).length);
    const shares = usesOf(graph, gradients, hinted).map(
      ({ by, local, grad }) => `${show(local)} * ${show(grad)} (from ${graph[by].name})`,
    );
    hints += 1;
    mark();
    say(now, "hint", "Hint.", `${graph[hinted].grad} = ${shares.join(" + ") || 1}`);
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
  locals.onchange = mark;
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
  block.querySelector(".now").id = `now-${Math.random()}`;
  return JSON.parse(block.querySelector("script[type='application/json']").textContent);
};

for (const block of document.querySelectorAll(".be-backward:not(.drill, [data-ready])")) {
  const { mistakes, ...task } = setUp(block);
  const text = block.querySelector(".now p");
  text.append(" Type each into its box and press Enter.");
  block.querySelector(".again").onclick = () => {
    block.querySelector(".now").replaceChildren(text);
    play(block, task, mistakes).focus();
  };
  play(block, task, mistakes);
}
