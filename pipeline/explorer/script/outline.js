// The outline: the tree as a nested list. A work that is gone stays, greyed, where works that are there hang below it.

const DEEPEST = 100;
const items = new Map();
makers.set("outline", () => {
  // Parents first, so that each work finds the list that it belongs to.
  const top = make("ul");
  const below = new Map();
  const depths = new Map();
  const sizes = new Map(roots.map((key) => [key, subtree(key).size]));
  const largest = [...roots].sort((a, b) => sizes.get(b) - sizes.get(a));
  for (const key of largest.flatMap((key) => [key, ...subtree(key)])) {
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
