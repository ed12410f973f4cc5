// Who may act for whom, as the service decides it; the page offers nothing that it would refuse.
export interface Account { id: string; name: string; roles: string[]; department?: string | null; area?: string | null }
export interface Deputy { id: string; accountId: string; accountName: string; deputyId: string; deputyName: string; department?: string | null; from: string; to: string; reason: string; ended?: boolean; created: { actorName: string } }

/** Roles whose steps can be done by a deputy. */
export const OFFICES = ['department-head', 'legal-reviewer', 'publication-reviewer', 'supervisor', 'dispatcher']

/** Accounts that may act for one that is absent: others of its department who hold an office and work on no case; legal reviewers for each other and nobody else. */
export function mayStandIn(absent: Account | undefined, accounts: Account[]): Account[] {
  return absent ? accounts.filter(one => one.id !== absent.id && one.department === absent.department && one.roles.some(role => OFFICES.includes(role)) && !one.roles.includes('inspector') && absent.roles.includes('legal-reviewer') === one.roles.includes('legal-reviewer')) : []
}

export function standing(deputy: Deputy, today: string): 'holds' | 'later' | 'over' {
  return deputy.ended || deputy.to < today ? 'over' : deputy.from > today ? 'later' : 'holds'
}
