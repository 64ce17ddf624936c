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

// The selected work is marked in the outline and in the timeline; the table marks its row itself.
watch(["work", "view"], showCurrent);
function showCurrent() {
  for (const old of all(":is(#outline, #timeline) .current")) {
    old.classList.remove("current");
    one("[aria-current]", old)?.removeAttribute("aria-current");
  }
  const current = { outline: items.get(state.work), timeline: timeline() && noteOf(state.work) }[viewNow()];
  if (!current) return;
  current.classList.add("current");
  // A work's place may hold all its descendants.
  const link = one("a", current);
  link.setAttribute("aria-current", "true");
  link.scrollIntoView({ block: "nearest" });
}
