"use strict";
// Filter, sort and walk the list. Without this script the page is whole: only the tools are hidden.
(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  if (!list) return;
  const items = [...list.children].filter((item) => item.matches("details"));
  if (byId("tools")) offerTools();

  // A link into a message opens it, even if the filter hides it.
  const reveal = () => {
    const goal = location.hash.length > 1 ? byId(location.hash.slice(1)) : null;
    const item = goal && goal.closest("details.m");
    if (!item) return;
    item.hidden = false;
    item.open = true;
    (goal.matches(".body") ? item : goal).scrollIntoView({ block: goal.matches(".s") ? "center" : "start" });
    (goal.matches(".body") ? item.querySelector("summary") : goal).focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#m"]');
    if (link && link.hash === location.hash) reveal();
  });

  // Arrow keys walk the sentences of the message that has the focus.
  list.addEventListener("keydown", (event) => {
    const here = event.target.closest(".s");
    if (!here) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = [...here.closest(".text").querySelectorAll(".s")];
    const next = all[all.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });

  // The Escape key closes what a sentence tells, and the next one opens again.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    list.classList.add("no-tips");
    const here = document.activeElement.closest(".s");
    if (here) here.blur();
  });
  for (const type of ["mouseover", "focusin"]) {
    list.addEventListener(type, (event) => {
      if (event.target.closest(".s")) list.classList.remove("no-tips");
    });
  }
  list.addEventListener("focusin", (event) => {
    const tip = event.target.matches("mark.s") && event.target.nextElementSibling;
    if (tip && tip.matches(".tip")) tip.scrollIntoView({ block: "nearest" });
  });

  // A note shows its sentence.
  const point = (event) => {
    const note = event.target.closest(".note");
    const link = note && note.querySelector("a.t");
    const sentence = link && byId(link.hash.slice(1));
    if (sentence) sentence.classList.toggle("on", event.type === "mouseover" || event.type === "focusin");
  };
  for (const type of ["mouseover", "mouseout", "focusin", "focusout"]) list.addEventListener(type, point);

  reveal();

  function offerTools() {
    const find = byId("find"), sort = byId("sort"), shown = byId("shown"), none = byId("none");
    const boxes = [...document.querySelectorAll('input[name="label"]')];
    const texts = new Map();
    const count = (n) => n.toLocaleString("en") + (n === 1 ? " message" : " messages");

    const textOf = (item) => {
      if (!texts.has(item)) {
        const parts = [...item.querySelectorAll("h3, .where, .w")].map((part) => {
          const copy = part.cloneNode(true);
          for (const aside of copy.querySelectorAll(".tip, .t")) aside.remove();
          return copy.textContent;
        });
        texts.set(item, parts.join(" ").toLowerCase().replace(/\s+/g, " "));
      }
      return texts.get(item);
    };

    const filter = () => {
      const labels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      const words = find.value.trim().toLowerCase().replace(/\s+/g, " ");
      let n = 0;
      for (const item of items) {
        const fits = labels.has(item.dataset.label) && (!words || textOf(item).includes(words));
        item.hidden = !fits;
        n += fits;
      }
      shown.value = n === items.length ? count(n) : n.toLocaleString("en") + " of " + count(items.length);
      none.hidden = n > 0;
    };

    const title = (item) => item.querySelector("h3").textContent;
    const numeric = (key) => (a, b) => Number(a.dataset[key]) - Number(b.dataset[key]);
    const dated = (sign) => (a, b) =>
      !a.dataset.date - !b.dataset.date || sign * a.dataset.date.localeCompare(b.dataset.date);
    const orders = {
      "score": numeric("score"),
      "-score": (a, b) => numeric("score")(b, a),
      "push": (a, b) => numeric("push")(b, a) || numeric("score")(a, b),
      "date": dated(-1),
      "-date": dated(1),
      "title": (a, b) => title(a).localeCompare(title(b), "en", { sensitivity: "base", numeric: true }),
      "n": numeric("n"),
    };
    const reorder = () => list.append(...[...items].sort((a, b) => orders[sort.value](a, b) || numeric("n")(a, b)));

    let waiting = 0;
    find.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 120);
    });
    for (const box of boxes) box.addEventListener("change", filter);
    sort.addEventListener("change", reorder);
    const setAll = (open) => {
      for (const item of items) if (!item.hidden) item.open = open;
    };
    byId("open").addEventListener("click", () => setAll(true));
    byId("shut").addEventListener("click", () => setAll(false));

    byId("tools").hidden = false;
    // A browser may bring back what was typed before the page was left.
    filter();
    if (sort.value !== "score") reorder();
  }
})();
