// Makes the pages better where scripts run: references shown beside citation numbers, and "/" goes to the search box.
"use strict";
(() => {
  const box = document.createElement("div");
  box.className = "beside";
  box.id = "beside";
  box.hidden = true;
  box.tabIndex = -1;
  let shownFor = null;
  let timer = 0;

  // A copy of the entries a citation mark names; they stand elsewhere on the page.
  const entries = (mark) => {
    const list = document.createElement("ol");
    for (const id of (mark.dataset.refs || "").split(" ").filter(Boolean)) {
      const entry = document.getElementById(id);
      if (!entry) continue;
      const copy = entry.cloneNode(true);
      copy.removeAttribute("id");
      list.append(copy);
    }
    return list;
  };

  const show = (mark) => {
    clearTimeout(timer);
    if (shownFor === mark) return;
    hide();
    const list = entries(mark);
    if (!list.children.length) return;
    box.replaceChildren(list);
    // Beside the mark in the document too, so that reading and tabbing go on from it.
    (mark.closest("p, li, dd") || mark).after(box);
    box.hidden = false;
    place(mark);
    for (const link of mark.querySelectorAll("a")) link.setAttribute("aria-describedby", box.id);
    shownFor = mark;
  };

  const place = (mark) => {
    box.style.left = box.style.top = "0";
    const home = (box.offsetParent || document.documentElement).getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const edge = 12;
    const left = Math.max(edge, Math.min(at.left - 16, document.documentElement.clientWidth - size.width - edge));
    const below = at.bottom + 6;
    const above = at.top - size.height - 6;
    const top = below + size.height > innerHeight && above > 0 ? above : below;
    box.style.left = `${left - home.left}px`;
    box.style.top = `${top - home.top}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!shownFor) return;
    for (const link of shownFor.querySelectorAll("a")) link.removeAttribute("aria-describedby");
    box.hidden = true;
    shownFor = null;
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  };

  const markAt = (target) => (target instanceof Element ? target.closest(".cite[data-refs]") : null);
  let touched = false;

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const mark = markAt(event.target);
    if (mark) show(mark);
    else if (box.contains(event.target)) clearTimeout(timer);
    else if (shownFor) later();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (shownFor && !markAt(event.target) && !box.contains(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markAt(event.target);
    if (mark) show(mark);
    else if (!box.contains(event.target)) hide();
  });
  document.addEventListener("click", (event) => {
    const mark = markAt(event.target);
    // A tap shows the reference first; its links lead on.
    if (mark && touched && mark.dataset.refs) {
      event.preventDefault();
      show(mark);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const busy = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const field = document.getElementById("q");
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
  });
})();
