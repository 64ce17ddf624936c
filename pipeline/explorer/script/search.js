// Search: parts of words in names and titles, beginnings of words in all else; accents do not count.

const box = one("#search");
const results = one("#results");
const MOST_RESULTS = 6;

const parts = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ")} `;
const heads = works.map((work) => fold([work.name, work.title, ...(work.aliases || [])].join("\n")));
const bodies = new Array(works.length);
/** All that is told of a work, in words. Made when it is first wanted, or when there is time. */
function body(index) {
  if (bodies[index] === undefined) {
    const article = noteOf(works[index].key);
    if (!article) return parts(heads[index]);
    bodies[index] = parts(article.textContent);
  }
  return bodies[index];
}
whenRead(() => {
  const idle = window.requestIdleCallback || ((act) => setTimeout(act, 50, { timeRemaining: () => 5 }));
  let index = 0;
  const some = (deadline) => {
    while (index < works.length && deadline.timeRemaining() > 2) body(index++);
    if (index < works.length) idle(some);
  };
  idle(some);
  if (state.q) tellWatchers(["q"]);
});

/** Numbers of the works that a search finds. */
function findWorks(text) {
  const wanted = fold(text).split(/\s+/).filter(Boolean).map((word) => ({ word, start: parts(word).trimEnd() }));
  const found = [];
  for (let index = 0; index < works.length; index++) {
    if (wanted.every(({ word, start }) => heads[index].includes(word) || (start && body(index).includes(start)))) found.push(index);
  }
  return found;
}

/** How well a work answers a search: its name comes first, then what is cited most. */
function rank(index, text) {
  const work = works[index];
  const name = fold(work.name);
  const names = (work.aliases || []).map(fold);
  const kind = [name === text, name.startsWith(text) || names.includes(text), name.includes(text), heads[index].includes(text), true];
  return kind.indexOf(true) * 1e6 - work.cited;
}

let active = -1;
function showResults(found) {
  const text = fold(state.q.trim());
  const wanted = text && document.activeElement === box && ["tree", "network"].includes(state.view);
  const best = wanted ? [...found].sort((a, b) => rank(a, text) - rank(b, text)).slice(0, MOST_RESULTS) : [];
  active = -1;
  results.replaceChildren(...best.map((index) => {
    const { key, name, date, title, branch } = works[index];
    return make("li", { role: "option", id: `found-${key}`, "data-found": key, class: `b-${branch}`, "aria-selected": "false" },
      make("b", {}, name), ` ${date.slice(0, 4)} `, make("span", {}, title));
  }));
  results.hidden = !best.length;
  box.setAttribute("aria-expanded", String(best.length > 0));
  box.removeAttribute("aria-activedescendant");
}
function step(by) {
  const options = all("[role=option]", results);
  if (!options.length) return;
  active = (active + by + options.length + (active < 0 && by < 0 ? 1 : 0)) % options.length;
  for (const [index, option] of options.entries()) option.setAttribute("aria-selected", String(index === active));
  box.setAttribute("aria-activedescendant", options[active].id);
}
function take(option) {
  if (!option) return;
  hideResults();
  select(option.dataset.found, { focus: true, from: box });
}
function hideResults() {
  results.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

box.addEventListener("input", () => set({ q: box.value }));
box.addEventListener("focus", () => { if (state.q) showResults(shown.found); });
box.addEventListener("blur", hideResults);
box.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && !results.hidden) { event.preventDefault(); step(by); }
  if (event.key === "Enter") take(all("[role=option]", results)[Math.max(active, 0)]);
});
// A press of the mouse would take the focus from the box, and so hide the list before the click.
results.addEventListener("mousedown", (event) => event.preventDefault());
results.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
watch(["q"], () => { if (box.value !== state.q) box.value = state.q; });
// Browsers put the text of a search back after the script has run.
addEventListener("pageshow", () => { if (box.value !== state.q) set({ q: box.value }); });
