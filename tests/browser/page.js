// What holds for a page that people open: functions from an open page to the faults that they find.

const axe = require("axe-core");

// Pictures below the window are not fetched before somebody scrolls there.
async function pictures(page) {
  return page.evaluate(async () => {
    const pictures = [...document.querySelectorAll("img")];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
    return pictures.filter((picture) => !picture.naturalWidth).map((picture) => `no picture: ${picture.src}`);
  });
}

// A phone makes its window wider where something does not fit, so the width is that of the screen.
async function width(page) {
  const wanted = page.viewport().width;
  const widest = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, innerWidth));
  return widest > wanted ? [`${widest} pixels wide, where there are ${wanted}`] : [];
}

// The page in these colours: after nightfall the paper is darker than the ink.
async function colours(page, scheme) {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const [paper, ink] = await page.evaluate(() => {
    const style = getComputedStyle(document.body ?? document.documentElement);
    const light = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
    return [light(style.backgroundColor), light(style.color)];
  });
  return (scheme === "dark") === paper < ink ? [] : [`${scheme}: paper ${paper}, ink ${ink}`];
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function accessibility(page) {
  await page.evaluate(axe.source);
  return tried(page, { type: "tag", values: TAGS });
}

// What other colours may have made worse.
async function contrast(page) {
  return tried(page, { type: "rule", values: ["color-contrast", "link-in-text-block"] });
}

async function tried(page, runOnly) {
  const { violations, passes } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), runOnly);
  if (!passes.length) return ["axe tried nothing"];
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes[0].html}, ${nodes[0].failureSummary}`);
}

// Tab visits all that can be used, in the order of the document, the skip link first, and it is seen where one is.
async function keyboard(page, begins) {
  // Tab goes on from the last click
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.click(1, 1);
  const usable = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")];
    window.usable = all.filter((one) => one.checkVisibility({ visibilityProperty: true }));
    return window.usable.map((one) => one.outerHTML.split(">")[0]);
  });
  const faults = [];
  if (!usable.length || !usable[0].includes(begins)) faults.push(`the first place is ${usable[0]}`);
  for (const [number, wanted] of usable.entries()) {
    await page.keyboard.press("Tab");
    const { place, name, seen } = await page.evaluate(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const within = box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return { place: window.usable.indexOf(one), name: one.outerHTML.split(">")[0], seen: within && outlined };
    });
    if (place !== number) return [...faults, `Tab leads to ${name}, and not to ${wanted}`];
    if (!seen) faults.push(`nobody sees that the keyboard is at ${name}`);
  }
  return faults;
}

async function copying(page) {
  const buttons = await page.$$("button[data-copy]");
  const faults = buttons.length ? [] : ["no button copies"];
  for (const button of buttons) {
    await button.click();
    await page.waitForFunction((button) => button.textContent === button.dataset.copied, { timeout: 5000 }, button);
    const [copied, address, told] = await button.evaluate(async (button) => [
      await navigator.clipboard.readText(),
      document.getElementById(button.dataset.copy).value,
      document.querySelector("[role=status]").textContent,
    ]);
    if (copied !== address) faults.push(`copied ${copied}, not ${address}`);
    if (!told) faults.push(`nobody who cannot see is told that ${address} was copied`);
  }
  return faults;
}

// All that can be used and seen, apart from the buttons that copy.
async function offers(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], input, summary, button:not([data-copy])")];
    const seen = all.filter((one) => one.checkVisibility());
    return seen.map((one) => `${one.localName} ${one.href ?? one.value ?? ""} ${one.textContent}`);
  });
}

// Buttons need a script.
async function idle(page) {
  const buttons = await page.$$eval("button", (all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML));
  return buttons.map((button) => `it does nothing: ${button}`);
}

// What is folded opens without a script.
async function folds(page) {
  for (const summary of await page.$$("summary")) await summary.click();
  return page.$$eval("details:not([open]) > summary", (left) => left.map((one) => `it stays folded: ${one.textContent}`));
}

module.exports = { accessibility, colours, contrast, copying, folds, idle, keyboard, offers, pictures, width };
