// Draws the control room's numbers in place, as the server drew them first. The page works without it.
const room = document.querySelector('[data-control]');
const lang = document.documentElement.lang;
const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });
const words = room.dataset;
const put = (node, text) => { if (node && node.textContent !== text) node.textContent = text; };
const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => number.format(facts[name]));

const lasts = s => s < 60 ? fill(words.forS, { n: s }) : s < 3600 ? fill(words.forM, { n: Math.floor(s / 60) })
  : s < 86400 ? fill(words.forH, { n: Math.floor(s / 3600) }) : fill(words.forD, { n: Math.floor(s / 86400) });

const band = g => g.low === undefined && g.high === undefined ? ''
  : !g.low && g.high === 0 ? words.none
    : !g.low && g.high !== undefined ? fill(words.upto, g)
      : fill(words.band, { low: g.low ?? 0, high: g.high ?? g.value });

const worst = gauges => ['bad', 'warn', 'good'].find(t => gauges.some(g => g.tone === t)) ?? 'quiet';
const shown = (g, most) => number.format(g.value) + (most && g.value >= most ? '+' : '');

const link = (href, text, className) => Object.assign(document.createElement('a'), {
  href, textContent: text, className,
});
const span = (text, className) => Object.assign(document.createElement('span'), { textContent: text, className });
// Rows are made anew only where they changed: whoever stands on one with a key keeps it.
const rows = (list, entries, make) => {
  const said = JSON.stringify(entries);
  if (!list || list.dataset.said === said || list.contains(document.activeElement)) return;
  list.dataset.said = said;
  list.replaceChildren(...entries.map(e => {
    const row = document.createElement('li');
    row.append(...[make(e, row)].flat());
    return row;
  }));
};

const drawGauges = gauges => {
  for (const g of gauges) {
    const box = room.querySelector(`[data-gauge="${g.name}"]`);
    if (!box) continue;
    const a = box.querySelector('a');
    box.dataset.tone = g.tone;
    put(a, shown(g, Number(a.dataset.most)));
    a.href = g.href;
    put(box.querySelector('.band'), band(g));
  }
  for (const tile of room.querySelectorAll('[data-tile]')) {
    const own = gauges.filter(g => g.tile === tile.dataset.tile);
    if (!own.length) continue;
    const tone = worst(own);
    const since = Math.max(0, ...own.filter(g => g.tone === tone).map(g => g.forSeconds));
    tile.dataset.tone = tone;
    put(tile.querySelector('[data-status]'), `${words[tone]} ${tone === 'quiet' ? '' : lasts(since)}`.trim());
  }
};

const drawStrip = gauges => {
  const strip = room.querySelector('[data-strip]');
  const off = gauges.filter(g => g.tone === 'warn' || g.tone === 'bad').sort((a, b) => a.tone.localeCompare(b.tone));
  const text = strip.querySelector('[data-all]');
  strip.dataset.tone = off.length ? 'bad' : 'good';
  put(text, off.length ? text.dataset.some : text.dataset.all);
  const use = strip.querySelector('use');
  use.setAttribute('href', use.getAttribute('href').replace(/#.*/, off.length ? '#circle-alert' : '#circle-check'));
  rows(strip.querySelector('ul'), off.map(g => [g.name, g.href, g.tone, g.value, lasts(g.forSeconds)]),
    ([name, href, tone, value, time], row) => {
      row.dataset.tone = tone;
      const a = link(href, `${room.querySelector(`[data-gauge="${name}"] dt`)?.textContent ?? name} `, '');
      a.append(Object.assign(document.createElement('b'), { textContent: number.format(value), className: 'num' }));
      return [a, ' ', span(time, 'tiny')];
    });
};

const drawStates = states => {
  const most = Math.max(1, ...states.map(s => s.count));
  for (const s of states) {
    const row = room.querySelector(`[data-state="${s.name}"]`);
    row?.querySelector('rect').setAttribute('width', s.count ? Math.max(1, Math.floor(s.count * 100 / most)) : 0);
    put(row?.querySelector('a'), number.format(s.count));
  }
};

const money = h => `${(h.amount.minor / 10 ** h.decimals).toLocaleString(lang, {
  minimumFractionDigits: h.decimals, maximumFractionDigits: h.decimals,
}).replace('-', '\u2212')} ${h.amount.currency}`;

const drawMinutes = counts => {
  const most = Math.max(1, ...counts);
  room.querySelector('[data-bars]').setAttribute('d', counts.map((n, i) => {
    const h = n && Math.max(1, Math.floor(n * 40 / most));
    return n ? `M${4 * i} 40v-${h}h3v${h}z` : '';
  }).join(''));
  for (const cell of room.querySelectorAll('[data-five]')) {
    const to = counts.length - 5 * cell.dataset.five;
    put(cell, number.format(counts.slice(Math.max(0, to - 5), to).reduce((a, b) => a + b, 0)));
  }
};

const drawFirst = first => {
  const place = room.querySelector('[data-first]');
  const a = place?.querySelector('a');
  if (!place || !first || !a) return;
  const time = place.querySelector('time');
  if (time.dateTime === first.due && a.getAttribute('href') === first.href) return;
  fetch('/control', { headers: { accept: 'text/html' } }).then(r => r.ok ? r.text() : '').then(html => {
    const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-first]');
    if (fresh && !place.contains(document.activeElement)) place.replaceChildren(...fresh.childNodes);
  });
};

let drawnFirst = 0;
const draw = body => {
  drawGauges(body.gauges);
  drawStrip(body.gauges);
  drawStates(body.states);
  drawMinutes(body.ordersByMinute);
  rows(room.querySelector('[data-held]'), body.held, h => link(h.href, money(h), 'num'));
  const refusals = room.querySelector('[data-refusals]');
  rows(refusals, body.refusals.length ? body.refusals : [{ none: true }], r => r.none
    ? span(refusals.dataset.none, 'faint')
    : [link(r.href, r.name, 'mono'), ' ', span(number.format(r.count), 'num')]);
  put(room.querySelector('[data-at]'), new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, {
    day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC', hourCycle: 'h23',
  }).format(new Date(body.at)));
  if (Date.now() - drawnFirst > 10_000) { drawnFirst = Date.now(); drawFirst(body.first); }
};

let stream, lost;
const place = room.querySelector('.paused');
const sayLost = isLost => { place.hidden = !isLost; place.textContent = isLost ? place.dataset.text : ''; };
const open = () => {
  stream = new EventSource(words.control);
  stream.addEventListener('now', e => {
    clearTimeout(lost);
    lost = undefined;
    sayLost(false);
    draw(JSON.parse(e.data));
  });
  stream.addEventListener('error', () => { lost ??= setTimeout(() => sayLost(true), 10_000); });
};
const close = () => { stream?.close(); stream = undefined; clearTimeout(lost); lost = undefined; };
document.addEventListener('visibilitychange', () => { close(); if (!document.hidden) open(); });
addEventListener('pagehide', close);
addEventListener('pageshow', e => { if (e.persisted) { close(); open(); } });
if (!document.hidden) open();
