// Places in the data as the service names them: $.items[3].rectification.default.
export type Step = string | number

export function stepsOf(place: string): Step[] {
  const steps: Step[] = []
  for (const [, name, index] of place.replace(/^\$/, '').matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) steps.push(index === undefined ? name! : Number(index))
  return steps
}

export function within(place: string, step: Step): string {
  return typeof step === 'number' ? `${place}[${step}]` : `${place}.${step}`
}

/** The place and everything that holds it, the outermost first. */
export function wayTo(place: string): string[] {
  const way = ['$']
  for (const step of stepsOf(place)) way.push(within(way.at(-1)!, step))
  return way
}
