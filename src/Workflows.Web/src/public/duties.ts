// Who has which matter where.
export interface Duties {
  today: string
  departments: { district: string, code: string, name: string, phone?: string, address?: string }[]
  towns: { code: string, name: string, district: string, districtName: string }[]
  matters: { district: string, code: string, name: string, field?: string, managing: string, enforcing: string, legalBasis?: string, towns: string[] }[]
}

export interface Duty { key: string, name: string, field?: string, legalBasis?: string, managing: Unit, enforcing: Unit }
export interface Unit { name: string, phone?: string, address?: string }

/** The matters that hold in a town, or in the whole district where none is chosen; a town that holds the power enforces in its own name. */
export function dutiesIn(duties: Duties, district: string, town: string, sought: string): Duty[] {
  const unit = (code: string): Unit => {
    const found = duties.departments.find(d => d.code === code && d.district === district)
    return found ? { name: found.name, phone: found.phone, address: found.address } : { name: code }
  }
  const ownTown = duties.towns.find(t => t.code === town)
  const own = duties.matters.filter(m => m.district === district)
  // What the district says goes before what its city says.
  const known = new Set(own.map(m => m.code))
  return [...own, ...duties.matters.filter(m => m.district !== district && district.startsWith(m.district) && !known.has(m.code))]
    .filter(m => !sought || m.name.includes(sought) || (m.field ?? '').includes(sought))
    .map(m => ({
      key: `${m.district}/${m.code}`, name: m.name, field: m.field, legalBasis: m.legalBasis, managing: unit(m.managing),
      enforcing: ownTown && m.towns.includes(town) ? { name: ownTown.name } : unit(m.enforcing),
    }))
}
