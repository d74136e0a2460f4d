// Chromium opens the pages of two newsrooms and feeds of one, as people do who look for something to subscribe to.
//
// usage: NODE_PATH=…/node_modules node browser.js PROGRAM [--screenshots DIRECTORY]

const path = require("node:path");
const { mkdirSync } = require("node:fs");
const feed = require("./feed");
const page = require("./page");
const { pagesCase, pagesOf, sample, served } = require("./served");
const { SIZES, open, visit } = require("./visit");

const FEEDS = { "en/news/rss.xml": "ltr", "en/atom.xml": "ltr", "ar/rss.xml": "rtl", "ar/news/atom.xml": "rtl" };
const NEWSROOMS = [
  { lay: sample, pages: pagesOf("feeds"), feeds: FEEDS },
  { lay: pagesCase, pages: pagesOf("tests/cases/pages/expected"), feeds: {} },
];

const SCREENS = {
  "front-page": { path: "index.html", scheme: "light", size: "desktop" },
  "arabic-edition": { path: "ar/index.html", scheme: "dark", size: "phone" },
  "feed-in-a-browser": { path: "en/news/rss.xml", scheme: "light", size: "desktop" },
};

const tally = { passed: 0, failed: 0 };

function holds(what, faults) {
  tally[faults.length ? "failed" : "passed"]++;
  for (const fault of faults) console.log(`FAILED: ${what}: ${fault.slice(0, 1000)}`);
}

// Every look, one after another, and what the browser complained of meanwhile.
async function check(browser, url, how, looks) {
  const what = `${new URL(url).pathname}, ${Object.values(how).join(", ")}`;
  const faults = await visit(browser, url, how, async (opened, _, asked) => {
    for (const [name, look] of Object.entries(looks)) {
      try {
        holds(`${what}, ${name}`, await look(opened, asked));
      } catch (error) {
        holds(`${what}, ${name}`, [`${error}`]);
      }
    }
  });
  holds(`${what}, requests and console`, faults);
}

const light = (opened) => page.colours(opened, "light");
const dark = (opened) => page.colours(opened, "dark");

async function checkPage(browser, url) {
  let withScript;
  const { accessibility, contrast, copying, folds, pictures, width } = page;
  const keyboard = (opened) => page.keyboard(opened, 'class="skip"');
  const offers = async (opened) => {
    withScript = await page.offers(opened);
    return withScript.length ? [] : ["nothing can be used"];
  };
  const seen = { pictures, width, light, accessibility, keyboard };
  await check(browser, url, { size: "desktop" }, { ...seen, copying, dark, contrast });
  // what is folded has to be as good as the rest
  await check(browser, url, { size: "phone" }, { folds, ...seen, offers, dark, contrast });

  const all = async (opened) => {
    const offered = new Set(await page.offers(opened));
    return withScript.filter((one) => !offered.has(one)).map((one) => `only with a script: ${one}`);
  };
  await check(browser, url, { size: "phone", script: false }, { folds, all, idle: page.idle, width });
}

async function checkFeed(browser, url, direction) {
  const { width, accessibility } = page;
  const { contrast, links } = feed;
  const block = (opened) => feed.block(opened, direction);
  const keyboard = (opened) => page.keyboard(opened, "href=");
  const night = { dark, "contrast in the dark": contrast };
  for (const size of Object.keys(SIZES)) {
    await check(browser, url, { size }, { block, width, light, contrast, accessibility, keyboard, links, ...night });
  }
}

async function photograph(browser, url, how, file) {
  const faults = await visit(browser, url, how, async (opened) => {
    await page.pictures(opened);
    await opened.screenshot({ path: file, type: "webp", quality: 60 });
  });
  holds(file, faults);
}

// Each newsroom has a browser of its own, and so a clipboard of its own.
async function visitAll(program, { lay, pages, feeds, screens }) {
  const browser = await open();
  try {
    await served(path.resolve(program), lay, async (base) => {
      for (const file of pages) await checkPage(browser, base + file);
      for (const [file, direction] of Object.entries(feeds)) await checkFeed(browser, base + file, direction);
      for (const [file, how] of Object.entries(screens)) await photograph(browser, base + how.path, how, file);
    });
  } finally {
    await browser.close();
  }
}

async function main(program, option, directory) {
  if (option === "--screenshots") {
    mkdirSync(directory, { recursive: true });
    const files = Object.entries(SCREENS).map(([name, how]) => [path.join(directory, `${name}.webp`), how]);
    await visitAll(program, { lay: sample, pages: [], feeds: {}, screens: Object.fromEntries(files) });
  } else {
    await Promise.all(NEWSROOMS.map((newsroom) => visitAll(program, { ...newsroom, screens: {} })));
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed ? 1 : 0;
}

main(...process.argv.slice(2)).catch((error) => {
  console.log(error.stack);
  process.exitCode = 1;
});
