/* Answers on the pages: put back, taken up, checked, saved as a file. */
"use strict";
(function (cp) {
  const { $, all } = cp;

  cp.Answers = class {
    constructor(reader) {
      this.reader = reader;
      this.store = reader.store;
      this.config = reader.config;
      this.reporter = new cp.Reporter(reader.lms, reader.config.interactions);
      this.since = new Map(); // key of a question → when the learner first touched it
    }

    restore() {
      for (const question of this.config.questions) {
        const box = $(`[data-question="${question.key}"]`);
        const { key } = question;
        if (question.parts && this.store.marked[key] !== undefined) {
          const responses = [].concat(this.store.marked[key]);
          question.parts.forEach((part, i) => cp.fillPart(box, i, part, responses[i] || ""));
          this.verdict(question, box, responses);
          if (this.store.revealed.has(key)) this.show(question, box);
        } else if (!question.parts && this.store.own[key] !== undefined) {
          $("textarea", box).value = this.store.own[key];
        }
        if (!question.parts && this.store.revealed.has(key)) this.showModel(box);
        cp.passage(box);
        if (this.reader.lms.open && !this.reader.lms.writable) {
          all("textarea", box).forEach((area) => { area.readOnly = true; });
        }
      }
    }

    takeOwn() {
      for (const question of this.config.questions) {
        if (question.parts) continue;
        const text = $(`[data-question="${question.key}"] textarea`).value;
        if (text !== (question.template || "") || this.store.own[question.key] !== undefined) {
          if (text !== "" || !this.store.elsewhere.has(question.key)) this.store.answer("own", question.key, text);
        }
      }
    }

    /* An answer counts until its key was shown or its attempts are used up; after that a check is practice. */
    check(question, box) {
      const { store } = this;
      const responses = question.parts.map((part, i) => cp.readPart(box, i, part));
      if (responses.every((response) => response === "")) {
        $(".verdict", box).textContent = this.reader.say("answerFirst");
        return;
      }
      const settled = store.settled(question.key);
      if (!settled) {
        store.answer("marked", question.key, responses.length === 1 ? responses[0] : responses);
        store.checks[question.key] = (store.checks[question.key] || 0) + 1;
        this.reporter.report(question, responses, this.since.get(question.key) || Date.now());
      }
      this.verdict(question, box, responses);
      if (settled) $(".verdict", box).textContent += ` ${this.reader.say("practice")}`;
      this.reader.keep();
    }

    /* ✓ or ✗ at what was ticked, chosen or typed; nothing where the course never shows an answer. */
    marks(question, box, responses) {
      all(".mark", box).forEach((mark) => mark.remove());
      if (this.config.reveal === "never") return;
      question.parts.forEach((part, i) => {
        for (const [field, right] of cp.fieldMarks(box, i, part, responses[i] || "")) {
          const mark = document.createElement("span");
          mark.className = `mark ${right ? "right" : "wrong"}`;
          mark.textContent = right ? "✓" : "✗";
          mark.setAttribute("role", "img");
          mark.setAttribute("aria-label", this.reader.say(right ? "correct" : "incorrect"));
          const choice = field.closest("ul.choices label, .choice");
          if (choice) choice.append(mark);
          else field.after(mark);
        }
      });
    }

    verdict(question, box, responses) {
      const { config, store } = this;
      const fraction = cp.mark(question, responses);
      const outcome = fraction === 1 ? "correct" : fraction > 0 ? "partial" : "incorrect";
      box.dataset.outcome = outcome;
      const left = config.attempts && fraction < 1 && !store.revealed.has(question.key)
        ? ` ${this.reader.say("attemptsLeft", { left: Math.max(0, config.attempts - (store.checks[question.key] || 0)) })}` : "";
      $(".verdict", box).textContent = this.reader.say(outcome) + left;
      for (const piece of all("[data-when]", box)) piece.hidden = !["always", outcome].includes(piece.dataset.when);
      for (const piece of all("[data-choice]", box)) piece.hidden = !responses[0].includes(piece.dataset.choice);
      const hits = question.parts.flatMap((part, i) => cp.hits(part, responses[i]).slice(0, 1).map((hit) => `${i}-${hit}`));
      for (const piece of all("[data-answer]", box)) piece.hidden = !hits.includes(piece.dataset.answer);
      this.marks(question, box, responses);
      $("[data-reveal]", box).hidden = fraction === 1 || config.reveal === "never"
        || (config.reveal === "last" && !store.settled(question.key));
      box.classList.remove("revealed");
      all(".key", box).forEach((key) => { key.hidden = true; });
      box.dispatchEvent(new CustomEvent("checked", { bubbles: true, detail: fraction }));
    }

    reveal(question, box) {
      this.store.revealed.add(question.key);
      this.show(question, box);
      this.reader.keep();
    }

    show(question, box) {
      box.classList.add("revealed");
      // Why, of each choice; beside a field that is right its mark says enough.
      const said = (piece) => piece.matches("li:has(> select) > .key") && $(".mark.right", piece.parentElement);
      all(".key, [data-choice]", box).forEach((piece) => { piece.hidden = Boolean(said(piece)); });
      if (!all(".key", box).length) {
        const right = question.parts.map((part) => part.shown).join("; ");
        $(".verdict", box).textContent += ` ${this.reader.say("rightAnswer")} ${right}`;
      }
      $("[data-reveal]", box).hidden = true;
    }

    /* The model answer, once there is an answer of one's own; then how the learner finds the own one beside it. */
    model(question, box) {
      this.takeOwn();
      if (!(this.store.own[question.key] || "").trim()) {
        $(".verdict", box).textContent = this.reader.say("answerFirst");
        return;
      }
      this.store.revealed.add(question.key);
      this.showModel(box);
      this.reader.keep();
    }

    showModel(box) {
      const model = $(".model", box);
      if (!model) return;
      model.hidden = false;
      $("[data-model]", box).hidden = true;
      $(".verdict", box).textContent = "";
      const rated = this.store.ratings[box.dataset.question];
      all(".rating input", box).forEach((field) => { field.checked = field.value === rated; });
    }

    rate(box, value) {
      this.store.ratings[box.dataset.question] = value;
      this.reader.keep();
    }

    /* What the LMS had not confirmed of an earlier visit is told again. */
    recovered() {
      if (!this.store.recovered) return;
      for (const question of this.config.questions) {
        const marked = this.store.marked[question.key];
        if (question.parts && marked !== undefined) this.reporter.report(question, [].concat(marked), Date.now());
      }
    }

    /* Own texts as they stand when the LMS is told: for the teacher. */
    tellOwn() {
      for (const question of this.config.questions) {
        const text = this.store.own[question.key];
        if (!question.parts && text !== undefined) this.reporter.own(question, text, this.since.get(question.key));
      }
    }

    saveFile() {
      this.takeOwn();
      const lines = [this.config.courseTitle, this.config.title, ""];
      for (const question of this.config.questions) {
        const box = $(`[data-question="${question.key}"]`);
        const written = question.parts
          ? [].concat(this.store.marked[question.key] || []).join("; ") : this.store.own[question.key] || "";
        lines.push($("h3", box).textContent.trim(), $(".stem", box).innerText.trim() || question.text, "", written || "–", "");
      }
      for (const note of cp.notes ? cp.notes.lines() : []) lines.push(...note, "");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n")], { type: "text/plain;charset=utf-8" }));
      link.download = `${this.config.course}-${this.config.sco}.txt`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    }

    grow(box) {
      if (CSS.supports("field-sizing", "content")) return;
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 4}px`;
    }

    began(box) {
      if (!this.since.has(box.dataset.question)) this.since.set(box.dataset.question, Date.now());
    }
  };
})(window.coursepack);
