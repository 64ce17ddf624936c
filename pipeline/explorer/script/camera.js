// Where one looks at the network, what pressing and pointing at it do, and its free layout.

// A large network does not open fitted: smaller labels cannot be read.
const LEGIBLE = 0.78;
const EDGE_ROOM = 40;

const shownWorks = () => works.map((work) => work.key).filter((key) => shown.keys.has(key));
/** Look at all works that are shown. */
function fitNetwork() {
  if (!shown.keys.size) return;
  network.fit({ nodes: shownWorks(), minZoomLevel: 0.02, maxZoomLevel: CEILING });
  network.moveTo({ scale: network.getScale() * 0.95 });
}
/** Look at all works that are shown, or at as many as can be read. */
function look() {
  fitNetwork();
  if (network.getScale() >= LEGIBLE || isFree() || !shown.keys.size) return;
  const { clientWidth, clientHeight } = one("#canvas");
  const busiest = shownWorks().reduce((best, key) => (best && childrenOf(best).length >= childrenOf(key).length ? best : key), "");
  const middle = network.getPosition(shown.keys.has(state.work) ? state.work : busiest);
  const fits = size.width * LEGIBLE <= clientWidth;
  const x = fits ? size.width / 2 : middle.x;
  network.moveTo({ scale: LEGIBLE, position: { x, y: Math.max(middle.y, clientHeight / 2 / LEGIBLE - EDGE_ROOM) } });
}

let measured = { width: 0, height: 0, ratio: 0 };
/** Give the canvas the room there is; what was in the middle stays there, as large as it was. */
function fitCanvas() {
  const { clientWidth: width, clientHeight: height } = one("#canvas");
  const ratio = devicePixelRatio;
  if (!width || (measured.width === width && measured.height === height && measured.ratio === ratio)) return;
  const position = network.DOMtoCanvas({ x: measured.width / 2, y: measured.height / 2 });
  const before = network.getScale();
  network.setSize();
  if (measured.width) network.moveTo({ position, scale: before });
  measured = { width, height, ratio };
  network.redraw();
}
/** The selected work must not be out of sight, as the details have taken room. */
function reveal() {
  fitCanvas();
  if (!shown.keys.has(state.work)) return;
  const position = network.getPosition(state.work);
  const { x, y } = network.canvasToDOM(position);
  const { clientWidth, clientHeight } = one("#canvas");
  const isIn = x > EDGE_ROOM && y > EDGE_ROOM && x < clientWidth - EDGE_ROOM && y < clientHeight - EDGE_ROOM;
  if (!isIn) network.moveTo({ position });
}
const zoomNetwork = (by) => network.moveTo({ scale: Math.min(Math.max(network.getScale() * by, 0.02), LARGEST) });
for (const [id, act] of [["fit", () => fitNetwork()], ["in", () => zoomNetwork(1.25)], ["out", () => zoomNetwork(0.8)]]) {
  one(`#${id}`).addEventListener("click", () => { if (viewNow() === "network" && network) act(); });
}

// vis-network has keys too, but with them it takes the focus from whatever has it when the mouse passes.
const PACE = 60;
const MOVES = { ArrowLeft: [-PACE, 0], ArrowRight: [PACE, 0], ArrowUp: [0, -PACE], ArrowDown: [0, PACE] };
const ZOOMS = { "+": 1.25, "=": 1.25, "-": 0.8 };
function pressKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  if (MOVES[key]) {
    const { x, y } = network.getViewPosition();
    const [right, down] = MOVES[key].map((by) => by / network.getScale());
    network.moveTo({ position: { x: x + right, y: y + down } });
  } else if (ZOOMS[key]) zoomNetwork(ZOOMS[key]);
  else return;
  event.preventDefault();
}

function listenToNetwork(frame) {
  frame.addEventListener("keydown", pressKey);
  const holder = one("#canvas");
  const hideTip = () => { tip.hidden = true; holder.classList.remove("pointing"); };
  network.on("click", ({ pointer, event }) => {
    const key = network.getNodeAt(pointer.DOM);
    if (!key || !shown.keys.has(key)) return;
    if (!(event.srcEvent.shiftKey && compareWith(key))) select(key, { from: frame });
  });
  network.on("hoverNode", ({ node }) => {
    if (!shown.keys.has(node)) return;
    holder.classList.add("pointing");
    tellOfWork(node, windowBox(node));
  });
  network.on("hoverEdge", ({ edge, event }) => {
    const line = lines[edge];
    if (!shown.keys.has(line.from) || !shown.keys.has(line.to)) return;
    const { clientX: left, clientY: top } = event;
    const words = line.kind === "citation" ? say("line.citation.how") : how(line);
    showTip({ left, top, bottom: top + 8 }, make("b", {}, straight(`${byKey.get(line.from).name} → ${byKey.get(line.to).name}`)), make("span", { class: "soft" }, words));
  });
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, hideTip);
  holder.addEventListener("pointerleave", hideTip);
  new ResizeObserver(fitCanvas).observe(holder);
}
/** Where a work of the network stands in the window. */
function windowBox(key) {
  const { x, y } = network.getPosition(key);
  const room = one("#canvas").getBoundingClientRect();
  const corner = network.canvasToDOM({ x: x - pills.get(key).width / 2, y: y - TALL / 2 });
  return { left: room.left + corner.x, top: room.top + corner.y, bottom: room.top + corner.y + TALL * network.getScale() };
}

// Forces are made for a few hundred works; of more, fewer steps are taken, so that it ends within some seconds.
const STEPS = 100000;
const FORCES = { gravitationalConstant: -6500, centralGravity: 4, springLength: 70, springConstant: 0.02, damping: 0.5, avoidOverlap: 0.1 };
let arranging = false;

/**
 * Let descent pull all works together, hidden ones too, or put them back where the tree has them. Nothing moves before
 * the reader's eyes, and the same lines give the same places.
 */
function arrangeNetwork() {
  const button = one("#free");
  button.setAttribute("aria-pressed", String(isFree()));
  if (arranging) return;
  updateNetwork();
  network.setOptions({ interaction: { dragNodes: isFree() } });
  if (!isFree() || !works.length) {
    networkWorks.update(treePlaces());
    look();
    reveal();
    return;
  }
  arranging = true;
  button.textContent = say("layout.busy");
  one("#canvas").setAttribute("aria-busy", "true");
  const steps = Math.round(Math.min(Math.max(STEPS / works.length, 30), 250));
  const stabilization = { iterations: steps, updateInterval: Math.max(1, Math.round(STEPS / 20 / works.length)), fit: false };
  network.once("stabilizationIterationsDone", () => {
    arranging = false;
    network.setOptions({ physics: { enabled: false } });
    button.textContent = say("layout.free");
    one("#canvas").removeAttribute("aria-busy");
    if (isFree()) { fitNetwork(); reveal(); } else arrangeNetwork();
  });
  network.setOptions({ physics: { enabled: true, barnesHut: FORCES, stabilization } });
  network.stabilize(steps);
}
