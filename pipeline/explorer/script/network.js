// The network: vis-network draws the works where the tree has them, or where descent pulls them.

const networkPanel = one("#network");
const BEND = { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.4 };
// More lines than these are not drawn while the reader drags or zooms, so that both stay smooth.
const MANY = 500;
let network = null;
let networkWorks = null;
let networkLines = null;
let marks = null;
remember("layout");
const isFree = () => state.layout === "free";

makers.set("network", () => {
  const toggleFree = () => set({ layout: isFree() ? "" : "free" }, true);
  const free = make("button", { type: "button", id: "free", "aria-pressed": String(isFree()), title: say("layout.hint"), click: toggleFree }, say("layout.free"));
  networkPanel.append(make("div", { class: "network-tools" }, lineSwitches(), free), make("div", { id: "canvas" }));
  tellLines();
  // The library is the last thing in the page.
  whenRead(openNetwork);
});

function openNetwork() {
  const holder = one("#canvas");
  // In a template a script is only read; in the page it runs.
  document.head.append(one("template#library").content.firstElementChild);
  networkWorks = new vis.DataSet(treePlaces());
  networkLines = new vis.DataSet();
  network = new vis.Network(holder, { nodes: networkWorks, edges: networkLines }, {
    autoResize: false,
    layout: { improvedLayout: false },
    physics: { enabled: false },
    nodes: { shape: "custom", ctxRenderer: networkWork },
    edges: {
      arrows: { to: { scaleFactor: 0.4 } }, smooth: BEND, color: { inherit: false }, hoverWidth: 0.5,
      chosen: { edge: (values) => { values.opacity = 1; }, label: false },
    },
    interaction: { hover: true, selectable: false, dragNodes: false },
  });
  tellSizes();
  // The page's tests ask it what it draws.
  holder.network = network;
  const [frame, canvas] = [one(".vis-network", holder), one("canvas", holder)];
  fill(frame, { role: "group", "aria-label": say("network.keys") }, []);
  fill(canvas, { role: "img", "aria-label": say("network.label") }, []);
  network.on("beforeDrawing", paintGround);
  network.on("afterDrawing", (context) => { if (!isFree()) paintLabels(context, network.DOMtoCanvas({ x: 0, y: 0 }), network.getScale()); });
  listenToNetwork(frame);
  watchTones(() => { readTones(); updateNetwork(); });
  readTones();
  updateNetwork();
  fitCanvas();
  look();
  if (isFree()) arrangeNetwork();
}
const treePlaces = () => data.graph.nodes.map(([x, y], index) => ({ id: works[index].key, x, y }));

/** A work as vis-network wants it drawn. */
function networkWork({ ctx, id, x, y, state: { hover } }) {
  const alpha = !marks || marks.keys.has(id) || hover ? 1 : FAINT;
  const strong = id === state.work || id === state.with ? 3 : hover ? 2 : 0;
  const drawNode = () => {
    network.body.nodes[id].shape.updateBoundingBox(x, y);
    paintWork(ctx, id, x, y, { alpha, strong });
  };
  return { drawNode, nodeDimensions: { width: pills.get(id).width, height: TALL } };
}
/** vis-network 9.1 takes what a page draws for a square, where it looks for it and where lines end. */
function tellSizes() {
  for (const [key, { shape }] of Object.entries(network.body.nodes)) {
    const { width } = pills.get(key);
    Object.assign(shape, { customSizeWidth: width, customSizeHeight: TALL });
    shape.updateBoundingBox = (x, y) => {
      Object.assign(shape.boundingBox, { left: x - width / 2, right: x + width / 2, top: y - TALL / 2, bottom: y + TALL / 2 });
    };
  }
}
function paintGround(context) {
  if (isFree()) return;
  paintYears(context, network.getScale());
  if (isDrawn("primary")) paintTree(context);
}

/** Let vis-network have the works and lines as they are to be shown now. */
function updateNetwork() {
  tellLines();
  if (!network) return;
  marks = litLines();
  readTree();
  // In the tree's places the tree itself stands for the primary edges.
  const drawn = lines.map((line, id) => ({ line, id })).filter(({ line }) => isDrawn(line.kind) && (isFree() || line.kind !== "primary"));
  const areWorks = updateItems(networkWorks, works.map(({ key }) => ({ id: key, hidden: !shown.keys.has(key) })));
  const areLines = updateItems(networkLines, drawn.map(networkLine));
  const isMany = drawn.length > MANY;
  if (network.interactionHandler.options.hideEdgesOnDrag !== isMany) network.setOptions({ interaction: { hideEdgesOnDrag: isMany, hideEdgesOnZoom: isMany } });
  if (!areWorks && !areLines) network.redraw();
}
/** A line as vis-network wants it told. */
function networkLine({ line, id }) {
  const { from, to, kind } = line;
  const { width, opacity, dashes } = LINES[kind];
  const tone = kind === "citation" ? tones.get("soft") : toneOfWork(to);
  const lit = marks?.isLit(line);
  return {
    id, from, to, width, dashes, smooth: isFree() ? false : BEND,
    hidden: !shown.keys.has(from) || !shown.keys.has(to),
    color: { color: tone, hover: tone, opacity: lit ? 1 : marks ? opacity * FAINT : opacity },
    // Time runs to the right where the tree has the works. Heads of arrows take most of the time of a drawing.
    arrows: { to: { enabled: Boolean(lit || (isFree() && kind === "primary")) } },
    // What is drawn pulls, but not citations: with them all works are close to all others.
    physics: kind !== "citation",
    length: kind === "primary" ? 60 : 300,
  };
}

const told = new WeakMap();
/** Tell a set of vis-network what is new in it, has changed or is no longer wanted; whether there was any such. */
function updateItems(dataSet, wanted) {
  const before = told.get(dataSet) || new Map();
  const now = new Map(wanted.map((item) => [item.id, JSON.stringify(item)]));
  const changed = wanted.filter((item) => before.get(item.id) !== now.get(item.id));
  const gone = [...before.keys()].filter((id) => !now.has(id));
  told.set(dataSet, now);
  if (gone.length) dataSet.remove(gone);
  if (changed.length) dataSet.update(changed);
  return gone.length + changed.length > 0;
}

watch(["q", "only", ...FILTERS, "work", "with", "edges", "view"], (changed) => {
  if (viewNow() !== "network" || !network) return;
  updateNetwork();
  if (changed.includes("only")) look();
  reveal();
});
watch(["layout"], () => { if (network) arrangeNetwork(); });
