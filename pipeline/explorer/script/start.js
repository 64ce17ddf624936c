// What the address asks for is shown. On a narrow screen, where a whole tree has no room, the outline comes first; the
// address says so, as it means the tree elsewhere.

const NARROW = 700;
defaults.set("view", VIEWS[0]);
Object.assign(state, readAddress());
if (innerWidth < NARROW && !new URLSearchParams(location.search).has("view")) {
  state.view = "outline";
  writeAddress();
}
tellWatchers(Object.keys(state));
if (innerWidth >= NARROW && FILTERS.some((name) => name !== "branch" && state[name])) openFilters(true);
// What is asked for is in the notes, or the tree is all there is to see.
if (state.work || state.q || viewNow() === "timeline") whenRead(() => { root.dataset.ready = ""; });
else root.dataset.ready = "";
