// Python, in a thread of its own. page.js puts Pyodide, Viz.js and this file together.
const HOST = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"; // has matplotlib, and is asked for no more
let python, page;

async function start(files) {
  const ask = fetch;
  self.fetch = (address, options) => {
    const name = String(address).split("/").at(-1);
    if (!(name in files)) return ask(address, options);
    const type = name.endsWith(".wasm") ? "application/wasm" : "";
    return new Response(files[name], { headers: { "Content-Type": type } });
  };
  python = await self.loadPyodide({ indexURL: HOST });
  const viz = await self.Viz.instance();
  python.unpackArchive(await files["package.zip"].arrayBuffer(), "zip");
  page = python.pyimport("run_cells").Page(
    (dot) => viz.renderString(dot, { format: "svg" }),
    (...output) => postMessage(["output", ...output]),
  );
}

async function run({ code, name, plots }) {
  if (plots && !python.loadedPackages.matplotlib) {
    postMessage(["output", "fetching"]);
    await python.loadPackage("matplotlib");
    if (!python.loadedPackages.matplotlib)
      throw new Error("matplotlib and numpy cannot be fetched now. Is there a network?");
    page.matplotlib_is_here();
  }
  page.run(code, name);
}

onmessage = async ({ data: [question, data] }) => {
  try {
    postMessage(["done", await { start, run }[question](data)]);
  } catch (error) {
    postMessage(["problem", error.message]);
  }
};
