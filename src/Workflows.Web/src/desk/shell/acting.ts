// One act of a person: under way, or refused in the service's words. What was lost on the way and is sent again unchanged has one effect.
import { type Ref, ref } from 'vue'
import { ApiProblem } from '../../api/client'
import { wordsOf } from './loading'

export interface Acting {
  busy: Ref<boolean>
  refusal: Ref<string>
  /**
   * Does it, unless it is being done.
   * @param what Sends it with the key of the act.
   * @param content What is sent: other words are another act.
   * @returns Whether it was done.
   */
  act: (what: (key: string) => Promise<unknown>, content?: unknown) => Promise<boolean>
}

export function useAct(): Acting {
  const busy = ref(false)
  const refusal = ref('')
  let key = ''
  let sent = ''

  async function act(what: (key: string) => Promise<unknown>, content: unknown = null): Promise<boolean> {
    if (busy.value) return false
    const text = JSON.stringify(content)
    if (!key || text !== sent) [key, sent] = [crypto.randomUUID(), text]
    busy.value = true
    refusal.value = ''
    try {
      await what(key)
      key = ''
      return true
    } catch (error) {
      refusal.value = wordsOf(error)
      // The service has answered: once more is another act.
      if (error instanceof ApiProblem) key = ''
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, refusal, act }
}
