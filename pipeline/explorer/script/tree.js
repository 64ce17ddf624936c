// The drawing: what of it is there, how large it is, and where one looks at it.

const panel = one("#tree");
const svg = one("svg", panel);
const nodes = new Map(all("[data-key]", svg).map((node) => [node.dataset.key, node]));
const edges = all("[data-parent]", svg);
const edgeTo = new Map(edges.map((edge) => [edge.dataset.child, edge]));
const trunks = all("[data-trunk]", svg);
const limbs = all(".limb", svg);
const branchOf = (element) => [...element.classList].find((name) => name.startsWith("b-")).slice(2);
const nodesGroup = one(".nodes", svg);

// Where each pill stands, as the file has it: asking the browser for boxes would make it lay out all of the page.
const pills = new Map([...nodes].map(([key, node]) => {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(one("rect", node).getAttribute(name)));
  return [key, { x, y: y + height / 2, width, height }];
}));
/** The name as it fits into its pill. */
const labelOf = (key) => one("text", nodes.get(key)).textContent;
const shows = (key) => shown.all.has(key) && nodes.has(key);

// Zoom: fitted to the room there is, but never so small that labels cannot be read.
const size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
const FLOOR = 0.78;
const CEILING = 1.6;
const SMALLEST = 0.3;
const LARGEST = 6;
let scale = null;
function factor() {
  const fitted = Math.min((panel.clientWidth - 2) / size.width, (panel.clientHeight - 2) / size.height, CEILING);
  return scale || Math.max(fitted, FLOOR);
}
/** Zoom so that the point of the drawing that is at `anchor` (in px of the window; the middle by default) stays there. */
function zoom(value, anchor) {
  if (!panel.clientWidth) return;
  scale = value && Math.min(Math.max(value, SMALLEST), LARGEST);
  const wanted = factor();
  if (Math.abs(Number(svg.getAttribute("width")) - size.width * wanted) < 0.01) return;
  const room = panel.getBoundingClientRect();
  const at = anchor || { x: room.left + panel.clientWidth / 2, y: room.top + panel.clientHeight / 2 };
  const before = svg.getBoundingClientRect();
  svg.setAttribute("width", size.width * wanted);
  svg.setAttribute("height", size.height * wanted);
  const after = svg.getBoundingClientRect();
  panel.scrollLeft += after.left - at.x + ((at.x - before.left) / before.width) * after.width;
  panel.scrollTop += after.top - at.y + ((at.y - before.top) / before.height) * after.height;
}
const fitTree = () => zoom(scale);
/** Zoom to the works of a set. */
function zoomTo(keys) {
  const boxes = [...keys].map((key) => pills.get(key)).filter(Boolean);
  if (!boxes.length || !panel.clientWidth) return;
  const left = Math.min(...boxes.map((bounds) => bounds.x)) - 12;
  const right = Math.max(...boxes.map((bounds) => bounds.x + bounds.width)) + 12;
  const top = Math.min(...boxes.map((bounds) => bounds.y)) - 20;
  const bottom = Math.max(...boxes.map((bounds) => bounds.y)) + 20;
  const fitted = Math.min(panel.clientWidth / (right - left), panel.clientHeight / (bottom - top));
  zoom(Math.min(Math.max(fitted, FLOOR), CEILING));
  panel.scrollTo(left * factor(), top * factor());
}
const fit = () => { if (shown.all.size < works.length) zoomTo(shown.all); else zoom(null); };
one("#fit").addEventListener("click", fit);
one("#in").addEventListener("click", () => zoom(factor() * 1.25));
one("#out").addEventListener("click", () => zoom(factor() / 1.25));
addEventListener("resize", () => { fitTree(); bringIntoSight(); });
// Two fingers on a touchpad come as a wheel with Ctrl; a plain wheel scrolls, as everywhere.
panel.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom(factor() * Math.exp(-event.deltaY / 200), event);
}, { passive: false });

// The mouse drags the ground; a finger scrolls by itself.
let grip = null;
panel.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("[data-key]")) return;
  grip = { x: event.clientX + panel.scrollLeft, y: event.clientY + panel.scrollTop };
});
addEventListener("pointermove", (event) => {
  if (!grip || !event.buttons) { grip = null; return; }
  panel.classList.add("dragged");
  panel.scrollLeft = grip.x - event.clientX;
  panel.scrollTop = grip.y - event.clientY;
});
for (const name of ["pointerup", "pointercancel", "blur"]) {
  addEventListener(name, () => { grip = null; panel.classList.remove("dragged"); });
}

