import { type Field, type Members, isEntry, text } from '../fields'
import { findingsOf, homes, items, newBusinesses, occupiedRooms, penalties, standings, tags, triggers, weightModes } from './choices'

const note: Members = { note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] }, verify: { kind: 'flag', optional: 'drop', label: ['待核对', 'To be checked'] } }
const code: Members = { code: { kind: 'text', most: 40, label: ['代码', 'Code'] }, title: { kind: 'text', most: 100, wide: true, label: ['说明', 'Meaning'] } }
const classes = { A: ['A 级', 'class A'], B: ['B 级', 'class B'], C: ['C 级', 'class C'], D: ['D 级', 'class D'] } as const

/** What decides that a factor holds; any one of them is enough. */
const factorSource: Field = {
  kind: 'group', optional: 'drop', wide: true, label: ['判断依据（有一项即可）', 'Decided by, any one'],
  members: {
    tags: { kind: 'words', suggested: tags, optional: 'drop', wide: true, label: ['名录标签', 'Tags of the roster'], hint: ['名录中有其中一个标签。', 'The target bears one of them.'] },
    riskLevels: { kind: 'words', optional: 'drop', label: ['行业风险等级', 'Risk levels'] },
    caretakerTags: { kind: 'words', optional: 'drop', label: ['管理单位的标签', 'Tags of the caretaker'] },
    season: {
      kind: 'group', optional: 'drop', label: ['时段（每年）', 'Season'],
      members: { from: { kind: 'text', most: 5, placeholder: '04-15', label: ['从（月-日）', 'From'] }, to: { kind: 'text', most: 5, placeholder: '10-15', label: ['到（月-日）', 'To'] } },
    },
    holiday: {
      kind: 'group', optional: 'drop', label: ['节日前后', 'Around holidays'],
      members: { before: { kind: 'number', least: 0, most: 60, optional: 'drop', label: ['节前天数', 'Days before'] }, after: { kind: 'number', least: 0, most: 60, optional: 'drop', label: ['节后天数', 'Days after'] } },
    },
    alarms: {
      kind: 'group', optional: 'drop', label: ['感知告警', 'Alarms'],
      members: { moreThan: { kind: 'number', least: 0, most: 10_000, label: ['多于（次）', 'More than'] }, within: { kind: 'period', label: ['期间', 'Within'] } },
    },
    milestoneLate: { kind: 'period', optional: 'drop', label: ['节点逾期未确认', 'Milestone unconfirmed for'] },
  },
}

