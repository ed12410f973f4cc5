// Brings a step of Studio's canvas into view and selects it, from outside: containers are opened and the canvas is moved as a hand would do it.

const STEPS_OF_A_DRAG = 4
const TRIES = 8
const OPENS_WITHIN_MS = 700

/**
 * Shows a step, wherever it is nested.
 * @param way Ids of the activities from the root to the step.
 * @returns False where Studio did not open the container of the step.
 */
export async function showStep(way: string[]): Promise<boolean> {
  const target = way.at(-1)!
  let tried: string | undefined
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (showOnCanvas(target)) return true
    // The innermost container of the step that is on the canvas: a click opens a slot, a double click a diagram.
    const holder = way.slice(0, -1).reverse().find(isOnCanvas)
    if (!holder) document.querySelector<HTMLElement>('.mud-breadcrumb-item a, .mud-breadcrumb-item')?.click()
    else if (holder === tried) openWithDoubleClick(holder)
    else showOnCanvas(holder)
    tried = holder
    await new Promise(resolve => setTimeout(resolve, OPENS_WITHIN_MS))
  }
  return false
}

function isOnCanvas(activityId: string): boolean {
  return document.getElementById(`activity-${activityId}`)?.closest('.x6-graph') != null
}

function openWithDoubleClick(activityId: string): void {
  const step = document.getElementById(`activity-${activityId}`)!
  const box = step.getBoundingClientRect()
  fire(step.querySelector('.activity-content') ?? step, 'dblclick', { clientX: box.x + 8, clientY: box.y + 8 })
}

/** Shows a step of the canvas that is open. */
function showOnCanvas(activityId: string): boolean {
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

/** Drags the empty canvas; its own script listens on the surface for the press and on the document, to which all bubbles, for the rest. */
function drag(surface: SVGElement, right: number, down: number): void {
  const start = { clientX: 0, clientY: 0 }
  fire(surface, 'mousedown', start)
  for (let part = 1; part <= STEPS_OF_A_DRAG; part++) fire(surface, 'mousemove', { clientX: (right * part) / STEPS_OF_A_DRAG, clientY: (down * part) / STEPS_OF_A_DRAG })
  fire(surface, 'mouseup', { clientX: right, clientY: down })
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
