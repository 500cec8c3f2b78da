/* The search over all pages of the package. It and its index are scripts that are loaded when the search opens first
   (`tools.js`). */
"use strict";
(function (cp) {
  const WORD = /[\p{L}\p{N}]+/gu;
  const LEAST = 2; // letters from which the beginning of a word counts
  const LEAST_BASE = 3; // letters before an ending that the course does not have
  const LEAST_SHORTENED = 4; // letters that stay of a word that is found by its beginning
  const MOST = 50; // results that are shown
  const AROUND = 70; // letters of a snippet before and after what was found
  const GOES_FOR = 60000; // ms

  class Index {
    constructor(data) {
      this.data = data;
      this.blocks = [];
      data.pages.forEach(([part, id, texts, heads], page) => texts.forEach((text, i) => {
        this.blocks.push({ part, page, id, text, heading: heads.includes(i), title: texts[0], first: i === 0 });
      }));
      this.rows = data.words.split("\n").filter(Boolean).map((row) => {
        const [base, endings, steps] = row.split("|");
        return { base, endings: endings.split(","), steps };
      });
      this.forms = new Map();
      for (const row of this.rows) for (const ending of row.endings) this.forms.set(row.base + ending, row);
      this.bases = new Map();
      for (const row of this.rows) this.bases.set(row.base, [...(this.bases.get(row.base) || []), row]);
      this.endings = new Set(data.endings);
    }

    fold(word) {
      const { letters, later, beginnings } = this.data;
      let alike = [...word].map((letter) => letters[letter] ?? letter).join("");
      const short = Object.keys(beginnings).find((each) => alike.startsWith(each)); // a vowel that was lost
      if (short) alike = beginnings[short] + alike.slice(short.length);
      return [...alike].map((letter, i) => (i ? later[letter] ?? letter : letter)).join("");
    }

    /* [[word as compared, start, end]] of a text. */
    words(text) {
      const found = [];
      for (const match of text.matchAll(/[\p{L}\p{N}\p{M}\u00ad]+/gu)) {
        const plain = match[0].normalize("NFC").replace(/\u00ad/g, "").toLowerCase().replace(/\p{M}/gu, "");
        for (const word of plain.match(WORD) || []) found.push([this.fold(word), match.index, match.index + match[0].length]);
      }
      return found;
    }

    steps(row) {
      let at = 0;
      row.blocks = row.blocks || row.steps.split(" ").map((step) => { at += parseInt(step, 36); return at; });
      return row.blocks;
    }

    /* The rows that a word of a question means: those of its own stem weigh more than those that only begin like it. */
    meant(word) {
      const rows = new Map();
      const own = this.forms.get(word);
      if (own) rows.set(own, 1);
      else if (this.data.stems) {
        for (let cut = word.length; cut >= LEAST_BASE && !rows.size; cut -= 1) {
          if (this.endings.has(word.slice(cut))) for (const row of this.bases.get(word.slice(0, cut)) || []) rows.set(row, 1);
        }
      }
      if (word.length >= LEAST) this.beginning(word, rows, 0.4);
      let shortened = "";
      for (let cut = word.length - 1; !rows.size && cut >= Math.max(LEAST_SHORTENED, word.length / 2); cut -= 1) {
        this.beginning(word.slice(0, cut), rows, 0.4);
        if (rows.size) shortened = word.slice(0, cut);
      }
      return { rows, shortened };
    }

    beginning(start, rows, weight) {
      for (const row of this.rows) {
        if (!rows.has(row) && row.endings.some((ending) => (row.base + ending).startsWith(start))) rows.set(row, weight);
      }
    }

    /* Blocks with all words first; where no block has them, pages that do. */
    find(question) {
      const asked = [...new Set(this.words(question).map(([word]) => word))].map((word) => this.meant(word));
      const rows = new Map(), scores = asked.map(() => new Map());
      asked.forEach((word, i) => {
        for (const [row, weight] of word.rows) {
          rows.set(row, Math.max(weight, rows.get(row) || 0));
          const blocks = this.steps(row), rare = Math.log(1 + this.blocks.length / blocks.length);
          for (const block of blocks) scores[i].set(block, Math.max(weight * rare, scores[i].get(block) || 0));
        }
      });
      const known = scores.filter((score) => score.size);
      if (!asked.length || known.length < asked.length) return { hits: [], rows, shortened: "" };
      const value = (block) => known.reduce((sum, score) => sum + (score.get(block) || 0), 0)
        * (this.blocks[block].first ? 4 : this.blocks[block].heading ? 2 : 1);
      let hits = [...known[0].keys()].filter((block) => known.every((score) => score.has(block)));
      if (!hits.length) {
        const pages = known.map((score) => new Set([...score.keys()].map((block) => this.blocks[block].page)));
        hits = [...new Set(known.flatMap((score) => [...score.keys()]))]
          .filter((block) => pages.every((page) => page.has(this.blocks[block].page)));
      }
      const shortened = asked.map((word) => word.shortened).filter(Boolean).join(", ");
      hits = hits.map((block) => [value(block), block]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
      return { hits: hits.map(([, block]) => this.blocks[block]), rows, shortened };
    }

    /* [[start, end]] of the words of a text that were meant. */
    marks(text, rows) {
      return this.words(text).filter(([word]) => rows.has(this.forms.get(word))).map(([, start, end]) => [start, end]);
    }
  }

  class Search {
    constructor(reader, dialog) {
      this.reader = reader;
      this.dialog = dialog;
      this.field = dialog.querySelector("input");
      this.list = dialog.querySelector("ol");
      this.status = dialog.querySelector("[role=status]");
      this.index = null;
      this.field.addEventListener("input", () => this.look());
      dialog.querySelector("form").addEventListener("submit", () => { // Enter goes to the first result
        const first = this.list.querySelector("a, button");
        if (first) first.click();
      });
      dialog.addEventListener("keydown", (event) => this.arrows(event));
      this.arrived();
    }

    open() {
      if (!this.dialog.open) {
        this.dialog.showModal();
        this.field.select();
      }
      if (this.index || this.loading) return;
      this.loading = true;
      this.status.textContent = this.reader.say("searchLoading");
      cp.index = (data) => { this.index = new Index(data); };
      cp.script(this.dialog.dataset.index).then(() => this.look(), () => {
        this.loading = false;
        this.status.textContent = this.reader.say("searchFailed");
      });
    }

    arrows(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const stops = [this.field, ...this.list.querySelectorAll("a, button")];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (next) next.focus();
      event.preventDefault();
    }

    look() {
      if (!this.index) return;
      const question = this.field.value.trim();
      this.list.replaceChildren();
      if (!question) {
        this.status.textContent = "";
        return;
      }
      const { hits, rows, shortened } = this.index.find(question);
      this.found = rows;
      this.status.textContent = !hits.length ? this.reader.say("searchNothing")
        : this.reader.say("searchFound", { number: hits.length })
          + (hits.length > MOST ? ` ${this.reader.say("searchShown", { number: MOST })}` : "")
          + (shortened ? ` ${this.reader.say("searchBeginning", { words: shortened })}` : "");
      for (const hit of hits.slice(0, MOST)) this.list.append(this.result(hit, rows));
    }

    result(hit, rows) {
      const [sco, title] = this.index.data.parts[hit.part];
      const item = cp.element("li"), here = sco === this.reader.config.sco;
      const way = here ? "here" : this.way(sco);
      const link = way ? cp.element(way === "lms" ? "button" : "a", hit.title, way === "lms" ? { type: "button", class: "link" }
        : { href: way === "here" ? `#${hit.id}` : `../${encodeURIComponent(sco)}/index.html#${encodeURIComponent(hit.id)}` })
        : cp.element("strong", hit.title);
      link.addEventListener("click", (event) => {
        if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.stopPropagation();
        if (way === "here") {
          event.preventDefault();
          this.dialog.close();
          this.show(hit.id, hit.text);
          return;
        }
        this.leaveWord(sco, hit);
        if (way === "lms") this.request(sco);
      });
      item.append(link);
      if (!here) item.append(cp.element("p", way ? title : this.reader.say("searchElsewhere", { title }), { class: "quiet" }));
      if (!hit.first) {
        const line = this.snippet(hit.text, rows);
        line.id = `found-${this.list.childElementCount}`;
        link.setAttribute("aria-describedby", line.id); // several results may be of one page
        item.append(line);
      }
      return item;
    }

    snippet(text, rows) {
      const line = cp.element("p"), marks = this.index.marks(text, rows);
      const first = marks.length ? marks[0] : [0, 0];
      let from = Math.max(0, first[0] - AROUND), to = Math.min(text.length, first[1] + 2 * AROUND);
      if (from) from = text.indexOf(" ", from) + 1 || from;
      if (from > first[0]) from = first[0];
      if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), first[1]);
      let at = from;
      if (from) line.append("… ");
      for (const [start, end] of marks) {
        if (start < at || end > to) continue;
        line.append(text.slice(at, start), cp.element("mark", text.slice(start, end)));
        at = end;
      }
      line.append(text.slice(at, to), to < text.length ? " …" : "");
      return line;
    }

    /* How another lesson of the package can be opened: as a page where there is no LMS, by the LMS where it says so. */
    way(sco) {
      const { lms } = this.reader;
      if (!lms.present) return "page";
      if (!lms.open || lms.version !== "2004") return "";
      this.allowed = this.allowed || {};
      this.allowed[sco] = this.allowed[sco] || lms.read(`adl.nav.request_valid.choice.{target=item-${sco}}`);
      return this.allowed[sco] === "true" ? "lms" : "";
    }

    request(sco) {
      if (!this.reader.lms.write("adl.nav.request", `{target=item-${sco}}choice`)) return;
      this.dialog.close();
      this.reader.leave(); // the LMS opens what was asked for when the lesson ends
    }

    leaveWord(sco, hit) {
      const { course } = this.reader.config;
      try {
        window.localStorage.setItem(cp.GOES, JSON.stringify({ course, sco, id: hit.id, text: hit.text, words: this.field.value, at: Date.now() }));
      } catch (denied) { /* the lesson opens where it was left */ }
    }

    arrived() {
      let word = null;
      try {
        word = JSON.parse(window.localStorage.getItem(cp.GOES));
        window.localStorage.removeItem(cp.GOES);
      } catch (denied) { return; }
      const { course, sco } = this.reader.config;
      if (!word || word.course !== course || word.sco !== sco || !(Date.now() - word.at < GOES_FOR)) return;
      const show = () => this.show(String(word.id), String(word.text));
      if (document.readyState === "complete") show();
      else window.addEventListener("load", () => setTimeout(show)); // the browser goes to the address's own place first
    }

    /* The passage that was found, on its page. */
    show(id, text) {
      this.reader.go(id, true);
      const passages = new cp.Passages(this.reader.page);
      const place = passages.find(text);
      if (!place) return;
      const marks = this.index ? this.index.marks(passages.text.slice(...place), this.found) : [];
      const ranges = marks.length ? marks.map(([start, end]) => passages.range(place[0] + start, place[0] + end))
        : [passages.range(...place)];
      cp.paint("found", ranges);
      cp.bring(ranges[0]);
      const block = ranges[0].startContainer.parentElement.closest("p, li, tr, h2, h3, h4, h5, h6, figcaption, pre, .question");
      if (block && block.tagName !== "H2") { // a screen reader goes on from here
        block.tabIndex = -1;
        block.focus({ preventScroll: true });
      }
    }
  }

  cp.SearchIndex = Index;
  cp.Search = Search;
})(window.coursepack);
