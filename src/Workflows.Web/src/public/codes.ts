/** The visit's code in what a picture says or somebody types: the whole address, or the code alone; null for anything else. */
export function codeIn(text: string): string | null {
  const found = /(?:^|\/public\/visits\/)([A-Za-z0-9_-]{32,128})\/?$/.exec(text.trim())
  return found ? found[1]! : null
}
