// What the things to play with have in common. Each script begins with it, in a scope of its own.

// Sets up each block of a kind that is not ready: setUp gets its data, a function that finds its
// parts, and its form. Without this script a block is a text and a picture.
const begin = (kind, setUp) => {
  for (const block of document.querySelectorAll(`.play-${kind}:not([data-ready])`)) {
    block.dataset.ready = "";
    const form = block.querySelector(".live");
    form.hidden = false;
    form.onsubmit = (event) => event.preventDefault();
    // JupyterLab would take keys for its own
    form.onkeydown = (event) => event.ctrlKey || event.metaKey || event.stopPropagation();
    setUp(JSON.parse(block.dataset.play), (selector) => form.querySelector(selector), form);
  }
};

// A number as one writes it: a real minus sign, and no negative zero.
const write = (x, digits) => {
  if (Math.abs(x) === Infinity) return x < 0 ? "−inf" : "inf";
  const text = Math.abs(x) < 1e6 ? x.toFixed(digits) : x.toExponential(1).replace("e+", "e");
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
};

// Points as the path of a line; as dots, which are the round ends of lines without length.
const lineThrough = (points) => (points.length ? `M${points.join("L")}` : "");
const dotsAt = (points) => points.map((point) => `M${point}h0`).join("");
const draw = (path, d) => path.setAttribute("d", d);

// Where an event happened, in the units of a picture.
const placeOf = (event, svg) =>
  new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

// The four points on a board: a circle for 1, a square for 0, and whether the answer is right.
const markPoints = (form, targets, isRight) =>
  form.querySelectorAll(".point").forEach((mark, i) => {
    const [verdict, shape] = mark.querySelectorAll("path");
    draw(shape, targets[i] ? "M-9 0a9 9 0 1 1 18 0a9 9 0 1 1 -18 0z" : "M-8 -8h16v16h-16z");
    draw(verdict, isRight[i] ? "M11 -13l4 4l7 -9" : "M12 -20l8 8m0 -8l-8 8");
    mark.classList.value = `point ${targets[i] ? "one" : "zero"} ${isRight[i] ? "right" : "wrong"}`;
    mark.querySelector("text").textContent = targets[i];
  });

// What is to be seen, and what it means: that is right, wrong, or neither.
const say = (form, title, text, kind = "") => {
  const words = `<strong>${title}</strong> <span class="${kind}">${text}</span>`;
  form.querySelector(".say").innerHTML = words;
};

const fillTable = (table, head, rows) => {
  const row = (cells, tag) => `<tr><${tag}>${cells.join(`</${tag}><${tag}>`)}</${tag}></tr>`;
  table.innerHTML = row(head, "th") + rows.map((cells) => row(cells, "td")).join("");
};

// A button that calls move() again and again, until that returns false or the button is pressed
// again. What is said meanwhile would be too much for a screen reader.
const runner = (button, text, milliseconds, move) => {
  let timer = 0;
  const stop = () => {
    timer = clearInterval(timer);
    [button.textContent, text.ariaLive] = ["Run", "polite"];
  };
  const start = () => {
    clearInterval(timer);
    [button.textContent, text.ariaLive] = ["Pause", "off"];
    timer = setInterval(() => (button.isConnected && move()) || stop(), milliseconds);
  };
  button.onclick = () => (timer ? stop() : start());
  return { start, stop };
};
