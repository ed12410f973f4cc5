// Shows Studio's English labels in Chinese. It only ever replaces whole texts that the dictionary knows, and never what people wrote: their text in
// editors, fields, diagram and tables stays as it is.

/** A label with changing parts: `$1` in the Chinese stands for the first group. */
export type Pattern = readonly [english: RegExp, chinese: string]

interface Replacement {
  english: string
  chinese: string
}

const ATTRIBUTES = ['placeholder', 'title', 'aria-label']
const HAS_WORDS = /[A-Za-z]{2}/

export class Overlay {
  private readonly observer = new MutationObserver(records => this.take(records))
  // Weak, so that what Studio throws away is not kept.
  private readonly texts = new WeakMap<Text, Replacement>()
  private readonly attributes = new WeakMap<Element, Map<string, Replacement>>()

  /**
   * @param root Where it works.
   * @param dictionary Chinese by English, whole labels.
   * @param patterns Labels with changing parts.
   * @param untouched Selector of parts that hold nothing to translate.
   * @param isPeoples Whether an element outside of them shows what people wrote.
   */
  constructor(
    private readonly root: Element, private readonly dictionary: ReadonlyMap<string, string>,
    private readonly patterns: readonly Pattern[], private readonly untouched: string,
    private readonly isPeoples: (element: Element) => boolean,
  ) {}

  start(): void {
    this.translate(this.root)
    // Blazor's changes come in batches; each batch is handled at once, before the browser paints it.
    this.observer.observe(this.root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES })
  }

  /** Stops and brings the English back. */
  stop(): void {
    this.observer.disconnect()
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
      if (node instanceof Text) {
        const replaced = this.texts.get(node)
        if (replaced?.chinese === node.data) node.data = replaced.english
      } else {
        for (const [name, { english, chinese }] of this.attributes.get(node as Element) ?? []) {
          if ((node as Element).getAttribute(name) === chinese) (node as Element).setAttribute(name, english)
        }
      }
    }
  }

  private take(records: MutationRecord[]): void {
    for (const { type, target, addedNodes, attributeName } of records) {
      if (type === 'characterData') this.translateText(target as Text)
      else if (type === 'attributes') this.translateAttribute(target as Element, attributeName!)
      else addedNodes.forEach(node => this.translate(node))
    }
    // What was written just now needs no second look.
    this.observer.takeRecords()
  }

  private translate(node: Node): void {
    if (node instanceof Text) return this.translateText(node)
    if (!(node instanceof Element) || node.closest(this.untouched)) return
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, inner =>
      inner instanceof Element && inner.matches(this.untouched) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    for (let inner: Node | null = walker.currentNode; inner; inner = walker.nextNode()) {
      if (inner instanceof Text) this.replaceText(inner)
      else for (const name of ATTRIBUTES) this.replaceAttribute(inner as Element, name)
    }
  }

  private translateText(text: Text): void {
    if (HAS_WORDS.test(text.data) && !text.parentElement?.closest(this.untouched)) this.replaceText(text)
  }

  private translateAttribute(element: Element, name: string): void {
    if (!element.closest(this.untouched)) this.replaceAttribute(element, name)
  }

  private replaceText(text: Text): void {
    if (!HAS_WORDS.test(text.data)) return
    const chinese = this.look(text.data)
    if (chinese === undefined || (text.parentElement && this.isPeoples(text.parentElement))) return
    this.texts.set(text, { english: text.data, chinese })
    text.data = chinese
  }

  private replaceAttribute(element: Element, name: string): void {
    const english = element.getAttribute(name)
    if (!english || !HAS_WORDS.test(english)) return
    const chinese = this.look(english)
    if (chinese === undefined) return
    const changed = this.attributes.get(element) ?? new Map<string, Replacement>()
    this.attributes.set(element, changed.set(name, { english, chinese }))
    element.setAttribute(name, chinese)
  }

  /** The Chinese of a whole text, with the blanks around it kept; undefined where it is not known. */
  look(english: string): string | undefined {
    const label = english.trim().replace(/\s+/g, ' ')
    const found = this.dictionary.get(label) ?? this.byPattern(label)
    return found === undefined ? undefined : english.replace(english.trim(), () => found)
  }

  private byPattern(label: string): string | undefined {
    const pattern = this.patterns.find(([english]) => english.test(label))
    return pattern && label.replace(pattern[0], pattern[1])
  }
}
