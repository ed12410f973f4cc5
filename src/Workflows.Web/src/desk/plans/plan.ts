import type { Shape } from '../../api/shapes'

export type Plan = Shape<'InspectionPlan'>

/** Steps of a draw in their order, and how far the plan has come. */
export const STEPS: { states: string[]; title: readonly [string, string] }[] = [
  { states: ['Draft'], title: ['审批计划和名录', 'Approve plan and rosters'] },
  { states: ['Approved'], title: ['公布抽取承诺', 'Publish the commitment'] },
  { states: ['Committed'], title: ['登记公共值', 'Enter the public value'] },
  { states: ['ValueKnown'], title: ['抽取', 'Draw'] },
  { states: ['Drawn'], title: ['确认结果', 'Confirm'] },
  { states: ['Confirmed', 'Closed'], title: ['派发案件', 'Cases'] },
]

export function stepOf(plan: Plan): number {
  return STEPS.findIndex(step => step.states.includes(plan.state))
}
