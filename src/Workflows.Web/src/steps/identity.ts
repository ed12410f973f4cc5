// Who the party is that nobody knew before the door: a part of the arrival and of the record.
import type { Shape } from '../api/shapes'
import { type Field, type Values, given, missingOf, options, text } from './form'

const PERSON = '个人'
const BUSINESS = '个体工商户'
/** Nobody could find out. */
export const NOBODY = '当事人无法查明'

/** Until officers have seen the party's papers: a word of the service. */
export const PENDING: Shape<'PartyIdentity'> = '待现场核实'

const isKnown = (values: Values) => values['kind'] !== undefined && values['kind'] !== NOBODY
const isPerson = (values: Values) => values['kind'] === PERSON
const isUnit = (values: Values) => isKnown(values) && !isPerson(values)

export const identity: Field[] = [
  { kind: 'choice', name: 'kind', label: ['当事人类型', 'Kind of party'], options: options(PERSON, BUSINESS, '单位', NOBODY), required: true, hint: ['以出示的证件、营业执照为准', 'As the papers shown say'] },
  { kind: 'text', name: 'name', label: ['姓名或者名称', 'Name'], required: true, when: isKnown },
  { kind: 'text', name: 'identityNumber', label: ['身份证件号码', 'Number of the identity document'], required: true, when: isPerson },
  { kind: 'text', name: 'creditCode', label: ['统一社会信用代码', 'Credit code'], required: true, when: isUnit },
  { kind: 'text', name: 'representative', label: ['法定代表人、负责人或者经营者', 'Who is in charge'], required: true, when: isUnit },
  { kind: 'text', name: 'address', label: ['住所（地址）', 'Address'], required: true, when: isKnown },
  { kind: 'text', name: 'phone', label: ['联系电话', 'Telephone'], when: isKnown },
  { kind: 'long', name: 'unknownReason', label: ['核查经过和无法查明的原因', 'What was done to find out, and why it led to nobody'], required: true, when: values => values['kind'] === NOBODY },
]

/** Nothing was filled in: it may be done with the record. */
export const isEmpty = (values: Values) => !identity.some(field => text(values, field.name))

/** What goes to the service, or nothing where somebody has not filled it in yet. */
export function identityOf(values: Values | undefined): Record<string, unknown> | undefined {
  if (!values || isEmpty(values) || missingOf(identity, values).length) return undefined
  if (values['kind'] === NOBODY) return { unknownReason: text(values, 'unknownReason') }
  return given({
    kind: values['kind'], name: text(values, 'name'), address: text(values, 'address'), phone: text(values, 'phone'),
    ...(isPerson(values) ? { identityNumber: text(values, 'identityNumber') } : { creditCode: text(values, 'creditCode'), representative: text(values, 'representative') }),
  })
}
