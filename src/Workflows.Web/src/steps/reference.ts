// Reads what a form is made of. Where a scenario is needed and the step is of a lead, it is that of the package which the lead was dispatched with.
import type { Page, Shape } from '../api/shapes'
import type { Need, Officer, Reference, Story, Task } from './form'

const MOST_PAGES = 12
/** City and district before the name of a department: everybody knows them. */
const DISTRICT = /^.*?(?:区|县)(?=.{3})/

/** How a page reads: the phone keeps what it has read and gives it without a network. */
export type Read = <T>(path: string) => Promise<T>

async function all<T>(read: Read, path: string): Promise<T[]> {
  const items: T[] = []
  for (let after = '', pages = 0; pages < MOST_PAGES; pages++) {
    const page = await read<Page<T>>(`${path}?take=200${after ? `&after=${encodeURIComponent(after)}` : ''}`)
    items.push(...page.items)
    if (!page.next) break
    after = page.next
  }
  return items
}

async function scenarioOf(read: Read, lead: Shape<'Lead'> | undefined, story: Story | undefined): Promise<Shape<'Scenario'> | undefined> {
  const code = story?.case.scenarioCode
  if (code) return read<Shape<'Scenario'>>(`/api/scenarios/${encodeURIComponent(code)}`)
  if (!lead) return undefined
  const heads = await read<Shape<'ScenarioHead'>[]>('/api/scenarios')
  const head = heads.find(one => one.packageVersionId === lead.dispatch?.packageVersionId)
  if (head) return read<Shape<'Scenario'>>(`/api/scenarios/${encodeURIComponent(head.code)}`)
  // A newer version was published since: the scenario is the one that has the lead's matter.
  for (const one of heads) {
    const scenario = await read<Shape<'Scenario'>>(`/api/scenarios/${encodeURIComponent(one.code)}`)
    if (scenario.items.some(item => item.code === lead.matterCode)) return scenario
  }
  return undefined
}

export async function readReference(read: Read, task: Task, needs: Need[], story?: Story): Promise<Reference> {
  const leadId = task.subject['leadId']
  const want = (need: Need) => needs.includes(need)
  const lead = leadId ? await read<Shape<'Lead'>>(`/api/leads/${leadId}`) : undefined
  const [scenario, plan, officers, departments, towns, targets] = await Promise.all([
    want('scenario') ? scenarioOf(read, lead, story) : undefined,
    want('plan') && task.planId ? read<Shape<'InspectionPlan'>>(`/api/plans/${task.planId}`) : undefined,
    want('officers') ? all<Shape<'RosterOfficer'>>(read, '/api/rosters/officers') : undefined,
    want('departments') ? all<Shape<'Department'>>(read, '/api/rosters/departments') : undefined,
    want('towns') || lead ? all<{ code: string; name: string }>(read, '/api/rosters/towns') : undefined,
    want('targets') ? all<{ id: string; name: string; address: string }>(read, '/api/rosters/targets') : undefined,
  ])
  return {
    story, lead, scenario, plan, targets,
    officers: officers?.filter(one => one.status === 'Active').map((one): Officer => ({ id: one.id, name: one.name, department: one.department, certificateNumber: one.certificateNumber ?? undefined })),
    departments: departments && Object.fromEntries(departments.filter(one => one.district.length <= 6).map(one => [one.code, one.name.replace(DISTRICT, '')])), towns: towns && Object.fromEntries(towns.map(one => [one.code, one.name])),
  }
}
