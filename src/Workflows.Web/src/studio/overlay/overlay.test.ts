// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dictionary, patterns } from './dictionary'
import { Overlay } from './overlay'
import { UNTOUCHED, isPeoples } from './people'

const changesSeen = () => new Promise(resolve => setTimeout(resolve))

let overlay: Overlay
beforeEach(() => {
  document.body.innerHTML = ''
  overlay = new Overlay(document.body, dictionary, patterns, UNTOUCHED, isPeoples)
})

afterEach(() => overlay.stop())

function show(html: string): string {
  document.body.innerHTML = html
  overlay.start()
  return document.body.textContent!.replace(/\s+/g, ' ').trim()
}

describe('the overlay', () => {
  it('translates labels, placeholders and titles, and keeps the blanks around them', () => {
    show('<span> Version history </span><input placeholder="Search" value="Search"><button title="Edit"></button>')

    expect(document.querySelector('span')!.textContent).toBe(' 版本历史 ')
    expect(document.querySelector('input')!.placeholder).toBe('搜索')
    expect(document.querySelector('input')!.getAttribute('value')).toBe('Search')
    expect(document.querySelector('button')!.title).toBe('编辑')
  })

  it('translates what comes later, and what Blazor writes over it', async () => {
    show('<div id="at"></div>')
    const at = document.querySelector('#at')!
    at.innerHTML = '<p>Published</p>'
    await changesSeen()
    expect(at.textContent).toBe('已发布')

    at.querySelector('p')!.firstChild!.nodeValue = 'Draft'
    await changesSeen()
    expect(at.textContent).toBe('草稿')
  })

  it('gives the English back when it is switched off, and rests', async () => {
    show('<p>Published</p><input placeholder="Search"><p>people wrote this</p>')
    overlay.stop()
    expect(document.body.textContent).toBe('Publishedpeople wrote this')
    expect(document.querySelector('input')!.placeholder).toBe('Search')

    document.querySelector('p')!.firstChild!.nodeValue = 'Draft'
    await changesSeen()
    expect(document.querySelector('p')!.textContent).toBe('Draft')
  })

  it('translates the changing part around a name', () => {
    expect(show('<p>Supervision.FormTeams - Completed</p>')).toBe('Supervision.FormTeams · 完成')
  })

  it.each([
    ['code', '<div class="monaco-editor"><span>Name</span></div>'],
    ['the canvas', '<div class="x6-graph"><p class="activity-label">Published</p></div>'],
    ['our own page', '<header data-own><a>Published</a></header>'],
    ['a description in a text area', '<textarea>Description</textarea>'],
    ['a name in a list', '<table><tbody><tr><td data-label="Name"><div>Published</div></td></tr></tbody></table>'],
    ['a variable', '<table><tbody><tr><td>Name</td><td>String</td></tr></tbody></table>'],
    ['a value of the journal', '<table><tbody><tr class="hover-row"><td>Decision</td><td><span>Completed</span></td></tr></tbody></table>'],
    ['the name of a process', '<div class="mud-dynamic-tabs"><div class="mud-tabs-tabbar"><div class="mud-tab">Log</div></div></div>'],
    ['a container in the way', '<div class="mud-breadcrumbs"><span class="mud-breadcrumb-item"><a>Variables</a></span></div>'],
    ['a step in the journal', '<div class="mud-timeline-item-content"><p class="mud-typography mud-typography-body2">Start</p></div>'],
    ['a sentence that only begins like a label', '<p>Published by somebody</p>'],
  ])('leaves alone: %s', (_, html) => {
    document.body.innerHTML = html
    const before = document.body.textContent
    overlay.start()
    expect(document.body.textContent).toBe(before)
  })

  it.each([
    ['a state in a list', '<table><tbody><tr><td data-label="SubStatus"><div class="mud-chip"><span>Faulted</span></div></td></tr></tbody></table>', '出现故障'],
    ['the name of a detail', '<table><tbody><tr class="hover-row"><td>Correlation ID</td><td>c1</td></tr></tbody></table>', '关联编号c1'],
    ['the state of an instance', '<table><tbody><tr class="hover-row"><td>Sub status</td><td><span>Suspended</span></td></tr></tbody></table>', '子状态等待中'],
    ['the head of a table', '<table><thead><tr><th>Name</th></tr></thead></table>', '名称'],
    ['the beginning of the way', '<span class="mud-breadcrumb-item"><a>Root</a></span>', '整个流程'],
    ['the code view', '<div class="mud-dynamic-tabs"><div class="mud-tabs-tabbar"><div class="mud-tab">Code View</div></div></div>', '代码视图'],
  ])('translates %s', (_, html, chinese) => {
    expect(show(html)).toBe(chinese)
  })
})

describe('the dictionary', () => {
  it('has a Chinese text for each label, and no label with blanks around it', () => {
    for (const [english, chinese] of dictionary) {
      expect(chinese, english).toMatch(/[\u4e00-\u9fff]/)
      expect(english.trim().replace(/\s+/g, ' ')).toBe(english)
    }
    expect(dictionary.size).toBeGreaterThan(300)
  })
})
