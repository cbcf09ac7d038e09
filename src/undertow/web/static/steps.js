// Arrow keys move through the steps of a page that has some.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, [tabindex='0']") || event.ctrlKey || event.metaKey || event.altKey) return;
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = way && document.querySelector(`[data-steps] a[rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
