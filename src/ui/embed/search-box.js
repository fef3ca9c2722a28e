// A search box with results for any page:
//
//   <script src="https://wenyuan.example/embed/search-box.js" defer></script>
//   <wenyuan-search lang="zh" limit="5"></wenyuan-search>
//
// The server is the one the script comes from, or the one that `server` names; its `[server] cors_origins` must name
// the page's origin. Colours and fonts follow the page; --wenyuan-accent, --wenyuan-line, --wenyuan-mark,
// --wenyuan-sheet and --wenyuan-font change them.
"use strict";
(() => {
  const origin = new URL(document.currentScript?.src || location.href).origin;
  const WORDS = {
    zh: { label: "检索文渊", search: "检索", found: (n) => `${n} 条结果`, none: "没有找到相符的段落", failed: "检索失败,请稍后再试", all: "全部结果" },
    en: { label: "Search Wenyuan", search: "Search", found: (n) => `${n} result${n === 1 ? "" : "s"}`, none: "No passage matches", failed: "The search failed; please try again", all: "All results" },
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; font-family: var(--wenyuan-font, inherit); text-align: start; }
    form { display: flex; border: 1px solid var(--wenyuan-line, currentColor); border-radius: .5em; background: var(--wenyuan-sheet, transparent); }
    form:focus-within { outline: 2px solid var(--wenyuan-accent, currentColor); outline-offset: 1px; }
    input { flex: 1; min-width: 0; border: 0; background: none; color: inherit; font: inherit; padding: .5em .8em; outline: 0; }
    button { border: 0; background: none; color: var(--wenyuan-accent, inherit); font: inherit; font-weight: 600; padding: .4em 1em; cursor: pointer; }
    button:focus-visible, a:focus-visible { outline: 2px solid var(--wenyuan-accent, currentColor); outline-offset: 2px; }
    ol { list-style: none; margin: .6em 0 0; padding: 0; }
    li { padding: .7em 0; border-bottom: 1px solid var(--wenyuan-line, #8884); }
    a { color: var(--wenyuan-accent, inherit); }
    .title { font-weight: 600; } .source { font-size: .87em; opacity: .8; }
    p { margin: .2em 0; } mark { background: var(--wenyuan-mark, #fbe7a1); color: #222; }
  `);
  const make = (name, text, lang) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (lang) element.lang = lang;
    return element;
  };

  class WenyuanSearch extends HTMLElement {
    #root = this.attachShadow({ mode: "open" });
    #asked = null;

    connectedCallback() {
      if (this.#root.firstChild) return;
      const lang = (this.lang || document.documentElement.lang || navigator.language).startsWith("zh") ? "zh" : "en";
      const words = WORDS[lang];
      const server = (this.getAttribute("server") || origin).replace(/\/+$/, "");
      this.#root.adoptedStyleSheets = [sheet];
      const form = make("form", undefined, lang);
      form.setAttribute("role", "search");
      const field = make("input");
      field.type = "search";
      field.maxLength = 2048;
      field.placeholder = this.getAttribute("placeholder") || words.label;
      field.setAttribute("aria-label", words.label);
      const status = make("p", "", lang);
      status.setAttribute("role", "status");
      const list = make("ol");
      const more = make("p", undefined, lang);
      form.append(field, make("button", words.search));
      this.#root.append(form, status, list, more);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const q = field.value.trim();
        if (!q) return;
        this.#asked?.abort();
        const mine = (this.#asked = new AbortController());
        try {
          const limit = Math.min(Math.max(Number(this.getAttribute("limit")) || 5, 1), 100);
          const response = await fetch(`${server}/v1/search`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ q, limit }),
            signal: mine.signal,
          });
          if (!response.ok) throw new Error(response.status);
          const answer = await response.json();
          status.textContent = answer.hits.length ? words.found(answer.total) : words.none;
          list.replaceChildren(...answer.hits.map((hit) => entry(hit, server)));
          const all = make("a", words.all);
          all.href = `${server}/?q=${encodeURIComponent(q)}`;
          more.replaceChildren(...(answer.total > answer.hits.length ? [all] : []));
        } catch {
          if (!mine.signal.aborted) status.textContent = words.failed;
        }
      });
    }
  }

  const entry = (hit, server) => {
    const { article, section } = hit;
    const item = make("li");
    const link = make("a", [section.number, section.title].filter(Boolean).join(" ") || article.title[hit.lang] || article.id, hit.lang);
    link.className = "title";
    link.href = `${server}/a/${encodeURIComponent(article.id)}#${encodeURIComponent(hit.id)}`;
    const source = make("p", [article.title[hit.lang] || article.title.zh || article.title.en, article.journal, article.year].filter(Boolean).join(" · "), hit.lang);
    source.className = "source";
    const text = make("p", undefined, hit.lang);
    const letters = [...hit.snippet];
    let at = 0;
    for (const { start, end } of hit.snippet_highlights) {
      text.append(letters.slice(at, start).join(""), make("mark", letters.slice(start, end).join("")));
      at = end;
    }
    text.append(letters.slice(at).join(""));
    item.append(link, source, text);
    return item;
  };

  if (!customElements.get("wenyuan-search")) customElements.define("wenyuan-search", WenyuanSearch);
})();
