// What the network paints itself: works as the pills of the tree, and below them the tree with its years.

// The network's works stand further apart from top to bottom than the tree's.
const heights = data.graph.nodes.map(([, y]) => y);
const lowest = heights.reduce((low, y, index) => (y > heights[low] ? index : low), 0);
const stretch = works.length ? heights[lowest] / pills.get(works[lowest].key).y : 1;
const FAINT = 0.16;
const LABEL = '10.5px "DejaVu Sans", Verdana, sans-serif';
const TALL = 16;

let tones = new Map();
/** Colours as the page has them now: a canvas cannot ask for those of the style, which depend on the theme. */
function readTones() {
  const probe = make("span", { hidden: true });
  document.body.append(probe);
  const toneOf = (colour, branch = "") => {
    probe.className = branch && `b-${branch}`;
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  tones = new Map(["back", "text", "soft", "line", "edge", "on"].map((name) => [name, toneOf(`var(--${name})`)]));
  for (const branch of branches) {
    tones.set(`b-${branch}`, toneOf("var(--branch)", branch));
    // Lines lie over each other: pale ones, and not ones that can be seen through, leave no streaks there.
    tones.set(`pale-${branch}`, toneOf(`color-mix(in srgb, var(--branch) ${100 * FAINT}%, var(--back))`, branch));
  }
  probe.remove();
}
/** Act whenever the page turns light or dark. */
function watchTones(act) {
  new MutationObserver(act).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
}
const toneOfWork = (key) => tones.get(`b-${byKey.get(key).branch}`);

/** A work as vis-network asks for it: filled, or hollow if it is closed, as in the tree. */
function paintWork(context, key, x, y, { alpha, strong }) {
  const { width } = pills.get(key);
  const tone = toneOfWork(key);
  const hollow = isClosed(byKey.get(key));
  context.save();
  context.globalAlpha = alpha;
  context.fillStyle = hollow ? tones.get("back") : tone;
  context.strokeStyle = strong ? tones.get("text") : tone;
  context.lineWidth = strong || 1.2;
  context.beginPath();
  context.roundRect(x - width / 2, y - TALL / 2, width, TALL, 4);
  context.fill();
  context.stroke();
  context.font = LABEL;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillStyle = hollow ? tone : tones.get("on");
  context.fillText(labelOf(key), x, y + 3.8);
  context.restore();
}

const stretched = new Map();
/** A path of the drawing, where the network has it. */
function stretchedPath(d) {
  if (!stretched.has(d)) {
    const path = new Path2D();
    path.addPath(new Path2D(d), new DOMMatrix([1, 0, 0, stretch, 0, 0]));
    stretched.set(d, path);
  }
  return stretched.get(d);
}
let limbStrokes = [];
let bridgePath = null;
/** Take from the drawing what is to be painted of it: what has gone or faded there is so here. */
function readTree() {
  const hue = svg.classList.contains("faded") ? "pale" : "b";
  const stroke = (element, tone) => ({ path: stretchedPath(element.getAttribute("d")), width: Number(element.getAttribute("stroke-width")), tone });
  const base = [...edges, ...trunks].filter((element) => !element.classList.contains("gone"));
  limbStrokes = [
    ...base.map((element) => stroke(element, tones.get(`${hue}-${byKey.get(element.dataset.child || element.dataset.trunk).branch}`))),
    ...all("path", strong).map((element) => stroke(element, tones.get(element.classList[1]))),
  ];
  bridgePath = stretchedPath(bridges.getAttribute("d") || "");
}
function paintTree(context) {
  context.save();
  context.lineCap = "round";
  for (const { path, width, tone } of limbStrokes) {
    context.strokeStyle = tone;
    context.lineWidth = width;
    context.stroke(path);
  }
  context.globalAlpha = 0.6;
  context.strokeStyle = tones.get("edge");
  context.lineWidth = 1;
  context.stroke(bridgePath);
  context.restore();
}

const yearMarks = all(".year", svg).map((mark) => ({ x: Number(one("line", mark).getAttribute("x1")), label: one("text", mark).textContent }));
function paintYears(context, zoomLevel) {
  context.save();
  context.strokeStyle = tones.get("line");
  context.lineWidth = 1 / zoomLevel;
  context.beginPath();
  for (const { x } of yearMarks) {
    context.moveTo(x, 0);
    context.lineTo(x, size.height * stretch);
  }
  context.stroke();
  context.restore();
}
/** The years stay at the top of the window; `corner` is what is in its upper left. */
function paintLabels(context, corner, zoomLevel) {
  const { width } = context.canvas;
  context.save();
  context.fillStyle = tones.get("back");
  context.globalAlpha = 0.85;
  context.fillRect(corner.x, corner.y, width / zoomLevel, 20 / zoomLevel);
  context.globalAlpha = 1;
  context.fillStyle = tones.get("soft");
  context.font = `${11 / zoomLevel}px "DejaVu Sans", Verdana, sans-serif`;
  let free = -Infinity;
  for (const { x, label } of yearMarks) {
    if (x < free) continue;
    context.fillText(label, x + 3 / zoomLevel, corner.y + 14 / zoomLevel);
    free = x + 36 / zoomLevel;
  }
  context.restore();
}
