/** Why the matcher chose this agent, taken apart so that it can be said in the reader's language. */
export interface Why {
  candidates: number
  skills: { skill: string; has: number; needs: number }[]
  load: number
  capacity: number
}

/** Reads "best of 3: delivery 4≥1, safety 5≥3; load 1/5"; null for other words, which are shown as they are. */
export function readWhy(why: string): Why | null {
  const parts = /^best of (\d+): (.*); load (\d+)\/(\d+)$/.exec(why)
  if (!parts) return null
  const skills = [...parts[2]!.matchAll(/(\S+) (\d+)≥(\d+)/g)]
  return {
    candidates: Number(parts[1]),
    skills: skills.map(([, skill, has, needs]) => ({
      skill: skill!,
      has: Number(has),
      needs: Number(needs),
    })),
    load: Number(parts[3]),
    capacity: Number(parts[4]),
  }
}
