export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("content/**/*.jpg");
  eleventyConfig.setFrontMatterParsingOptions({ excerpt: true, excerpt_separator: "<!-- excerpt -->" });
  eleventyConfig.addPreprocessor("drafts", "*", (data) => {
    if (data.draft) return false;
    if (data.page.date > new Date()) return false;
  });
  eleventyConfig.addShortcode("bell", (number) => `<b class="bell">${number}</b>`);
  eleventyConfig.addPairedShortcode("aside", (content) => `<aside>${content}</aside>`);
  return { dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" } };
}
