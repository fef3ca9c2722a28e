// Every page by width, colour scheme and language: nothing overflows, nothing runs, nothing shuts anyone out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { ARTICLE, start, visit } from "./portal.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PAGES = {
  home: "/",
  results: `/?q=${encodeURIComponent("胎盘来源 水凝胶")}`,
  references: "/?q=stem&scope=references",
  explained: "/?q=cells&why=1",
  corrected: "/?q=tangniaobingzu",
  nothing: `/?q=${encodeURIComponent("胎盘")}&year_from=1900&year_to=1901`,
  article: ARTICLE,
  "search inside": `${ARTICLE}?q=${encodeURIComponent("水凝胶")}`,
  reference: `${ARTICLE}/r/18`,
  articles: "/articles",
  status: "/status",
  missing: "/a/nothing-of-the-kind",
  lost: "/nothing/here",
};

let portal;
before(async () => {
  portal = await start();
});
after(() => portal?.stop());

// axe is put in by the browser itself, past the page's policy.
async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), RULES);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name}: no violations of WCAG 2.2 AA, phone and desktop, light and dark, Chinese and English`, async () => {
    for (const [locale, colorScheme, width] of [["zh-CN", "light", 1200], ["en-GB", "dark", 390]]) {
      const { page, faults, close } = await visit(portal, path, { locale, colorScheme, viewport: { width, height: 800 } });
      assert.deepEqual(await violations(page), [], `${locale} ${colorScheme} ${width}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide at ${width}`);
      assert.deepEqual(faults, []);
      await close();
    }
  });
}

test("axe finds what is wrong with a page that is", async () => {
  const { page, close } = await visit(portal, "/");
  await page.evaluate(() => {
    document.querySelector(".motto").innerHTML = '<a href="/x"></a><input type="text">';
    document.querySelector("html").lang = "";
  });
  const found = (await violations(page)).map((line) => line.split(":")[0]).sort();
  assert.deepEqual(found, ["html-has-lang", "label", "link-name"]);
  await close();
});

test("open completions and a shown reference have no violations either", async () => {
  const { page, close } = await visit(portal, "/");
  await page.getByRole("combobox").pressSequentially("tang");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await violations(page), []);
  await page.goto(ARTICLE);
  await page.locator(".paper .cite a").first().focus();
  await page.locator(".beside").waitFor();
  assert.deepEqual(await violations(page), []);
  await close();
});

test("dark is dark", async () => {
  const { page, close } = await visit(portal, "/", { colorScheme: "dark" });
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [red, green, blue] = colour.match(/\d+/g).map(Number);
  assert.ok(red + green + blue < 120, colour);
  await close();
});

test("a hostile corpus is shown and does nothing", async () => {
  const { page, faults, close } = await visit(portal, "/?q=gelwort");
  const article = await page.locator("article.hit h2 a").first().getAttribute("href");
  const id = /\/a\/([^?#]+)/.exec(article)[1];
  for (const path of ["/?q=gelwort", "/?q=gelwort&scope=references", `/a/${id}?q=gelwort`, `/a/${id}/r/1`, `/a/${id}/r/2`]) {
    await page.goto(path);
    await page.evaluate(() => new Promise((soon) => setTimeout(soon, 100)));
    assert.equal(await page.evaluate(() => window.pwned), undefined, path);
    assert.equal(await page.locator("main img, main svg, main iframe, main script[src]").count(), 0, path);
    assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0, path);
  }
  assert.match(await page.content(), /gnp\.exe/);
  assert.deepEqual(faults, []);
  await close();
});

test("the first page weighs less than 60 kB with everything", async () => {
  const context = await portal.browser.newContext();
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  let bytes = 0;
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(portal.address, { waitUntil: "networkidle" });
  assert.ok(bytes > 1000 && bytes < 60_000, `${bytes} bytes`);
  await context.close();
});

test("the embedded search box weighs less than 10 kB compressed", async () => {
  const response = await fetch(`${portal.address}/embed/search-box.js`);
  assert.equal(response.headers.get("content-encoding"), "gzip");
  const { gzipSync } = await import("node:zlib");
  const packed = gzipSync(await response.text());
  assert.ok(packed.length < 10_000 && gunzipSync(packed).length > 1000, `${packed.length} bytes`);
});
