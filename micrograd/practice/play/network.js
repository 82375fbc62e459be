// The package's networks as far as XOR needs them. Every number is computed as there, in the same
// order, so that it is equal to the last bit; only Math.tanh may differ from Python's in that bit.

// Python's random.random() after random.seed(seed), for a whole number from 0 on that has 32 bits: the
// Mersenne Twister (Matsumoto and Nishimura, 1998), of which two numbers make one float.
const pythonRandom = (seed) => {
  const state = new Uint32Array(624);
  const mixed = (i, factor) => Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), factor);
  state[0] = 19650218;
  for (let i = 1; i < 624; i += 1) state[i] = mixed(i, 1812433253) + i;
  for (let k = 0; k < 1247; k += 1) {
    const i = (k % 623) + 1;
    if (k && i === 1) state[0] = state[623];
    if (k < 624) state[i] = (state[i] ^ mixed(i, 1664525)) + seed;
    else state[i] = (state[i] ^ mixed(i, 1566083941)) - i;
  }
  state[0] = 2 ** 31;

  let at = 0;
  const next = () => {
    const low = (state[at] & 0x80000000) | (state[(at + 1) % 624] & 0x7fffffff);
    state[at] = state[(at + 397) % 624] ^ (low >>> 1) ^ (low & 1 ? 0x9908b0df : 0);
    let y = state[at];
    at = (at + 1) % 624;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
};

// The activation functions, and their slopes where they have the value y.
const ACTIVATIONS = {
  relu: { value: (z) => (z <= 0 ? 0 : z), slope: (y) => (y > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: (y) => 1 - y * y },
  linear: { value: (z) => z, slope: () => 1 },
};

// A network with two inputs and one output. Its parameters are in one array: of each neuron in turn,
// the weights and then the bias.
class Network {
  constructor({ width, layers, activation, output, seed }) {
    const random = pythonRandom(seed);
    const sizes = [2, ...Array(layers).fill(width), 1];
    const parameters = [];
    this.layers = sizes.slice(1).map((size, l) => {
      const start = parameters.length;
      for (let j = 0; j < size; j += 1) {
        for (let i = 0; i < sizes[l]; i += 1) parameters.push(-1 + 2 * random());
        parameters.push(0);
      }
      return { start, size, ...ACTIVATIONS[l === layers ? output : activation] };
    });
    this.parameters = Float64Array.from(parameters);
  }

  // The inputs, and the outputs of each layer.
  outputs(point) {
    const found = [point];
    for (const { start, size, value } of this.layers) {
      const inputs = found.at(-1);
      const outputs = new Float64Array(size);
      for (let j = 0, at = start; j < size; j += 1, at += inputs.length + 1) {
        let total = this.parameters[at + inputs.length];
        for (let i = 0; i < inputs.length; i += 1) total += this.parameters[at + i] * inputs[i];
        outputs[j] = value(total);
      }
      found.push(outputs);
    }
    return found;
  }

  answer(point) {
    return this.outputs(point).at(-1)[0];
  }

  loss(points, targets) {
    const errors = points.map((point, i) => this.answer(point) - targets[i]);
    return errors.reduce((total, error) => total + error * error, 0) * (1 / points.length);
  }

  // The gradient of the loss. As in the engine, the last point and the last neuron come first.
  gradient(points, targets) {
    const gradient = new Float64Array(this.parameters.length);
    for (let k = points.length - 1; k >= 0; k -= 1) {
      const found = this.outputs(points[k]);
      let grads = [2 * (found.at(-1)[0] - targets[k]) * (1 / points.length)];
      for (let l = this.layers.length - 1; l >= 0; l -= 1) {
        const { start, size, slope } = this.layers[l];
        const inputs = found[l];
        const before = new Float64Array(inputs.length);
        for (let j = size - 1; j >= 0; j -= 1) {
          const grad = slope(found[l + 1][j]) * grads[j];
          const at = start + j * (inputs.length + 1);
          for (let i = 0; i < inputs.length; i += 1) {
            gradient[at + i] += inputs[i] * grad;
            before[i] += this.parameters[at + i] * grad;
          }
          gradient[at + inputs.length] += grad;
        }
        grads = before;
      }
    }
    return gradient;
  }

  step(points, targets, rate) {
    const gradient = this.gradient(points, targets);
    this.parameters = this.parameters.map((parameter, k) => parameter - rate * gradient[k]);
  }
}
