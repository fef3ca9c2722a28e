// Takes the screenshots of docs/screenshots: `node shots.js`.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ARTICLE, start, visit } from "./portal.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../docs/screenshots");
mkdirSync(folder, { recursive: true });
const portal = await start();
const PAGES = {
  search: "/",
  results: `/?q=${encodeURIComponent("胎盘来源 水凝胶")}`,
  article: `${ARTICLE}?q=${encodeURIComponent("水凝胶")}#s-1.2.2`,
  reference: `${ARTICLE}/r/18`,
  status: "/status",
};
for (const [name, path] of Object.entries(PAGES)) {
  for (const [language, locale] of [["zh", "zh-CN"], ["en", "en-GB"]]) {
    for (const [kind, width, height] of [["wide", 1200, 820], ["phone", 390, 780]]) {
      const { page, close } = await visit(portal, path, { locale, viewport: { width, height } });
      await page.screenshot({ path: join(folder, `${name}-${language}-${kind}.png`) });
      await close();
    }
  }
}
for (const [name, path, colorScheme] of [["results-dark", PAGES.results, "dark"], ["completions", "/", "light"]]) {
  const { page, close } = await visit(portal, path, { colorScheme, viewport: { width: 1200, height: 820 } });
  if (name === "completions") {
    await page.getByRole("combobox").pressSequentially("tangniao");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
  }
  await page.screenshot({ path: join(folder, `${name}-zh-wide.png`) });
  await close();
}
await portal.stop();
