// The lines of the network: four kinds, each drawn in its own way, which the reader switches on and off.

const LINES = {
  primary: { width: 2, opacity: 0.9, dashes: false },
  descent: { width: 1, opacity: 0.45, dashes: [6, 3] },
  related: { width: 1.2, opacity: 0.35, dashes: [1.5, 3] },
  citation: { width: 0.6, opacity: 0.2, dashes: false },
};
const lineKinds = Object.keys(LINES);
remember("edges", "primary,descent");
const isDrawn = (kind) => listed(state.edges).has(kind);

const lines = [
  ...[...edgesIn.values(), ...relatedIn.values()].flat(),
  ...works.flatMap((work) => (work.cites || []).map((index) => ({ from: works[index].key, to: work.key, kind: "citation", how: [] }))),
];

/** Boxes that switch the kinds, each with a piece of its line and the number of such lines. */
function lineSwitches() {
  const change = () => set({ edges: lineKinds.filter((kind) => one(`#line-${kind}`).checked).join(",") });
  const labels = lineKinds.map((kind) => make("label", { title: say(`line.${kind}.hint`) },
    make("input", { type: "checkbox", id: `line-${kind}`, change }), lineSample(kind), `${say(`line.${kind}`)} `,
    make("span", { class: "number", "data-number": kind })));
  return make("fieldset", { class: "lines" }, make("legend", { class: "spoken" }, say("lines")), labels);
}
function lineSample(kind) {
  const { width, dashes } = LINES[kind];
  return draw("svg", { class: "sample", viewBox: "0 0 28 8", width: 28, height: 8, "aria-hidden": "true" },
    draw("path", { d: "M0 4H28", "stroke-width": kind === "primary" ? 2 * width : width, "stroke-dasharray": dashes && dashes.join(" ") }));
}

/** Let the boxes and their numbers say what is drawn. */
function tellLines() {
  const numbers = tally(lines.filter(({ from, to }) => shown.keys.has(from) && shown.keys.has(to)).map((line) => line.kind));
  for (const kind of lineKinds) {
    one(`#line-${kind}`).checked = isDrawn(kind);
    one(`[data-number=${kind}]`).textContent = numbers.get(kind) || 0;
  }
}

/** Which works and lines the selection lights up; nothing, if none fades. While there is a search, it decides. */
function litLines() {
  const { work } = state;
  if (!work || searchLeads) return null;
  const { keys, primary, others } = lighted();
  if (![...keys].some((key) => shown.keys.has(key))) return null;
  const isPair = Boolean(state.with);
  const isLit = (line) => (line.kind === "primary" ? primary.has(line.to) : isPair ? others.has(line) : line.from === work || line.to === work);
  const ends = isPair ? [] : lines.filter((line) => isDrawn(line.kind) && isLit(line)).flatMap(({ from, to }) => [from, to]);
  return { keys: new Set([...keys, ...ends]), isLit };
}
