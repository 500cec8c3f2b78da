/* What is remembered between visits: pages read, answers given. The LMS's suspend_data first; what does not fit in it
   stays whole in the browser's storage. Until the LMS has confirmed a commit, this browser keeps all of it as well, in
   two places, and puts it back at the next visit. Nothing is ever cut. */
"use strict";
(function (cp) {
  const KEYS = /.{3}/g; // a page or a question is three characters
  const keysIn = (text) => text.match(KEYS) || [];
  const text = (value) => (typeof value === "string" ? value : "");
  const entries = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : []);

  /* A state as it was saved, whatever stands in its place: LMSs and people change what they keep. Fields: `s` pages
     read, `q` responses to questions with a key, `a` own texts, `o` answers kept elsewhere, `r` questions whose key was
     shown, `n` checks that counted, `w` how the learner rates own texts, `c` terms that are known, `m` highlights, notes
     and bookmarks as `notes.js` writes them, `y` how many of them another browser keeps, `t` when it changed last; in
     this browser alone `p` the place, `b` the `t` that the LMS had confirmed before, `l` that the LMS was handed it while
     the page was left, and most likely has it. */
  function parse(saved) {
    let found;
    try { found = JSON.parse(saved); } catch (problem) { return null; }
    if (!found || found.v !== 1) return null; // somebody else's data: start anew
    const state = { q: {}, a: {}, n: {}, w: {}, m: {} };
    for (const name of ["s", "o", "r", "c", "t", "p", "b", "l"]) if (typeof found[name] === "string") state[name] = found[name];
    for (const [key, value] of entries(found.q)) {
      if (typeof value === "string") state.q[key] = value;
      else if (Array.isArray(value)) state.q[key] = value.map(text);
    }
    for (const [key, value] of entries(found.a)) if (typeof value === "string") state.a[key] = value;
    for (const [key, value] of entries(found.w)) if (/^[0-2]$/.test(value)) state.w[key] = String(value);
    for (const [key, value] of entries(found.m)) if (typeof value === "string" && /^[0-9a-z]{1,12}$/.test(key)) state.m[key] = value;
    if (Number.isInteger(found.y) && found.y > 0) state.y = found.y;
    for (const [key, value] of entries(found.n)) if (Number.isInteger(value) && value > 0) state.n[key] = value;
    return state;
  }

  const stamp = (state) => parseInt(state.t || "0", 36) || 0;
  const union = (one, other) => [...new Set([...keysIn(one || ""), ...keysIn(other || "")])].join("");

  /* Two texts that a learner wrote for one question in two places: both, where neither holds the other. */
  function both(newer, older) {
    if (!older || newer.includes(older)) return newer;
    return older.includes(newer) ? older : `${newer}\n\n${older}`;
  }

  /* What the LMS has and what this browser had still to tell it: one state. */
  function join(far, near) {
    if (far.t === near.b) return { ...near, o: far.o, y: far.y }; // nobody else has written since
    const [newer, older] = stamp(near) > stamp(far) ? [near, far] : [far, near];
    const a = { ...older.a };
    for (const [key, value] of Object.entries(newer.a)) a[key] = near.l ? value : both(value, older.a[key]);
    const n = { ...older.n };
    for (const [key, count] of Object.entries(newer.n)) n[key] = Math.max(count, n[key] || 0);
    const m = { ...older.m, ...newer.m };
    for (const [key, value] of Object.entries(older.m || {})) if (value === "") m[key] = ""; // removed in one place
    return { ...newer, m, y: far.y, s: union(far.s, near.s), r: union(far.r, near.r), c: union(far.c, near.c), o: far.o,
      q: { ...older.q, ...newer.q }, a, n, w: { ...older.w, ...newer.w } };
  }

  /* Whether this browser has a page, an answer, a known term or a note that the LMS has not. */
  function adds(far, near) {
    const there = new Set([...keysIn(far.s || ""), ...keysIn(far.o || ""), ...Object.keys(far.q), ...Object.keys(far.a),
      ...keysIn(far.c || ""), ...Object.keys(far.m)]);
    return [...keysIn(near.s), ...Object.keys(near.q), ...Object.keys(near.a), ...keysIn(near.c || ""), ...Object.keys(near.m)]
      .some((key) => !there.has(key));
  }

  /* Whether the LMS took what it was handed when the page was left: it has gone on since, or it began a new attempt. A
     short first visit of which it has nothing comes back for what the learner did, not for pages that were turned. */
  function arrived(far, near) {
    if (near.l === undefined) return false;
    if (far.t === undefined && near.b === undefined) return !near.c && ![near.q, near.a, near.m].some((kept) => Object.keys(kept).length);
    if (far.t === near.b) return false;
    return far.t === undefined || !adds(far, near);
  }

  const SHELF = "coursepack", RECORDS = "records"; // a database and what it holds: name of a record → its text
  const PATIENCE = 1500; // ms that a lesson waits for the database

  /* The second place, the browser's database. localStorage belongs to the LMS's whole site, and Moodle empties it each
     time that somebody signs in (lib/amd/src/storage_validation.js; 4.5 and 5.0): what an expired session left
     unconfirmed would be gone when the learner is back. Read once, before the lesson begins. */
  class Shelf {
    constructor() {
      this.db = null;
      this.records = new Map();
    }

    /* Records whose name begins so; none where there is no database, or none in time. */
    open(begins) {
      return new Promise((go) => {
        let late = false;
        const without = () => { late = true; go(); };
        setTimeout(without, PATIENCE);
        try {
          const asked = window.indexedDB.open(SHELF, 1);
          asked.onupgradeneeded = () => asked.result.createObjectStore(RECORDS);
          asked.onerror = without;
          asked.onsuccess = () => {
            const db = asked.result;
            db.onversionchange = () => this.close(db);
            const records = db.transaction(RECORDS).objectStore(RECORDS);
            const each = records.openCursor(IDBKeyRange.bound(begins, `${begins}\uffff`));
            each.onerror = without;
            each.onsuccess = () => {
              // What was not read must not be written over.
              if (late) return this.close(db);
              if (!each.result) {
                this.db = db;
                return go();
              }
              this.records.set(each.result.key, each.result.value);
              return each.result.continue();
            };
          };
        } catch (denied) {
          without();
        }
      });
    }

    close(db) {
      db.close();
      this.db = null;
    }

    get(name) { return this.records.get(name) || null; }

    /* Ended at once, so that it holds when the page is being left. */
    put(name, text) {
      if (!this.db) return;
      try {
        const change = this.db.transaction(RECORDS, "readwrite");
        if (text === null) change.objectStore(RECORDS).delete(name);
        else change.objectStore(RECORDS).put(text, name);
        if (change.commit) change.commit();
        if (text === null) this.records.delete(name);
        else this.records.set(name, text);
      } catch (closed) {
        this.db = null;
      }
    }
  }

  class Store {
    constructor(config, lms) {
      this.config = config;
      this.lms = lms;
      this.shelf = new Shelf();
      this.clear();
      this.overflow = new Set(); // keys of answers that only this browser keeps
      this.rest = {}; // those answers
      this.recovered = false; // work that the LMS did not have was found in this browser
      this.place = "";
      this.changed = ""; // when the state changed last
      this.known = ""; // the state without its time, as last noted
      this.begun = ""; // and as the lesson began with it
      this.confirmedAt = undefined; // the time of the state that the LMS is known to have
      this.taken = false; // the LMS took the last state that it was handed
      this.safe = true; // this browser keeps what the LMS does not have
      this.local = null;
    }

    clear() {
      this.visited = new Set(); // keys of pages
      this.marked = {}; // key of a question with a key → response as written in quiz.js
      this.own = {}; // key of an open question → the learner's own text
      this.checks = {}; // key of a question → how often a check counted
      this.revealed = new Set(); // keys of questions whose answer was shown
      this.ratings = {}; // key of an open question → "0" to "2", how the learner rates the own text
      this.cards = new Set(); // keys of terms of the glossary that the learner knows
      this.notes = {}; // id → a highlight, note or bookmark; "" when it was removed
      this.notesElsewhere = 0; // how many another browser keeps
      this.elsewhere = new Set(); // keys of answers that another browser keeps
    }

    /* What this browser has of the lesson, for any learner: to be waited for before `load`. */
    fetch() { return this.shelf.open(["coursepack", this.config.course, this.config.sco, ""].join(":")); }

    load() {
      const learner = this.lms.open ? this.lms.read("learner") : "";
      this.name = ["coursepack", this.config.course, this.config.sco, this.lms.open ? learner || "-" : ""].join(":");
      this.local = this.storage();
      this.set(this.lms.open ? this.opened() : this.near() || {});
      if (this.recovered) this.known = ""; // what was joined is a change
    }

    near() {
      let here = null;
      try { here = this.local && this.local.getItem(this.name); } catch (denied) { /* as if there were none */ }
      return parse(here || this.shelf.get(this.name));
    }

    /* The state to begin with in an LMS. */
    opened() {
      const fresh = this.lms.version === "2004" && this.lms.read("entry") === "ab-initio";
      const far = !fresh && parse(this.lms.read("cmi.suspend_data")) || { q: {}, a: {}, n: {}, w: {}, m: {} };
      const place = fresh ? "" : this.lms.read("location");
      const near = this.near();
      this.confirmedAt = far.t;
      const outside = near || { q: {}, a: {} };
      // A record with pages is a whole state that the LMS had not confirmed; one without, answers it had no room for.
      const waiting = outside.s !== undefined && !(near.t && near.t === far.t) && !arrived(far, near);
      let state = { ...far, p: place };
      if (waiting) {
        this.recovered = true;
        // In a new attempt only what the learner wrote comes back, unless no attempt has ever been kept.
        state = fresh && near.b !== undefined ? { ...far, a: near.a, m: near.m } : { ...join(far, near) };
        if (!state.p) state.p = place;
      }
      for (const key of keysIn(far.o || "")) {
        // Kept outside the LMS the last time: here, or in another browser.
        if (key in outside.q) state.q[key] = outside.q[key];
        else if (key in outside.a) state.a[key] = outside.a[key];
        else if (!(key in state.q) && !(key in state.a)) this.elsewhere.add(key);
      }
      if (state.y) {
        state.m = { ...state.m, ...outside.m };
        this.notesElsewhere = Math.max(0, state.y - Object.keys(outside.m || {}).length);
      }
      return state;
    }

    set(state) {
      const asked = new Map(this.config.questions.map((question) => [question.key, question]));
      const pages = new Set(this.config.pages.map((page) => page.key)), terms = new Set(this.config.terms);
      for (const key of keysIn(state.s || "")) if (pages.has(key)) this.visited.add(key);
      for (const [key, value] of Object.entries(state.q || {})) if (asked.has(key) && asked.get(key).parts) this.marked[key] = value;
      for (const [key, value] of Object.entries(state.a || {})) if (asked.has(key) && !asked.get(key).parts) this.own[key] = value;
      for (const [key, value] of Object.entries(state.n || {})) if (asked.has(key)) this.checks[key] = value;
      for (const [key, value] of Object.entries(state.w || {})) if (asked.has(key)) this.ratings[key] = value;
      for (const [key, value] of Object.entries(state.m || {})) if (value) this.notes[key] = value;
      for (const key of keysIn(state.r || "")) if (asked.has(key)) this.revealed.add(key);
      for (const key of keysIn(state.c || "")) if (terms.has(key)) this.cards.add(key);
      this.place = state.p || "";
      this.changed = state.t || "";
      this.known = this.begun = this.encode(Infinity, "").text;
    }

    /* The LMS came after the lesson had begun: its state, joined with what was done meanwhile. */
    meet() {
      const done = this.known !== this.begun;
      const mine = { ...parse(JSON.stringify(this.whole(this.place))), b: "-" };
      this.clear();
      this.load();
      if (!done) return;
      const theirs = parse(this.encode(Infinity, this.changed).text);
      this.clear();
      this.set(join(theirs, mine));
      this.known = ""; // the next note is a change
    }

    storage() {
      try {
        const probe = "coursepack:probe";
        window.localStorage.setItem(probe, "1");
        window.localStorage.removeItem(probe);
        return window.localStorage;
      } catch (denied) {
        return null;
      }
    }

    /* The state within `limit` characters: the pages read and the answers that fit whole, in the order of the
       questions, those with a key first. */
    encode(limit, changed) {
      const state = { v: 1, s: this.config.pages.map((page) => page.key).filter((key) => this.visited.has(key)).join("") };
      const inOrder = (keys) => this.config.questions.map((question) => question.key).filter((key) => keys.has(key));
      if (changed) state.t = changed;
      if (this.revealed.size) state.r = inOrder(this.revealed).join("");
      if (this.config.attempts && Object.keys(this.checks).length) state.n = this.checks;
      if (this.cards.size) state.c = (this.config.terms || []).filter((key) => this.cards.has(key)).join("");
      if (Object.keys(this.ratings).length) state.w = this.ratings;
      const rest = { q: {}, a: {}, m: {} };
      const left = [...this.elsewhere];
      // Room for telling about every answer that may not fit: three letters each.
      const reserve = JSON.stringify(state).length + 24
        + 3 * (left.length + Object.keys(this.marked).length + Object.keys(this.own).length);
      let used = reserve;
      for (const [part, answers] of [["q", this.marked], ["a", this.own]]) {
        for (const { key } of this.config.questions) {
          if (answers[key] === undefined || answers[key] === "") continue;
          const size = JSON.stringify({ [key]: answers[key] }).length;
          if (used + size <= limit) {
            (state[part] = state[part] || {})[key] = answers[key];
            used += size;
          } else {
            rest[part][key] = answers[key];
            left.push(key);
          }
        }
      }
      // Answers first; notes where there is room left.
      let away = this.notesElsewhere;
      for (const [id, value] of Object.entries(this.notes)) {
        const size = JSON.stringify({ [id]: value }).length;
        if (used + size + 16 <= limit) {
          (state.m = state.m || {})[id] = value;
          used += size;
        } else if (value) {
          rest.m[id] = value;
          away += 1;
        }
      }
      if (left.length) state.o = left.join("");
      if (away) state.y = away;
      return { text: JSON.stringify(state), rest };
    }

    whole(place) {
      const state = { ...JSON.parse(this.encode(Infinity, this.changed).text), p: place };
      if (this.confirmedAt) state.b = this.confirmedAt;
      return state;
    }

    get writes() { return !this.lms.open || this.lms.writable; } // a review changes nothing

    /* Takes up what has changed: in this browser at once. Returns false when it could be kept nowhere yet. */
    note(place) {
      if (!this.writes) return true;
      this.place = place;
      const state = this.encode(Infinity, "").text;
      if (state !== this.known) {
        this.known = state;
        this.changed = Math.max(Date.now(), stamp({ t: this.changed }) + 1).toString(36);
      } else if (this.lms.open && this.taken && this.changed === this.confirmedAt) {
        return this.safe; // the LMS has all but the place
      }
      this.safe = this.keep(this.whole(place));
      return this.safe;
    }

    /* Hands the state to the LMS, which has it when it has confirmed the commit as well. */
    send() {
      const { text: state, rest } = this.encode(this.config.limit, this.changed);
      this.lms.write("location", this.place);
      this.taken = this.lms.write("cmi.suspend_data", state);
      this.rest = rest;
      this.overflow = new Set(this.taken ? [...Object.keys(rest.q), ...Object.keys(rest.a), ...Object.keys(rest.m)] : []);
      return this.taken;
    }

    /* The commit was confirmed: this browser need keep only what the LMS had no room for. */
    confirmed() {
      if (!this.taken) return;
      this.confirmedAt = this.changed;
      this.safe = this.keep(this.overflow.size ? { v: 1, ...this.rest } : null);
    }

    /* The LMS took it while the page was hidden or left, and may have it: nothing is given up until it is confirmed. */
    handed() {
      if (this.taken && this.changed !== this.confirmedAt) this.safe = this.keep({ ...this.whole(this.place), l: "1" });
    }

    keep(state) {
      this.shelf.put(this.name, state === null ? null : JSON.stringify(state));
      if (!this.local) return state === null || !(state.q || state.a || state.m);
      try {
        if (state === null) this.local.removeItem(this.name);
        else this.local.setItem(this.name, JSON.stringify(state));
        return true;
      } catch (full) {
        return false;
      }
    }

    answer(part, key, value) {
      this.elsewhere.delete(key);
      if (value === "") delete this[part][key];
      else this[part][key] = value;
    }

    /* True when checking a question again changes nothing: its answer was shown, or its attempts are used up. */
    settled(key) {
      return this.revealed.has(key) || (this.config.attempts > 0 && (this.checks[key] || 0) >= this.config.attempts);
    }
  }

  cp.Store = Store;
})(window.coursepack);
