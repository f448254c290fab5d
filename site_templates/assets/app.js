// What JavaScript adds; every page says everything without it.
"use strict";

const $ = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
// Letters alone: Ōtāki and otaki are one, and Łukasz and lukasz, whose stroke is no mark of its own.
const stroked = { æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", ı: "i" };
const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[æœøłđðþßı]/g, (letter) => stroked[letter]);
const number = (count) => count.toLocaleString("en");

/* Colours: as the system has them, light, dark. */
{
  const words = { "": "automatic", light: "light", dark: "dark" };
  const button = $("#theme");
  const root = document.documentElement;
  const say = () => (button.textContent = `Colours: ${words[root.dataset.colours ?? ""]}`);
  say();
  button.addEventListener("click", () => {
    const order = Object.keys(words);
    const next = order[(order.indexOf(root.dataset.colours ?? "") + 1) % order.length];
    if (next) root.dataset.colours = next;
    else delete root.dataset.colours;
    try {
      if (next) localStorage.setItem("colours", next);
      else localStorage.removeItem("colours");
    } catch {
      // The choice lasts for this page only.
    }
    say();
  });
}

/* Copying */
const feed = $("#feed-address");
if (feed && location.protocol.startsWith("http")) {
  const address = new URL(feed.dataset.feed, location.href).href;
  const webcal = address.replace(/^https?:/, "webcal:");
  const [plainly, opening] = all("code", feed);
  plainly.textContent = address;
  opening.textContent = webcal;
  $("a", feed).href = webcal;
  feed.hidden = false;
}
for (const button of all(".copy")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText($("code", button.parentElement).textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Could not copy";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}

/* Quick find */
{
  const opener = $("#find");
  const { root, find } = document.body.dataset;
  const most = 12;
  let entries;
  let hasty = false; // Enter was pressed before there was anything to follow

  // How many slips lie between a typed word and the beginning of another; more than `most` is none.
  const slips = (typed, word, limit) => {
    let before = [...Array(word.length + 1).keys()];
    let older = before;
    for (let i = 1; i <= typed.length; i++) {
      const row = [i];
      for (let j = 1; j <= word.length; j++) {
        const same = typed[i - 1] === word[j - 1];
        row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
          row[j] = Math.min(row[j], older[j - 2] + 1);
        }
      }
      if (Math.min(...row) > limit) return limit + 1;
      [older, before] = [before, row];
    }
    return Math.min(...before);
  };

  // The lower the closer; Infinity where a typed word is nowhere.
  const distance = (typed, entry) => {
    let sum = 0;
    for (const part of typed) {
      let best = Infinity;
      for (const [place, word] of entry.words.entries()) {
        const late = place * 0.01 + (word.beside ? 0.5 : 0);
        if (word.text.startsWith(part)) best = Math.min(best, late + (word.text.length - part.length) * 0.001);
        else if (part.length > 2 && word.text.includes(part)) best = Math.min(best, 1 + late);
        else if (part.length > 3 && best > 2) {
          const limit = part.length > 7 ? 2 : 1;
          const off = slips(part, word.text.slice(0, part.length + 1), limit);
          if (off <= limit) best = Math.min(best, 2 + off + late);
        }
      }
      sum += best;
    }
    return sum;
  };

  const read = async () => {
    const answer = await fetch(find);
    if (!answer.ok) throw new Error(answer.statusText);
    entries = (await answer.json()).map(([kind, name, beside, address, others]) => ({
      kind,
      name,
      beside,
      address,
      words: [
        ...plain(name).split(/[^\p{L}\p{N}]+/u).map((text) => ({ text })),
        ...plain(`${others} ${beside}`).split(/[^\p{L}\p{N}]+/u).map((text) => ({ text, beside: true })),
      ].filter((word) => word.text),
    }));
  };

  const box = make("input", { type: "search", id: "find-box", autocomplete: "off", spellcheck: false });
  const list = make("ul", { id: "found", role: "listbox" });
  const said = make("p", { className: "note", role: "status" });
  const inside = make("div", {}, make("label", { htmlFor: "find-box", textContent: "Find people, organizations, roles and tags" }), box, said, list);
  const dialog = make("dialog", { className: "finder" }, inside);
  dialog.setAttribute("aria-label", "Find");
  list.setAttribute("aria-label", "Found");
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", "found"], ["aria-autocomplete", "list"]]) box.setAttribute(name, value);

  let chosen = 0;
  const choose = (place) => {
    const options = all("[role=option]", list);
    if (!options.length) return box.removeAttribute("aria-activedescendant");
    chosen = (place + options.length) % options.length;
    for (const [n, option] of options.entries()) option.setAttribute("aria-selected", n === chosen);
    box.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };

  const show = () => {
    const typed = plain(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const found = typed.length
      ? entries
          .map((entry) => ({ entry, far: distance(typed, entry) }))
          .filter(({ far }) => far < Infinity)
          .sort((a, b) => a.far - b.far || a.entry.name.localeCompare(b.entry.name))
          .slice(0, most)
      : [];
    list.replaceChildren(
      ...found.map(({ entry }, n) => {
        const beside = [entry.kind, entry.beside].filter(Boolean).join(" · ");
        const option = make("a", { id: `found-${n}`, href: root + entry.address, tabIndex: -1 }, make("bdi", { textContent: entry.name }), " ", make("span", { className: "sub", textContent: beside }));
        option.setAttribute("role", "option");
        const item = make("li", {}, option);
        item.setAttribute("role", "presentation");
        return item;
      }),
    );
    box.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = typed.length ? (found.length ? `${found.length === most ? "the first " : ""}${found.length} found` : "Nothing found") : "";
    choose(0);
  };

  const follow = () => {
    hasty = !entries;
    $("[aria-selected=true]", list)?.click();
  };

  const open = async () => {
    if (dialog.open) return;
    hasty = false;
    dialog.showModal();
    box.select();
    if (entries) return;
    try {
      await read();
      show();
      if (hasty && dialog.open) follow();
    } catch {
      said.textContent = "Finding needs intouch serve, or the published dashboard.";
    }
  };

  box.addEventListener("input", () => {
    hasty = false;
    if (entries) show();
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method's own keys
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") follow();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "/");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return; // a link knows only Enter
    event.preventDefault();
    open();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open();
    }
  });
}

/* The table of people: filters and order, kept in the address. */
const table = $("#people");
if (table) {
  const filters = $("#filters");
  const fields = Object.fromEntries(all("[name]", filters).map((field) => [field.name, field]));
  const body = $("tbody", table);
  const tally = $("#tally");
  const everyone = tally.textContent;
  const more = $("#more");
  const chunk = 40; // as in the stylesheet
  const cell = (row, place) => row.cells[place].textContent.trim();
  const date = (row, place) => $("time", row.cells[place])?.dateTime ?? "";
  const rows = [...body.rows].map((row, place) => ({
    row,
    place,
    text: plain(`${row.textContent} ${row.dataset.tags ?? ""}`),
    tags: (row.dataset.tags ?? "").split("\n"),
    status: row.dataset.status,
    type: row.dataset.type ?? "",
    fit: Number(row.dataset.fit ?? 0),
  }));
  const keys = {
    name: (r) => r.place,
    organization: (r) => plain(cell(r.row, 1)),
    type: (r) => plain(cell(r.row, 2)),
    status: (r) => plain(cell(r.row, 3)),
    last: (r) => date(r.row, 4),
    warmth: (r) => (r.row.dataset.warmth ? Number(r.row.dataset.warmth) : ""),
    next: (r) => date(r.row, 6),
  };
  let order = { by: "name", down: false };
  let sorted = rows;
  const first = rows.length > 4 * chunk ? chunk : Infinity;
  let limit = first;

  const sort = () => {
    const key = keys[order.by];
    const keyed = rows.map((r) => [key(r), r]);
    keyed.sort(([a, r], [b, s]) => {
      // What nobody knows comes last, whichever way round.
      if ((a === "") !== (b === "")) return a === "" ? 1 : -1;
      const by = a < b ? -1 : a > b ? 1 : 0;
      return (order.down ? -by : by) || r.place - s.place;
    });
    sorted = keyed.map(([, r]) => r);
    for (const head of all("th[data-sort]", table)) {
      if (head.dataset.sort !== order.by) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
    }
  };

  const filter = () => {
    const value = (name) => fields[name]?.value ?? "";
    const words = plain(value("q")).split(/\s+/).filter(Boolean);
    const [status, type, tag, fit] = ["status", "type", "tag", "fit"].map(value);
    const shown = [];
    let count = 0;
    for (const r of sorted) {
      const fits =
        (!status || r.status === status) &&
        (!type || r.type === type) &&
        (!tag || r.tags.includes(tag)) &&
        (!fit || r.fit >= Number(fit)) &&
        words.every((word) => r.text.includes(word));
      if (fits) count += 1;
      if (fits && count <= limit) shown.push(r.row);
    }
    // Only what is shown is in the page: thousands of rows that are merely hidden still cost time.
    if (shown.length !== body.rows.length || shown.some((row, n) => row !== body.rows[n])) body.replaceChildren(...shown);
    tally.textContent = count === rows.length ? everyone : `${number(count)} of ${everyone}`;
    $("#nobody").hidden = count > 0;
    more.hidden = count <= limit;
    $("button", more).textContent = `Show all ${number(count)}`;
  };

  const keep = () => {
    const kept = new URLSearchParams();
    for (const [name, field] of Object.entries(fields)) if (field.value) kept.set(name, field.value);
    if (order.by !== "name" || order.down) kept.set("sort", (order.down ? "-" : "") + order.by);
    const query = kept.toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };

  const restore = () => {
    const kept = new URLSearchParams(location.search);
    for (const [name, field] of Object.entries(fields)) field.value = kept.get(name) ?? "";
    const by = kept.get("sort") ?? "name";
    order = { by: by.replace(/^-/, ""), down: by.startsWith("-") };
    if (!keys[order.by]) order = { by: "name", down: false };
    sort();
    filter();
  };

  for (const head of all("th[data-sort]", table)) {
    const button = make("button", { type: "button", className: "sort", textContent: head.textContent });
    button.addEventListener("click", () => {
      order = { by: head.dataset.sort, down: order.by === head.dataset.sort && !order.down };
      sort();
      filter();
      keep();
    });
    head.replaceChildren(button);
  }
  const changed = () => {
    limit = first;
    filter();
    keep();
  };
  filters.addEventListener("input", changed);
  $("button", filters).addEventListener("click", () => {
    for (const field of Object.values(fields)) field.value = "";
    changed();
  });
  $("button", more).addEventListener("click", () => {
    limit = Infinity;
    filter();
  });
  addEventListener("popstate", restore);
  table.classList.add("ready");
  restore();
}
