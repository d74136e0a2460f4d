// What holds for a feed that a browser opens: its first block is a page, and the rest is for programs.

async function block(page, direction) {
  return page.evaluate((direction) => {
    const faults = [];
    const root = document.documentElement;
    const feed = root.querySelector("channel") ?? root;
    const shown = [...feed.children].filter((child) => getComputedStyle(child).display !== "none");
    const names = shown.map((child) => child.localName);
    if (names.join() !== "div") faults.push(`what is shown of the feed: ${names}`);
    if (!feed.querySelector("item, entry")) faults.push("there are no entries");
    const found = getComputedStyle(shown[0]).direction;
    if (found !== direction) faults.push(`it runs ${found}, not ${direction}`);
    const first = shown[0].querySelector("h1").getBoundingClientRect();
    if (first.top > 200 || !first.height) faults.push(`its title stands at ${first.top}`);
    return faults;
  }, direction);
}

// The contrast of WCAG 2 between all text and the paper; in XML axe-core looks for none.
async function contrast(page) {
  return page.evaluate(() => {
    const luminance = (colour) => {
      const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255);
      const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const paper = luminance(getComputedStyle(document.documentElement).backgroundColor);
    const faults = [];
    for (const one of document.querySelectorAll("h1, h2, h3, p, a, time")) {
      const ink = luminance(getComputedStyle(one).color);
      const ratio = (Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05);
      if (ratio < 4.5) faults.push(`${one.localName} has a contrast of ${ratio}: ${one.textContent}`);
    }
    return faults;
  });
}

// Every link is under the pointer where it is seen, and the click leads to its address.
async function links(page, asked) {
  const faults = [];
  const all = await page.$$("a");
  if (all.length < 2) faults.push(`there are ${all.length} links`);
  for (const link of all) {
    const address = await link.evaluate((link) => link.href);
    asked.length = 0;
    await link.scrollIntoView();
    await link.click();
    for (let tries = 0; tries < 50 && !asked.length; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
    if (asked.join() !== address) faults.push(`a click on ${address} leads to ${asked}`);
  }
  asked.length = 0;
  return faults;
}

module.exports = { block, contrast, links };
