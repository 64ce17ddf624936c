// What the address asks for is shown; on a narrow screen, where a whole tree has no room, the outline comes first.

const NARROW = 700;
if (innerWidth < NARROW) {
  defaults.set("view", "outline");
} else {
  defaults.set("view", "tree");
}
Object.assign(state, readAddress());
tellWatchers(Object.keys(state));
if (innerWidth >= NARROW && FILTERS.some((name) => name !== "branch" && state[name])) openFilters(true);
// What is asked for is in the notes, or the tree is all there is to see.
if (state.work || state.q || viewNow() === "timeline") whenRead(() => { root.dataset.ready = ""; });
else root.dataset.ready = "";
