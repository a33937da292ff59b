// A citation number brings its card into view. A plain "#id" link would not do: the page has a <base>, so that with
// a query in the address the browser would load the page anew and lose the conversation.
element.addEventListener("click", (event) => {
  const link = event.target.closest("a.m-link");
  if (!link) return;
  event.preventDefault();
  const card = document.getElementById(link.getAttribute("href").slice(1));
  if (!card) return;
  const fold = card.closest("details");
  if (fold) fold.open = true;
  card.scrollIntoView({ behavior: "smooth", block: "nearest" });
  card.focus({ preventScroll: true });
});
