// Leads: what came in is confirmed, settled on the spot, traced; projects are patrolled.
import { type Context, type Field, type Form, evidence, fromInput, inputOf, options, optionsOf, picksOf, rowsOf, text } from './form'

const IN_ORDER = '符合'
const WRONG = '有问题'
const NOT_LOOKED = '未查看'
const KNOWN_HERE = '来源在本区'
const KNOWN_ELSEWHERE = '来源在区外'
const UNKNOWN = '来源未查明'

const zone = (context: Context): Field[] => (context.scenario?.zones?.length ? [{ kind: 'select', name: 'zone', label: ['所在区域', 'Zone'], options: options(...context.scenario.zones), initial: context.lead?.zone ?? undefined }] : [])
const photos = (required: boolean): Field => ({ kind: 'photos', name: 'photos', label: ['现场照片', 'Photographs'], title: '现场照片', required })
const given = (ids: string[]) => (ids.length ? ids : undefined)

/** The item that a form begins with: the lead's matter, where the scenario has it. */
const matterOf = (context: Context) => context.scenario?.items.find(item => item.code === context.lead?.matterCode)?.code

function settled(context: Context, outcome: string): Field[] {
  const concerns = ['劝离教育', '当场处罚', '转案件'].includes(outcome)
  const punished = outcome === '当场处罚'
  const seen = !!context.lead?.sensing?.snapshot
  const person: Field[] = [
    { kind: 'text', name: 'personName', label: ['当事人（姓名或者单位名称）', 'Person or unit'], required: punished },
    { kind: 'flag', name: 'isOrganisation', label: ['当事人是单位', 'It is a legal person or organisation'], when: values => !!text(values, 'personName') },
    { kind: 'text', name: 'phone', label: ['联系电话', 'Telephone'], when: values => !!text(values, 'personName') },
  ]
  const items = context.scenario?.items ?? []
  return [
    ...(concerns ? [
      { kind: 'select', name: 'itemCode', label: ['检查事项', 'Item'], required: true, initial: matterOf(context), options: items.map(item => ({ value: item.code, label: item.title })) } satisfies Field,
      ...items.filter(item => item.variants?.length).map(item => ({
        kind: 'select', name: 'variantCode', label: ['情形', 'Form of the breach'], hint: ['不选的按所在区域认定', 'Left open: as the zone has it'], options: item.variants!.map(one => ({ value: one.code, label: one.title })), when: values => values['itemCode'] === item.code,
      } satisfies Field)),
    ] : []),
    ...zone(context),
    ...(concerns ? person : []),
    ...(punished ? [
      { kind: 'number', name: 'fine', label: ['罚款（元，警告填0）', 'Fine in yuan; 0 for a warning'], required: true, least: 0, most: 3000, hint: ['当场处罚：公民至多200元，单位至多3000元', 'On the spot: at most 200 yuan, 3,000 for a unit'] } satisfies Field,
      { kind: 'select', name: 'secondOfficer', label: ['另一名执法人员', 'Second officer'], required: true, options: (context.officers ?? []).filter(one => one.department === (context.department ?? context.task.department) && one.certificateNumber && one.id !== context.officerId).map(one => ({ value: one.id, label: one.name, sub: one.certificateNumber })) } satisfies Field,
    ] : []),
    { kind: 'long', name: 'note', label: ['处理情况', 'What was done'], required: true, phrases: ['已到场核实并处理'] },
    photos(concerns ? outcome !== '劝离教育' || !seen : outcome === '未查获' && !seen),
  ]
}

