/* The SCORM run-time, 1.2 and 2004 by one table: finds the LMS's API, initialises once, never repeats what the LMS
   refused, and says what went wrong. Without an LMS every call is quietly nothing. */
"use strict";
window.coursepack = window.coursepack || {};
document.documentElement.classList.add("js");

(function (cp) {
  cp.$ = (selector, inside) => (inside || document).querySelector(selector);
  cp.all = (selector, inside) => [...(inside || document).querySelectorAll(selector)];

  /* What this browser keeps under a name; null where it keeps nothing. */
  cp.kept = (name) => {
    try { return window.localStorage.getItem(name); } catch (denied) { return null; }
  };
  cp.keep = (name, text) => {
    try { window.localStorage.setItem(name, text); } catch (denied) { /* for this visit alone */ }
  };

  const DIALECTS = {
    "1.2": {
      object: "API", initialize: "LMSInitialize", terminate: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue",
      commit: "LMSCommit", lastError: "LMSGetLastError", errorString: "LMSGetErrorString",
      learner: "cmi.core.student_id", mode: "cmi.core.lesson_mode", entry: "cmi.core.entry",
      location: "cmi.core.lesson_location", exit: "cmi.core.exit", sessionTime: "cmi.core.session_time",
      scoreRaw: "cmi.core.score.raw", scoreMin: "cmi.core.score.min", scoreMax: "cmi.core.score.max",
    },
    "2004": {
      object: "API_1484_11", initialize: "Initialize", terminate: "Terminate", get: "GetValue", set: "SetValue",
      commit: "Commit", lastError: "GetLastError", errorString: "GetErrorString",
      learner: "cmi.learner_id", mode: "cmi.mode", entry: "cmi.entry",
      location: "cmi.location", exit: "cmi.exit", sessionTime: "cmi.session_time",
      scoreRaw: "cmi.score.raw", scoreMin: "cmi.score.min", scoreMax: "cmi.score.max",
    },
  };
  // Not found, not initialised yet, not implemented: an answer, not a failure, when an element is read.
  const QUIET_WHEN_READ = new Set(["0", "201", "301", "401", "402", "403"]);
  const FIRST_PAUSE = 30000; // ms after a commit that failed; twice as long after each further one
  const LONGEST_PAUSE = 600000;
  const BETWEEN_COMMITS = 10000; // ms at least
  const SHARE = 20; // and so many times as long as the last commit held up the page
  const MOST_REFUSALS = 3;

  function find(name) {
    // SCORM 1.2 RTE 3.3.6.1, SCORM 2004 RTE 3.3.1: up the parents, then the window that opened the outermost one.
    for (const start of [window, window.top && window.top.opener, window.opener]) {
      let here = start;
      for (let depth = 0; here && depth < 500; depth += 1) {
        try {
          if (here[name]) return here;
          if (!here.parent || here.parent === here) break;
          here = here.parent;
        } catch (denied) {
          break; // a window of another site
        }
      }
    }
    return null;
  }

  function clock(milliseconds, version) {
    const hundredths = Math.max(0, Math.round(milliseconds / 10));
    const seconds = Math.floor(hundredths / 100);
    const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
    const rest = String(hundredths % 100).padStart(2, "0");
    if (version === "2004") return `PT${h}H${m}M${s}.${rest}S`;
    const two = (n) => String(n).padStart(2, "0");
    return `${String(Math.min(h, 9999)).padStart(4, "0")}:${two(m)}:${two(s)}.${rest}`;
  }

  cp.clock = clock;

  /* Moodle's player keeps one API for all SCOs of a page (mod/scorm/datamodels/scorm_12.js, scorm_13.js; 4.5 and 5.0):
     after Terminate of 2004 no other SCO may initialise (104); LMSInitialize of 1.2 throws for an SCO that comes back
     after it has told interactions, and counts its time from when the page was loaded. The player's page, opened anew for
     the chosen SCO, knows nothing of the others. Once only: nothing has been opened in the new page. */
  function moodleAnew(home, version) {
    const player = home.M && home.M.mod_scorm && home.M.cfg;
    if (!player) return false;
    const opened = home.coursepackOpened = home.coursepackOpened || new Set();
    const node = home.scorm_current_node;
    const spent = version === "2004" ? opened.size > 0 : opened.has(location.pathname);
    opened.add(location.pathname);
    if (!spent || !node || !/(^|&)scoid=/.test(node.title || "") || window.top !== home.top) return false;
    const asked = new URLSearchParams(node.title);
    if (!asked.get("mode")) asked.delete("mode");
    if (/[?&]display=popup/.test(home.location.search)) asked.set("display", "popup");
    home.location.replace(`${player.wwwroot}/mod/scorm/player.php?${asked}`);
    return true;
  }

  class Lms {
    constructor(version, tell) {
      this.version = version;
      this.names = DIALECTS[version];
      this.tell = tell; // called with (what, code, explanation, element) for each call that was refused
      this.open = false;
      this.mode = "normal";
      this.started = Date.now();
      this.sent = new Map();
      this.refused = new Map();
      this.pause = FIRST_PAUSE;
      this.notBefore = 0;
      this.unconfirmed = false; // something was written since the last commit that the LMS confirmed
      this.failed = false; // the last commit was not confirmed
      this.api = null;
      this.moving = false; // the LMS opens its page anew
      this.look();
    }

    /* Looks for the LMS; it may set up its API after the page has come. */
    look() {
      if (!this.names) return false; // a page of a web site: whatever stands around it is no LMS
      try {
        const home = find(this.names.object);
        this.moving = home !== null && moodleAnew(home, this.version);
        this.api = home && home[this.names.object];
      } catch (denied) {
        this.api = null;
      }
      return this.present;
    }

    get present() { return this.api !== null; }
    get writable() { return this.open && this.mode === "normal"; }

    start() {
      if (!this.api) return false;
      this.open = this.call("initialize", "");
      if (!this.open) return false;
      this.mode = this.read("mode") || "normal";
      return true;
    }

    /* One call that answers "true" or "false"; a refusal is told with the LMS's own words. */
    call(what, ...given) {
      let answer;
      try {
        answer = String(this.api[this.names[what]](...given));
      } catch (problem) {
        this.tell(what, "", String(problem && problem.message || problem));
        return false;
      }
      if (answer === "true") return true;
      const code = this.code();
      if (answer !== "false" && code === "0") return true; // LMSs that answer nothing at all
      if (what === "initialize" && code === "103") return true; // 2004: initialised already
      this.tell(what, code, this.explain(code), given[0]);
      return false;
    }

    code() {
      try { return String(this.api[this.names.lastError]()); } catch (problem) { return "101"; }
    }

    explain(code) {
      try { return String(this.api[this.names.errorString](code) || ""); } catch (problem) { return ""; }
    }

    element(name) { return this.names[name] || name; }

    read(name) {
      if (!this.open) return "";
      const element = this.element(name);
      let value;
      try {
        value = this.api[this.names.get](element);
      } catch (problem) {
        this.tell("get", "", String(problem && problem.message || problem), element);
        return "";
      }
      value = value === null || value === undefined ? "" : String(value);
      if (value === "") {
        const code = this.code();
        if (!QUIET_WHEN_READ.has(code)) this.tell("get", code, this.explain(code), element);
      }
      return value;
    }

    write(name, value) {
      const element = this.element(name), text = String(value);
      if (!this.writable || this.sent.get(element) === text) return this.writable;
      if ((this.refused.get(element) || 0) >= MOST_REFUSALS) return false;
      const done = this.call("set", element, text);
      if (done) {
        this.sent.set(element, text);
        this.refused.delete(element);
        this.unconfirmed = true;
      } else {
        this.refused.set(element, (this.refused.get(element) || 0) + 1);
      }
      return done;
    }

    /* True when the LMS has taken all that was written. Of a page that is hidden or left the answer confirms nothing:
       Moodle's player sends a beacon then and says «true» whatever becomes of it (mod/scorm/request.js). A call holds up the page until the LMS has answered, so
       the next one waits: longer where the LMS is slow, and longer still where it failed; what is `urgent` does not. */
    commit(urgent) {
      if (!this.writable) return true;
      if (!this.unconfirmed && urgent !== "end") return true;
      if (!urgent && Date.now() < this.notBefore) return false;
      this.write("sessionTime", clock(Date.now() - this.started, this.version));
      const blind = urgent === "end" || document.visibilityState === "hidden";
      const began = Date.now();
      const done = this.call("commit", "");
      const now = Date.now();
      this.failed = !done || (this.failed && blind);
      if (done) {
        this.unconfirmed = blind;
        this.pause = FIRST_PAUSE;
        this.notBefore = now + Math.min(LONGEST_PAUSE, Math.max(BETWEEN_COMMITS, SHARE * (now - began)));
      } else {
        this.notBefore = now + this.pause;
        this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
      }
      return done;
    }

    end() {
      if (!this.open) return;
      this.call("terminate", "");
      this.open = false;
    }
  }

  cp.Lms = Lms;
})(window.coursepack);
