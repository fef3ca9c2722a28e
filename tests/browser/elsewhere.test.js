// Other people's pages: the embedded search box, and InstantSearch.js on our client object.
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { start, visit } from "./portal.js";

const instantsearch = createRequire(import.meta.url).resolve("instantsearch.js/dist/instantsearch.production.min.js");

let portal;
let site;
let home;
before(async () => {
  portal = await start();
  site = createServer((request, response) => {
    if (request.url === "/instantsearch.js") {
      response.setHeader("Content-Type", "text/javascript");
      createReadStream(instantsearch).pipe(response);
      return;
    }
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(
      request.url === "/box"
        ? `<!doctype html><html lang="zh"><title>门户</title><script src="${portal.address}/embed/search-box.js" defer></script>
           <wenyuan-search limit="3"></wenyuan-search>`
        : `<!doctype html><html lang="en"><title>Portal</title>
           <div id="box"></div><div id="stats"></div><div id="langs"></div><div id="hits"></div><div id="pages"></div>
           <script src="/instantsearch.js"></script><script src="${portal.address}/embed/instantsearch-client.js"></script>
           <script>
             const search = instantsearch({ indexName: "wenyuan", searchClient: wenyuanSearchClient("${portal.address}") });
             const { searchBox, hits, stats, pagination, refinementList } = instantsearch.widgets;
             search.addWidgets([
               searchBox({ container: "#box" }),
               stats({ container: "#stats" }),
               refinementList({ container: "#langs", attribute: "lang" }),
               hits({ container: "#hits", templates: { item: (hit, { html, components }) =>
                 html\`<a href="\${hit.url}">\${hit.title}</a><p>\${components.Highlight({ hit, attribute: "snippet" })}</p>\` } }),
               pagination({ container: "#pages" }),
             ]);
             search.start();
           </script>`,
    );
  });
  await new Promise((ready) => site.listen(0, "127.0.0.1", ready));
  home = `http://127.0.0.1:${site.address().port}`;
});
after(async () => {
  site?.close();
  await portal?.stop();
});

test("the search box works on a page of another origin", async () => {
  const { page, faults, close } = await visit(portal, `${home}/box`);
  await page.getByRole("searchbox").fill("水凝胶");
  await page.keyboard.press("Enter");
  await page.locator("wenyuan-search mark").first().waitFor();
  assert.equal(await page.locator("wenyuan-search li").count(), 3);
  const link = await page.locator("wenyuan-search li a").first().getAttribute("href");
  assert.ok(link.startsWith(`${portal.address}/a/`), link);
  assert.deepEqual(faults, []);
  await close();
});

test("InstantSearch.js searches, highlights, refines and turns pages through our client", async () => {
  const { page, faults, close } = await visit(portal, home, { locale: "en-GB" });
  await page.locator("#box input").fill("cells");
  await page.locator("#hits mark").first().waitFor();
  const all = Number(/([\d,]+) results/.exec(await page.locator("#stats").innerText())[1]);
  assert.ok(all > 20);
  await page.locator("#langs label", { hasText: "zh" }).click();
  await page.waitForFunction((all) => !document.querySelector("#stats").innerText.startsWith(`${all} `), all);
  const chinese = Number(/([\d,]+) results/.exec(await page.locator("#stats").innerText())[1]);
  assert.ok(chinese > 0 && chinese < all);
  const first = await page.locator("#hits p").first().innerText();
  await page.locator("#langs label", { hasText: "zh" }).click();
  await page.locator("#pages a", { hasText: "2" }).first().click();
  await page.waitForFunction((first) => document.querySelector("#hits p").innerText !== first, first);
  assert.deepEqual(faults, []);
  await close();
});
