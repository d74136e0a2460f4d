export default {
  tags: ["posts"],
  permalink: (data) => `/ru/zvon/${data.page.fileSlug}/`,
};
