// What three parsers from npm make of feeds that lie on a server: one JSON object, by parser and address.
//
// usage: NODE_PATH=…/node_modules node in_node.js URL...

const FeedParser = require("feedparser");
const RssParser = require("rss-parser");
const { parseFeed } = require("feedsmith");
const { Readable } = require("node:stream");

const seconds = (date) => (date ? Math.floor(new Date(date).getTime() / 1000) : null);
const list = (value) => (value === undefined || value === null ? [] : [value].flat());

async function rssParser(url) {
  const item = ["updated", ["dc:creator", "creators", { keepArray: true }], ["media:thumbnail", "thumbnail"]];
  const feed = await new RssParser({ customFields: { item: [...item, ["atom:updated", "changed"]] } }).parseURL(url);
  const entry = (item) => ({
    id: item.guid ?? item.id,
    title: item.title,
    link: item.link,
    published: seconds(item.isoDate),
    updated: seconds(item.changed ?? item.updated),
    authors: item.creators ?? list(item.author),
    content: item["content:encoded"] ?? item.content,
    picture: item.thumbnail?.$?.url,
    enclosure: item.enclosure?.url,
  });
  return { title: feed.title, language: feed.language, entries: feed.items.map(entry) };
}

async function feedsmith(url) {
  const { format, feed } = parseFeed(await (await fetch(url)).text());
  return { rss: smithRss, atom: smithAtom, json: smithJson }[format](feed);
}

const smithRss = (feed) => ({
  title: feed.title,
  language: feed.language,
  entries: feed.items.map((item) => ({
    id: item.guid.value,
    title: item.title,
    link: item.link,
    published: seconds(item.pubDate),
    updated: seconds(item.atom?.updated),
    authors: item.dc?.creators ?? list(item.dc?.creator),
    content: item.content?.encoded ?? item.description,
    picture: item.media?.thumbnails?.[0].url,
    enclosure: item.enclosures?.[0].url,
  })),
});

const smithAtom = (feed) => ({
  title: feed.title.value,
  language: feed.xml?.lang,
  entries: feed.entries.map((entry) => ({
    id: entry.id,
    title: entry.title.value,
    link: entry.links.find((link) => link.rel === "alternate").href,
    published: seconds(entry.published),
    updated: seconds(entry.updated),
    authors: entry.authors.map((author) => author.name),
    content: entry.content.value,
    picture: entry.media?.thumbnails?.[0].url,
    enclosure: entry.links.find((link) => link.rel === "enclosure")?.href,
  })),
});

const smithJson = (feed) => ({
  title: feed.title,
  language: feed.language,
  entries: feed.items.map((item) => ({
    id: item.id,
    title: item.title,
    link: item.url,
    published: seconds(item.date_published),
    updated: seconds(item.date_modified),
    authors: item.authors.map((author) => author.name),
    content: item.content_html,
    picture: item.image,
    enclosure: item.attachments?.[0].url,
  })),
});

async function feedparser(url) {
  const parser = new FeedParser({ feedurl: url, addmeta: false });
  Readable.fromWeb((await fetch(url)).body).pipe(parser);
  const entries = [];
  for await (const item of parser) {
    entries.push({
      id: item.guid,
      title: item.title,
      link: item.link,
      published: seconds(item.pubdate),
      updated: seconds(item.date),
      authors: list(item.author),
      content: item.description,
      picture: item.image?.url,
      enclosure: item.enclosures[0]?.url,
    });
  }
  return { title: parser.meta.title, language: parser.meta.language, entries };
}

async function main(urls) {
  const found = {};
  for (const [name, read] of Object.entries({ "rss-parser": rssParser, feedsmith, "feedparser (npm)": feedparser })) {
    found[name] = {};
    for (const url of urls) {
      // the others know no JSON Feed
      if (name !== "feedsmith" && url.endsWith(".json")) continue;
      found[name][url] = await read(url);
    }
  }
  console.log(JSON.stringify(found));
}

main(process.argv.slice(2));
