// What is shown, as texts by name: part of the address, so that every view is a permalink. The hash names the selected
// work, the query all else; what is as it is at first stays out of the address.

const state = { work: "" };
const watchers = [];

/** Let `name` be part of the address, with its default. */
function remember(name, standard = "") {
  state[name] = standard;
  defaults.set(name, standard);
}
const defaults = new Map();
for (const name of ["view", "q", "from", "to", "branch", "kind", "topic", "lab", "weights", "only", "with", "layer"]) remember(name);

/** Call `act` whenever one of the names changes; in the order in which the parts of the script ask. */
function watch(names, act) {
  watchers.push({ names, act });
}

/** Change what is shown. `push` makes it a step that the browser's Back undoes. */
function set(changes, push = false) {
  const changed = Object.keys(changes).filter((name) => state[name] !== changes[name]);
  if (!changed.length) return;
  Object.assign(state, changes);
  tellWatchers(changed);
  // Slow in some browsers, so not before what was asked for is on the screen.
  pushes = pushes || push;
  clearTimeout(delayed);
  delayed = setTimeout(writeAddress, 0);
}

function tellWatchers(changed) {
  for (const { names, act } of watchers) if (names.some((name) => changed.includes(name))) act(changed);
}

function address() {
  const query = new URLSearchParams();
  for (const [name, standard] of defaults) if (state[name] !== standard) query.set(name, state[name]);
  // Addresses are read by people too: these two need no escape in a query.
  const text = query.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
  return `${location.pathname}${text && `?${text}`}${state.work && `#${encodeURIComponent(state.work)}`}`;
}

// Browsers refuse pages that change their address too often (Safari: a hundred times in thirty seconds).
const BURST = 60;
const WINDOW = 30000;
const writes = [];
let delayed = 0;
let pushes = false;
function writeAddress() {
  const now = performance.now();
  while (writes.length && writes[0] < now - WINDOW) writes.shift();
  if (writes.length >= BURST) { delayed = setTimeout(writeAddress, 1000); return; }
  writes.push(now);
  try { history[pushes ? "pushState" : "replaceState"](null, "", address()); } catch { /* A page within a page may have no address. */ }
  pushes = false;
}

/** What the address says. */
function readAddress() {
  const query = new URLSearchParams(location.search);
  const found = Object.fromEntries([...defaults].map(([name, standard]) => [name, query.get(name) ?? standard]));
  const known = { view: VIEWS, layer: ["citations"], theme: ["light", "dark"] };
  for (const [name, values] of Object.entries(known)) if (!values.includes(found[name])) found[name] = defaults.get(name);
  for (const name of ["only", "with"]) found[name] = knownKey(found[name]);
  const work = keyIn(location.hash);
  return { ...found, with: found.with === work ? "" : found.with, work };
}
const knownKey = (key) => (byKey.has(key) ? key : former.get(key) || "");
/** The key of the work that a hash names, if it names any. */
function keyIn(hash) {
  // A stray % names no work.
  try { return knownKey(decodeURIComponent(hash.slice(1))); } catch { return ""; }
}

addEventListener("popstate", () => {
  const found = readAddress();
  const changed = Object.keys(found).filter((name) => state[name] !== found[name]);
  Object.assign(state, found);
  tellWatchers(changed);
});
