// The selected work: its path to the root, its subtree and its direct further parents and children light up.

let lastFocus = null;
const further = draw("g", { class: "further", "aria-hidden": "true" });
nodesGroup.before(further);

/** Select a work: `focus` leads into the details, closing which gives the focus back to `from`. */
function select(key, { focus = false, from = null } = {}) {
  if (from) lastFocus = from;
  if (key === state.work) tell();
  else set({ work: key, with: "" }, true);
  if (focus && key) one("#content").focus();
}

/** What lights up: works, primary edges (by their child), and other edges to be drawn. */
function lighted() {
  const key = state.work;
  if (state.with) {
    const found = compare(key, state.with);
    const steps = found.ways.flat();
    const keys = new Set([key, state.with, ...found.nearest, ...steps.flatMap((edge) => [edge.from, edge.to])]);
    return { keys, primary: new Set(steps.filter(isPrimary).map((edge) => edge.to)), others: new Set(steps.filter((edge) => !isPrimary(edge))) };
  }
  const line = new Set([...pathToRoot(key), ...subtree(key)]);
  const others = new Set([...edgesIn.get(key), ...edgesOut.get(key)].filter((edge) => !isPrimary(edge)));
  const keys = new Set([...line, ...[...others].flatMap((edge) => [edge.from, edge.to])]);
  return { keys, primary: new Set([...line].filter((key) => line.has(parentOf(key)))), others };
}

// What came last decides what fades: a search, or a selection.
let searchLeads = false;
watch(["q"], () => { searchLeads = Boolean(state.q.trim()); });
watch(["work", "with"], () => { searchLeads = !state.work && Boolean(state.q.trim()); });
watch(["work", "with", "q", "only", ...FILTERS], () => {
  const { keys, primary, others } = state.work ? lighted() : { keys: new Set(), primary: new Set(), others: new Set() };
  for (const [key, node] of nodes) {
    node.classList.toggle("lit", keys.has(key));
    node.classList.toggle("picked", key === state.work || (Boolean(state.work) && key === state.with));
  }
  const found = (key) => shown.keys.has(key) && shown.keys.has(parentOf(key));
  // A selection that filters have taken away lights nothing, so that nothing fades for it.
  const isChoice = !searchLeads && [...keys].some(shows);
  svg.classList.toggle("choice", isChoice);
  svg.classList.toggle("searching", searchLeads);
  if (searchLeads) emphasise([...edgeTo.keys()].filter(found));
  else emphasise(isChoice ? primary : null);
  further.replaceChildren(...[...others].filter((edge) => shows(edge.from) && shows(edge.to)).map(curve));
});
/** An edge that is not of the backbone, from pill to pill. */
function curve({ from, to }) {
  const [start, end] = [pills.get(from), pills.get(to)];
  const [x1, x2] = [start.x + start.width, end.x];
  const bend = Math.max(24, Math.abs(x2 - x1) / 2);
  return draw("path", {
    class: `b-${byKey.get(to).branch}`,
    d: `M${x1} ${start.y}C${x1 + bend} ${start.y} ${x2 - bend} ${end.y} ${x2} ${end.y}`,
  });
}

// The details take room from the panel: what they tell of, or the link that led to them, must not be pushed out.
watch(["work", "with", "view", "layer", "only"], (changed) => {
  const details = one("#details");
  const lost = details.contains(document.activeElement);
  details.hidden = !state.work && !state.layer;
  if (state.work) tell();
  else if (state.layer) overview();
  if (changed.includes("only")) fit();
  else fitTree();
  if (lost && details.hidden && !isClosing) giveBack();
  bringIntoSight();
});
let isSeen = false;
/** What is selected, or the link that led there, must be in sight; in a tree that is wider than its room, at first, where most begins. */
function bringIntoSight() {
  const inTree = panel.clientWidth > 0;
  const start = inTree && !isSeen && !state.work ? nodes.get(home()) : null;
  if (inTree) isSeen = true;
  const link = lastFocus?.isConnected && !lastFocus.closest("#details") && lastFocus !== searchBox ? lastFocus : null;
  (start || (inTree ? nodes.get(state.work) : link))?.scrollIntoView({ block: "nearest", inline: inTree ? "center" : "nearest" });
}

/** The focus goes back to what led to the details, else to the work in the view, else to the tab of the view. */
function giveBack(fallback = null) {
  const back = [lastFocus, fallback].find((element) => element?.isConnected && element.getClientRects().length);
  (back || one("[role=tab][aria-selected=true]")).focus();
  lastFocus = null;
}
let isClosing = false;
function close() {
  const key = state.work;
  const fallback = panel.hidden ? one(`#${viewNow()} .current a`) : nodes.get(key);
  if (!key) lastFocus ||= one("#citations");
  isClosing = true;
  set(key ? { work: "", with: "" } : { layer: "" }, true);
  isClosing = false;
  giveBack(fallback);
}
one("#close").addEventListener("click", close);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey) return;
  const key = keyIn(link.getAttribute("href"));
  if (!key) return;
  event.preventDefault();
  if (event.shiftKey && compareWith(key)) return;
  const inside = link.closest("#details");
  // A key press makes a click without a count. A link in the details goes away with them, and focus must not.
  select(key, { focus: event.detail === 0 || Boolean(inside), from: inside ? null : link });
});
