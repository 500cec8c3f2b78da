/* The start page: how much of each part has been read, as this browser knows it; and the way to another SCO: by a
   navigation request of SCORM 2004 (RTE 5.6), by a link where there is no LMS, else in words. */
"use strict";
(function (cp) {
  const { $, all } = cp;
  const PATIENCE = 5000; // ms until an LMS that was asked for another SCO is taken to have none

  class Course {
    constructor(reader) {
      this.reader = reader;
      document.addEventListener("drawn", () => this.note());
      window.addEventListener("storage", (event) => { if (event.key === this.name) this.draw(); });
      document.addEventListener("click", (event) => this.click(event));
    }

    /* One record a learner for all SCOs of the course: the LMS keeps each SCO's own data from the others. */
    get name() {
      const { store, config } = this.reader;
      return ["coursepack", config.course, "*", store.name.split(":").slice(3).join(":")].join(":");
    }

    record() {
      try {
        const found = JSON.parse(this.reader.store.local.getItem(this.name));
        return found && typeof found === "object" && !Array.isArray(found) ? found : {};
      } catch (none) {
        return {};
      }
    }

    note() {
      const { store, config } = this.reader;
      const record = this.record();
      record[config.sco] = config.pages.filter((page) => store.visited.has(page.key)).length;
      try { store.local.setItem(this.name, JSON.stringify(record)); } catch (full) { /* the start page tells less */ }
      this.draw();
      this.lead();
    }

    draw() {
      const { store, config } = this.reader;
      const record = this.record();
      for (const part of config.start || []) {
        const line = $(`[data-part-of="${part.sco}"]`);
        const read = part.keys.length ? part.keys.filter((key) => store.visited.has(key)).length : record[part.sco];
        const done = Math.min(Number(read) || 0, part.pages);
        const bar = $("progress", line);
        bar.hidden = done === 0 || done === part.pages;
        bar.value = done;
        const words = done === 0 ? "" : done === part.pages ? `✓ ${this.reader.say("read")}` : this.reader.say("partRead", { done, all: part.pages });
        $(".done", line).textContent = words && ` · ${words}`;
      }
    }

    /* How this LMS can be asked for another SCO: "continue", a choice, or not at all. */
    request(link) {
      const { lms } = this.reader;
      if (!lms.writable || lms.version !== "2004") return "";
      const choice = `{target=${link.dataset.item}}`;
      // Only an LMS that sequences knows; "unknown" comes from some that can only go on.
      if (lms.read(`adl.nav.request_valid.choice.${choice}`) === "true") return `${choice}choice`;
      const on = "onward" in link.dataset && lms.read("adl.nav.request_valid.continue");
      return on === "true" || on === "unknown" ? "continue" : "";
    }

    /* Links that lead nowhere in this LMS become words. */
    lead() {
      if (!this.reader.lms.open || this.told) return;
      this.told = true;
      for (const link of all("a[data-item]")) {
        const request = this.request(link);
        if (request) link.dataset.request = request;
        else this.unlink(link);
      }
    }

    unlink(link) {
      const words = document.createElement("span"), onward = "onward" in link.dataset;
      words.className = link.className;
      const title = link.lastChild.textContent.trim();
      words.append(...link.childNodes);
      if (onward) {
        const line = document.createElement("span");
        line.className = "quiet";
        line.textContent = this.reader.say("chooseNext", { title });
        words.append(line);
      }
      link.replaceWith(words);
      if (!onward) $("#start-choose").hidden = false;
    }

    click(event) {
      const link = event.target.closest("a[data-item]");
      if (!link) return;
      const { reader } = this;
      if ("onward" in link.dataset) reader.reached(reader.page);
      if (!reader.lms.open) return; // a link like others
      event.preventDefault();
      reader.lms.write("adl.nav.request", link.dataset.request);
      reader.leave();
      const title = link.lastChild.textContent.trim();
      setTimeout(() => reader.notice("problem", reader.say("chooseNext", { title }), true), PATIENCE);
    }
  }

  cp.course = function (reader) {
    reader.course = new Course(reader);
  };
})(window.coursepack);