export const leads: Record<string, Form> = {
  'lead.confirm': {
    needs: ['scenario'],
    fields: (context, outcome) => (outcome === '误报'
      ? [{ kind: 'long', name: 'note', label: ['复核情况', 'What was seen'], required: true, phrases: ['调看画面为误报'] }]
      : [
          ...(context.scenario?.response?.channels?.length ? [{ kind: 'select', name: 'channel', label: ['出动方式', 'Way'], options: options(...context.scenario.response.channels), hint: ['不选的不限', 'Left open: any'] } satisfies Field] : []),
          ...zone(context),
          { kind: 'long', name: 'note', label: ['复核情况', 'What was seen'], phrases: ['已调看画面并电话核实'] },
        ]),
    data: (values, _, outcome) => (outcome === '误报' ? { note: text(values, 'note') } : { note: text(values, 'note'), channel: text(values, 'channel'), zone: text(values, 'zone') }),
  },
  'lead.settle': {
    needs: ['scenario', 'officers'],
    fields: settled,
    data: (values, context, outcome) => {
      const concerns = ['劝离教育', '当场处罚', '转案件'].includes(outcome)
      const variants = context.scenario?.items.find(item => item.code === values['itemCode'])?.variants ?? []
      return {
        itemCode: concerns ? text(values, 'itemCode') : undefined, zone: text(values, 'zone'),
        variantCode: concerns && variants.some(one => one.code === values['variantCode']) ? text(values, 'variantCode') : undefined,
        person: concerns && text(values, 'personName') ? { name: text(values, 'personName'), isOrganisation: values['isOrganisation'] === true, phone: text(values, 'phone') } : undefined,
        fine: outcome === '当场处罚' ? values['fine'] : undefined, secondOfficer: outcome === '当场处罚' ? text(values, 'secondOfficer') : undefined,
        evidenceIds: given(evidence(values, 'photos')), note: text(values, 'note'),
      }
    },
  },
  'lead.trace': {
    needs: ['towns', 'targets'],
    fields: context => [
      { kind: 'choice', name: 'source', label: ['来源', 'Source'], required: true, options: options(KNOWN_HERE, KNOWN_ELSEWHERE, UNKNOWN) },
      { kind: 'text', name: 'sourceName', label: ['来源单位名称', 'Name of the source'], required: true, when: values => values['source'] === KNOWN_HERE || values['source'] === KNOWN_ELSEWHERE },
      { kind: 'select', name: 'sourceTown', label: ['来源单位所在镇街', 'Town of the source'], required: true, options: optionsOf(Object.fromEntries(Object.entries(context.towns ?? {}).filter(([code]) => code.startsWith(context.lead?.place.area.slice(0, 6) ?? '')))), when: values => values['source'] === KNOWN_HERE },
      { kind: 'text', name: 'sourceArea', label: ['来源单位的区划代码', 'Division code of the source'], required: true, hint: ['六位或者九位数字，如 330212', 'Six or nine digits'], when: values => values['source'] === KNOWN_ELSEWHERE },
      { kind: 'picks', name: 'related', label: ['从同一来源购入的其他对象', 'Others that got it from there'], search: true, options: (context.targets ?? []).filter(one => one.id !== context.lead?.targetId).map(one => ({ value: one.id, label: one.name, sub: one.address })), hint: ['逐户立案检查', 'Each gets a case of its own'] },
      { kind: 'long', name: 'note', label: ['溯源依据', 'By what it was traced'], required: true, phrases: ['查阅进货台账', '进货票据缺失，未查明来源'] },
    ],
    data: values => ({
      sourceName: values['source'] === UNKNOWN ? undefined : text(values, 'sourceName'),
      sourceArea: values['source'] === KNOWN_HERE ? text(values, 'sourceTown') : values['source'] === KNOWN_ELSEWHERE ? text(values, 'sourceArea') : undefined,
      related: given(picksOf(values, 'related')), note: text(values, 'note'),
    }),
  },
  'project.patrol': {
    needs: ['scenario'],
    fields: (context, outcome) => {
      const here = context.scenario?.milestones?.find(one => one.code === context.task.subject['milestone'])?.items ?? []
      const titles = (codes: string[]) => (context.scenario?.items ?? []).filter(item => codes.includes(item.code))
      const others = (context.scenario?.items ?? []).filter(item => !here.includes(item.code))
      const evidenceNeeded = ['拒绝入户', '发现问题', '责任主体待定'].includes(outcome)
      if (outcome === '拒绝入户') return [
        { kind: 'flag', name: 'noticeLeft', label: ['已留置告知书，未强行进入', 'A notice was left; nobody forced the door'], required: true },
        { kind: 'picks', name: 'others', label: ['从外围已经发现有问题的事项', 'Items that are wrong as seen from outside'], search: true, options: [...titles(here), ...others].map(item => ({ value: item.code, label: item.title })), hint: ['没有的不选', 'None: leave it'] },
        { kind: 'long', name: 'note', label: ['巡查情况', 'What was seen'], required: true, phrases: ['业主不同意入户，已留置告知并从公共部位取证'] },
        photos(true),
      ]
      return [
        {
          kind: 'rows', name: 'items', label: ['本节点检查事项', 'Items of this milestone'], rows: titles(here).map(item => ({ key: item.code, title: item.title, sub: item.guidance ?? undefined })),
          fields: [{ kind: 'choice', name: 'seen', label: ['查看结果', 'Result'], required: true, options: outcome === '未发现问题' ? options(IN_ORDER, NOT_LOOKED) : options(IN_ORDER, WRONG, NOT_LOOKED) }],
        },
        ...(outcome === '未发现问题' ? [] : [{ kind: 'picks', name: 'others', label: ['其他有问题的事项', 'Other items that are wrong'], search: others.length > 8, options: others.map(item => ({ value: item.code, label: item.title })) } satisfies Field]),
        { kind: 'flag', name: 'entered', label: ['已入户查看', 'Somebody went in'] },
        { kind: 'text', name: 'consentPerson', label: ['同意入户的人', 'Who consented'], required: true, when: values => values['entered'] === true },
        { kind: 'text', name: 'consentCapacity', label: ['身份', 'Capacity'], required: true, phrases: ['业主', '使用人'], when: values => values['entered'] === true },
        { kind: 'moment', name: 'consentAt', label: ['同意的时间', 'When'], required: true, initial: inputOf(context.now), when: values => values['entered'] === true },
        { kind: 'flag', name: 'noticeLeft', label: ['已留置告知书', 'A notice was left'] },
        { kind: 'long', name: 'note', label: ['巡查情况', 'What was seen'], required: true, phrases: ['逐项查看，未发现问题', '经同意入户查看'] },
        photos(evidenceNeeded),
      ]
    },
    data: (values, _, outcome) => {
      const refused = outcome === '拒绝入户'
      const seen = Object.entries(rowsOf(values, 'items'))
      const entered = !refused && values['entered'] === true
      return {
        passed: refused ? [] : seen.filter(([, row]) => row['seen'] === IN_ORDER).map(([code]) => code),
        found: refused ? picksOf(values, 'others') : [...seen.filter(([, row]) => row['seen'] === WRONG).map(([code]) => code), ...(outcome === '未发现问题' ? [] : picksOf(values, 'others'))],
        entered, consent: entered ? { person: text(values, 'consentPerson'), capacity: text(values, 'consentCapacity'), at: fromInput(values['consentAt']) } : undefined,
        noticeLeft: values['noticeLeft'] === true, evidenceIds: given(evidence(values, 'photos')), note: text(values, 'note'),
      }
    },
  },
}
