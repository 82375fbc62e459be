// The cells of a page become editable and run, in a Python that worker.js starts. The button at the
// top of a notebook's page loads this file, and this one files.js: all that Python needs, packed.
(() => {
  const [button, about, offer, help] = document.querySelectorAll(".live-start > *");
  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

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

  // Cells, which run one after the other

  const cells = [];
  const busy = new Set(); // those that run or wait
  const ENDS = { error: "An error, after", "not-drawn": "Not done, after" }; // else "Ran for"
  let turns = Promise.resolve(); // the end of the last turn
  const run = (...chosen) => {
    for (const cell of chosen.filter((one) => !busy.has(one))) {
      busy.add(cell);
      cell.says("Waiting");
      turns = turns.then(() => busy.has(cell) && cell.run());
    }
    return turns;
  };
  const waitNoMore = () => {
    for (const cell of busy) cell.says("Not run");
    busy.clear();
  };
  let kept = {};
  try {
    kept = localStorage;
  } catch {
    // a browser may refuse to keep anything
  }

  class Cell {
    constructor(block) {
      this.number = cells.push(this);
      const name = `cell ${this.number}`;
      const input = block.querySelector(":scope > .cell_input");
      this.original = input.querySelector("pre").textContent.trimEnd();
      this.key = `${location.pathname} ${name} ${this.original}`;
      this.verb = /^check_exercise\(/m.test(this.original) ? "Check" : "Run";
      input.innerHTML = `<textarea spellcheck="false" aria-label="Code of ${name}" aria-describedby="live-help"></textarea>
        <div class="live-controls" role="group" aria-label="${name}"><button>${this.verb}</button>
        <button>Run all above</button><button>Reset</button><span role="status"></span><small>${name}</small></div>`;
      const [code, go, above, reset, status] = input.querySelectorAll("textarea, button, span");
      Object.assign(this, { name, code, go, reset, status });
      code.oninput = () => this.write(code.value);
      code.onkeydown = (event) => this.press(event);
      go.onclick = ({ detail }) => {
        if (go.textContent !== "Stop") this.start();
        else if (detail < 2) stop(); // the second click of a double click is not meant
      };
      above.onclick = async () => {
        const chosen = cells.slice(0, this.number - 1);
        await run(...chosen);
        const bad = chosen.find((cell) => cell.status.className);
        if (bad) this.says(`It ended at ${bad.name}`, true);
        else this.says(`All above have run: now press ${this.verb}`);
      };
      reset.onclick = () => {
        code.focus({ preventScroll: true });
        code.select();
        document.execCommand("insertText", false, this.original); // which can be undone
        this.output.replaceChildren(...this.stored);
        this.isOf(this.original);
        this.says("");
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
      this.isOf(this.ran);
      if (!busy.has(this)) this.says(code === this.ran ? "" : "Changed, not run yet");
    }

    // The output is of this code; if that has changed since, the output says so
    isOf(code) {
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
      const code = this.code.value;
      this.shown = element("div", { className: "live-output" });
      this.last = ""; // the kind of the last output
      try {
        await ready;
        button.textContent = "Stop running";
        about.textContent = "Running";
        this.go.textContent = "Stop";
        this.says("Running");
        const began = performance.now();
        const show = (...output) => this.show(...output);
        await ask("run", { code, name: this.name, plots }, show);
        this.output.replaceChildren(this.shown);
        this.isOf(code);
        if (this.last === "error") waitNoMore();
        const time = Math.round(performance.now() - began);
        const words = time < 1000 ? `${time} ms` : `${(time / 1000).toFixed(1)} s`;
        this.says(`${ENDS[this.last] ?? "Ran for"} ${words}`, this.last === "error");
      } catch (problem) {
        plots = false;
        waitNoMore();
        this.says(problem, true);
      }
      this.go.textContent = this.verb;
      busy.delete(this);
      if (!busy.size) button.textContent = "Run all cells";
      about.textContent = `The last was ${this.name}: ${this.status.textContent}`;
    }

    // Show an output, below those that this run has shown before
    show(kind, content) {
      if (kind === "printed") return this.shown.querySelector("pre").append(content);
      if (kind === "fetching") return this.says("Fetching 20 MB");
      const stored = this.shown.firstChild ? this.pictures : this.stored;
      this.last = kind;
      this.shown.append(document.createRange().createContextualFragment(content));
      if (kind === "picture") this.frame(this.shown.lastChild);
      if (kind === "error") this.open();
      // A stored verdict is on another answer
      if (kind === "not-drawn" && this.verb === "Run") this.shown.append(...stored);
      this.output.replaceChildren(this.shown); // the output of before stays until now
      this.output.classList.remove("old");
      const consent = this.shown.querySelector(".live-offer button");
      if (consent) consent.onclick = () => this.plot();
    }

    plot() {
      plots = true;
      run(this);
    }

    // Give the picture of the book's own code the caption that it has in the book
    frame(image) {
      const figure = this.pictures.find((one) => one.matches("figure"))?.cloneNode(true);
      if (!figure || !this.reset.disabled) return;
      image.alt = figure.querySelector("img").alt;
      image.replaceWith(figure);
      figure.firstElementChild.replaceWith(image);
    }
  }

  document.querySelectorAll(".cell:has(> .cell_input)").forEach((block) => new Cell(block));
  button.textContent = "Run all cells";
  button.onclick = () => (button.textContent === "Stop running" ? stop() : run(...cells));
  [offer.hidden, help.hidden] = [true, false];
  about.textContent = "Python is starting";
  ready = load().then(begin);
  ready.then(
    () => (about.textContent = "Python is ready"),
    (problem) => {
      about.textContent = `${about.dataset.failed} (${problem})`;
      Object.assign(button, { textContent: "Try again", onclick: () => location.reload() });
    },
  );
})();
