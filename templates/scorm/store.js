/* What is remembered between visits: pages read, answers given. The LMS's suspend_data first; what does not fit in it
   stays whole in the browser's storage, and the reader is told. Nothing is ever cut. */
"use strict";
(function (cp) {
  class Store {
    constructor(config, lms) {
      this.config = config;
      this.lms = lms;
      this.visited = new Set(); // keys of pages
      this.marked = {}; // key of a question with a key → response as written in quiz.js
      this.own = {}; // key of an open question → the learner's own text
      this.elsewhere = new Set(); // keys of answers that another browser keeps
      this.overflow = new Set(); // keys of answers that only this browser keeps
      this.place = "";
      this.local = null;
    }

    load() {
      const learner = this.lms.open ? this.lms.read("learner") : "";
      this.name = ["coursepack", this.config.course, this.config.sco, this.lms.open ? learner || "-" : ""].join(":");
      this.local = this.storage();
      const near = this.local && this.parse(this.local.getItem(this.name)) || {};
      let far = {};
      if (this.lms.open) {
        const fresh = this.lms.version === "2004" && this.lms.read("entry") === "ab-initio";
        far = !fresh && this.parse(this.lms.read("cmi.suspend_data")) || {};
        this.place = fresh ? "" : this.lms.read("location");
      } else {
        this.place = near.p || "";
      }
      const base = this.lms.open && Object.keys(far).length ? far : near;
      for (const key of this.config.pages.map((page) => page.key)) {
        if ((base.s || "").match(/.{3}/g)?.includes(key)) this.visited.add(key);
      }
      Object.assign(this.marked, base.q);
      Object.assign(this.own, base.a);
      for (const key of (base.o || "").match(/.{3}/g) || []) {
        // Kept outside the LMS the last time: here, or in another browser.
        if (near.q && key in near.q) this.marked[key] = near.q[key];
        else if (near.a && key in near.a) this.own[key] = near.a[key];
        else this.elsewhere.add(key);
      }
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

    parse(text) {
      if (!text) return null;
      try {
        const found = JSON.parse(text);
        return found && found.v === 1 ? found : null;
      } catch (problem) {
        return null; // somebody else's data: start anew
      }
    }

    /* The state within `limit` characters: the pages read and the answers that fit whole, in the order of the
       questions, those with a key first. */
    encode(limit) {
      const state = { v: 1, s: this.config.pages.map((page) => page.key).filter((key) => this.visited.has(key)).join("") };
      const rest = { q: {}, a: {} };
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
      if (left.length) state.o = left.join("");
      return { text: JSON.stringify(state), rest };
    }

    /* Hands the state to the LMS, or keeps it in this browser. Returns false when an answer could be kept nowhere. */
    save(place) {
      if (this.lms.open && !this.lms.writable) return true; // a review changes nothing
      this.place = place;
      if (!this.lms.open) return this.keep({ ...JSON.parse(this.encode(Infinity).text), p: place });
      const { text, rest } = this.encode(this.config.limit);
      this.lms.write("location", place);
      const taken = this.lms.write("cmi.suspend_data", text);
      if (!taken) return this.keep({ ...JSON.parse(this.encode(Infinity).text), p: place });
      this.overflow = new Set([...Object.keys(rest.q), ...Object.keys(rest.a)]);
      return this.keep(this.overflow.size ? { v: 1, ...rest } : null);
    }

    keep(state) {
      if (!this.local) return state === null || !(state.q || state.a);
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
  }

  cp.Store = Store;
})(window.coursepack);
