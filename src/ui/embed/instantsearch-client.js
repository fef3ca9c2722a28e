// Wenyuan as the `searchClient` of InstantSearch.js, or as a source of autocomplete.js.
//
//   <script src="https://wenyuan.example/embed/instantsearch-client.js"></script>
//   instantsearch({ indexName: "wenyuan", searchClient: wenyuanSearchClient("https://wenyuan.example") })
//
// Hits have objectID, title, section, text, snippet, url, article, lang and year; `snippet` and `title` can be
// highlighted. Facets are lang, role, year and article. An empty query finds nothing.
"use strict";
globalThis.wenyuanSearchClient = (server) => {
  const base = String(server).replace(/\/+$/, "");

  // Ranges are counted in code points.
  const marked = (text, ranges, before, after) => {
    const letters = [...text];
    let at = 0;
    let out = "";
    for (const { start, end } of ranges) {
      out += letters.slice(at, start).join("") + before + letters.slice(start, end).join("") + after;
      at = end;
    }
    return out + letters.slice(at).join("");
  };

  const highlight = (value, found) => ({ value, matchLevel: found ? "full" : "none", matchedWords: [], fullyHighlighted: false });

  const hit = (one, params) => {
    const before = params.highlightPreTag ?? "__ais-highlight__";
    const after = params.highlightPostTag ?? "__/ais-highlight__";
    const { article, section } = one;
    const title = article.title[one.lang] ?? article.title.zh ?? article.title.en ?? article.id;
    const place = [section.number, section.title].filter(Boolean).join(" ");
    const snippet = marked(one.snippet, one.snippet_highlights, before, after);
    return {
      objectID: one.id,
      title,
      section: place,
      text: one.text,
      snippet: one.snippet,
      url: `${base}/a/${encodeURIComponent(article.id)}#${encodeURIComponent(one.id)}`,
      article: article.id,
      lang: one.lang,
      year: article.year,
      references: one.references,
      _highlightResult: {
        title: highlight(title, false),
        section: highlight(place, false),
        text: highlight(marked(one.text, one.highlights, before, after), one.highlights.length > 0),
        snippet: highlight(snippet, one.snippet_highlights.length > 0),
      },
      _snippetResult: { text: { value: snippet, matchLevel: "full" } },
    };
  };

  // `facetFilters` are ANDs of ORs of "name:value"; ours take one list of each name.
  const filters = (given) => {
    const wanted = new Map();
    for (const filter of [given ?? []].flat(3)) {
      const [name, ...value] = String(filter).split(":");
      wanted.set(name, [...(wanted.get(name) ?? []), value.join(":")]);
    }
    const asked = {};
    if (wanted.get("lang")?.length === 1) asked.lang = wanted.get("lang")[0];
    if (wanted.has("article")) asked.article = wanted.get("article").join(",");
    if (wanted.has("role")) asked.role = wanted.get("role").join(",");
    const years = (wanted.get("year") ?? []).map(Number);
    if (years.length) Object.assign(asked, { year_from: Math.min(...years), year_to: Math.max(...years) });
    return asked;
  };

  const counted = (facets) => {
    const of = (list, name) => Object.fromEntries((list ?? []).map((one) => [String(one[name]), one.count]));
    return { lang: of(facets?.langs, "lang"), role: of(facets?.roles, "role"), year: of(facets?.years, "year"), article: of(facets?.articles, "id") };
  };

  const ask = async ({ indexName, params = {} }) => {
    const query = (params.query ?? "").trim();
    const page = params.page ?? 0;
    const hitsPerPage = Math.min(params.hitsPerPage ?? 20, 100);
    const result = { index: indexName, query, page, hitsPerPage, hits: [], nbHits: 0, nbPages: 0, processingTimeMS: 0, params: "", facets: {}, exhaustiveNbHits: true };
    if (!query) return result;
    const response = await fetch(`${base}/v1/search`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ q: query, limit: Math.max(hitsPerPage, 1), offset: Math.min(page * hitsPerPage, 1000), facets: true, ...filters(params.facetFilters) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail);
    return {
      ...result,
      hits: answer.hits.slice(0, hitsPerPage).map((one) => hit(one, params)),
      nbHits: answer.total,
      nbPages: Math.min(Math.ceil(answer.total / Math.max(hitsPerPage, 1)), Math.floor(1000 / Math.max(hitsPerPage, 1)) + 1),
      processingTimeMS: Math.ceil(answer.took_ms),
      facets: counted(answer.facets),
    };
  };

  return {
    search: async (requests) => ({ results: await Promise.all(requests.map(ask)) }),
    // For a refinement list with a search box of its own.
    searchForFacetValues: async (requests) =>
      Promise.all(
        requests.map(async ({ indexName, params }) => {
          const { facets } = await ask({ indexName, params });
          const sought = (params.facetQuery ?? "").toLowerCase();
          const values = Object.entries(facets[params.facetName] ?? {}).filter(([value]) => value.toLowerCase().includes(sought));
          return { facetHits: values.map(([value, count]) => ({ value, highlighted: value, count })), exhaustiveFacetsCount: true };
        }),
      ),
  };
};
