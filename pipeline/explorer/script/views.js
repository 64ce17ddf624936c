// Views: one at a time. Those that are made by the script are made when they are first wanted.

const tabs = all("[role=tab]");
const VIEWS = tabs.map((tab) => tab.getAttribute("aria-controls"));
const makers = new Map();
const made = new Set();
const viewNow = () => (VIEWS.includes(state.view) ? state.view : VIEWS[0]);

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener("click", () => set({ view: VIEWS[index] }, true));
  tab.addEventListener("keydown", (event) => {
    const ends = { Home: 0, End: tabs.length - 1 };
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = by ? (index + by + tabs.length) % tabs.length : ends[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set({ view: VIEWS[next] }, true);
    tabs[next].focus();
  });
}
watch(["view"], () => {
  const view = viewNow();
  root.dataset.view = view;
  for (const [index, tab] of tabs.entries()) {
    tab.setAttribute("aria-selected", String(VIEWS[index] === view));
    tab.tabIndex = VIEWS[index] === view ? 0 : -1;
    const section = document.getElementById(VIEWS[index]);
    if (section && VIEWS[index] !== view) {
      if (section.contains(document.activeElement)) one(`#t-${view}`).focus();
      section.hidden = true;
    } else if (section) {
      section.hidden = false;
    }
  }
  one(".zoom").hidden = !["tree", "network"].includes(view);
  if (makers.has(view) && !made.has(view)) { made.add(view); makers.get(view)(); }
  hideResults();
});

// The outline: a work that is gone stays, greyed, where works that are there hang below it.
const DEEPEST = 100;
const items = new Map();
makers.set("outline", () => {
  // Parents first, so that each work finds the list that it belongs to.
  const top = make("ul");
  const below = new Map();
  const depths = new Map();
  const sizes = new Map(roots.map((key) => [key, subtree(key).size]));
  const largest = [...roots].sort((a, b) => sizes.get(b) - sizes.get(a));
  for (const key of largest.flatMap((root_) => [root_, ...subtree(root_)])) {
    const { name, date, title, branch } = byKey.get(key);
    const edge = edgesIn.get(key).find(isPrimary);
    const item = make("li", { class: `b-${branch}` }, edge && make("em", {}, how(edge)), " ", linkTo(key, name), " ",
      make("span", {}, `${date.slice(0, 4)} · ${title}`), " ",
      edge && byKey.get(edge.from).branch === branch ? "" : make("small", {}, data.vocabulary.branch[branch]));
    items.set(key, item);
    const parent = edge && edge.from;
    const depth = parent ? depths.get(parent) + 1 : 0;
    depths.set(key, depth);
    // Browsers fail at lists within thousands of lists: from there on one stands below the other.
    if (parent && !below.has(parent)) below.set(parent, depth > DEEPEST ? items.get(parent).parentElement : items.get(parent).appendChild(make("ul")));
    (parent ? below.get(parent) : top).append(item);
  }
  one("#outline").append(top);
  updateOutline();
});
function updateOutline() {
  const needed = new Set();
  for (const key of shown.keys) for (let at = key; at && !needed.has(at); at = parentOf(at)) needed.add(at);
  for (const [key, item] of items) {
    item.classList.toggle("gone", !needed.has(key));
    item.classList.toggle("passed", !shown.keys.has(key));
  }
}
watch(["q", "only", ...FILTERS], updateOutline);

// The timeline: the notes, year by year.
const timeline = () => one("#timeline");
function updateTimeline() {
  if (!timeline()) return;
  for (const article of all("article", timeline())) article.classList.toggle("gone", !shown.keys.has(article.id));
  for (const group of all(".group", timeline())) {
    const n = all("article:not(.gone)", group).length;
    group.classList.toggle("gone", !n);
    one(".number", group).textContent = n;
  }
}
watch(["q", "only", "view", ...FILTERS], () => { if (viewNow() === "timeline") updateTimeline(); });
whenRead(() => {
  one("#none").before(timeline());
  timeline().hidden = viewNow() !== "timeline";
  timeline().prepend(make("label", { class: "whole" }, make("input", { type: "checkbox", change: (event) => timeline().classList.toggle("whole-notes", event.target.checked) }), ` ${say("timeline.whole")}`));
  if (viewNow() !== "timeline") return;
  updateTimeline();
  showCurrent();
});
for (const name of ["outline", "table", "timeline"]) {
  watch(["work"], () => {
    const old = one(`#${name} .current`);
    old?.classList.remove("current");
    old?.removeAttribute("aria-current");
  });
}
watch(["work", "view"], showCurrent);
function showCurrent() {
  const place_ = { outline: items.get(state.work), timeline: timeline() && noteOf(state.work) }[viewNow()];
  place_?.classList.add("current");
  // A work's place may hold all its descendants.
  one("a", place_ || document.createElement("p"))?.scrollIntoView({ block: "nearest" });
}
