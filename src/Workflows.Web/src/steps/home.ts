// 入户: a home is entered with consent or by law; otherwise a notice is left and evidence is taken from outside.
import { type Field, fromInput, inputOf, options, text, type Values } from './form'

const CONSENT = '经同意入户'
const OUTSIDE = '未获同意，不入户'
const BY_LAW = '依法入户'

const entered = (by: string) => (values: Values) => values['entry'] === by

/** What is asked at the door of a home. */
export function homeFields(now: Date, when: (values: Values) => boolean = () => true): Field[] {
  const fields: Field[] = [
    { kind: 'choice', name: 'entry', label: ['是否进入住宅', 'Entry to the home'], required: true, options: options(CONSENT, OUTSIDE, BY_LAW), hint: ['不同意入户不是拒绝检查', 'Withholding consent is no refusal'] },
    { kind: 'text', name: 'consentPerson', label: ['同意入户的人', 'Who consented'], required: true, when: entered(CONSENT) },
    { kind: 'text', name: 'consentCapacity', label: ['身份', 'Capacity'], required: true, phrases: ['业主', '使用人'], when: entered(CONSENT) },
    { kind: 'moment', name: 'consentAt', label: ['同意的时间', 'When'], required: true, initial: inputOf(now), when: entered(CONSENT) },
    { kind: 'long', name: 'entryGround', label: ['依据（法律文书文号或者紧急情况）', 'Ground: number of the ruling, or the emergency'], required: true, when: entered(BY_LAW) },
    { kind: 'flag', name: 'homeNotice', label: ['已留置告知书，从外部取证，未强行进入', 'A notice was left, evidence taken from outside; nobody forced the door'], required: true, when: entered(OUTSIDE) },
  ]
  return fields.map(field => ({ ...field, when: values => when(values) && (!field.when || field.when(values)) }))
}

/** What they say, as the service takes it. */
export function homeEntryOf(values: Values) {
  switch (values['entry']) {
    case CONSENT:
      return { consent: { person: text(values, 'consentPerson'), capacity: text(values, 'consentCapacity'), at: fromInput(values['consentAt']) }, noticeLeft: false }
    case BY_LAW:
      return { authority: text(values, 'entryGround'), noticeLeft: false }
    case OUTSIDE:
      return { noticeLeft: values['homeNotice'] === true }
    default:
      return undefined
  }
}

/** Whether nobody entered. */
export const staysOutside = (values: Values | undefined): boolean => values?.['entry'] === OUTSIDE
