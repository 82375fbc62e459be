// Makes each `.stepper` of the page one to step through. Without this script it is the picture at
// the end of both passes and a list of all steps; a list item has the text and the data of a step.
(() => {
  const has = (words, word) => (words ?? "").split(" ").includes(word);
  const notesOf = ({ notes }) => (notes?.split("; ") ?? []).map((pair) => pair.split("="));

  // The picture as part of the page, in which its parts can change
  const inline = (img) => {
    const source = decodeURIComponent(img.src.slice(img.src.indexOf(",") + 1));
    const svg = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", img.alt);
    svg.setAttribute("class", img.className);
    svg.setAttribute("style", img.getAttribute("style"));
    img.replaceWith(svg);
  };

  // Shows what is known after these steps, and marks what the last of them is about.
  const paint = (block, steps) => {
    const now = steps.at(-1);
    const [notes, newNotes] = [steps, [now]].map((some) => new Map(some.flatMap(notesOf)));
    block.dataset.pass = now.pass;
    for (const group of block.querySelectorAll(".node, .edge")) {
      const { node, operation } = group.dataset;
      const marked = node ? has(now.nodes, node) : has(now.operations, operation);
      const known = steps.some(({ nodes }) => has(nodes, node ?? operation));
      group.classList.toggle("marked", marked);
      group.classList.toggle("known", now.pass === "search" || known);
      group.classList.toggle("waiting", has(now.waiting, node));
      group.classList.toggle("done", has(now.done, node));
      group.classList.toggle("has-note", notes.has(node));
      group.classList.toggle("new-note", newNotes.has(node));
      if (notes.has(node)) group.querySelector(".note").textContent = notes.get(node);
    }
  };

  // Brings the first of what is marked into the middle; scrollIntoView would move the page as well.
  const follow = (frame) => {
    const [outer, ...marked] = [frame, ...frame.querySelectorAll(".marked.node")]
      .map((part) => part.getBoundingClientRect())
      .filter((box) => box.width);
    const inner = marked.sort((one, other) => one.x - other.x)[0] ?? outer;
    frame.scrollBy(
      inner.x + inner.width / 2 - outer.x - outer.width / 2,
      inner.y + inner.height / 2 - outer.y - outer.height / 2,
    );
  };

  const setUp = (block) => {
    const find = (selector) => block.querySelector(selector);
    const [frame, controls, slider, now] = [".frame", ".controls", "input", ".now"].map(find);
    const [first, previous, play, next, last] = block.querySelectorAll("button");
    const items = [...block.querySelectorAll("li")];
    const steps = items.map(({ dataset }) => dataset);
    block.querySelectorAll("img").forEach(inline);
    const end = steps.length - 1;
    let [at, timer] = [0, 0];

    const show = (step) => {
      at = Math.min(Math.max(step, 0), end);
      paint(block, steps.slice(0, at + 1));
      follow(frame);
      const title = document.createElement("strong");
      const { pass } = steps[at];
      title.textContent = `Step ${at + 1} of ${steps.length}${pass === "search" ? "" : `, ${pass} pass`}`;
      now.replaceChildren(title, ...items[at].cloneNode(true).childNodes);
      slider.value = at;
      for (const button of [first, previous]) button.ariaDisabled = at === 0;
      for (const button of [next, last]) button.ariaDisabled = at === end;
      slider.setAttribute("aria-valuetext", title.textContent);
      items.forEach((item, i) => item.setAttribute("aria-current", i === at ? "step" : "false"));
    };
    const pause = () => ([timer, play.textContent] = [clearInterval(timer), "Play"]);
    const go = (step) => (pause(), show(step));
    const start = () => {
      if (at === end) show(0);
      play.textContent = "Pause";
      timer = setInterval(() => (at + 1 < end ? show : go)(at + 1), 1200);
    };
    const moves = {
      Home: () => go(0),
      ArrowLeft: () => go(at - 1),
      ArrowRight: () => go(at + 1),
      End: () => go(end),
    };

    block.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // JupyterLab would take these keys for its own: the arrows, and Enter on a button
      if (event.key in moves || controls.contains(event.target)) event.stopPropagation();
      if (event.key in moves) event.preventDefault();
      moves[event.key]?.();
    });
    play.onclick = () => (timer ? pause() : start());
    [first.onclick, previous.onclick, next.onclick, last.onclick] = Object.values(moves);
    [slider.max, slider.oninput] = [end, () => go(Number(slider.value))];
    addEventListener("beforeprint", () => paint(block, steps));
    addEventListener("afterprint", () => paint(block, steps.slice(0, at + 1)));

    find("details").open = false;
    for (const part of block.querySelectorAll("[hidden]")) part.hidden = false;
    block.dataset.ready = "";
    show(0);
  };

  document.querySelectorAll(".stepper:not([data-ready])").forEach(setUp);
})();
