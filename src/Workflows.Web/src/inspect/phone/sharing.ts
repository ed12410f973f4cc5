// 共享位置: while an officer is on the way to a lead, and only as long as he wants, whoever commands sees where he is.
import { reactive } from 'vue'
import { ApiProblem, remove } from '../../api/client'
import { say } from '../../language/language'
import { TELL_MS, readingOf, tellPosition } from './place'

export const sharing = reactive<{ leadId: string; told: number; problem: string }>({ leadId: '', told: 0, problem: '' })

let watching: number | undefined
let last = 0

export function startSharing(leadId: string): void {
  void stopSharing()
  Object.assign(sharing, { leadId, told: 0, problem: '' })
  if (!navigator.geolocation) {
    Object.assign(sharing, { leadId: '', problem: say('本机不能定位。', 'This device knows no place.') })
    return
  }
  last = 0
  watching = navigator.geolocation.watchPosition(found => void tell(leadId, found), () => { sharing.problem = say('暂时不能定位，将继续尝试。', 'No place for now; it goes on trying.') }, { enableHighAccuracy: true, maximumAge: 10_000 })
}

/** Stops, and has the service forget where it was. */
export async function stopSharing(): Promise<void> {
  if (watching !== undefined) navigator.geolocation.clearWatch(watching)
  watching = undefined
  const { leadId } = sharing
  sharing.leadId = ''
  if (leadId) await remove(`/api/leads/${leadId}/position`, '*').catch(() => undefined)
}

async function tell(leadId: string, found: GeolocationPosition): Promise<void> {
  if (sharing.leadId !== leadId || Date.now() - last < TELL_MS) return
  last = Date.now()
  try {
    await tellPosition(leadId, readingOf(found))
    Object.assign(sharing, { told: Date.now(), problem: '' })
  } catch (problem) {
    // The lead is settled or somebody else's: nobody wants to know any more.
    if (problem instanceof ApiProblem && [403, 404, 409].includes(problem.status)) await stopSharing()
    else sharing.problem = say('没有网络，位置暂时没有送达。', 'No network: the position was not told.')
  }
}
