// j and k move through the links of a list, Enter opens one as everywhere, / goes to the search.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...document.querySelectorAll("[data-list] [data-row]")];
  const at = rows.indexOf(document.activeElement);
  if (event.key === "/") {
    document.querySelector("[data-find]")?.focus();
  } else if (event.key === "j" && rows.length) {
    rows[Math.min(at + 1, rows.length - 1)].focus();
  } else if (event.key === "k" && rows.length) {
    rows[Math.max(at - 1, 0)].focus();
  } else {
    return;
  }
  event.preventDefault();
});
