/** @type {import('@docusaurus/types').Config} */
export default {
  title: "Hive Notes",
  tagline: "Release notes of an open hive",
  url: "https://hives.example",
  baseUrl: "/open/",
  trailingSlash: false,
  onBrokenLinks: "warn",
  i18n: { defaultLocale: "en", locales: ["en", "ru"] },
  presets: [
    [
      "classic",
      {
        docs: false,
        blog: { routeBasePath: "news", path: "blog", showReadingTime: true, feedOptions: { type: ["rss", "atom", "json"] } },
        theme: {},
      },
    ],
  ],
  themeConfig: { image: "img/hive.png", navbar: { title: "Hive Notes" } },
};
