// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { keepFocus } from './focus'

keepFocus()
beforeEach(() => {
  document.body.innerHTML = '<button id="send">提交</button><button id="other">取消</button>'
})
const button = (id: string) => document.getElementById(id) as HTMLButtonElement
const observed = () => new Promise(done => setTimeout(done))

/** What is left of a focused button that is disabled: browsers take the focus away. */
async function sending(one: HTMLButtonElement): Promise<void> {
  one.focus()
  one.blur()
  one.disabled = true
  await observed()
  expect(document.activeElement).toBe(document.body)
}

test('the focus goes back to a button when it has sent', async () => {
  await sending(button('send'))
  button('send').disabled = false
  await observed()
  expect(document.activeElement).toBe(button('send'))
})

test('it stays where the person or the page has gone meanwhile', async () => {
  await sending(button('send'))
  button('other').focus()
  button('send').disabled = false
  await observed()
  expect(document.activeElement).toBe(button('other'))
})
