import { defineConfig } from "astro/config";
import mdx from "@astrojs/mdx";

export default defineConfig({
  site: "https://herebe.example",
  trailingSlash: "always",
  integrations: [mdx()],
  i18n: { locales: ["en", "ru"], defaultLocale: "en" },
  redirects: { "/blog/en/old-north/": "/blog/en/which-north/" },
});
