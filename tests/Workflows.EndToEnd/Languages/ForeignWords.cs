using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Workflows.EndToEnd.Languages;

/// <summary>
/// Finds words of a page that are in the wrong language. What the service sent is data and may be in any language: the page's own fetches are heard, and a
/// word that came with one of them is the service's. What is left was written by the page.
/// </summary>
internal static class ForeignWords
{
    // A code that stands alone in an answer (Open, Active) is no data to show: the page has a word for it.
    private const string Hear = """
        (() => {
          const said = window.__said = { runs: new Set(), text: '', open: 0 }
          const take = value => {
            if (typeof value === 'string') {
              said.text += value + '\n'
              for (const run of value.match(/\p{Script=Han}+/gu) ?? []) said.runs.add(run)
              if (/[^A-Za-z]/.test(value)) for (const run of value.match(/[A-Za-z][A-Za-z0-9_]*/g) ?? []) said.runs.add(run)
              if (/^\s*[[{]/.test(value)) try { take(JSON.parse(value)) } catch {}
            } else if (value && typeof value === 'object') for (const [key, one] of Object.entries(value)) {
              if (/\p{Script=Han}/u.test(key)) take(key)
              take(one)
            }
          }
          // Who has signed in, and what departments are called, is told once and shown on every page after it.
          const once = JSON.parse(sessionStorage.getItem('said-once') ?? '[]')
          take(once)
          take(window.__given)
          const own = window.fetch
          window.fetch = async (...all) => {
            said.open++
            try {
              const answer = await own(...all)
              if (!/html|event-stream/.test(answer.headers.get('content-type') ?? '')) {
                const text = await answer.clone().text()
                try { take(JSON.parse(text)) } catch { take(text) }
                if (/\/api\/(session$|rosters\/departments)/.test(answer.url) && !once.includes(text)) once.push(text), sessionStorage.setItem('said-once', JSON.stringify(once))
              }
              return answer
            } finally { said.open-- }
          }
        })()
        """;

    // Signs and pictures are nobody's words; what says its own language is meant; a party writes 核对无误 by hand in either language; names of formats and units are the same in both languages.
    private const string Look = """
        language => {
          const foreign = language === 'en' ? /\p{Script=Han}+/gu : /[A-Za-z][A-Za-z0-9_]+/g
          const { runs, text } = window.__said
          const both = /^(中文|核对无误|English|admin|[0-9a-f]{6,}|Excel|xlsx|PDF|QR|SHA|GPS|CSV|JSON|ZIP|UTF|GBK|KB|MB|GB|km|px|ID|IP|SQLite|PostgreSQL)$/
          const found = new Set()
          const look = (words, where) => {
            // A hash in groups, as it stands on the screen of a draw.
            if (/^\s*[0-9a-f]{8}(\s[0-9a-f]{8})*\s*$/.test(words)) return
            for (const run of words.match(foreign) ?? [])
              if (!both.test(run) && !runs.has(run) && !(run.length >= 3 && [...runs].some(one => one.endsWith(run))) && !(run.length >= 6 && text.includes(run))) found.add(where + ': ' + words.trim().slice(0, 80))
          }
          for (const one of document.querySelectorAll('body *')) {
            if (one.closest('[aria-hidden=true], body [lang], code, pre, script, style, iframe')) continue
            for (const name of ['placeholder', 'aria-label', 'title', 'alt']) if (one.hasAttribute(name)) look(one.getAttribute(name), one.tagName.toLowerCase() + '@' + name)
            for (const node of one.childNodes) if (node.nodeType === 3 && node.data.trim()) look(node.data, one.tagName.toLowerCase())
          }
          // Addresses of the service's own people are data, and still nobody's words.
          if (language === 'zh') for (const code of document.body.innerText.match(/\S*(?:role|department|party):[a-z]\S*/gi) ?? []) found.add('code: ' + code)
          look(document.title, 'title')
          return [...found]
        }
        """;

    /// <summary>From now on each page of the tab is in a language, and is heard.</summary>
    /// <param name="page">The tab.</param>
    /// <param name="language">The language.</param>
    /// <param name="given">What the service told besides, such as names that a phone keeps from one page to the next.</param>
    public static async Task ListenAsync(IPage page, string language, JsonNode? given = null)
    {
        await page.AddInitScriptAsync($"localStorage.setItem('language', '{language}')");
        await page.AddInitScriptAsync($"window.__given = {given?.ToJsonString() ?? "[]"}");
        await page.AddInitScriptAsync(Hear);
    }

    /// <summary>Words of the page in the wrong language, once it has read what it shows.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page, string language)
    {
        await page.WaitForFunctionAsync("() => window.__said.open === 0 && !document.querySelector('[aria-busy=true]')");
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return await page.EvaluateAsync<string[]>(Look, language);
    }
}