const GROWN = 5;
// What filters take goes; what a search does not find fades.
const edgesGroup = one(".edges", svg);
const bridges = draw("path", { class: "bridges" });
edgesGroup.before(bridges);
watch(["q", ...FILTERS, "only"], () => {
  const { all: there, keys } = shown;
  for (const [key, node] of nodes) {
    node.classList.toggle("gone", !there.has(key));
    node.classList.toggle("faint", there.has(key) && !keys.has(key));
  }
});
watch([...FILTERS, "only"], () => {
  const there = shown.all;
  for (const edge of edges) edge.classList.toggle("gone", !there.has(edge.dataset.parent) || !there.has(edge.dataset.child));
  // A trunk would lead to what is gone; the edges draw what is left of it.
  for (const trunk of trunks) trunk.classList.toggle("gone", ![trunk.dataset.trunk, ...childrenOf(trunk.dataset.trunk)].every((key) => there.has(key)));
  // A name beside a few works that are left would seem to be theirs.
  const sizes = tally([...there].map((key) => byKey.get(key).branch));
  for (const limb of limbs) limb.classList.toggle("gone", there.size < works.length && !(sizes.get(branchOf(limb)) >= GROWN));
  bridges.setAttribute("d", bridge());
});

// Lines lie over each other where they share a lane, so that each one faded by itself would leave bright streaks: all
// fade as one, and those that are meant are drawn again above them.
const strong = draw("g", { class: "strong", "aria-hidden": "true" });
edgesGroup.after(strong);
/** Fade all primary edges but those to `children`; without any of that if it is null. */
function emphasise(children) {
  svg.classList.toggle("faded", children !== null);
  const drawn = [...children || []].filter((key) => edgeTo.has(key) && shows(key) && shows(parentOf(key)));
  // Where several share a lane, the one that goes on in the lane's colour lies above the others, and the widest of these.
  const weight = (key) => (byKey.get(key).branch === byKey.get(parentOf(key)).branch ? 100 : 0) + Number(edgeTo.get(key).getAttribute("stroke-width"));
  strong.replaceChildren(...drawn.sort((a, b) => weight(a) - weight(b)).map((key) => {
    const edge = edgeTo.get(key);
    return draw("path", { class: `edge b-${byKey.get(key).branch}`, d: edge.getAttribute("d"), "stroke-width": edge.getAttribute("stroke-width") });
  }));
}

/** Thin lines where works that are gone join those that stay: one sees what descends from what through them. */
function bridge() {
  const crossed = new Map();
  const stretches = [];
  for (const key of shown.all) {
    const way = [];
    let at = key;
    while (at && (at === key || !shown.all.has(at)) && !crossed.has(at)) { way.push(at); at = parentOf(at); }
    const lands = at && (crossed.get(at) ?? true);
    for (const [index, key] of way.entries()) {
      if (index > 0) crossed.set(key, Boolean(lands));
      if (!lands || (index === 0 && shown.all.has(parentOf(key)))) continue;
      stretches.push(edgeTo.get(key).getAttribute("d"));
      const { x, y, width } = pills.get(key);
      if (index > 0) stretches.push(`M${x} ${y}H${x + width}`);
    }
  }
  return stretches.join("");
}

// A pill has room for a name; the rest shows when one points at it.
const tip = one("#tip");
/** Show some words below a box of the window, or above it where there is no room. */
function showTip(bounds, ...told) {
  tip.hidden = false;
  tip.replaceChildren(...told);
  tip.style.left = `${Math.max(4, Math.min(bounds.left, innerWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${bounds.bottom + tip.offsetHeight + 8 < innerHeight ? bounds.bottom + 6 : bounds.top - tip.offsetHeight - 6}px`;
}
function tellOfWork(key, bounds) {
  const { name, title, date, labs: of, cited } = byKey.get(key);
  showTip(bounds, make("b", {}, name), make("span", {}, title),
    make("span", { class: "soft" }, [date, straight((of || []).join(", ")), count("tip.cited", cited)].filter(Boolean).join(" · ")));
}
panel.addEventListener("pointerover", (event) => {
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (key && event.pointerType !== "touch") tellOfWork(key, nodes.get(key).getBoundingClientRect());
  else tip.hidden = true;
});
panel.addEventListener("pointerleave", () => { tip.hidden = true; });
panel.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
