// The cells of a page become editable and run, in a Python that worker.js starts. The button at the
// top of a notebook's page loads this file, and this one files.js: all that Python needs, packed.
(() => {
  const [button, about, offer, help] = document.querySelectorAll(".live-start > *");
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
    for (const cell of cells) cell.says("");
    fail("Stopped. What the cells defined is gone: press Run all above.");
    ready = begin();
  };

  // Cells, and those that are to run, one after the other

  const cells = [];
  const queue = [];
  let emptied; // a promise
  const run = (...chosen) => {
    const more = chosen.filter((cell) => !queue.includes(cell));
    for (const cell of more) {
      cell.says("Waiting");
      cell.end = "";
    }
    queue.push(...more);
    if (queue.length === more.length) emptied = empty(); // else some are running already
    return emptied;
  };
  const empty = async () => {
    button.textContent = "Stop running";
    about.textContent = "Running";
    for (; queue.length; queue.shift()) {
      await queue[0].run();
      about.textContent = `${queue[0].name} was the last: ${queue[0].status.textContent}`;
    }
    button.textContent = "Run all cells";
  };
  const clear = () => queue.splice(1).forEach((cell) => cell.says(""));
  let kept = {};
  try {
    kept = localStorage;
  } catch {
    // a browser may refuse to keep anything
  }

  class Cell {
    constructor(block, name = `cell ${cells.length + 1}`, place = cells.length) {
      cells.splice(place, 0, this);
      this.name = name;
      const input = block.querySelector(":scope > .cell_input");
      this.original = input.querySelector("pre").textContent.trimEnd();
      this.key = `${location.pathname} ${name} ${this.original}`;
      this.verb = /^check_exercise\(/m.test(this.original) ? "Check" : "Run";
      input.innerHTML = `<textarea spellcheck="false" aria-label="Code of ${name}" aria-describedby="live-help"></textarea>
        <div class="live-controls" role="group" aria-label="${name}"><button>${this.verb}</button>
        <button>Run all above</button><button>Reset</button><span role="status"></span><small>${name}</small></div>`;
      const [code, go, above, reset, status] = input.querySelectorAll("textarea, button, span");
      Object.assign(this, { code, go, reset, status });
      code.oninput = () => this.write(code.value);
      code.onkeydown = (event) => this.press(event);
      go.onclick = ({ detail }) => {
        if (go.textContent !== "Stop") this.start();
        else if (detail < 2) stop(); // the second click of a double click is not meant
      };
      above.onclick = async () => {
        const chosen = cells.slice(0, cells.indexOf(this));
        this.end = "";
        await run(...chosen);
        const bad = chosen.find((cell) => !/^(Ran|Not)/.test(cell.end));
        const words = bad
          ? `It ended at ${bad.name}`
          : `All above have run: now press ${this.verb}`;
        if (!this.end) this.says(words, bad);
      };
      reset.onclick = () => {
        code.focus({ preventScroll: true });
        code.select();
        document.execCommand("insertText", false, this.original); // which can be undone
        this.output.replaceChildren(...this.stored);
        this.is_of(this.original);
      };

      const fold = block.nextElementSibling?.closest(".fold-predict");
      this.output = (fold ?? block).querySelector(".cell_output");
      this.output ??= block.appendChild(element("div", { className: "cell_output" }));
      this.output.ariaLive = "polite";
      if (this.verb === "Check") this.output.classList.add("live-check");
      this.stored = [...this.output.children];
      this.pictures = this.stored.filter((one) => one.querySelector("img"));
      this.ran = this.original;
      this.write(kept[this.key] ?? this.original);
    }

    write(code) {
      if (this.code.value !== code) this.code.value = code;
      this.code.rows = code.split("\n").length;
      this.reset.disabled = code === this.original;
      if (code === this.original) delete kept[this.key];
      else kept[this.key] = code;
      this.is_of(this.ran);
      if (!queue.includes(this)) this.says(code === this.ran ? "" : "Changed, not run yet");
    }

    // The output is of this code; if that has changed since, the output says so
    is_of(code) {
      this.ran = code;
      this.output.classList.toggle("old", code !== this.code.value);
    }

    says(text, isBad = false) {
      Object.assign(this.status, { textContent: text, className: isBad ? "bad" : "" });
    }

    // Open the folds in which the output is
    open() {
      const above = (one) => one.parentElement.closest("details");
      for (let fold = above(this.output); fold; fold = above(fold)) fold.open = true;
    }

    start() {
      this.open();
      run(this);
    }

    press(event) {
      const { key, shiftKey, ctrlKey } = event;
      const line = this.code.value.slice(0, this.code.selectionStart).split("\n").at(-1);
      const indent = line.match(/^ */)[0] + (line.endsWith(":") ? "    " : "");
      const leaves = shiftKey || this.leaving || this.code.selectionStart < this.code.selectionEnd;
      const typed = { Tab: leaves ? "" : "    ", Enter: `\n${indent}` }[key];
      this.leaving = key === "Escape";
      if (!typed) return;
      event.preventDefault();
      if (shiftKey || ctrlKey) this.start();
      else document.execCommand("insertText", false, typed); // which can be undone
    }

    async run() {
      this.shown = element("div", { className: "live-output" });
      this.end = "Ran for";
      const cell = { code: this.code.value, name: this.name, plots };
      try {
        await ready;
        this.go.textContent = "Stop";
        this.says(this.fetching ? "Fetching 20 MB" : "Running");
        const began = performance.now();
        await ask("run", cell, (...output) => this.show(...output));
        this.output.replaceChildren(this.shown);
        this.is_of(cell.code);
        const time = Math.round(performance.now() - began);
        const words = time < 1000 ? `${time} ms` : `${(time / 1000).toFixed(1)} s`;
        this.says(`${this.end} ${words}`, this.end === "An error, after");
      } catch (problem) {
        clear();
        plots = false;
        this.end = "";
        this.says(problem, true);
      }
      this.fetching = false;
      this.go.textContent = this.verb;
    }

    // Show an output, below those that this run has shown before
    show(kind, data) {
      if (kind === "printed") return this.shown.querySelector("pre").append(data);
      const stored = this.shown.firstChild ? this.pictures : this.stored;
      this.shown.append(fromHTML(data));
      if (kind === "picture") this.frame(this.shown.lastChild);
      if (kind === "not-drawn") {
        this.end = "Not done, after";
        if (this.verb === "Run") this.shown.append(...stored); // no verdict on another answer
      }
      if (kind === "error") {
        this.end = "An error, after";
        this.open();
        clear();
      }
      this.output.replaceChildren(this.shown); // the output of before stays until now
      this.output.classList.remove("old");
      const consent = this.shown.querySelector(".live-offer button");
      if (consent) consent.onclick = () => this.plot();
    }

    // Give the picture of the book's own code the caption that it has in the book
    frame(image) {
      const figure = this.pictures.find((one) => one.matches("figure"))?.cloneNode(true);
      if (!figure || !this.reset.disabled) return;
      image.alt = figure.querySelector("img").alt;
      image.replaceWith(figure);
      figure.firstElementChild.replaceWith(image);
    }

    plot() {
      plots = this.fetching = true;
      run(this);
    }
  }

  // A form for an expression of the reader's own, below the first stepper of a page

  const addForm = async () => {
    const above = cells.findIndex((cell) => cell.output.querySelector(".stepper"));
    if (above < 0) return;
    const box = fromHTML(await files["own_expression.html"].text()).firstElementChild;
    const { code, output } = cells[above];
    (output.closest(".fold-predict") ?? code.closest(".cell")).after(box);
    const cell = new Cell(box.querySelector(".cell"), "your expression", above + 1);
    cell.write(cell.original);
    box.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const values = [...new FormData(event.target).values()].map((value) => JSON.stringify(value));
      cell.write(`${cell.original}\n\nown_expression(\n    ${values.join(",\n    ")},\n)`);
      cell.output.replaceChildren();
      run(cell);
    };
  };

  document.querySelectorAll(".cell:has(> .cell_input)").forEach((block) => new Cell(block));
  button.textContent = "Run all cells";
  button.onclick = () => (queue.length ? stop() : run(...cells));
  [offer.hidden, help.hidden] = [true, false];
  about.textContent = "Python is starting";
  ready = load().then(begin);
  ready.then(addForm).then(
    () => (about.textContent = "Python is ready"),
    (problem) => {
      about.textContent = `${about.dataset.failed} (${problem})`;
      Object.assign(button, { textContent: "Try again", onclick: () => location.reload() });
    },
  );
})();
