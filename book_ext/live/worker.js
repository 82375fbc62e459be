// Python, in a thread of its own. page.js puts Pyodide, Viz.js and this file together.
const HOST = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"; // has matplotlib, and is asked for no more
let python, page, hasPlots;

async function start(files) {
  const ask = fetch;
  let isOpen = false;
  self.fetch = async (address, options) => {
    const name = String(address).split("/").at(-1);
    const type = name.endsWith(".wasm") ? "application/wasm" : "";
    if (name in files) return new Response(files[name], { headers: { "Content-Type": type } });
    if (isOpen) return ask(address, options);
    throw new Error(`${name} is not in the book`);
  };
  let viz;
  [viz, python] = await Promise.all([Viz.instance(), loadPyodide({ indexURL: HOST })]);
  python.unpackArchive(await files["package.zip"].arrayBuffer(), "zip");
  isOpen = true;
  const draw = (dot) => viz.renderString(dot, { format: "svg" });
  page = python.pyimport("run_cells").begin(draw);
}

async function run({ code, name, plots }) {
  if (plots && !hasPlots) {
    await python.loadPackage("matplotlib");
    hasPlots = "matplotlib" in python.loadedPackages;
    if (!hasPlots)
      throw new Error("matplotlib cannot be fetched now. The picture is still the book's.");
    page.matplotlib_is_here();
  }
  return page.run(code, name).toJs();
}

onmessage = async ({ data: [question, data] }) => {
  try {
    postMessage({ answer: await { start, run }[question](data) });
  } catch (error) {
    postMessage({ error: error.message });
  }
};
