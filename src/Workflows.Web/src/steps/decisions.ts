// Steps that take an outcome and a note, with where the note is needed: a reason stands in the decision, and the service refuses one without.
import { type Form, isNegative, note, text } from './form'

/** `always`, with outcomes that turn something down, never asked for; or with these outcomes. */
type NoteRule = 'always' | 'negative' | 'none'

const RULES: Record<string, NoteRule> = {
  'plan.shortage': 'always',
  'plan.confirm-draw': 'negative',
  'team.recusal-decision': 'always',
  'visit.approve': 'negative',
  'visit.substitute-target': 'always',
  'order.approve': 'negative',
  'proof.review': 'always',
  'measure.approve': 'always',
  'measure.lift': 'always',
  'leniency.review': 'always',
  'leniency.decide': 'always',
  'filing.review': 'always',
  'publication.review': 'negative',
  'supervision.objection': 'always',
  'project.party': 'always',
  // Nothing but the outcome is kept of these.
  'lead.step': 'none',
  'measure.take': 'none',
}

function formOf(rule: NoteRule): Form {
  if (rule === 'none') return { fields: () => [], data: () => ({}) }
  return { fields: (_, outcome) => [note(outcome, rule === 'always' || isNegative(outcome))], data: values => ({ note: text(values, 'note') }) }
}

export const decisions: Record<string, Form> = Object.fromEntries(Object.entries(RULES).map(([kind, rule]) => [kind, formOf(rule)]))

/** A kind of step that this page does not know: an outcome and a note. */
export const decision = formOf('negative')
