// Search: parts of words in names and titles, beginnings of words in all else; accents do not count.

const searchBox = one("#search");
const results = one("#results");
const MOST_RESULTS = 6;

// "C++" and "C#" are words.
const wordsOf = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}+#]+/gu, " ")} `;
/** Letters and digits alone: "GPT-4", "gpt 4" and "gpt4" are one name. */
const tight = (text) => fold(text).replace(/[^\p{L}\p{N}+#\n]+/gu, "");
const heads = works.map((work) => fold([work.name, work.title, ...(work.aliases || [])].join("\n")));
const tightNames = works.map((work) => [work.name, ...(work.aliases || [])].map(tight));
const tightHeads = heads.map(tight);
const bodies = new Array(works.length);
/** All that is told of a work, in words. Made when it is first wanted, or when there is time. */
function body(index) {
  if (bodies[index] === undefined) {
    const article = noteOf(works[index].key);
    if (!article) return wordsOf(heads[index]);
    bodies[index] = wordsOf(article.textContent);
  }
  return bodies[index];
}
whenRead(() => {
  let index = 0;
  const some = (deadline) => {
    while (index < works.length && deadline.timeRemaining() > 2) body(index++);
    if (index < works.length) whenIdle(some);
  };
  whenIdle(some);
  // What is found may be more now; as if a filter had changed, since the reader has not typed.
  if (state.q) tellWatchers(["kind"]);
});

/** Numbers of the works that a search finds. */
function findWorks(text) {
  const wanted = fold(text).split(/\s+/).filter(Boolean).map((word) => ({ word, start: wordsOf(word).trimEnd() }));
  const whole = tight(text);
  const found = [];
  for (let index = 0; index < works.length; index++) {
    if ((whole && tightHeads[index].includes(whole)) || wanted.every(({ word, start }) => heads[index].includes(word) || (start && body(index).includes(start)))) found.push(index);
  }
  return found;
}

/** How well a work answers a search: its name comes first, then what is cited most. */
function rank(index, whole) {
  const [name, ...aliases] = tightNames[index];
  const fits = [
    name === whole, aliases.includes(whole), name.startsWith(whole), aliases.some((alias) => alias.startsWith(whole)),
    name.includes(whole), tightHeads[index].includes(whole), true,
  ];
  return fits.indexOf(true) * 1e6 - works[index].cited;
}

/** Numbers of found works, the best match first. */
function bestOf(found) {
  const whole = tight(state.q);
  const ranks = new Map(found.map((index) => [index, rank(index, whole)]));
  return state.q.trim() ? [...found].sort((a, b) => ranks.get(a) - ranks.get(b)) : [];
}

let active = -1;
function showResults(found) {
  // The other views list what is found anyway, and would be covered.
  const isWanted = document.activeElement === searchBox && ["tree", "network"].includes(viewNow());
  const best = isWanted ? bestOf(found).slice(0, MOST_RESULTS) : [];
  active = -1;
  results.replaceChildren(...best.map((index) => {
    const { key, name, date, title, branch } = works[index];
    return make("li", { role: "option", id: `found-${key}`, "data-found": key, class: `b-${branch}`, "aria-selected": "false" },
      make("b", {}, name), ` ${date.slice(0, 4)} `, make("span", {}, title));
  }));
  results.hidden = !best.length;
  searchBox.setAttribute("aria-expanded", String(best.length > 0));
  searchBox.removeAttribute("aria-activedescendant");
}
function moveActive(by) {
  const options = all("[role=option]", results);
  if (!options.length) return;
  active = (active + by + options.length + (active < 0 && by < 0 ? 1 : 0)) % options.length;
  for (const [index, option] of options.entries()) option.setAttribute("aria-selected", String(index === active));
  searchBox.setAttribute("aria-activedescendant", options[active].id);
}
function openResult(option) {
  if (option) openFound(option.dataset.found);
}
function openFound(key) {
  hideResults();
  select(key, { focus: true, from: searchBox });
}
function hideResults() {
  results.hidden = true;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

searchBox.addEventListener("input", () => set({ q: searchBox.value }));
searchBox.addEventListener("focus", () => { if (state.q) showResults(shown.found); });
searchBox.addEventListener("blur", hideResults);
searchBox.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && !results.hidden) { event.preventDefault(); moveActive(by); }
  if (event.key !== "Enter") return;
  const [best] = bestOf(shown.found);
  if (!results.hidden) openResult(all("[role=option]", results)[Math.max(active, 0)]);
  else if (best !== undefined) openFound(works[best].key);
});
// A press of the mouse would take the focus from the box, and so hide the list before the click.
results.addEventListener("mousedown", (event) => event.preventDefault());
results.addEventListener("click", (event) => openResult(event.target.closest("[role=option]")));
watch(["q"], () => { if (searchBox.value !== state.q) searchBox.value = state.q; });
// Browsers put the text of a search back after the script has run.
addEventListener("pageshow", () => { if (searchBox.value !== state.q) set({ q: searchBox.value }); });
