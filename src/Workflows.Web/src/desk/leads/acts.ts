// What may be done with a lead in each state, and what each act asks for.
import type { Shape } from '../../api/shapes'
import type { Said } from '../../language/language'

type Lead = Shape<'Lead'>

export interface ActField {
  name: string
  title: Said
  type: 'text' | 'long' | 'matter' | 'town' | 'department' | 'lead' | 'choice'
  required?: boolean
  options?: { value: string; title: Said }[]
}

export interface Act {
  key: string
  title: Said
  roles: string[]
  states: string[]
  only?: (lead: Lead) => boolean
  fields: ActField[]
  preset?: Record<string, string>
}

const REASON: ActField = { name: 'reason', title: ['理由', 'Reason'], type: 'long', required: true }
const HANDLERS = ['dispatcher', 'inspector', 'department-head']

export const ACTS: Act[] = [
  {
    key: 'triage', title: ['分诊', 'Triage'], roles: ['dispatcher'], states: ['Received', 'Triaged', 'Transferred'],
    fields: [
      { name: 'matterCode', title: ['事项', 'Matter'], type: 'matter', required: true }, { name: 'area', title: ['镇街', 'Town'], type: 'town' },
      { name: 'path', title: ['去向', 'Way'], type: 'choice', options: [{ value: 'Department', title: ['交部门', 'to a department'] }, { value: 'InGrid', title: ['网格内即时处置（一小时）', 'in the grid, within an hour'] }] }, { name: 'note', title: ['说明', 'Note'], type: 'long' },
    ],
  },
  { key: 'route', title: ['派单', 'Route'], roles: ['dispatcher'], states: ['Received', 'Triaged', 'Returned'], fields: [{ name: 'department', title: ['承办部门（不填按清单）', 'Department (empty: by the catalogue)'], type: 'department' }, { ...REASON, title: ['理由（与清单不同时必填）', 'Reason (where it differs from the catalogue)'], required: false }] },
  { key: 'accept', title: ['受理', 'Accept'], roles: ['inspector', 'department-head'], states: ['Routed'], fields: [] },
  { key: 'return', title: ['退回', 'Return'], roles: ['inspector', 'department-head'], states: ['Routed', 'Accepted'], fields: [REASON] },
  { key: 'dispute', title: ['提起职责争议', 'Dispute'], roles: HANDLERS, states: ['Routed'], fields: [REASON] },
  { key: 'decide', title: ['裁决', 'Decide'], roles: ['department-head', 'supervisor'], states: ['Disputed', 'Stuck'], fields: [{ name: 'department', title: ['承办部门', 'Department'], type: 'department', required: true }, REASON] },
  { key: 'whistle-answer', title: ['应哨', 'Answer the whistle'], roles: HANDLERS, states: ['Received', 'Triaged', 'Routed', 'Accepted', 'Dispatched', 'Returned', 'Disputed', 'Stuck'], only: lead => !!lead.whistle && !lead.whistle.answeredAt, fields: [{ name: 'answer', title: ['答复：谁、何时到', 'Answer: who comes when'], type: 'long', required: true }] },
  { key: 'merge', title: ['并件', 'Merge'], roles: ['dispatcher'], states: ['Received', 'Triaged', 'Routed', 'Accepted', 'Returned'], only: lead => (lead.links?.length ?? 0) > 0, fields: [{ name: 'into', title: ['并入', 'Into'], type: 'lead', required: true }, REASON] },
  { key: 'transfer', title: ['移送外单位', 'Transfer'], roles: HANDLERS, states: ['Received', 'Triaged', 'Routed', 'Accepted', 'Dispatched'], fields: [{ name: 'receiver', title: ['接收单位', 'Receiver'], type: 'text', required: true }, REASON] },
  {
    key: 'close', title: ['办结', 'Close'], roles: [...HANDLERS, 'assistant'], states: ['Received', 'Triaged', 'Routed', 'Accepted', 'Dispatched', 'Transferred', 'Stuck'],
    fields: [
      { name: 'outcome', title: ['结果', 'Outcome'], type: 'text', required: true }, REASON,
      { name: 'class', title: ['处置方式', 'Kind of response'], type: 'choice', options: [{ value: '', title: ['不分类', 'none'] }, { value: 'Service', title: ['服务', 'Service'] }, { value: 'Management', title: ['管理', 'Management'] }, { value: 'Enforcement', title: ['执法', 'Enforcement'] }] },
      { name: 'reply', title: ['对反映人的答复（12345工单必填）', 'Reply to the reporter'], type: 'long' },
    ],
  },
]
