"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const groups = new Map(plan.groups.map((group) => [group.id, group]));
  const boxes = new Map(plan.boxes.map((box) => [box.id, box]));
  const area = document.getElementById("graph");
  const panel = document.getElementById("details");
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const texts = new Map(plan.boxes.map((box) => [box.id, textOf(box)]));
  const folded = new Set(plan.folded);
  const READABLE = 0.85;
  let mostBoxes = 800, viz = null, svg = null, shown = null, zoom = 1, size = { width: 1, height: 1 };
  let chosen = null, scenario = null, hits = [], current = -1;

  function textOf(box) {
    const task = plan.tasks[box.number];
    const around = [];
    for (let id = box.group; id; id = groups.get(id).parent) around.push(groups.get(id).label);
    return [...box.lines, ...around, task ? JSON.stringify(task) : ""].join("\n").toLowerCase();
  }

  // -- what is drawn: groups that are folded are one box

  function holder(id) {
    let outermost = null;
    for (; id; id = groups.get(id).parent) if (folded.has(id)) outermost = id;
    return outermost;
  }

  function view() {
    const place = new Map(), drawn = new Map();
    for (const box of plan.boxes) {
      const within = holder(box.group);
      place.set(box.id, within ?? box.id);
      if (within === null) drawn.set(box.id, { ...box, members: [box.id] });
      else if (drawn.has(within)) drawn.get(within).members.push(box.id);
      else {
        const group = groups.get(within);
        drawn.set(within, { id: within, lines: [group.label], group: group.parent, kind: "folded", members: [box.id] });
      }
    }
    for (const box of drawn.values()) {
      if (box.kind !== "folded") continue;
      const members = box.members.map((id) => boxes.get(id));
      const count = members.reduce((sum, one) => sum + one.tasks, 0);
      const own = members.map((one) => plan.tasks[one.number]).filter((task) => task && !task.side);
      const instances = new Set(own.map((task) => task.instance).filter(Boolean)).size;
      const of = instances > 1 ? ` of ${instances} instances` : "";
      box.lines = [box.lines[0], (count === 1 ? "1 operation" : `${count} operations`) + of];
      const outcomes = new Set(members.map((one) => one.outcome));
      box.outcome = ["failed", "ignored", "running", "pending"].find((one) => outcomes.has(one)) ?? "succeeded";
    }
    const arrows = new Map();
    for (const [one, other] of plan.arrows) {
      const pair = [place.get(one), place.get(other)];
      if (pair[0] !== pair[1]) arrows.set(pair.join(" "), pair);
    }
    return { place, boxes: drawn, arrows: [...arrows.values()] };
  }

  /** Boxes of a group that follow each other one by one: they stand below each other. */
  function chains(picture) {
    const after = new Map(), before = new Map(), inside = new Set(), next = new Map();
    for (const [one, other] of picture.arrows) {
      if (picture.boxes.get(one).group !== picture.boxes.get(other).group) continue;
      (after.get(one) ?? after.set(one, []).get(one)).push(other);
      (before.get(other) ?? before.set(other, []).get(other)).push(one);
    }
    for (const [id, box] of picture.boxes) {
      const follower = after.get(id) ?? [];
      if (box.group && groups.get(box.group).kind === "subgraph" && follower.length === 1 && before.get(follower[0]).length === 1) {
        next.set(id, follower[0]);
        inside.add(follower[0]);
      }
    }
    const result = [];
    for (const id of next.keys()) {
      if (inside.has(id)) continue;
      const chain = [id];
      while (next.has(chain.at(-1))) chain.push(next.get(chain.at(-1)));
      result.push(chain);
    }
    return result;
  }

  const quote = (text) => '"' + text.replace(/&/g, "&amp;").replace(/\\/g, "\\\\").replace(/"/g, '\\"') + '"';
  const cut = (text) => (text.length > 60 ? text.slice(0, 59) + "…" : text);

  function dot(picture) {
    const lines = ["digraph plan {",
      'graph [rankdir=LR, newrank=true, ranksep=0.4, nodesep=0.16, fontname="Helvetica", fontsize=13, labeljust=l, bgcolor="transparent"]',
      'node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, margin="0.11,0.05", height=0.3]',
      "edge [arrowsize=0.6]"];
    const nested = new Map(), held = new Map(), used = new Set();
    for (const box of picture.boxes.values()) {
      (held.get(box.group) ?? held.set(box.group, []).get(box.group)).push(box);
      for (let id = box.group; id; id = groups.get(id).parent) used.add(id);
    }
    for (const group of groups.values()) {
      if (used.has(group.id)) (nested.get(group.parent) ?? nested.set(group.parent, []).get(group.parent)).push(group);
    }
    const inside = (parent) => {
      for (const box of held.get(parent) ?? []) {
        const label = box.lines.map((line) => quote(cut(line)).slice(1, -1)).join("\\n");
        const shape = box.kind === "step" ? ', style=filled' : box.kind === "folded" ? ", peripheries=2" : "";
        lines.push(`${box.id} [id="${box.id}", class="${box.kind} ${box.outcome}", label="${label}"${shape}]`);
      }
      for (const group of nested.get(parent) ?? []) {
        lines.push(`subgraph cluster_${group.id} { graph [id="${group.id}", class="of-${group.kind}", style="rounded,filled", fontname="Helvetica-Bold", label=${quote(cut(group.label))}]`);
        inside(group.id);
        lines.push("}");
      }
    };
    inside(null);
    const stacked = new Set();
    for (const chain of chains(picture)) {
      lines.push(`{rank=same; ${chain.join("; ")}}`);
      chain.slice(1).forEach((id, index) => stacked.add(`${chain[index]} ${id}`));
    }
    for (const [one, other] of picture.arrows) {
      const id = `id="${one}-${other}"`;
      lines.push(stacked.has(`${one} ${other}`) ? `${other} -> ${one} [dir=back, ${id}]` : `${one} -> ${other} [${id}]`);
    }
    return lines.join("\n") + "\n}\n";
  }

  // -- drawing

  function draw(keep) {
    shown = view();
    area.replaceChildren();
    svg = null;
    if (shown.boxes.size > mostBoxes) return ask();
    if (!shown.boxes.size) {
      area.append(make("p", "nothing to do"));
      return;
    }
    svg = viz.renderSVGElement(dot(shown));
    svg.setAttribute("role", "group");
    svg.querySelectorAll("title").forEach((title) => title.remove());
    size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
    area.append(svg);
    for (const box of shown.boxes.values()) prepare(box);
    for (const group of svg.querySelectorAll(".cluster:not(.of-step)")) {
      group.setAttribute("tabindex", "-1");
      group.setAttribute("role", "button");
      group.setAttribute("aria-expanded", "true");
      group.setAttribute("aria-label", `${groups.get(group.id).label}, fold`);
      group.querySelector("text").addEventListener("click", () => toggle(group.id));
      group.addEventListener("keydown", (event) => event.key === "Enter" && toggle(group.id));
    }
    for (const edge of svg.querySelectorAll(".edge")) edge.setAttribute("aria-hidden", "true");
    mark();
    emphasize();
    if (!keep) fit();
    else resize();
    document.body.dataset.drawn = String(shown.boxes.size);
  }

  /** Layout takes more than its share of time with the number of boxes: nobody shall wait without knowing. */
  function ask() {
    const size = shown.boxes.size, question = make("p", `${size} boxes take long to be drawn. `), button = make("button", "Draw them");
    button.addEventListener("click", () => { mostBoxes = size; draw(false); });
    question.append(button);
    area.append(question);
    document.body.dataset.drawn = "0";
  }

  function prepare(box) {
    const node = svg.getElementById(box.id);
    node.setAttribute("tabindex", "-1");
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", [...box.lines, box.group ? groups.get(box.group).label : ""].filter(Boolean).join(", "));
    node.addEventListener("click", () => { if (!wasDragged) open(box.id); });
    node.addEventListener("focus", () => follow(node));
  }

  function toggle(id) {
    folded.has(id) ? folded.delete(id) : folded.add(id);
    draw(true);
    if (!svg) return;
    const target = svg.getElementById(id) ?? svg.querySelector(".node");
    target?.focus();
  }

  function open(id) {
    if (shown.boxes.get(id).kind === "folded") return toggle(id);
    chosen = id;
    if (plan.names[id]) history.replaceState(null, "", `#${encodeURIComponent(plan.names[id])}`);
    svg.getElementById(id)?.focus({ preventScroll: true });
    tell(boxes.get(id));
    mark();
  }

  const element = (id) => (svg ? svg.getElementById(id) : null);

  function mark() {
    if (!svg) return;
    for (const one of svg.querySelectorAll(".hit, .chosen, .near, .never, .cause")) one.classList.remove("hit", "chosen", "near", "never", "cause");
    svg.classList.toggle("searched", hits.length > 0);
    for (const id of hits) element(shown.place.get(id))?.classList.add("hit");
    if (chosen && shown.place.has(chosen)) {
      const at = shown.place.get(chosen);
      element(at)?.classList.add("chosen");
      for (const [one, other] of shown.arrows) {
        if (one !== at && other !== at) continue;
        element(`${one}-${other}`)?.classList.add("near");
        element(one === at ? other : one)?.classList.add("near");
      }
    }
    if (scenario !== null) {
      const { causes, never } = plan.sweep[scenario];
      const lost = new Set(never);
      for (const box of shown.boxes.values()) {
        if (box.members.every((id) => lost.has(id))) element(box.id)?.classList.add("never");
      }
      for (const id of causes) element(shown.place.get(id))?.classList.add("cause");
    }
  }

  /** The longest chain of waiting, in boxes and arrows. */
  function emphasize() {
    if (!svg) return;
    const isShown = document.getElementById("longest").getAttribute("aria-pressed") === "true";
    svg.classList.toggle("longest", isShown);
    const places = plan.longest.filter((id) => shown.place.has(id)).map((id) => shown.place.get(id));
    places.forEach((place, index) => {
      element(place)?.classList.add("longest");
      if (index) element(`${places[index - 1]}-${place}`)?.classList.add("longest");
    });
  }

  /** Folds more and more until everything can be read at once, or nothing more can be folded. */
  function foldUntilItFits() {
    for (const level of plan.levels) {
      if (!svg || whole() >= READABLE) break;
      const size = folded.size;
      level.forEach((id) => folded.add(id));
      if (folded.size > size) draw(false);
    }
  }

  /** A link to a task: `#start@db%230`. */
  function openLinked() {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const id = Object.keys(plan.names).find((one) => plan.names[one] === wanted);
    if (!id || !svg) return;
    reveal(id);
    open(id);
  }
  addEventListener("hashchange", openLinked);

  // -- what is known of a task

  function make(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function rows(pairs) {
    const list = make("dl");
    for (const [name, value] of pairs) {
      if (value === undefined || value === null || value === "") continue;
      list.append(make("dt", name), make("dd", String(value)));
    }
    return list;
  }

  function tell(box) {
    const task = plan.tasks[box.number] ?? {};
    const close = make("button", "×", { class: "close", "aria-label": "Close" });
    close.addEventListener("click", shut);
    panel.replaceChildren(close, make("h2", task.operation ?? box.lines.join(" ")));
    panel.append(rows([
      ["instance", task.instance], ["relationship", task.side && `${task.source} → ${task.target} (${task.side})`],
      ["implementation", task.mapping], ["plugin", task.plugin], ["runs on", task.executor],
      ["outcome", box.outcome === "succeeded" ? "" : box.outcome], ["tried", task.attempts > 1 ? `${task.attempts} times` : ""],
      ["wave", task.wave], ["retries", task.max_retries === -1 ? "for ever" : task.max_retries],
      ["retry after", task.retry_interval === undefined ? "" : `${task.retry_interval} s`], ["timeout", task.timeout],
      ["written at", task.made_at && `${task.made_at.path}:${task.made_at.line}`], ["states", task.states]]));
    if (task.inputs && Object.keys(task.inputs).length) panel.append(make("h2", "Inputs"), make("pre", JSON.stringify(task.inputs, null, 2)));
    links("Waits for", plan.arrows.filter(([, other]) => other === box.id).map(([one]) => one));
    links("Then", plan.arrows.filter(([one]) => one === box.id).map(([, other]) => other));
    panel.hidden = false;
  }

  function links(title, ids) {
    if (!ids.length) return;
    const list = make("ul");
    for (const id of ids) {
      const box = boxes.get(id), item = make("li");
      const link = make("a", `${box.lines[0]}${box.group ? " in " + groups.get(box.group).label : ""}`, { href: "#" });
      link.addEventListener("click", (event) => { event.preventDefault(); reveal(id); open(id); });
      item.append(link);
      list.append(item);
    }
    panel.append(make("h2", title), list);
  }

  function shut() {
    panel.hidden = true;
    const last = chosen;
    chosen = null;
    mark();
    if (last) element(shown.place.get(last))?.focus();
  }

  /** Unfold until the box is drawn, and bring it into view. */
  function reveal(id) {
    let within, changed = false;
    while ((within = holder(boxes.get(id).group)) !== null) { folded.delete(within); changed = true; }
    if (changed) draw(true);
    element(id)?.scrollIntoView({ block: "center", inline: "center" });
  }

  // -- search

  function look() {
    const wanted = search.value.trim().toLowerCase();
    hits = wanted ? plan.boxes.filter((box) => texts.get(box.id).includes(wanted)).map((box) => box.id) : [];
    current = -1;
    found.textContent = wanted ? (hits.length === 1 ? "1 found" : `${hits.length} found`) : "";
    mark();
    svg?.classList.toggle("searched", Boolean(wanted));
  }

  function next(step) {
    if (!hits.length) return;
    current = (current + step + hits.length) % hits.length;
    found.textContent = `${current + 1} of ${hits.length}`;
    reveal(hits[current]);
    chosen = hits[current];
    tell(boxes.get(chosen));
    mark();
  }

  // -- zoom and drag

  function resize() {
    svg.style.width = `${size.width * zoom}px`;
    svg.style.height = `${size.height * zoom}px`;
    document.body.dataset.zoom = zoom.toFixed(3);
  }

  function scale(factor, x = area.clientWidth / 2, y = area.clientHeight / 2) {
    const before = zoom;
    zoom = Math.min(8, Math.max(0.05, zoom * factor));
    const ratio = zoom / before, left = (area.scrollLeft + x) * ratio - x, top = (area.scrollTop + y) * ratio - y;
    resize();
    area.scrollTo(left, top);
  }

  const whole = () => Math.min((area.clientWidth - 20) / size.width, (area.clientHeight - 20) / size.height);

  /** The whole graph, but never smaller than what can be read: of 12 units a letter keeps 10 pixels. */
  function fit() {
    zoom = Math.min(1.5, Math.max(whole(), READABLE));
    resize();
    area.scrollTo(0, 0);
  }

  let start = null, wasDragged = false;
  area.addEventListener("pointerdown", (event) => {
    wasDragged = false;
    if (event.button === 0) start = { x: event.clientX, y: event.clientY, left: area.scrollLeft, top: area.scrollTop };
  });
  addEventListener("pointermove", (event) => {
    if (!start) return;
    const x = event.clientX - start.x, y = event.clientY - start.y;
    if (Math.abs(x) + Math.abs(y) > 4) wasDragged = true;
    if (wasDragged) {
      area.classList.add("dragged");
      area.scrollTo(start.left - x, start.top - y);
    }
  });
  addEventListener("pointerup", () => { start = null; area.classList.remove("dragged"); });
  area.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = area.getBoundingClientRect();
    scale(Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });

  // -- keys

  function follow(node) {
    for (const one of svg.querySelectorAll('[tabindex="0"]')) one.setAttribute("tabindex", "-1");
    node.setAttribute("tabindex", "0");
  }

  function move(from, key) {
    const forward = key === "ArrowRight";
    if (forward || key === "ArrowLeft") {
      const pair = shown.arrows.find(([one, other]) => (forward ? one : other) === from);
      return pair && pair[forward ? 1 : 0];
    }
    const box = element(from).getBoundingClientRect(), down = key === "ArrowDown";
    let best = null, least = Infinity;
    for (const id of shown.boxes.keys()) {
      const other = element(id).getBoundingClientRect();
      const y = (other.top - box.top) * (down ? 1 : -1), x = Math.abs(other.left + other.width / 2 - box.left - box.width / 2);
      if (id !== from && y > 2 && y + 3 * x < least) { best = id; least = y + 3 * x; }
    }
    return best;
  }

  area.addEventListener("keydown", (event) => {
    if (!svg || !event.key.startsWith("Arrow") && event.key !== "Enter" && event.key !== " ") return;
    const node = document.activeElement?.closest?.(".node");
    if (!node) {
      if (event.target !== area || event.key === " ") return;
      event.preventDefault();
      svg.querySelector('.node[tabindex="0"], .node')?.focus();
      return;
    }
    event.preventDefault();
    if (event.key === "Enter" || event.key === " ") return open(node.id);
    const target = move(node.id, event.key);
    if (target) {
      element(target).focus({ preventScroll: true });
      element(target).scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });

  const keys = {
    "+": () => scale(1.25), "=": () => scale(1.25), "-": () => scale(0.8), 0: fit,
    e: () => { folded.clear(); draw(false); },
    c: () => { for (const group of groups.values()) if (group.kind !== "step") folded.add(group.id); draw(false); },
    f: () => { const id = document.activeElement?.closest?.(".node")?.id; const group = id && shown.boxes.get(id).group; if (group && groups.get(group).kind !== "step") toggle(group); },
    "/": () => search.focus(), "?": help,
    l: () => { const button = document.getElementById("longest"); button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true")); emphasize(); },
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (document.activeElement === search) { search.value = ""; look(); area.focus(); }
      else if (!panel.hidden) shut();
      else if (scenario !== null) choose(null);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement || !viz) return;
    if (!svg && !"ec/?".includes(event.key)) return;
    const action = keys[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") next(event.shiftKey ? -1 : 1); });
  for (const [id, key] of [["in", "+"], ["out", "-"], ["fit", "0"], ["unfold", "e"], ["fold", "c"], ["longest", "l"], ["help", "?"]]) {
    document.getElementById(id).addEventListener("click", () => viz && (svg || "ec?".includes(key)) && keys[key]());
  }

  function help() {
    const close = make("button", "×", { class: "close", "aria-label": "Close" });
    close.addEventListener("click", shut);
    const list = make("dl");
    for (const [key, text] of [["/", "search; Enter: next, Shift+Enter: previous"], ["arrows", "right and left along the waits, up and down in the drawing"],
      ["Enter", "details of an operation; unfold a box"], ["f", "fold the group around"], ["e  c", "unfold all, fold all"], ["l", "show the longest chain, or not"], ["+  −  0", "larger, smaller, fit"], ["Esc", "close, let go"]]) {
      const term = make("dt");
      term.append(make("kbd", key));
      list.append(term, make("dd", text));
    }
    panel.replaceChildren(close, make("h2", "Keys"), list);
    panel.hidden = false;
  }

  // -- the sweep's table

  function choose(number) {
    scenario = scenario === number ? null : number;
    for (const row of document.querySelectorAll("tr[data-scenario]")) row.setAttribute("aria-selected", String(Number(row.dataset.scenario) === scenario));
    if (scenario !== null) {
      for (const id of plan.sweep[scenario].causes.slice(0, 1)) reveal(id);
      area.scrollIntoView({ block: "nearest" });
    }
    mark();
  }
  for (const row of document.querySelectorAll("tr[data-scenario]")) {
    row.addEventListener("click", () => choose(Number(row.dataset.scenario)));
    row.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(Number(row.dataset.scenario)); });
  }

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  Viz.instance().then((made) => {
    viz = made;
    draw(false);
    foldUntilItFits();
    openLinked();
    document.body.dataset.opened = "true";
  }).catch((error) => {
    area.replaceChildren(make("p", `the graph could not be drawn (${error}); the list below has everything`));
    document.body.dataset.drawn = "failed";
    throw error;
  });
})();
