"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var key = {}, HEIGHT = 46, SPARE = 8, PRINTED = 2000;
  data.keys.forEach(function (name, at) { key[name] = at; });
  var COLUMNS = ["id", "light", "problem", "lead_unit", "lead_leader", "deadline", "status", "timing"];
  var MARK = { "红": "▲", "黄": "◆", "绿": "●", "蓝": "■" };
  var CLASS = { "红": "lred", "黄": "lyellow", "绿": "lgreen", "蓝": "lblue" };
  var rows = data.rows, texts = rows.map(function (row) { return row.join("\n").toLowerCase(); });
  var found = [], chosen = 0, opened = null;

  function make(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (at) { made.setAttribute(at, attributes[at]); });
    if (text !== undefined) { made.textContent = text; }
    return made;
  }
  function shown(row, name) {
    if (name === "problem") { return row[key.problem] || row[key.sub_problem]; }
    if (name === "light") { return MARK[row[key.light]] + row[key.light]; }
    return row[key[name]];
  }
  function values(take, order) {
    var seen = {};
    rows.forEach(function (row) { seen[take(row)] = true; });
    var names = Object.keys(seen);
    return order ? order.filter(function (name) { return seen[name]; }) : names.sort();
  }
  function month(row) { return row[key.due].slice(0, 7) || "没有日期"; }
  function of(name) { return function (row) { return row[key[name]] || "（未填）"; }; }

  var list = document.getElementById("list"), first = document.getElementById("first");
  var filters = make("div", { "class": "filters" }), choices = [];
  function labelled(text, control) {
    var label = make("label", {}, text);
    label.appendChild(control);
    filters.appendChild(label);
    return control;
  }
  var search = labelled("查找（所有文字）", make("input", { type: "search", id: "search" }));
  function choice(id, text, take, order) {
    var select = labelled(text, make("select", { id: id }));
    select.appendChild(make("option", { value: "" }, "全部"));
    values(take, order).forEach(function (name) {
      select.appendChild(make("option", { value: name }, name));
    });
    choices.push({ select: select, take: take });
    select.addEventListener("change", refresh);
  }
  choice("status", "状态", of("status"), data.statuses);
  choice("light", "灯", of("light"), ["红", "黄", "绿", "蓝"]);
  choice("unit", "牵头单位", of("lead_unit"));
  choice("leader", "牵头领导", of("lead_leader"));
  choice("month", "到期月份", month);
  var sort = labelled("排序", make("select", { id: "sort" }));
  [["", "台账顺序"], ["due", "到期日"], ["lead_unit", "牵头单位"], ["lead_leader", "牵头领导"],
    ["status", "状态"]].forEach(function (pair) {
    sort.appendChild(make("option", { value: pair[0] }, pair[1]));
  });
  sort.addEventListener("change", refresh);
  search.addEventListener("input", refresh);
  var count = make("p", { id: "count", role: "status", "aria-live": "polite" });
  var view = make("div", { id: "view", tabindex: "0", role: "listbox", "aria-label": "问题列表，上下键移动，回车看详情" });
  var room = make("div", { role: "presentation" });
  view.appendChild(room);
  [filters, count, view].forEach(function (part) { list.appendChild(part); });
  first.hidden = true;
  document.getElementById("rest").hidden = true;

  function refresh() {
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = [];
    for (var at = 0; at < rows.length; at++) {
      var fits = words.every(function (word) { return texts[at].indexOf(word) >= 0; }) &&
        choices.every(function (each) {
          return !each.select.value || each.take(rows[at]) === each.select.value;
        });
      if (fits) { found.push(at); }
    }
    var by = sort.value;
    if (by) {
      found.sort(function (a, b) {
        var x = rows[a][key[by]], y = rows[b][key[by]];
        if (by === "due" && (!x || !y)) { return x ? -1 : y ? 1 : a - b; }
        return x < y ? -1 : x > y ? 1 : a - b;
      });
    }
    chosen = 0;
    view.scrollTop = 0;
    var late = found.filter(function (at) { return rows[at][key.light] === "红"; }).length;
    var told = data.statuses.map(function (word) {
      return [word, found.filter(function (at) { return rows[at][key.status] === word; }).length];
    }).filter(function (pair) { return pair[1]; });
    count.textContent = "共" + found.length + "个" + (found.length ? "：" : "") +
      told.map(function (pair) { return pair[0] + pair[1] + "个"; }).join("，") +
      (late ? "；其中▲逾期" + late + "个" : "");
    draw();
  }
  function draw() {
    room.style.height = found.length * HEIGHT + "px";
    while (room.firstChild) { room.removeChild(room.firstChild); }
    var from = Math.max(Math.floor(view.scrollTop / HEIGHT) - SPARE, 0);
    var to = Math.min(from + Math.ceil(view.clientHeight / HEIGHT) + 2 * SPARE, found.length);
    for (var place = from; place < to; place++) { room.appendChild(line(place)); }
    view.setAttribute("aria-activedescendant", found.length ? "row" + chosen : "");
  }
  function line(place) {
    var row = rows[found[place]];
    var made = make("div", { "class": "row", role: "option", id: "row" + place,
      "aria-selected": String(place === chosen), "aria-setsize": found.length, "aria-posinset": place + 1 });
    made.style.top = place * HEIGHT + "px";
    COLUMNS.forEach(function (name) {
      var cell = make("span", name === "light" ? { "class": CLASS[row[key.light]] } : {}, shown(row, name));
      cell.title = shown(row, name);
      made.appendChild(cell);
    });
    made.addEventListener("click", function () { chosen = place; open(); });
    return made;
  }
  function open() {
    close();
    if (!found.length) { return; }
    draw();
    var row = rows[found[chosen]];
    opened = make("div", { id: "detail", role: "dialog", "aria-modal": "true", "aria-label": "问题详情" });
    var shut = make("button", { type: "button" }, "关闭（Esc）");
    shut.addEventListener("click", close);
    opened.appendChild(shut);
    var told = make("dl");
    data.keys.forEach(function (name, at) {
      var value = row[at], text = Array.isArray(value) ? value.join("\n") : value;
      if (text && data.fields[at]) {
        told.appendChild(make("dt", {}, data.fields[at]));
        told.appendChild(make("dd", {}, text));
      }
    });
    opened.appendChild(told);
    opened.addEventListener("keydown", function (event) {
      if (event.key === "Tab") { event.preventDefault(); shut.focus(); }
    });
    document.body.appendChild(opened);
    shut.focus();
  }
  function close() {
    if (opened) { opened.remove(); opened = null; view.focus(); }
  }
  view.addEventListener("scroll", draw);
  window.addEventListener("resize", draw);
  view.addEventListener("keydown", function (event) {
    var page = Math.floor(view.clientHeight / HEIGHT);
    var steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -found.length, End: found.length };
    if (event.key === "Enter") { event.preventDefault(); open(); return; }
    if (!(event.key in steps) || !found.length) { return; }
    event.preventDefault();
    chosen = Math.min(Math.max(chosen + steps[event.key], 0), found.length - 1);
    var top = chosen * HEIGHT;
    if (top < view.scrollTop) { view.scrollTop = top; }
    if (top + HEIGHT > view.scrollTop + view.clientHeight) { view.scrollTop = top + HEIGHT - view.clientHeight; }
    draw();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(); }
    if (event.key === "/" && !/INPUT|SELECT/.test(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    }
  });
  // What is printed is what is found.
  window.addEventListener("beforeprint", function () {
    var body = first.querySelector("tbody");
    while (body.firstChild) { body.removeChild(body.firstChild); }
    found.slice(0, PRINTED).forEach(function (at) {
      var line = make("tr");
      COLUMNS.forEach(function (name) { line.appendChild(make("td", {}, shown(rows[at], name))); });
      body.appendChild(line);
    });
  });
  var tools = document.getElementById("tools");
  tools.hidden = false;
  var theme = make("button", { type: "button", id: "theme" }, "深色／浅色");
  theme.addEventListener("click", function () {
    var root = document.documentElement, now = root.getAttribute("data-theme") ||
      (window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.setAttribute("data-theme", now === "dark" ? "light" : "dark");
  });
  var print = make("button", { type: "button", id: "print" }, "打印");
  print.addEventListener("click", function () { window.print(); });
  tools.appendChild(theme);
  tools.appendChild(print);
  refresh();
})();
