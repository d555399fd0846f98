/** Why the matcher chose this agent, taken apart so that it can be said in the reader's language. */
export interface Why {
  strategy: string
  eligible: number
  /** How far the requirements were relaxed; 0: not at all. */
  ring: number
  skills: { skill: string; level: number }[]
  /** The agent's load when it was decided, percent. */
  load: number
}

/** Reads "BestMatch of 3, ring 1: delivery 4, safety 5; load 25%"; null for other words, which are shown as they are. */
export function readWhy(why: string): Why | null {
  const parts = /^(\w+) of (\d+), ring (\d+): (.*); load (\d+)\s*%$/.exec(why)
  if (!parts) return null
  const skills = [...parts[4]!.matchAll(/([\w-]+) (\d+)/g)]
  return {
    strategy: parts[1]!.charAt(0).toLowerCase() + parts[1]!.slice(1),
    eligible: Number(parts[2]),
    ring: Number(parts[3]),
    skills: skills.map(([, skill, level]) => ({ skill: skill!, level: Number(level) })),
    load: Number(parts[5]),
  }
}
