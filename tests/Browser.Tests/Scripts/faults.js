// What is wrong with a page, whatever it is about; with `hit`, what a finger can't press is too.
hit => {
  const faults = [];
  const shown = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const told = e => e.outerHTML.replace(/\s+/g, ' ').slice(0, 140);
  const count = document.querySelectorAll('h1').length;
  if (count !== 1) faults.push(`${count} h1`);
  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title.trim()) faults.push('no title');
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) {
    const worst = [...document.body.querySelectorAll('*')].filter(shown)
      .find(e => e.getBoundingClientRect().right > innerWidth + 1);
    faults.push(`scrolls sideways by ${wide}: ${worst ? told(worst) : '?'}`);
  }
  const bare = /\b(console|mail|notice)\.[a-z]+[.-][a-z-]+\b/.exec(document.body.innerText);
  if (bare) faults.push(`a text is missing: ${bare[0]}`);
  for (const e of hit ? document.querySelectorAll('button, .btn, input:not([type=hidden]), select, textarea') : []) {
    const target = e.matches('[type=radio], [type=checkbox]') ? e.closest('label') ?? e : e;
    const { height, width } = target.getBoundingClientRect();
    if (shown(e) && Math.min(height, width) < 43.5) faults.push(`${Math.round(width)} × ${Math.round(height)}: ${told(target)}`);
  }
  return faults;
}
