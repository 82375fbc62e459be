// The cells of a page become editable and run, in a Python that worker.js starts. The button at the
// top of a notebook's page loads this file, and files.js: all that Python needs, packed.
(() => {
  const { src } = document.currentScript;
  const start = document.querySelector(".live-start");
  const [button, about] = start.querySelectorAll("button, [role=status]");
  const HELP =
    "Change a cell and press Run, or Shift and Enter in it. Tab indents; Escape and then Tab leaves a " +
    "cell. What you change is kept in this browser, and nowhere else, until you press Reset.";
  const OFFER =
    "This picture needs matplotlib, which is not in the book. It is 20 MB from the host of Pyodide, " +
    "the Python on this page. So the picture is still the book's. ";

  const element = (tag, className, ...parts) => {
    const one = Object.assign(document.createElement(tag), { className });
    one.append(...parts);
    return one;
  };
  const control = (label, onclick) =>
    Object.assign(element("button", "", label), { type: "button", onclick });
  const fromHTML = (html) => document.createRange().createContextualFragment(html); // its scripts run

  // Python

  const PROGRAM = ["pyodide.asm.js", "pyodide.js", "viz-global.js", "worker.js"];
  let files, worker, fail, ready;
  let plots = false; // whether the reader has agreed to fetch matplotlib
  const unpack = async (text) => {
    const { body } = await fetch(`data:;base64,${text}`);
    return new Response(body.pipeThrough(new DecompressionStream("gzip"))).blob();
  };
  const load = async () => {
    const script = Object.assign(element("script"), { src: new URL("files.js", src) });
    await new Promise((resolve, reject) => {
      [script.onload, script.onerror] = [resolve, () => reject("files.js is not there")];
      document.head.append(script);
    });
    const packed = Object.entries(globalThis.liveFiles);
    delete globalThis.liveFiles;
    files = Object.fromEntries(
      await Promise.all(packed.map(async ([name, text]) => [name, await unpack(text)])),
    );
  };
  const ask = (question, data) =>
    new Promise((resolve, reject) => {
      fail = reject;
      worker.onmessage = ({ data: { answer, error } }) => (error ? reject(error) : resolve(answer));
      worker.onerror = (event) => reject(event.message || "the browser refuses a worker");
      worker.postMessage([question, data]);
    });
  const begin = async () => {
    const program = new Blob(PROGRAM.flatMap((name) => [files[name], "\n;\n"]));
    worker = new Worker(URL.createObjectURL(program)); // a blob starts from a folder, too
    await ask("start", files);
  };

  // The cells that are to run, one after the other

  const cells = [];
  const queue = [];
  let busy = false;
  const run = async (...chosen) => {
    for (const cell of chosen) cell.say("Waiting");
    queue.push(...chosen);
    if (busy) return;
    busy = true;
    while (queue.length) await queue.shift().run();
    busy = false;
  };
  const clear = () => {
    for (const cell of queue.splice(0)) cell.say("");
  };
  const stop = () => {
    clear();
    worker?.terminate();
    fail?.("Stopped. What the cells defined is gone: press Run all above.");
    ready = begin();
  };

  class Cell {
    constructor(block) {
      this.name = `cell ${cells.push(this)}`;
      this.key = `live ${location.pathname} ${this.name}`;
      const input = block.querySelector(":scope > .cell_input");
      this.original = input.querySelector("pre").textContent.trimEnd();
      this.fold = block.nextElementSibling?.closest(".fold-predict");
      this.output = (this.fold ?? block).querySelector(".cell_output");
      if (!this.output) block.append((this.output = element("div", "cell_output")));
      this.output.ariaLive = "polite";
      this.stored = [...this.output.children];
      this.figure = this.stored.find((one) => one.querySelector("figcaption, img"));

      this.code = element("textarea", "live-code");
      Object.assign(this.code, {
        ariaLabel: `Code of ${this.name}`,
        spellcheck: false,
        wrap: "off",
      });
      this.code.oninput = () => this.keep();
      this.code.onkeydown = (event) => this.press(event);
      this.verb = /^check_exercise\(/m.test(this.original) ? "Check" : "Run";
      this.go = control(this.verb, () => (this.go.textContent === "Stop" ? stop() : run(this)));
      const above = control("Run all above", () => run(...cells.slice(0, cells.indexOf(this))));
      const reset = control("Reset", () => this.reset());
      this.status = Object.assign(element("span"), { role: "status" });
      const bar = element("div", "live-controls", this.go, above, reset, this.status);
      input.replaceChildren(this.code, bar);
      this.write(this.kept() ?? this.original);
    }

    say(text) {
      this.status.textContent = text;
    }

    write(code) {
      this.code.value = code;
      this.keep();
    }

    kept() {
      try {
        const [code, original] = JSON.parse(localStorage.getItem(this.key));
        return original === this.original ? code : null; // the book may have changed since
      } catch {
        return null;
      }
    }

    keep() {
      const { value } = this.code;
      this.code.rows = value.split("\n").length;
      try {
        if (value === this.original) localStorage.removeItem(this.key);
        else localStorage.setItem(this.key, JSON.stringify([value, this.original]));
      } catch {
        // a browser may refuse to keep anything
      }
    }

    reset() {
      this.write(this.original);
      this.output.replaceChildren(...this.stored);
      this.say("");
    }

    press(event) {
      const { key, shiftKey } = event;
      const line = this.code.value.slice(0, this.code.selectionStart).split("\n").at(-1);
      let typed = "";
      if (key === "Tab" && !shiftKey && !this.leaving) typed = "    ";
      if (key === "Enter") typed = `\n${line.match(/^ */)[0]}${line.endsWith(":") ? "    " : ""}`;
      this.leaving = key === "Escape";
      if (!typed) return;
      event.preventDefault();
      if (shiftKey) run(this);
      else document.execCommand("insertText", false, typed); // which can be undone
    }

    async run() {
      const began = performance.now();
      const [code, name] = [this.code.value, this.name];
      if (this.fold) this.fold.open = true;
      this.go.textContent = "Stop";
      this.say("Running");
      try {
        await ready;
        const outputs = await ask("run", { code, name, plots });
        this.output.replaceChildren(...outputs.flatMap((output) => this.shown(...output)));
        if (outputs.some(([kind]) => kind === "error")) clear();
        this.say(`Done in ${((performance.now() - began) / 1000).toFixed(2)} s`);
      } catch (error) {
        plots = false;
        clear();
        this.say(error);
      }
      this.go.textContent = this.verb;
    }

    // What an output of some kind looks like: a list of elements
    shown(kind, data, words) {
      if (kind === "text/html") return [fromHTML(data)];
      if (kind === "image/svg+xml") return [this.framed(picture(data, words))];
      if (kind === "not-drawn") return [...(this.figure ? [this.figure] : []), this.offer()];
      const className = `output ${kind === "error" ? "live-error" : "text_plain"}`;
      return [element("div", className, element("div", "highlight", element("pre", "", data)))];
    }

    framed(image) {
      if (!this.figure) return image;
      const figure = this.figure.cloneNode(true);
      if (this.code.value === this.original) image.alt = figure.querySelector("img").alt;
      figure.firstElementChild.replaceWith(image);
      return figure;
    }

    offer() {
      const agree = () => {
        plots = true;
        run(this);
      };
      return element("p", "live-offer", OFFER, control("Fetch it", agree));
    }
  }
  const picture = (svg, alt) =>
    Object.assign(element("img"), {
      alt,
      src: URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })),
    });

  // An expression of the reader's own, below the first stepper of the page

  const addForm = async () => {
    const stepper = cells.find((cell) => cell.output.querySelector(".stepper"));
    if (!stepper) return;
    const block = element("div", "live-own");
    block.innerHTML = await files["own_expression.html"].text();
    (stepper.fold ?? stepper.output.closest(".cell")).after(block);
    const cell = new Cell(block.querySelector(".cell"));
    block.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const [text, way, bug] = [...new FormData(event.target).values()].map((one) =>
        JSON.stringify(one),
      );
      cell.write(
        `from micrograd.practice import own_expression\n\nown_expression(\n    ${text},\n    way=${way},\n    bug=${bug},\n)`,
      );
      run(cell);
    };
  };

  for (const block of document.querySelectorAll(".bd-article .cell:has(> .cell_input)"))
    new Cell(block);
  about.textContent = `Python is starting. ${HELP}`;
  Object.assign(button, { textContent: "Run all cells", onclick: () => run(...cells) });
  ready = load().then(begin);
  ready.then(addForm).then(
    () => (about.textContent = HELP),
    (error) => (about.textContent = `Python does not start in this browser: ${error}.`),
  );
})();
