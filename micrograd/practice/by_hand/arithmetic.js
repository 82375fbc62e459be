// The arithmetic of both passes. A graph is a list of nodes, each after its inputs: `op` is its
// operation, and `inputs` are their places in the list.

// The result of an operation, and its local derivatives
const OPERATIONS = {
  "+": (a, b) => [a + b, 1, 1],
  "-": (a, b) => [a - b, 1, -1],
  "*": (a, b) => [a * b, b, a],
  "**2": (a) => [a * a, 2 * a],
  ReLU: (a) => [Math.max(0, a), a > 0 ? 1 : 0],
};

// Gives each node its data and its local derivatives.
const forward = (graph, leaves) => {
  let next = 0;
  for (const node of graph) {
    const numbers = node.inputs.map((x) => graph[x].data);
    [node.data, ...node.local] = node.op ? OPERATIONS[node.op](...numbers) : [leaves[next++]];
  }
};

const backward = (graph) => {
  const gradients = graph.map((_, x) => Number(x === graph.length - 1));
  for (let node = graph.length - 1; node >= 0; node -= 1) {
    const { inputs, local } = graph[node];
    inputs.forEach((x, i) => (gradients[x] += local[i] * gradients[node]));
  }
  return gradients;
};

// Each use of node x, in the order of the pass: the node that uses it, and what x gets for it
const usesOf = (graph, gradients, x) =>
  [...graph.keys()].reverse().flatMap((by) =>
    graph[by].inputs.flatMap((input, i) => {
      const [local, grad] = [graph[by].local[i], gradients[by]];
      return input === x ? [{ by, op: graph[by].op, local, grad, share: local * grad }] : [];
    }),
  );

// What comes to each node along each path from the result, and the nodes on the way. A path through
// a shut ReLU brings nothing; of very many paths, the first ones have to do.
const pathsOf = (graph, gradients) => {
  const paths = graph.map(() => [{ share: 1, way: [] }]);
  for (let x = graph.length - 2; x >= 0; x -= 1) {
    const found = usesOf(graph, gradients, x).flatMap(({ by, local }) =>
      paths[by].map(({ share, way }) => ({ share: local * share, way: [...way, by] })),
    );
    paths[x] = found.filter(({ share }) => share).slice(0, 50);
  }
  return paths;
};

// What each node gets from a pass without an order, which sends on what it has at each arrival
const hurried = (graph, by, found = graph.map((_, x) => Number(x === by))) => {
  const { inputs, local } = graph[by];
  inputs.forEach((x, i) => (found[x] += local[i] * found[by]));
  inputs.forEach((x) => hurried(graph, x, found));
  return found;
};

const add = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

// What node x gets by each mistake, as mistakes.py has it for any operation
const wrongAnswers = (graph, gradients, x) => {
  const uses = usesOf(graph, gradients, x);
  const { data } = graph[x];
  if (!uses.length) return { no_seed: 0, own_data: data };
  const each = (rule) => add(uses.map(rule));
  const instead = (op, local) => each((use) => (use.op === op ? local : use.local) * use.grad);
  const again = (use, other) => other && use.by === other.by && use.local === other.local;
  const once = uses.filter((use, i) => !again(use, uses[i - 1]));
  return {
    assigns: uses.at(-1).share,
    inputs_in_a_set: add(once.map((use) => use.share)),
    no_order: hurried(graph, graph.length - 1)[x],
    multiplied: uses.reduce((product, { share }) => (product ? product * share : share), 0),
    own_factor: instead("*", data),
    no_minus: instead("-", 1),
    never_shut: instead("ReLU", 1),
    no_factor: instead("**2", data),
    opposite: each((use) => -use.share),
    handed_on: each((use) => use.grad),
    local_alone: each((use) => use.local),
    added: each((use) => use.local + use.grad),
    own_data: data,
  };
};
