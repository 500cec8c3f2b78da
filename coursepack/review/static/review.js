// What HTML alone cannot: keys, the marked place in view, a click anywhere on a line or a piece.
"use strict";
(() => {
  let path = location.pathname;
  const off = () => localStorage.getItem("coursepack-keys") === "off";

  const settle = () => {
    // htmx puts a new body into the page that is there: its language is said by the page itself.
    document.documentElement.lang = document.getElementById("main").dataset.language;
    for (const pane of document.querySelectorAll(".lines, .made")) {
      const found = pane.querySelectorAll(".marked");
      const marked = found[pane.matches(".made") ? found.length - 1 : 0] || pane.querySelector(".same");
      if (marked) pane.scrollTop = marked.offsetTop - pane.offsetTop - pane.clientHeight / 3;
    }
    const here = document.querySelector("header nav [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 8; // a row that is pushed
    const button = document.getElementById("keys");
    if (button) {
      button.setAttribute("aria-pressed", String(!off()));
      button.textContent = off() ? button.dataset.off : button.dataset.on;
    }
    const focus = document.querySelector("[data-focus]");
    if (focus) focus.focus({preventScroll: false});
    else if (path !== location.pathname) scrollTo(0, 0); // another page begins at its head
    path = location.pathname;
  };

  const along = (line, step) => {
    const every = [...line.closest(".lines").querySelectorAll(".line")];
    return every[every.indexOf(line) + step];
  };

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox") return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const list = at.closest && at.closest(".lines");
      if (!list) return;
      const line = at.closest(".line") || list.querySelector(".marked");
      const next = line ? along(line, event.key === "ArrowDown" ? 1 : -1) : list.querySelector(".line");
      if (next) {
        event.preventDefault();
        next.querySelector(".n").focus();
      }
      return;
    }
    if (off()) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (wanted) {
      event.preventDefault();
      wanted.click();
    }
  });

  document.addEventListener("click", event => {
    if (event.target.id === "keys") {
      localStorage.setItem("coursepack-keys", off() ? "on" : "off");
      settle();
      return;
    }
    if (event.target.closest("a, button, input, select, textarea, label, summary")) return;
    if (String(getSelection())) return;
    const line = event.target.closest(".line, .piece");
    const link = line && line.querySelector(":scope > .n, :scope > .from");
    if (link) link.click();
  });

  // Of what this page shows already the server sends the ids alone.
  document.addEventListener("htmx:configRequest", event => {
    event.detail.headers["x-coursepack-shown"] = document.getElementById("main").dataset.shown;
  });

  // A page of htmx's is this page: the text that is selected is what is to be split.
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:beforeRequest", event => {
    const busy = document.getElementById("busy");
    if (busy && !event.detail.elt.hasAttribute("hx-trigger")) busy.textContent = busy.dataset.text;
  });
  document.addEventListener("htmx:sendError", () => {
    const busy = document.getElementById("busy");
    if (busy) busy.textContent = "coursepack review: –";
  });
  document.addEventListener("DOMContentLoaded", settle);
})();
