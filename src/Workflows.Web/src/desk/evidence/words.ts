import { type Said, inWords } from '../../language/language'

const ORIGINS: Record<string, Said> = {
  Taken: ['执法人员取得', 'taken by officers'], Party: ['当事人提交', 'handed in by the party'], Monitoring: ['电子技术监控设备记录', 'recorded by equipment'], Recognised: ['互认移入', 'recognised from another case'],
}

/** How a piece of evidence came to be. */
export const originWord = (origin: string | undefined): string => inWords(ORIGINS[origin ?? 'Taken'] ?? ['其他', 'other'])
