/* Terms in a text open their definition; the glossary's terms as cards to learn. */
"use strict";
(function (cp) {
  const { $, all } = cp;
  const GAP = 8; // px between a term, its definition and the edges of the screen

  // --- definitions

  let opener = null, closed = null, closedAt = 0;

  function place() {
    if (!opener) return;
    const box = document.getElementById(opener.hash.slice(1)), at = opener.getClientRects()[0] || opener.getBoundingClientRect();
    const width = document.documentElement.clientWidth, height = window.innerHeight;
    const below = at.bottom + GAP + box.offsetHeight <= height || at.top < height - at.bottom;
    box.style.maxHeight = `${Math.max(96, (below ? height - at.bottom : at.top) - 2 * GAP)}px`;
    box.style.left = `${Math.max(GAP, Math.min(at.left, width - box.offsetWidth - GAP))}px`;
    box.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - box.offsetHeight)}px`;
  }

  function open(term) {
    const box = document.getElementById(term.hash.slice(1));
    if (!box || !box.showPopover) return;
    if (closed === term && Date.now() - closedAt < 400) { // the touch that closed it
      closed = null;
      return;
    }
    box.showPopover();
    opener = term;
    term.setAttribute("aria-expanded", "true");
    place();
    box.focus({ preventScroll: true });
  }

  function toggled(event) {
    if (event.newState !== "closed" || !opener || opener.hash !== `#${event.target.id}`) return;
    opener.setAttribute("aria-expanded", "false");
    const had = event.target.contains(document.activeElement) || document.activeElement === document.body;
    if (had) opener.focus({ preventScroll: true });
    closed = opener;
    closedAt = Date.now();
    opener = null;
  }

  document.addEventListener("click", (event) => {
    const term = event.target.closest("a.term");
    if (!term) return;
    event.preventDefault();
    event.stopPropagation(); // no place on a page
    open(term);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches || !event.target.matches("a.term")) return;
    event.preventDefault();
    open(event.target);
  });
  for (const box of all(".gloss")) box.addEventListener("beforetoggle", toggled);
  for (const term of all("a.term")) {
    term.setAttribute("aria-expanded", "false");
    term.setAttribute("aria-haspopup", "dialog");
  }
  window.addEventListener("scroll", place, { passive: true });
  window.addEventListener("resize", place);

  // --- cards

  /* Cards that are not known yet, in the order of the glossary; one that was forgotten comes again at the end. */
  class Cards {
    constructor(reader, box) {
      this.reader = reader;
      this.box = box;
      this.terms = all("[data-term]");
      this.known = reader.store.cards;
      this.turn = [];
      box.addEventListener("click", (event) => this.click(event.target));
      $("[data-cards]").addEventListener("click", () => this.toggle());
    }

    toggle() {
      const open = this.box.hidden;
      this.box.hidden = !open;
      $("[data-cards]").setAttribute("aria-expanded", String(open));
      if (open) this.begin();
    }

    begin() {
      this.known = this.reader.store.cards;
      this.turn = this.terms.filter((term) => !this.known.has(term.dataset.term));
      this.show();
      this.box.scrollIntoView({ block: "start" });
    }

    show() {
      const term = this.turn[0];
      $("[data-known]", this.box).textContent = this.reader.say("cardsKnown", {
        done: this.terms.filter((one) => this.known.has(one.dataset.term)).length, all: this.terms.length,
      });
      $(".front", this.box).textContent = term ? $("dfn", term).textContent : this.reader.say("cardsDone");
      $(".back", this.box).replaceChildren(...(term ? [...$("dd", term).cloneNode(true).childNodes] : []));
      for (const one of this.box.querySelectorAll(".back [id]")) one.removeAttribute("id");
      $(".back", this.box).hidden = true;
      $("[data-turn]", this.box).hidden = !term;
      $("[data-knew]", this.box).hidden = $("[data-forgot]", this.box).hidden = true;
      $("[data-anew]", this.box).hidden = !this.terms.some((one) => this.known.has(one.dataset.term));
      $(".card", this.box).focus({ preventScroll: true });
    }

    click(target) {
      const term = this.turn[0];
      if (target.matches("[data-turn]")) {
        $(".back", this.box).hidden = false;
        target.hidden = true;
        $("[data-knew]", this.box).hidden = $("[data-forgot]", this.box).hidden = false;
        $(".card", this.box).focus({ preventScroll: true });
      } else if (target.matches("[data-knew]")) {
        this.known.add(term.dataset.term);
        this.turn.shift();
        this.reader.keep();
        this.show();
      } else if (target.matches("[data-forgot]")) {
        this.turn.push(this.turn.shift());
        this.show();
      } else if (target.matches("[data-anew]")) {
        this.known.clear();
        this.reader.keep();
        this.begin();
      }
    }
  }

  cp.cards = function (reader) {
    const box = $(".cards");
    if (box) reader.cards = new Cards(reader, box);
  };
})(window.coursepack);
