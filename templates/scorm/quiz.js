/* Questions with a key: reading an answer from the page, marking it, telling the LMS by its own data types. */
"use strict";
(function (cp) {
  const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  const ROWS = "123456789abcdefghijklmnopqrstuvwxyz";
  const clamp = (x) => Math.min(1, Math.max(0, Math.round(x * 1e7) / 1e7));
  const fold = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ");
  const number = (text) => {
    const plain = String(text).trim().replace(/[\s\u00a0]/g, "").replace(",", ".").replace("\u2212", "-");
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  };

  const most = (answers) => clamp(Math.max(0, ...answers.map((answer) => answer.fraction)));

  /* An accepted text as a pattern: «*» stands for any letters, «\*» for itself. Piece by piece from the left, each as
     early as it can stand: no pattern takes longer than the text is long. */
  function accepts(answer, given, exact) {
    const same = (written) => (exact ? fold(written) : fold(written).toLowerCase());
    const star = "\u0000";
    const pieces = same(answer.replaceAll("\\*", star)).split("*").map((piece) => piece.replaceAll(star, "*"));
    const text = same(given), last = pieces.pop();
    if (!pieces.length) return text === last;
    const first = pieces.shift();
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of pieces) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  }

  const text = (answer) => answer.text.replaceAll("\\*", "*");

  /* One kind of part: `mark` gives the fraction 0..1 of a response, `say` its SCORM type, response and right pattern
     (SCORM 1.2 RTE 3.4.4; SCORM 2004 RTE 4.2.9). A response is a string; "" is none. */
  const KINDS = {
    choice: {
      mark(part, response) {
        const ticked = [...response].map((letter) => part.fractions[LETTERS.indexOf(letter)] || 0);
        if (part.single) return clamp(Math.max(0, ...ticked));
        return clamp(ticked.reduce((sum, fraction) => sum + fraction, 0));
      },
      say(part, response, modern) {
        const join = modern ? "[,]" : ",";
        const right = [...LETTERS.slice(0, part.fractions.length)]
          .filter((letter, i) => (part.single ? part.fractions[i] >= 1 : part.fractions[i] > 0));
        return ["choice", [...response].join(join), right.join(join)];
      },
    },
    "true-false": {
      mark: (part, response) => (response === (part.answer ? "t" : "f") ? 1 : 0),
      say(part, response, modern) {
        const word = (yes) => (modern ? String(yes) : yes ? "t" : "f");
        return ["true-false", word(response === "t"), word(part.answer)];
      },
    },
    "fill-in": {
      hits: (part, response) => part.answers.filter((answer) => accepts(answer.text, response, part.exact)),
      mark: (part, response) => most(KINDS["fill-in"].hits(part, response)),
      say(part, response, modern) {
        const right = (modern && part.exact ? "{case_matters=true}" : "") + text(cp.best(part.answers));
        return ["fill-in", response.slice(0, 250), right.slice(0, 250)];
      },
    },
    numeric: {
      hits(part, response) {
        const given = number(response);
        return part.answers.filter((a) => Math.abs(given - number(a.text)) <= Math.abs(number(a.tolerance) || 0) + 1e-12);
      },
      mark: (part, response) => most(KINDS.numeric.hits(part, response)),
      say(part, response, modern) {
        const given = number(response), best = cp.best(part.answers);
        const value = number(best.text), tolerance = number(best.tolerance) || 0;
        if (Number.isNaN(given)) return ["fill-in", response.slice(0, 250), best.text];
        const short = (x) => String(Number(x.toFixed(7)));
        return ["numeric", short(given), modern ? `${short(value - tolerance)}[:]${short(value + tolerance)}` : short(value)];
      },
    },
    matching: {
      mark: (part, response) => clamp([...response].filter((letter, i) => letter === part.right[i]).length / part.right.length),
      say(part, response, modern) {
        const [inner, outer] = modern ? ["[.]", "[,]"] : [".", ","];
        const pairs = (text) => [...text].map((letter, i) => [ROWS[i], letter])
          .filter(([, letter]) => letter !== "-").map((pair) => pair.join(inner)).join(outer);
        return ["matching", pairs(response), pairs(part.right)];
      },
    },
  };

  /* The fields of part `index` of a question, and whether a field is one to tick. */
  const partOf = (box, index) => cp.all(`[data-part="${index}"]`, box);
  cp.ticks = (field) => ["radio", "checkbox"].includes(field && field.type);

  cp.best = (answers) => answers.reduce((best, answer) => (answer.fraction > best.fraction ? answer : best));

  /* What stands in the page for part `index` of a question: "" when nothing was answered. */
  cp.readPart = function (box, index, part) {
    const fields = partOf(box, index);
    if (part.type === "matching") {
      return fields.every((field) => !field.value) ? "" : fields.map((field) => field.value || "-").join("");
    }
    if (cp.ticks(fields[0])) {
      return fields.filter((field) => field.checked).map((field) => field.value).sort().join("");
    }
    if (fields[0] && fields[0].multiple) return [...fields[0].selectedOptions].map((option) => option.value).join("");
    return fields[0] ? fields[0].value.trim() : "";
  };

  cp.fillPart = function (box, index, part, response) {
    const fields = partOf(box, index);
    fields.forEach((field, i) => {
      if (cp.ticks(field)) field.checked = response.includes(field.value);
      else if (field.multiple) [...field.options].forEach((option) => { option.selected = response.includes(option.value); });
      else field.value = part.type === "matching" ? (response[i] || "-").replace("-", "") : response;
    });
  };

  /* The fields of a part that hold an answer, each with whether it is right: ticks one by one, rows one by one. */
  cp.fieldMarks = function (box, index, part, response) {
    const fields = partOf(box, index);
    if (cp.ticks(fields[0])) {
      return fields.filter((field) => field.checked).map((field) => [field, part.type === "true-false"
        ? field.value === (part.answer ? "t" : "f") : part.fractions[LETTERS.indexOf(field.value)] > 0]);
    }
    if (part.type === "matching") return fields.map((field, i) => [field, field.value === part.right[i]]).filter(([field]) => field.value);
    return response === "" ? [] : fields.map((field) => [field, cp.markPart(part, response) === 1]);
  };

  cp.markPart = (part, response) => (response === "" ? 0 : KINDS[part.type].mark(part, response));
  /* The accepted answers that a typed response meets, best first: their places in the list. */
  cp.hits = (part, response) => (KINDS[part.type].hits ? KINDS[part.type].hits(part, response) : [])
    .map((answer) => part.answers.indexOf(answer));

  /* 0..1 of a whole question: its parts by their weights. */
  cp.mark = function (question, responses) {
    const whole = question.parts.reduce((sum, part) => sum + part.weight, 0) || 1;
    return clamp(question.parts.reduce((sum, part, i) => sum + part.weight * cp.markPart(part, responses[i]), 0) / whole);
  };

  /* Score of the SCO, 0..100, once every question with a key has been answered; null before. */
  cp.score = function (questions, marked) {
    const keyed = questions.filter((question) => question.parts);
    if (!keyed.length || keyed.some((question) => !(question.key in marked))) return null;
    const most = keyed.reduce((sum, question) => sum + question.mark, 0) || 1;
    const got = keyed.reduce((sum, question) => sum + question.mark * cp.mark(question, [].concat(marked[question.key])), 0);
    return Math.round((got / most) * 10000) / 100;
  };

  /* Interactions: one a part, and one an own text. They wait until the LMS is told (`flush`); what changes in the same
     visit is told again under the same number. */
  cp.Reporter = class {
    constructor(lms, which) {
      this.lms = lms;
      this.which = which; // "all", "marked" or "none"
      this.numbers = new Map();
      this.waiting = new Map(); // id of an interaction → its rows
      this.texts = new Map(); // id → the own text as last told
      this.next = null; // null: not asked yet; -1: this LMS keeps no interactions
    }

    get modern() { return this.lms.version === "2004"; }

    report(question, responses, since) {
      if (!this.lms.writable || this.which === "none") return;
      const whole = question.parts.reduce((sum, part) => sum + part.weight, 0) || 1;
      question.parts.forEach((part, i) => {
        if (responses[i] === "") return;
        const id = question.parts.length > 1 ? `${question.id}-${i + 1}` : question.id;
        const [type, given, right] = KINDS[part.type].say(part, responses[i], this.modern);
        const fraction = cp.markPart(part, responses[i]);
        const result = fraction === 1 ? "correct" : fraction === 0 ? (this.modern ? "incorrect" : "wrong") : fraction.toFixed(4);
        const weight = String(Math.round((question.mark * part.weight / whole) * 1e4) / 1e4);
        this.wait(id, question, type, given, result, since, [["weighting", weight], ["correct_responses.0.pattern", right]]);
      });
    }

    /* SCORM 1.2 has no type for a long text: fill-in, as much as fits (RTE 3.4.4); 2004 long-fill-in (RTE 4.2.9). */
    own(question, text, since) {
      if (!this.lms.writable || this.which !== "all" || this.texts.get(question.id) === text) return;
      if (!this.texts.has(question.id) && since === undefined) return; // an earlier visit's, told then
      this.texts.set(question.id, text);
      const most = this.modern ? 4000 : 255;
      const plain = fold(text); // LMSs take one line
      const given = plain.length > most ? `${[...plain.slice(0, most - 2)].slice(0, -1).join("")} …` : plain;
      this.wait(question.id, question, this.modern ? "long-fill-in" : "fill-in", given, "neutral", since || Date.now(), []);
    }

    wait(id, question, type, given, result, since, more) {
      const now = new Date();
      const two = (n) => String(n).padStart(2, "0");
      const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
      const hour = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
      const rows = [
        ["type", type],
        [this.modern ? "timestamp" : "time", this.modern ? `${day}T${hour}` : hour],
        ...more,
        [this.modern ? "learner_response" : "student_response", given],
        ["result", result],
        ["latency", cp.clock(Date.now() - since, this.lms.version)],
      ];
      if (this.modern) rows.push(["description", question.text]);
      this.waiting.set(id, rows);
    }

    flush() {
      if (!this.waiting.size) return;
      if (this.next === null) {
        const kept = this.lms.read("cmi.interactions._children");
        this.next = kept ? Number(this.lms.read("cmi.interactions._count")) || 0 : -1;
      }
      if (this.next >= 0) for (const [id, rows] of this.waiting) this.tell(id, rows);
      this.waiting.clear();
    }

    tell(id, rows) {
      if (!this.numbers.has(id)) this.numbers.set(id, this.next++);
      const path = `cmi.interactions.${this.numbers.get(id)}.`;
      // Without an id the LMS knows no such interaction: the rest would only be refused.
      if (!this.lms.write(`${path}id`, id)) return;
      for (const [name, value] of rows) if (value !== "") this.lms.write(path + name, value);
    }
  };
})(window.coursepack);
