// The schematic map of a district: where things stand on the sheet, and how a lead stands.
import type { Shape } from '../../api/shapes'
import { say } from '../../language/language'

export type MapLead = Shape<'MapLead'>
export type MapTown = Shape<'MapTown'>
export interface Point { x: number; y: number }
export interface Geo { latitude: number; longitude: number }

/** Width of the sheet; its height follows from what is on it. */
export const WIDTH = 1000
const MARGIN = 64
/** Kilometres to the edge of a town that has no neighbour on that side, at least and at most. */
const REACH_KM: readonly [number, number] = [2.4, 7]
const KM_PER_LATITUDE = 110.574
const KM_PER_LONGITUDE = 111.32

export interface Sheet {
  height: number
  /** Length of a kilometre on the sheet. */
  km: number
  at: (place: Geo) => Point
}

/** A sheet on which all of these find room, seen from straight above. */
export function sheetOf(places: Geo[]): Sheet {
  const shown = places.length ? places : [{ latitude: 29.87, longitude: 121.54 }]
  const [south, north] = [Math.min(...shown.map(p => p.latitude)), Math.max(...shown.map(p => p.latitude))]
  const [west, east] = [Math.min(...shown.map(p => p.longitude)), Math.max(...shown.map(p => p.longitude))]
  const shrink = Math.cos(((south + north) / 2) * Math.PI / 180)
  const reach = REACH_KM[1] / 2
  const wide = (east - west) * KM_PER_LONGITUDE * shrink + 2 * reach
  const tall = (north - south) * KM_PER_LATITUDE + 2 * reach
  const km = (WIDTH - 2 * MARGIN) / Math.max(wide, tall * 1.25)
  const height = Math.round(tall * km + 2 * MARGIN)
  const left = (WIDTH - wide * km) / 2
  return {
    height, km,
    at: place => ({ x: left + ((place.longitude - west) * KM_PER_LONGITUDE * shrink + reach) * km, y: MARGIN + ((north - place.latitude) * KM_PER_LATITUDE + reach) * km }),
  }
}

export interface Cell { code: string; name: string; seat: Point; edge: Point[]; size: number }

/** Each town as the ground that lies nearest to its seat: a picture to find one's way by, no boundary. */
export function cellsOf(towns: MapTown[], sheet: Sheet): Cell[] {
  const seats = towns.flatMap(town => town.latitude != null && town.longitude != null ? [{ town, seat: sheet.at({ latitude: Number(town.latitude), longitude: Number(town.longitude) }) }] : [])
  return seats.map(({ town, seat }) => {
    const others = seats.map(one => one.seat).filter(one => one !== seat)
    const near = others.map(one => Math.hypot(one.x - seat.x, one.y - seat.y)).sort((a, b) => a - b)
    const reach = Math.min(REACH_KM[1], Math.max(REACH_KM[0], ((near[2] ?? near[0] ?? 0) / sheet.km) * 0.8)) * sheet.km
    let edge: Point[] = Array.from({ length: 40 }, (_, n) => ({ x: seat.x + reach * Math.cos((n * Math.PI) / 20), y: seat.y + reach * Math.sin((n * Math.PI) / 20) }))
    for (const other of others) edge = nearer(edge, seat, other)
    return { code: town.code, name: town.name, seat, edge, size: areaOf(edge) }
  })
}

/** The part of a shape that is nearer to one point than to another. */
export function nearer(edge: Point[], own: Point, other: Point): Point[] {
  const middle = { x: (own.x + other.x) / 2, y: (own.y + other.y) / 2 }
  const side = (p: Point) => (p.x - middle.x) * (own.x - other.x) + (p.y - middle.y) * (own.y - other.y)
  return edge.flatMap((point, n) => {
    const next = edge[(n + 1) % edge.length]!
    const [here, there] = [side(point), side(next)]
    const share = here / (here - there)
    const cut = { x: point.x + (next.x - point.x) * share, y: point.y + (next.y - point.y) * share }
    return here >= 0 ? (there >= 0 ? [point] : [point, cut]) : there >= 0 ? [cut] : []
  })
}

