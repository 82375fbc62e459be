// Networks to train on XOR: the loss, the answers and the open neurons at each step.
begin("xor", ({ points, targets, presets, grid }, find, form) => {
  const buttons = [...form.querySelectorAll(".presets button")];
  const paper = find("canvas").getContext("2d");
  const names = points.map((point) => `(${point.join(", ")})`);
  const scrub = find(".scrub");
  let settings, network, history, at, trying;

  const isOver = () => at === settings.steps || !Number.isFinite(history[at].loss);
  // Shows the network after a step, which is computed where nobody has been yet.
  const goTo = (step) => {
    while (history.length <= step && Number.isFinite(history.at(-1).loss)) {
      network.parameters = history.at(-1).parameters;
      network.step(points, targets, settings.rate);
      history.push({ parameters: network.parameters, loss: network.loss(points, targets) });
    }
    at = Math.min(step, history.length - 1);
    network.parameters = history[at].parameters;
    show();
  };

  // From orange for 0 over the page's ground to blue for 1, in ten shades, and a line where the
  // answer is 1/2. The answers are those on a grid, and means of them in between.
  const paint = () => {
    const [{ width }, cells] = [paper.canvas, grid.length - 1];
    const [zero, ground, one, half] = [".at-0", ".ground", ".at-1", ".at-half"].map((name) =>
      getComputedStyle(find(name), "::before").backgroundColor.match(/\d+/g).map(Number),
    );
    const pack = ([red, green, blue]) => (255 << 24) | (blue << 16) | (green << 8) | red;
    const shade = (i) => {
      const [end, share] = [i < 5 ? zero : one, Math.abs(i - 4.5) / 4.5];
      return pack(ground.map((part, k) => part + share * (end[k] - part)));
    };
    const shades = Array.from({ length: 10 }, (_, i) => shade(i));
    const answers = grid.map((x1) => grid.map((x0) => network.answer([x0, x1])));
    const mean = (row, i, share) => row[i] + share * (row[i + 1] - row[i]);
    const heights = Float64Array.from({ length: width * width }, (_, k) => {
      const [x, y] = [k % width, width - Math.floor(k / width)].map((z) => (cells * z) / width);
      const [i, j] = [Math.floor(x), Math.min(Math.floor(y), cells - 1)];
      const low = mean(answers[j], i, x - i);
      return low + (y - j) * (mean(answers[j + 1], i, x - i) - low);
    });
    const isOne = (height) => height > 0.500001; // but for rounding
    const image = paper.createImageData(width, width);
    const pixels = new Uint32Array(image.data.buffer);
    heights.forEach((height, k) => {
      const isBorder =
        (k + 1) % width > 0 &&
        [1, width, width + 1].some((next) => isOne(height) !== isOne(heights[k + next] ?? height));
      const colour = shades[Math.max(0, Math.min(9, Math.floor(10 * height)))];
      pixels[k] = isBorder ? pack(half) : (colour ?? pack(ground));
    });
    paper.putImageData(image, 0, 0);
  };

  // Layer by layer, whether the neurons are open: their activations have a slope.
  const openOnes = (found) =>
    network.layers.map(({ slope }, l) => Array.from(found[l + 1], (output) => slope(output) !== 0));
  const diagnose = (open) => {
    const isShut = open[0].flat().map((_, j) => open.every((layers) => !layers.flat()[j]));
    const dead = isShut.pop();
    const lost = isShut.filter(Boolean).length;
    const largest = Math.max(...network.gradient(points, targets).map(Math.abs));
    const { loss } = history[at];
    if (!(loss < 100)) return ["The loss has exploded: the learning rate is too large.", "wrong"];
    if (dead)
      return ["The output is shut at all four points and gets no gradient: it is dead.", "wrong"];
    if (loss < 0.05) return ["It has learned XOR.", "right"];
    if (largest < 1e-6) return ["All gradients are 0, but for rounding: it is stuck.", "wrong"];
    const how = settings.activation === "tanh" ? "flat" : "shut"; // far out, a tanh is flat
    return [
      lost ? `${lost} of ${isShut.length} hidden neurons are ${how} at all four points.` : "",
    ];
  };

  const show = () => {
    const outputs = points.map((point) => network.outputs(point));
    const answers = outputs.map((found) => found.at(-1)[0]);
    const isRight = answers.map((one, k) => (targets[k] ? one - 0.5 : 0.5 - one) > 0.005);
    const { loss } = history[at];
    const x = (step) => (256 * step) / settings.steps;
    const place = (one, step) => [x(step), 260 - 480 * Math.min(one.loss, 0.54)];
    const known = history.filter((one) => Number.isFinite(one.loss)).map(place);
    const isHigh = known.map((_, k) => history[k].loss > 0.54);
    const isSeen = (k) => k > 0 && !(isHigh[k - 1] && isHigh[k]);
    const pieces = known.map((one, k) => (isSeen(k) ? lineThrough([known[k - 1], one]) : ""));
    const arrow = ([left], k) => (isHigh[k] && !isHigh[k - 1] ? `M${left - 5} 9l5 -9l5 9z` : "");
    draw(find(".losses"), pieces.join(""));
    draw(find(".above"), known.map(arrow).join(""));
    draw(find(".now"), `M${x(at)} 0V260`);
    draw(find(".dot"), dotsAt(known.slice(at, at + 1)));
    paint();
    markPoints(form, targets, isRight);
    const open = outputs.map(openOnes);
    const circles = (layer) =>
      layer.map((one) => `<i${one ? ' class="open"' : ""}></i>`).join("") +
      `<b>${layer.filter(Boolean).length} open</b>`;
    const hidden = open.map((layers) => layers.slice(0, -1).map(circles));
    const layers = hidden[0].map((_, l) => `hidden layer ${l + 1}`);
    const rows = points.map((_, k) => [names[k], ...hidden[k], write(answers[k], 2), targets[k]]);
    fillTable(find("table"), ["point", ...layers, "answer", "target"], rows);
    const number = isRight.filter(Boolean).length;
    const height = loss < 5e-5 ? "under 0.0001" : write(loss, 4);
    say(form, `Step ${at}: loss ${height}, ${number} of 4 right.`, ...diagnose(open));
    find(".chart").ariaLabel = `The loss at each step; at step ${at} it is ${height}`;
    find(".stack .board").ariaLabel =
      `Answers: ${answers.map((answer) => write(answer, 2)).join(", ")}`;
    [scrub.max, scrub.value] = [settings.steps, at];
    const shown = { ".at": at, ".width": settings.width, ".half": settings.steps / 2 };
    for (const [name, text] of Object.entries(shown)) find(name).textContent = text;
    find(".single").disabled = isOver();
  };

  const move = () => {
    goTo(isOver() ? 0 : Math.min(at + settings.steps / 200, settings.steps));
    return !isOver();
  };
  const { start, stop } = runner(find(".run"), find(".say"), 20, move);
  const stopAt = (step) => (stop(), goTo(step));
  const restart = () => {
    const { seed } = form.elements;
    if (!/^\d{1,5}$/.test(seed.value)) {
      stop();
      seed.value = settings.seed;
      const rule = `A seed is a whole number from 0 to 99999. It is ${settings.seed} again.`;
      return say(form, "That is no seed.", rule, "wrong");
    }
    const numberOr = (text) => (Number.isNaN(Number(text)) ? text : Number(text));
    const chosen = [...new FormData(form)].map(([name, text]) => [name, numberOr(text)]);
    const isSame = chosen.every(([name, value]) => name === "seed" || settings?.[name] === value);
    if (!isSame) {
      stopTrying();
      tell([]);
    }
    settings = Object.fromEntries(chosen);
    buttons.forEach((button, i) => {
      button.ariaPressed = chosen.every(([name, value]) => presets[i][name] === value);
    });
    draw(find(".chosen"), settings.seed < 100 ? squareOf(settings.seed) : "");
    network = new Network(settings);
    history = [{ parameters: network.parameters, loss: network.loss(points, targets) }];
    stopAt(0);
  };
  const choose = (chosen) => {
    for (const [name, value] of Object.entries(chosen)) form.elements[name].value = value;
    restart();
  };

  // Squares in rows of twenty, one for each seed from 0 on: filled if the loss at the end is small.
  const squareOf = (seed) =>
    `M${25 * (seed % 20) + 4} ${20 * Math.floor(seed / 20) + 2}h17v16h-17z`;
  const tell = (ends) => {
    const squares = (kind) =>
      ends.map((end, seed) => (end < 0.05 === kind ? squareOf(seed) : "")).join("");
    draw(find(".learned"), squares(true));
    draw(find(".failed"), squares(false));
    const learned = ends.filter((end) => end < 0.05).length;
    const steps = settings?.steps.toLocaleString("en");
    const found =
      `${learned} of ${ends.length} seeds have a loss below 0.05 after ${steps} steps: the filled ` +
      "squares. Press a square to see its network.";
    find(".count").textContent = ends.length ? found : "";
  };
  const stopTrying = () => ([trying, find(".try").textContent] = [null, "Try 100 seeds"]);
  // A few milliseconds at a time, so that the page does not freeze.
  const tryAll = async () => {
    const mine = { ...settings };
    const ends = [];
    trying = mine;
    find(".try").textContent = "Stop";
    let resumed = performance.now();
    for (let seed = 0; seed < 100; seed += 1) {
      const one = new Network({ ...mine, seed });
      for (let step = 0; step < mine.steps; step += 1) {
        one.step(points, targets, mine.rate);
        if (performance.now() - resumed > 12) {
          await new Promise((resume) => {
            setTimeout(resume);
          });
          if (trying !== mine) return;
          resumed = performance.now();
        }
      }
      ends.push(one.loss(points, targets));
      tell(ends);
    }
    stopTrying();
  };

  buttons.forEach((button, i) => {
    button.onclick = () => (choose(presets[i]), start());
  });
  [find(".settings").onchange, form.elements.width.oninput] = [restart, restart];
  find(".single").onclick = () => stopAt(at + 1);
  find(".again").onclick = () => stopAt(0);
  scrub.oninput = () => stopAt(Number(scrub.value));
  find(".try").onclick = () => (trying ? stopTrying() : tryAll());
  find(".seeds").onclick = (event) => {
    const { x, y } = placeOf(event, find(".seeds"));
    choose({ seed: Math.floor(x / 25) + 20 * Math.floor(y / 20) });
    start();
    find(".say").scrollIntoView({ block: "nearest" });
  };
  const repaint = () => form.isConnected && paint();
  new MutationObserver(repaint).observe(document.documentElement, {
    subtree: true,
    attributeFilter: ["data-theme", "data-jp-theme-light"],
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  choose(presets[0]);
});
