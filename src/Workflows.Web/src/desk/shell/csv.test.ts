import { expect, test } from 'vitest'
import { csv } from './csv'

test('hostile texts stay texts, and separators do not part a field', () => {
  expect(csv(['名称', '数'], [['=HYPERLINK("x")', -3], ['a,b\n"c"', null]])).toBe('\uFEFF名称,数\r\n"\'=HYPERLINK(""x"")",-3\r\n"a,b\n""c""",\r\n')
})
