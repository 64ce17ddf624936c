// Questions to the graph. Edges lead from the earlier work to the later one; the backbone has the primary ones alone.

const columns = Object.entries(data.works);
const works = (data.works.key || []).map((_, index) => Object.fromEntries(columns.map(([name, values]) => [name, values[index]])));
const byKey = new Map(works.map((work) => [work.key, work]));
const former = new Map(works.flatMap((work) => (work.former || []).map((old) => [old, work.key])));
const position = new Map(works.map((work, index) => [work.key, index]));

const emptyLists = () => new Map(works.map((work) => [work.key, []]));
const edgesIn = emptyLists();
const edgesOut = emptyLists();
const relatedIn = emptyLists();
const relatedOut = emptyLists();
for (const [from, to, kind, words] of data.graph.edges) {
  const edge = { from: works[from].key, to: works[to].key, kind, how: words };
  const related = edge.kind === "related";
  (related ? relatedIn : edgesIn).get(edge.to).push(edge);
  (related ? relatedOut : edgesOut).get(edge.from).push(edge);
}
const citing = emptyLists();
for (const work of works) for (const index of work.cites || []) citing.get(works[index].key).push(work.key);

const isPrimary = (edge) => edge.kind === "primary";
const parentOf = (key) => edgesIn.get(key).find(isPrimary)?.from;
const childrenOf = (key) => edgesOut.get(key).filter(isPrimary).map((edge) => edge.to);
const roots = works.map((work) => work.key).filter((key) => !parentOf(key));
const isClosed = (work) => work.weights === "closed" || work.weights === "restricted";
const how = (edge) => straight(edge.how.map((word) => data.vocabulary.relation[word]).join(", "));

/** All that `next` leads to, over any number of steps, without the start. */
function reach(key, next) {
  const found = new Set();
  const waiting = [key];
  while (waiting.length) {
    for (const other of next(waiting.pop())) {
      if (!found.has(other)) { found.add(other); waiting.push(other); }
    }
  }
  return found;
}
const ancestors = (key) => reach(key, (at) => edgesIn.get(at).map((edge) => edge.from));
const descendants = (key) => reach(key, (at) => edgesOut.get(at).map((edge) => edge.to));
const subtree = (key) => reach(key, childrenOf);

/** The works from the root to a work along primary parents, both included. */
function pathToRoot(key) {
  const path = new Set();
  for (let at = key; at && !path.has(at); at = parentOf(at)) path.add(at);
  return [...path].reverse();
}

/** Ways of descent from one work to another: how many, and the shortest ones as lists of edges, at most `most`. */
function waysBetween(start, end, most) {
  const above = ancestors(end).add(end);
  if (start === end || !above.has(start)) return { number: 0, ways: [] };
  const numbers = new Map([[end, 1]]);
  const later = (key) => edgesOut.get(key).filter((edge) => above.has(edge.to));
  const number = (key) => {
    // Without recursion, as a chain may be longer than the stack.
    const waiting = [key];
    while (waiting.length) {
      const at = waiting[waiting.length - 1];
      const open = numbers.has(at) ? [] : later(at).filter((edge) => !numbers.has(edge.to));
      if (open.length) { waiting.push(...open.map((edge) => edge.to)); continue; }
      if (!numbers.has(at)) numbers.set(at, later(at).reduce((sum, edge) => sum + numbers.get(edge.to), 0));
      waiting.pop();
    }
    return numbers.get(key);
  };
  const total = number(start);
  return { number: total, ways: shortestWays(start, end, later, most) };
}

/** The first ways in the order of their lengths; each step taken is known to be one of a way that short. */
function shortestWays(start, end, next, most) {
  const steps = stepsTo(end);
  const ways = [];
  const waiting = [[{ at: start }]];
  // `length` counts steps beyond the least that are needed.
  for (let length = 0; length < waiting.length && ways.length < most; length++) {
    const open = waiting[length] || [];
    while (open.length && ways.length < most) {
      const way = open.pop();
      if (way.at === end) { ways.push(edgesOf(way)); continue; }
      for (const edge of next(way.at).toReversed()) {
        const longer = length + 1 + steps.get(edge.to) - steps.get(way.at);
        (waiting[longer] ||= []).push({ at: edge.to, edge, before: way });
      }
    }
  }
  return ways;
}

/** Least number of edges from each work above to a work. */
function stepsTo(end) {
  const steps = new Map([[end, 0]]);
  for (const key of steps.keys()) {
    for (const { from } of edgesIn.get(key)) if (!steps.has(from)) steps.set(from, steps.get(key) + 1);
  }
  return steps;
}

/** The edges of a way that is given by its last step. */
function edgesOf(way) {
  const found = [];
  for (let last = way; last.edge; last = last.before) found.push(last.edge);
  return found.reverse();
}

/** Works that both descend from, and those of them that lead to no other of them. */
function commonAncestors(key, other) {
  const theirs = ancestors(other);
  const common = new Set([...ancestors(key)].filter((key) => theirs.has(key)));
  const nearest = [...common].filter((key) => !edgesOut.get(key).some((edge) => common.has(edge.to)));
  return { common, nearest: nearest.sort((a, b) => position.get(b) - position.get(a)) };
}
