// Everything in here is an extra: pages work without it.

const words = document.getElementById('words')?.dataset ?? {};
const meta = name => document.querySelector(`meta[name=${name}]`)?.content;

// The server's clock, which in a demo goes at a pace of its own.
const clock = { there: Date.parse(meta('now') ?? '') || Date.now(), here: Date.now(), speed: 1 };
const now = () => clock.there + (Date.now() - clock.here) * clock.speed;

const setClock = () => {
  const demo = document.querySelector('[data-speed]');
  if (!demo) return;
  Object.assign(clock, { there: Date.parse(demo.dataset.now), here: Date.now(), speed: Number(demo.dataset.speed) });
};

// The patterns that the server writes times with.
const write = (at, pattern) => {
  const parts = Object.fromEntries(new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit',
    hourCycle: 'h23', timeZone: document.body.dataset.zone,
  }).formatToParts(at).map(p => [p.type, p.value]));
  const of = {
    ddd: parts.weekday, MMM: parts.month, uuuu: parts.year, HH: parts.hour, mm: parts.minute, d: parts.day,
  };
  return pattern.replace(/'([^']*)'|ddd|MMM|uuuu|HH|mm|d/g, (found, quoted) => quoted ?? of[found]);
};

// Words with numbers in their places, in the form that the language has for each.
const counts = JSON.parse(words.counts ?? '{}');
const rules = new Intl.PluralRules(document.documentElement.lang);
const digits = number => String(number).replace(/\d/g, d => words.digits?.[d] ?? d);
const fill = (say, numbers) => say.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name, form) => {
  const forms = counts[form], number = numbers[name];
  return forms ? (forms[rules.select(number)] ?? forms.other).replace('{n}', digits(number)) : digits(number);
});

// As the server says it: minutes, hours and days, ahead and past, and the last seconds.
const relative = due => {
  const says = words.relative?.split('|') ?? [];
  const left = Date.parse(due) - now();
  if (left > 0 && left <= 60_000) return says[6] && fill(says[6], { s: Math.ceil(left / 1_000) });
  const minutes = Math.floor(Math.abs(left) / 60_000), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  const unit = hours < 1 ? 0 : hours < 24 ? 1 : 2;
  const say = says[unit * 2 + (left > 0 ? 0 : 1)];
  return say && fill(say, { m: hours < 1 ? minutes : minutes % 60, h: hours, d: days });
};

const tick = () => {
  for (const due of document.querySelectorAll('[data-due]')) {
    const text = relative(due.dataset.due);
    if (text && due.textContent !== text) due.textContent = text;
    const left = Date.parse(due.dataset.due) - now();
    const chip = due.closest('.due');
    if (chip) chip.dataset.tone = left <= 0 ? 'bad' : left < 86_400_000 ? 'warn' : 'quiet';
  }
  for (const face of document.querySelectorAll('[data-clock]')) {
    face.dateTime = new Date(now()).toISOString();
    face.textContent = write(now(), face.dataset.clock);
  }
};
setClock();
setInterval(() => { if (!document.hidden) tick(); }, 1_000);
