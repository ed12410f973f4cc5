// Handing something in without an account: said what is missing, sent once, and what was typed kept when it fails.
import { ref, watch } from 'vue'
import { language } from '../language/language'
import { actKey, send, wordsOf } from './call'

/** @param path Where it is sent. */
export function useHandingIn(path: string) {
  const sending = ref(false)
  const failure = ref('')
  const keyOf = actKey()
  // What was said in the other language is said anew at the next try.
  watch(language, () => (failure.value = ''))

  /**
   * Sends unless something is missing or it is being sent already.
   * @param missing What the person still has to do, or an empty text.
   * @returns Whether it arrived.
   */
  async function handIn(missing: string, body: () => unknown | Promise<unknown>): Promise<boolean> {
    failure.value = missing
    if (missing || sending.value) return false
    sending.value = true
    try {
      const content = await body()
      await send(path, content, keyOf(content))
      return true
    } catch (error) {
      failure.value = wordsOf(error)
      return false
    } finally {
      sending.value = false
    }
  }

  return { sending, failure, handIn }
}
