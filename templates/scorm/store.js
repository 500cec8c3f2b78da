/* What is remembered between visits: pages read, answers given. The LMS's suspend_data first; what does not fit in it
   stays whole in the browser's storage. Until the LMS has confirmed a commit, this browser keeps all of it as well, and
   puts it back at the next visit. Nothing is ever cut. */
"use strict";
(function (cp) {
  const KEYS = /.{3}/g; // a page or a question is three characters
  const keysIn = (text) => text.match(KEYS) || [];
  const text = (value) => (typeof value === "string" ? value : "");
  const entries = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : []);

  /* A state as it was saved, whatever stands in its place: LMSs and people change what they keep. Fields: `s` pages
     read, `q` responses to questions with a key, `a` own texts, `o` answers kept elsewhere, `r` questions whose key was
     shown, `n` checks that counted, `w` how the learner rates own texts, `t` when it changed last; in this browser alone `p` the place, `b` the `t` that
     the LMS had confirmed before. `m` highlights, notes and bookmarks as `notes.js` writes them, `y` how many of them
     another browser keeps. */
  function parse(saved) {
    let found;
    try { found = JSON.parse(saved); } catch (problem) { return null; }
    if (!found || found.v !== 1) return null; // somebody else's data: start anew
    const state = { q: {}, a: {}, n: {}, w: {}, m: {} };
    for (const name of ["s", "o", "r", "t", "p", "b"]) if (typeof found[name] === "string") state[name] = found[name];
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
    for (const [key, value] of Object.entries(newer.a)) a[key] = both(value, older.a[key]);
    const n = { ...older.n };
    for (const [key, count] of Object.entries(newer.n)) n[key] = Math.max(count, n[key] || 0);
    const m = { ...older.m, ...newer.m };
    for (const [key, value] of Object.entries(older.m || {})) if (value === "") m[key] = ""; // removed in one place
    return { ...newer, m, y: far.y, s: union(far.s, near.s), r: union(far.r, near.r), o: far.o, q: { ...older.q, ...newer.q }, a, n,
      w: { ...older.w, ...newer.w } };
  }

  class Store {
    constructor(config, lms) {
      this.config = config;
      this.lms = lms;
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
      this.notes = {}; // id → a highlight, note or bookmark; "" when it was removed
      this.notesElsewhere = 0; // how many another browser keeps
      this.elsewhere = new Set(); // keys of answers that another browser keeps
    }

    load() {
      const learner = this.lms.open ? this.lms.read("learner") : "";
      this.name = ["coursepack", this.config.course, this.config.sco, this.lms.open ? learner || "-" : ""].join(":");
      this.local = this.storage();
      this.set(this.lms.open ? this.opened() : this.near() || {});
      if (this.recovered) this.known = ""; // what was joined is a change
    }

    near() {
      try { return this.local && parse(this.local.getItem(this.name)); } catch (denied) { return null; }
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
      const waiting = outside.s !== undefined && !(near.t && near.t === far.t);
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
      const pages = new Set(this.config.pages.map((page) => page.key));
      for (const key of keysIn(state.s || "")) if (pages.has(key)) this.visited.add(key);
      for (const [key, value] of Object.entries(state.q || {})) if (asked.has(key) && asked.get(key).parts) this.marked[key] = value;
      for (const [key, value] of Object.entries(state.a || {})) if (asked.has(key) && !asked.get(key).parts) this.own[key] = value;
      for (const [key, value] of Object.entries(state.n || {})) if (asked.has(key)) this.checks[key] = value;
      for (const [key, value] of Object.entries(state.w || {})) if (asked.has(key)) this.ratings[key] = value;
      for (const [key, value] of Object.entries(state.m || {})) if (value) this.notes[key] = value;
      for (const key of keysIn(state.r || "")) if (asked.has(key)) this.revealed.add(key);
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

    keep(state) {
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
