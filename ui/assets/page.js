// What the page does in the browser besides asking: citations, keys, examples, reports in context, copying, speaking.
"use strict";
(() => {
  const find = (selector, inside = document) => inside.querySelector(selector);
  const words = () => find("#m-words")?.dataset ?? {};
  const box = () => find("#m-question textarea");
  const narrow = () => matchMedia("(max-width: 59.99rem)").matches;

  // Said again only after a pause: a live region that does not change is not read.
  function say(text) {
    const live = find("#m-live");
    if (!live || !text) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 50);
  }

  // A plain "#id" link would not do: the page has a <base>, so that with a query in the address the browser would load
  // the page anew and lose the conversation.
  function goToCard(link) {
    setView("cards");
    const card = document.getElementById(link.getAttribute("href").slice(1));
    if (!card) return;
    for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const lit of document.querySelectorAll(".m-lit")) lit.classList.remove("m-lit");
    card.classList.add("m-lit");
    card.scrollIntoView({ behavior: still() ? "auto" : "smooth", block: narrow() ? "start" : "nearest" });
    card.focus({ preventScroll: true });
  }

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // "[" and "]" go through the citations of the latest answer, in the order they stand in.
  let at = -1;
  function step(by) {
    const turns = document.querySelectorAll("#m-conversation .m-turn");
    const links = turns.length ? [...turns[turns.length - 1].querySelectorAll("a.m-link")] : [];
    if (!links.length) return;
    at = at < 0 ? (by > 0 ? 0 : links.length - 1) : (at + by + links.length) % links.length;
    goToCard(links[at]);
  }

  function askExample(text) {
    const field = box();
    if (!field) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    setTimeout(() => find("#m-question .submit-button")?.click(), 50);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say(words().copied);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.setAttribute("readonly", "");
      field.className = "m-unseen";
      (find("dialog[open]") ?? document.body).append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      say(done ? words().copied : words().uncopied);
      return done;
    }
  }

  function show(button, text) {
    const before = button.dataset.words ?? button.textContent;
    button.dataset.words = before;
    button.textContent = text;
    setTimeout(() => { button.textContent = before; }, 2000);
  }

  // The report in context: a dialog, which keeps the focus inside and gives it back when it closes.
  let hit = 0;
  async function openReport(address) {
    const dialog = document.createElement("dialog");
    dialog.id = "m-report";
    dialog.setAttribute("aria-label", words().dialog);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "m-close";
    close.textContent = words().close;
    const body = document.createElement("div");
    body.className = "m-report-body";
    body.tabIndex = 0;
    body.textContent = words().opening;
    dialog.append(close, body);
    (find(".gradio-container") ?? document.body).append(dialog);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
    try {
      const reply = await fetch(address, { headers: { accept: "text/html" } });
      body.innerHTML = await reply.text();
    } catch {
      body.textContent = words().failed;
    }
    // The words that were asked for are number 1, wherever in the report they stand.
    hit = hits().findIndex((mark) => mark.id === "m-hit-1");
    goToHit(0);
  }

  const hits = () => [...document.querySelectorAll("#m-report [id^='m-hit-']")];

  function goToHit(by) {
    const marks = hits();
    if (!marks.length) return;
    hit = Math.min(Math.max(hit + by, 0), marks.length - 1);
    for (const lit of document.querySelectorAll("#m-report .m-lit")) lit.classList.remove("m-lit");
    const mark = marks[hit];
    mark.classList.add("m-lit");
    mark.scrollIntoView({ block: "center" });
    mark.tabIndex = -1;
    if (!by) mark.focus({ preventScroll: true });
    const place = find("#m-report .m-hit-place");
    if (place) place.textContent = String(hit + 1);
    for (const [button, end] of [[".m-previous", 0], [".m-next", marks.length - 1]]) {
      const found = find(`#m-report ${button}`);
      found?.setAttribute("aria-disabled", String(hit === end));
    }
  }

  function setView(view) {
    document.documentElement.dataset.view = view;
    for (const button of document.querySelectorAll(".m-view")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
  }

  document.addEventListener("click", async (event) => {
    const on = (selector) => event.target.closest(selector);
    let found;
    awaitedUntil = Date.now() + 3 * EVERY_MS;
    if ((found = on("a.m-link"))) {
      event.preventDefault();
      goToCard(found);
    } else if ((found = on(".m-example"))) {
      askExample(found.dataset.question);
    } else if ((found = on(".m-copy"))) {
      show(found, (await copy(found.dataset.citation)) ? words().copied : words().uncopied);
    } else if ((found = on(".m-context"))) {
      openReport(found.dataset.address);
    } else if ((found = on(".m-view"))) {
      setView(found.dataset.view);
    } else if (on(".m-next")) {
      goToHit(1);
    } else if (on(".m-previous")) {
      goToHit(-1);
    } else if ((found = on("#m-side-toggle"))) {
      const open = find("#m-columns").classList.toggle("m-side-open");
      found.setAttribute("aria-expanded", String(open));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") awaitedUntil = Date.now() + 3 * EVERY_MS;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable=true]") || find("dialog[open]")) return;
    if (event.key === "/") {
      event.preventDefault();
      box()?.focus();
    } else if (event.key === "]" || event.key === "[") {
      event.preventDefault();
      step(event.key === "]" ? 1 : -1);
    }
  });

  // A question sent while another is answered is asked after it. Of a key pressed twice, the second would ask whatever
  // stands in the box by then.
  const TWICE_MS = 800;
  let sent = { text: "", at: 0 };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== box()) return;
    const text = box().value;
    if (event.repeat || (text === sent.text && Date.now() < sent.at + TWICE_MS)) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      sent = { text, at: Date.now() };
    }
  }, { capture: true });

  // A server that has gone says nothing. While something is awaited, the page asks whether it is there. Once it is back,
  // Gradio loads the page anew.
  const EVERY_MS = 3000;
  let awaitedUntil = 0;
  async function lookForServer() {
    if (!find(".m-waiting") && Date.now() > awaitedUntil) return;
    try {
      await fetch(find("link[href*='/root.css']").href, { cache: "no-store", signal: AbortSignal.timeout(2 * EVERY_MS) });
    } catch (error) {
      if (error.name !== "TimeoutError") tellLost();
    }
  }
  setInterval(lookForServer, EVERY_MS);

  function tellLost() {
    if (!find("#m-lost")) {
      document.documentElement.dataset.lost = "";
      const bar = document.createElement("div");
      bar.id = "m-lost";
      bar.setAttribute("role", "alert");
      const told = document.createElement("p");
      told.textContent = words().lost;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words().reload;
      button.addEventListener("click", () => location.reload());
      bar.append(told, button);
      (find(".gradio-container") ?? document.body).append(bar);
    }
    for (const waiting of document.querySelectorAll(".m-waiting")) {
      waiting.className = "m-note";
      waiting.textContent = words().lost;
    }
  }

  // The conversation scrolls by itself; on a narrow screen it is the page that scrolls, and the first answer is at its top.
  function showTurn(turn, first) {
    const area = find("#m-conversation");
    const behavior = still() ? "auto" : "smooth";
    const top = turn.getBoundingClientRect().top;
    if (narrow()) window.scrollTo({ top: first ? 0 : window.scrollY + top - 8, behavior });
    else area.scrollTo({ top: area.scrollTop + top - area.getBoundingClientRect().top, behavior });
  }

  // Where the columns begin depends on the letters of the head; they fill what is left of the window.
  function measure() {
    const columns = find("#m-columns");
    if (!columns?.offsetParent || narrow()) return;
    const top = Math.round(columns.getBoundingClientRect().top + window.scrollY);
    document.documentElement.style.setProperty("--m-top", `${top}px`);
  }
  window.addEventListener("resize", measure);

  // Gradio builds the page when it is ready, and anew what an answer changes.
  let begun = false;
  let said = "";
  let turnsBefore = 0;
  let phase = "";
  let moved = false;
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    document.addEventListener(kind, (event) => { if (!event.target.closest?.("#m-question")) moved = true; }, { passive: true });
  }
  function watch() {
    for (const [id, name] of [["m-side", "side"], ["m-middle", "middle"], ["m-aside", "aside"]]) {
      const column = document.getElementById(id);
      if (!column || column.getAttribute("role") || !words()[name]) continue;
      column.setAttribute("role", id === "m-side" ? "search" : "region");
      column.setAttribute("aria-label", words()[name]);
      if (id !== "m-middle") continue;
      // What scrolls can be scrolled by key.
      find("#m-conversation")?.setAttribute("tabindex", "0");
      measure();
      document.fonts.ready.then(measure);
    }
    if (!begun && box()) {
      begun = true;
      // On a phone the keyboard would come up.
      if (!narrow() && document.activeElement === document.body) box().focus({ preventScroll: true });
    }
    const turns = document.querySelectorAll("#m-conversation .m-turn");
    const latest = turns[turns.length - 1];
    if (turns.length !== turnsBefore) {
      at = -1;
      said = "";
      moved = false;
      if (turns.length > turnsBefore) showTurn(latest, turns.length === 1);
      turnsBefore = turns.length;
    }
    // What has come makes room to scroll: the question goes to the top, unless somebody reads elsewhere by now.
    if (latest && latest.dataset.phase !== phase) {
      phase = latest.dataset.phase;
      if (!narrow() && !moved) {
        showTurn(latest);
        find("#m-aside").scrollTop = 0;
      }
    }
    if (latest && latest.dataset.say !== said) {
      said = latest.dataset.say;
      say(said);
    }
  }
  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
})();
