"use strict";
// Filter, sort and walk the list, copy suggestions. Without this script the page is whole:
// only the tools and the copy buttons are hidden.
(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  if (!list) return;
  document.body.classList.add("scripted");
  const items = [...list.children].filter((item) => item.matches("details"));
  // The hash is either a place in the page or what the tools are set to.
  const isState = () => location.hash.includes("=");
  if (byId("tools")) offerTools();

  // A link into a message opens it, even if the filter hides it.
  const reveal = () => {
    const goal = location.hash.length > 1 && !isState() ? byId(location.hash.slice(1)) : null;
    const item = goal && goal.closest("details.m");
    if (!item) return;
    item.hidden = false;
    item.open = true;
    const show = (behavior) =>
      (goal.matches(".body") ? item : goal).scrollIntoView({ behavior, block: goal.matches(".s") ? "center" : "start" });
    if (list.matches(".many")) {
      // Heights of what is out of sight are guesses until it is drawn: go there, look, and settle.
      show("instant");
      requestAnimationFrame(() => requestAnimationFrame(() => show("instant")));
    } else show("auto");
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

  // A copy button puts the suggested sentence, without what it drops, on the clipboard.
  const said = byId("said");
  const say = (words) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = words; }, 50);
  };
  const suggestionOf = (button) => {
    const copy = button.closest(".rw").querySelector(".diff").cloneNode(true);
    for (const aside of copy.querySelectorAll("del, .vh")) aside.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const copyBySelecting = (button, text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.className = "vh";
    button.after(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { done = false; }
    area.remove();
    button.focus();
    return done;
  };
  const copied = (button) => {
    say("Copied");
    button.classList.add("done");
    button.firstChild.data = "Copied";
    setTimeout(() => {
      button.classList.remove("done");
      button.firstChild.data = "Copy";
    }, 2000);
  };
  const leftToReader = (button) => {
    // What is struck out cannot be selected, so this selects the suggestion alone.
    getSelection().selectAllChildren(button.closest(".rw").querySelector(".diff"));
    say("Not allowed to copy. The suggestion is selected: press Control or Command and C.");
  };
  list.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const text = suggestionOf(button);
    try {
      await navigator.clipboard.writeText(text);
      copied(button);
    } catch {
      if (copyBySelecting(button, text)) copied(button);
      else leftToReader(button);
    }
  });

  reveal();
  // A browser that comes from another page goes to the place once more when all is loaded, and drops the focus.
  addEventListener("load", () => setTimeout(reveal));

  function offerTools() {
    const find = byId("find"), sort = byId("sort"), cue = byId("cue"), from = byId("from"), to = byId("to");
    const shown = byId("shown"), none = byId("none"), clear = byId("clear");
    const boxes = [...document.querySelectorAll('input[name="label"]')];
    const pages = [...document.querySelectorAll(".pager a")];
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

    // What is set, as the hash of the address: only what differs from the start.
    const state = () => {
      const set = new URLSearchParams();
      if (find.value.trim()) set.set("find", find.value.trim());
      if (boxes.some((box) => !box.checked)) {
        set.set("show", boxes.filter((box) => box.checked).map((box) => box.value).join(","));
      }
      if (from.value) set.set("from", from.value);
      if (to.value) set.set("to", to.value);
      if (cue.value) set.set("cue", cue.value);
      if (sort.value !== "score") set.set("sort", sort.value);
      return set.toString();
    };
    const offers = (select, value) => [...select.options].some((option) => option.value === value);
    const recall = () => {
      const set = new URLSearchParams(isState() ? location.hash.slice(1) : "");
      find.value = set.get("find") || "";
      for (const field of [from, to]) {
        field.value = set.get(field.id) || "";
        field.value = clamped(field, "");
      }
      const show = set.has("show") ? set.get("show").split(",") : null;
      for (const box of boxes) box.checked = !show || show.includes(box.value);
      cue.value = offers(cue, set.get("cue")) ? set.get("cue") : "";
      sort.value = offers(sort, set.get("sort")) ? set.get("sort") : "score";
      reorder();
      filter();
    };
    const keep = () => {
      const set = state();
      for (const link of pages) link.hash = set || "messages";
      clear.disabled = !set;
      if (!set && !isState()) return;
      try {
        history.replaceState(null, "", set ? "#" + set : location.pathname + location.search);
      } catch {
        // A browser that keeps local pages from changing their address filters all the same.
      }
    };

    // A score lies between 0 and 100; what is out of range stands for its nearest end.
    const clamped = (field, empty) =>
      field.value === "" ? empty : Math.min(100, Math.max(0, field.valueAsNumber));
    const usual = none.textContent;

    const filter = () => {
      const labels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      const words = find.value.trim().toLowerCase().replace(/\s+/g, " ");
      const low = clamped(from, 0), high = clamped(to, 100);
      const reversed = low > high;
      let n = 0;
      for (const item of items) {
        // Scores are shown rounded, so they are filtered as shown.
        const score = Math.round(item.dataset.score);
        const fits = labels.has(item.dataset.label) && score >= low && score <= high
          && (!cue.value || item.dataset.cues.split("|").includes(cue.value))
          && (!words || textOf(item).includes(words));
        item.hidden = !fits;
        n += fits;
      }
      shown.value = n === items.length ? count(n) : n.toLocaleString("en") + " of " + count(items.length);
      if (reversed) shown.value += ", the range is reversed";
      none.textContent = reversed ? `The range of scores is reversed: from ${low} is above to ${high}. Swap the two.` : usual;
      none.hidden = n > 0;
      for (const field of [from, to]) field.setAttribute("aria-invalid", reversed);
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
    let order = "score";
    const reorder = () => {
      if (order === sort.value) return;
      order = sort.value;
      list.append(...[...items].sort((a, b) => orders[order](a, b) || numeric("n")(a, b)));
    };

    let waiting = 0;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { filter(); keep(); }, 120);
    };
    for (const field of [find, from, to]) field.addEventListener("input", soon);
    for (const field of [from, to]) {
      field.addEventListener("change", () => { field.value = clamped(field, ""); });
    }
    for (const field of [...boxes, cue]) field.addEventListener("change", () => { filter(); keep(); });
    sort.addEventListener("change", () => { reorder(); keep(); });
    clear.addEventListener("click", () => {
      find.value = from.value = to.value = cue.value = "";
      for (const box of boxes) box.checked = true;
      sort.value = "score";
      reorder();
      filter();
      keep();
      find.focus();
    });
    addEventListener("hashchange", () => { if (isState()) recall(); });
    const setAll = (open) => {
      list.classList.toggle("all", open);
      for (const item of items) if (!item.hidden) item.open = open;
    };
    byId("open").addEventListener("click", () => setAll(true));
    byId("shut").addEventListener("click", () => setAll(false));

    byId("tools").hidden = false;
    recall();
    keep();
  }
})();
