// The layer of citations: discs that grow with how often the works here cite a work, the main path, and what is cited
// by many though little descends from it.

const DISC = 4;
const MOST_CITED = 10;
const onMainPath = [...new Set(data.mainPath.flat())].sort((a, b) => position.get(a) - position.get(b));
// Works that tie share a number: how many steps at most lead to them.
const mainStep = new Map(onMainPath.map((key) => [key, 1]));
for (const key of onMainPath) for (const [from, to] of data.mainPath) if (from === key) mainStep.set(to, Math.max(mainStep.get(to), mainStep.get(key) + 1));
const layer = { discs: null, path: null };

/** A disc whose area stands for the number of works that cite. */
function disc({ key, cited, branch }) {
  const { x, y, width } = pills.get(key);
  return draw("circle", { class: `b-${branch}`, "data-disc": key, cx: x + width / 2, cy: y, r: (DISC * Math.sqrt(cited)).toFixed(1) });
}

/** The main path from pill to pill, with its works numbered. */
function drawMainPath() {
  const numbers = onMainPath.map((key) => {
    const { x, y, height } = pills.get(key);
    return draw("g", { "data-step": key }, draw("circle", { cx: x - 3, cy: y - height / 2, r: 5 }), draw("text", { x: x - 3, y: y - height / 2 + 2.5 }, String(mainStep.get(key))));
  });
  const lines = data.mainPath.map(([from, to]) => { const line = curve({ from, to }); line.setAttribute("class", "main-path"); return line; });
  return [draw("g", { class: "main-lines", "aria-hidden": "true" }, lines), draw("g", { class: "main-steps", "aria-hidden": "true" }, numbers)];
}

watch(["layer"], () => {
  const on = state.layer === "citations";
  one("#citations").setAttribute("aria-pressed", String(on));
  svg.classList.toggle("cited", on);
  if (!on || layer.discs) return;
  layer.discs = draw("g", { class: "discs", "aria-hidden": "true" }, works.filter((work) => work.cited).map(disc));
  bridges.before(layer.discs);
  const [lines, steps] = drawMainPath();
  nodesGroup.before(lines);
  nodesGroup.after(steps);
  layer.path = { lines, steps };
});
watch(["layer", "only", ...FILTERS], () => {
  if (!layer.discs) return;
  for (const circle of layer.discs.children) circle.classList.toggle("gone", !shown.all.has(circle.dataset.disc));
  for (const number of layer.path.steps.children) number.classList.toggle("gone", !shown.all.has(number.dataset.step));
  for (const [index, line] of [...layer.path.lines.children].entries()) line.classList.toggle("gone", !data.mainPath[index].every((key) => shown.all.has(key)));
});
one("#citations").addEventListener("click", () => set({ layer: state.layer ? "" : "citations" }, true));

/** What the details show while the layer is on and no work is selected. */
function overview() {
  const line = (key, text) => make("li", {}, linkTo(key), " ", make("span", { class: "soft" }, text));
  const year = (key) => byKey.get(key).date.slice(0, 4);
  const most = [...works].sort((a, b) => b.cited - a.cited).slice(0, MOST_CITED).filter((work) => work.cited);
  content.replaceChildren(make("article", {},
    make("h3", {}, say("citations")),
    viewNow() === "tree" ? make("p", {}, say("layer.discs")) : "",
    make("h4", {}, say("layer.main")), make("p", {}, say("layer.main.text")),
    make("ol", {}, onMainPath.map((key) => fill(line(key, year(key)), { value: mainStep.get(key) }, []))),
    make("h4", {}, say("layer.most")), make("ol", {}, most.map(({ key, cited }) => line(key, count("tip.cited", cited)))),
    data.overlooked.length ? [make("h4", {}, say("layer.overlooked")), make("p", {}, say("layer.overlooked.text")),
      make("ul", {}, data.overlooked.map(([key, cited, children]) => line(key, `${count("tip.cited", cited)}, ${count("layer.children", children)}`)))] : ""));
}
