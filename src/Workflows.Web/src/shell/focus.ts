// What is disabled while it sends loses the focus, and whoever works by keyboard would begin at the top of the page again.

/** The focus goes back to a button or field that can be used again, unless it has gone elsewhere meanwhile. */
export function keepFocus(): void {
  let last: EventTarget | null = null
  document.addEventListener('focusin', event => {
    last = event.target
  })
  new MutationObserver(changes => {
    for (const { target } of changes)
      if (target === last && target instanceof HTMLElement && !target.matches(':disabled') && (document.activeElement === document.body || document.activeElement === null)) target.focus({ preventScroll: true })
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['disabled'] })
}
