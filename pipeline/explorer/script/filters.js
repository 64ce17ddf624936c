// Filters take works away; a search only says which of the rest are meant.

const shown = { all: new Set(), found: [], keys: new Set() };
const switches = all("[data-branch]", one(".legend"));
const branches = switches.map((button) => button.dataset.branch);
const filterForm = one("#filters");
const FILTERS = ["from", "to", "branch", "kind", "topic", "lab", "weights"];

const yearsOf = [...new Set(works.map((work) => work.date.slice(0, 4)).filter(Boolean))].sort();
const tally = (values) => values.flat().reduce((found, value) => found.set(value, (found.get(value) || 0) + 1), new Map());
const used = (name, values) => {
  const numbers = tally(values);
  return Object.entries(data.vocabulary[name]).filter(([key]) => numbers.has(key)).map(([key, title]) => [key, `${straight(title)} (${numbers.get(key)})`]);
};
const labs = [...tally(works.map((work) => work.labs || []))].sort(([a], [b]) => a.localeCompare(b, "en"));
const choices = {
  from: yearsOf.map((year) => [year, year]),
  to: yearsOf.map((year) => [year, year]),
  branch: used("branch", works.map((work) => work.branch)),
  kind: used("kind", works.map((work) => work.kind)),
  topic: used("topic", works.map((work) => work.topics || [])),
  lab: labs.map(([lab, number]) => [lab, `${straight(lab)} (${number})`]),
  weights: ["open", "restricted", "closed"].map((word) => [word, `${say(`weights.${word}`)} (${works.filter((work) => work.weights === word).length})`]),
};
for (const name of FILTERS) {
  const options = choices[name].map(([value, text]) => make("option", { value }, text));
  const any = make("option", { value: "" }, say("filter.any"));
  const choose = make("select", { id: `filter-${name}`, name, change: (event) => set({ [name]: event.target.value }, true) }, any, options);
  filterForm.append(make("label", {}, say(`filter.${name}`), " ", choose));
}
filterForm.addEventListener("submit", (event) => event.preventDefault());

const filtersButton = one("#filters-button");
filtersButton.addEventListener("click", () => openFilters(filterForm.hidden));
function openFilters(open) {
  filterForm.hidden = !open;
  filtersButton.setAttribute("aria-expanded", String(open));
  fitTree();
}

const listed = (text) => new Set(text ? text.split(",") : []);
for (const button of switches) {
  // Without the script it is a key to the colours and no more.
  button.disabled = false;
  button.addEventListener("click", () => {
    const on = state.branch ? listed(state.branch) : new Set(branches);
    const key = button.dataset.branch;
    if (!on.delete(key)) on.add(key);
    // None at all is no view of anything, so that the last one to go brings all back.
    set({ branch: on.size && on.size < branches.length ? branches.filter((key) => on.has(key)).join(",") : "" }, true);
  });
}

const isActive = () => Boolean(state.q || state.only || FILTERS.some((name) => state[name]));
one("#clear").addEventListener("click", () => {
  set({ q: "", only: "", ...Object.fromEntries(FILTERS.map((name) => [name, ""])) }, true);
  one("#clear").hidden = true;
  searchBox.focus();
});

one("#only").addEventListener("click", () => { set({ only: "" }, true); searchBox.focus(); });

function passes() {
  const on = listed(state.branch);
  const below = state.only ? subtree(state.only).add(state.only) : null;
  const { from, to, kind, topic, lab, weights } = state;
  return (work) => (!below || below.has(work.key))
    && (!on.size || on.has(work.branch))
    && (!from || work.date.slice(0, 4) >= from)
    && (!to || (work.date && work.date.slice(0, 4) <= to))
    && (!kind || work.kind === kind)
    && (!topic || (work.topics || []).includes(topic))
    && (!lab || (work.labs || []).includes(lab))
    && (!weights || work.weights === weights);
}

watch(["q", "only", ...FILTERS], () => {
  const pass = passes();
  const passing = new Set(works.filter(pass).map((work) => work.key));
  const hits = state.q.trim() ? findWorks(state.q) : [...works.keys()];
  shown.all = passing;
  shown.found = hits.filter((index) => passing.has(works[index].key));
  shown.keys = new Set(shown.found.map((index) => works[index].key));
  const n = shown.found.length;
  one("#status").textContent = n === works.length ? count("count", n) : say("count.part", { n, all: works.length });
  one("#none").hidden = n > 0;
  one("#clear").hidden = !isActive();
  one("#only").hidden = !state.only;
  if (state.only) one("#only").textContent = say("only.chip", { name: straight(byKey.get(state.only).name) });
  const on = listed(state.branch);
  for (const button of switches) button.setAttribute("aria-pressed", String(!on.size || on.has(button.dataset.branch)));
  for (const name of FILTERS) showChoice(one(`#filter-${name}`), state[name]);
  showResults(shown.found);
});

/** Set a list of choices to what is chosen, also if that is none of them: several branches, or a year without works. */
function showChoice(choose, value) {
  one("option[data-other]", choose)?.remove();
  if (value && ![...choose.options].some((option) => option.value === value)) {
    choose.append(make("option", { value, "data-other": true }, choose.name === "branch" ? say("filter.some") : value));
  }
  choose.value = value;
}
