// A ball on a curve: gradient descent with one number, step by step.
begin("descent", ({ curves, rate }, find, form) => {
  const { elements } = form;
  const [step, run, back] = form.querySelectorAll("button");
  const outputs = form.querySelectorAll("label b");
  let [curve, visited, isMixed] = [curves[0], [], false];

  const polynomial = (coefficients, w) => coefficients.reduce((sum, c) => sum * w + c, 0);
  const loss = (w) => polynomial(curve.coefficients, w);
  const slope = (w) => polynomial(curve.derivative, w);
  const next = (w) => w - elements.rate.value * slope(w);
  const x = (w) => ((w - curve.left) / (curve.right - curve.left)) * 450;
  const y = (height) => 224 - (height / curve.top) * 214;
  const point = (w) => [x(w), y(loss(w))];
  const isFlat = (w) => Math.abs(slope(w)) < 0.005;
  const isLost = (w) => loss(w) > 10 * curve.top;
  const isEnd = (w) => isLost(w) || isFlat(w);

  // What the last step did. Whether the ball diverges or swings for ever is seen by going on.
  const judge = () => {
    const [w, before] = [visited.at(-1), visited.at(-2)];
    const [steps, hill, way] = [visited.length - 1, curve.hill ?? NaN, [w]];
    while (way.length < 2000 && !isEnd(way.at(-1))) way.push(next(way.at(-1)));
    const at = isMixed ? "" : ` at ${write(Number(elements.rate.value), 2)}`;
    const after = `after ${steps} step${steps === 1 ? "" : "s"}${at}`;
    if (isLost(w))
      return ["It diverges: each step leads higher up. The learning rate is too large.", "wrong"];
    if (isFlat(w) && Math.abs(w - hill) < 0.1) return ["A hilltop has slope 0, too: no step."];
    if (isFlat(w) && loss(w) > 1) return [`A bottom, ${after}. The other valley is deeper.`];
    if (isFlat(w)) return [`Slope nearly 0: this is the bottom, ${after}.`, "right"];
    if (!steps) return ["Will it come to rest at the bottom, and after how many steps?"];
    if ((before - hill) * (w - hill) < 0) return ["That step leapt over the top of the hill."];
    if (slope(w) * slope(before) > 0) return ["One step further down."];
    if (!isEnd(way.at(-1))) {
      const [low, high] = [Math.min, Math.max].map((of) => write(of(...way.slice(1000)), 1));
      return [`It overshoots, and swings between ${low} and ${high} for ever.`, "wrong"];
    }
    if (loss(w) < loss(before)) return ["It overshot the bottom, but it is lower than before."];
    if (isFlat(way.at(-1))) return ["It overshot the bottom, and is higher than before."];
    return ["It overshot the bottom, and is higher than before: it diverges.", "wrong"];
  };

  const show = () => {
    const w = visited.at(-1);
    const [[ballX, ballY], [nextX, nextY]] = [w, next(w)].map(point);
    const trail = visited.slice(-60).map(point);
    draw(find(".trail"), lineThrough(trail));
    draw(find(".dots"), dotsAt(trail));
    const ends = [w - 1, w + 1].map((one) => [x(one), y(loss(w) + slope(w) * (one - w))]);
    draw(find(".tangent"), lineThrough(ends));
    draw(find(".step"), `M${ballX} ${ballY}H${nextX}V${nextY}`);
    // A ball that has left the picture waits at its edge
    const [edgeX, edgeY] = [Math.min(Math.max(ballX, 11), 439), Math.max(ballY, 11)];
    find(".ball").style.translate = `${edgeX}px ${edgeY}px`;
    find(".ball").classList.toggle("away", Math.hypot(ballX - edgeX, ballY - edgeY) > 11);
    find(".ghost").style.translate = `${nextX}px ${nextY}px`;
    [step, run].forEach((button) => (button.disabled = isEnd(w)));
    back.classList.toggle("first", step.disabled && visited.length > 1);
    const [from, to] = [write(w, 3), write(next(w), 3)];
    const title =
      `Step ${visited.length - 1}: loss ${write(loss(w), 2)}, slope ` +
      `${write(slope(w), 2)}${step.disabled ? "." : `. From ${from}, w goes to ${to}.`}`;
    say(form, title, ...judge());
    find(".board").ariaLabel = `The curve, and the ball at w = ${from}`;
    outputs[0].textContent = write(Number(elements.rate.value), 2);
    outputs[1].textContent = write(Number(elements.start.value), 1);
  };

  const move = () => {
    if (step.disabled) return false;
    visited.push(next(visited.at(-1)));
    show();
    return !step.disabled && visited.length % 100 !== 1;
  };
  const { stop } = runner(run, find(".say"), 500, move);
  const restart = () => {
    stop();
    [visited, isMixed] = [[Number(elements.start.value)], false];
    show();
  };
  const choose = () => {
    curve = curves[elements.curve.value];
    const { left, right, start, formula } = curve;
    find(".begin").textContent = `loss = ${formula}`;
    Object.assign(elements.start, { min: left, max: right, value: start });
    const along = Array.from({ length: 121 }, (_, i) => left + ((right - left) * i) / 120);
    draw(find(".curve"), lineThrough(along.map(point)));
    find(".ticks").innerHTML = curve.ticks;
    restart();
  };

  [step.onclick, back.onclick] = [() => (stop(), move()), restart];
  elements.start.oninput = restart;
  elements.rate.oninput = () => {
    isMixed = visited.length > 1; // no run at one rate any more
    return step.disabled ? restart() : show();
  };
  for (const radio of elements.curve) radio.onchange = choose;
  find(".plot").onclick = (event) => {
    const share = placeOf(event, find(".plot")).x / 450;
    elements.start.value = curve.left + share * (curve.right - curve.left);
    restart();
  };
  elements.rate.value = rate;
  choose();
});
