// Python, in a thread of its own. page.js puts Pyodide, Viz.js and this file together.
const HOST = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"; // has matplotlib, and is asked for no more
let python, runner, page, mayAsk;

async function start(files) {
  const ask = fetch;
  self.fetch = async (address, options) => {
    const name = String(address).split("/").at(-1);
    const type = name.endsWith(".wasm") ? "application/wasm" : "";
    if (name in files) return new Response(files[name], { headers: { "Content-Type": type } });
    if (mayAsk) return ask(address, options);
    throw new Error(`${name} is not in the book`);
  };
  python = await self.loadPyodide({ indexURL: HOST });
  const viz = await self.Viz.instance();
  python.unpackArchive(await files["package.zip"].arrayBuffer(), "zip");
  runner = python.pyimport("run_cells");
  page = runner.Page((dot) => viz.renderString(dot, { format: "svg" }));
}

async function run({ code, name, plots }) {
  if (plots && !python.loadedPackages.matplotlib) {
    mayAsk = true;
    await python.loadPackage("matplotlib");
    if (!python.loadedPackages.matplotlib)
      throw new Error("matplotlib cannot be fetched now, so there is no new picture.");
    runner.matplotlib_is_here();
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
