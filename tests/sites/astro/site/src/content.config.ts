import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";

const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/[^_]*.{md,mdx}" }),
  schema: ({ image }) =>
    z.object({
      title: z.string(),
      description: z.string().optional(),
      pubDate: z.coerce.date(),
      updatedDate: z.coerce.date().optional(),
      heroImage: image().optional(),
      heroImageAlt: z.string().optional(),
      author: z.object({ name: z.string(), url: z.string().url().optional() }).optional(),
      tags: z.array(z.string()).default([]),
      lang: z.enum(["en", "ru"]).default("en"),
      draft: z.boolean().default(false),
      canonicalURL: z.string().url().optional(),
    }),
});

export const collections = { blog };
