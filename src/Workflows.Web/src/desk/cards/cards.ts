// One filter for what the wall counts, what its tiles lead to, what the page lists and what Excel holds: the service reads it.
import { get } from '../../api/client'
import type { Shape } from '../../api/shapes'
import { type Rows, all, byIds } from '../shell/loading'
import { href } from '../shell/router'

export type Card = Shape<'WarningCard'>
export type Order = Shape<'SupervisionOrder'>
export interface Hold { since: string; until: string; by: { name: string; reason: string; at: string } }
export interface Falling { colour: string; fallsAt: string; step: string; owner?: string | null; caseId: string; caseNumber: string; target: string; scenario: string; department?: string | null; area?: string | null; limitId: string; hold?: Hold | null }

export interface CardQuery { department?: string; scenario?: string; area?: string; colour?: string; open?: string }

/** Members of the address that bound cards and orders; `open` leaves what is settled out. */
export const FILTER = ['department', 'scenario', 'area', 'colour', 'open'] as const

export function queryOf(given: Record<string, string | undefined>): CardQuery {
  return Object.fromEntries(FILTER.filter(member => given[member]).map(member => [member, given[member]]))
}

/** An address of the service with a filter. */
export function address(path: string, query: Record<string, string | undefined>): string {
  return href('', query).replace('/desk', path)
}

export function readCards(query: CardQuery): Promise<Rows<Card>> {
  return all<Card>(address('/api/cards', { ...query, order: 'newest' }))
}

/** Orders have no colour. */
export function readOrders(query: CardQuery): Promise<Rows<Order>> {
  return all<Order>(address('/api/supervision-orders', { ...query, colour: undefined, order: 'newest' }))
}

/** What will fall is settled by nobody yet. */
export function readFalling(query: CardQuery): Promise<Falling[]> {
  return get<Falling[]>(address('/api/cards/falling', { ...query, open: undefined, days: '1' }))
}

/** The cases that cards and orders belong to. */
export async function casesOf(rows: { caseId?: string | null }[]): Promise<Record<string, Shape<'CaseRow'>>> {
  return Object.fromEntries((await byIds<Shape<'CaseRow'>>('/api/cases', rows.map(row => row.caseId))).map(one => [one.id, one]))
}
