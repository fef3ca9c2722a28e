// Searching as a reader does it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ARTICLE, start, visit } from "./portal.js";

let portal;
before(async () => {
  portal = await start();
});
after(() => portal?.stop());

const QUERY = encodeURIComponent("胎盘来源 水凝胶");

for (const [locale, query, words, shown] of [
  ["zh-CN", "糖尿病足溃疡 干细胞", "条结果", "糖尿病足溃疡"],
  ["en-GB", "placenta hydrogel", "results", "PD-MSCs"],
]) {
  test(`a search in ${locale}, typed and sent by keyboard`, async () => {
    const { page, faults, close } = await visit(portal, "/", { locale });
    await page.getByRole("combobox").fill(query);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\?q=/);
    assert.match(await page.locator("h1").innerText(), new RegExp(words));
    assert.ok((await page.locator("article.hit mark").count()) > 0);
    assert.match(await page.locator("ol.hits").innerText(), new RegExp(shown));
    assert.deepEqual(faults, []);
    await close();
  });
}

test("a term is found by its pinyin with the keyboard alone", async () => {
  const { page, faults, close } = await visit(portal, "/");
  await page.keyboard.press("/");
  const field = page.getByRole("combobox");
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  const top = await page.locator(".counts").boundingBox();
  await page.keyboard.type("tangniaobingzuk", { delay: 20 });
  const option = page.getByRole("option", { name: /糖尿病足溃疡/ }).first();
  await option.waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  assert.deepEqual(await page.locator(".counts").boundingBox(), top, "nothing moves when completions open");
  await page.keyboard.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  assert.equal(await field.inputValue(), "tangniaobingzuk");
  await page.keyboard.press("ArrowDown");
  await option.waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === "糖尿病足溃疡");
  assert.deepEqual(faults, []);
  await close();
});

test("recent searches stay in the browser and can be forgotten", async () => {
  const { page, close } = await visit(portal, "/?q=hydrogel");
  await page.goto("/");
  await page.getByRole("combobox").focus();
  await page.getByRole("option", { name: "hydrogel" }).waitFor();
  await page.getByRole("option").last().click();
  assert.equal(await page.evaluate(() => localStorage.getItem("wenyuan.recent")), null);
  await close();
});

test("a count narrows the results, pages can be linked, and back goes back", async () => {
  const { page, faults, close } = await visit(portal, "/?q=cells&ui=en", { locale: "en-GB" });
  const all = await page.locator("h1 .total").innerText();
  const facet = page.locator("#facets a", { hasText: /^Chinese$/ });
  const count = await facet.locator("xpath=following-sibling::*").innerText();
  await facet.click();
  await page.waitForURL(/lang=zh/);
  assert.equal(await page.locator("h1 .total").innerText(), `${count} results`);
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/page=2/);
  assert.equal(await page.locator("ol.hits").getAttribute("start"), "11");
  await page.goBack();
  await page.goBack();
  assert.equal(await page.locator("h1 .total").innerText(), all);
  assert.deepEqual(faults, []);
  await close();
});

test("an added name is undone and brought back with one click each", async () => {
  const { page, close } = await visit(portal, `/?q=${encodeURIComponent("水凝胶")}&ui=en`);
  await page.getByRole("link", { name: "Do not look for hydrogel", exact: true }).click();
  await page.waitForURL(/without=hydrogel/);
  await page.locator("a.again", { hasText: "hydrogel" }).click();
  await page.waitForURL((url) => !url.search.includes("without"));
  await close();
});

test("why a result stands where it does is told on request", async () => {
  const { page, close } = await visit(portal, `/?q=${QUERY}&ui=en`, { locale: "en-GB" });
  await page.getByRole("link", { name: "Why this result" }).first().click();
  await page.waitForURL(/why=1/);
  assert.match(await page.locator(".account").innerText(), /relevance 0\.\d\d/);
  await close();
});

test("a citation shows its reference by mouse, by keyboard and by touch", async () => {
  const { page, faults, close } = await visit(portal, `/?q=${encodeURIComponent("脂肪来源 AMSCs 浓度")}`);
  const mark = page.locator(".snippet .cite a").first();
  await mark.hover();
  const beside = page.locator(".beside");
  await beside.waitFor();
  assert.match(await beside.innerText(), /\[J\]|20\d\d/);
  await page.keyboard.press("Escape");
  await beside.waitFor({ state: "hidden" });
  await page.mouse.move(0, 0);
  await mark.focus();
  await beside.waitFor();
  assert.deepEqual(faults, []);
  await close();
  const phone = await visit(portal, ARTICLE, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  await phone.page.locator(".paper .cite a").first().tap();
  await phone.page.locator(".beside").waitFor();
  assert.ok(!phone.page.url().includes("#r"), "a tap shows the reference before it leads there");
  await phone.close();
});

test("a result opens its article at the highlighted sentence", async () => {
  const { page, faults, close } = await visit(portal, `/?q=${QUERY}`);
  const hit = page.locator("article.hit h2 a").first();
  const [, id] = /#(\w+):~:text=/.exec(await hit.getAttribute("href"));
  await hit.click();
  await page.waitForURL(/\/a\//);
  // Where the sentence is found the target is what holds it, in or around the passage.
  await page.waitForFunction((id) => {
    const passage = document.getElementById(id);
    const target = document.querySelector(":target");
    const box = passage.querySelector("mark").getBoundingClientRect();
    return (passage.contains(target) || target?.contains(passage)) && box.bottom > 0 && box.top < innerHeight;
  }, id);
  assert.match(await page.locator(`[id="${id}"]`).innerText(), /胎盘来源/);
  assert.deepEqual(faults, []);
  await close();
});

test("a passage is copied with its source", async () => {
  const { page, close } = await visit(portal, ARTICLE, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.locator(".copy").first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: "已复制" }).waitFor({ state: "attached" });
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^糖尿病足溃疡涉及[\s\S]*— 支黎明, 王晶, 王爱萍\. 糖尿病足溃疡的细胞治疗现状/);
  await close();
});

test("an article is found by leafing through all of them", async () => {
  const { page, faults, close } = await visit(portal, "/");
  await page.getByRole("contentinfo").getByRole("link", { name: "全部文章" }).click();
  await page.waitForURL(/\/articles$/);
  await page.locator("article.hit h2 a").first().click();
  await page.waitForURL(/\/a\/[^/]+$/);
  assert.deepEqual(faults, []);
  await close();
});

test("everything works without scripts", async () => {
  const { page, close } = await visit(portal, "/", { javaScriptEnabled: false });
  await page.locator("#q").fill("水凝胶");
  await page.locator(".search button").click();
  await page.waitForURL(/\?q=/);
  assert.ok((await page.locator("article.hit").count()) > 0);
  await page.locator("summary").first().click();
  await page.locator(".snippet .cite a").first().click();
  await page.waitForURL(/\/r\/\d+$/);
  await page.locator("article.hit h3 a").first().click();
  await page.waitForURL(/\/a\/[^/]+#/);
  await page.locator(".cite a").first().click();
  await page.waitForURL(/#r\d+$/);
  await close();
});
