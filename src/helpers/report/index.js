(function () {
  "use strict";
  // The page is whole without this: it only sorts, searches and filters the rows that stand there.
  const table = document.getElementById("opd"), body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
  const form = document.getElementById("alat"), search = document.getElementById("cari");
  const filter = document.getElementById("saring"), order = document.getElementById("urut");
  const result = document.getElementById("hasil"), reset = form.querySelector("[type=reset]"), unit = result.dataset.unit;
  const fold = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const names = new Intl.Collator("id", { numeric: true }), count = n => n.toLocaleString("id-ID");
  const rows = Array.from(body.rows, (tr, place) => {
    const name = tr.cells[0].textContent;
    return { tr, place, name, state: tr.dataset.s, text: fold(name + " " + tr.dataset.k) };
  });
  const value = (row, column) => { const n = row.tr.cells[column].dataset.n; return n === undefined ? null : Number(n); };
  let sorted = heads.findIndex(head => head.hasAttribute("aria-sort")) + "-";
  const words = (column, down) => heads[column].dataset.nama + ", " + (heads[column].dataset.arah || "terbesar terkecil").split(" ")[down ? 0 : 1];

  function sort(column, down) {
    const way = down ? -1 : 1;
    const keyed = rows.map(row => [row, column ? value(row, column) : row.name]);
    keyed.sort(([a, x], [b, y]) => {
      if (x === null || y === null) return (x === null) - (y === null) || a.place - b.place;  // unknown comes last either way
      return way * (column ? x - y : names.compare(x, y)) || a.place - b.place;
    });
    const all = document.createDocumentFragment();
    keyed.forEach(([row]) => all.append(row.tr));
    body.append(all);
    heads.forEach((head, at) => at === column ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
    order.value = sorted = column + (down ? "-" : "+");
    tell("Urut menurut " + words(column, down) + ". ");
  }

  function tell(first) {
    const shown = rows.filter(row => !row.tr.hidden).length, part = shown < rows.length;
    reset.hidden = !part && !search.value && !filter.value;
    result.className = part ? "sebagian" : "";
    result.textContent = first + (shown ? count(shown) + " dari " + count(rows.length) + " " + unit + " ditampilkan." : "Tidak ada " + unit + " yang cocok.");
  }

  function show() {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean), state = filter.value;
    for (const row of rows) {
      const fits = !state || row.state === state || (state === "kurang" && row.state === "diam");
      row.tr.hidden = !(fits && wanted.every(word => row.text.includes(word)));
    }
    tell("");
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    head.dataset.nama = head.textContent;
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : column > 0);
    });
    for (const down of column ? [true, false] : [false, true]) order.add(new Option(words(column, down), column + (down ? "-" : "+")));
  });
  order.value = sorted;
  order.addEventListener("change", () => sort(parseInt(order.value, 10), order.value.endsWith("-")));
  search.addEventListener("input", show);
  filter.addEventListener("change", show);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { order.value = sorted; show(); search.focus(); }));
  form.hidden = false;
  if (search.value || filter.value) show();  // a browser that goes back keeps what was typed
}());
