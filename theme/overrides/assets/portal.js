/* Comforts only: every page says all it has to say without this file. */
(function () {
  "use strict";
  function byId(id) { return document.getElementById(id); }
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  rememberRole();
  all("[data-filter]").forEach(filterTable);
  verifyBox();
  all(".rp-dates").forEach(datesMenu);

  /* The role picker remembers the role on this device. */
  function rememberRole() {
    try {
      var chosen = localStorage.getItem("rp-role");
      all("[data-role]").forEach(function (link) {
        link.addEventListener("click", function () { localStorage.setItem("rp-role", link.dataset.role); });
        if (link.dataset.role !== chosen) return;
        link.parentNode.className = "me";
        link.setAttribute("aria-label", link.textContent + ", your role");
        var note = byId("mine");
        if (note) note.textContent = "Your role is remembered on this device";
      });
    } catch (refused) { /* storage is switched off: nothing to remember */ }
  }

  /* A form with data-filter="id" narrows the rows of that table: words, choices, and "only" boxes. */
  function filterTable(form) {
    var table = byId(form.dataset.filter), count = form.querySelector("output");
    if (!table) return;
    var rows = all("tbody tr[data-words]", table);
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();

    function apply() {
      var shown = 0;
      rows.forEach(function (row) {
        var keep = all("[name]", form).every(function (field) { return matches(field, row); });
        row.hidden = !keep;
        shown += keep ? 1 : 0;
      });
      all("tbody tr.grp", table).forEach(function (group) {
        group.hidden = !rows.some(function (row) { return !row.hidden && row.dataset.group === group.dataset.group; });
      });
      columns();
      if (count) count.textContent = shown + " of " + rows.length + " shown";
    }
    function columns() {
      var field = form.querySelector("[name=column]");
      if (!field) return;
      var wanted = field.value.trim().toLowerCase();
      all("[data-column]", table).forEach(function (cell) {
        cell.hidden = wanted !== "" && cell.dataset.column.indexOf(wanted) < 0;
      });
    }
    function matches(field, row) {
      if (field.name === "column") return true;
      if (field.type === "checkbox") return !field.checked || (" " + row.dataset.marks + " ").indexOf(" " + field.name + " ") >= 0;
      var wanted = field.value.trim().toLowerCase();
      var text = field.name === "words" ? row.dataset.words : row.dataset[field.name] || "";
      return wanted === "" || (field.name === "words" ? text.indexOf(wanted) >= 0 : text === wanted);
    }
  }

  /* The menu of dates leads to the same page of another date, where there is one, and closes like any menu. */
  function datesMenu(box) {
    var list = box.querySelector("ul"), asked = false;
    box.addEventListener("toggle", function () {
      if (!box.open || asked || !box.dataset.list) return; /* today's menu is whole */
      asked = true;
      var script = document.createElement("script");
      script.src = box.dataset.list;
      script.onload = fill;
      document.head.appendChild(script);
    });
    document.addEventListener("click", function (event) { if (!box.contains(event.target)) box.open = false; });
    box.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !box.open) return;
      box.open = false;
      box.querySelector("summary").focus();
    });
    list.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link || link.parentNode.className || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (location.protocol === "file:") return; /* a folder cannot be asked what is there */
      event.preventDefault();
      var same = new URL(box.dataset.page, link.href).href;
      fetch(same, { method: "HEAD" }).then(
        function (answer) { location.href = answer.ok ? same : link.href; },
        function () { location.href = link.href; });
    });

    function fill() {
      var last = list.lastElementChild, own = list.querySelector("[aria-current]");
      (window.rpEditions || []).forEach(function (one) {
        list.insertBefore(one[0] === own.textContent ? own.parentNode : item(one[0], box.dataset.root + one[1]), last);
      });
    }
    function item(words, folder) {
      var made = document.createElement("li"), link = document.createElement("a");
      link.href = folder + "index.html";
      link.textContent = words;
      made.appendChild(link);
      return made;
    }
  }

  /* The verify box hashes a file in the browser and looks the digest up among the issued packs of the page. */
  function verifyBox() {
    var box = byId("drop"), result = byId("res");
    if (!box || !result || !window.FileReader) return;
    box.hidden = false;
    byId("pdf").addEventListener("change", function () { if (this.files[0]) check(this.files[0]); });
    ["dragover", "dragleave", "drop"].forEach(function (name) {
      box.addEventListener(name, function (event) {
        event.preventDefault();
        box.classList.toggle("over", name === "dragover");
        if (name === "drop" && event.dataTransfer.files[0]) check(event.dataTransfer.files[0]);
      });
    });

    function check(file) {
      file.arrayBuffer().then(digest).then(function (hex) {
        var row = all("[data-sha256]").filter(function (one) { return one.dataset.sha256 === hex; })[0];
        if (!row) {
          say("bad", "These bytes are not in the ledger.", [
            "Either the file was changed after it was issued, or this portal never issued it. Keep the file and ask the programme desk.",
            "SHA-256 " + hex]);
          return;
        }
        var replaced = row.dataset.replaced ? "It was replaced by " + row.dataset.replaced + "." : "Nothing has replaced it.";
        say(row.dataset.replaced ? "warn" : "ok", "These exact bytes were issued as " + row.dataset.pack + ".", [
          "Ledger entry " + row.dataset.entry + ", issued " + row.dataset.issued + ". " + replaced, "SHA-256 " + hex]);
      });
    }
    function say(tone, title, lines) {
      result.textContent = "";
      var call = element("div", "rp-call t-" + tone), text = element("div", "");
      var first = element("p", ""), strong = element("b", "");
      strong.textContent = title;
      first.appendChild(strong);
      text.appendChild(first);
      lines.forEach(function (line) {
        var paragraph = element("p", "rp-m rp-hash");
        paragraph.textContent = line;
        text.appendChild(paragraph);
      });
      call.appendChild(text);
      result.appendChild(call);
    }
    function element(name, css) {
      var made = document.createElement(name);
      made.className = css;
      return made;
    }
  }

  function digest(buffer) {
    if (window.crypto && crypto.subtle) return crypto.subtle.digest("SHA-256", buffer).then(hex);
    return Promise.resolve(sha256(new Uint8Array(buffer))); /* a plain-http host name has no crypto.subtle */
  }
  function hex(buffer) {
    return Array.from(new Uint8Array(buffer)).map(function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  /* FIPS 180-4. The constants are the fractions of the cube and square roots of the first primes. */
  function sha256(bytes) {
    var primes = [], state = [], constants = [], candidate = 2, words = new Uint32Array(64), i;
    while (primes.length < 64) {
      if (primes.every(function (prime) { return candidate % prime; })) {
        primes.push(candidate);
        constants.push(fraction(Math.cbrt(candidate)));
        if (state.length < 8) state.push(fraction(Math.sqrt(candidate)));
      }
      candidate += 1;
    }
    var padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64), view = new DataView(padded.buffer);
    padded.set(bytes);
    padded[bytes.length] = 128;
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
    for (var block = 0; block < padded.length; block += 64) {
      for (i = 0; i < 64; i += 1) words[i] = i < 16 ? view.getUint32(block + i * 4) : mixed(i);
      state = round(state.slice(), state);
    }
    return state.map(function (word) { return (word >>> 0).toString(16).padStart(8, "0"); }).join("");

    function fraction(root) { return ((root - Math.floor(root)) * 0x100000000) | 0; }
    function turn(word, by) { return (word >>> by) | (word << (32 - by)); }
    function mixed(at) {
      var a = words[at - 15], b = words[at - 2];
      return (words[at - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[at - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
    }
    function round(h, before) {
      for (var at = 0; at < 64; at += 1) {
        var one = (h[7] + (turn(h[4], 6) ^ turn(h[4], 11) ^ turn(h[4], 25)) + ((h[4] & h[5]) ^ (~h[4] & h[6])) + constants[at] + words[at]) | 0;
        var two = ((turn(h[0], 2) ^ turn(h[0], 13) ^ turn(h[0], 22)) + ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]))) | 0;
        h = [(one + two) | 0, h[0], h[1], h[2], (h[3] + one) | 0, h[4], h[5], h[6]];
      }
      return h.map(function (word, index) { return (word + before[index]) | 0; });
    }
  }
})();
