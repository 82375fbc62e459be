// A line to drag over AND, OR and XOR. On one side of it the answer is 1, on the other 0.
begin("line", ({ points, problems, first, byHand }, find, form) => {
  const { elements } = form;
  const sliders = [elements.w0, elements.w1, elements.b];
  const outputs = form.querySelectorAll(".sliders b");
  const [swap, both] = form.querySelectorAll("button");
  const handles = [...form.querySelectorAll(".handle")];
  const plane = find(".plane");
  const best = {};
  let [weights, isTwo, tried, last] = [first, false, 0, ""];

  const sum = ([w0, w1, b], [x0, x1]) => w0 * x0 + w1 * x1 + b;
  const hidden = (point) => [0, 3].map((at) => Math.max(0, sum(byHand.slice(at, at + 3), point)));
  const answer = (point) => {
    const [one, two] = hidden(point);
    return isTwo ? byHand[6] * one + byHand[7] * two + byHand[8] : Number(sum(weights, point) > 0);
  };

  // Places on the line, on both sides of its point that is nearest to the middle of the square; up
  // is how far from the line they are, towards where the sum is positive.
  const place = (way, up = 0) => {
    const length = Math.hypot(weights[0], weights[1]);
    const [w0, w1] = weights.map((weight) => weight / length);
    const far = up - sum(weights, [0.5, 0.5]) / length;
    return [0.5 + far * w0 - way * w1, 0.5 + far * w1 + way * w0];
  };
  const onBoard = ([x0, x1]) => [100 * x0, -100 * x1];
  const isThere = () => weights[0] !== 0 || weights[1] !== 0;
  const drawLine = () => {
    const path = (places) => (isThere() ? lineThrough(places.map(onBoard)) : "");
    draw(find(".line"), path([place(-9), place(9)]));
    draw(find(".positive"), path([place(-9), place(9), place(9, 9), place(-9, 9)]));
    handles.forEach((handle, i) => {
      const [x, y] = isThere() ? onBoard(place(i ? 0.6 : -0.6)) : [999, 999];
      handle.style.translate = `${x}px ${y}px`;
    });
  };

  const talk = (number, name) => {
    if (isTwo)
      return "Dashed: where a neuron opens. At the edges of the blue band the answer is 1/2: they decide.";
    if (number === 4) return "That is a neuron that computes it.";
    if (name === "XOR" && tried >= 12)
      return "No line gets all four: the middle is between the ones, and between the zeros, too.";
    if (name === "XOR" && number === 3) return "Three of four. Can a line get the fourth one, too?";
    if (!isThere()) return "Both weights are 0: there is no line. Move one.";
    const isAway = [-0.6, 0.6].every((way) => place(way).some((x) => Math.abs(x - 0.5) > 0.9));
    if (isAway) return "The handles are outside the picture. Move b until they come back.";
    return "Drag the line by its two handles, or move the sliders.";
  };

  const show = () => {
    const name = elements.problem.value;
    const targets = problems[name];
    const answers = points.map(answer);
    const isRight = answers.map((one, i) => one === targets[i]);
    const number = isRight.filter(Boolean).length;
    if (!isTwo) {
      best[name] = Math.max(best[name] ?? 0, number);
      tried += name === "XOR" && last !== String(answers);
      last = String(answers);
      drawLine();
    }
    markPoints(form, targets, isRight);
    const head = ["point", ...(isTwo ? ["first", "second"] : ["sum"]), "answer", "target"];
    const sums = points.map((one) => (isTwo ? hidden(one) : [write(sum(weights, one), 2)]));
    const row = (point, i) => [`(${point.join(", ")})`, ...sums[i], answers[i], targets[i]];
    fillTable(find("table"), head, points.map(row));
    const rule = isTwo ? "first − 2 · second" : "1 if the sum is positive";
    find(".rule").textContent = `answer: ${rule}`;
    say(form, `${number} of 4 right.`, talk(number, name), number === 4 ? "right" : "");
    find(".board").ariaLabel = `The points of ${name}, of which the line gets ${number} right`;
    if (!isTwo) find(":checked + b").textContent = `best ${best[name]}`;
    weights.forEach((weight, i) => {
      [sliders[i].value, outputs[i].textContent] = [weight, write(weight, 2)];
    });
    form.dataset.lines = isTwo ? "two" : "one";
    both.hidden = name !== "XOR";
    both.textContent = isTwo ? "Back to one line" : "Show two lines";
    both.classList.toggle("first", tried >= 12);
  };

  const turnTo = (knobs, two = false) => {
    [weights, isTwo] = [knobs, two];
    show();
  };
  plane.onpointerdown = (event) => {
    const held = handles.indexOf(event.target);
    if (held < 0) return;
    plane.setPointerCapture(event.pointerId);
    const [x0, x1] = place(held ? -0.6 : 0.6); // the other handle stays
    const length = Math.max(1, Math.hypot(weights[0], weights[1]));
    plane.onpointermove = (move) => {
      const { x, y } = placeOf(move, plane);
      const [across, up] = [x / 100 - x0, -y / 100 - x1];
      const scale = (length / Math.hypot(across, up)) * (held ? 1 : -1);
      if (!Number.isFinite(scale)) return;
      const [w0, w1] = [up * scale, -across * scale];
      turnTo([w0, w1, -w0 * x0 - w1 * x1]);
    };
  };
  plane.onlostpointercapture = () => (plane.onpointermove = null);
  // A finger on a handle does not scroll the page
  plane.ontouchstart = (event) => handles.includes(event.target) && event.preventDefault();
  sliders.forEach((slider, i) => {
    slider.oninput = () => turnTo(weights.with(i, Number(slider.value)));
  });
  swap.onclick = () => turnTo(weights.map((weight) => -weight));
  for (const radio of elements.problem) radio.onchange = () => turnTo(weights);
  both.onclick = () => turnTo(weights, !isTwo);
  turnTo(first);
});
