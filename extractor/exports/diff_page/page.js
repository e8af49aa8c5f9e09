"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const by = (id) => document.getElementById(id);
  for (const each of all(".script")) each.hidden = false;

  const changes = all(".change");
  const links = new Map(all(".list a").map((link) => [link.hash.slice(1), link]));
  let current = null;

  // A change that is gone to: its line, its words on both sides and its place in the list are marked.
  function mark(change) {
    for (const each of all(".on")) each.classList.remove("on");
    for (const each of all("[aria-current]")) each.removeAttribute("aria-current");
    current = change;
    change.classList.add("on");
    for (const each of all(`[data-c~="${change.id}"]`)) each.classList.add("on");
    const link = links.get(change.id);
    link.setAttribute("aria-current", "true");
    const list = link.closest(".list");
    const [above, below] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
    if (above.top < below.top || above.bottom > below.bottom) list.scrollTop += above.top - below.top - 60;
  }

  function go(change) {
    mark(change);
    change.closest(".pair").scrollIntoView({ block: "start" });
    if (change.getBoundingClientRect().bottom > window.innerHeight) change.scrollIntoView({ block: "center" });
    change.focus({ preventScroll: true });
    history.replaceState(null, "", `#${change.id}`);
  }

  function step(by) {
    const open = changes.filter((change) => !change.hidden);
    if (!open.length) return;
    let at = open.indexOf(current);
    if (at < 0) {
      at = open.findIndex((change) => change.getBoundingClientRect().top > 60);
      at = by > 0 ? (at < 0 ? open.length : at) - 1 : at < 0 ? open.length : at;
    }
    go(open[Math.min(Math.max(at + by, 0), open.length - 1)]);
  }

  const meaning = by("meaning");
  const kinds = all("fieldset input[value]");
  const groups = all("fieldset input[data-group]");
  const ofGroup = (group) => all("input[value]", group.closest("fieldset"));

  function filter() {
    const wanted = new Set(kinds.filter((kind) => kind.checked).map((kind) => kind.value));
    const shows = (each) => wanted.has(each.dataset.kind) && (!meaning.checked || "meaning" in each.dataset);
    const all_ = kinds.every((kind) => kind.checked) && !meaning.checked;
    for (const each of all("[data-kind]")) each.hidden = !shows(each);
    for (const place of all(".list > ol > li")) place.hidden = !all("[data-kind]", place).some((each) => !each.hidden);
    for (const pair of all("main .pair")) {
      if (pair.closest(".same")) continue;
      const told = all(".change", pair);
      pair.hidden = !all_ && !told.some((each) => !each.hidden);
    }
    for (const section of all("main > section")) {
      section.hidden = !all_ && all("section > .pair", section).every((pair) => pair.hidden);
    }
    for (const group of groups) {
      const on = ofGroup(group).filter((kind) => kind.checked).length;
      group.checked = on > 0;
      group.indeterminate = on > 0 && on < ofGroup(group).length;
    }
    const shown = changes.filter((change) => !change.hidden).length;
    by("shown").textContent = all_ ? `共 ${changes.length} 项` : `显示 ${shown} / ${changes.length} 项`;
  }

  if (meaning) {
    meaning.addEventListener("change", filter);
    for (const kind of kinds) kind.addEventListener("change", filter);
    for (const group of groups) {
      group.addEventListener("change", () => {
        for (const kind of ofGroup(group)) kind.checked = group.checked;
        filter();
      });
    }
    filter();
  }
  for (const [id, link] of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(by(id));
    });
  }
  by("previous").addEventListener("click", () => step(-1));
  by("next").addEventListener("click", () => step(1));
  by("print").addEventListener("click", () => window.print());
  by("unfold").addEventListener("click", (event) => {
    const open = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(open));
    for (const each of all("details.same")) each.open = open;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });
  // What is jumped to stands below the bar, which takes two lines on a narrow screen.
  const under = () => {
    document.documentElement.style.scrollPaddingTop = `${document.querySelector(".bar").offsetHeight + 8}px`;
  };
  window.addEventListener("resize", under);
  under();
  const asked = by(location.hash.slice(1));
  if (asked && asked.classList.contains("change")) go(asked);
})();
