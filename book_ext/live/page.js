// The cells of a page become editable and run, in a Python that worker.js starts. The button at the
// top of a notebook's page loads this file, and this one files.js: all that Python needs, packed.
(() => {
  const { src } = document.currentScript;
  const [button, about] = document.querySelectorAll(".live-start > *");

  const make = (tag, properties, ...parts) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...parts);
    return element;
  };
  const LINK = /(?<=<a href=")([\w./-]+)\.(?:ipynb|md)([^"]*)/g; // leads to a page, in the book
  const asPage = (_, file, id) => `${file}.html${id.replaceAll("_", "-")}`;
  const fromHTML = (html) =>
    document.createRange().createContextualFragment(html.replace(LINK, asPage));
  const control = (label, onclick) => make("button", { type: "button", onclick }, label);

  // Python

  const PROGRAM = ["pyodide.asm.js", "pyodide.js", "viz-global.js", "worker.js"];
  const files = {};
  let worker, fail, ready;
  let plots = false; // has the reader agreed to fetch matplotlib?
  const load = async () => {
    const script = make("script", { src: new URL("files.js", src) });
    await new Promise((onload, reject) => {
      const onerror = () => reject("files.js is missing");
      document.head.append(Object.assign(script, { onload, onerror }));
    });
    for (const [name, text] of Object.entries(globalThis.liveFiles)) {
      const { body } = await fetch(`data:;base64,${text}`);
      files[name] = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).blob();
    }
  };
  const ask = (question, data) =>
    new Promise((resolve, reject) => {
      fail = reject;
      worker.onmessage = ({ data: { answer, error } }) => (error ? reject(error) : resolve(answer));
      worker.onerror = ({ message }) => reject(message ?? "it refuses a worker");
      worker.postMessage([question, data]);
    });
  const begin = async () => {
    const program = new Blob(PROGRAM.flatMap((name) => [files[name], "\n;\n"]));
    worker = new Worker(URL.createObjectURL(program)); // from a blob, it also starts in a folder
    await ask("start", files);
  };
  const stop = () => {
    worker.terminate();
    fail("Stopped. What the cells defined is gone: press Run all above.");
    ready = begin();
  };

  // Cells, and those that are to run, one after the other

  const cells = [];
  const queue = [];
  let last = Promise.resolve();
  const run = (...chosen) => {
    for (const cell of chosen) {
      cell.status.textContent = "Waiting";
      queue.push(cell);
      last = last.then(() => queue.shift()?.run());
    }
  };
  const clear = () => queue.splice(0).forEach((cell) => (cell.status.textContent = ""));
  let kept = {};
  try {
    kept = localStorage;
  } catch {
    // a browser may refuse to keep anything
  }

  class Cell {
    constructor(block) {
      this.name = `cell ${cells.push(this)}`;
      const input = block.querySelector(":scope > .cell_input");
      this.original = input.querySelector("pre").textContent.trimEnd();
      this.key = `${location.pathname} ${this.name} ${this.original}`;
      this.fold = block.nextElementSibling?.closest(".fold-predict");
      this.output = (this.fold ?? block).querySelector(".cell_output");
      if (!this.output) block.append((this.output = make("div", { className: "cell_output" })));
      this.output.ariaLive = "polite";
      this.stored = [...this.output.children];
      this.figure = this.stored.find((one) => one.querySelector(":scope > figcaption"));

      this.code = make("textarea", { spellcheck: false, ariaLabel: `Code of ${this.name}` });
      this.code.oninput = () => this.write(this.code.value);
      this.code.onkeydown = (event) => this.press(event);
      this.verb = /^check_exercise\(/m.test(this.original) ? "Check" : "Run";
      this.go = control(this.verb, () => (this.go.textContent === "Stop" ? stop() : run(this)));
      const above = control("Run all above", () => run(...cells.slice(0, cells.indexOf(this))));
      const reset = control("Reset", () => {
        this.write(this.original);
        this.output.replaceChildren(...this.stored);
        this.status.textContent = "";
      });
      this.status = make("span", { role: "status" });
      const bar = make("div", { className: "live-controls" }, this.go, above, reset, this.status);
      input.replaceChildren(this.code, bar);
      this.write(kept[this.key] ?? this.original);
    }

    write(code) {
      if (this.code.value !== code) this.code.value = code;
      this.code.rows = code.split("\n").length;
      if (code === this.original) delete kept[this.key];
      else kept[this.key] = code;
    }

    press(event) {
      const { key, shiftKey } = event;
      const line = this.code.value.slice(0, this.code.selectionStart).split("\n").at(-1);
      const indent = line.match(/^ */)[0] + (line.endsWith(":") ? "    " : "");
      const typed = { Tab: shiftKey || this.leaving ? "" : "    ", Enter: `\n${indent}` }[key];
      this.leaving = key === "Escape";
      if (!typed) return;
      event.preventDefault();
      if (shiftKey) run(this);
      else document.execCommand("insertText", false, typed); // which can be undone
    }

    async run() {
      if (this.fold) this.fold.open = true;
      try {
        await ready;
        this.go.textContent = "Stop";
        this.status.textContent = "Running";
        const began = performance.now();
        const outputs = await ask("run", { code: this.code.value, name: this.name, plots });
        this.output.replaceChildren(...outputs.flatMap((output) => this.shown(...output)));
        if (outputs.some(([kind]) => kind === "error")) clear();
        this.status.textContent = `Ran for ${Math.round(performance.now() - began)} ms`;
      } catch (problem) {
        clear();
        plots = false;
        this.status.textContent = problem;
      }
      this.go.textContent = this.verb;
    }

    // The elements that show an output
    shown(kind, data, words) {
      if (kind === "text/html") return [fromHTML(data)];
      if (kind === "image/svg+xml") return [this.framed(data, words)];
      if (kind === "not-drawn") {
        const agree = () => {
          plots = true;
          run(this);
        };
        const offer = make("p", { className: "live-offer" }, about.dataset.offer);
        offer.append(control("Fetch it", agree));
        return [...this.stored.filter((one) => one.querySelector("img")), offer];
      }
      const className = `output ${kind === "error" ? "live-error" : "text_plain"}`;
      const text = make("div", { className: "highlight" }, make("pre", {}, data));
      return [make("div", { className }, text)];
    }

    framed(svg, words) {
      const url = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      const image = make("img", { src: url, alt: words });
      if (!this.figure) return image;
      const figure = this.figure.cloneNode(true);
      if (this.code.value === this.original) image.alt = figure.querySelector("img").alt;
      figure.firstElementChild.replaceWith(image);
      return figure;
    }
  }

  // A form for an expression of the reader's own, below the first stepper of a page

  const addForm = async () => {
    const above = cells.find((cell) => cell.output.querySelector(".stepper"));
    if (!above) return;
    const box = make("div", { className: "live-own" });
    box.innerHTML = await files["own_expression.html"].text();
    (above.fold ?? above.code.closest(".cell")).after(box);
    const cell = new Cell(box.querySelector(".cell"));
    box.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const values = [...new FormData(event.target).values()].map((value) => JSON.stringify(value));
      cell.write(`${cell.original}\n\nown_expression(\n    ${values.join(",\n    ")},\n)`);
      run(cell);
    };
  };

  document.querySelectorAll(".cell:has(> .cell_input)").forEach((block) => new Cell(block));
  Object.assign(button, { textContent: "Run all cells", onclick: () => run(...cells) });
  about.textContent = `Python is starting. ${about.dataset.help}`;
  ready = load().then(begin);
  ready.then(addForm).then(
    () => (about.textContent = about.dataset.help),
    (problem) => (about.textContent = `Python does not start in this browser: ${problem}`),
  );
})();
