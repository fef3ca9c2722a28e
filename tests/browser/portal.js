// Starts the program over a corpus of its own and a browser to look at it with.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
export const ARTICLE = "/a/10-13429-j-cnki-cjcr-2025-04-001";

const PROGRAM = process.env.WENYUAN_PROGRAM ?? join(root, "target/debug/wenyuan");
const BROWSER = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** A server over the shipped corpus, the made-up files of the integration tests and the hostile one. */
export async function start() {
  const folder = mkdtempSync(join(tmpdir(), "wenyuan-browser-"));
  mkdirSync(join(folder, "corpus"));
  for (const from of [join(root, "corpus"), join(root, "tests/it/corpus"), join(here, "corpus")]) {
    for (const name of readdirSync(from)) copyFileSync(join(from, name), join(folder, "corpus", name));
  }
  const run = { cwd: folder, env: { ...process.env, WENYUAN_SERVER__CORS_ORIGINS: '["*"]' } };
  const indexed = spawnSync(PROGRAM, ["index"], run);
  if (indexed.status !== 0) throw new Error(`${PROGRAM} index: ${indexed.stderr}`);
  const server = spawn(PROGRAM, ["serve", "--bind", "127.0.0.1:0"], { ...run, stdio: ["ignore", "pipe", "ignore"] });
  const address = await new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (bytes) => {
      said += bytes;
      const match = /at (http:\/\/\S+)/.exec(said);
      if (match) found(match[1]);
    });
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
  });
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  // Completions are gathered in the background.
  for (let tries = 0; tries < 200; tries += 1) {
    const { suggestions } = await (await fetch(`${address}/v1/suggest?q=tnbzky`)).json();
    if (suggestions.length) break;
    await new Promise((soon) => setTimeout(soon, 100));
  }
  const stop = async () => {
    await browser.close();
    server.removeAllListeners("exit");
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, browser, stop };
}

/** A page in a fresh profile; anything that runs or loads against the policy, and any error, fails the test. */
export async function visit({ address, browser }, path, options = {}) {
  const context = await browser.newContext({ baseURL: address, locale: "zh-CN", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (4|5)\d\d/.test(message.text())) faults.push(message.text());
  });
  await page.goto(path);
  return { page, faults, close: () => context.close() };
}
