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

// The search box completes what is typed: the combobox pattern of the ARIA Authoring Practices. Recent searches stay
// in this browser.
(() => {
  const field = document.getElementById("q");
  const form = field?.form;
  if (!form) return;
  const KEPT = "wenyuan.recent";
  const MOST = 8;

  const recent = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) || "[]");
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  };
  const keep = (list) => {
    try {
      if (list.length) localStorage.setItem(KEPT, JSON.stringify(list));
      else localStorage.removeItem(KEPT);
    } catch {
      // A browser that keeps nothing is left alone.
    }
  };
  const asked = location.pathname === "/" ? new URLSearchParams(location.search).get("q")?.trim() : "";
  if (asked) keep([asked, ...recent().filter((text) => text !== asked)].slice(0, MOST));

  const popup = document.createElement("ul");
  popup.id = "completions";
  popup.className = "completions";
  popup.setAttribute("role", "listbox");
  popup.hidden = true;
  field.parentElement.append(popup);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", popup.id);

  let options = [];
  let active = -1;
  let typed = field.value;
  let request = null;

  const close = () => {
    request?.abort();
    popup.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const open = (label, list) => {
    options = list;
    active = -1;
    field.removeAttribute("aria-activedescendant");
    popup.setAttribute("aria-label", label);
    popup.replaceChildren(
      ...list.map((option, place) => {
        const item = document.createElement("li");
        item.id = `completion-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(run("text", option.text));
        if (option.other) item.append(run("other", option.other));
        if (option.note) item.append(run("note", option.note, document.documentElement.lang));
        return item;
      }),
    );
    popup.hidden = !list.length;
    field.setAttribute("aria-expanded", String(!popup.hidden));
  };

  const run = (kind, text, lang) => {
    const span = document.createElement("span");
    span.className = kind;
    span.lang = lang || (/\p{Script=Han}/u.test(text) ? "zh" : "en");
    span.textContent = text;
    return span;
  };

  const complete = async () => {
    request?.abort();
    typed = field.value;
    const text = typed.trim();
    if (!text) {
      const list = recent().map((text) => ({ text }));
      if (list.length) list.push({ text: form.dataset.forget, forget: true });
      open(form.dataset.recent, document.activeElement === field ? list : []);
      return;
    }
    const mine = (request = new AbortController());
    try {
      const answer = await fetch(`/suggest?q=${encodeURIComponent(text)}`, { signal: mine.signal });
      const [, texts, others = [], leads = []] = await answer.json();
      if (mine.signal.aborted || document.activeElement !== field) return;
      const list = texts.map((text, place) => {
        const lead = new URL(leads[place] || "/", location.href);
        const article = lead.pathname.startsWith("/a/") ? lead.pathname : "";
        return { text, other: others[place], article, note: article ? form.dataset.article : "" };
      });
      open(form.dataset.suggestions, list);
    } catch {
      // Typed on meanwhile, or no answer: searching works without.
    }
  };

  const choose = (option) => {
    close();
    if (option.forget) {
      keep([]);
      return;
    }
    if (option.article) {
      location.assign(option.article);
      return;
    }
    field.value = option.text;
    form.requestSubmit();
  };

  const move = (to) => {
    const items = popup.children;
    items[active]?.setAttribute("aria-selected", "false");
    active = to < -1 ? items.length - 1 : to >= items.length ? -1 : to;
    const item = items[active];
    if (!item) {
      field.value = typed;
      field.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", item.id);
    if (!options[active].forget) field.value = options[active].text;
  };

  field.addEventListener("input", (event) => {
    // While an input method composes, its own window is open.
    if (!event.isComposing) complete();
  });
  field.addEventListener("compositionend", complete);
  field.addEventListener("focus", () => {
    if (!field.value.trim()) complete();
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (popup.hidden) complete();
      else move(event.key === "ArrowDown" ? active + 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === "Escape" && !popup.hidden) {
      event.preventDefault();
      if (active >= 0) field.value = typed;
      close();
    }
  });
  // Before the field loses the focus.
  popup.addEventListener("pointerdown", (event) => event.preventDefault());
  popup.addEventListener("click", (event) => {
    const place = [...popup.children].indexOf(event.target.closest("li"));
    if (options[place]) choose(options[place]);
  });
})();

// A passage of an article is copied with its source.
(() => {
  const paper = document.querySelector(".paper[data-source]");
  if (!paper || !navigator.clipboard) return;
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  paper.append(said);
  for (const paragraph of paper.querySelectorAll("section > p")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.lang = document.documentElement.lang;
    button.textContent = paper.dataset.copy;
    button.addEventListener("click", async () => {
      const text = [...paragraph.querySelectorAll(".passage")].map((piece) => piece.textContent).join(" ");
      await navigator.clipboard.writeText(`${text}\n— ${paper.dataset.source}`);
      said.textContent = button.textContent = paper.dataset.copied;
      setTimeout(() => (button.textContent = paper.dataset.copy), 2000);
    });
    paragraph.append(button);
  }
})();

// Where there is room beside the text, the contents are open.
if (matchMedia("(min-width: 62rem)").matches) document.querySelector(".contents")?.setAttribute("open", "");
