// A browser of our own, which reaches the loopback interface and nothing else, and one visit with all that went wrong.

const { existsSync } = require("node:fs");
const puppeteer = require("puppeteer-core");

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const SECONDS = 30;

const SIZES = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844, isMobile: true, hasTouch: true },
};

function executable() {
  const folders = process.env.PATH.split(":");
  const places = NAMES.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
  const found = places.find(existsSync);
  if (!found) throw new Error(`none of ${NAMES.join(", ")} can be found`);
  return found;
}

function open() {
  const args = ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--disable-background-networking"];
  // as root, and in many a container, it has no sandbox; it sees nothing but our own pages
  return puppeteer.launch({ executablePath: executable(), args: [...args, "--no-sandbox", "--no-proxy-server"] });
}

// Opens `url` and hands the page to `look`, with the list of faults, to which it may add.
async function visit(browser, url, { size = "desktop", scheme = "light", script = true } = {}, look) {
  const context = await browser.createBrowserContext();
  const faults = [];
  try {
    await context.overridePermissions(new URL(url).origin, ["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.setDefaultTimeout(SECONDS * 1000);
    page.on("console", (message) => {
      if (["error", "warn", "assert"].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
    });
    const asked = [];
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const wanted = new URL(request.url());
      // browsers look for it by themselves
      if (wanted.pathname === "/favicon.ico") return request.respond({ status: 204 });
      if (wanted.origin === new URL(url).origin) return request.continue();
      asked.push(request.url());
      // with no content for an answer, a browser stays where it is
      return request.respond({ status: 204 });
    });
    await page.setViewport(SIZES[size]);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setJavaScriptEnabled(script);
    await page.goto(url, { waitUntil: "load" });
    await look(page, faults, asked);
    faults.push(...asked.map((other) => `a request to somebody else: ${other}`));
  } catch (error) {
    faults.push(`${error}`);
  } finally {
    await context.close();
  }
  return faults;
}

module.exports = { SIZES, open, visit };
