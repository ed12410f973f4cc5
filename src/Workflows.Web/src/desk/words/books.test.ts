// @vitest-environment happy-dom
// The books of words against what the service can say: a fact or a rule that gets no Chinese word would stand in Chinese pages as code.
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { FACTS } from '../../trials/facts'
import { holder, names } from './names'
import { CASE_STAGES, RULES, word } from './words'

const root = resolve(import.meta.dirname, '../../../../..')
const SOURCES = ['Supervision', 'Activities', 'Storage', 'Host/Api', 'Host/Access', 'Host/Messages', 'Host/Papers', 'Host/Sample'].map(part => join(root, `src/Workflows.${part}`))

/** Dotted names of the service that are no facts: kinds of steps, fields, templates' members and files. A new name belongs here or into the book of facts. */
const NO_FACTS = new Set(`promise.sign cul.head mkt.head hud.head gui.supervisor roster.edit keys.auth party.unidentified push-key.pem a.body a.id a.sequence a.state closing.at closing.class cn.checkbox cn.cite cn.date cn.datetime cn.money cn.number cn.sentence consultation.assignment consultation.conclude
document.serve document.title draw.at draw.targets enforcement.choice enforcement.confirm enforcement.execute enforcement.remedy enforcement.supply enforcement.verify extension.decide filing.decide filing.result filing.review
finding.education gui.head cmd.head hea.head hea.publisher interview.call interview.hold lead.confirm lead.settle lead.trace leniency.decide leniency.propose leniency.review matter.scenario measure.approve measure.lift measure.take monitoring.device new.target
order.approve order.prepare order.revise organ.address organ.contact organ.name organ.phone party.address party.extension party.name party.phone party.proof party.representative party.retest plan.approve plan.confirm-draw plan.json plan.shortage procedure.title procedure.way
project.party project.patrol promise.sign proof.review publication.review quiet.from quiet.to reinspection.record remedies.court remedies.reconsideration sample.report sample.retest sample.take sensing.confidence supervision.objection supervision.reply supervision.sign
team.recusal-decision team.recusal-declaration team.supplement transfer.decide transfer.hand-over transfer.receiver visit.approve visit.arrive visit.record visit.second visit.substitute-target messages.json scenario.json retention.json audit.jsonl
workflows.stimuli workflow-definitions.zip workflow-instances.zip sample-users.txt`.split(/\s+/))

function* files(folder: string, ending: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !['obj', 'bin', 'node_modules'].includes(entry.name)) yield* files(join(folder, entry.name), ending)
    else if (entry.name.endsWith(ending)) yield join(folder, entry.name)
  }
}

test('every fact that the service writes has a word', () => {
  const said = new Set<string>()
  for (const folder of SOURCES) {
    for (const file of files(folder, '.cs')) {
      const code = readFileSync(file, 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')
      for (const [, name] of code.matchAll(/"([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)"/g)) if (!/^data\.|\.(json|csv|zip|txt|html|pdf|xlsx|svg|md|sql|ttf)$/.test(name!)) said.add(name!)
    }
  }
  expect(said.size).toBeGreaterThan(150)
  expect([...said].filter(name => !(name in FACTS) && !NO_FACTS.has(name)).sort()).toEqual([])
})

test('every rule of a law that can set a term has a word', () => {
  const rules = readFileSync(join(root, 'src/Workflows.Supervision/Deadlines/LimitRule.cs'), 'utf8')
  const codes = [...rules.matchAll(/new\("([A-Z]{2,5}-[A-Z0-9a-z]+)"/g)].map(match => match[1]!)
  expect(codes.length).toBeGreaterThan(30)
  expect(codes.filter(code => !(code in RULES))).toEqual([])
})

test('every stage of a case has words', () => {
  const code = readFileSync(join(root, 'src/Workflows.Supervision/Inspections/CaseStage.cs'), 'utf8')
  const stages = new Set([...code.matchAll(/"(\p{Script=Han}+)"/gu)].map(match => match[1]!))
  expect(stages.size).toBeGreaterThan(10)
  expect([...stages].filter(stage => !(stage in CASE_STAGES))).toEqual([])
})

test('terms of the diagrams have Chinese names, or are rules of the book', () => {
  const codes = new Set<string>()
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (node === null || typeof node !== 'object') return
    for (const [name, value] of Object.entries(node)) {
      const given = name === 'ruleCode' ? ((value as { expression?: { value?: unknown } } | null)?.expression?.value ?? value) : undefined
      if (typeof given === 'string') codes.add(given)
      walk(value)
    }
  }
  for (const file of files(join(root, 'workflow-definitions'), '.json')) walk(JSON.parse(readFileSync(file, 'utf8')))
  expect(codes.size).toBeGreaterThan(10)
  expect([...codes].filter(code => !(code in RULES) && !/^\p{Script=Han}+$/u.test(code))).toEqual([])
})

test('a department\'s own term for a case is called like the law\'s, and no code shows', () => {
  expect(word('rule', 'PSB-CASE')).toBe('办案期限')
  for (const [book, code] of [['order', 'Draft'], ['channel', 'dingtalk'], ['outbox', 'Failed'], ['subState', 'Faulted'], ['schedule', 'nightly:digest']] as const) expect(word(book, code)).toMatch(/^\p{Script=Han}/u)
})

test('whoever is told by an address of the service is called by name', () => {
  names.departments['FIR'] = '消防救援大队'
  expect(holder('FIR/role:department-head')).toBe('消防救援大队部门负责人')
  expect(holder('department:FIR/role:department-head')).toBe('消防救援大队部门负责人')
  expect(holder('department:FIR')).toBe('消防救援大队')
})
