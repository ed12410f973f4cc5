// Files that go up without an account: each is sent once, whatever happens on the way, and trying again sends no file twice.
import { ref } from 'vue'
import { newKey, sendForm } from './call'
import type { Photo } from './photo'

/** @param path Where files are taken. */
export function useUploads(path: string) {
  /** Share of each photo that has arrived, 0 to 1; empty while nothing is sent. */
  const progress = ref<number[]>([])
  const arrived = new Map<Blob, string>()
  const keys = new Map<Blob, string>()

  async function upload(file: Blob, name: string, title: string, told: (share: number) => void): Promise<string> {
    const there = arrived.get(file)
    if (there) return there
    const form = new FormData()
    form.append('file', file, name)
    form.append('kind', file.type.startsWith('image/') ? '照片' : file.type.startsWith('video/') ? '视听资料' : '书证')
    form.append('title', title)
    const key = keys.get(file) ?? newKey()
    keys.set(file, key)
    const { id } = await sendForm<{ id: string }>(path, form, key, told)
    arrived.set(file, id)
    return id
  }

  /**
   * Sends photos, the smaller picture of each first.
   * @param originals Whether the untouched originals go too.
   * @returns Ids of the evidence.
   */
  async function uploadAll(photos: readonly Photo[], titled: string, originals: boolean): Promise<string[]> {
    progress.value = photos.map(() => 0)
    const ids: string[] = []
    try {
      for (const [i, photo] of photos.entries()) {
        const title = `${titled.slice(0, 60)} ${i + 1}`
        const both = photo.small !== null && originals
        if (photo.small) ids.push(await upload(photo.small, `${i + 1}.jpg`, title, share => { progress.value[i] = both ? share / 4 : share }))
        if (!photo.small || both) ids.push(await upload(photo.original, photo.name, both ? `${title}（原图）` : title, share => { progress.value[i] = both ? 0.25 + share * 0.75 : share }))
        progress.value[i] = 1
      }
      return ids
    } catch (error) {
      progress.value = []
      throw error
    }
  }

  return { progress, uploadAll }
}
