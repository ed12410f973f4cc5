// A diagram as it is drawn: boxes and connections of one container of a definition, at the places where the designer put them.

export interface ActivityJson {
  id: string
  type: string
  name?: string | null
  metadata?: { displayText?: string; designer?: { position?: Point; size?: { width: number; height: number } } }
  activities?: ActivityJson[]
  connections?: ConnectionJson[]
  [member: string]: unknown
}

export interface ConnectionJson {
  source: { activity: string; port?: string | null }
  target: { activity: string; port?: string | null }
  vertices?: Point[] | null
}

export interface Point {
  x: number
  y: number
}

export interface Box {
  id: string
  type: string
  name: string
  x: number
  y: number
  width: number
  height: number
  /** Whether it holds a diagram of its own. */
  holds: boolean
}

export interface Edge {
  /** Source, port and target, as one key. */
  id: string
  source: string
  port: string
  target: string
  path: string
  label: Point
}

export interface Graph {
  boxes: Box[]
  edges: Edge[]
  x: number
  y: number
  width: number
  height: number
}

const SIZE = { width: 220, height: 64 }
const GAP = { x: 100, y: 56 }
const MARGIN = 40
const CORNER = 10
const STUB = 18

export function nameOf(activity: ActivityJson): string {
  return activity.metadata?.displayText || activity.name || activity.id
}

/** Key of a connection. */
export function edgeId(source: string, port: string, target: string): string {
  return `${source}\u0000${port}\u0000${target}`
}

/** The activities that a member holds, one or a list. */
export function childrenOf(activity: ActivityJson): ActivityJson[] {
  return Object.entries(activity).flatMap(([member, value]) => {
    if (member === 'metadata' || member === 'customProperties') return []
    return (Array.isArray(value) ? value : [value]).filter(isActivity)
  })
}

function isActivity(value: unknown): value is ActivityJson {
  return typeof value === 'object' && value !== null && typeof (value as ActivityJson).id === 'string'
    && typeof (value as ActivityJson).type === 'string' && !('isArray' in value)
}

/** The way from the root to an activity, both included; empty when it is not there. */
export function wayTo(root: ActivityJson, id: string): ActivityJson[] {
  if (root.id === id) return [root]
  for (const child of childrenOf(root)) {
    const way = wayTo(child, id)
    if (way.length > 0) return [root, ...way]
  }
  return []
}

/** Draws what a container holds; a container without places for its steps is laid out by its connections. */
export function graphOf(container: ActivityJson): Graph {
  const activities = childrenOf(container)
  const connections = container.connections ?? sequence(activities)
  const placed = activities.some(activity => activity.metadata?.designer?.position)
  const layers = placed ? undefined : layersOf(activities.map(activity => activity.id), connections)
  const boxes = activities.map((activity, index): Box => {
    const designer = activity.metadata?.designer
    const size = designer?.size && designer.size.width > 0 && designer.size.height > 0 ? designer.size : SIZE
    const place = layers?.get(activity.id) ?? designer?.position ?? { x: index * (SIZE.width + GAP.x), y: -SIZE.height - GAP.y }
    return { id: activity.id, type: activity.type, name: nameOf(activity), x: place.x, y: place.y, ...size, holds: childrenOf(activity).length > 0 }
  })
  const byId = new Map(boxes.map(box => [box.id, box]))
  const ports = portsOf(connections)
  const edges = connections.flatMap(connection => edgesOf(connection, byId, ports))
  const left = Math.min(...boxes.map(box => box.x), 0)
  const top = Math.min(...boxes.map(box => box.y), 0)
  return {
    boxes, edges, x: left - MARGIN, y: top - MARGIN,
    width: Math.max(...boxes.map(box => box.x + box.width), SIZE.width) - left + 2 * MARGIN,
    height: Math.max(...boxes.map(box => box.y + box.height), SIZE.height) - top + 2 * MARGIN,
  }
}

function sequence(activities: ActivityJson[]): ConnectionJson[] {
  return activities.slice(1).map((activity, index) => ({ source: { activity: activities[index]!.id }, target: { activity: activity.id } }))
}

