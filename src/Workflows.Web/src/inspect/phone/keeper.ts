// Whose phone this is: the session lies in the vault, beside what its owner has not sent.
import { say } from '../../language/language'
import type { Person, SessionKeeper } from '../../session/session'
import { endPush } from './push'
import { tellTabs } from './tabs'
import type { Vault } from './vault'

const SESSION = 'session'
const OWNER = 'owner'

export function keeperOf(vault: Vault): SessionKeeper {
  const unsent = async () => (await vault.ids('outbox', '')).length
  return {
    load: () => vault.get<string>('kept', SESSION).catch(() => undefined),
    async save(kept) {
      await vault.put('kept', SESSION, kept)
      tellTabs({ kind: 'session' })
    },
    async drop() {
      await vault.destroy()
      tellTabs({ kind: 'gone' })
    },
    async forget() {
      const written = (await unsent()) + (await vault.ids('drafts', '')).length
      if (written) await vault.remove('kept', SESSION)
      else await vault.empty()
    },
    async admit(person: Person) {
      const owner = await vault.get<{ id: string; name: string }>('kept', OWNER)
      if (owner && owner.id !== person.id) {
        const count = await unsent()
        if (count) return say(`本机还有${owner.name}的 ${count} 项内容没有送出：请由其本人登录送出，或者先销毁本机数据。`, `${count} things of ${owner.name} are not sent from here: let that person sign in and send them, or destroy the data first.`)
        await vault.empty()
      }
      await vault.put('kept', OWNER, { id: person.id, name: person.name })
      return undefined
    },
    unsent,
    leave: endPush,
  }
}
