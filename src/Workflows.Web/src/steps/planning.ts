// Plans and teams.
import { type Form, note, officersFor, optionsOf, picksOf, text } from './form'

export const planning: Record<string, Form> = {
  'plan.approve': {
    needs: ['plan'],
    fields: (context, outcome) => [{
      ...note(outcome, outcome === '退回' || context.plan?.headCountWarning === true),
      ...(outcome === '批准' && context.plan?.headCountWarning ? { hint: ['同时上门超过建议人数，请在意见中写明理由', 'More people at once than advised: say why'] as [string, string] } : {}),
    }],
    data: values => ({ note: text(values, 'note') }),
  },
  'plan.public-value': {
    fields: () => [
      { kind: 'text', name: 'value', label: ['公共值', 'Public value'], required: true, hint: ['承诺公布以后才产生的值，如当日彩票开奖号码或见证人现场投掷的数字', 'a value that came to be after the commitment'] },
      { kind: 'text', name: 'source', label: ['来源', 'Where it came from'], required: true },
      { kind: 'text', name: 'witnessName', label: ['见证人', 'Witness'], required: true },
      { kind: 'text', name: 'witnessCapacity', label: ['见证人单位', 'Capacity of the witness'] },
    ],
    data: values => ({ value: text(values, 'value'), source: text(values, 'source'), witnessName: text(values, 'witnessName'), witnessCapacity: text(values, 'witnessCapacity') }),
  },
  'team.recusal-declaration': {
    fields: (_, outcome) => (outcome === '申请回避' ? [{ kind: 'long', name: 'reason', label: ['关系或者理由', 'Relation or reason'], required: true, phrases: ['与当事人有近亲属关系', '与当事人有利害关系'] }] : []),
    data: values => ({ reason: text(values, 'reason') }),
  },
  'team.supplement': {
    needs: ['officers', 'departments'],
    fields: context => (context.story?.case.departments ?? []).filter(one => one.attends).map(({ code }) => {
      const team = (context.story?.teams.at(-1)?.members ?? []).filter(member => member.department === code && !member.isAssistant).map(member => member.officerId)
      const roster = officersFor({ ...context, story: undefined }, code)
      return {
        kind: 'picks', name: `officers-${code}`, label: [`${optionsOf(context.departments, [code])[0]?.label ?? code}执法人员`, `Officers of ${code}`], required: true, least: 2, search: roster.length > 12,
        options: roster, initial: team.filter(id => roster.some(one => one.value === id)),
      } as const
    }),
    data: (values, context) => ({
      officers: (context.story?.case.departments ?? []).filter(one => one.attends).flatMap(({ code }) => picksOf(values, `officers-${code}`).map(officerId => ({ officerId, department: code }))),
    }),
  },
}