export function areaOf(edge: Point[]): number {
  return Math.abs(edge.reduce((sum, p, n) => sum + p.x * edge[(n + 1) % edge.length]!.y - edge[(n + 1) % edge.length]!.x * p.y, 0)) / 2
}

export const pathOf = (edge: Point[]) => edge.length ? `M${edge.map(p => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join('L')}Z` : ''

/** How a lead stands, the most urgent first: what a dispatcher looks for. */
export type Standing = 'late' | 'contact' | 'way' | 'there' | 'waits' | 'over'

const CONTACT = /联络|联系/

const mark = (lead: MapLead, measure: string) => lead.marks.find(one => one.measure === measure)
export const contactOf = (lead: MapLead) => mark(lead, 'Contact') ?? lead.marks.find(one => CONTACT.test(one.step))
export const arrivalOf = (lead: MapLead) => mark(lead, 'Arrival') ?? lead.marks.find(one => one.step.includes('到达'))

/** The clock that runs for a lead: of the step of its response, else of what it waits for. */
export function clockOf(lead: MapLead): { title: string; dueAt: string } | undefined {
  if (lead.step?.dueAt) return { title: lead.step.title, dueAt: lead.step.dueAt }
  return lead.wait ? { title: lead.wait.name, dueAt: lead.wait.dueAt } : undefined
}

export function standingOf(lead: MapLead, now: Date): Standing {
  if (!lead.wait) return 'over'
  const clock = clockOf(lead)
  if (clock && new Date(clock.dueAt) <= now) return 'late'
  if (lead.state !== 'Dispatched') return 'waits'
  if (arrivalOf(lead)) return 'there'
  if (contactOf(lead)) return 'way'
  // A lead that became a case, or whose response begins otherwise, waits for nobody's call.
  return lead.step && CONTACT.test(lead.step.title) ? 'contact' : 'waits'
}

/** Minutes and seconds to or since a moment, such as 0:42; hours and days where it is long. */
export function countdown(dueAt: string, now: Date): { late: boolean; text: string } {
  const seconds = Math.round((new Date(dueAt).getTime() - now.getTime()) / 1000)
  const size = Math.abs(seconds)
  const text = size < 3600 ? `${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`
    : size < 172_800 ? hours(Math.floor(size / 3600), String(Math.floor((size % 3600) / 60)).padStart(2, '0')) : say(`${Math.floor(size / 86_400)}天`, `${Math.floor(size / 86_400)} days`)
  return { late: seconds <= 0, text }
}

const hours = (whole: number, minutes: string) => say(`${whole}小时${minutes}分`, `${whole} h ${minutes}`)

/** Where leads stand on the sheet: at their own place, else around the seat of their town, so that none hides another. Those whose town is not known are left out. */
export function placed(leads: MapLead[], towns: MapTown[], sheet: Sheet): Map<string, Point> {
  const seats = new Map(towns.filter(t => t.latitude != null && t.longitude != null).map(t => [t.code, { latitude: Number(t.latitude), longitude: Number(t.longitude) }]))
  const here = new Map<string, number>()
  const points = new Map<string, Point>()
  for (const lead of leads) {
    const own = geoOf(lead.place)
    const base = own ?? seats.get(lead.place.area)
    if (!base) continue
    const at = sheet.at(base)
    const cell = own ? `${Math.round(at.x / 12)}/${Math.round(at.y / 12)}` : lead.place.area
    const n = here.get(cell) ?? 0
    here.set(cell, n + 1)
    // Like the seeds of a sunflower: the next always where there is most room.
    const [angle, away] = [n * 2.39996, (own ? 0 : 10) + (n ? 11 * Math.sqrt(n) : 0)]
    points.set(lead.id, { x: at.x + away * Math.cos(angle), y: at.y + away * Math.sin(angle) })
  }
  return points
}

export function geoOf(place: { latitude?: number | string | null; longitude?: number | string | null }): Geo | undefined {
  return place.latitude != null && place.longitude != null ? { latitude: Number(place.latitude), longitude: Number(place.longitude) } : undefined
}
