// The language links: the choice is remembered, and query and fragment go along.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[data-locale-switch]");
  if (!link) return;
  try {
    localStorage.setItem("codeglot.locale", link.dataset.locale);
  } catch {
    // A browser that keeps nothing still follows the link.
  }
  link.search = location.search;
  link.hash = location.hash;
});
