// @vitest-environment node
import { expect, test } from 'vitest'
import { verify } from './audit'

// The beginning of a chain that the service wrote; the closing line was computed apart, by the rule of the export.
const LINES = [
  String.raw`{"type":"entry","case":"31ecfda6bd91c47f","seq":1,"at":"2026-09-29T07:29:00.000Z","actor":"cul.head","department":"CUL","kind":"case.opened","activityId":"DispatchCases","data":{"activityId":"DispatchCases","actor":"cul.head","caseId":"318c131287415d11","id":"318c131287415d11","plan":"f9f6cad5c07aa2bb","state":"Open","target":"330203-EH-058"},"previous":"d6b7451506f4856476edbf61d2fa2738ed2546c15f19c01a7e01c113d549455b","hash":"2c27e4bcdd83fd21eb537511b9921624a6676a469dadcb110c348462f4a7cb87"}`,
  String.raw`{"type":"entry","case":"31ecfda6bd91c47f","seq":2,"at":"2026-09-29T07:29:00.000Z","actor":"cul.head","department":"CUL","kind":"team.formed","activityId":"FormTeams","data":{"activityId":"FormTeams","actor":"cul.head","caseId":"318c131287415d11","id":"a5eeb0a16059fb00","officers":"CUL-05,CUL-04,PSB-05,PSB-02,FIR-03,FIR-04,HEA-04,HEA-01,MKT-01,MKT-02","state":"Formed"},"previous":"2c27e4bcdd83fd21eb537511b9921624a6676a469dadcb110c348462f4a7cb87","hash":"86c92235e702454410bb96acf605d3710043a0cea175624da2381db4f5377d30"}`,
  String.raw`{"type":"entry","case":"31ecfda6bd91c47f","seq":3,"at":"2026-09-29T07:29:00.000Z","actor":"cul.head","department":"CUL","kind":"visit.planned","activityId":"FormTeams","data":{"activityId":"FormTeams","actor":"cul.head","caseId":"318c131287415d11","id":"95c0f8c383781eed","state":"Planned"},"previous":"86c92235e702454410bb96acf605d3710043a0cea175624da2381db4f5377d30","hash":"cdb29b9ecd817423c5ff3a427ecffde32d87185476cacce8f4f2ad505642fff2"}`,
  String.raw`{"type":"end","roots":0,"entries":3,"digest":"a92ffb411a6530438345f1e7e40737c3fe4af783f812d5a9a2f6d5829bee5d54"}`,
]
const text = (lines: string[]) => lines.join('\n') + '\n'
const problemsOf = async (lines: string[]) => (await verify(text(lines))).problems.map(one => `${one.line}:${one.problem}`)

test('a chain of the service is whole', async () => {
  const verdict = await verify(text(LINES))
  expect(verdict.problems).toEqual([])
  expect(verdict.entries).toHaveLength(3)
})

test('what was altered, taken out, swapped or cut off is found at its line', async () => {
  const altered = LINES.map((line, index) => (index === 1 ? line.replace('"actor":"', '"actor":"x') : line))
  expect(await problemsOf(altered)).toContain('2:hash')
  expect(await problemsOf(LINES.filter((_, index) => index !== 1))).toEqual(expect.arrayContaining(['2:chain', '2:sequence']))
  expect(await problemsOf([LINES[1]!, LINES[0]!, ...LINES.slice(2)])).toContain('1:chain')
  expect(await problemsOf(LINES.slice(0, 3))).toEqual(['3:end'])
  expect(await problemsOf([...LINES.slice(0, 2), LINES[3]!])).toEqual(['3:end'])
})
