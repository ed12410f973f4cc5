import { say } from '../../language/language'
import { type Entry, type Members, type Whole, isEntry, text } from '../fields'
import { actionsInside, actionsOutside, families, items, ladderUnits, penalties, recipients, units, wordsOf } from './choices'

const note: Members = { note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] } }

function when(entry: Entry, whole: Whole): string {
  const unit = wordsOf(ladderUnits, whole, entry['unit'])
  const offset = Number(entry['offset'] ?? 0)
  return offset === 0
    ? say('到期当日', 'on the due day')
    : say(`到期${offset < 0 ? '前' : '后'}${Math.abs(offset)}${unit}`, `${Math.abs(offset)} ${unit} ${offset < 0 ? 'before' : 'after'} the due day`)
}

function rung(actions: typeof actionsInside): Members {
  return {
    code: { kind: 'text', most: 40, label: ['代码', 'Code'] },
    title: { kind: 'text', most: 40, label: ['名称', 'Name'] },
    action: { kind: 'choice', options: actions, label: ['动作', 'Act'] },
    offset: { kind: 'number', least: -525_600, most: 525_600, label: ['距到期（负数为之前）', 'From the due day (negative: before)'] },
    unit: { kind: 'choice', options: ladderUnits, label: ['单位', 'Unit'] },
    recipients: { kind: 'words', suggested: recipients, wide: true, label: ['送达', 'Goes to'] },
    answerWithin: { kind: 'period', optional: 'drop', label: ['答复期限', 'Answer within'] },
    objectionWithin: { kind: 'period', optional: 'drop', label: ['异议期限', 'Objection within'] },
    ...note,
  }
}

export const limitMembers: Members = {
  limits: {
    kind: 'group', wide: true, label: ['各环节时限', 'Time limits'],
    members: {
      recusal: { kind: 'period', optional: 'drop', label: ['回避决定', 'Recusal'] },
      milestoneConfirmation: { kind: 'period', optional: 'drop', label: ['节点确认', 'Confirmation of a milestone'] },
      contactMinutes: { kind: 'number', least: 1, most: 10_000, optional: 'null', label: ['联系期限（分钟）', 'Contact (minutes)'] },
      arrivalMinutes: { kind: 'number', least: 1, most: 10_000, optional: 'null', label: ['到场期限（分钟）', 'Arrival (minutes)'] },
      ...note,
    },
  },
  rectification: {
    kind: 'group', wide: true, label: ['责令改正', 'Rectification'],
    members: {
      periodStarts: { kind: 'text', fixed: true, label: ['期限起算', 'Begins'] },
      caseFilingWithin: { kind: 'period', label: ['立案期限', 'Case filed within'] },
      extension: {
        kind: 'group', wide: true, label: ['延期', 'Extension'],
        members: {
          times: { kind: 'text', fixed: true, label: ['次数', 'Times'] }, maxShareOfOriginal: { kind: 'number', least: 0, most: 1, step: 0.05, label: ['不超过原期限的比例', 'Share of the first term at most'] },
          decideWithin: { kind: 'period', label: ['决定期限', 'Decided within'] }, countsFrom: { kind: 'text', fixed: true, label: ['起算', 'Counts from'] },
          silence: { kind: 'text', fixed: true, label: ['逾期未决定', 'Silence means'] }, approver: { kind: 'text', fixed: true, label: ['批准人', 'Approved by'] }, ...note,
        },
      },
      secondTerm: {
        kind: 'group', wide: true, label: ['第二次期限', 'Second term'],
        members: {
          times: { kind: 'text', fixed: true, label: ['次数', 'Times'] }, maxShareOfFirst: { kind: 'number', least: 0, most: 0.5, step: 0.05, label: ['不超过第一次的比例', 'Share of the first at most'] },
          approver: { kind: 'text', fixed: true, label: ['批准人', 'Approved by'] },
          neverFor: { kind: 'several', options: items, optional: 'drop', wide: true, label: ['不给第二次期限的事项', 'Never for the items'] },
          neverForPenaltyKinds: { kind: 'several', options: penalties, wide: true, label: ['不给第二次期限的罚则', 'Never for the kinds of penalty'] }, ...note,
        },
      },
      ...note,
    },
  },
  ladders: {
    kind: 'group', wide: true, label: ['阶梯默认值', 'Defaults of the ladders'], hint: ['流程图中的阶梯没有填写梯级的，保存时填入这里的梯级。', 'A ladder of the diagram that is saved without rungs gets these.'],
    members: {
      internal: {
        kind: 'list', wide: true, key: 'code', one: ['梯级', 'rung'], label: ['内部阶梯（承办部门逾期）', 'Inside: the unit is late'], members: rung(actionsInside),
        summary: (entry, whole) => `${text(entry['title'])} · ${when(entry, whole)}`, fresh: () => ({ code: '', title: '', offset: 1, unit: 'WorkingDays', action: 'Remind', recipients: ['handler'] }),
      },
      external: {
        kind: 'list', wide: true, key: 'code', one: ['梯级', 'rung'], label: ['外部阶梯（当事人逾期未改正）', 'Outside: the party is late'], members: rung(actionsOutside),
        summary: (entry, whole) => `${text(entry['title'])} · ${when(entry, whole)}`, fresh: () => ({ code: '', title: '', offset: 1, unit: 'WorkingDays', action: 'RiskPreNotice', recipients: ['party'] }),
      },
      ...note,
    },
  },
}

export const documentMembers: Members = {
  documents: {
    kind: 'list', wide: true, key: 'form', one: ['文书', 'document'], label: ['文书清单', 'Documents'],
    summary: (entry, whole) => `${text(entry['title'])}${entry['code'] ? `（${text(entry['code'])}）` : ''} · ${wordsOf(families, whole, entry['family'])}`,
    fresh: () => ({ form: '', title: '', code: null, family: 'Form' }),
    members: {
      form: { kind: 'text', most: 60, label: ['文种（模板名）', 'Form (name of the template)'] },
      title: { kind: 'text', most: 60, label: ['标题', 'Title'] },
      code: { kind: 'text', most: 10, optional: 'null', label: ['文号用字', 'Word in numbers'] },
      family: { kind: 'choice', options: families, label: ['格式', 'Format'] },
      ...note,
    },
  },
}

/** A length of time in words. */
export function lengthOfTime(value: unknown, whole: Whole): string {
  if (!isEntry(value)) return ''
  const unit = wordsOf(units, whole, value['unit']) || text(value['unit'])
  return say(`${text(value['length'])}${unit}`, `${text(value['length'])} ${unit}`)
}