export const ruleMembers: Members = {
  triggers: { kind: 'several', options: triggers, wide: true, label: ['检查由何引起', 'What may cause a check'] },
  draw: {
    kind: 'group', wide: true, label: ['随机抽取', 'Random draw'],
    members: {
      algorithm: { kind: 'text', fixed: true, label: ['算法', 'Algorithm'] },
      weightMode: { kind: 'choice', options: weightModes, label: ['抽取方式', 'Mode'] },
      rate: {
        kind: 'group', wide: true, label: ['抽取比例', 'Rate'],
        members: {
          default: { kind: 'number', least: 0, most: 1, step: 0.01, label: ['常用', 'Usual'] }, min: { kind: 'number', least: 0, most: 1, step: 0.01, label: ['最低', 'Least'] }, max: { kind: 'number', least: 0, most: 1, step: 0.01, label: ['最高', 'Most'] },
        },
      },
      minimumDrawn: { kind: 'number', least: 1, most: 1_000_000, label: ['至少抽取', 'Draw at least'] },
      alternates: { kind: 'number', least: 0, most: 10_000, label: ['备选数', 'Alternates'] },
      uniformShare: { kind: 'number', least: 0, most: 1, step: 0.05, label: ['等概率部分所占比例', 'Share drawn with equal chance'] },
      classWeights: { kind: 'map', wide: true, names: classes, value: { kind: 'number', least: 1, most: 64, label: ['权重', 'Weight'] }, label: ['各信用风险等级的权重', 'Weights of the classes'] },
      unclassifiedWeight: { kind: 'number', least: 1, most: 64, label: ['未评级的权重', 'Weight without a class'] },
      maxWeight: { kind: 'number', least: 1, most: 64, label: ['权重上限', 'Largest weight'] },
      maxFactor: { kind: 'number', least: 1, most: 4, step: 0.05, label: ['系数上限', 'Largest factor'] },
      factors: {
        kind: 'list', optional: 'drop', wide: true, key: 'code', one: ['系数', 'factor'], label: ['权重系数', 'Factors'],
        summary: entry => `${text(entry['title'])} × ${text(entry['multiplier'])}`, fresh: () => ({ code: '', title: '', multiplier: 1 }),
        members: {
          ...code,
          multiplier: { kind: 'number', least: 0.1, most: 4, step: 0.05, label: ['系数', 'Multiplier'] },
          within: { kind: 'period', optional: 'drop', label: ['回看期间', 'Looks back'] },
          scoreBelow: { kind: 'number', least: 1, most: 100, optional: 'drop', label: ['监管评分低于', 'Score below'] },
          promise: { kind: 'choice', optional: 'drop', options: standings, label: ['守法承诺', 'Promise'] },
          items: { kind: 'several', options: items, optional: 'drop', wide: true, label: ['相关检查事项', 'Items'] },
          itemsOf: { kind: 'choice', options: findingsOf, optional: 'drop', label: ['查实的范围', 'Found at'] },
          when: factorSource,
          ...note,
        },
      },
      newBusiness: { kind: 'choice', options: newBusinesses, label: ['新开业对象', 'New businesses'] },
      exclusions: {
        kind: 'list', wide: true, key: 'code', one: ['排除条件', 'exclusion'], label: ['不列入抽取的对象', 'Who is not drawn'],
        summary: entry => `${text(entry['code'])} ${text(entry['title'])}`, fresh: () => ({ code: '', title: '' }),
        members: { ...code, within: { kind: 'period', optional: 'drop', label: ['回看期间', 'Looks back'] }, perYear: { kind: 'number', least: 1, most: 100, optional: 'drop', label: ['每年次数', 'Times a year'] }, ...note },
      },
      frequencyCap: {
        kind: 'map', wide: true, names: classes, label: ['每年检查次数上限', 'Most checks a year'], hint: ['空白为不设上限。', 'Empty: no cap.'],
        value: { kind: 'number', least: 1, most: 100, optional: 'null', label: ['次数', 'Times'] },
        extra: { exceptTriggers: { kind: 'several', options: triggers, optional: 'drop', wide: true, label: ['不受上限约束的来源', 'Causes without a cap'] } },
      },
      ...note,
    },
  },
  leniency: {
    kind: 'group', wide: true, label: ['首违轻微不罚', 'Leniency'],
    members: {
      lookBack: { kind: 'period', label: ['首违查询期间', 'Looks back'] },
      onlyPenaltyKinds: { kind: 'several', options: penalties, wide: true, label: ['适用的罚则', 'Kinds of penalty'] },
      bases: {
        kind: 'group', wide: true, label: ['依据代码', 'Bases'],
        members: {
          firstOffence: { kind: 'text', label: ['首违不罚', 'First offence'] }, minorOffence: { kind: 'text', label: ['轻微不罚', 'Minor offence'] },
          education: { kind: 'text', label: ['教育', 'Education'] }, decision: { kind: 'text', label: ['决定', 'Decision'] },
        },
      },
      ...note,
    },
  },
  guards: {
    kind: 'group', optional: 'drop', wide: true, label: ['上门检查规则', 'Rules of visits'],
    members: {
      occupiedRooms: { kind: 'choice', options: occupiedRooms, optional: 'drop', label: ['进入在住客房', 'Rooms with guests'] },
      homes: { kind: 'choice', options: homes, optional: 'drop', label: ['进入住宅', 'Homes'] },
      secondVisitNeedsApproval: { kind: 'flag', label: ['再次上门须经批准', 'A second visit needs approval'] },
      ...note,
    },
  },
  publication: {
    kind: 'group', wide: true, label: ['结果公示', 'Publication'],
    members: {
      within: { kind: 'period', label: ['公示期限', 'Published within'], hint: ['最长20个工作日。', 'At most 20 working days.'] },
      countsFrom: { kind: 'text', fixed: true, label: ['起算', 'Counts from'] },
      reviewer: { kind: 'text', fixed: true, label: ['审核人', 'Reviewer'] },
      maskIndividuals: { kind: 'flag', label: ['个人信息脱敏', 'Individuals are masked'] },
      neverPublish: {
        kind: 'group', optional: 'drop', wide: true, label: ['不予公示', 'Never published'],
        members: {
          sealedItems: { kind: 'several', options: items, optional: 'drop', wide: true, label: ['封存记录的事项', 'Sealed items'] },
          minorsData: { kind: 'flag', label: ['未成年人信息', 'Data of minors'] },
          reason: { kind: 'text', most: 500, lines: 2, optional: 'drop', wide: true, label: ['理由', 'Reason'] },
          ...note,
        },
      },
      ...note,
    },
  },
}

/** Whether a part of the data is there at all; parts that may be left out are added on demand. */
export function isThere(value: unknown): boolean {
  return isEntry(value)
}
