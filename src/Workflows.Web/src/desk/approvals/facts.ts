// What a person looks at before deciding: the draft of the step as facts, and the documents that belong to it, the nearest first.
import { say } from '../../language/language'
import type { Story } from '../cases/story'
import { day, time } from '../words/dates'
import { department } from '../words/names'
import { word } from '../words/words'

export interface Fact {
  title: string
  lines: string[]
}

type Task = { kind: string; department?: string | null; caseId?: string | null }

export function factsOf(task: Task, story: Story): Fact[] {
  const own = (row: { department?: string | null }) => !task.department || !row.department || row.department === task.department
  const facts: Fact[] = []
  const finding = (id: string) => story.findings.find(one => one.id === id)
  if (/^(order\.|extension|proof|filing|leniency|interview|publication|measure|supervision)/.test(task.kind)) {
    for (const order of story.orders.filter(one => own(one) && (!task.kind.startsWith('order.approve') || one.state === 'Draft'))) facts.push({
      title: `${say('责令改正', 'Order')} · ${department(order.department)} · ${word('order', order.state)}`,
      lines: order.items.map(item => `${item.ordinal}. ${finding(item.findingId)?.itemTitle ?? ''}：${item.requirement}${item.period ? `（${item.period.length}${word('unit', item.period.unit)}${item.due ? `，${day(item.due)}` : ''}）` : ''}${item.periodReason ? `；${item.periodReason}` : ''}`),
    })
  }
  if (/^extension/.test(task.kind)) for (const request of story.extensions.filter(one => one.state === 'Pending' && own(one))) facts.unshift({
    title: say('延期申请', 'Asked for more time'), lines: [`${say('申请', 'asked')} ${request.length}${say('个工作日', ' working days')}：${request.reason}`, `${say('提交', 'handed in')} ${time(request.submittedAt)}，${say('应于', 'to be decided by')} ${day(request.decideBy)} ${say('前决定', '')}`],
  })
  if (/^filing/.test(task.kind)) for (const filing of story.filings.filter(own)) facts.unshift({ title: say('建议立案', 'Proposed filing'), lines: [filing.organ, filing.reason, ...filing.findingIds.map(id => finding(id)).filter(one => one !== undefined).map(one => `${one.itemTitle}：${one.facts}`)] })
  if (/^leniency/.test(task.kind)) for (const one of story.leniency.filter(own)) facts.unshift({ title: say('建议不予处罚', 'Proposed leniency'), lines: [`${say('危害', 'harm')}：${one.harm}`, `${say('教育', 'education')}：${one.education}`, one.promiseSigned ? say('已签承诺书', 'promise signed') : say('未签承诺书', 'no promise')] })
  if (/^publication/.test(task.kind)) for (const entry of story.publications.filter(one => one.state === 'Prepared')) facts.unshift({
    title: say('拟公示内容', 'To be published'), lines: [`${entry.matter} · ${entry.targetName}`, `${say('检查日期', 'checked')} ${day(entry.checkedOn)}`, `${say('检查结果', 'result')}：${entry.result}`, `${say('处理情况', 'handling')}：${entry.handling}`, `${say('应公示至', 'publish by')} ${day(entry.publishBy)}`],
  })
  if (/^supervision/.test(task.kind)) for (const order of story.supervisionOrders) facts.unshift({ title: `${say('督办单', 'Supervision order')} → ${department(order.department)}`, lines: [order.summary, `${say('要求', 'required')}：${order.requirement}`, `${say('原期限', 'was due')} ${day(order.originalDueAt)}`, ...(order.objection ? [`${say('异议', 'objection')}：${order.objection.reason}`] : []), ...(order.replyDue ? [`${say('回复至', 'reply by')} ${day(order.replyDue)}`] : [])] })
  if (/^proof/.test(task.kind)) for (const proof of story.proofs.filter(one => !one.reviewOutcome)) facts.unshift({ title: say('整改材料', 'Proof'), lines: [proof.description, time(proof.submittedAt)] })
  if (/^visit\.approve|^team\./.test(task.kind)) for (const team of story.teams.slice(-1)) facts.push({ title: `${say('检查组', 'Team')} · ${day(team.visitDate)}`, lines: Object.entries(groupBy(team.members.filter(one => !one.isAssistant), one => one.department)).map(([code, members]) => `${department(code)}：${members.map(one => one.name).join('、')}`) })
  if (facts.length === 0 && story.findings.length > 0) facts.push({ title: say('问题', 'Findings'), lines: story.findings.map(one => `${one.itemTitle}：${one.facts}`) })
  return facts
}

function groupBy<T>(rows: T[], key: (row: T) => string): Record<string, T[]> {
  const groups: Record<string, T[]> = {}
  for (const row of rows) (groups[key(row)] ??= []).push(row)
  return groups
}

/** The document that belongs to the step: by its form, else the newest of the case. */
export function documentOf(task: Task, story: Story): Story['documents'][number] | undefined {
  const wanted: [RegExp, RegExp][] = [
    [/^visit\.approve/, /inspection-approval|inspection-notice/], [/^publication/, /publication|inspection-record/], [/^(filing|leniency|interview|order|extension|proof)/, /rectification|inspection-record/], [/^supervision/, /supervision/], [/^measure/, /stop-notice/],
  ]
  const forms = wanted.find(([kind]) => kind.test(task.kind))?.[1]
  const newest = [...story.documents].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return (forms && newest.find(one => forms.test(one.form) && (!task.department || !one.department || one.department === task.department))) ?? newest.find(one => /inspection-record/.test(one.form)) ?? newest[0]
}
