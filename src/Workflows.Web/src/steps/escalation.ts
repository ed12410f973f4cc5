// Supervision orders and consultations: by the words that the service decides on.
import { type Context, type Form, dayOf, linesOf, manyOf, optionsOf, text } from './form'

const NEW_OWNER = '更换承办单位'
const NEW_DATE = '重新确定期限'
const TRANSFER = '移送'

const ofCase = (context: Context) => optionsOf(context.departments, context.story?.case.departments.map(one => one.code))

export const escalation: Record<string, Form> = {
  'supervision.sign': {
    needs: ['departments'],
    fields: context => [{
      kind: 'select', name: 'receiver', label: ['改发单位', 'Another receiver'], options: ofCase(context),
      hint: ['不选的发给拟稿所列单位；该单位没有职权、不能签发时，选择有职权的单位', 'Left open it goes to the unit of the draft; where that unit lacks the power, choose the one that has it'],
    }],
    data: values => ({ receiver: text(values, 'receiver') }),
  },
  'supervision.reply': {
    fields: (_, outcome) => (outcome === '提出异议'
      ? [{ kind: 'long', name: 'objection', label: ['异议理由', 'Reason of the objection'], required: true, phrases: ['该事项依权责清单应由其他单位承办'] }]
      : [
          { kind: 'long', name: 'result', label: ['办理情况', 'What was done'], required: true },
          { kind: 'long', name: 'reason', label: ['未按时办结的原因', 'Why it was late'], required: true },
          { kind: 'date', name: 'newDate', label: ['承诺办结日', 'Date promised'], hint: ['已经办结的不填', 'Empty where it is done'] },
        ]),
    data: (values, _, outcome) => (outcome === '提出异议' ? { objection: text(values, 'objection') } : { reply: { result: text(values, 'result'), reason: text(values, 'reason'), newDate: text(values, 'newDate') } }),
  },
  'consultation.assignment': {
    fields: () => [{ kind: 'long', name: 'result', label: ['办理情况', 'What was done'], required: true }],
    data: values => ({ result: text(values, 'result') }),
  },
  'consultation.conclude': {
    needs: ['departments'],
    fields: context => [
      { kind: 'lines', name: 'attendees', label: ['参加人员（每行一人）', 'Present, one a line'], required: true },
      { kind: 'choice', name: 'conclusion', label: ['结论', 'Conclusion'], required: true, options: [NEW_OWNER, NEW_DATE, TRANSFER].map(value => ({ value, label: value })) },
      { kind: 'select', name: 'owner', label: ['新的承办单位', 'New unit'], required: true, options: optionsOf(context.departments), when: values => values['conclusion'] === NEW_OWNER },
      { kind: 'date', name: 'due', label: ['新的最后一日', 'New last day'], required: true, initial: dayOf(context.now, 7), when: values => values['conclusion'] === NEW_DATE },
      { kind: 'long', name: 'minutes', label: ['会商纪要', 'Minutes'], required: true },
      { kind: 'lines', name: 'issues', label: ['讨论的问题（每行一个）', 'Questions, one a line'] },
      {
        kind: 'many', name: 'assignments', label: ['议定的任务', 'What was given to do'], add: ['添加任务', 'Add a task'], each: ['任务', 'Task'], most: 50, hint: ['各列入责任单位的待办', 'Each comes on the list of its unit'],
        fields: [
          { kind: 'text', name: 'text', label: ['事项', 'What'], required: true },
          { kind: 'select', name: 'department', label: ['责任单位', 'Unit'], required: true, options: optionsOf(context.departments) },
          { kind: 'date', name: 'due', label: ['最后一日', 'Last day'], required: true, initial: dayOf(context.now, 7) },
        ],
      },
    ],
    data: values => {
      const assignments = manyOf(values, 'assignments').map(row => ({ text: text(row, 'text'), department: text(row, 'department'), due: text(row, 'due') }))
      return {
        attendees: linesOf(values, 'attendees'), conclusion: values['conclusion'], minutes: text(values, 'minutes'),
        owner: values['conclusion'] === NEW_OWNER ? text(values, 'owner') : undefined, due: values['conclusion'] === NEW_DATE ? text(values, 'due') : undefined,
        issues: linesOf(values, 'issues').length ? linesOf(values, 'issues') : undefined, assignments: assignments.length ? assignments : undefined,
      }
    },
  },
}
