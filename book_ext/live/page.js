// The cells of a page become editable and run, in a Python that worker.js starts. The button at the
// top of a notebook's page loads this file, and this one files.js: all that Python needs, packed.
(() => {
  const [button, about] = document.querySelectorAll(".live-start > *");
  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const fromHTML = (html) => document.createRange().createContextualFragment(html);

  // Python

  const files = {};
  let worker, fail, ready, plots; // plots: has the reader agreed to fetch matplotlib?
  const load = async () => {
    await new Promise((onload, reject) => {
      const onerror = () => reject("live/files.js cannot be loaded");
      const src = new URL("files.js", document.currentScript.src);
      document.head.append(element("script", { src, onload, onerror }));
    });
    for (const [name, text] of Object.entries(globalThis.liveFiles)) {
      const { body } = await fetch(`data:;base64,${text}`);
      files[name] = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).blob();
    }
  };
  const ask = (question, data, output) =>
    new Promise((done, problem) => {
      fail = problem;
      const answers = { done, problem, output };
      worker.onmessage = ({ data: [kind, ...parts] }) => answers[kind](...parts);
      worker.onerror = () => problem("this browser lets no page start a worker");
      worker.postMessage([question, data]);
    });
  const begin = async () => {
    worker = new Worker(URL.createObjectURL(files["worker.js"])); // which works in a folder, too
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
  const run = async (...chosen) => {
    const more = chosen.filter((cell) => !queue.includes(cell));
    for (const cell of more) cell.status.textContent = "Waiting";
    queue.push(...more);
    if (queue.length > more.length) return; // some are running already
    for (; queue.length; queue.shift()) await queue[0].run();
  };
  const clear = () => queue.splice(1).forEach((cell) => (cell.status.textContent = ""));
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
      this.verb = /^check_exercise\(/m.test(this.original) ? "Check" : "Run";
      input.innerHTML = `<textarea spellcheck="false" aria-label="Code of ${this.name}"></textarea>
        <div class="live-controls"><button>${this.verb}</button><button>Run all above</button>
        <button>Reset</button><span role="status"></span></div>`;
      const [code, go, above, reset, status] = input.querySelectorAll("textarea, button, span");
      Object.assign(this, { code, go, status });
      code.oninput = () => this.write(code.value);
      code.onkeydown = (event) => this.press(event);
      go.onclick = () => (go.textContent === "Stop" ? stop() : run(this));
      above.onclick = () => run(...cells.slice(0, cells.indexOf(this)));
      reset.onclick = () => {
        this.write(this.original);
        this.output.replaceChildren(...this.stored);
        status.textContent = "";
      };

      this.fold = block.nextElementSibling?.closest(".fold-predict");
      this.output = (this.fold ?? block).querySelector(".cell_output");
      this.output ??= block.appendChild(element("div", { className: "cell_output" }));
      this.output.ariaLive = "polite";
      this.stored = [...this.output.children];
      this.pictures = this.stored.filter((one) => one.querySelector("img"));
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
      this.shown = element("div", { className: "live-output" });
      const cell = { code: this.code.value, name: this.name, plots };
      try {
        await ready;
        this.go.textContent = "Stop";
        this.status.textContent = "Running";
        const began = performance.now();
        await ask("run", cell, (...output) => this.show(...output));
        this.output.replaceChildren(this.shown);
        this.status.textContent = `Ran for ${Math.round(performance.now() - began)} ms`;
      } catch (problem) {
        clear();
        plots = false;
        this.status.textContent = problem;
      }
      this.go.textContent = this.verb;
    }

    // Show an output, below those that this run has shown before
    show(kind, data) {
      if (kind === "printed") return this.shown.querySelector("pre").append(data);
      if (kind === "error") clear();
      if (kind === "not-drawn")
        this.shown.append(...(this.shown.firstChild ? this.pictures : this.stored));
      this.shown.append(fromHTML(data));
      if (kind === "picture") this.frame(this.shown.lastChild);
      this.output.replaceChildren(this.shown); // the output of before stays until now
      const consent = this.shown.querySelector(".live-offer button");
      if (consent) consent.onclick = () => this.plot();
    }

    // Give a new picture the caption of the one in the book
    frame(image) {
      const figure = this.pictures.find((one) => one.matches("figure"))?.cloneNode(true);
      if (!figure) return;
      if (this.code.value === this.original) image.alt = figure.querySelector("img").alt;
      image.replaceWith(figure);
      figure.firstElementChild.replaceWith(image);
    }

    plot() {
      plots = true;
      run(this);
    }
  }

  // A form for an expression of the reader's own, below the first stepper of a page

  const addForm = async () => {
    const above = cells.find((cell) => cell.output.querySelector(".stepper"));
    if (!above) return;
    const box = fromHTML(await files["own_expression.html"].text()).firstElementChild;
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
    (problem) => (about.textContent = `${about.dataset.failed} (${problem})`),
  );
})();
