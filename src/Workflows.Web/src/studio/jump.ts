// Brings a step of Studio's canvas into view and selects it, from outside: the canvas is moved as a hand would move it.

const STEPS_OF_A_DRAG = 4

/** Shows a step. False where it is not on the canvas that is open: it may be nested in a container. */
export function showOnCanvas(activityId: string): boolean {
  const step = document.getElementById(`activity-${activityId}`)
  const canvas = step?.closest<HTMLElement>('.x6-graph')
  const surface = canvas?.querySelector<SVGElement>('.x6-graph-svg')
  if (!step || !canvas || !surface) return false
  const area = canvas.getBoundingClientRect()
  const box = step.getBoundingClientRect()
  drag(surface, area.x + area.width / 2 - (box.x + box.width / 2), area.y + area.height / 2 - (box.y + box.height / 2))
  select(step)
  mark(step)
  return true
}

/** Drags the empty canvas; its own script listens on the surface for the press and on the document for the rest. */
function drag(surface: SVGElement, right: number, down: number): void {
  const start = { clientX: 0, clientY: 0 }
  fire(surface, 'mousedown', start)
  for (let part = 1; part <= STEPS_OF_A_DRAG; part++) fire(document, 'mousemove', { clientX: (right * part) / STEPS_OF_A_DRAG, clientY: (down * part) / STEPS_OF_A_DRAG })
  fire(document, 'mouseup', { clientX: right, clientY: down })
}

function select(step: Element): void {
  const box = step.getBoundingClientRect()
  const at = { clientX: box.x + 8, clientY: box.y + 8 }
  const target = step.querySelector('.activity-content') ?? step
  fire(target, 'mousedown', at)
  fire(target, 'mouseup', at)
  fire(target, 'click', at)
}

function mark(step: HTMLElement): void {
  step.classList.add('wf-jumped')
  step.addEventListener('animationend', () => step.classList.remove('wf-jumped'), { once: true })
}

function fire(target: EventTarget, type: string, at: { clientX: number; clientY: number }): void {
  target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, view: window, button: 0, buttons: type === 'mouseup' ? 0 : 1, ...at }))
}
