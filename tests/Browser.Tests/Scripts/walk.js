// Before the Tab key is pressed: notes each stop, whether it shows that it has the focus, and whether it can be seen.
// Answers with the stops that there should be, in their order.
() => {
  const told = e => e.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
  const shown = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && shown(e));
  // Among radio buttons of one name arrows choose; Tab comes to one of them.
  const stops = all.filter(e => {
    if (e.type !== 'radio') return true;
    const group = all.filter(r => r.type === 'radio' && r.name === e.name && r.form === e.form);
    return (group.find(r => r.checked) ?? group[0]) === e;
  });
  const hasRing = e => {
    for (let at = e, up = 0; at && up < 4; at = at.parentElement, up++) {
      const style = getComputedStyle(at);
      if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) return true;
      if (at !== e && at.contains(e) && at.matches('label')) continue;
    }
    return false;
  };
  const isSeen = e => {
    const target = e.matches('[type=radio], [type=checkbox]') ? e.closest('label') ?? e : e;
    return [...target.getClientRects()].some(r => [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].some(([x, y]) => {
      const top = document.elementFromPoint(r.x + r.width * x, r.y + r.height * y);
      return top && (target.contains(top) || top.contains(target) && top !== document.body
        && top !== document.documentElement);
    }));
  };
  window.walked = [];
  addEventListener('focusin', e => window.walked.push({
    nth: stops.indexOf(e.target), what: told(e.target), ring: hasRing(e.target), seen: isSeen(e.target),
  }));
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  window.walked.length = 0;
  return stops.map(told);
}
