// Steps that are done where their matter stands with all its papers, not in a form of their own.

/** Steps of a transfer, which are done on the desk's page of transfers. */
export const OF_TRANSFER: ReadonlySet<string> = new Set(['transfer.decide', 'transfer.hand-over', 'transfer.receipt'])
