// Where Studio shows what people wrote, which stays as it is even where it happens to read like a label.

/** Parts of the page without any label of Studio: the code editor, the canvas, the toolbox (its texts come Chinese from the service), our own. */
export const UNTOUCHED = '[data-own], .monaco-editor, .x6-graph, .mud-expand-panel, script, style'

/** Rows of details whose value is one of Studio's words; the values of all other rows are people's. */
const WORDED = new Set(['Status', 'Sub status', 'Sub Status', 'Readonly', 'Incident Strategy', 'Incident strategy', 'Structured Logs', '状态', '子状态', '只读', '故障处理策略', '结构化日志'])

const CONTROLS = '.mud-chip, button, .mud-button-root, .mud-alert, .mud-input-control, legend, label'
const ROOT = new Set(['Root', '整个流程'])
const CODE_VIEW = new Set(['Code View', 'Code view', '代码视图'])

/** Whether an element shows what people wrote. */
export function isPeoples(element: Element): boolean {
  const crumb = element.closest('.mud-breadcrumb-item')
  if (crumb) return !ROOT.has(crumb.textContent!.trim())
  if (element.closest('textarea, .mud-timeline-item-content .mud-typography-body2')) return true
  // The designer's tabs: the name of the process, and the code view.
  const tab = element.closest('.mud-dynamic-tabs > .mud-tabs-tabbar .mud-tab')
  if (tab) return !CODE_VIEW.has(tab.textContent!.trim())
  const cell = element.closest('td')
  if (!cell || element.closest(CONTROLS)) return false
  const row = cell.closest('tr.hover-row')
  if (!row) return true
  return row.firstElementChild !== cell && !WORDED.has(row.firstElementChild!.textContent!.trim())
}
