/* Highlights, notes and bookmarks of the learner: on a passage that was selected, or on a page and a section by a
   button. They travel with the answers (`store.js`, field `m`). A passage is kept as its place and a sum of its letters:
   in a course that was built anew it is looked for, and a note whose passage is gone stands in the list alone. */
"use strict";
(function (cp) {
  const HIGHLIGHT = "h", NOTE = "n", BOOKMARK = "b";
  const SAVED = /^([hnb])(.{3})([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]*)(?:\|([^]*))?$/;
  const LONGEST_QUOTE = 120; // letters that the list shows of a passage
  const { $, all } = cp;

  function sum(text) { // FNV-1a, 32 bits
    let hash = 0x811c9dc5;
    for (const letter of text.replace(/\s+/g, "")) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
    return hash.toString(36);
  }

  function read(id, saved) {
    const found = SAVED.exec(saved);
    if (!found) return null;
    const [, kind, page, start, length, hash, text] = found;
    return { id, kind, page, start: parseInt(start, 36), length: parseInt(length, 36), hash, text: text || "" };
  }

  function written(note) {
    const place = `${note.kind}${note.page}${note.start.toString(36)}.${note.length.toString(36)}.${note.hash}`;
    return note.text ? `${place}|${note.text}` : place;
  }

  class Notes {
    constructor(reader) {
      this.reader = reader;
      this.list = $("#notes-list");
      this.editor = $("#note");
      this.bar = $("#selected");
      this.texts = new Map(); // page → its text
      this.editing = null;
      this.chosen = null; // the passage that is selected
      if (reader.store.writes) {
        this.buttons();
        this.listen();
      }
      this.draw();
    }

    passages(page) {
      if (!this.texts.has(page)) this.texts.set(page, new cp.Passages(page));
      return this.texts.get(page);
    }

    get all() {
      const order = new Map(this.reader.config.pages.map(({ key }, i) => [key, i]));
      return Object.entries(this.reader.store.notes).map(([id, saved]) => read(id, saved))
        .filter((note) => note && order.has(note.page))
        .sort((a, b) => order.get(a.page) - order.get(b.page) || a.start - b.start || (a.id < b.id ? -1 : 1));
    }

    page(note) {
      const known = this.reader.config.pages.find(({ key }) => key === note.page);
      return document.getElementById(known.id);
    }

    /* [start, end] of the passage on its page, null when it is there no longer. */
    place(note) {
      const { text } = this.passages(this.page(note));
      const fits = (start) => sum(text.slice(start, start + note.length)) === note.hash;
      if (fits(note.start)) return [note.start, note.start + note.length];
      for (let start = 0; start + note.length <= text.length; start += 1) {
        if (fits(start)) return [start, start + note.length];
      }
      return null;
    }

    quote(note) {
      const place = this.place(note);
      if (!place) return "";
      const whole = this.passages(this.page(note)).text.slice(...place).replace(/\s+/g, " ").trim();
      return whole.length > LONGEST_QUOTE ? `${whole.slice(0, LONGEST_QUOTE)}…` : whole;
    }

    // --- what the learner does

    buttons() {
      for (const page of all(".page:not(.front)")) {
        const row = cp.element("p", "", { class: "tools own" });
        const add = (name, act) => {
          const button = cp.element("button", this.reader.say(name), { type: "button", class: "plain" });
          button.addEventListener("click", act);
          row.append(button);
          return button;
        };
        page.bookmark = add("bookmark", () => this.onBookmark(page));
        add("addNote", () => this.onNote(page, $("h2", page)));
        $("header", page).append(row);
      }
    }

    onBookmark(page) {
      const { there, made } = this.onPlace(BOOKMARK, page, $("h2", page));
      if (there) this.remove(there);
      else this.save(made);
    }

    /* A note on a page or a section. */
    onNote(page, heading) {
      const { there, made } = this.onPlace(NOTE, page, heading);
      this.edit(there || made);
    }

    onPlace(kind, page, heading) {
      const passages = this.passages(page);
      const start = passages.offset(heading, 0), length = this.length(passages, heading, start);
      const { key } = this.reader.known(page);
      const there = this.all.find((note) => note.kind === kind && note.page === key && note.start === start);
      return { there, made: this.made(kind, key, passages, start, length) };
    }

    length(passages, element, start) {
      const last = passages.nodes.findLastIndex((node) => element.contains(node));
      return last < 0 ? 0 : passages.starts[last] + passages.nodes[last].length - start;
    }

    made(kind, page, passages, start, length) {
      const { store } = this.reader;
      let stamp = Date.now();
      while (store.notes[stamp.toString(36)] !== undefined) stamp += 1;
      return { id: stamp.toString(36), kind, page, start, length, hash: sum(passages.text.slice(start, start + length)), text: "" };
    }

    listen() {
      let waiting = 0;
      document.addEventListener("selectionchange", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => this.selected(), 200);
      });
      $("[data-highlight]", this.bar).addEventListener("click", () => this.fromSelection(false));
      $("[data-note]", this.bar).addEventListener("click", () => this.fromSelection(true));
      this.editor.addEventListener("close", () => this.edited(this.editor.returnValue));
      document.addEventListener("click", (event) => this.pointed(event));
    }

    selected() {
      const selection = document.getSelection();
      const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
      const page = this.reader.page;
      const inside = range && page.contains(range.commonAncestorContainer) && !$("dialog[open]");
      if (!inside) {
        if (!this.bar.contains(document.activeElement)) this.bar.hidden = true;
        return;
      }
      const passages = this.passages(page);
      let start = passages.offset(range.startContainer, range.startOffset), end = passages.offset(range.endContainer, range.endOffset);
      while (start < end && /\s/.test(passages.text[start])) start += 1;
      while (end > start && /\s/.test(passages.text[end - 1])) end -= 1;
      this.bar.hidden = end <= start;
      if (end <= start) return;
      this.chosen = { page, start, length: end - start };
      const box = range.getBoundingClientRect(), own = this.bar.getBoundingClientRect();
      const below = box.bottom + own.height + 16 < window.innerHeight;
      this.bar.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - own.height - 8)}px`;
      this.bar.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - own.width - 8))}px`;
    }

    fromSelection(withNote) {
      const { page, start, length } = this.chosen;
      const { key } = this.reader.known(page);
      const note = this.made(HIGHLIGHT, key, this.passages(page), start, length);
      document.getSelection().removeAllRanges();
      this.bar.hidden = true;
      if (withNote) this.edit(note);
      else this.save(note);
    }

    /* A click on a highlight opens it. */
    pointed(event) {
      if (event.target.closest("a, button, input, label, select, textarea, dialog") || !document.getSelection().isCollapsed) return;
      const hit = (this.drawn || []).find(({ range }) => [...range.getClientRects()].some((box) => event.clientX >= box.left
        && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom));
      if (hit) this.edit(hit.note);
    }

    edit(note) {
      this.editing = note;
      $("blockquote", this.editor).textContent = this.quote(note);
      $("textarea", this.editor).value = note.text;
      $("[value=remove]", this.editor).hidden = this.reader.store.notes[note.id] === undefined;
      this.editor.returnValue = "";
      this.editor.showModal();
    }

    edited(answer) {
      const note = this.editing;
      this.editing = null;
      if (!note) return;
      if (answer === "remove") this.remove(note);
      else if (answer === "save") {
        note.text = $("textarea", this.editor).value.trim();
        if (note.text || note.kind === HIGHLIGHT) this.save(note);
        else this.remove(note);
      }
      if (this.list.open) this.fill();
    }

    save(note) {
      this.reader.store.notes[note.id] = written(note);
      this.changed();
    }

    remove(note) {
      if (this.reader.store.notes[note.id] === undefined) return;
      this.reader.store.notes[note.id] = ""; // told as removed to who joins two states
      this.changed();
    }

    changed() {
      this.reader.keep();
      this.draw();
      if (this.list.open) this.fill();
    }

    // --- what is seen of it

    draw() {
      this.drawn = [];
      const marked = new Set();
      for (const note of this.all) {
        if (note.kind === BOOKMARK) marked.add(note.page);
        const place = note.kind === HIGHLIGHT && this.place(note);
        if (place) this.drawn.push({ note, range: this.passages(this.page(note)).range(...place) });
      }
      cp.paint("own", this.drawn.filter(({ note }) => !note.text).map(({ range }) => range));
      cp.paint("own-note", this.drawn.filter(({ note }) => note.text).map(({ range }) => range));
      for (const { id, key } of this.reader.config.pages) {
        const { bookmark } = document.getElementById(id);
        if (bookmark) bookmark.setAttribute("aria-pressed", String(marked.has(key)));
        const link = $(`#menu a[href="#${id}"]`);
        if (link) link.classList.toggle("bookmarked", marked.has(key));
      }
    }

    open() {
      this.fill();
      this.list.showModal();
    }

    fill() {
      const items = $("ol", this.list), { store } = this.reader;
      items.replaceChildren(...this.all.map((note) => {
        const item = cp.element("li"), page = this.page(note);
        const go = cp.element("a", $("h2", page).textContent.trim(), { href: `#${page.id}` });
        go.addEventListener("click", (event) => {
          event.preventDefault();
          event.stopPropagation();
          this.list.close();
          this.go(note);
        });
        item.append(cp.element("span", this.reader.say(`kind_${note.kind}`), { class: "label" }), " ", go);
        const quote = note.kind === BOOKMARK ? "" : this.quote(note);
        if (quote === go.textContent) { /* a note on the page: its title stands above */ }
        else if (quote) item.append(cp.element("blockquote", quote));
        else if (note.kind === HIGHLIGHT) item.append(cp.element("p", this.reader.say("passageGone"), { class: "quiet" }));
        if (note.text) item.append(cp.element("p", note.text, { class: "written" }));
        if (store.overflow.has(note.id)) item.append(cp.element("p", this.reader.say("noteHere"), { class: "kept" }));
        if (store.writes) {
          const row = cp.element("p", "", { class: "actions" });
          const button = (name, act) => {
            const made = cp.element("button", this.reader.say(name), { type: "button", class: "plain" });
            made.addEventListener("click", act);
            row.append(made);
          };
          if (note.kind !== BOOKMARK) button("editNote", () => this.edit(note));
          button("removeNote", () => { this.remove(note); $("h2", this.list).focus(); });
          item.append(row);
        }
        return item;
      }));
      $("[data-none]", this.list).hidden = items.children.length > 0;
      const away = $("[data-away]", this.list);
      away.hidden = !store.notesElsewhere;
      away.textContent = store.notesElsewhere ? this.reader.say("notesElsewhere", { number: store.notesElsewhere }) : "";
    }

    go(note) {
      const page = this.page(note), place = this.place(note);
      this.reader.go(page.id, true);
      if (place && place[0] > 40) cp.bring(this.passages(page).range(...place));
    }

    /* Lines for the file with the answers, and for print. */
    lines(pages) {
      return this.all.filter((note) => !pages || pages.includes(this.page(note))).map((note) => [`${this.reader.say(`kind_${note.kind}`)}: ${$("h2", this.page(note)).textContent.trim()}`,
        note.kind !== BOOKMARK && this.quote(note) ? `«${this.quote(note)}»` : "", note.text].filter(Boolean));
    }
  }

  cp.tools.push((reader) => {
    if (!$("#notes-list")) return;
    cp.notes = new Notes(reader);
  });
})(window.coursepack);
