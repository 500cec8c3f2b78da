/* The reader: one page of the SCO at a time, its menu, its place, and what the LMS is told about it. */
"use strict";
(function (cp) {
  const KEEP_AFTER = 500; // ms after the last letter of an answer: kept in this browser
  const QUIET = 2000; // ms without a touch before the LMS is told: its answer holds up the page
  const LONGEST_WAIT = 60000; // ms until it is told without such a moment
  const PLACE_EVERY = 30000; // ms
  const LOOK_EVERY = 500; // ms between looks for an LMS that is late
  const LOOKS = 60;
  const { $, all } = cp;

  class Reader {
    constructor() {
      this.config = JSON.parse($("script#sco-data").textContent);
      this.words = this.config.words;
      this.told = new Set();
      this.lms = new cp.Lms(this.config.version, (...problem) => this.problem(...problem));
      this.store = new cp.Store(this.config, this.lms);
      this.answers = new cp.Answers(this);
      this.byKey = new Map(this.config.questions.map((question) => [question.key, question]));
      this.page = null;
      this.ended = false;
      this.restoring = true;
      this.waiting = 0; // timer of the next telling
      this.due = 0; // when something was first to be told
      this.touched = 0; // when the learner last did something
      this.seconds = new Map(); // id of a page → how long it has been read
      this.ends = new Set(); // ids of pages whose end was on the screen
      this.where = ""; // where the learner's work is, as last said
    }

    say(name, fields) {
      return this.words[name].replace(/\{(\w+)\}/g, (whole, key) => (fields && key in fields ? fields[key] : whole));
    }

    start() {
      if (!this.lms.moving) this.store.fetch().then(() => this.open());
    }

    open() {
      this.lms.start();
      this.store.load();
      this.begin();
      this.listen();
      if (cp.cards) cp.cards(this);
      cp.course(this);
      this.answers.restore();
      const target = location.hash.length > 1 && this.target(location.hash);
      if (target) this.go(target.id, false);
      else this.resume();
      this.restoring = false;
      this.entry("replaceState", this.page.id);
      this.watchEnds();
      this.watchWide();
      this.keep();
      if (!this.lms.present && !this.config.site) this.await(LOOKS);
      for (const tool of cp.tools || []) tool(this);
      document.documentElement.classList.add("ready");
    }

    /* What an LMS is told at once. */
    begin() {
      this.first();
      if (this.store.recovered) this.notice("recovered", this.say("recovered"), true);
      this.answers.recovered();
      this.tellWhere();
    }

    /* An LMS that sets up its API after the page has come. */
    await(left) {
      setTimeout(() => {
        if (this.ended) return;
        if (!this.lms.look()) {
          if (left > 1) this.await(left - 1);
          return;
        }
        if (this.lms.moving) return;
        this.keepHere();
        this.lms.start();
        if (this.lms.open) this.store.meet();
        this.begin();
        this.answers.restore();
        this.keep();
      }, LOOK_EVERY);
    }

    first() {
      if (!this.lms.writable) return;
      const old = this.config.version === "1.2";
      this.statusElement = old ? "cmi.core.lesson_status" : "cmi.completion_status";
      this.status = this.lms.read(this.statusElement);
      this.success = old ? this.status : this.lms.read("cmi.success_status");
      this.lms.write("exit", "suspend"); // at once: a tab that is killed suspends too
      if (!["completed", "passed", "failed"].includes(this.status)) {
        this.status = "incomplete";
        this.lms.write(this.statusElement, this.status);
      }
    }

    target(hash) {
      try {
        return document.getElementById(decodeURIComponent(hash.slice(1)));
      } catch (malformed) {
        return null;
      }
    }

    // --- pages

    resume() {
      this.stopped = this.store.place;
      if (this.config.site) return this.show($(".page")); // an address of its own opens at its top
      const [id, block] = this.store.place.split("/");
      const page = document.getElementById(id);
      if (!page || !page.classList.contains("page")) return this.show($(".page"));
      this.show(page);
      const blocks = this.blocks(page), at = Number(block) || 0;
      if (at > 0 && blocks[at]) {
        blocks[at].scrollIntoView({ block: "start" });
        this.notice("resumed", this.say("resumed"), false);
      }
      return undefined;
    }

    blocks(page) {
      return all(".text > *, .question", page);
    }

    place() {
      const top = $(".bar").getBoundingClientRect().bottom;
      const at = this.blocks(this.page).findIndex((block) => block.getBoundingClientRect().bottom > top + 8);
      return `${this.page.id}/${Math.max(at, 0)}`;
    }

    /* To a page, or to something on a page. */
    go(id, focus) {
      const target = document.getElementById(id);
      const page = target && target.closest(".page");
      if (!page) {
        if (target) target.focus();
        return;
      }
      const turned = page !== this.page;
      if (turned && focus) this.entry("pushState", id);
      this.show(page);
      if (target === page) {
        window.scrollTo(0, 0);
        if (focus) $("h2", page).focus({ preventScroll: true });
      } else {
        target.scrollIntoView({ block: "start" });
        if (focus) {
          if (!target.matches("a, button, input, select, textarea")) target.tabIndex = -1;
          target.focus({ preventScroll: true });
        }
      }
      if (turned) this.keep();
    }

    show(page) {
      this.page = page;
      for (const other of all(".page")) other.classList.toggle("current", other === page);
      this.hideOthers();
      for (const link of all("#menu a")) {
        if (link.hash === `#${page.id}`) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      document.title = `${$("h2", page).textContent} – ${this.config.title}`;
      this.menu(false);
      all("textarea", page).forEach((box) => this.answers.grow(box));
      if (this.lookWide) this.lookWide();
      this.scrolled();
      document.dispatchEvent(new Event("coursepack:page"));
    }

    /* Pages that are not shown are found by the browser's own search (`tools.js` opens them). */
    hideOthers() {
      for (const page of all(".page")) {
        if (page === this.page) page.removeAttribute("hidden");
        else page.setAttribute("hidden", "until-found");
        page.ariaHidden = page === this.page ? null : "true"; // it would be told as an article without a name
      }
    }

    /* Said to a screen reader alone. */
    announce(text) {
      const line = $("#announced");
      if (line) line.textContent = text;
    }

    watchEnds() {
      const observer = new IntersectionObserver((entries) => {
        for (const entry of entries) if (entry.isIntersecting) this.reached(entry.target.closest(".page"));
      });
      all(".end").forEach((end) => observer.observe(end));
      setInterval(() => {
        if (document.visibilityState === "hidden" || this.ended) return;
        this.seconds.set(this.page.id, (this.seconds.get(this.page.id) || 0) + 1);
        if (this.ends.has(this.page.id)) this.visit(this.page);
      }, 1000);
    }

    reached(page) {
      this.ends.add(page.id);
      this.visit(page);
    }

    /* A page counts as read by the rule of the course: its end was reached; and it was read so long; and its questions
       are answered. */
    visit(page) {
      const { key, seconds, asks } = this.known(page);
      if (this.store.visited.has(key)) return;
      if (this.config.pageRead !== "end" && (this.seconds.get(page.id) || 0) < seconds) return;
      if (this.config.pageRead === "check" && asks.some((asked) => !this.answered(asked))) return;
      this.store.visited.add(key);
      this.keep();
    }

    /* What the course says of a page. */
    known(page) {
      return this.config.pages.find(({ id }) => id === page.id);
    }

    answered(key) {
      return key in this.store.marked || (this.store.own[key] || "").trim() !== "";
    }

    /* Boxes that scroll sideways are reached by the keyboard; those that need not are passed over. */
    watchWide() {
      const look = () => all(".page.current .wide, .page.current :not(.wide) > p math").forEach((box) => {
        if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      });
      this.lookWide = look;
      look();
      window.addEventListener("resize", look);
      document.fonts.ready.then(look);
    }

    /* A page turned is an entry of the browser's history: its Back goes a page back. */
    entry(how, id) {
      try {
        window.history[how](id, "", how === "pushState" ? `#${encodeURIComponent(id)}` : undefined);
      } catch (denied) {
        // a frame that may not: Back leaves the lesson
      }
    }

    scrolled() {
      const page = document.documentElement, most = page.scrollHeight - window.innerHeight;
      $(".reading span").style.transform = `scaleX(${most > 0 ? Math.min(1, window.scrollY / most) : 1})`;
    }

    menu(open) {
      const button = $("#menu-button");
      button.setAttribute("aria-expanded", String(open));
      $("#menu").classList.toggle("open", open);
      $("#menu").style.setProperty("--under", `${$(".bar").offsetHeight}px`);
    }

    // --- what is told

    /* In this browser at once; to the LMS in the next quiet moment. */
    keep() {
      if (this.restoring || this.ended) return;
      const safe = this.store.note(this.place());
      this.draw(this.store.visited.size, this.config.pages.length);
      if (this.lms.writable) this.soon();
      this.drawKept(safe);
    }

    keepHere() {
      this.answers.takeOwn();
      return this.store.note(this.place());
    }

    soon() {
      this.due = this.due || Date.now();
      if (!this.waiting) this.waiting = setTimeout(() => this.tell(), QUIET);
    }

    tell() {
      this.waiting = 0;
      if (this.ended) return;
      const now = Date.now();
      const overdue = now - this.due >= LONGEST_WAIT;
      const wait = Math.max(this.lms.notBefore - now, overdue ? 0 : this.touched + QUIET - now);
      if (wait > 0) this.waiting = setTimeout(() => this.tell(), wait);
      else if (window.requestIdleCallback) window.requestIdleCallback(() => this.flush(""), { timeout: 1000 });
      else this.flush("");
    }

    /* `urgent`: "hidden" when the page may not come back, "end" when it will not. */
    flush(urgent) {
      if (this.ended || !this.lms.writable) return;
      clearTimeout(this.waiting);
      this.waiting = 0;
      this.due = 0;
      this.keepHere();
      this.report();
      const failed = this.lms.failed;
      if (!this.lms.commit(urgent)) this.soon();
      else if (!this.lms.unconfirmed) this.store.confirmed();
      else if (!failed) this.store.handed();
      this.drawKept(this.store.safe);
      this.tellWhere();
    }

    report() {
      this.store.send();
      this.answers.tellOwn();
      this.answers.reporter.flush();
      const done = this.store.visited.size, most = this.config.pages.length;
      const needed = Math.max(1, Math.ceil(this.config.threshold * most - 1e-9));
      const complete = done >= needed;
      const score = cp.score(this.config.questions, this.store.marked);
      if (score !== null) this.tellScore(score);
      const judged = score === null || this.config.mastery === null ? ""
        : score >= this.config.mastery ? "passed" : "failed";
      if (this.config.version === "1.2") {
        if (complete && this.status !== "passed") this.setStatus(judged || (this.status === "failed" ? "" : "completed"));
      } else {
        if (complete) this.setStatus("completed");
        const measure = Math.max(done / most, complete ? this.config.threshold : 0);
        this.lms.write("cmi.progress_measure", String(Math.round(Math.min(measure, 1) * 1e4) / 1e4));
        if (judged && this.success !== "passed") {
          this.success = judged;
          this.lms.write("cmi.success_status", judged);
        }
      }
    }

    setStatus(status) {
      if (!status || status === this.status) return;
      this.status = status;
      this.lms.write(this.statusElement, status);
    }

    tellScore(score) {
      this.lms.write("scoreMin", "0");
      this.lms.write("scoreMax", "100");
      this.lms.write("scoreRaw", String(score));
      if (this.config.version === "2004") this.lms.write("cmi.score.scaled", String(Math.round(score * 100) / 10000));
    }

    leave() {
      if (this.ended) return;
      this.keepHere();
      this.flush("end");
      this.ended = true;
      this.lms.end();
    }

    // --- what the learner sees of it

    draw(done, most) {
      $("#progress-text").textContent = this.say("pagesRead", { done, all: most });
      $("#progress-bar").value = done;
      for (const { id, key } of this.config.pages) {
        const link = $(`#menu a[href="#${id}"]`);
        const read = this.store.visited.has(key);
        link.classList.toggle("read", read);
        $(".state", link).textContent = read ? this.say("read") : "";
      }
      $("#all-read").hidden = done < most;
      this.drawScore();
      document.dispatchEvent(new CustomEvent("drawn"));
    }

    drawScore() {
      const keyed = this.config.questions.filter((question) => question.parts);
      const checked = keyed.filter((question) => question.key in this.store.marked).length;
      const score = cp.score(this.config.questions, this.store.marked);
      const text = !checked ? "" : score === null ? this.say("checked", { done: checked, all: keyed.length })
        : this.say("score", { score: String(score).replace(".", this.config.decimal) });
      for (const line of all("[data-score]")) line.textContent = text;
    }

    drawKept(safe) {
      for (const question of this.config.questions) {
        const note = $(`[data-question="${question.key}"] .kept`);
        if (!note) continue;
        const text = this.store.elsewhere.has(question.key) ? "keptElsewhere"
          : this.store.overflow.has(question.key) ? (safe ? "keptHere" : "keptNowhere") : "";
        const words = text && this.say(text);
        if (note.textContent !== words) note.textContent = words;
      }
      const lost = !safe && (!this.lms.open || this.store.overflow.size > 0);
      if (lost) this.notice("keptNowhere", this.say("keptNowhere"), true);
      else this.unnotice("keptNowhere");
    }

    /* Where the learner's work is, said each time that it changes. */
    tellWhere() {
      const kept = this.store.local !== null;
      let where;
      if (!this.lms.open) where = kept ? "noLms" : "noLmsNoStorage";
      else if (this.lms.mode !== "normal") where = "reviewMode";
      else if (this.lms.failed) where = kept ? "waiting" : "waitingNowhere";
      else where = this.store.taken ? "inLms" : "";
      if (where === this.where) return;
      $("#where").textContent = where && this.say(where);
      const waited = this.where.startsWith("waiting");
      this.where = where;
      if (where.startsWith("waiting")) this.notice("waiting", this.say(where), true);
      else if (waited) {
        this.unnotice("waiting");
        this.notice("taken", this.say("taken"), false);
      }
    }

    /* A refusal is told once a kind; that a commit failed is told as what it means (`tellWhere`). */
    problem(what, code, explanation, element) {
      if (this.told.has(what) || what === "commit" || what === "terminate") return;
      this.told.add(what);
      const silent = code === "" || code === "0"; // «No error» explains nothing
      const detail = (silent && code ? [element] : [code, explanation, element]).filter(Boolean).join(", ");
      this.notice("problem", this.say(what === "initialize" ? "lmsClosed" : "lmsRefused", { detail: detail && ` (${detail})` }), true);
    }

    unnotice(name) {
      const line = $(`#notices [data-notice="${name}"]`);
      if (line) line.remove();
    }

    notice(name, text, important) {
      let line = $(`#notices [data-notice="${name}"]`);
      if (!line) {
        line = document.createElement("p");
        line.dataset.notice = name;
        const close = document.createElement("button");
        close.type = "button";
        close.className = "close";
        close.setAttribute("aria-label", this.say("close"));
        close.textContent = "×";
        close.addEventListener("click", () => line.remove());
        line.append(document.createElement("span"), close);
        line.classList.toggle("important", important);
        $("#notices").append(line);
        if (!important) setTimeout(() => line.remove(), 10000);
      }
      line.firstChild.textContent = text;
    }

    listen() {
      document.addEventListener("click", (event) => this.click(event));
      document.addEventListener("input", (event) => this.input(event));
      document.addEventListener("focusin", (event) => {
        const box = event.target.closest(".question");
        if (box) this.answers.began(box);
      });
      cp.panel();
      document.addEventListener("keydown", cp.arrows);
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && $("#menu").classList.contains("open")) {
          this.menu(false);
          $("#menu-button").focus();
        }
      });
      window.addEventListener("scroll", () => requestAnimationFrame(() => this.scrolled()), { passive: true });
      window.addEventListener("resize", () => this.scrolled());
      for (const touch of ["pointerdown", "keydown", "wheel", "touchmove", "scroll"]) {
        window.addEventListener(touch, () => { this.touched = Date.now(); }, { passive: true });
      }
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden" && !this.ended) {
          this.keepHere();
          this.flush("hidden");
        } else if (!this.ended && this.lms.unconfirmed) this.soon();
      });
      window.addEventListener("popstate", (event) => {
        const target = typeof event.state === "string" ? document.getElementById(event.state) : null;
        if (target) this.go(target.id, false);
      });
      setInterval(() => { if (this.place() !== this.store.place) this.keep(); }, PLACE_EVERY);
      window.addEventListener("pagehide", () => this.leave());
      window.addEventListener("pageshow", (event) => { if (event.persisted && this.ended) location.reload(); });
    }

    click(event) {
      const link = event.target.closest("a[href^='#']");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        const here = this.page;
        if (link.rel === "next") {
          this.reached(here);
          const { key } = this.known(here);
          if (!this.store.visited.has(key)) this.notice("notRead", this.say("notRead"), false);
        }
        const target = this.target(link.hash);
        if (target) this.go(target.id, true);
        return;
      }
      const button = event.target.closest("button");
      if (!button) return;
      const box = button.closest(".question");
      const question = box && this.byKey.get(box.dataset.question);
      if (button.id === "menu-button") this.menu(button.getAttribute("aria-expanded") !== "true");
      else if (button.matches("[data-check]")) this.answers.check(question, box);
      else if (button.matches("[data-again]")) cp.tryAgain(this, question, box);
      else if (button.matches("[data-reveal]")) this.answers.reveal(question, box);
      else if (button.matches("[data-model]")) this.answers.model(question, box);
      else if (button.matches("[data-save]")) this.answers.saveFile();
      else if (button.matches("[data-print]")) window.print(); // a department's own page
    }

    input(event) {
      const box = event.target.closest(".question");
      if (!box) return;
      if (event.target.closest(".rating")) {
        this.answers.rate(box, event.target.value);
      } else if (event.target.matches("textarea")) {
        this.answers.grow(event.target);
        clearTimeout(this.typing);
        this.typing = setTimeout(() => {
          this.answers.takeOwn();
          this.keep();
        }, KEEP_AFTER);
      } else if (box.dataset.outcome) {
        cp.unchecked(box, false);
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    try {
      cp.reader = new Reader();
      cp.reader.start();
    } catch (problem) {
      document.documentElement.classList.remove("js"); // then all pages stand below one another, to be read at least
      throw problem;
    }
  });
})(window.coursepack);
