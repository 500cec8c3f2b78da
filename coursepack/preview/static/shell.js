/* The page around a preview: which product and page are shown, and what became of the last build. */
"use strict";
(function () {
  const EVERY = 1000; // ms
  const $ = (id) => document.getElementById(id);
  const words = document.body.dataset;
  let known = null, number = -1;

  function options(select, texts) {
    select.replaceChildren(...texts.map((text, index) => new Option(text, String(index))));
    select.parentNode.hidden = texts.length < 2;
  }

  const product = () => known.products[$("product").selectedIndex];

  function show(address) {
    const there = Boolean(address);
    $("frame").hidden = !there;
    $("only").hidden = there || !product();
    if (there) $("frame").contentWindow.location.replace(address);
  }

  function chosen() {
    const { pages = [], file = "" } = product() || {};
    options($("page"), pages.map((page) => page.title));
    $("save").hidden = !file;
    $("save").href = file || "#";
    show(pages.length ? pages[0].address : "");
  }

  /* A new build: the same product and the same page as before, where they are still there. */
  function renew(state) {
    const before = known && product();
    known = state;
    options($("product"), state.products.map((each) => each.title));
    const same = before ? state.products.findIndex((each) => each.title === before.title) : -1;
    if (same < 0) return chosen();
    $("product").selectedIndex = same;
    const page = $("page").selectedIndex;
    options($("page"), product().pages.map((each) => each.title));
    $("page").selectedIndex = Math.min(Math.max(page, 0), product().pages.length - 1);
    return $("frame").hidden ? chosen() : $("frame").contentWindow.location.reload();
  }

  function tell(state) {
    $("status").textContent = state.busy ? words.building : "";
    $("problems").hidden = !state.problems.length;
    $("problems").querySelector("p").textContent = state.number ? words.stale : words.none;
    $("problems").querySelector("ul").replaceChildren(...state.problems.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
  }

  async function look() {
    try {
      const state = await (await fetch("/state", { cache: "no-store" })).json();
      if (state.number !== number) {
        number = state.number;
        renew(state);
      }
      tell(state);
    } catch (ended) {
      $("status").textContent = words.gone;
    }
    setTimeout(look, EVERY);
  }

  $("product").addEventListener("change", chosen);
  $("page").addEventListener("change", () => show(product().pages[$("page").selectedIndex].address));
  look();
})();