/** The ports that each step is left by, in the order in which they stand on its right side. */
function portsOf(connections: ConnectionJson[]): Map<string, string[]> {
  const ports = new Map<string, string[]>()
  for (const { source } of connections) {
    const known = ports.get(source.activity) ?? []
    const port = source.port || 'Done'
    ports.set(source.activity, known.includes(port) ? known : [...known, port])
  }
  return ports
}

function edgesOf(connection: ConnectionJson, boxes: Map<string, Box>, ports: Map<string, string[]>): Edge[] {
  const source = boxes.get(connection.source.activity)
  const target = boxes.get(connection.target.activity)
  if (!source || !target) return []
  const port = connection.source.port || 'Done'
  const others = ports.get(source.id)!
  const from = { x: source.x + source.width, y: source.y + (source.height * (others.indexOf(port) + 1)) / (others.length + 1) }
  const to = { x: target.x, y: target.y + target.height / 2 }
  const points = connection.vertices?.length ? [from, ...connection.vertices, to] : route(from, to, source, target)
  return [{
    id: edgeId(source.id, port, target.id), source: source.id, port, target: target.id, path: rounded(points), label: { x: from.x + 6, y: from.y - 4 },
  }]
}

/** Right angles: straight across where the target lies to the right, around below both boxes where it lies behind. */
function route(from: Point, to: Point, source: Box, target: Box): Point[] {
  if (to.x - from.x >= 2 * STUB) {
    // The bend stands close to the target, so that lines which share a source run together.
    const bend = Math.max(from.x + STUB, to.x - 2 * STUB)
    return from.y === to.y ? [from, to] : [from, { x: bend, y: from.y }, { x: bend, y: to.y }, to]
  }
  const below = Math.max(source.y + source.height, target.y + target.height) + GAP.y / 2
  const above = Math.min(source.y, target.y) - GAP.y / 2
  const around = to.y < from.y - source.height ? above : below
  return [from, { x: from.x + STUB, y: from.y }, { x: from.x + STUB, y: around }, { x: to.x - STUB, y: around }, { x: to.x - STUB, y: to.y }, to]
}

/** A path through the points with rounded corners. */
export function rounded(points: Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  let path = `M${first.x} ${first.y}`
  rest.forEach((point, index) => {
    const before = index === 0 ? first : rest[index - 1]!
    const after = rest[index + 1]
    if (!after) {
      path += `L${point.x} ${point.y}`
      return
    }
    const reach = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2)
    const start = towards(point, before, reach)
    const end = towards(point, after, reach)
    path += `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`
  })
  return path
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole }
}

/** Columns by the longest way from a start; connections that lead back do not count. */
function layersOf(ids: string[], connections: ConnectionJson[]): Map<string, Point> {
  const next = new Map<string, string[]>(ids.map(id => [id, []]))
  for (const { source, target } of connections) if (next.has(source.activity) && next.has(target.activity)) next.get(source.activity)!.push(target.activity)
  const finished: string[] = []
  const seen = new Map<string, 'open' | 'done'>()
  const forward = new Map<string, string[]>()
  const visit = (start: string) => {
    const stack = [{ id: start, at: 0 }]
    seen.set(start, 'open')
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const target = next.get(top.id)![top.at++]
      if (target === undefined) {
        seen.set(top.id, 'done')
        finished.push(top.id)
        stack.pop()
        continue
      }
      if (seen.get(target) !== 'open') forward.set(top.id, [...(forward.get(top.id) ?? []), target])
      if (!seen.has(target)) {
        seen.set(target, 'open')
        stack.push({ id: target, at: 0 })
      }
    }
  }
  for (const id of ids) if (!seen.has(id)) visit(id)
  const column = new Map<string, number>()
  for (const id of finished.reverse()) {
    const own = column.get(id) ?? 0
    column.set(id, own)
    for (const target of forward.get(id) ?? []) column.set(target, Math.max(column.get(target) ?? 0, own + 1))
  }
  const rows = new Map<number, number>()
  return new Map(ids.map(id => {
    const x = column.get(id)!
    const y = rows.get(x) ?? 0
    rows.set(x, y + 1)
    return [id, { x: x * (SIZE.width + GAP.x), y: y * (SIZE.height + GAP.y) }]
  }))
}
